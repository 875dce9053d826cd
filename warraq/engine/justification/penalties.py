"""What a line break costs at a place, beyond what it does to spaces.

A break that parts what is read together is not forbidden, only dearer: a number from its
unit, a word from the reference that follows it, words of a Latin run in Arabic text, a
waw that stands alone from the word it joins, the number of an ayah from its last word.
"""

from __future__ import annotations

import re

LATIN_RUN, NUMBER, CITATION, ALONE = 60.0, 400.0, 1000.0, 150.0
_LATIN_BEFORE = re.compile(r"[A-Za-z\u00c0-\u024f][^\s]*\Z")
_LETTER, _MARK = "\u0620-\u064a\u066e-\u06d3", "\u064b-\u065f\u0670.,:!\u060c\u061b\u061f\u00bb"
#: The end of a word of two letters or more, or of one with a mark or sign after it, and a word after it: a plain text.
_PLAIN = re.compile(f"(?:[{_LETTER}{_MARK}][{_LETTER}]|.[{_MARK}]) +[{_LETTER}]")
_ARABIC = re.compile("[\u0620-\u064a\u066e-\u06d3]")
_REFERENCE = re.compile("[(\\[\u27e6][0-9\u0660-\u0669\u06f0-\u06f9]")
#: The sign that encloses the number of an ayah, whose end it marks.
AYAH = "\u06dd"
_DIGITS = re.compile("[0-9\u0660-\u0669\u06f0-\u06f9]")
#: Words of one letter that belong to what follows.
_CONJUNCTION = re.compile(r"(?:^|\s)[وأ]\Z")


def penalty(text: str, end: int, begin: int) -> float:
    """Give the penalty of ending a line at `end` and beginning the next at `begin`."""
    return 0.0 if end > 1 and _PLAIN.match(text, end - 2) else _beside(text, end, begin)


def _beside(text: str, end: int, begin: int) -> float:
    before, after = text[max(0, end - 12) : end], text[begin : begin + 12]
    if _REFERENCE.match(after) or after[:1] == AYAH:
        return CITATION
    if AYAH in before:
        return 0.0
    if _CONJUNCTION.search(before):
        return ALONE
    if _DIGITS.match(before[-1:]) and after[:1].isalpha():
        return NUMBER
    if after[:1].isascii() and after[:1].isalpha() and _LATIN_BEFORE.search(before):
        return LATIN_RUN if _ARABIC.search(text) else 0.0
    return 0.0
