"""A TrueType program with a glyph for each cell, made from the outlines of a font.

A cell that is a glyph of the font as it stands keeps it. Any other becomes a composite
glyph (OpenType 1.9, `glyf`, composite glyph description), whose parts are glyphs of the
font at their offsets and whose advance width is the cell's; kashidas are wider
than they are in the font. Only what is used is kept; hints are dropped, names and character
maps are not needed in a PDF (ISO 32000-1 §9.9).
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from warraq.engine.cells import AS_IT_IS, Cell, Part

if TYPE_CHECKING:
    from warraq.font_files import Outlines

#: Left, bottom, right, top in font units.
Box = tuple[int, int, int, int]
NOTHING: Box = (0, 0, 0, 0)
#: Most glyphs that a program can hold.
MOST = 0xFFFF
_WORDS, _XY, _SCALE, _MORE, _TWO_SCALES, _MATRIX, _INSTRUCTIONS = 0x1, 0x2, 0x8, 0x20, 0x40, 0x80, 0x100
_UNSCALED = 0x1000


class _Glyph(NamedTuple):
    """A glyph of the program; `extent` is its bounding box, nothing if it is empty."""

    data: bytes
    advance: int
    extent: Box | None = None
    points: int = 0
    contours: int = 0
    depth: int = 0
    parts: int = 0


def program(outlines: Outlines, cells: Iterable[Cell]) -> tuple[bytes, dict[Cell, int]]:
    """Make a font program; tell which of its glyphs draws each cell.

    The same cells in the same order give the same bytes.
    """
    maker = _Maker(outlines)
    glyphs = {cell: maker.cell(cell) for cell in cells}
    return _sfnt(_tables(outlines, maker.glyphs)), glyphs


class _Maker:
    """Glyphs in the making, `.notdef` first."""

    def __init__(self, outlines: Outlines) -> None:
        self.outlines, self.glyphs = outlines, list[_Glyph]()
        self.kept: dict[int, int] = {}
        self.made: dict[tuple[int, tuple[Part, ...]], int] = {}
        self.keep(0)

    def keep(self, glyph: int) -> int:
        """Keep a glyph of the font with the glyphs that it is composed of."""
        if glyph not in self.kept:
            data, members = _unhinted(self.outlines.glyph(glyph))
            for at, member in members:
                data = data[:at] + struct.pack(">H", self.keep(member)) + data[at + 2 :]
            inner = [self.glyphs[self.kept[member]] for _at, member in members]
            self.kept[glyph] = self._add(_measured(data, self.outlines.advance(glyph), inner))
        return self.kept[glyph]

    def cell(self, cell: Cell) -> int:
        """Give the glyph of a cell, made if need be."""
        upem = self.outlines.upem
        parts = [(self.keep(glyph), *place) for glyph, *place in cell.parts]
        if len(parts) == 1 and parts[0][1:] == (0, 0):
            alone = parts[0][0]
            if round(self.glyphs[alone].advance * 1000 / upem) == cell.advance:
                return alone
        seen = tuple(part for part in parts if self.glyphs[part[0]].extent)
        key = cell.advance, seen
        if key not in self.made:
            self.made[key] = self._add(self._composed(seen, round(cell.advance * upem / 1000)))
        return self.made[key]

    def _composed(self, parts: Sequence[Part], advance: int) -> _Glyph:
        if not parts:
            return _Glyph(b"", advance)
        inner = [self.glyphs[glyph] for glyph, *_place in parts]
        boxes = [_moved(self.glyphs[glyph].extent or NOTHING, *place) for glyph, *place in parts]
        members = [
            _member(part, _WORDS | _XY | (_MORE if at < len(parts) - 1 else 0)) for at, part in enumerate(parts)
        ]
        extent = _around(boxes)
        return _composite(struct.pack(">hhhhh", -1, *extent) + b"".join(members), advance, extent, inner)

    def _add(self, glyph: _Glyph) -> int:
        self.glyphs.append(glyph)
        return len(self.glyphs) - 1


def _member(part: Part, flags: int) -> bytes:
    """Write a member of a composite glyph; one that is stretched is not moved the further for it."""
    if len(part) == 3:
        is_near = all(-128 <= offset < 128 for offset in part[1:])
        return struct.pack(">HHbb", flags & ~_WORDS, *part) if is_near else struct.pack(">HHhh", flags, *part)
    *placed, stretch = part
    return struct.pack(">HHhhhh", flags | _TWO_SCALES | _UNSCALED, *placed, stretch, AS_IT_IS)


def _moved(box: Box, x: int, y: int, stretch: int = AS_IT_IS) -> Box:
    left, right = box[0] * stretch // AS_IT_IS, -(-box[2] * stretch // AS_IT_IS)
    return left + x, box[1] + y, right + x, box[3] + y


def _around(boxes: Sequence[Box]) -> Box:
    """Give the bounding box of all boxes."""
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return min(lefts), min(bottoms), max(rights), max(tops)


def _measured(data: bytes, advance: int, inner: Sequence[_Glyph]) -> _Glyph:
    """Take the measures of a glyph that the font's header asks for."""
    if not data:
        return _Glyph(data, advance)
    contours, *extent = struct.unpack_from(">hhhhh", data)
    if contours >= 0:
        points = struct.unpack_from(">H", data, 8 + 2 * contours)[0] + 1 if contours else 0
        return _Glyph(data, advance, (*extent,), points, contours)
    return _composite(data, advance, (extent[0], extent[1], extent[2], extent[3]), inner)


def _composite(data: bytes, advance: int, extent: Box, inner: Sequence[_Glyph]) -> _Glyph:
    """Take the measures of a glyph that is made of others."""
    if len(inner) == 1:
        return _Glyph(data, advance, extent, inner[0].points, inner[0].contours, 1 + inner[0].depth, 1)
    return _Glyph(
        data,
        advance,
        extent,
        sum(glyph.points for glyph in inner),
        sum(glyph.contours for glyph in inner),
        1 + max(glyph.depth for glyph in inner),
        len(inner),
    )


def _unhinted(data: bytes) -> tuple[bytes, list[tuple[int, int]]]:
    """Take the instructions out of a glyph; give the places in it of the glyphs it is composed of."""
    if len(data) < 10:
        return b"", []
    contours = struct.unpack_from(">h", data)[0]
    if contours >= 0:
        at = 10 + 2 * contours
        length = struct.unpack_from(">H", data, at)[0]
        return data[:at] + b"\0\0" + data[at + 2 + length :], []
    kept, members, at, flags = bytearray(data), [], 10, _MORE
    while flags & _MORE:
        flags, member = struct.unpack_from(">HH", data, at)
        struct.pack_into(">H", kept, at, flags & ~_INSTRUCTIONS)
        members.append((at + 2, member))
        scales = 2 if flags & _SCALE else 4 if flags & _TWO_SCALES else 8 if flags & _MATRIX else 0
        at += 4 + (4 if flags & _WORDS else 2) + scales
    return bytes(kept[:at]), members


def _tables(outlines: Outlines, glyphs: Sequence[_Glyph]) -> dict[bytes, bytes]:
    """Make the tables that a PDF needs (ISO 32000-1 §9.9, table 126)."""
    padded = [glyph.data + bytes(len(glyph.data) % 2) for glyph in glyphs]
    offsets = list(accumulate(map(len, padded), initial=0))
    is_short = offsets[-1] <= 2 * MOST
    left, bottom, right, top = _around([glyph.extent for glyph in glyphs if glyph.extent] or [NOTHING])
    widest = max(glyph.advance for glyph in glyphs)
    simple = [glyph for glyph in glyphs if not glyph.depth] or glyphs
    most = [
        *(max(getattr(glyph, measure) for glyph in simple) for measure in ("points", "contours")),
        *(max(getattr(glyph, measure) for glyph in glyphs) for measure in ("points", "contours")),
        *(2, 0, 0, 0, 0, 0, 0),
        *(max(getattr(glyph, measure) for glyph in glyphs) for measure in ("parts", "depth")),
    ]
    return {
        b"glyf": b"".join(padded),
        b"head": struct.pack(
            ">IIIIHHQQhhhhHHhhh", 0x10000, 0x10000, 0, 0x5F0F3CF5, 3, outlines.upem, 0, 0,
            left, bottom, right, top, 0, 8, 2, not is_short, 0,
        ),
        b"hhea": struct.pack(
            ">IhhhHhhhhhhhhhhhH", 0x10000, outlines.ascent, outlines.descent, 0, min(widest, MOST), left,
            0, right, 1, 0, 0, 0, 0, 0, 0, 0, len(glyphs),
        ),
        b"hmtx": b"".join(
            struct.pack(">Hh", glyph.advance, glyph.extent[0] if glyph.extent else 0) for glyph in glyphs
        ),
        b"loca": b"".join(
            struct.pack(">H", offset // 2) if is_short else struct.pack(">I", offset) for offset in offsets
        ),
        b"maxp": struct.pack(">IH13H", 0x10000, len(glyphs), *most),
    }  # fmt: skip


def _sfnt(tables: dict[bytes, bytes]) -> bytes:
    """Put tables into one file with their directory and checksums (OpenType 1.9, font file)."""
    count, power = len(tables), len(tables).bit_length() - 1
    head = struct.pack(">IHHHH", 0x10000, count, 16 << power, power, 16 * count - (16 << power))
    at, records, body = 12 + 16 * count, [], []
    for tag, data in sorted(tables.items()):
        padded = data + bytes(-len(data) % 4)
        records.append(struct.pack(">4sIII", tag, _checksum(padded), at, len(data)))
        at += len(padded)
        body.append(padded)
    whole = bytearray(head + b"".join(records) + b"".join(body))
    place = struct.unpack_from(">I", whole, 12 + 16 * sorted(tables).index(b"head") + 8)[0]
    struct.pack_into(">I", whole, place + 8, (0xB1B0AFBA - _checksum(bytes(whole))) & 0xFFFFFFFF)
    return bytes(whole)


def _checksum(data: bytes) -> int:
    words: tuple[int, ...] = struct.unpack(f">{len(data) // 4}I", data)
    return sum(words) & 0xFFFFFFFF
