"""The marks that call notes: numbers, symbols or letters, counted in series.

A label `[^ed:1]` belongs to the series whose `labels` hold `ed`; all others are the author's.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

from warraq.arabic.digits import abjad, to_digits
from warraq.arabic.languages import direction_in
from warraq.reading.draft import Draft, DraftNote
from warraq.reading.trees import append_text

if TYPE_CHECKING:
    from warraq.settings import Notes, NoteSeries

#: Each is doubled and trebled before the next one.
SYMBOLS = "*†‡§"


def mark(number: int, kind: str, numerals: str) -> str:
    """Write the mark of the note of a number: ١, * ** *** † …, or أ ب ج."""
    if kind == "symbols":
        sign, times = divmod(number - 1, 3)
        return SYMBOLS[sign % len(SYMBOLS)] * (times + 1 + 3 * (sign // len(SYMBOLS)))
    if kind == "abjad" and number < 2000:
        return abjad(number)
    return to_digits(number, numerals)


def settle(drafts: Iterable[Draft], wish: Notes, numerals: str) -> None:
    """Give every called note its mark, a chapter at a time or through the book, and its signature."""
    counts: dict[str, int] = {}
    for draft in drafts:
        if wish.numbering != "book":
            counts = {}
        for note in draft.notes:
            series = _series(note, wish)
            note.series = series.labels[0] if series else ""
            counts[note.series] = counts.get(note.series, 0) + 1
            note.mark = mark(counts[note.series], series.marks if series else wish.marks, numerals)
            if series and series.signature:
                _sign(note.body, *next(iter(series.signature.items())))


def _series(note: DraftNote, wish: Notes) -> NoteSeries | None:
    prefix, colon, _ = note.label.partition(":")
    return next((series for series in wish.series if colon and prefix in series.labels), None)


def _sign(body: Element, language: str, words: str) -> None:
    """End a note with who wrote it, in the line of its last paragraph."""
    last = body[-1] if len(body) and body[-1].tag == "p" else SubElement(body, "p")
    append_text(last, " ")
    signature = SubElement(last, "span", {"class": "note-signature", "lang": language, "dir": direction_in(language)})
    signature.text = f"({words})"
