"""A chapter's trees made ready for paged media.

A note moves from the end of its chapter to the place of its call, from where the layout
floats it to the foot of the page (`warraq.editions.floated`); or, if the publication wants
its notes at the end of the chapter or of the book, its call becomes a link to it.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from warraq.document import Chapter, Document, Note
from warraq.editions import tables
from warraq.editions.floated import floats
from warraq.editions.geometry import Geometry
from warraq.editions.labels import Labels, labels
from warraq.reading.direction import marked
from warraq.reading.trees import add_class
from warraq.theme import Theme

#: Lines of code that stay together, and the signs behind which a line of code may be broken.
SHORT, BREAKABLE = 12, ",;:=([{./+"


@dataclass(frozen=True, slots=True)
class EndNote:
    """A note that stands at an end: `call` is the id of its first call in the text."""

    note: Note
    call: str
    body: Element


@dataclass(frozen=True, slots=True)
class PagedChapter:
    """The trees of a chapter for paged media, and the notes that are not at the foot of pages."""

    chapter: Chapter
    heading: Element
    body: Element
    endnotes: tuple[EndNote, ...]


@dataclass(frozen=True, slots=True)
class Setting:
    """What trees are set with: pictures, words for numbers, the theme, and the page."""

    images: Mapping[str, Path]
    labels: Mapping[str, Labels]
    theme: Theme
    shape: Geometry

    def chapter(self, chapter: Chapter, place: str) -> PagedChapter:
        """Give copies of a chapter's trees with notes, pictures, formulas and bookmarks set.

        `place` is where notes stand: `foot`, `chapter` or `book`.
        """
        notes = {note.id: note for note in chapter.notes}
        placed: set[str] = set()
        heading, body = copy.deepcopy(chapter.heading), copy.deepcopy(chapter.body)
        _count(body)
        bodies = [] if place == "foot" else [copy.deepcopy(note.body) for note in chapter.notes]
        for tree in (heading, body, *bodies):
            _place_notes(tree, notes, placed, is_floated=place == "foot")
            _place_images(tree, self.images)
            _draw_formulas(tree, self.theme)
            _set_code(tree)
            tables.fit(tree, self.shape)
            self.labels[chapter.language].fill(tree, paged=True)
        labels = (marked(heading.text, chapter.direction, chapter.language) for heading in chapter.headings)
        _label_headings(body, dict(zip((heading.id for heading in chapter.headings), labels, strict=True)))
        _ask_for_pages(body)
        pairs = zip(chapter.notes, bodies, strict=False)
        ends = tuple(EndNote(note, f"{note.id}-call", tree) for note, tree in pairs)
        return PagedChapter(chapter, heading, body, ends)


def setting(
    document: Document, theme: Theme, shape: Geometry, words: Callable[[str], Mapping[str, Any]]
) -> Setting:
    """Give what the trees of a Document are set with in a Theme; `words` are those of a language."""
    return Setting(document.images, labels(document, words), theme, shape)


def _draw_formulas(tree: Element, theme: Theme) -> None:
    if next(tree.iter("math"), None) is not None:
        from warraq.editions.formulas import formulas  # noqa: PLC0415 - its font is loaded only where it is needed

        formulas(theme).place(tree)


def _set_code(tree: Element) -> None:
    """Let lines of code break between their pieces, where WeasyPrint does so only at blanks.

    A block of few lines stays on one page.
    """
    for pre in tree.iter("pre"):
        lines = pre.findall("code/span")
        if len(lines) <= SHORT:
            add_class(pre, "short")
        for line in lines:
            for at in reversed(range(len(line))):
                before = line[at - 1].tail if at else line.text
                if (before or " ")[-1] in BREAKABLE:
                    line.insert(at, Element("wbr"))


def _count(tree: Element) -> None:
    """Give each element its number in the Document's tree, by which other editions find it."""
    for number, element in enumerate(tree.iter()):
        element.set("data-n", str(number))


def _place_notes(tree: Element, notes: Mapping[str, Note], placed: set[str], *, is_floated: bool) -> None:
    """Put each note in the place of its first call; a later call is a link."""
    for parent in list(tree.iter()):
        children: list[Element] = []
        for child in list(parent):
            note = notes.get(child.get("data-note", ""))
            if note is None:
                children.append(child)
            elif is_floated and note.id not in placed:
                children += floats(child, note, notes, placed)
            else:
                children.append(_link(child, note, placed))
        parent[:] = children


def _link(call: Element, note: Note, placed: set[str]) -> Element:
    """Make a call a link to its note; the first one can be led back to."""
    link = Element("a", {"class": "note-again", "href": f"#{note.id}"})
    link.text, link.tail = f"({note.mark})", call.tail
    if note.id not in placed:
        link.set("id", f"{note.id}-call")
        placed.add(note.id)
    return link


def _place_images(tree: Element, images: Mapping[str, Path]) -> None:
    for image in tree.iter("img"):
        if path := images.get(image.get("src", "")):
            image.set("src", path.as_uri())


def _ask_for_pages(tree: Element) -> None:
    """Put a leader and a place for the page's number after each link of an index."""
    if all(link.get("class") != "index-link" for link in tree.iter("a")):
        return
    for parent in list(tree.iter()):
        for link in parent.findall("a[@class='index-link']"):
            at = list(parent).index(link) + 1
            parent.insert(at, Element("span", {"class": "entry-leader"}))
            front = " in-front" if link.attrib.pop("data-front", "") else ""
            parent.insert(at + 1, Element("a", {"class": f"page-ref{front}", "href": link.attrib["href"]}))


def _label_headings(tree: Element, texts: Mapping[str, str]) -> None:
    """Give each heading its plain text as a bookmark, free of note calls and ZWJ."""
    for element in tree.iter():
        if text := texts.get(element.get("id", "")):
            element.set("data-bookmark", text)
