"""From a Manuscript to a Document: Markdown understood, and everything wrong with it told.

    Source ─► prepare ─► tree ─► clean ─► notes, title, headings, verse, figures, pictures
                                             │ (each chapter alone: a Draft)
                                             ▼
              ids ─► links ─► numbers   (all chapters together)
                                │
                           directions ─► Chapter   (each chapter alone)

A module a construct. `markup` is the only importer of Markdown; `draft` is the one value
that changes on the way. Nothing is raised for what an author wrote.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from warraq.arabic.languages import direction_in
from warraq.cache import Cache
from warraq.diagnostics import Diagnostic, Place
from warraq.document import Chapter, Document, Exhibit, Heading, Index, Note, Part
from warraq.manuscript import Manuscript, Source
from warraq.publication import Publication
from warraq.reading import (
    blocks,
    cleaning,
    direction,
    gathered,
    headings,
    ids,
    images,
    index,
    kept,
    letters,
    links,
    marks,
    markup,
    mathematics,
    metadata,
    note_marks,
    notes,
    passages,
    plain,
    references,
    restoring,
    titles,
    verse,
)
from warraq.reading.adoption import adopted
from warraq.reading.draft import Draft
from warraq.reading.trees import is_empty, text_of, texts


def read(
    publication: Publication,
    manuscript: Manuscript,
    cache: Cache | None = None,
    announce: Callable[[], object] = bool,
) -> tuple[Document, list[Diagnostic]]:
    """Read all sources of a publication into one Document; a source that the cache knows is not read again.

    If there is much to read, that is announced half-way, so that others make ready for what comes of it.

    Every fault of every chapter is in the list, in reading order; a faulty picture or link
    is replaced by a span (`missing`, `dead`), so that the Document can always be set.
    """
    main = publication.settings.publication.language
    drafts = kept.drafts(manuscript.sources, main, cache, _draft, announce)
    pictures, faults = images.cover(publication)
    found: dict[str, Path] = dict(pictures)
    for draft in drafts.values():
        found |= images.resolve(draft, publication)
    manuscript, unread = _cite(publication, manuscript, drafts)
    exhibits, indexes = _connect(publication, manuscript, drafts)
    about = publication.settings.publication
    wishes = (about.language, about.numerals, publication.settings.verse.numbers)
    chapters = {
        path: kept.chapter(draft, cache, lambda draft: _finish(draft, *wishes), *wishes)
        for path, draft in drafts.items()
    }
    document = replace(_document(publication, manuscript, chapters, found), exhibits=exhibits, indexes=indexes)
    return document, [*faults, *unread, *(fault for draft in drafts.values() for fault in _in_order(draft))]


def _draft(source: Source, main: str) -> Draft:
    """Understand one source by itself."""
    draft = _plain(source) if source.is_plain else _markdown(source)
    metadata.take(draft, main)
    titles.take(draft, main)
    metadata.judge(draft, main)
    headings.mend(draft)
    if not source.is_plain:
        _shape(draft)
    if is_empty(draft.body) and draft.body.find(".//hr") is None and not gathered.asks(draft.body):
        place = Place(source.name, source.first_line, 1)
        draft.say("W209", "the chapter is empty", place, "write it, or take it out of the contents")
    return draft


def _shape(draft: Draft) -> None:
    """Settle the notes, and bring every construct of Markdown into its form."""
    notes.number(draft)
    mathematics.shape(draft)  # once more, for abstracts
    for root in draft.text_roots:
        verse.shape(root)
        passages.shape(root)
        blocks.shape(root, draft.direction)


def _plain(source: Source) -> Draft:
    body, faults = plain.read_plain(source)
    return Draft(source, body, faults)


def _markdown(source: Source) -> Draft:
    prepared = marks.prepare(source)
    body, understood = markup.to_tree(prepared.text, prepared.html)
    restoring.restore(body)
    draft = Draft(source, body, prepared.faults)
    if not understood:
        hint = "look for HTML with markdown=… that is not closed"
        draft.say("W218", "some markup could not be understood and was kept as text", Place(source.name), hint)
    index.take(draft)
    cleaning.clean_body(draft)
    notes.take(draft)
    mathematics.shape(draft)
    return draft


def _cite(
    publication: Publication, manuscript: Manuscript, by_path: dict[Path, Draft]
) -> tuple[Manuscript, list[Diagnostic]]:
    """Write the citations; a bibliography that is a chapter becomes the last of the manuscript."""
    if not publication.settings.citations.sources:
        return manuscript, []
    from warraq.reading import citations  # noqa: PLC0415 - few publications have any

    about = manuscript.colophon.path if manuscript.colophon else None
    draft, faults = citations.settle(publication, list(by_path.values()), about)
    if draft:
        by_path[draft.source.path] = draft
        manuscript = replace(manuscript, back=(*manuscript.back, draft.source))
    return manuscript, faults


def _connect(
    publication: Publication, manuscript: Manuscript, by_path: dict[Path, Draft]
) -> tuple[tuple[Exhibit, ...], tuple[Index, ...]]:
    """Do what needs all chapters: ids, links and numbers."""
    about = publication.settings.publication
    drafts = list(by_path.values())
    ids.assign(drafts, by_path[manuscript.colophon.path] if manuscript.colophon else None)
    for source in manuscript.front:
        by_path[source.path].in_front = True
    where = links.directory(publication, drafts)
    note_marks.settle(drafts, publication.settings.notes, about.numerals)
    for draft in drafts:
        notes.finish_calls(draft)
        links.resolve(draft, where)
    body = [by_path[source.path] for part in manuscript.parts for source in part.sources]
    exhibits = references.settle(publication, drafts, body)
    indexes = index.settle(publication, drafts)
    gathered.settle(drafts)
    return exhibits, indexes


def _finish(draft: Draft, language: str, numerals: str, every: int) -> Chapter:
    """Settle the directions of a chapter's text, when all else has been, and its lines of verse."""
    for tongue, tree in draft.abstract:
        tree.set("dir", direction_in(tongue))
    for root in draft.text_roots:
        verse.number(root, every, numerals)
        direction.isolate_runs(root, draft.direction, language)
        restoring.forget(root)
    return _chapter(draft)


def _chapter(draft: Draft) -> Chapter:
    roots = [draft.heading, draft.body, *(note.body for note in draft.notes)]
    return Chapter(
        id=draft.id,
        title=draft.title,
        heading=draft.heading,
        body=draft.body,
        direction=draft.direction,
        language=draft.language,
        place=Place(draft.source.name, draft.source.first_line),
        words=sum(len("".join(texts(root)).split()) for root in roots),
        notes=tuple(Note(note.id, note.number, note.body, note.mark, note.series) for note in draft.notes),
        headings=tuple(
            Heading(heading.attrib["id"], int(heading.tag[1]), text_of(heading)) for heading in draft.headings
        ),
        subtitle=draft.subtitle,
        authors=draft.authors,
        date=draft.date,
        abstract=tuple(draft.abstract),
        kind=draft.kind,
        characters=letters.characters(draft),
    )


def _document(
    publication: Publication, manuscript: Manuscript, chapters: dict[Path, Chapter], pictures: dict[str, Path]
) -> Document:
    def of(sources: tuple[Source, ...]) -> tuple[Chapter, ...]:
        return tuple(chapters[source.path] for source in sources)

    return Document(
        publication=adopted(publication, manuscript, chapters),
        front=of(manuscript.front),
        parts=tuple(
            Part(f"part-{number}", part.title, of(part.sources)) for number, part in enumerate(manuscript.parts, 1)
        ),
        back=of(manuscript.back),
        colophon=chapters[manuscript.colophon.path] if manuscript.colophon else None,
        images=pictures,
    )


def _in_order(draft: Draft) -> list[Diagnostic]:
    """Sort the faults of a chapter by place; those without a line come first."""
    return sorted(draft.faults, key=lambda fault: (fault.place or Place(""), fault.code))
