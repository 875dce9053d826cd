"""A Document made ready for the web: chapters, index and the order of reading."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from warraq.composition.names import first_text, index_title
from warraq.document import Chapter, Document, Localized, Part
from warraq.document import Index as TermIndex
from warraq.editions.labels import labels
from warraq.editions.web.pictures import Gallery
from warraq.editions.web.search import Index
from warraq.editions.web.trees import WebChapter, web_chapter
from warraq.theme import Theme
from warraq.words import words

#: Called with the number of chapters made ready so far.
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Unit:
    """A piece of the publication in the order of reading: a part's title, a chapter, or an index.

    The last unit is the colophon, which has a chapter only where one was written.
    """

    id: str
    title: Localized
    part: Part | None = None
    number: int = 0
    page: WebChapter | None = None
    index: TermIndex | None = None


@dataclass(slots=True)
class Book:
    """The units of a publication, the index of its words and its pictures."""

    units: list[Unit] = field(default_factory=list)
    index: Index = field(default_factory=Index)
    gallery: Gallery = field(default_factory=lambda: Gallery({}))

    @property
    def pages(self) -> list[WebChapter]:
        """All chapters that were written."""
        return [unit.page for unit in self.units if unit.page]

    @property
    def trees(self) -> Iterator[Element]:
        """All trees of all chapters."""
        for page in self.pages:
            yield from page.trees

    @property
    def readable(self) -> list[Unit]:
        """The units between which a reader turns: all but the titles of parts."""
        return [unit for unit in self.units if not unit.part]


def make_ready(document: Document, theme: Theme, progress: Progress, *, single: bool) -> Book:
    """Copy and prepare all chapters; in one file their titles stand below the cover's."""
    about = document.publication.settings.publication
    book = Book(gallery=Gallery(document.images, document.publication.settings.output.web.largest_picture))
    spoken, said = words(theme, about.language), labels(document, functools.partial(words, theme))

    def put(chapter: Chapter, level: int) -> None:
        page = web_chapter(chapter, level if single else 1, spoken["table"], said[chapter.language], book.index)
        book.units.append(Unit(chapter.id, chapter.title, page=page))
        progress(len(book.units))

    for chapter in document.front:
        put(chapter, 2)
    titled = 0
    for part in document.parts:
        if part.title:
            titled += 1
            book.units.append(Unit(part.id, part.title, part=part, number=titled))
        for chapter in part.chapters:
            put(chapter, 3 if part.title else 2)
    for chapter in document.back:
        put(chapter, 2)
    for index in document.indexes:
        book.units.append(Unit(index.id, {about.language: index_title(index, spoken)}, index=index))
    _put_colophon(book, document, theme, put)
    return book


def _put_colophon(book: Book, document: Document, theme: Theme, put: Callable[[Chapter, int], None]) -> None:
    """End with the page about the publication, whether or not its text was written."""
    if document.colophon:
        put(document.colophon, 2)
        last = book.units.pop()
        book.units.append(Unit("colophon", last.title, page=last.page))
        return
    language = document.publication.settings.publication.language
    titles = {tag: words(theme, tag)["colophon"] for tag in dict.fromkeys((language, "en"))}
    book.units.append(Unit("colophon", titles))


def turns(units: list[Unit], href: Callable[[str], str]) -> Mapping[str, Mapping[str, Mapping[str, object] | None]]:
    """Give for each unit the one before and the one after it, as links."""
    links: list[Mapping[str, object] | None] = [{"href": href(unit.id), "title": unit.title} for unit in units]
    before, after = [None, *links[:-1]], [*links[1:], None]
    return {
        unit.id: {"previous": earlier, "next": later} for unit, earlier, later in zip(units, before, after, strict=True)
    }


def display_titles(document: Document) -> list[str]:
    """List the texts that stand in the display face: titles of all kinds."""
    about = document.publication.settings.publication
    found: list[str] = [*about.title.values(), *(about.subtitle or {}).values()]
    for part in document.parts:
        found += (part.title or {}).values()
    for chapter in document.chapters:
        found += chapter.title.values()
        found += (heading.text for heading in chapter.headings if heading.level <= 3)
    found += (group.letter for index in document.indexes for group in index.groups)
    return found


def bold_names(document: Document) -> list[str]:
    """List the texts that the page sets in bold beside those that authors stressed."""
    people = [author for chapter in document.chapters for author in chapter.authors]
    return [first_text(name) for name in people]
