"""Texts in a PDF, written in as few bytes as they go into, with places for the digits of page numbers (`cited`)."""

from __future__ import annotations

import re
from codecs import BOM_UTF16_BE

import pydyf

_ESCAPED = re.compile(rb"[\\()\r]")
#: What a placeholder of a record could be taken for.
_NUMBER = re.compile(rb"\d{10}")
#: Characters for private use, which stand for the digits of cited numbers: Arabic ones, and European ones.
STANDING = re.compile("[\U000f0000-\U0010fffd]")
#: Characters that make a text one that its glyphs do not stand in the order of.
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U000f0000-\U000fffff]")
_ARABIC, _EUROPEAN = 0xF0000, 0x100000
#: Digits that a number may have, and numbers that a unit may cite, for that many characters.
MOST_DIGITS, MOST_CITED = 4, 0xFFFC // 4


def standing_for(number: int, text: str) -> str:
    """Write what stands for the digits of the cited number of that index."""
    first = (_ARABIC if text > "9" else _EUROPEAN) + number * MOST_DIGITS
    return "".join(chr(first + digit) for digit in range(len(text)))


class Text(pydyf.String):  # type: ignore[misc]
    """A text string in UTF-16, as a literal string of bytes (ISO 32000-1 §7.3.4.2, §7.9.2.2).

    pydyf writes it in hexadecimal, which is twice as long and packs less well: the texts of
    the structure tree are a fifth of a file.
    """

    @property
    def data(self) -> bytes:
        """The string as it stands in the file."""
        if not self.string.isascii():
            encoded = BOM_UTF16_BE + _encoded(self.string)
            literal = b"(%s)" % _ESCAPED.sub(lambda byte: b"\\r" if byte[0] == b"\r" else b"\\" + byte[0], encoded)
            if not _NUMBER.search(literal):
                return literal
        stock: bytes = super().data
        return stock


def in_bytes(text: str) -> bytes:
    """Give the bytes that a text string is of, in whatever form it is written."""
    return text.encode() if text.isascii() else BOM_UTF16_BE + text.encode("utf-16-be")


def _encoded(text: str) -> bytes:
    """Encode a text in UTF-16; what `movable` finds stands for digits."""
    if text.isascii() or not STANDING.search(text):
        return text.encode("utf-16-be")
    pieces, marks = STANDING.split(text), STANDING.findall(text)
    places = [b"\xff\xfe\xff\xfe%06d;" % ((ord(mark) - _ARABIC) % (_EUROPEAN - _ARABIC)) for mark in marks]
    encoded = [piece.encode("utf-16-be") for piece in pieces]
    return b"".join(part for pair in zip(encoded, [*places, b""], strict=True) for part in pair)
