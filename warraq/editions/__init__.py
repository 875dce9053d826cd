"""The editions: what is made of a Document, each by one function to an Artifact."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

#: All editions, in the order of a build.
EDITIONS = ("screen", "print", "epub", "web")
#: Those that are PDFs.
PRINTED = EDITIONS[:2]


@dataclass(frozen=True, slots=True)
class PageStart:
    """Where a printed page begins: so many characters, blanks not counted, into an element.

    `unit` is the id of the chapter or other piece; `element` counts in the order of its
    body's tree, from 0, and is None where the page begins with the piece or in its opening.
    `folio` is the number as it is printed, and `name` is that in ASCII (`12`, or `i3` in
    front matter). `index` is that of the page in the file, from 0.
    """

    name: str
    folio: str
    unit: str
    element: int | None
    offset: int
    index: int = 0


@dataclass(frozen=True, slots=True)
class UnitPages:
    """The pages of a unit in a PDF: `first` is the index of its first one, from 0.

    `numbers` are for each page the page numbers, its own and others, that were put on it when
    it was bound. `key` is that of its layout: two with the same key have the same pages but for
    these numbers; it is empty where that cannot be told.
    """

    id: str
    first: int
    numbers: tuple[tuple[str, ...], ...]
    key: str = ""

    @property
    def pages(self) -> range:
        """The indexes of its pages in the file."""
        return range(self.first, self.first + len(self.numbers))


@dataclass(frozen=True, slots=True)
class Artifact:
    """A finished edition: its name and bytes, and its pages and their units where it has pages.

    An edition of one file has `data`; an edition that is a folder has `files` instead, by
    their paths in it, with forward slashes.
    """

    edition: str
    name: str
    data: bytes = b""
    pages: int = 0
    starts: tuple[PageStart, ...] = ()
    files: Mapping[str, bytes] = field(default_factory=dict)
    units: tuple[UnitPages, ...] = ()

    @property
    def size(self) -> int:
        """The number of bytes in all."""
        return len(self.data) + sum(map(len, self.files.values()))
