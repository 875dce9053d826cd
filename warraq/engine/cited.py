"""Page numbers amid the text that can change: a unit is not laid out again because pages it names have moved.

`references` fills the links of such numbers with as many eights as the number has digits. If the
ten digits are drawn by one glyph each, all of one width, whatever stands beside them, then no
other digits give another layout: places for them are kept in what was drawn and in the
structure tree, and binding fills these. Otherwise the unit is laid out with the numbers.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

import pydyf
from weasyprint.draw.text import draw_text
from weasyprint.formatting_structure import boxes
from weasyprint.text.line_break import split_first_line

from warraq.engine.folios import operand
from warraq.engine.movable import Movable
from warraq.engine.record import Content, Place
from warraq.engine.strings import STANDING
from warraq.engine.walks import placed

#: Each digit after each: a de Bruijn sequence.
PAIRS = "00102030405060708091121314151617181922324252627282933435363738394454647484955657585966768697787988990"
_SHOWN = re.compile(rb"\[((?:<[0-9a-f]*>)+)\] TJ")
_STRING = re.compile(rb"[0-9a-f]{4}")
#: Rules that copy what an element says to a place where it is not looked for.
_COPYING = re.compile(r"string-set\s*:[^;}]*content\s*\(|target-text")
_STYLES = ("font_variant_numeric", "font_feature_settings", "font_kerning", "letter_spacing", "lang")
#: What drawing remembers in order not to say it again.
STATE = (
    *("_current_color", "_current_color_stroke", "_current_alpha", "_current_alpha_stroke"),
    *("_current_font", "_old_font"),
)


class Cited:
    """Finds the page numbers in the text of laid-out pages, and keeps their places as they are drawn."""

    def __init__(self, html: str, styles: Sequence[str]) -> None:
        """Begin with a unit's HTML, and the style sheets that it is laid out by."""
        self._is_asked = "data-folio=" in html
        copied = any(map(_COPYING.search, styles))
        self.is_fixed = self._is_asked and (copied or STANDING.search(html) is not None)
        self.codes: list[tuple[bytes, ...]] = []
        self._known: dict[Any, int | None] = {}

    def forget(self) -> None:
        """Begin again, before the pages are drawn once more: codes of glyphs belong to one drawing."""
        self.codes.clear()
        self._known.clear()

    def designate(self, pages: Sequence[Any]) -> None:
        """Mark the boxes of page numbers; `artifacts` hands them over when they are drawn."""
        for page in pages if self._is_asked else ():
            for box in _texts(page._page_box):  # noqa: SLF001 - there is no public way to the boxes
                number = box.element.get("data-folio") if hasattr(box.element, "get") else None
                if number is not None and "::" not in box.element_tag:
                    box.cited = (self, int(number))

    def keep(self, stream: Any, box: Any, start: int) -> None:
        """Keep the places of a number's digits in what was drawn of its box."""
        number, shown = box.cited[1], [index for index in range(start, len(stream.stream)) if _shown(stream, index)]
        known = self._ten(stream, box)
        eight = None if known is None else self.codes[known][8]
        found = 0
        for index in shown:
            found += self._put(stream, index, Place(number, found, known or 0), eight)
        if known is None or found != len(box.text) or not box.text.isdecimal():
            self.is_fixed = True

    def _put(self, stream: Any, index: int, place: Place, eight: bytes | None) -> int:
        """Put marks in the place of eights; tell how many there were."""
        codes = _STRING.findall(operand(stream.stream[index]))
        at = [position for position, code in enumerate(codes) if code == eight]
        for digit, position in enumerate(at, place.digit):
            codes[position] = b"\0%d.%d.%d\0" % place._replace(digit=digit)
        if at:
            stream.stream[index] = b"[<%s>] TJ" % b"".join(codes)
        return len(at)

    def _ten(self, stream: Any, box: Any) -> int | None:
        """Draw all digits as the number is drawn, and take them off the page again; give the index of their codes."""
        kind = (stream._old_font, *(str(box.style[name]) for name in _STYLES))  # noqa: SLF001
        if kind not in self._known:
            state = {name: getattr(stream, name) for name in STATE if hasattr(stream, name)}
            codes = _drawn(stream, box)
            vars(stream).update(state)
            self._known[kind] = len(self.codes) if codes else None
            self.codes += [codes] if codes else []
        return self._known[kind]


def _texts(box: Any) -> Iterator[Any]:
    """Give the boxes of text in a box."""
    box = placed(box)
    if isinstance(box, boxes.TextBox):
        yield box
    for child in getattr(box, "children", ()):
        yield from _texts(child)


def _shown(stream: Any, index: int) -> bool:
    return _SHOWN.fullmatch(operand(stream.stream[index])) is not None


def _drawn(stream: Any, box: Any) -> tuple[bytes, ...] | None:
    """Draw each digit beside each, and give the codes of the ten, if each has one and all have one width."""
    zero = ord(box.text[0]) - unicodedata.decimal(box.text[0])
    text = "".join(chr(zero + int(digit)) for digit in PAIRS)
    widths = {split_first_line(chr(zero + digit), box.style, None, None, 0)[3] for digit in range(10)}
    one, start = box.copy(), len(stream.stream)
    del one.cited
    one.text, (one.pango_layout, _, _, one.width, *_) = text, split_first_line(text, box.style, None, None, 0)
    draw_text(stream, one, 0, "clip", "none")
    content = [operand(item) for item in stream.stream[start:]]
    del stream.stream[start:]
    shown = [match for item in content if (match := _SHOWN.fullmatch(item))]
    is_plain = sum(item.endswith(b"TJ") for item in content) == len(shown)
    codes = [code for match in shown for code in _STRING.findall(match[1])]
    return _alike(codes) if is_plain and len(widths) == 1 else None


def _alike(codes: Sequence[bytes]) -> tuple[bytes, ...] | None:
    """Give the codes of the ten digits, if each is drawn by the same one everywhere; signs may stand around all."""
    for first in range(len(codes) - len(PAIRS) + 1):
        found = dict(zip(PAIRS, codes[first:], strict=False))
        whole = [found[digit] for digit in PAIRS]
        if whole == list(codes[first : first + len(PAIRS)]) and len(set(found.values())) == len(found):
            return tuple(found[digit] for digit in "0123456789")
    return None


_MARK = re.compile(rb"\0(\d+)\.(\d+)\.(\d+)\0")


def has_places(stream: pydyf.Stream) -> bool:
    """Tell whether the content of a page has places for digits."""
    told: bool | None = getattr(stream, "has_places", None)  # pages are told before codes are written as bytes
    if told is not None:
        return told
    return "Filter" not in stream.extra and any(isinstance(item, bytes) and b"\0" in item for item in stream.stream)


def content(own: int, stream: pydyf.Stream, entries: Movable) -> Content:
    """Take down the content of a page with its places for digits."""
    data = b"\n".join(map(operand, stream.stream))
    places = tuple(Place(*map(int, match.groups())) for match in _MARK.finditer(data))
    return Content(own, entries, _MARK.sub(b"%b", data.replace(b"%", b"%%")), places)
