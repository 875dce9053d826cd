"""Lines cut from a text that was shaped whole are what they are alone."""

from __future__ import annotations

import inspect
from itertools import pairwise
from typing import Any

import pytest

import warraq.engine  # isort: skip - fonts are fixed before WeasyPrint loads
import weasyprint
from weasyprint.text.ffi import FROM_UNITS, pango
from weasyprint.text.line_break import Layout, create_layout, line_size

from warraq.engine.items import NUMBER, PLAIN, clusters, fields, items, runs
from warraq.engine.patches import mended
from warraq.engine.pieces import Piece, Whole, shortened
from warraq.engine.settings import setting

assert warraq.engine
TEXT = (
    "كان الورّاقون ينسخون الكتبَ في الأسواق، ثمّ يبيعونها لمن يطلبها من أهل العلم (وهم كثير) في 12 دكّانًا من دكاكين بغداد"
)


@pytest.fixture(scope="module")
def style() -> Any:
    return new_style()


def new_style(rules: str = "") -> Any:
    """Give a style of right-to-left text that nothing was shaped in."""
    mended()
    html = weasyprint.HTML(string=f'<body dir="rtl" style="font: 20px Amiri; {rules}">كان')
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
                shaped = [(fields(run.glyphs), clusters(run.glyphs, run.item.offset)) for run in runs(line)]
                assert [(glyphs, begins) for _font, glyphs, begins, *_ in piece.runs()] == shaped
                baseline = pango.pango_layout_get_baseline(layout.layout) * FROM_UNITS
                assert (piece.width, piece.height, piece.baseline) == (*line_size(line, style), baseline)
    assert cut > len(starts)


def test_a_font_does_not_draw_two_words_as_one(style: Any) -> None:
    text = "قال هذه كلها"
    space = create_layout(" ", style, None, None, 0)
    width, _height = line_size(space.get_first_line()[0], style)
    apart = width + sum(word.width(len(word.data)) for word in (Whole("قال هذه", style), Whole("كلها", style)))
    whole = Whole(text, style)
    piece = whole.piece(0, len(text.encode()))
    assert piece
    assert piece.width == pytest.approx(apart, abs=0.01) == whole.width(len(whole.data))
    reshaped = piece.reshaped(text)
    assert reshaped
    assert reshaped.width == pytest.approx(apart, abs=0.01)


def test_what_turns_is_not_cut(style: Any) -> None:
    whole = Whole(TEXT, style)
    at = len(TEXT[: TEXT.index("12")].encode())
    assert whole.piece(at, at + 2) is None
    text = "كتب English كتب"
    assert Whole(text, style).piece(0, len(text.encode())) is None


#: Numbers alone, amid signs, beside signs that may be parts of them, and signs that part items.
NUMBERS = (
    "كان 12 دكّانًا، و١٥ سوقًا؛ (١٩٩٠–١٩٩١)",
    "ثمّ ١٢٫٥ و(٣) «٤» ۝٥ كتب",
    "١٢ كتب ١٣",
    *("كتب 1.5 من 3", "كتب ١٬٢ من ١/٢ في ١:٢", "كتب 5% من ٧٪", "كتب -5 من +5", "كتب § كتب", "كتب ١َ كتب", "كتب 5$"),
)


@pytest.mark.parametrize("text", [TEXT, *NUMBERS])
def test_a_text_is_shaped_as_by_pango_once_its_letters_are_known(text: str) -> None:
    fresh, known = new_style(), new_style()
    before = items(text, text.encode(), fresh, setting(fresh))
    shared = setting(known)
    assert shared
    items("كتب", "كتب".encode(), known, shared)
    shared.seen.characters |= set(text)
    after = items(text, text.encode(), known, shared)
    assert [item._replace(font=None) for item in before] == [item._replace(font=None) for item in after]


def test_plain_signs_part_no_item(style: Any) -> None:
    for sign in filter(PLAIN.match, map(chr, range(0x10000))):
        for text in (f"كتب {sign} كتب", f"كتب{sign}كتب", f"{sign} كتب", f"كتب {sign}"):
            layout = create_layout(text, style, None, None, 0)
            found = [run.item.analysis for run in runs(layout.get_first_line()[0])]
            assert {one.level & 0xFF for one in found} == {1} or NUMBER.match(sign), hex(ord(sign))
            assert all(one.font != other.font for one, other in pairwise(found)) or NUMBER.match(sign), hex(ord(sign))


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


def test_a_piece_knows_where_its_underline_is() -> None:
    style = new_style("text-decoration: underline")
    piece, layout = Whole("أهل العلم", style).piece(0, len("أهل".encode())), Layout(style)
    for name in ("ascent", "underline_position", "underline_thickness"):
        assert getattr(piece, name) == getattr(layout, name)
