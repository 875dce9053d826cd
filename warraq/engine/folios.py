"""Page numbers that can move: a unit is not laid out again because one before it has grown.

A margin box that holds the number of its page and nothing else, in decimal digits, is drawn
apart from its page, with the glyphs of all ten digits at hand. Where a page number is drawn
in any other way (abjad letters, amid words), the unit is pinned: it is laid out for the
number of its first page.
"""

from __future__ import annotations

import re
import unicodedata
from binascii import unhexlify
from typing import Any

import pydyf
from weasyprint.draw.text import draw_text
from weasyprint.formatting_structure import boxes
from weasyprint.text.line_break import split_first_line

from warraq.engine.record import Folio

#: A text as WeasyPrint draws it, in a state of its own: its matrix, whose fifth number is x, and then its glyphs.
DRAWN = re.compile(rb"(?s)(?:q\n)?(.*)1 0 0 -1 (-?[\d.]+)( -?[\d.]+ Tm.*?<)([^\]]*?)(>\]? TJ?j?.*?)(?:\nQ)?")
#: The same where there is nothing but a font between matrix and glyphs, and only these in its string.
_PLAIN, _END = re.compile(rb" (-?[\d.]+) Tm\n(/[^\n]* Tf\n)\[<"), b">] TJ"
#: Codes of a face of ours, whose bytes need no escapes (`codes`).
_HEXADECIMAL = re.compile(rb"([0-9a-f]{4})*")
COUNTERS = {"page", "pages"}
SHARES = {"left": 0.0, "center": 0.5, "right": 1.0}


class Folios:
    """Finds the page numbers of laid-out pages, and keeps them as they are drawn."""

    def __init__(self) -> None:
        """Begin without any."""
        self.drawn: dict[int, Folio] = {}
        self.pinned = False
        self._digits: dict[bytes, tuple[tuple[bytes, ...], tuple[float, ...]]] = {}

    def designate(self, pages: list[Any]) -> None:
        """Mark the boxes of page numbers; `artifacts` hands them over when they are drawn."""
        for index, page in enumerate(pages):
            found = [child for child in page._page_box.children if isinstance(child, boxes.MarginBox)]  # noqa: SLF001
            numbered = [box for box in found if _is_numbered(box)]
            texts = [text for box in numbered for text in _texts(box)]
            if len(numbered) == len(texts) == 1 and texts[0].text.isdecimal() and _is_plain(numbered[0]):
                texts[0].folio = (self, index)
            elif texts:
                self.pinned = True

    def forget(self) -> None:
        """Begin again, before the pages are drawn once more: codes of glyphs belong to one drawing."""
        self.drawn.clear()
        self._digits.clear()

    def keep(self, index: int, stream: Any, box: Any, content: list[Any]) -> bool:
        """Keep a page number that was drawn; tell whether it can move."""
        parts = DRAWN.fullmatch(b"\n".join(operand(line) for line in content))
        if not parts:
            self.pinned = True
            return False
        codes, widths = self._ten(stream, box, parts)
        before, between, codes, after = _shortened(parts[1], parts[3], codes, parts[5])
        self.drawn[index] = Folio(
            before=before, x=float(parts[2]), between=between, after=after, width=box.width,
            share=SHARES.get(box.style["text_align_all"], 0.5), zero=_zero(box.text), codes=codes, widths=widths,
        )  # fmt: skip
        return True

    def _ten(self, stream: Any, box: Any, parts: re.Match[bytes]) -> tuple[tuple[bytes, ...], tuple[float, ...]]:
        """Draw the ten digits as the number was drawn, and take them off the page again."""
        kind = parts[1] + parts[3].partition(b"Tm")[2]
        if kind not in self._digits:
            drawn = [_digit(stream, box, chr(ord(_zero(box.text)) + digit)) for digit in range(10)]
            self._digits[kind] = tuple(code for code, _ in drawn), tuple(width for _, width in drawn)
        return self._digits[kind]


def _shortened(
    before: bytes, between: bytes, codes: tuple[bytes, ...], after: bytes
) -> tuple[bytes, bytes, tuple[bytes, ...], bytes]:
    """Put the font into what is the same on many pages, and write codes as bytes: there is a stream for each number."""
    plain = _PLAIN.fullmatch(between)
    if plain is None or not after.startswith(_END) or not all(map(_HEXADECIMAL.fullmatch, codes)):
        return before, between, codes, after
    written = tuple(map(unhexlify, codes))
    return before + plain[2], b" %.3f Tm(" % float(plain[1]), written, b")Tj" + after[len(_END) :]


def _is_numbered(box: Any) -> bool:
    """Tell whether a margin box shows a number of a page."""
    content = box.style["content"]
    parts = content if isinstance(content, (tuple, list)) else ()
    return any(part[0].startswith("counter") and part[1][0] in COUNTERS for part in parts if isinstance(part, tuple))


def _is_plain(box: Any) -> bool:
    return len(box.style["content"]) == 1 and box.style["opacity"] == 1 and not box.style["transform"]


def _texts(box: Any) -> list[Any]:
    return [child for child in box.descendants() if isinstance(child, boxes.TextBox)]


def _zero(text: str) -> str:
    """Give the zero of the digits that a number is written in."""
    return chr(ord(text[0]) - unicodedata.decimal(text[0]))


def _digit(stream: Any, box: Any, digit: str) -> tuple[bytes, float]:
    """Draw a digit with the style of a box; give the code of its glyph and its width."""
    layout, _, _, width, *_ = split_first_line(digit, box.style, None, None, 0)
    one = box.copy()
    one.text, one.pango_layout, one.width = digit, layout, width
    start = len(stream.stream)
    draw_text(stream, one, 0, "clip", "none")
    content = b"\n".join(operand(line) for line in stream.stream[start:])
    del stream.stream[start:]
    parts = DRAWN.fullmatch(content)
    return (parts[4] if parts else b""), width


def operand(line: Any) -> bytes:
    """Write an operand or an operator as pydyf does when it writes a stream."""
    if isinstance(line, pydyf.Object):
        data: bytes = line.data
        return data
    return line if isinstance(line, bytes) else str(line).encode()
