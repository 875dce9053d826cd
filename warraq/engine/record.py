"""A unit as it was laid out and drawn, apart from its place in the book: what is kept and bound.

Objects of the PDF are kept as bytes with places for numbers (`movable`), which binding fills.
A record is plain data, so that it travels between processes and lies in a cache.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from warraq.diagnostics import Diagnostic
from warraq.engine.movable import Movable, Pack
from warraq.engine.programs import Used

#: Numbers of the two objects of the whole book that those of units name: the roots of pages and of elements.
PAGES, DOCUMENT = 1, 2
#: A page of a unit by its index, and what it begins with: unit, element and characters before it.
Start = tuple[int, tuple[str, int | None, int]]


@dataclass(frozen=True, slots=True)
class Folio:
    """A page's number as it was drawn, parted so that another can be put in its place.

    `before` draws what is the same on many pages; after it, a matrix with x, then `between`, codes
    of glyphs and `after` make the content; x and the widths are in CSS px. `share` says how much of
    a difference in width lies to the left of the number: 0 where it is set flush left, 0.5 centred,
    1 flush right. `codes` and `widths` are those of the ten digits, the first of which is `zero`.
    """

    before: bytes
    x: float
    between: bytes
    after: bytes
    width: float
    share: float
    zero: str
    codes: tuple[bytes, ...]
    widths: tuple[float, ...]

    def content(self, number: int) -> bytes:
        """Draw another number in its place, after what is `before` it."""
        digits = [int(digit) for digit in str(number)]
        x = self.x + (self.width - sum(self.widths[digit] for digit in digits)) * self.share
        codes = b"".join(self.codes[digit] for digit in digits)
        return b"1 0 0 -1 %.3f%b%b%b" % (x, self.between, codes, self.after)

    def text(self, number: int) -> str:
        """Write another number as it is copied from its place."""
        return "".join(chr(ord(self.zero) + int(digit)) for digit in str(number))


class Place(NamedTuple):
    """The place of a digit in a page's content: which number's, which digit of it, and by which codes it is drawn."""

    number: int
    digit: int
    codes: int


@dataclass(frozen=True, slots=True)
class Content:
    """The content of a page with places for digits: object, dictionary, and the data as a template."""

    own: int
    entries: Movable
    template: bytes
    places: tuple[Place, ...]

    def filled(self, cited: Sequence[str], codes: Sequence[Sequence[bytes]]) -> bytes:
        """Draw the digits of the numbers that the unit cites."""
        digits = (codes[place.codes][unicodedata.decimal(cited[place.number][place.digit])] for place in self.places)
        return self.template % tuple(digits)


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a unit: its object, its folio and that folio's object, if it has one to move.

    `cites` are the numbers, among those that the unit cites, whose digits are put on the page.
    """

    number: int
    folio: Folio | None = None
    folio_number: int = 0
    cites: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class About:
    """What the file says of itself: its language, the texts of its information dictionary, and its metadata in RDF."""

    language: str
    information: Mapping[str, str]
    rdf: bytes


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of the outline; x and y are in pt from the lower left corner of the page."""

    level: int
    label: str
    page: int
    x: float
    y: float
    is_open: bool


@dataclass(frozen=True, slots=True)
class UnitFonts:
    """What a unit used of its fonts.

    `programs` are those font files, by their names, that are not the theme's.
    """

    uses: tuple[Used, ...]
    programs: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Record:
    """A unit laid out and drawn.

    `opens` is the side that it asks for: `recto`, `verso`, or nothing. `pinned` tells that page
    numbers are drawn in it as they were when it was laid out. Of its `size` objects, `streams`
    are a number, a dictionary and the data each; `elements` hang under the root of the structure
    tree, `parents` is the object of its entries in the tree of parents, `entries` their number.
    `contents` are streams too, of pages that cite others, whose digits are drawn by `codes`;
    `is_fixed` tells that the unit must be laid out with the numbers that it cites.
    `starts` are where its pages begin, as `page_starts` reads them.
    """

    pages: tuple[Page, ...]
    opens: str
    pinned: bool
    is_fixed: bool
    size: int
    streams: tuple[tuple[int, Movable, bytes], ...]
    contents: tuple[Content, ...]
    codes: tuple[tuple[bytes, ...], ...]
    packs: tuple[Pack, ...]
    pages_number: int
    elements: tuple[int, ...]
    parents: int
    entries: int
    ids: Mapping[str, int]
    anchors: Mapping[str, tuple[int, float, float]]
    bookmarks: tuple[Bookmark, ...]
    links: frozenset[str]
    starts: tuple[Start, ...]
    fonts: UnitFonts
    about: About
    diagnostics: tuple[Diagnostic, ...]
