"""Every character of the text is in some font of the theme, or the build says where not."""

from __future__ import annotations

import unicodedata

from warraq.diagnostics import Diagnostic, isolate
from warraq.document import Document
from warraq.manuscript import Manuscript
from warraq.theme import Theme


def check(manuscript: Manuscript, document: Document, theme: Theme) -> list[Diagnostic]:
    """Report each character that no font draws, once for each file, where it first stands."""
    characters = set[str]().union(*(chapter.characters for chapter in document.chapters))
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


def _name(char: str) -> str:
    """Name a character as Unicode does: `U+6F22 漢`, with the name where it has one."""
    name = unicodedata.name(char, "")
    return f"U+{ord(char):04X} {isolate(char)}{f' ({name})' if name else ''}"
