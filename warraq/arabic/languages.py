"""Which language a text is in, as far as its letters and the publication tell."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil

from warraq.arabic.bidi import ARABIC, LATIN, count, direction_of, has

#: Languages that are written from right to left.
RIGHT_TO_LEFT = frozenset({"ar", "arc", "azb", "ckb", "dv", "fa", "glk", "he", "ks", "lrc", "mzn", "ota", "pnb", "prs",
                           "ps", "sd", "skr", "syr", "ug", "ur", "yi"})  # fmt: skip


#: A chapter is foreign if less than one letter in so many is of the publication's script.
FOREIGN_SHARE = 10


def direction_in(language: str) -> str:
    """Give the direction in which a language is written."""
    parts = language.split("-")
    if "Latn" in parts or "Cyrl" in parts:
        return "ltr"
    return "rtl" if parts[0] in RIGHT_TO_LEFT or "Arab" in parts else "ltr"


def language_for(direction: str, main: str) -> str:
    """Give the language of a text of this direction in a publication in `main`."""
    if direction_in(main) == direction:
        return main
    return "ar" if direction == "rtl" else "en"


def language_of(text: str, main: str) -> str:
    """Judge the language of a text by its letters."""
    return language_for(direction_of(text), main)


def language_of_chapter(text: str, title: str, main: str) -> str:
    """Judge the language of a chapter by its letters, in favour of the publication's.

    In an Arabic book a page of foreign names under an Arabic title is still an Arabic page,
    as long as one letter in ten is.
    """
    ours, others = (ARABIC, LATIN) if direction_in(main) == "rtl" else (LATIN, ARABIC)
    native = has(ours, text, ceil(count(others, text) / (FOREIGN_SHARE - 1)))
    return main if native and language_of(title, main) == main else language_of(text, main)


def main_first(texts: Mapping[str, str], main: str) -> dict[str, str]:
    """Order a text by language so that the publication's comes first."""
    base = main.partition("-")[0]
    return dict(sorted(texts.items(), key=lambda item: item[0].partition("-")[0] != base))
