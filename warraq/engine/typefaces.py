"""The faces that a document draws with, and the codes by which its pages name their cells.

A code (`warraq.engine.codes`) draws what it does in its own document only. A chapter drawn
apart from the others therefore keeps its page streams as they are when it is bound with
them; each chapter gets font dictionaries of its own, which map its codes to one font
program that all share (`warraq.engine.embedding`).
"""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from weasyprint.text.ffi import FROM_UNITS, ffi, pango

from warraq.engine.cells import Cell, write_cell
from warraq.engine.codes import Counts, runs
from warraq.engine.groups import Em
from warraq.engine.programs import Numbers, Used
from warraq.theme import FONTS

_SHOWN, _CODE = re.compile("<([0-9a-f]*)>"), re.compile("....")


class Face:
    """A font of WeasyPrint's with the cells that its document drew.

    `groups` remembers by size and direction what was drawn of the groups of a line (`warraq.engine.shaping`).
    """

    def __init__(self, font: Any, name: str) -> None:
        """Begin with no cell drawn; `name` is the font's in the resources of pages."""
        self.font, self.name = font, name
        self.codes: dict[Cell, str] = {}
        self._counts = Counts()
        self.groups: dict[tuple[float, bool], dict[Any, Any]] = {}
        self._widths: dict[int, int] = {}
        self._ems: dict[float, Em] = {}
        self._spaces: dict[tuple[str, int], str] = {}
        self._higher: dict[tuple[str, int], str] = {}
        self._cells: dict[str, Cell] = {}

    @cached_property
    def is_outlines(self) -> bool:
        """Tell whether all glyphs are plain outlines: pictures of emoji are drawn another way."""
        return not (self.font.bitmap or self.font.png or self.font.svg or self.font.colr)

    @property
    def has_common_codes(self) -> bool:
        """Tell whether all codes stand for the same text in all documents."""
        return bool(self._counts.common)

    @property
    def is_full(self) -> bool:
        """Tell whether no code may be left for one more line."""
        return self._counts.are_spent

    def code(self, cell: Cell) -> str:
        """Give the code of a cell in hexadecimal, a new one if need be."""
        code = self.codes.get(cell)
        if code is None:
            code = self.codes[cell] = self._counts.next(cell.text)
            self._cells[code] = cell
        return code

    def space(self, text: str, width: int) -> str:
        """Give the code of a space so wide in hexadecimal."""
        if (text, width) not in self._spaces:
            self._spaces[text, width] = self.code(Cell(text, width, ()))
        return self._spaces[text, width]

    def lifted(self, operand: str, by: int) -> str:
        """Give an operand of `TJ` with cells whose outlines stand so many font units higher."""

        def higher(codes: re.Match[str]) -> str:
            return f"<{''.join(self._lifted(code, by) for code in _CODE.findall(codes[1]))}>"

        return _SHOWN.sub(higher, operand)

    def _lifted(self, code: str, by: int) -> str:
        if (code, by) not in self._higher:
            cell = self._cells[code]
            parts = tuple((glyph, x, y + by) for glyph, x, y in cell.parts)
            self._higher[code, by] = self.code(cell._replace(parts=parts))
        return self._higher[code, by]

    def em(self, size: float) -> Em:
        """Give the em of a size in px."""
        if size not in self._ems:
            self._ems[size] = Em(size, self.font.upem, self.font.glyph_count)
        return self._ems[size]

    def width(self, pango_font: Any, glyph: int, size: float) -> int:
        """Give the advance width of a glyph in 1/1000 em."""
        if glyph not in self._widths:
            extents = ffi.new("PangoRectangle *")
            pango.pango_font_get_glyph_extents(pango_font, glyph, ffi.NULL, extents)
            self._widths[glyph] = round(extents.width * 1000 * FROM_UNITS / size)
        return self._widths[glyph]

    def used(self, numbers: Numbers) -> Used:
        """Give what was drawn, as plain data."""
        font = self.font
        codes = sorted(self._cells)
        cells = b"\n".join(write_cell(self._cells[code]) for code in codes)
        found = tuple((run.start, len(run)) for run in runs(int(code, 16) for code in codes))
        return Used(
            numbers=numbers,
            cells=cells,
            runs=found,
            counts=self._counts.common,
            digest=hashlib.sha256(cells + repr(found).encode()).hexdigest(),
            program=_program(font.file_content),
            index=font.index,
            variations=tuple(sorted(_variations(font).items())),
            base_font=font.name,
            family=font.family,
            flags=font.flags,
            ascent=font.ascent,
            descent=font.descent,
        )


@functools.lru_cache(maxsize=64)
def _program(data: bytes) -> str:
    """Name a font file: by its path if it is our theme's, else by its SHA-256."""
    ours = (name for name, size in _theme_files() if size == len(data) and (FONTS / name).read_bytes() == data)
    return next(ours, "") or hashlib.sha256(data).hexdigest()


@functools.cache
def _theme_files() -> tuple[tuple[str, int], ...]:
    """List the font files of our theme with their sizes."""
    paths = sorted(FONTS.glob("**/*.[to]tf"))
    return tuple((path.relative_to(FONTS).as_posix(), path.stat().st_size) for path in paths)


def faces_of(fonts: Mapping[Any, Any]) -> list[Face]:
    """Give the faces among a document's fonts by which something is drawn, in the order of their first use."""
    return [font for font in fonts.values() if isinstance(font, Face) and font.codes]


def _variations(font: Any) -> dict[str, float]:
    """Give the axes of a variable font with the values that it was laid out with.

    As `weasyprint.pdf.fonts.Font.clean` does; axes that are not named take their defaults.
    """
    if "fvar" not in font.tables:
        return {}
    named = dict(font.variations)
    named.setdefault("wght", font.weight)
    named.setdefault("opsz", font.font_size)
    if font.style == 2:
        named.setdefault("ital", 1)
    elif font.style == 1:
        named.setdefault("slnt", -90)
    return named
