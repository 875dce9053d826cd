"""Signs: what must come through Markdown unseen, as characters that no text holds.

A sign is a letter for its kind and a number, written in private characters of plane 15. It
is no letter, blank or mark to Markdown, and is taken out again from the tree.
"""

from __future__ import annotations

import re

_OPEN, _CLOSE = "\U000f5a00", "\U000f5a01"
_FIRST_DIGIT, _FIRST_KIND = 0xF5A10, 0xF5A40
_DIGITS = {str(value): chr(_FIRST_DIGIT + value) for value in range(10)}
#: Where something stands: an offset in the source's text.
PLACE = "P"
#: Raw HTML that was put aside: its number.
HTML = "H"
#: The number that the author gave to an item of a list.
VALUE = "V"
#: Nothing: it keeps apart what Markdown would take together.
NOTHING = "N"

SIGN = re.compile(f"{_OPEN}(?P<kind>[\U000f5a40-\U000f5a5a])(?P<number>[\U000f5a10-\U000f5a19]*){_CLOSE}")
#: Whether a text may hold a sign at all.
MARK = _OPEN


def sign(kind: str, number: int | None = None) -> str:
    """Write a sign of a kind (one of the letters above) with its number."""
    digits = "" if number is None else "".join(_DIGITS[digit] for digit in str(number))
    return f"{_OPEN}{_kind(kind)}{digits}{_CLOSE}"


def pattern(kind: str) -> str:
    """Give the regular expression of all signs of a kind; its group is the number in private digits."""
    return f"{_OPEN}{_kind(kind)}([\U000f5a10-\U000f5a19]*){_CLOSE}"


def number_of(digits: str) -> int:
    """Read the private digits of a sign."""
    return int("".join(str(ord(digit) - _FIRST_DIGIT) for digit in digits) or "0")


def kind_of(found: re.Match[str]) -> str:
    """Give the letter of a sign that was found."""
    return chr(ord(found["kind"]) - _FIRST_KIND + ord("A"))


def without(text: str) -> str:
    """Take all signs out of a text."""
    return SIGN.sub("", text) if MARK in text else text


def _kind(letter: str) -> str:
    return chr(_FIRST_KIND + ord(letter) - ord("A"))
