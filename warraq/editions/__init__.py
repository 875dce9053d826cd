"""The editions: what is made of a Document, each by one function to an Artifact."""

from __future__ import annotations

from dataclasses import dataclass

#: All editions, in the order of a build.
EDITIONS = ("screen", "print", "epub")


@dataclass(frozen=True, slots=True)
class PageStart:
    """Where a printed page begins: so many characters, blanks not counted, into an element.

    `unit` is the id of the chapter or other piece; `element` counts in the order of its
    body's tree, from 0, and is None where the page begins with the piece or in its opening.
    `folio` is the number as it is printed, and `name` is that in ASCII (`12`, or `i3` in
    front matter).
    """

    name: str
    folio: str
    unit: str
    element: int | None
    offset: int


@dataclass(frozen=True, slots=True)
class Artifact:
    """A finished edition: its file name, its bytes, and its pages where it has pages."""

    edition: str
    name: str
    data: bytes
    pages: int = 0
    starts: tuple[PageStart, ...] = ()
