"""Lines of which only the lengthened words are shaped anew are what they are if shaped whole."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

import warraq.engine  # isort: skip - fonts are fixed before WeasyPrint loads
import weasyprint

from warraq.arabic.kashida import TATWEEL, WORD, joints
from warraq.engine.justification.lengthening import Longer, lengthened
from warraq.engine.patches import mended
from warraq.engine.pieces import Piece, Whole

assert warraq.engine
TEXT = (
    "كان الورّاقون ينسخون الكتبَ النفيسة في الأسواق، ثمّ يبيعونها سنة ١٩٩٠ لمن يطلبها من أهل العلم (وهم كثير) في 12 "
    "دكّانًا من دكاكين بغداد المشهورة قبل كل شيء"
)


@pytest.fixture(scope="module")
def style() -> Any:
    mended()
    html = weasyprint.HTML(string='<body dir="rtl" style="font: 20px Amiri">كان')
    page = html.render().pages[0]._page_box
    return next(box for box in page.descendants() if getattr(box, "text", "")).style


def stretched(text: str, number: int, count: int) -> tuple[str, list[int]]:
    """Put so many tatweels at the best place of a word of a text; give it with their indexes."""
    word = list(WORD.finditer(text))[number]
    at = word.start() + next((joint.place for joint in joints(word[0])), 1)
    return text[:at] + TATWEEL * count + text[at:], [*range(at, at + count)]


def line(style: Any, first: str) -> Any:
    """Cut a line from a word of the text on out of the whole, as a box that holds it."""
    start = len(TEXT[: TEXT.index(first)].encode())
    piece = Whole(TEXT, style).piece(start, len(TEXT.encode()))
    assert piece
    return SimpleNamespace(text=piece.text, style=style, pango_layout=piece)


@pytest.mark.parametrize("first", ["كان", "ينسخون", "سنة"])
@pytest.mark.parametrize("count", [1, 4])
def test_a_longer_word_leaves_the_others_as_they_are(style: Any, first: str, count: int) -> None:
    box = line(style, first)
    for number, _word in enumerate(WORD.finditer(box.text)):
        text, kashidas = stretched(box.text, number, count)
        found, whole = lengthened(box, text, kashidas), box.pango_layout.reshaped(text)
        assert whole
        assert found.layout.text == text
        assert (found.layout.runs(), found.width) == (whole.runs(), whole.width)
        first_byte, last_byte = (len(text[:at].encode()) for at in (kashidas[0], kashidas[-1] + 1))
        assert found.tatweels == whole.whole.width(last_byte) - whole.whole.width(first_byte) > 0


def test_two_words_can_be_longer(style: Any) -> None:
    box = line(style, "كان")
    once, first = stretched(box.text, 1, 2)
    twice, second = stretched(once, -4, 3)
    found, whole = lengthened(box, twice, [*first, *second]), box.pango_layout.reshaped(twice)
    assert isinstance(found.layout, Longer)
    assert whole
    assert (found.layout.runs(), found.width) == (whole.runs(), whole.width)


def test_a_word_that_hangs_together_with_the_one_before_is_shaped_with_it(style: Any) -> None:
    text = "قال هذه كلماتها"
    whole = Whole(text, style)
    piece = whole.piece(0, len(whole.data))
    assert piece
    longer, kashidas = stretched(text, 2, 3)
    found = lengthened(SimpleNamespace(text=text, style=style, pango_layout=piece), longer, kashidas)
    assert isinstance(found.layout, Piece)
    assert not isinstance(found.layout, Longer)
