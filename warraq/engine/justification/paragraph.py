"""A paragraph as WeasyPrint has it, boxes in boxes, read as one text with a width at every byte.

Every box of text is shaped once, whole, as Pango shapes it to set a line. Bytes count in
UTF-8 and through all boxes, as they do in WeasyPrint's skip stacks.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from itertools import compress
from typing import Any, NamedTuple

from weasyprint.formatting_structure import boxes
from weasyprint.text.ffi import ffi
from weasyprint.text.line_break import get_log_attrs

from warraq.arabic.bidi import ARABIC
from warraq.engine.justification.penalties import penalty
from warraq.engine.justification.shaper import shaper
from warraq.engine.justification.style import may_stretch
from warraq.engine.justification.total_fit import Places
from warraq.engine.pieces import Whole, whole

_FIRST_BIT = bytes(byte & 1 for byte in range(256))


class Unplannable(Exception):  # noqa: N818 - no error: stock line breaking is used
    """What a paragraph holds that cannot be measured before it is laid out."""


@dataclass(slots=True)
class Paragraph:
    """The text of a line box before it is broken, its places for breaks, and where each text box begins in it."""

    raw: bytes
    places: Places
    texts: dict[int, tuple[Any, int, Whole]]
    is_foreign: bool = False
    plans: dict[float, dict[int, int]] = field(default_factory=dict)

    def place(self, offset: int) -> int | None:
        """Find the place where a line begins that begins at this byte, or at spaces right before."""
        while self.raw[offset : offset + 1] == b" ":
            offset += 1
        offsets = self.places.offsets
        place = bisect_left(offsets, offset)
        return place if place < len(offsets) and offsets[place] == offset else None


class _Text(NamedTuple):
    """A box of text: its first byte, the width in px of all before it, and the padding that its first letter takes."""

    base: int
    before: float
    padding: float
    whole: Whole

    def width(self, offset: int) -> float:
        """Give the width in px of all of the paragraph that stands before a byte."""
        at = offset - self.base
        return self.before + self.padding + self.whole.width(at) if at else self.before


@dataclass(slots=True)
class _Reading:
    """What is gathered box by box: texts, ends of words to stretch, parts where no line may end.

    The `words` and the `inseparable` are in characters, of which there are `length`. `size`
    counts bytes, `width` is that of all so far in px; the next letter takes the padding that
    is `waiting`.
    """

    text: list[str] = field(default_factory=list)
    boxes: list[_Text] = field(default_factory=list)
    texts: dict[int, tuple[Any, int, Whole]] = field(default_factory=dict)
    words: list[int] = field(default_factory=list)
    inseparable: list[tuple[int, int]] = field(default_factory=list)
    length: int = 0
    size: int = 0
    width: float = 0.0
    waiting: float = 0.0

    def pad(self, width: float, *, is_start: bool) -> None:
        """Add the margin, border and padding at a side of an inline box to the text beside it."""
        if is_start or not self.size:
            self.waiting += width
        else:
            self.width += width

    def add(self, box: Any) -> None:
        """Add a box of text."""
        shaped = whole(box.text, box.style)
        self.texts[id(box)] = (box, self.size, shaped)
        self.boxes.append(_Text(self.size, self.width, self.waiting, shaped))
        self.text.append(box.text)
        if may_stretch(box):
            self.words += [self.length + end for end in shaper(box.style).stretchable(shaped)]
        if box.style["white_space"] == "nowrap":
            self.inseparable.append((self.length, self.length + len(box.text)))
        self.length += len(box.text)
        self.width += self.waiting + shaped.width(len(shaped.data))
        self.size, self.waiting = self.size + len(shaped.data), 0.0

    def ends(self) -> list[_Text]:
        """List the boxes, and one that begins at the end of the last."""
        return [*self.boxes, self.boxes[-1]._replace(base=self.size, before=self.width)]


def read(linebox: Any) -> Paragraph:
    """Read a line box that was not laid out yet. Raises Unplannable."""
    reading = _Reading()
    _gather(linebox, reading)
    text = "".join(reading.text)
    if not text.strip():
        raise Unplannable
    places = _places(text, reading, linebox.style)
    is_foreign = linebox.style["direction"] == "rtl" and not ARABIC.search(text)
    return Paragraph(text.encode(), places, reading.texts, is_foreign)


def _gather(parent: Any, reading: _Reading) -> None:
    for box in parent.children:
        if isinstance(box, boxes.TextBox):
            if ("\n" in box.text and box.text != "\n") or box.style["white_space"] in ("pre", "pre-wrap"):
                raise Unplannable
            if box.text:
                reading.add(box)
        elif not box.is_in_normal_flow():
            if box.is_floated():
                raise Unplannable
        elif isinstance(box, boxes.InlineBox):
            start, end = ("right", "left") if box.style["direction"] == "rtl" else ("left", "right")
            reading.pad(_side(box.style, start), is_start=True)
            _gather(box, reading)
            reading.pad(_side(box.style, end), is_start=False)
        else:
            raise Unplannable


def _side(style: Any, side: str) -> float:
    """Give the width in px of margin, border and padding at a side."""
    return sum(_px(style[name]) for name in (f"margin_{side}", f"border_{side}_width", f"padding_{side}"))


def _px(value: Any) -> float:
    if value == "auto":
        return 0.0
    if isinstance(value, (int, float)):
        return float(value)
    if getattr(value, "unit", None) != "px":
        raise Unplannable
    return float(value.value)


def _places(text: str, reading: _Reading, style: Any) -> Places:
    """List the places where lines may begin, with the widths and spaces up to each."""
    ends, words = reading.ends(), reading.words
    bases = [one.base for one in ends]
    places = Places(em=style["font_size"])
    before = offset = spaces = 0
    for index in _opportunities(text, reading.inseparable, style["lang"]):
        end = index
        while end and text[end - 1] == " ":
            end -= 1
        offset += len(text[before:index].encode())
        spaces += text.count(" ", before, index) + text.count("\u00a0", before, index)
        before, blanks = index, index - end
        places.offsets.append(offset)
        places.ends.append(offset - blanks)
        places.begin.append(ends[bisect_right(bases, offset) - 1].width(offset))
        places.until.append(ends[bisect_right(bases, offset - blanks) - 1].width(offset - blanks))
        places.spaces_begin.append(spaces)
        places.spaces_until.append(spaces - blanks)
        places.stretchable.append(bisect_right(words, index))
        places.penalties.append(penalty(text, end, index))
        if text[index - 1 : index] == "\n":
            places.forced.append(len(places.offsets) - 1)
    counted = [width for one in reading.boxes for width in one.whole.spaces()]
    if counted:
        places.space = max(sum(counted) / len(counted), 0.1)
    return places


def _opportunities(text: str, whole: list[tuple[int, int]], lang: str | None) -> list[int]:
    """Give the indexes of characters before which a line may end (UAX #14), the first and the last among them."""
    # A PangoLogAttr is a word of bits, the first of which is `is_line_break`.
    bits = bytes(ffi.buffer(get_log_attrs(text, lang)))[::4].translate(_FIRST_BIT)
    found = list(compress(range(1, len(text)), bits[1:]))
    if whole:
        inner = {index for start, end in whole for index in range(start + 1, end)}
        found = [index for index in found if index not in inner]
    return [0, *found, len(text)]
