"""Lines cut from a text that was shaped whole are what they are alone."""

from __future__ import annotations

import inspect
from typing import Any

import pytest

import warraq.engine  # isort: skip - fonts are fixed before WeasyPrint loads
import weasyprint
from weasyprint.text.ffi import FROM_UNITS, pango
from weasyprint.text.line_break import Layout, create_layout, line_size

from warraq.engine.patches import mended
from warraq.engine.pieces import Piece, Whole, clusters, fields, runs, shortened

assert warraq.engine
TEXT = (
    "كان الورّاقون ينسخون الكتبَ في الأسواق، ثمّ يبيعونها لمن يطلبها من أهل العلم (وهم كثير) في 12 دكّانًا من دكاكين بغداد"
)


@pytest.fixture(scope="module")
def style() -> Any:
    """Give a style of right-to-left text."""
    mended()
    html = weasyprint.HTML(string='<body dir="rtl" style="font: 20px Amiri">كان')
    page = html.render().pages[0]._page_box
    return next(box for box in page.descendants() if getattr(box, "text", "")).style


def words(text: str) -> list[int]:
    """Give the bytes at which the words of a text begin, and where the last one ends with a space after it."""
    at, found = 0, []
    for word in text.split(" "):
        found.append(at)
        at += len(word.encode()) + 1
    return [*found, at]


def test_a_piece_is_the_line_alone(style: Any) -> None:
    whole, starts = Whole(TEXT, style), words(TEXT)
    cut = 0
    for first, start in enumerate(starts[:-1]):
        for following in starts[first + 1 :]:
            piece = whole.piece(start, following - 1)
            if piece:
                cut += 1
                layout = create_layout(piece.text, style, None, None, 0)
                line, _index = layout.get_first_line()
                (run,) = runs(line)
                _font, glyphs, begins = piece.run()
                assert (glyphs, begins) == (fields(run.glyphs), clusters(run.glyphs, 0))
                baseline = pango.pango_layout_get_baseline(layout.layout) * FROM_UNITS
                assert (piece.width, piece.height, piece.baseline) == (*line_size(line, style), baseline)
    assert cut > len(starts)


def test_a_font_does_not_draw_two_words_as_one(style: Any) -> None:
    text = "قال هذه كلها"
    first, second = (Whole(word, style) for word in ("قال هذه", "كلها"))
    space = create_layout(" ", style, None, None, 0)
    width, _height = line_size(space.get_first_line()[0], style)
    apart = sum(first.advances) + width + sum(second.advances)
    whole = Whole(text, style)
    piece = whole.piece(0, len(text.encode()))
    assert piece
    assert piece.width == pytest.approx(apart, abs=0.01) == sum(whole.advances)
    assert sum(piece.advances()) == pytest.approx(apart, abs=0.01)
    assert piece.reshaped(text).width == pytest.approx(apart, abs=0.01)


def test_what_turns_is_not_cut(style: Any) -> None:
    whole = Whole(TEXT, style)
    at = len(TEXT[: TEXT.index("12")].encode())
    assert whole.piece(at, at + 2) is None
    assert whole.piece(0, at + 2) is None


def test_a_word_is_not_cut(style: Any) -> None:
    assert Whole(TEXT, style).piece(0, len("كا".encode())) is None


def test_a_piece_that_loses_its_space_is_cut_anew(style: Any) -> None:
    whole = Whole("أهل العلم وغيرهم", style)
    piece = whole.piece(0, len("أهل ".encode()))
    assert piece is None
    piece = Whole("أهل ", style).piece(0, len("أهل ".encode()))
    assert piece is not None
    shorter = shortened(piece, "أهل")
    assert isinstance(shorter, Piece)
    assert shorter.text == "أهل"
    assert shorter.width < piece.width


def test_a_piece_is_a_layout_for_those_who_draw_in_another_way(style: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    piece = Whole("أهل العلم", style).piece(0, len("أهل".encode()))
    assert piece is not None
    piece.reactivate(style)
    assert "layout" not in vars(piece)
    line, _index = piece.get_first_line()
    assert line_size(line, style) == (piece.width, piece.height)
    piece.deactivate()
    monkeypatch.setattr(Layout, "reactivate", inspect.unwrap(Layout.reactivate))
    piece.reactivate(style)
    assert "layout" in vars(piece)
