"""Texts in a PDF, written in as few bytes as they go into."""

from __future__ import annotations

import re
from codecs import BOM_UTF16_BE

import pydyf

_ESCAPED = re.compile(rb"[\\()\r]")
#: What a placeholder of a record could be taken for.
_NUMBER = re.compile(rb"\d{10}")


class Text(pydyf.String):  # type: ignore[misc]
    """A text string in UTF-16, as a literal string of bytes (ISO 32000-1 §7.3.4.2, §7.9.2.2).

    pydyf writes it in hexadecimal, which is twice as long and packs less well: the texts of
    the structure tree are a fifth of a file.
    """

    @property
    def data(self) -> bytes:
        """The string as it stands in the file."""
        encoded = BOM_UTF16_BE + self.string.encode("utf-16-be")
        literal = b"(%s)" % _ESCAPED.sub(lambda byte: b"\\r" if byte[0] == b"\r" else b"\\" + byte[0], encoded)
        stock: bytes = super().data
        return stock if self.string.isascii() or _NUMBER.search(literal) else literal
