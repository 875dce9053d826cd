"""Lines parted so that each glyph of the PDF stands for one character."""

from __future__ import annotations

from warraq.engine.cells import AS_IT_IS, Cell, Cluster, Shape, cells

BEH, FATHA, SHADDA, LAM, ALEF, TATWEEL = "ب", "\u064e", "\u0651", "ل", "ا", "\u0640"


def test_a_letter_of_several_glyphs_is_one_cell() -> None:
    parted = cells([Cluster(BEH, [Shape(1, 0, 0, 500), Shape(2, 200, -90, 0)])], 500, 1000, rtl=True)
    assert parted == [Cell(BEH, 500, ((1, 0, 0), (2, 200, -90)))]


def test_kerning_is_part_of_the_width_of_a_cell() -> None:
    assert cells([Cluster(BEH, [Shape(1, 20, 0, 480)])], 480, 1000, rtl=True) == [Cell(BEH, 480, ((1, 20, 0),))]


def test_marks_stand_before_their_letter_from_left_to_right_and_after_it_in_the_text() -> None:
    clusters = [
        Cluster(BEH, [Shape(1, 0, 0, 500)]),
        Cluster(SHADDA, [Shape(3, 210, 90, 0)]),
        Cluster(FATHA, [Shape(2, 200, 400, 0)]),
    ]
    assert "".join(cell.text for cell in cells(clusters, 500, 1000, rtl=True)) == FATHA + SHADDA + BEH
    assert "".join(cell.text for cell in cells(clusters, 500, 1000, rtl=False)) == BEH + SHADDA + FATHA


def test_a_mark_in_the_cluster_of_its_letter_gets_the_glyph_without_a_width() -> None:
    parted = cells([Cluster(BEH + FATHA, [Shape(2, 200, 400, 0), Shape(1, 0, 0, 500)])], 500, 1000, rtl=True)
    assert parted == [Cell(FATHA, 0, ((2, 200, 400),)), Cell(BEH, 500, ((1, 0, 0),))]


def test_a_ligature_is_drawn_once_and_gives_each_letter_its_share() -> None:
    parted = cells([Cluster(LAM + ALEF, [Shape(7, 0, 0, 601)])], 601, 1000, rtl=True)
    assert [cell.text for cell in parted] == [ALEF, LAM]
    assert [cell.advance for cell in parted] == [300, 301]
    assert sorted(cell.parts for cell in parted) == [(), ((7, -300, 0),)]


def test_a_ligature_with_marks_keeps_each_mark_with_its_letter() -> None:
    parted = cells([Cluster(LAM + FATHA + ALEF, [Shape(2, 300, 90, 0), Shape(7, 0, 0, 600)])], 600, 1000, rtl=True)
    assert [cell.text for cell in parted] == [ALEF, FATHA, LAM]


def test_kashidas_that_nobody_typed_are_drawn_with_the_letter_before_them() -> None:
    clusters = [Cluster(BEH, [Shape(1, 185, 0, 500)]), Cluster("", [Shape(9, 0, 0, 185)])]
    assert cells(clusters, 685, 1000, rtl=True) == [Cell(BEH, 685, ((1, 185, 0), (9, 0, 0)))]


def test_a_kashida_that_is_stretched_says_so() -> None:
    clusters = [Cluster(BEH, [Shape(1, 200, 0, 500)]), Cluster("", [Shape(9, 0, 0, 185, AS_IT_IS * 5 // 4)])]
    assert cells(clusters, 700, 1000, rtl=True) == [Cell(BEH, 700, ((1, 200, 0), (9, 0, 0, AS_IT_IS * 5 // 4)))]


def test_joiners_and_direction_marks_are_not_read_but_zwnj_is() -> None:
    assert cells([Cluster("\u200d", []), Cluster("\u200f", [])], 0, 1000, rtl=True) == []
    assert cells([Cluster("\u200c", [])], 0, 1000, rtl=True) == [Cell("\u200c", 0, ())]


def test_widths_are_thousandths_of_an_em_and_offsets_are_font_units() -> None:
    assert cells([Cluster("A", [Shape(5, 3, 0, 1400)])], 1400, 2048, rtl=False) == [Cell("A", 684, ((5, 3, 0),))]
