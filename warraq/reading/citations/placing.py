"""Where the bibliography stands: where its author wants it, else behind the last chapter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol
from xml.etree.ElementTree import Element, SubElement

from warraq.arabic.languages import direction_in
from warraq.publication import Publication
from warraq.reading.citations.sources import Work
from warraq.reading.draft import Draft
from warraq.reading.headings import TAGS
from warraq.reading.trees import add_class, replace, with_parents
from warraq.source import Source

#: The id that an author gives to the place of the bibliography.
PLACE = "refs"


class Entries(Protocol):
    """What has written the citations, and can write the entries of the works."""

    cited: dict[str, Work]

    def title(self, direction: str) -> str:
        """Give what the bibliography is called."""

    def entries(self, direction: str) -> list[Element]:
        """Write the entries of all cited works for a chapter of a direction."""


def place(
    publication: Publication, drafts: Sequence[Draft], chapters: Sequence[Draft], writer: Entries
) -> Draft | None:
    """Put the bibliography where the author wants it, else behind the last chapter."""
    for draft in drafts:
        for parent, element in with_parents(draft.body):
            if element.get("id") == PLACE:
                _fill(parent, element, writer.entries(draft.direction))
                return None
    if not writer.cited:
        return None
    language = publication.settings.publication.language
    direction = direction_in(language)
    title = writer.title(direction)
    if len(chapters) == 1:
        _append(chapters[0], title, writer)
        return None
    heading = Element("h1", {"lang": language, "dir": direction})
    heading.text = title
    body = Element("div")
    body.append(_list(writer.entries(direction)))
    source = Source(publication.root / ".bibliography", publication.name or ".")
    draft = Draft(source, body, heading=heading, language=language, direction=direction, title={language: title})
    draft.kind = "bibliography"
    return draft


def _append(draft: Draft, title: str, writer: Entries) -> None:
    heading = SubElement(draft.body, "h2")
    heading.text = title
    draft.headings.append(heading)
    draft.body.append(_list(writer.entries(draft.direction)))


def _list(entries: Sequence[Element], into: Element | None = None) -> Element:
    block = Element("div") if into is None else into
    add_class(block, "bibliography")
    block.extend(entries)
    return block


def _fill(parent: Element, element: Element, entries: Sequence[Element]) -> None:
    """Put entries into the element that the author gave the id, or behind it if it is a heading."""
    if element.tag in TAGS:
        parent.insert(list(parent).index(element) + 1, _list(entries))
    elif element.tag in {"p", "span", "a"}:
        block = _list(entries)
        block.set("id", PLACE)
        replace(parent, element, [block])
        parent.tag = "div" if parent.tag == "p" else parent.tag  # a paragraph holds no blocks
    else:
        _list(entries, element)
