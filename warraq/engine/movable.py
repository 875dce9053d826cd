"""Objects of a PDF as bytes that do not know their numbers, which depend on all units before theirs.

Where a number belongs there is a place for it, as wide for every number: what stands where
among objects that are packed together does not change when they move. Texts have places too,
for the digits of page numbers (`cited`).
"""

from __future__ import annotations

import hashlib
import re
import struct
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from warraq.engine.strings import MOST_DIGITS

#: What numbers begin at while a unit is drawn: of its objects, and of its entries in the tree of parents.
OBJECT, ENTRY = 7_000_000_000, 8_000_000_000
#: Most objects of an object stream: viewers unpack a whole one to read one object.
MOST = 2000
#: Digits of a number; Acrobat takes 8,388,607 objects at most.
PLACE, WIDTH = b"%7d", 7
#: Each way begins with a byte, for which `re` looks much faster than for what is before one.
#: References, and numbers of entries where a page or an annotation names them; digits of page numbers in texts.
_NAMED = re.compile(
    rb"7(?<=\b7)\d{9}(?= 0 R\b)|8(?:(?<=/StructParents 8)|(?<=/StructParent 8))\d{9}\b|\xff\xfe\xff\xfe\d{6};"
)
#: The same in the tree of parents itself.
_LISTED = re.compile(rb"7(?<=\b7)\d{9}(?= 0 R\b)|8(?<=[\[ ]8)\d{9}\b(?! 0 R)")
#: From this on, numbers stand for digits of page numbers: four times the number's, and the digit's.
_DIGIT = 1 << 30
#: To keep templates takes little time; they are read only where a unit has moved.
_LEVEL = 1


@dataclass(frozen=True, slots=True)
class Movable:
    """Bytes with places for numbers: n is the n-th object of a unit, ~n its n-th entry in the tree of parents."""

    template: bytes
    numbers: tuple[int, ...] = ()

    def at(self, base: int, entry: int) -> bytes:
        """Fill the places, for a unit whose objects and entries begin at these numbers."""
        return self.template % _values(self.numbers, base, entry, ())

    @property
    def size(self) -> int:
        """The number of bytes when the places are filled; those of digits are as long as what fills them."""
        wider = (WIDTH - len(PLACE)) * sum([number < _DIGIT for number in self.numbers])
        return len(self.template) - self.template.count(b"%%") + wider


@dataclass(frozen=True, slots=True)
class Pack:
    """Objects packed together, whose numbers follow each other from `own` on (ISO 32000-1 §7.5.7).

    `template` is compressed; `first` is where in it the first object begins, when it is filled.
    `is_citing` tells that it has places for page numbers.
    """

    own: int
    count: int
    first: int
    template: bytes
    numbers: bytes
    digest: str
    is_citing: bool

    def at(self, base: int, entry: int, cited: Sequence[str]) -> bytes:
        """Fill the places, for a unit whose objects and entries begin at these numbers, and that cites these pages."""
        numbers = struct.unpack(f"<{len(self.numbers) // 4}i", self.numbers)
        return zlib.decompress(self.template) % _values(numbers, base, entry, cited)


def movable(data: bytes, numbers: Mapping[int, int], *, lists_entries: bool = False) -> Movable:
    """Make places for the numbers in an object; `numbers` leads from those of the drawing to the unit's own.

    `lists_entries` tells that it is the tree that leads from entries to elements.
    """
    found: list[int] = []

    def place(match: re.Match[bytes]) -> bytes:
        digits = match[0]
        if digits.startswith(b"\xff"):
            found.append(_DIGIT + int(digits[4:-1]))
            return b"%b"
        number = int(digits)
        own = ENTRY - 1 - number if number >= ENTRY else numbers.get(number)
        if own is None:
            return digits  # in a text
        found.append(own)
        return PLACE

    pattern = _LISTED if lists_entries else _NAMED
    return Movable(pattern.sub(place, data.replace(b"%", b"%%")), tuple(found))


def packs(objects: Sequence[Movable], own: int) -> Iterator[Pack]:
    """Pack objects together, the first of which is the unit's object `own`."""
    for start in range(0, len(objects), MOST):
        yield _pack(objects[start : start + MOST], own + start)


def _pack(objects: Sequence[Movable], own: int) -> Pack:
    offset, head, body, numbers = 0, [], [], list(range(own, own + len(objects)))
    for thing in objects:
        head.append(b"%s %d" % (PLACE, offset))
        body.append(thing.template)
        numbers += thing.numbers
        offset += thing.size + 1
    line = b" ".join(head) + b"\n"
    template = zlib.compress(line + b"\n".join(body), _LEVEL)
    packed = struct.pack(f"<{len(numbers)}i", *numbers)
    first = len(line) + (WIDTH - len(PLACE)) * len(objects)
    digest = hashlib.blake2b(template + packed, digest_size=24).hexdigest()
    is_citing = any(number >= _DIGIT for number in numbers)
    return Pack(own, len(objects), first, template, packed, digest, is_citing)


def _values(numbers: Sequence[int], base: int, entry: int, cited: Sequence[str]) -> tuple[int | bytes, ...]:
    """Give what is put into places."""
    if not cited:
        return tuple([base + number if number >= 0 else entry + ~number for number in numbers])
    return tuple([
        _digit(number - _DIGIT, cited) if number >= _DIGIT else base + number if number >= 0 else entry + ~number
        for number in numbers
    ])


def _digit(place: int, cited: Sequence[str]) -> bytes:
    return cited[place // MOST_DIGITS][place % MOST_DIGITS].encode("utf-16-be")
