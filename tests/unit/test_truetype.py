"""Font programs with a glyph for each cell."""

from __future__ import annotations

import io
from typing import Any

import pytest
from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont

from warraq.engine.cells import AS_IT_IS, Cell
from warraq.engine.truetype import program
from warraq.font_files import outlines
from warraq.theme import FONTS

AMIRI = (FONTS / "amiri" / "Amiri-Regular.ttf").read_bytes()
REEM_KUFI = (FONTS / "reem-kufi" / "ReemKufi-Bold.ttf").read_bytes()


def glyph(data: bytes, letter: str) -> int:
    with TTFont(io.BytesIO(data)) as font:
        found: int = font.getGlyphID(font.getBestCmap()[ord(letter)])
    return found


def made(data: bytes, *cells: Cell) -> tuple[TTFont, list[str]]:
    """Make a program; give it opened, and the names of the glyphs of the cells."""
    made_data, glyphs = program(outlines(data, 0, {}), cells)
    font = TTFont(io.BytesIO(made_data))
    return font, [font.getGlyphName(glyphs[cell]) for cell in cells]


def bounds(font: TTFont, name: str) -> Any:
    pen = BoundsPen(font.getGlyphSet())
    font.getGlyphSet()[name].draw(pen)
    return pen.bounds


def test_a_glyph_that_is_drawn_as_it_stands_is_kept() -> None:
    alef = glyph(AMIRI, "ا")
    source = TTFont(io.BytesIO(AMIRI))
    name = source.getGlyphName(alef)
    width = source["hmtx"][name][0]
    font, (plain, moved) = made(AMIRI, Cell("ا", width, ((alef, 0, 0),)), Cell("ا", width + 30, ((alef, 30, 0),)))
    left, bottom, right, top = bounds(source, name)
    assert bounds(font, plain) == (left, bottom, right, top)
    assert bounds(font, moved) == (left + 30, bottom, right + 30, top)
    assert [font["hmtx"][made_name][0] for made_name in (plain, moved)] == [width, width + 30]


@pytest.mark.parametrize("data", [AMIRI, REEM_KUFI])
def test_parts_stand_at_their_offsets_in_fonts_of_any_em(data: bytes) -> None:
    source = TTFont(io.BytesIO(data))
    meem, alef = glyph(data, "م"), glyph(data, "ا")
    font, (both, *_) = made(data, Cell("م", 500, ((meem, 0, 0), (alef, 400, -20))))
    assert font["hmtx"][both][0] == round(500 * font["head"].unitsPerEm / 1000)
    rights = [bounds(source, source.getGlyphName(which))[2] for which in (meem, alef)]
    assert bounds(font, both)[2] == max(rights[0], rights[1] + 400)


@pytest.mark.parametrize("data", [AMIRI, REEM_KUFI])
def test_a_kashida_is_stretched_from_its_left_end_and_no_thicker(data: bytes) -> None:
    tatweel = glyph(data, "ـ")
    left, bottom, right, top = bounds(source := TTFont(io.BytesIO(data)), source.getGlyphName(tatweel))
    font, (stroke, *_) = made(data, Cell("م", 500, ((tatweel, 100, 0, AS_IT_IS * 3 // 2),)))
    assert bounds(font, stroke) == pytest.approx((left * 1.5 + 100, bottom, right * 1.5 + 100, top))


def test_cells_that_are_drawn_alike_share_a_glyph_and_the_same_cells_give_the_same_bytes() -> None:
    alef = glyph(AMIRI, "ا")
    cells = [Cell(text, 300, ((alef, 10, 0),)) for text in "اأ"]
    _font, names = made(AMIRI, *cells)
    assert names[0] == names[1]
    assert program(outlines(AMIRI, 0, {}), cells)[0] == program(outlines(AMIRI, 0, {}), cells)[0]


def test_an_empty_cell_has_a_width_only() -> None:
    font, (empty,) = made(AMIRI, Cell("ا", 120, ()))
    assert font["glyf"][empty].numberOfContours == 0
    assert font["hmtx"][empty] == (120, 0)
