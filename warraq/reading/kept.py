"""What was read before: Drafts of sources, and Chapters that were made of Drafts.

A Draft, as it is when its source was understood by itself, depends on the source, on how
messages name it, on the publication's language and on this program. A Chapter depends on
its Draft as it is when all chapters together have settled what they have to (ids, links,
numbers), which is done each time.
"""

from __future__ import annotations

import gc
import marshal
import pickle
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from warraq import fingerprint
from warraq.cache import Cache
from warraq.document import Chapter
from warraq.reading.draft import Draft
from warraq.source import Source

#: A form of marshal that depends on values alone, not on which of them are one object.
BY_VALUE = 2
#: In characters: to read more takes as long as to start a process.
MUCH = 60_000

#: Reads a source of a publication in a language.
Reader = Callable[[Source, str], Draft]


def drafts(
    sources: Sequence[Source], main: str, cache: Cache | None, read: Reader, announce: Callable[[], object]
) -> dict[Path, Draft]:
    """Give the Drafts of sources by their paths, from the cache where they are there, else by reading them.

    `announce` is called when half of much is read.
    """
    keys = {source.path: _key(source, main) if cache and cache.folder else "" for source in sources}
    kept = {source.path: _kept(source, keys[source.path], cache) for source in sources}
    much = sum(len(source.text) for source in sources if not kept[source.path])
    left, found = much, dict[Path, Draft]()
    for source in sources:
        draft = kept[source.path]
        if not draft:
            draft = _made(source, main, keys[source.path], cache, read)
            if much > MUCH and left > much / 2 >= left - len(source.text):
                announce()
            left -= len(source.text)
        found[source.path] = draft
    return found


def _kept(source: Source, key: str, cache: Cache | None) -> Draft | None:
    data = cache.get(key) if cache else None
    return replace(pickle.loads(data), source=source) if data else None  # noqa: S301 - our own, and checked


def _made(source: Source, main: str, key: str, cache: Cache | None, read: Reader) -> Draft:
    made = _read(source, main, read)
    if cache and key:
        # The source is at hand whenever the Draft is asked for.
        cache.put(key, pickle.dumps(replace(made, source=None), pickle.HIGHEST_PROTOCOL))  # type: ignore[arg-type]
    return made


def _key(source: Source, main: str) -> str:
    text = source.text.encode("utf-8", "surrogatepass")
    return fingerprint.digest("draft", fingerprint.program(), main, replace(source, text=""), text)


def _read(source: Source, main: str, read: Reader) -> Draft:
    """Read a source, and collect the garbage of that alone: a parser of Markdown is a ring, and holds all it read."""
    gc.freeze()
    try:
        made = read(source, main)
        gc.collect()
    finally:
        gc.unfreeze()
    return made


def chapter(draft: Draft, cache: Cache | None, finish: Callable[[Draft], Chapter], *wishes: object) -> Chapter:
    """Give the Chapter of a settled Draft, from the cache if it is there, else by finishing it.

    `wishes` are what finishing depends on beside the Draft; it must find no faults.
    """
    if not cache or not cache.folder:
        return finish(draft)
    key = fingerprint.digest("chapter", fingerprint.program(), wishes, *_content(draft))
    if data := cache.get(key):
        found: Chapter = pickle.loads(data)  # noqa: S301 - our own, and checked
        return found
    made = replace(finish(draft), key=key)
    cache.put(key, pickle.dumps(made, pickle.HIGHEST_PROTOCOL))
    return made


def _content(draft: Draft) -> tuple[object, ...]:
    """Give all of a settled Draft that a Chapter is made of, in a form that can be digested."""
    trees = [_flat(root) for root in draft.text_roots]
    notes = [(note.id, note.number, note.mark, note.series) for note in draft.notes]
    about = (draft.id, draft.title, draft.subtitle, draft.authors, draft.date, draft.language, draft.direction)
    return (
        marshal.dumps(trees, BY_VALUE),
        (*about, draft.kind, draft.source.name, draft.source.first_line, notes),
        [language for language, _ in draft.abstract],
        [heading.attrib["id"] for heading in draft.headings],
    )


def _flat(element: Element) -> tuple[Any, ...]:
    """Give a tree as a tuple of tuples."""
    return (element.tag, element.attrib, element.text, element.tail, [*map(_flat, element)])
