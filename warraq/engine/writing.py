"""A PDF file written from objects as bytes (ISO 32000-1 §7.5).

Content streams stand by themselves, all else is packed into object streams, and the
table of where everything stands is a stream too, as in every file since PDF 1.5.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Sequence
from itertools import accumulate

from warraq.engine.movable import MOST

HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
LEVEL = 7
#: A row of the table of objects: kind, place or pack, generation or index (§7.5.8.3), after a byte for the predictor
#: that a row is written by, the one of number 2 (§7.4.4.4); and a row of no object.
_ROW, _FREE = struct.Struct(">xBIH"), b"\0\0\0\0\0\0\xff\xff"
_UP = b"\2" + bytes(_ROW.size - 1)


class File:
    """A file in the making. Numbers of objects are the caller's; those of packs come after `last`."""

    def __init__(self, last: int) -> None:
        """Begin a file whose objects, packs not counted, have numbers from 1 to `last`."""
        self._parts: list[bytes] = [HEADER]
        self._size = len(HEADER)
        self._rows = bytearray(_FREE * (last + 1))

    def add(self, number: int, data: bytes) -> None:
        """Write an object that stands by itself: a stream."""
        _ROW.pack_into(self._rows, number * _ROW.size, 1, self._size, 0)
        self._write(b"%d 0 obj\n%s\nendobj\n" % (number, _closed(data)))

    def pack(self, objects: Sequence[tuple[int, bytes]]) -> None:
        """Write objects that are no streams, packed together (§7.5.7)."""
        for start in range(0, len(objects), MOST):
            part = objects[start : start + MOST]
            offsets = accumulate((len(data) + 1 for _, data in part), initial=0)
            line = b" ".join(b"%d %d" % (own, offset) for (own, _), offset in zip(part, offsets, strict=False)) + b"\n"
            packed = compressed(line + b"\n".join(data for _, data in part))
            self.add_packed([own for own, _ in part], packed, len(line))

    def add_packed(self, numbers: Sequence[int], data: bytes, first: int) -> None:
        """Write objects of these numbers that are packed and compressed already; `first` is where the first begins."""
        number = self._more()
        for index, own in enumerate(numbers):
            _ROW.pack_into(self._rows, own * _ROW.size, 2, number, index)
        self.add(number, stream(data, b"/Type/ObjStm/N %d/First %d/Filter/FlateDecode" % (len(numbers), first)))

    def finish(self, root: int, info: int) -> bytes:
        """Write the table of objects and give the whole file; its identifier is that of its content (§14.4)."""
        number, place = self._more(), self._size
        _ROW.pack_into(self._rows, number * _ROW.size, 1, place, 0)
        digest = hashlib.sha256()
        for part in self._parts:
            digest.update(part)
        entries = b"/Type/XRef/Size %d/W[1 4 2]/Root %d 0 R/Info %d 0 R" % (number + 1, root, info)
        entries += b"/ID[<%s><%s>]" % ((digest.hexdigest()[:32].encode(),) * 2)
        entries += b"/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns %d>>" % (_ROW.size - 1)
        table = stream(compressed(_differences(self._rows)), entries)
        self._write(b"%d 0 obj\n%s\nendobj\n" % (number, _closed(table)))
        self._write(b"startxref\n%d\n%%%%EOF\n" % place)
        return b"".join(self._parts)

    def _more(self) -> int:
        """Give the number of one object more."""
        self._rows += _FREE
        return len(self._rows) // _ROW.size - 1

    def _write(self, data: bytes) -> None:
        self._parts.append(data)
        self._size += len(data)


def compressed(data: bytes | bytearray) -> bytes:
    """Compress the data of a stream (§7.4.4)."""
    return zlib.compress(data, LEVEL)


def _differences(rows: bytearray) -> bytes:
    """Write each byte of the rows as its difference from that above it, which packs six times better.

    All are subtracted at once, as one number, without their highest bits, so that none borrows from
    the next; these are put right after.
    """
    size = len(rows)
    high = int.from_bytes(b"\x80" * size)
    one, above = int.from_bytes(rows), int.from_bytes(rows) >> 8 * _ROW.size
    differences = ((one | high) - (above & ~high)) ^ ((one ^ above ^ high) & high)
    return (differences | int.from_bytes(_UP * (size // _ROW.size))).to_bytes(size)


def _closed(data: bytes) -> bytes:
    """End a stream with two characters if the last byte of its data would else be read as part of the line's end."""
    return data.removesuffix(b"\nendstream") + b"\r\nendstream" if data.endswith(b"\r\nendstream") else data


def stream(data: bytes, entries: bytes = b"") -> bytes:
    """Write a stream of that data."""
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (entries, len(data), data)
