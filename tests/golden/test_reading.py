"""Golden cases of reading: a folder with `in/` and `golden/` is a test.

`in/` is a publication, a plain folder, or one article alone. WARRAQ_BLESS=1 writes what is
read as golden; look at the difference before you commit it.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from warraq.diagnostics import BookError, Diagnostic
from warraq.document import Chapter, Document, Index, IndexEntry
from warraq.manuscript import collect
from warraq.publication import ARTICLE_SUFFIXES, open_publication
from warraq.reading import read

CASES = Path(__file__).parent / "reading"
BLESS = os.environ.get("WARRAQ_BLESS") == "1"
#: Characters that nobody sees, by the names that stand for them in golden files.
UNSEEN = {"\u200d": "&zwj;", "\u200c": "&zwnj;", "\u200e": "&lrm;", "\u2068": "⟨", "\u2069": "⟩", "\u00a0": "&nbsp;"}
BLOCK = re.compile(r"\s*(?=</?(?:p|div|h[1-6]|ul|ol|li|table|t[rhd]|thead|tbody|figure|blockquote|footer|pre|dl|hr)\b)")


@pytest.mark.parametrize("case", sorted(path.name for path in CASES.iterdir()))
def test_reading(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(CASES / case / "in")
    document, diagnostics = _read()
    _compare(case, "document.html", _dump(document) if document else "")
    _compare(case, "diagnostics.txt", _unseen("".join(f"{diagnostic}\n" for diagnostic in diagnostics)))


def _read() -> tuple[Document | None, list[Diagnostic]]:
    names = list(Path().iterdir())
    alone = len(names) == 1 and names[0].suffix in ARTICLE_SUFFIXES
    publication, opened = open_publication(names[0] if alone else Path())
    try:
        manuscript, collected = collect(publication)
    except BookError as error:
        return None, [*opened, *error.diagnostics]
    document, found = read(publication, manuscript)
    return document, [*opened, *collected, *found]


def _compare(case: str, name: str, text: str) -> None:
    golden = CASES / case / "golden" / name
    if BLESS:
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(text, "utf-8")
    assert text == golden.read_text("utf-8")


def _dump(document: Document) -> str:
    about = document.publication.settings.publication
    names = [dict(contributor.name) for contributor in document.publication.settings.contributor]
    facts = [dict(about.title), about.language, about.date or "", names or ""]
    lines = ["<!-- publication: " + " ".join(map(str, facts)).rstrip() + " -->"]
    lines += [f"<!-- image: {key} -->" for key in document.images]
    lines += [line for chapter in document.front for line in _chapter(chapter, "front")]
    for part in document.parts:
        lines.append(f"<!-- part: {part.id} {dict(part.title or {})} -->")
        lines += [line for chapter in part.chapters for line in _chapter(chapter, "body")]
    lines += [line for chapter in document.back for line in _chapter(chapter, "back")]
    lines += _chapter(document.colophon, "colophon") if document.colophon else []
    lines += [line for index in document.indexes for line in _index(index)]
    return _unseen("\n".join(lines) + "\n")


def _index(index: Index) -> list[str]:
    lines = ["", f'<nav id="{index.id}" title="{dict(index.title) if index.title else index.name}">']
    lines += [line for group in index.groups for line in (f"[{group.letter}]", *_entries(group.entries, 1))]
    return [*lines, "</nav>"]


def _entries(entries: tuple[IndexEntry, ...], depth: int) -> list[str]:
    lines = []
    for entry in entries:
        places = [f"#{place.id}{'!' if place.is_main else ''}" for place in entry.places]
        goals = [f"{kind} #{goal} {terms}" for kind in ("see", "also") for goal, terms in getattr(entry, kind)]
        lines.append(f"{'  ' * depth}{entry.term}: {', '.join([*places, *goals])}".rstrip())
        lines += _entries(entry.below, depth + 1)
    return lines


def _chapter(chapter: Chapter, role: str) -> list[str]:
    facts = [f"title: {dict(chapter.title)}", f"place: {chapter.place}", f"words: {chapter.words}"]
    facts += [f"subtitle: {dict(chapter.subtitle)}"] if chapter.subtitle else []
    facts += [f"author: {dict(author)}" for author in chapter.authors]
    facts += [f"date: {chapter.date}"] if chapter.date else []
    facts += [f"heading {heading.level}: {heading.id}: {heading.text}" for heading in chapter.headings]
    lines = ["", f'<article id="{chapter.id}" class="{role}" lang="{chapter.language}" dir="{chapter.direction}">']
    lines += [f"<!-- {fact} -->" for fact in facts]
    lines += [f"<header>{_html(chapter.heading)}</header>"]
    lines += [f'<section class="abstract" lang="{tag}">{_html(tree)}</section>' for tag, tree in chapter.abstract]
    lines += [_html(chapter.body)]
    lines += [f'<aside id="{note.id}" value="{note.number}">{_html(note.body)}</aside>' for note in chapter.notes]
    return [*lines, "</article>"]


def _html(tree: ET.Element) -> str:
    return BLOCK.sub("\n", ET.tostring(tree, encoding="unicode")).strip()


def _unseen(text: str) -> str:
    return "".join(UNSEEN.get(character, character) for character in text)
