"""Kashidas put into laid-out lines, and which words get them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest

from warraq.engine.justification import strokes  # isort: skip - fonts are fixed before WeasyPrint loads
import weasyprint
from weasyprint.formatting_structure import boxes
from weasyprint.text.line_break import line_size

from warraq.arabic.kashida import TATWEEL
from warraq.engine.justification.choice import Candidate, Strokes, Surroundings, choose, share
from warraq.engine.justification.shaper import shaper
from warraq.engine.patches import PATCHES
from warraq.engine.structure import source_text

TEXT = (
    "كان الورّاقون في بغداد ينسخون الكتب النفيسة ويجلدونها ويبيعونها للناس، وكانت دكاكينهم مجالس للعلماء والشعراء "
    "يتناظرون فيها، ومنهم من كان يكتري دكانًا ليلة كاملة ليقرأ ما فيه من صحائف العلم والأدب والتاريخ والمنطق. "
)
STYLE = """
@page {{ size: 400px 600px; margin: 50px }}
html {{ font: 16px/24px Amiri; text-align: justify; --justification: {} }}
body, p {{ margin: 0 }}
"""


@pytest.fixture(autouse=True)
def mended() -> None:
    """Mend WeasyPrint as the press does, whatever tests before have put back."""
    for patch in PATCHES:
        assert patch.mend() == []


def laid_out(html: str, justification: str = "kashida") -> Any:
    page = f"<style>{STYLE.format(justification)}</style><body dir=rtl lang=ar>{html}"
    document = weasyprint.HTML(string=page).render()
    strokes.stretch(document.pages)
    return document


def lines(document: Any) -> list[list[Any]]:
    """Give the text boxes of each line."""
    found = [box for page in document.pages for box in page._page_box.descendants() if isinstance(box, boxes.LineBox)]
    return [[box for box in walk(line) if isinstance(box, boxes.TextBox)] for line in found]


def walk(box: Any) -> Iterator[Any]:
    yield box
    for child in getattr(box, "children", ()):
        yield from walk(child)


def stretched(html: str, justification: str = "kashida") -> list[Any]:
    found = lines(laid_out(html, justification))
    return [box for line in found for box in line if getattr(box, "kashidas", ())]


def spread(justification: str) -> float:
    """Give how far apart the widest and the narrowest spaces of full lines are, in px."""
    spacing = [
        float(max(box.justification_spacing for box in line)) for line in lines(laid_out(TEXT * 4, justification))[:-1]
    ]
    return max(spacing) - min(spacing)


def test_spaces_are_more_even_with_kashidas() -> None:
    assert spread("kashida") < spread("spaces")
    assert spread("fine") < spread("spaces")


def test_lines_end_where_they_ended() -> None:
    marked = TEXT.replace("النفيسة", "<b>النفيسة</b>").replace("كاملة", "<i>كا<b>ملة</b></i>")
    for line in lines(laid_out(marked * 3))[:-1]:
        left = min(box.position_x for box in line)
        right = max(box.position_x + box.width for box in line)
        assert (left, right) == pytest.approx((50, 350), abs=0.05)
        # A space that was taken off a line's end leaves an empty box.
        ordered = sorted((box for box in line if box.text), key=lambda box: float(box.position_x))
        for one, other in pairwise(ordered):
            assert one.position_x + one.width == pytest.approx(other.position_x, abs=0.05)


def test_what_was_put_in_is_named_and_can_be_left_out() -> None:
    found = stretched(TEXT * 4)
    assert found
    for box in found:
        assert {index for index, letter in enumerate(box.text) if letter == TATWEEL} == set(box.kashidas)
        assert source_text(box) in TEXT * 4


def test_a_box_is_as_wide_as_its_text_is_drawn() -> None:
    # Pango's kerning across the space before a kaf is not drawn.
    for box in stretched(TEXT.replace("ليلة كاملة", "ليلة طويلة") * 4):
        layout = box.pango_layout
        layout.justification_spacing, spacing = 0, layout.justification_spacing
        layout.reactivate(box.style)
        width, _height = line_size(layout.get_first_line()[0], box.style)
        own = (box.kashida_stretch - 1) * shaper(box.style).tatweel * len(box.kashidas)
        assert box.width - spacing * box.text.count(" ") == pytest.approx(width + own, abs=0.05)
        layout.deactivate()


@pytest.mark.parametrize(
    "style",
    [
        "--justification: spaces",
        "--justification: none",
        "--justification: unknown",
        "--kashidas-per-line: 0",
        "text-align: start",
        "letter-spacing: 1px",
    ],
)
def test_where_none_is_wanted_none_is(style: str) -> None:
    assert stretched(f'<p style="{style}">{TEXT * 2}') == []


def test_a_class_of_words_within_a_line_can_be_left_alone() -> None:
    for box in stretched(f'<p>{TEXT}<span style="--justification: spaces">{TEXT}</span>{TEXT}'):
        assert box.element_tag != "span"


def test_links_follow_their_words() -> None:
    document = laid_out(TEXT.replace("للعلماء", '<a href="https://example.org">للعلماء</a>') * 3)
    areas = {tuple(round(side, 1) for side in link[2]) for page in document.pages for link in page.links}
    found = [box for line in lines(document) for box in line if box.element_tag == "a"]
    assert len(found) == 3
    for box in found:
        assert any(area[0] == pytest.approx(box.position_x, abs=0.1) for area in areas)


def test_hemistichs_fill_one_width() -> None:
    verse = '<p style="text-align-last: justify; width: 200px">ومجلس من مجالس الأدباء'
    (line,) = lines(laid_out(verse))
    assert sum(box.width for box in line) == pytest.approx(200, abs=0.05)
    assert any(getattr(box, "kashidas", ()) for box in line)


def word(number: int, priority: int = 3, x: float | None = None) -> Candidate:
    return Candidate(number, priority, 30.0 * number if x is None else x, 5, 0, number)


def test_the_best_places_come_first() -> None:
    assert choose([word(1, 6), word(4, 1), word(8, 6)], 1, Surroundings(9, 16)) == [word(4, 1)]


def test_no_two_words_side_by_side() -> None:
    chosen = choose([word(number) for number in range(1, 10)], 9, Surroundings(9, 16))
    numbers = sorted(one.word for one in chosen)
    assert all(other - one > 1 for one, other in pairwise(numbers))


def test_kashidas_are_spread_over_a_line() -> None:
    chosen = choose([word(number) for number in range(1, 12)], 2, Surroundings(11, 16))
    first, second = sorted(one.word for one in chosen)
    assert second - first >= 3


def test_none_right_below_another() -> None:
    line = [word(1, 1, x=100.0), word(5, 6, x=200.0)]
    assert choose(line, 2, Surroundings(9, 16, above=[95.0])) == [word(5, 6, x=200.0)]


def test_a_river_is_avoided_where_there_is_a_choice() -> None:
    line = [word(1, 4, x=100.0), word(5, 6, x=200.0)]
    assert choose(line, 1, Surroundings(9, 16, further=[100.0])) == [word(5, 6, x=200.0)]
    assert choose(line[:1], 1, Surroundings(9, 16, further=[100.0])) == line[:1]


def test_a_line_has_as_few_strokes_as_do_and_all_alike() -> None:
    around = Surroundings(9, 16)
    assert share(30, 4, 3, around, 0.75) == Strokes(3, 3, 10)
    assert share(9, 4, 3, around, 0.75) == Strokes(1, 3, 9)
    assert share(13, 4, 3, around, 0.75) == Strokes(1, 4, 13)
    assert share(1, 4, 3, around, 0.75) is None
    assert share(90, 2, 3, around, 0.75) == Strokes(2, 4, 0.75 * 16 * 1.1)


def test_strokes_are_as_long_as_is_wanted_to_a_tenth_of_a_point() -> None:
    found = lines(laid_out(TEXT * 8, "fine"))[:-1]
    spacing = [float(line[0].justification_spacing) for line in found if getattr(line[0], "kashidas", ())]
    # Of what a line lacks, a fine style leaves its spaces a twentieth of their width, 0.292 em.
    exact = [one for one in spacing if one == pytest.approx(0.05 * 0.292 * 16, abs=0.01)]
    assert len(exact) > len(spacing) / 2


def test_a_line_that_no_means_fill_stays_short() -> None:
    word = "<span lang=en dir=ltr>internationalization</span>"
    first, *_ = lines(laid_out(f'<div style="width: 150px">من هنا {word}</div>', "fine"))
    assert all(box.justification_spacing == 0 for box in first)
    assert max(box.position_x + box.width for box in first) == pytest.approx(350, abs=0.1)
