"""Lines as Pango shaped them, read as groups of cells: a letter with all that belongs to it.

Most groups were drawn before in the same face and size; they are found by their text and
glyphs, without a look at what these are.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from weasyprint.pdf.fonts import Font
from weasyprint.text.ffi import ffi
from weasyprint.text.fonts import get_pango_font_key

from warraq.engine.cells import Cell
from warraq.engine.groups import Shaped, bytes_of, drawn
from warraq.engine.items import clusters, fields, runs, widths
from warraq.engine.pieces import Piece
from warraq.engine.typefaces import Face

_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4"
    "\u06e7\u06e8\u06ea-\u06ed\u0897-\u089f\u08ca-\u08e1\u08e3-\u08ff\u20d0-\u20f0\ufe20-\ufe2f"
)
#: Signs that enclose the digits after them, as that of the end of an ayah.
_SIGNS = "\u0600-\u0605\u06dd\u0890\u0891\u08e2"
_MARK, _GLUING = re.compile(f"[{_MARKS}]"), re.compile(f"[{_MARKS}{_SIGNS}]")
_ENCLOSING = re.compile(f"[{_SIGNS}]([0-9\u0660-\u0669\u06f0-\u06f9]+)")
KASHIDA = "\u0640".encode()
#: Where a group is: first and last glyph, first and last byte.
Span = tuple[int, int, int, int]


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

    `font` is Pango's. `glyphs` are records of 16 bytes, `starts` the bytes of the line at which
    their clusters begin, `end` is where the run ends.
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
            self._groups = self._read_groups()
        return self._groups

    def _read_groups(self) -> list[Group]:
        known = self.face.groups.setdefault((self.size, self.is_rtl), {})
        text, glyphs = self.line.text, self.glyphs
        spans = _spans(self.starts, self.end, self.line.glued, rtl=self.is_rtl)
        keys: list[Any] = [(text[start:end], glyphs[first * 16 : last * 16]) for first, last, start, end in spans]
        for at, kashidas in self._lengthened(spans) if self.line.kashidas else ():
            keys[at] += kashidas, self.line.stretch
        groups: list[Any] = list(map(known.get, keys))
        for at in [at for at, group in enumerate(groups) if group is None]:
            key, (first, last, start, _end) = keys[at], spans[at]
            group = known.get(key)
            if group is None:
                group = known[key] = self._group(tuple([own - start for own in self.starts[first:last]]), *key)
            groups[at] = group
        return groups

    def _lengthened(self, spans: Sequence[Span]) -> Iterator[tuple[int, tuple[int, ...]]]:
        """Give the groups that have kashidas, and the bytes of each at which these stand."""
        kashidas = self.line.kashidas
        for at in [at for at, span in enumerate(spans) if span[3] - span[2] > len(KASHIDA)]:
            start, end = spans[at][2:]
            if inside := [own - start for own in sorted(kashidas) if start <= own < end]:
                yield at, tuple(inside)

    def _group(
        self, starts: tuple[int, ...], text: bytes, glyphs: bytes, kashidas: tuple[int, ...] = (), stretch: float = 1.0
    ) -> Group:
        """Make a group that was not drawn before, and give its cells their codes."""
        em, strokes, wide = self.face.em(self.size), tuple[int, ...](), 0.0
        if kashidas:
            own = zip(widths(glyphs), starts, strict=True)
            stretched = [width * (stretch if at in kashidas else 1) for width, at in own]
            strokes, wide = tuple([round(width / em.step) for width in stretched]), em.thousandths(sum(stretched))
        shaped = Shaped(text, glyphs, starts, kashidas, strokes, self.is_rtl, em)
        cells, width, advance, space, is_marked = drawn(shaped)
        if space:
            return Group("", width, self._natural(glyphs), space)
        codes = "".join(map(self.face.code, cells))
        return Group(codes, wide or width, advance, "", cells[-1] if cells else None, is_marked)

    def _natural(self, glyphs: bytes) -> int:
        """Give the width that the font has for a space, however wide it is on this line."""
        glyph = int.from_bytes(glyphs[:4], sys.byteorder)
        return self.face.width(self.font, glyph, self.size) if glyph < self.face.font.glyph_count else 0


def read_line(stream: Any, layout: Any, kashidas: Sequence[int], stretch: float = 1.0) -> list[Run]:
    """Read the first line of a layout; `kashidas` are the indexes of tatweels that nobody typed.

    These are drawn `stretch` times as wide as the font has them.
    """
    text = layout.text
    line = Line(text.encode(), *_glued(text, kashidas), stretch)
    if isinstance(layout, Piece):
        return [
            Run(*_face(stream, font, layout), line, font, glyphs, starts, end, is_rtl)
            for font, glyphs, starts, end, is_rtl in layout.runs()
        ]
    first_line, _index = layout.get_first_line()
    return [_run(stream, layout.layout, line, run.item, run.glyphs) for run in runs(first_line)]


def _run(stream: Any, layout: Any, line: Line, item: Any, glyphs: Any) -> Run:
    """Read an item of Pango's with its glyphs."""
    font, offset, is_rtl = item.analysis.font, item.offset, bool(item.analysis.level % 2)
    starts = clusters(glyphs, offset)
    return Run(*_face(stream, font, layout), line, font, fields(glyphs), starts, offset + item.length, is_rtl)


def _glued(text: str, kashidas: Sequence[int]) -> tuple[frozenset[int], frozenset[int]]:
    """Give the bytes at which marks, enclosed digits and kashidas stand, and those of kashidas alone."""
    inserted = frozenset([len(text[:index].encode()) for index in kashidas])
    if not _GLUING.search(text):
        return inserted, inserted
    marks = [found.start() for found in _MARK.finditer(text)]
    for found in _ENCLOSING.finditer(text):
        marks += range(*found.span(1))
    at = list(bytes_of(text))
    return inserted.union([at[index] for index in marks]), inserted


def _spans(starts: Sequence[int], end: int, glued: frozenset[int], *, rtl: bool) -> list[Span]:
    """Part glyphs into groups from left to right.

    `starts` are the bytes at which the clusters of the glyphs begin, `end` is that of the run.
    """
    count = len(starts)
    order = starts if rtl else starts[::-1]
    lasts = [
        at
        for at, (own, following) in enumerate(zip(order, (*order[1:], -1), strict=True), 1)
        if own != following and (own not in glued or at == count)
    ]
    begins = [order[at - 1] for at in lasts]
    spans = list(zip((0, *lasts), lasts, begins, (end, *begins), strict=False))
    return spans if rtl else [(count - last, count - first, start, stop) for first, last, start, stop in spans[::-1]]


def _face(stream: Any, pango_font: Any, layout: Any) -> tuple[Face, float]:
    """Give the face of a font of a layout of Pango's, and its size in px; a page knows those that it has met.

    It holds the layout, and thereby the font, so that no other takes its address.
    """
    known = vars(stream).setdefault("faces", {})
    address = int(ffi.cast("intptr_t", pango_font))
    if address not in known or known[address][0].is_full:
        known[address] = *_made(stream, pango_font), layout
    face, size, _layout = known[address]
    return face, size


def _made(stream: Any, pango_font: Any) -> tuple[Face, float]:
    """Give the face of a Pango font, and its size in px; the stream's document keeps the faces."""
    key, description, size = get_pango_font_key(pango_font)
    volume = 0
    while (face := stream._fonts.get((key, volume))) and face.is_full:  # noqa: SLF001 - its only place
        volume += 1
    if not face:
        font = Font(pango_font, description, size)
        face = stream._fonts[key, volume] = Face(font, f"{font.hash}{volume}")  # noqa: SLF001
    return face, size
