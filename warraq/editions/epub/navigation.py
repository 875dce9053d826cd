"""The tree of contents, the landmarks and the list of printed pages."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from warraq.composition.names import first_text, index_title
from warraq.document import Chapter, Document, Heading, Localized
from warraq.editions import PageStart
from warraq.editions.epub.breaks import identity


@dataclass(slots=True)
class Entry:
    """One line of the contents, with those below it; `target` is an id."""

    title: str
    language: str
    target: str
    below: list[Entry] = field(default_factory=list)
    is_part: bool = False


@dataclass(frozen=True, slots=True)
class Landmark:
    """A place that readers know by its kind (EPUB structural semantics)."""

    kind: str
    title: str
    target: str


def contents(document: Document, colophon: Localized, words: Mapping[str, Any]) -> list[Entry]:
    """Make the tree of contents, as deep as the publication wants it; `words` title indexes."""
    language = document.publication.settings.publication.language
    depth = document.publication.settings.contents.depth
    entries = [_chapter(chapter, depth) for chapter in document.front]
    for part in document.parts:
        chapters = [_chapter(chapter, depth) for chapter in part.chapters]
        if part.title:
            entries.append(Entry(first_text(part.title), next(iter(part.title)), part.id, chapters, is_part=True))
        else:
            entries += chapters
    entries += [_chapter(chapter, depth) for chapter in document.back]
    entries += [Entry(index_title(index, words), language, index.id) for index in document.indexes]
    return [*entries, Entry(first_text(colophon), next(iter(colophon)), "colophon")]


def _chapter(chapter: Chapter, depth: int) -> Entry:
    title = first_text(chapter.title)
    entry = Entry(title, next(iter(chapter.title)), chapter.id)
    _nest(entry, [heading for heading in chapter.headings if heading.level <= depth and heading.text], chapter.language)
    return entry


def _nest(entry: Entry, headings: Sequence[Heading], language: str) -> None:
    """Put headings below each other by their levels, whatever levels they skip."""
    open_entries = [(1, entry)]
    for heading in headings:
        while open_entries[-1][0] >= heading.level:
            open_entries.pop()
        made = Entry(heading.text, language, heading.id)
        open_entries[-1][1].below.append(made)
        open_entries.append((heading.level, made))


def landmarks(document: Document, words: dict[str, Any]) -> list[Landmark]:
    """List the places by kind: cover, title page, contents, where the text begins, colophon."""
    found = [Landmark("cover", words["cover"], "cover")]
    if not document.is_single:
        found.append(Landmark("titlepage", words["title-page"], "title-page"))
    found.append(Landmark("toc", words["contents"], "contents"))
    for kind, _ in document.exhibit_lists:
        listed = {"figure": "loi", "table": "lot"}[kind]
        found.append(Landmark(listed, words["labels"][f"list-of-{kind}s"], f"list-of-{kind}s"))
    first = next((part for part in document.parts if part.title or part.chapters), None)
    if first:
        start = first.id if first.title else first.chapters[0].id
        found.append(Landmark("bodymatter", words["text"], start))
    found += [Landmark("index", index_title(index, words), index.id) for index in document.indexes[:1]]
    return [*found, Landmark("colophon", words["colophon"], "colophon")]


def listed(document: Document, starts: Sequence[PageStart]) -> list[PageStart]:
    """Give the starts of pages that the e-book marks: those of units that it has.

    Where the publication has an id like that of a mark, all marks get another name.
    """
    units = {"cover", "title-page", "imprint", "contents", "colophon", *(part.id for part in document.parts)}
    units |= {chapter.id for chapter in document.chapters} | {f"list-of-{kind}s" for kind, _ in document.exhibit_lists}
    units |= {index.id for index in document.indexes}
    bodies = [tree for chapter in document.chapters for tree in (chapter.body, *(note.body for note in chapter.notes))]
    taken = {element.attrib["id"] for body in bodies for element in body.iter() if "id" in element.attrib} | units
    kept = [start for start in starts if start.unit in units]
    if any(identity(start) in taken for start in kept):
        return [replace(start, name=f"print-{start.name}") for start in kept]
    return kept


def folios(document: Document, starts: Sequence[PageStart]) -> dict[str, str]:
    """Give for places, by their ids, the numbers of the printed pages that they are on, as far as they are known."""
    found: dict[str, str] = {}
    for chapter in document.chapters:
        own = [start for start in starts if start.unit == chapter.id]
        begins = [(-1, 0) if start.element is None else (start.element, start.offset) for start in own]
        if own:
            found[chapter.id] = own[0].folio
        for at, element in enumerate(chapter.body.iter()):
            if (identity := element.get("id")) and (nth := bisect_right(begins, (at, 0))):
                found[identity] = own[nth - 1].folio
    return found


def pages(starts: Sequence[PageStart]) -> list[tuple[str, str]]:
    """List printed pages: their folios and the ids of their marks."""
    return [(start.folio, identity(start)) for start in starts]


def depth_of(entries: Sequence[Entry]) -> int:
    """Tell how deep a tree of contents is."""
    return 1 + max((depth_of(entry.below) for entry in entries), default=-1)
