"""Font files: what is in them, and what is left of them for a reader. Only fontTools is asked.

Everything is kept per file, for editions and builds ask for the same again.
"""

from __future__ import annotations

import functools
import io
import struct
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.filterPen import DecomposingFilterPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, TTLibError

#: What reading a broken font file raises.
BROKEN = (TTLibError, OSError, KeyError)
#: Tables that no reader needs.
USELESS = ["DSIG", "FFTM", "meta"]
#: Copyright, family, style, full name, PostScript name, licence and its address.
NAMES = [0, 1, 2, 4, 6, 13, 14]


@functools.lru_cache(maxsize=256)
def description(path: Path) -> tuple[str, int, bool]:
    """Read a font's family name, weight (100 to 900) and whether it is slanted.

    Raises one of `BROKEN` for a file that is no font.
    """
    with path.open("rb") as file, TTFont(file, lazy=True) as font:
        names, os2, mac_style = font["name"], font["OS/2"], font["head"].macStyle
        family = names.getDebugName(16) or names.getDebugName(1)
        return family, os2.usWeightClass, bool(mac_style & 2)


@functools.lru_cache(maxsize=256)
def characters(path: Path) -> frozenset[int]:
    """Give the code points that a font draws."""
    with path.open("rb") as file, TTFont(file, lazy=True) as font:
        return frozenset(font.getBestCmap())


@functools.lru_cache(maxsize=64)
def cut(path: Path, codes: frozenset[int]) -> bytes:
    """Cut a font down to some code points and what layout makes of them, as WOFF2.

    The layout features that fontTools keeps by default are those that scripts need: joining
    forms, ligatures, marks, kerning. The licence stays in the names, hints go. Nothing is
    given where the font has none of the characters.
    """
    from fontTools import subset  # noqa: PLC0415 - it loads half of fontTools, and the PDFs do without

    kept = codes & characters(path)
    if not kept:
        return b""
    options = subset.Options(flavor="woff2", hinting=False, notdef_outline=True, recalc_timestamp=False)
    options.drop_tables += USELESS
    options.name_IDs = NAMES
    with subset.load_font(str(path), options) as font:
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=sorted(kept))
        cutter.subset(font)
        file = io.BytesIO()
        subset.save_font(font, file, options)
    return file.getvalue()


class Outlines(Protocol):
    """The glyphs of a font as TrueType outlines, by glyph id."""

    upem: int
    ascent: int
    descent: int

    def glyph(self, glyph: int) -> bytes:
        """Give a glyph as it stands in a `glyf` table; nothing if it is empty."""

    def advance(self, glyph: int) -> int:
        """Give the advance width of a glyph in font units."""


def outlines(data: bytes, index: int, variations: Mapping[str, float]) -> Outlines:
    """Open a font program that may be TrueType, CFF or variable; its axes are set to `variations`."""
    font = TTFont(io.BytesIO(data), fontNumber=index, lazy=True)
    return _Drawn(font, variations) if "fvar" in font or "glyf" not in font else _Stored(font)


class _Stored:
    """Outlines of a TrueType font, taken as they stand."""

    def __init__(self, font: TTFont) -> None:
        self.upem = font["head"].unitsPerEm
        self.ascent, self.descent = font["hhea"].ascent, font["hhea"].descent
        self._places, self._data = font["loca"], font.reader["glyf"]
        # By number: fontTools would read the names of all glyphs first, which takes ten times as long as all else.
        self._metrics, self._last = font.reader["hmtx"], font["hhea"].numberOfHMetrics - 1

    def glyph(self, glyph: int) -> bytes:
        data: bytes = self._data[self._places[glyph] : self._places[glyph + 1]]
        return data

    def advance(self, glyph: int) -> int:
        width: int
        (width,) = struct.unpack_from(">H", self._metrics, 4 * min(glyph, self._last))
        return width


class _Drawn:
    """Outlines drawn anew: a variable font's at its axes, and cubic curves as quadratic ones.

    Curves are at most half a font unit beside those of the font.
    """

    def __init__(self, font: TTFont, variations: Mapping[str, float]) -> None:
        self.upem = font["head"].unitsPerEm
        self.ascent, self.descent = font["hhea"].ascent, font["hhea"].descent
        axes = {axis.axisTag for axis in font["fvar"].axes} if "fvar" in font else set()
        place = {axis: value for axis, value in variations.items() if axis in axes}
        self._order, self._glyphs = font.getGlyphOrder(), font.getGlyphSet(location=place)
        # CFF winds its contours the other way round.
        self._reversed = "glyf" not in font

    def glyph(self, glyph: int) -> bytes:
        pen = TTGlyphPen(None)
        self._glyphs[self._order[glyph]].draw(
            Cu2QuPen(DecomposingFilterPen(pen, self._glyphs), self.upem / 2000, reverse_direction=self._reversed)
        )
        outline = pen.glyph(dropImpliedOnCurves=False)
        data: bytes = outline.compile(None) if outline.numberOfContours else b""
        return data

    def advance(self, glyph: int) -> int:
        width: float = self._glyphs[self._order[glyph]].width
        return round(width)
