"""What a letter draws with all that belongs to it, worked out once in a process.

The same glyphs of the same letters make the same cells in every document; what differs are
the codes that name these there (`warraq.engine.typefaces`).
"""

from __future__ import annotations

import functools
import struct
from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby, pairwise, repeat
from operator import itemgetter
from typing import Any, NamedTuple

from weasyprint.text.ffi import FROM_UNITS, pango

from warraq.engine.cells import AS_IT_IS, Cell, Cluster, Shape, cells, is_mark
from warraq.engine.items import widths

#: Glyph, width, x and y offset: the fields of PangoGlyphInfo but the last, whose bits are not ours.
_INFO = struct.Struct("Iiii")
#: In font units; kashidas have any length that a line needs, their cells only some.
KASHIDA_STEP = 8
#: Groups that are remembered, in about 10 MB.
MOST = 8192


class Em(NamedTuple):
    """The em of a font in use, in px and in units of the font, which has so many glyphs."""

    size: float
    units: int
    glyphs: int

    @property
    def step(self) -> float:
        """Give the step that kashidas go by, in Pango's units."""
        return KASHIDA_STEP * self.size / (self.units * float(FROM_UNITS))

    def thousandths(self, width: float) -> float:
        """Give a width of Pango's in 1/1000 em."""
        return width * float(FROM_UNITS) * 1000 / self.size


class Shaped(NamedTuple):
    """A group as it was shaped.

    `glyphs` are records of 16 bytes from left to right, `starts` the bytes of the text at which
    their clusters begin. Those of `kashidas` were put in by justification; then `strokes` are so
    many steps that each glyph is to be wide, if it is one of theirs.
    """

    text: bytes
    glyphs: bytes
    starts: tuple[int, ...]
    kashidas: tuple[int, ...]
    strokes: tuple[int, ...]
    is_rtl: bool
    em: Em


class Drawn(NamedTuple):
    """The cells of a group from left to right, the first of which may be a mark, or the `space` that it is.

    `width` is that of the glyphs in 1/1000 em, `advance` that of the cells.
    """

    cells: tuple[Cell, ...]
    width: float
    advance: int
    space: str
    is_marked: bool


@functools.lru_cache(maxsize=MOST)
def drawn(shaped: Shaped) -> Drawn:
    """Part a group into cells."""
    text, em = shaped.text.decode(), shaped.em
    width = em.thousandths(sum(widths(shaped.glyphs)))
    if text.isspace():
        return Drawn((), width, 0, text, is_marked=False)
    parts, pen = _clusters(shaped)
    parted = tuple(cells(parts, round(pen * FROM_UNITS * em.units / em.size), em.units, rtl=shaped.is_rtl))
    return Drawn(parted, width, sum(cell.advance for cell in parted), "", bool(parted) and is_mark(parted[0].text))


def bytes_of(text: str) -> Iterator[int]:
    """Give the byte at which each character stands in UTF-8, and the end."""
    return accumulate(map(len, map(str.encode, text)), initial=0)


def _clusters(shaped: Shaped) -> tuple[list[Cluster], int]:
    """Give the clusters of a group in reading order, and its width in Pango's units."""
    if not any(shaped.starts) and not shaped.kashidas:
        shapes, pen = _shapes([(info, 0) for info in _INFO.iter_unpack(shaped.glyphs)], 0, shaped.em)
        return [Cluster(shaped.text.decode(), shapes)], pen
    found, pen = [], 0
    ends = dict(pairwise(sorted({*shaped.starts, len(shaped.text)})))
    placed = zip(shaped.starts, _INFO.iter_unpack(shaped.glyphs), shaped.strokes or repeat(0), strict=False)
    for start, glyphs in groupby(placed, key=itemgetter(0)):
        text = _read(shaped.text[start : ends[start]].decode(), [at - start for at in shaped.kashidas])
        place = _shapes if text else _strokes
        shapes, pen = place([(info, strokes) for _start, info, strokes in glyphs], pen, shaped.em)
        found.append(Cluster(text, shapes))
    return found[::-1] if shaped.is_rtl else found, pen


def _read(text: str, kashidas: Sequence[int]) -> str:
    """Give the text of a cluster without the kashidas that justification put in, at bytes counted from its first."""
    if len(text) == 1 or not kashidas:
        return "" if 0 in kashidas else text
    return "".join(letter for at, letter in zip(bytes_of(text), text, strict=False) if at not in kashidas)


def _shapes(infos: Sequence[tuple[Any, int]], pen: int, em: Em) -> tuple[list[Shape], int]:
    """Place glyphs one after the other from where the pen is, in Pango's units."""
    scale = em.units * FROM_UNITS / em.size
    shapes = []
    for (glyph, width, x, y), _strokes in infos:
        if glyph != pango.PANGO_GLYPH_EMPTY:
            # A letter that the font lacks has an id beyond its glyphs: .notdef is drawn.
            known = glyph if glyph < em.glyphs else 0
            shapes.append(Shape(known, round((pen + x) * scale), round(-y * scale), round(width * scale)))
        pen += width
    return shapes, pen


def _strokes(infos: Sequence[tuple[Any, int]], pen: int, em: Em) -> tuple[list[Shape], int]:
    """Place glyphs of kashidas, which are as wide as they are told."""
    scale, step = em.units * FROM_UNITS / em.size, em.step
    shapes = []
    for (glyph, width, x, y), steps in infos:
        wide = steps * step
        if width and glyph != pango.PANGO_GLYPH_EMPTY:
            stretch = round(AS_IT_IS * wide / width)
            known = glyph if glyph < em.glyphs else 0
            shapes.append(Shape(known, round((pen + x) * scale), round(-y * scale), round(width * scale), stretch))
        pen += round(wide)
    return shapes, pen
