"""A chapter's trees made ready for paged media.

A note moves from the end of its chapter to the place of its call, from where the layout
floats it to the foot of the page. It stands inside a paragraph then, so its blocks become
`span`s of the class `as-TAG` (HTML allows no block in a paragraph), which the style sheet
sets as blocks again.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from warraq.arabic.digits import to_digits
from warraq.document import Chapter, Document, Note
from warraq.editions.labels import Labels, labels
from warraq.theme import Theme

BLOCKS = {
    *("p", "div", "blockquote", "footer", "figure", "pre", "ul", "ol", "li"),
    *("table", "thead", "tbody", "tr", "td", "th"),
}


@dataclass(frozen=True, slots=True)
class Setting:
    """What trees are set with: pictures, digits, words for numbers, and the theme."""

    images: Mapping[str, Path]
    numerals: str
    labels: Mapping[str, Labels]
    theme: Theme

    def trees(self, chapter: Chapter) -> tuple[Element, Element]:
        """Give copies of a chapter's heading and body with notes, pictures and bookmarks set."""
        notes = {note.id: note for note in chapter.notes}
        placed: set[str] = set()
        trees = []
        for tree in (chapter.heading, chapter.body):
            paged = copy.deepcopy(tree)
            if tree is chapter.body:
                _count(paged)
            _place_notes(paged, notes, placed, self.numerals)
            _place_images(paged, self.images)
            _draw_formulas(paged, self.theme)
            _let_code_break(paged)
            self.labels[chapter.language].fill(paged, paged=True)
            trees.append(paged)
        _label_headings(trees[1], {heading.id: heading.text for heading in chapter.headings})
        return trees[0], trees[1]


def setting(document: Document, theme: Theme, words: Callable[[str], Mapping[str, Any]]) -> Setting:
    """Give what the trees of a Document are set with in a Theme; `words` are those of a language."""
    numerals = document.publication.settings.publication.numerals
    return Setting(document.images, numerals, labels(document, words), theme)


def _draw_formulas(tree: Element, theme: Theme) -> None:
    if next(tree.iter("math"), None) is not None:
        from warraq.editions.formulas import formulas  # noqa: PLC0415 - its font is loaded only where it is needed

        formulas(theme).place(tree)


def _let_code_break(tree: Element) -> None:
    """Let lines of code break between their pieces, where WeasyPrint does so only at blanks."""
    for line in (element for element in tree.iter("span") if element.get("class", "").split()[:1] == ["line"]):
        for at in reversed(range(len(line))):
            line.insert(at, Element("wbr"))


def _count(tree: Element) -> None:
    """Give each element its number in the Document's tree, by which other editions find it."""
    for number, element in enumerate(tree.iter()):
        element.set("data-n", str(number))


def _place_notes(tree: Element, notes: Mapping[str, Note], placed: set[str], numerals: str) -> None:
    """Put each note in the place of its first call; a later call stays a link."""
    for parent in list(tree.iter()):
        for index, child in enumerate(parent):
            note = notes.get(child.get("data-note", ""))
            if note is None:
                continue
            number = to_digits(note.number, numerals)
            parent[index] = _again(child, note, number) if note.id in placed else _floated(child, note, number)
            placed.add(note.id)


def _floated(call: Element, note: Note, number: str) -> Element:
    span = copy.deepcopy(note.body)
    for element in span.iter():
        if element.tag in BLOCKS:
            element.set("class", f"as-{element.tag} {element.get('class', '')}".strip())
            element.tag = "span"
            # White space between blocks would make a line of its own beside an inline one.
            element.tail = (element.tail or "").strip() or None
    span.text = (span.text or "").strip() or None
    span.set("class", "note")
    span.set("id", note.id)
    span.set("data-number", number)
    if len(span) and "as-p" in span[0].get("class", ""):
        span[0].set("class", "as-p opening-words")
    span.tail = call.tail
    return span


def _again(call: Element, note: Note, number: str) -> Element:
    link = Element("a", {"class": "note-again", "href": f"#{note.id}"})
    link.text, link.tail = f"({number})", call.tail
    return link


def _place_images(tree: Element, images: Mapping[str, Path]) -> None:
    for image in tree.iter("img"):
        if path := images.get(image.get("src", "")):
            image.set("src", path.as_uri())


def _label_headings(tree: Element, texts: Mapping[str, str]) -> None:
    """Give each heading its plain text as a bookmark, free of note calls and ZWJ."""
    for element in tree.iter():
        if text := texts.get(element.get("id", "")):
            element.set("data-bookmark", text)
