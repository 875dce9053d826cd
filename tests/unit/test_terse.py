"""Pages drawn in fewer bytes, with the same marks and the same text."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pydyf

from warraq.engine.cited import has_places
from warraq.engine.structure import Content, Node
from warraq.engine.terse import shorten

HEAD = ["1 0 0 -1 0 595.275591 cm", "q", "0.75 0 0 0.75 0 0 cm"]


def box(mcid: int, x: float, y: float, codes: str, *, size: int = 16) -> list[str]:
    place = f"1 0 0 -1 {x:.6f} {y:.6f} Tm"
    return [
        *("/Span", f"<</MCID {mcid}>>", "BDC", "BT"),
        *(place, f"/F {size} Tf", f"[{codes}] TJ", "ET", "EMC"),
    ]


def paragraph(*mcids: int, text: str = "نص") -> Node:
    return Node("Span", text=text, kids=[Content(0, mcid) for mcid in mcids])


def shortened(lines: list[str], *nodes: Node) -> tuple[list[str], Any]:
    root, stream = Node("Document"), SimpleNamespace(stream=lines)
    for node in nodes:
        root.add(node)
    shorten(root, [stream])
    return stream.stream[0].decode("latin-1").split("\n"), stream


def test_lines_of_a_paragraph_are_one_piece() -> None:
    node = paragraph(0, 1)
    lines, _ = shortened(
        [*HEAD, *box(0, 81.668031, 380.903087, "<00410042>-7<0043>"), *box(1, 81.668031, 408.103087, "<0044>"), "Q"],
        node,
    )
    assert lines == [
        *(
            "q",
            "0.75 0 0 -0.75 0 595.276 cm",
            "BT",
            "/Span<</MCID 0>>BDC",
            "1 0 0 -1 81.668 380.903 Tm",
            "/F 16 Tf",
            "[(\0A\0B)-7(\0C)] TJ",
        ),
        *("0 -27.2 Td", "[(\0D)] TJ", "EMC", "ET", "Q"),
    ]
    assert node.kids == [Content(0, 0)]


def test_other_elements_and_latin_text_keep_their_pieces() -> None:
    first, latin = paragraph(0), paragraph(1, 2, text="ink")
    lines, _ = shortened(
        [*box(0, 9, 9, "<0041>"), *box(1, 8, 9, "<0042>", size=12), *box(2, 8, 7, "<0043>", size=12)], first, latin
    )
    assert [line for line in lines if "MCID" in line] == [f"/Span<</MCID {mcid}>>BDC" for mcid in range(3)]
    assert [line for line in lines if line.endswith("Tf")] == ["/F 16 Tf", "/F 12 Tf"]
    assert (lines.count("BT"), lines.count("ET"), lines.count("EMC")) == (1, 1, 3)
    assert latin.kids == [Content(0, 1), Content(0, 2)]


def test_pieces_are_numbered_without_gaps() -> None:
    first, second = paragraph(0, 1), paragraph(3)
    figure = ["/Figure", "<</MCID 2>>", "BDC", "/i0 Do", "EMC"]
    lines, _ = shortened(
        [*box(0, 9, 9, "<0041>"), *box(1, 9, 19, "<0042>"), *figure, *box(3, 9, 99, "<0043>")], first, second
    )
    assert [line for line in lines if "MCID" in line] == ["/Span<</MCID 0>>BDC", "<</MCID 1>>", "/Span<</MCID 2>>BDC"]
    assert (first.kids, second.kids) == ([Content(0, 0)], [Content(0, 2)])


def test_pieces_that_stand_elsewhere_keep_all_numbers() -> None:
    first, second = paragraph(0, 1), paragraph(2, 3)
    shortened([*box(0, 9, 9, "<0041>"), *box(1, 9, 19, "<0042>"), *box(3, 9, 99, "<0043>")], first, second)
    assert (first.kids, second.kids) == ([Content(0, 0)], [Content(0, 2), Content(0, 3)])


def test_what_stands_between_boxes_parts_them() -> None:
    node = paragraph(0, 1)
    lines, _ = shortened([*box(0, 9, 9, "<0041>"), "Q", "q", *box(1, 9, 19, "<0042>")], node)
    assert lines.count("BT") == 2
    assert "1 0 0 -1 9 19 Tm" in lines
    assert len(node.kids) == 2


def test_a_line_through_text_stays_in_its_piece() -> None:
    struck = ["/Span", "<</MCID 0>>", "BDC", "BT", "[<0041>] TJ", "ET", "9 9 5 1 re", "f", "EMC"]
    lines, _ = shortened([*struck, *box(1, 9, 19, "<0042>")], paragraph(0, 1))
    assert lines[1:10] == [*struck[:4], "[(\0A)] TJ", *struck[5:]]


def test_content_restores_the_state_that_it_was_drawn_in() -> None:
    for lines in ([*HEAD, *box(0, 9, 9, "<0041>"), "Q"], ["2 0 0 2 0 0 cm", *box(0, 9, 9, "<0041>")]):
        written, _ = shortened(lines, paragraph(0))
        assert (written[0], written[-1], written.count("q")) == ("q", "Q", 1)


def test_signs_that_end_strings_stay_as_they_are() -> None:
    lines, _ = shortened(box(0, 0, 0, "<0041>-7<0028005c000d0029>"), paragraph(0))
    assert "[(\0A)-7<0028005c000d0029>] TJ" in lines


def test_numbers_are_rounded_unless_something_is_scaled() -> None:
    rule = ["493.364031 60.918677 m", "81.668031 60.452 l", "S"]
    assert shortened([*HEAD, *rule])[0][2:] == ["493.364 60.919 m", "81.668 60.452 l", "S"]
    assert shortened([*HEAD, "900 0 0 900 0 0 cm", *rule])[0][3:] == rule


def test_places_of_page_numbers_are_found_again() -> None:
    lines, stream = shortened([*HEAD, *box(0, 9, 9, "<0041\0" + "0.0.0\0>")], paragraph(0))
    assert has_places(stream)
    assert "[<0041\0" + "0.0.0\0>] TJ" in lines
    assert not has_places(shortened(box(0, 9, 9, "<0041>"), paragraph(0))[1])


def test_what_is_packed_already_has_no_places() -> None:
    assert not has_places(pydyf.Stream([b"x\0.0.0\0"], {"Filter": "/FlateDecode"}))
    assert has_places(pydyf.Stream([b"[<0041\0" + b"0.0.0\0>] TJ"]))
