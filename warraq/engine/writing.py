"""A PDF file written from objects as bytes (ISO 32000-1 §7.5).

Content streams stand by themselves, all else is packed into object streams, and the
table of where everything stands is a stream too, as in every file since PDF 1.5.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable

HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
#: Most objects of an object stream: viewers unpack a whole one to read one object.
MOST = 2000
LEVEL = 6


class File:
    """A file in the making. Numbers of objects are the caller's; those of packs come after `last`."""

    def __init__(self, last: int) -> None:
        """Begin a file whose objects, packs not counted, have the numbers 1 to `last`."""
        self._next = last + 1
        self._parts: list[bytes] = [HEADER]
        self._size = len(HEADER)
        self._places: dict[int, tuple[int, int, int]] = {}

    def add(self, number: int, data: bytes) -> None:
        """Write an object that stands by itself: a stream."""
        if data.endswith(b"\r\nendstream"):
            # Else that last byte of the data would be read as part of the line's end.
            data = data.removesuffix(b"\nendstream") + b"\r\nendstream"
        self._places[number] = (1, self._size, 0)
        self._write(b"%d 0 obj\n%s\nendobj\n" % (number, data))

    def pack(self, objects: Iterable[tuple[int, bytes]]) -> None:
        """Write objects that are no streams, packed together (§7.5.7)."""
        waiting = list(objects)
        for start in range(0, len(waiting), MOST):
            self._pack(waiting[start : start + MOST])

    def _pack(self, objects: list[tuple[int, bytes]]) -> None:
        number, self._next = self._next, self._next + 1
        offset, head = 0, []
        for index, (own, data) in enumerate(objects):
            self._places[own] = (2, number, index)
            head.append(b"%d %d" % (own, offset))
            offset += len(data) + 1
        index_line = b" ".join(head) + b"\n"
        packed = zlib.compress(index_line + b"\n".join(data for _, data in objects), LEVEL)
        entries = b"/Type/ObjStm/N %d/First %d" % (len(objects), len(index_line))
        self.add(number, stream(packed, entries + b"/Filter/FlateDecode"))

    def finish(self, root: int, info: int) -> bytes:
        """Write the table of objects and give the whole file; its identifier is that of its content (§14.4)."""
        content = b"".join(self._parts)
        number = self._next
        self._places[number] = (1, self._size, 0)
        identifier = hashlib.md5(content, usedforsecurity=False).hexdigest().encode()
        wide = (self._size.bit_length() + 7) // 8
        rows = [(0, 0, 65535), *(self._places[own] for own in range(1, number + 1))]
        table = b"".join(bytes((kind,)) + a.to_bytes(wide, "big") + b.to_bytes(2, "big") for kind, a, b in rows)
        entries = b"/Type/XRef/Size %d/W[1 %d 2]/Root %d 0 R/Info %d 0 R" % (number + 1, wide, root, info)
        entries += b"/ID[<%s><%s>]/Filter/FlateDecode" % (identifier, identifier)
        last = b"%d 0 obj\n%s\nendobj\n" % (number, stream(zlib.compress(table, LEVEL), entries))
        return content + last + b"startxref\n%d\n%%%%EOF\n" % self._size

    def _write(self, data: bytes) -> None:
        self._parts.append(data)
        self._size += len(data)


def stream(data: bytes, entries: bytes = b"") -> bytes:
    """Write a stream of that data."""
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (entries, len(data), data)
