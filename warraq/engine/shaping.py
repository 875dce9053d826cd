"""Lines as Pango shaped them, read as groups of cells: a letter with all that belongs to it.

Most groups were drawn before in the same face and size; they are found by their text and
glyphs, without a look at what these are.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby, pairwise
from typing import Any, NamedTuple

from weasyprint.pdf.fonts import Font
from weasyprint.text.ffi import FROM_UNITS, pango
from weasyprint.text.fonts import get_pango_font_key

from warraq.engine.cells import AS_IT_IS, Cell, Cluster, Shape, cells, is_mark
from warraq.engine.items import clusters, fields, runs
from warraq.engine.pieces import Piece
from warraq.engine.typefaces import Face

#: Glyph, width, x and y offset: the fields of PangoGlyphInfo but the last, whose bits are not ours.
_INFO = struct.Struct("Iiii")
#: In font units; kashidas have any length that a line needs, their cells only some.
KASHIDA_STEP = 8
_MARK = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4"
    "\u06e7\u06e8\u06ea-\u06ed\u0897-\u089f\u08ca-\u08e1\u08e3-\u08ff\u20d0-\u20f0\ufe20-\ufe2f]"
)
#: A sign that encloses the digits after it, as that of the end of an ayah.
_ENCLOSING = re.compile("[\u0600-\u0605\u06dd\u0890\u0891\u08e2]([0-9\u0660-\u0669\u06f0-\u06f9]+)")


class Group(NamedTuple):
    """What is drawn of a letter: its codes in hexadecimal, and their width.

    `width` is that of the text in 1/1000 em, `advance` that of the cells. A space has no
    codes before it is known how wide it is to be, but the `space` that it is. `last` is the
    cell at the right; `is_marked` tells that the one at the left is a mark.
    """

    codes: str
    width: float
    advance: int
    space: str = ""
    last: Cell | None = None
    is_marked: bool = False


class Line(NamedTuple):
    """The text of a line in UTF-8, with the bytes at which no group begins: marks and the like.

    Glyphs of kashidas are `stretch` times as wide as the font has them.
    """

    text: bytes
    glued: frozenset[int]
    kashidas: frozenset[int]
    stretch: float


@dataclass(slots=True)
class Run:
    """A run of glyphs of one font and direction, from left to right.

    `font` is Pango's. `glyphs` are records of 16 bytes (`_INFO`), `starts` the bytes of the
    line at which their clusters begin, `end` is where the run ends.
    """

    face: Face
    size: float
    line: Line
    font: Any
    glyphs: bytes
    starts: list[int]
    end: int
    is_rtl: bool
    _groups: list[Group] | None = None

    def groups(self) -> list[Group]:
        """Give what is drawn, group by group, from left to right."""
        if self._groups is None:
            self._groups = list(self._read_groups())
        return self._groups

    def _read_groups(self) -> Iterator[Group]:
        known = self.face.groups.setdefault(self.size, {})
        text, kashidas, glyphs, rtl = self.line.text, self.line.kashidas, self.glyphs, self.is_rtl
        for first, last, start, end in _spans(self.starts, self.end, self.line.glued, rtl=rtl):
            inserted = tuple(at - start for at in kashidas if start <= at < end) if kashidas else ()
            stretch = self.line.stretch if inserted else 1.0
            key = (text[start:end], glyphs[first * 16 : last * 16], inserted, stretch, rtl)
            group = known.get(key)
            if group is None:
                infos = tuple(_INFO.iter_unpack(key[1]))
                group = known[key] = self._group(self.starts[first:last], end, key[0], infos)
            yield group

    def _group(self, starts: Sequence[int], end: int, raw: bytes, infos: Sequence[Any]) -> Group:
        """Make a group that was not drawn before, and give its cells their codes."""
        widths = (info[1] * self._stretch(start) for start, info in zip(starts, infos, strict=True))
        width = sum(widths) * FROM_UNITS * 1000 / self.size
        text = raw.decode()
        if text.isspace():
            return Group("", width, self._natural(infos[0][0]), text)
        upem = self.face.font.upem
        parts, pen = self._clusters(starts, end, infos)
        parted = cells(parts, round(pen * FROM_UNITS * upem / self.size), upem, rtl=self.is_rtl)
        return Group(
            "".join(map(self.face.code, parted)),
            width,
            sum(cell.advance for cell in parted),
            last=parted[-1] if parted else None,
            is_marked=bool(parted) and is_mark(parted[0].text),
        )

    def _natural(self, glyph: int) -> int:
        """Give the width that the font has for a space, however wide it is on this line."""
        known = glyph < self.face.font.glyph_count
        return self.face.width(self.font, glyph, self.size) if known else 0

    def _clusters(self, starts: Sequence[int], end: int, infos: Sequence[Any]) -> tuple[list[Cluster], int]:
        """Give the clusters of a group in reading order, and its width in Pango's units."""
        found, pen = [], 0
        order = sorted({*starts, end})
        ends = dict(pairwise(order))
        for start, glyphs in groupby(zip(starts, infos, strict=True), key=lambda glyph: glyph[0]):
            text = self._read(start, ends[start])
            placed = (info for _start, info in glyphs)
            shapes, pen = self._shapes(placed, pen) if text else self._strokes(placed, pen, self._stretch(start))
            found.append(Cluster(text, shapes))
        return found[::-1] if self.is_rtl else found, pen

    def _read(self, start: int, end: int) -> str:
        """Give the text of a cluster without the kashidas that justification put in."""
        characters = self.line.text[start:end].decode()
        if not self.line.kashidas:
            return characters
        return "".join(
            character
            for at, character in zip(_bytes(characters, start), characters, strict=False)
            if at not in self.line.kashidas
        )

    def _stretch(self, start: int) -> float:
        return self.line.stretch if start in self.line.kashidas else 1.0

    def _shapes(self, infos: Iterable[Any], pen: int) -> tuple[list[Shape], int]:
        """Place glyphs one after the other from where the pen is, in Pango's units."""
        scale = self.face.font.upem * FROM_UNITS / self.size
        shapes = []
        for glyph, width, x, y in infos:
            if glyph != pango.PANGO_GLYPH_EMPTY:
                # A letter that the font lacks has an id beyond its glyphs: .notdef is drawn.
                known = glyph if glyph < self.face.font.glyph_count else 0
                shapes.append(Shape(known, round((pen + x) * scale), round(-y * scale), round(width * scale)))
            pen += width
        return shapes, pen

    def _strokes(self, infos: Iterable[Any], pen: int, stretch: float) -> tuple[list[Shape], int]:
        """Place glyphs of kashidas; their widths go by steps of `KASHIDA_STEP` font units."""
        shapes = []
        for info in infos:
            placed, after = self._shapes([info], pen)
            width = after - pen
            step = KASHIDA_STEP * self.size / (self.face.font.upem * FROM_UNITS)
            wide = round(width * stretch / step) * step
            shapes += [shape._replace(stretch=round(AS_IT_IS * wide / width)) for shape in placed if width]
            pen += round(wide)
        return shapes, pen


def read_line(stream: Any, layout: Any, kashidas: Sequence[int], stretch: float = 1.0) -> list[Run]:
    """Read the first line of a layout; `kashidas` are the indexes of tatweels that nobody typed.

    These are drawn `stretch` times as wide as the font has them.
    """
    text = layout.text
    line = Line(text.encode(), *_glued(text, kashidas), stretch)
    if isinstance(layout, Piece):
        return [
            Run(*_face(stream, font), line, font, glyphs, starts, end, is_rtl)
            for font, glyphs, starts, end, is_rtl in layout.runs()
        ]
    first_line, _index = layout.get_first_line()
    return [_run(stream, line, run.item, run.glyphs) for run in runs(first_line)]


def _run(stream: Any, line: Line, item: Any, glyphs: Any) -> Run:
    """Read an item of Pango's with its glyphs."""
    font, offset, is_rtl = item.analysis.font, item.offset, bool(item.analysis.level % 2)
    starts = clusters(glyphs, offset)
    return Run(*_face(stream, font), line, font, fields(glyphs), starts, offset + item.length, is_rtl)


def _glued(text: str, kashidas: Sequence[int]) -> tuple[frozenset[int], frozenset[int]]:
    """Give the bytes at which marks, enclosed digits and kashidas stand, and those of kashidas alone."""
    marks = [found.start() for found in _MARK.finditer(text)]
    for found in _ENCLOSING.finditer(text):
        marks += range(*found.span(1))
    if not marks and not kashidas:
        return frozenset(), frozenset()
    at = list(_bytes(text, 0))
    inserted = frozenset(at[index] for index in kashidas)
    return inserted.union(at[index] for index in marks), inserted


def _bytes(text: str, start: int) -> Iterator[int]:
    """Give the byte at which each character stands in UTF-8, and the end."""
    return accumulate(map(len, map(str.encode, text)), initial=start)


def _spans(starts: Sequence[int], end: int, glued: frozenset[int], *, rtl: bool) -> list[tuple[int, int, int, int]]:
    """Part glyphs into groups: first and last glyph, first and last byte, from left to right.

    `starts` are the bytes at which the clusters of the glyphs begin, `end` is that of the run.
    """
    count = len(starts)
    order = starts if rtl else starts[::-1]
    spans, first = [], 0
    for at, start in enumerate(order):
        following = order[at + 1] if at + 1 < count else None
        if following == start or (start in glued and following is not None):
            continue
        spans.append((first, at + 1, start, end))
        first, end = at + 1, start
    if rtl:
        return spans
    return [(count - last, count - first, start, stop) for first, last, start, stop in reversed(spans)]


def _face(stream: Any, pango_font: Any) -> tuple[Face, float]:
    """Give the face of a Pango font, and its size in px; the stream's document keeps the faces."""
    key, description, size = get_pango_font_key(pango_font)
    volume = 0
    while (face := stream._fonts.get((key, volume))) and face.is_full:  # noqa: SLF001 - its only place
        volume += 1
    if not face:
        font = Font(pango_font, description, size)
        face = stream._fonts[key, volume] = Face(font, f"{font.hash}{volume}")  # noqa: SLF001
    return face, size
