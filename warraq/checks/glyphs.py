"""Every character of the text is in some font of the theme, or the build says where not."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from warraq.diagnostics import Diagnostic, isolate
from warraq.document import Chapter, Document
from warraq.manuscript import Manuscript
from warraq.theme import Theme


def check(manuscript: Manuscript, document: Document, theme: Theme) -> list[Diagnostic]:
    """Report each character that no font draws, once for each file, where it first stands."""
    characters = set[str]().union(*(text for chapter in document.chapters for text in _texts(chapter)))
    # U+FFFD stands for bytes that were not UTF-8, which has been reported.
    missing = theme.undrawable(characters - {"\ufffd"})
    if not missing:
        return []
    hint = "put a font that has it into theme/fonts/"
    return [
        Diagnostic("W301", f"{_name(char)} is in no font of the theme", place, hint)
        for source in manuscript.sources
        for char in sorted(missing)
        if (place := source.find(char))
    ]


def _texts(chapter: Chapter) -> Iterator[str]:
    """Give all text of a chapter that reaches a page."""
    yield from chapter.title.values()
    for tree in (chapter.heading, chapter.body, *(note.body for note in chapter.notes)):
        yield from _words(tree)


def _words(tree: Element) -> Iterator[str]:
    """Give the text of a tree without its formulas, which have a face of their own."""
    if tree.tag == "math":
        return
    yield tree.text or ""
    for child in tree:
        yield from _words(child)
        yield child.tail or ""


def _name(char: str) -> str:
    """Name a character as Unicode does: `U+6F22 漢`, with the name where it has one."""
    name = unicodedata.name(char, "")
    return f"U+{ord(char):04X} {isolate(char)}{f' ({name})' if name else ''}"
