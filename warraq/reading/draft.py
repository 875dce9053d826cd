"""A chapter on its way from a Source to a Chapter: the one thing here that changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from xml.etree.ElementTree import Element

from warraq.diagnostics import Diagnostic, Place
from warraq.document import Localized
from warraq.manuscript import Source


@dataclass(slots=True)
class DraftNote:
    """A footnote by the author's label; `number` is 0 until it is called.

    `number` is its place among the notes of the chapter, `mark` what calls it, and `series`
    the name of the series it is counted in, or nothing.
    """

    label: str
    body: Element
    number: int = 0
    id: str = ""
    mark: str = ""
    series: str = ""


@dataclass(frozen=True, slots=True)
class DraftTerm:
    """What a mark for an index says, as its author typed it."""

    index: str
    term: str = ""
    sort: str = ""
    see: str = ""
    also: str = ""
    is_main: bool = False


@dataclass(slots=True)
class Draft:
    """What is known so far about a chapter; `aliases` are slugs that links may use.

    `in_front` tells that its pages are numbered as those of front matter; `kind` is that of a Chapter.
    """

    source: Source
    body: Element
    faults: list[Diagnostic] = field(default_factory=list)
    id: str = ""
    heading: Element = field(default_factory=lambda: Element("h1"))
    title: Localized = field(default_factory=dict)
    subtitle: Localized | None = None
    authors: tuple[Localized, ...] = ()
    date: date | None = None
    abstract: list[tuple[str, Element]] = field(default_factory=list)
    language: str = "ar"
    direction: str = "rtl"
    notes: list[DraftNote] = field(default_factory=list)
    headings: list[Element] = field(default_factory=list)
    aliases: dict[str, str] = field(default_factory=dict)
    in_front: bool = False
    kind: str = ""
    terms: list[DraftTerm] = field(default_factory=list)

    @property
    def text_roots(self) -> Iterator[Element]:
        """The trees of the chapter in reading order: title, abstract, body, notes."""
        yield self.heading
        yield from (tree for _, tree in self.abstract)
        yield self.body
        yield from (note.body for note in self.notes)

    def place(self, element: Element, needle: str = "", nth: int = 1) -> Place:
        """Tell where an element was typed: its sign knows, else the nth occurrence of a needle."""
        at = element.get("data-at")
        return self.source.place_at(int(at)) if at else self.source.place_of(needle, nth)

    def say(self, code: str, message: str, place: Place, hint: str = "") -> None:
        """Add a fault of this chapter."""
        self.faults.append(Diagnostic(code, message, place, hint))
