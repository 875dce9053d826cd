"""The end of a line of text found by looking it up, where WeasyPrint 70 shapes text to try.

`text.line_break.split_first_line` shapes a draft of a line and something of the next, then the
line with one more word, then the line alone. Here a text is shaped once for all of its
lines; the end of each is where the widths of its characters add up to the room it has, and
only the line alone is shaped, to be measured and later drawn. A text that has all room is
looked for among those that were shaped before, and the words of a text that has none, as those of
table cells to find out how wide a column must be, are each shaped alone.

A line alone may be wider or narrower than a part of a longer text by the kerning at its ends.
So the stock function has the say wherever a word ends near the edge, where anything but a
plain word stands beside the break, and where text may break elsewhere than at spaces: lines
break where they broke before. No upstream issue is known.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import OrderedDict
from itertools import accumulate
from typing import Any, NamedTuple

from weasyprint.layout import inline, preferred
from weasyprint.text.ffi import TO_UNITS, ffi, pango
from weasyprint.text.line_break import Layout

from warraq.engine.guard import wrap_all
from warraq.engine.settings import setting
from warraq.engine.shaped import measured

SPLIT = "39ad1016863ca34d"
#: Texts whose widths are kept; a page holds fewer.
MOST = 256
#: In em: how near the edge a word may end for the stock function to be asked.
NEAR = 0.15
#: In em: WeasyPrint has a way of its own for lines as short as this.
SHORTEST = 4
#: What a style must say so that lines end at spaces, and spaces are as wide as the font has them.
USUAL = (("white_space", "normal"), ("letter_spacing", "normal"), ("word_spacing", 0))
#: Forced and conditional breaks.
BREAKS = re.compile("[\t\n\r\f\v\x85\xad\u200b\u2028\u2029]")
LETTERS = "0-9A-Za-z\u00c0-\u024f\u0620-\u065f\u0660-\u0669\u066e-\u06d3\u06f0-\u06f9"
#: Words (UAX #14: AL, NU, CM) with brackets and full stops in the places where they do not join words.
BEFORE = re.compile(rf"[{LETTERS}()«»\[\].:،؛؟!]*[{LETTERS}).:،؛؟!]")
AFTER = re.compile(rf"[(«]?[{LETTERS}][{LETTERS}()«»\[\].:،؛؟!]*")

ffi.cdef("void pango_glyph_item_get_logical_widths (PangoGlyphItem *item, const char *text, int *widths);")


class Text(NamedTuple):
    """A text that was shaped whole; `widths` are those of all that stands before each character, in Pango's units."""

    style: Any
    text: str
    widths: list[int]


def mend() -> list[str]:
    """Wrap the function where it is called, once; give its name if it is not the one we know."""
    return wrap_all(
        (inline, "split_first_line", SPLIT, _looked_up), (preferred, "split_first_line", SPLIT, _word_by_word)
    )


_texts = OrderedDict[int, Text]()


def _looked_up(stock: Any) -> Any:
    def split_first_line(
        text: str, style: Any, context: Any, max_width: Any, justification_spacing: Any, *rest: Any, **named: Any
    ) -> Any:
        if max_width is None and text and setting(style) and not BREAKS.search(text):
            return _set(text, len(text), style, max_width, justification_spacing)
        if max_width is not None and style["font_size"] * SHORTEST <= max_width < 2**20:
            end = _end(text, style, max_width)
            if end:
                found = _set(text, end, style, max_width, justification_spacing)
                if found[3] <= max_width:
                    return found
        return stock(text, style, context, max_width, justification_spacing, *rest, **named)

    return split_first_line


def _word_by_word(stock: Any) -> Any:
    def split_first_line(
        text: str, style: Any, context: Any, max_width: Any, justification_spacing: Any, *rest: Any, **named: Any
    ) -> Any:
        end = _word(text, style) if max_width == 0 else 0
        if end:
            return _set(text, end, style, max_width, justification_spacing)
        return stock(text, style, context, max_width, justification_spacing, *rest, **named)

    return split_first_line


def _word(text: str, style: Any) -> int:
    """Give the index where the first word of a text surely ends, if another follows, or 0."""
    if style["word_break"] != "normal" or style["overflow_wrap"] != "normal":
        return 0
    end = text.find(" ")
    following = text.find(" ", end + 1)
    is_plain = end > 0 and _is_plain(text, 0, end, following if following >= 0 else len(text))
    return end if is_plain and _is_usual(text, style) else 0


def _end(text: str, style: Any, max_width: float) -> int:
    """Give the index where the first line of a text surely ends, or 0 where that is not sure."""
    whole = _whole(text, style)
    if whole is None:
        return 0
    start = len(whole.text) - len(text)
    near = style["font_size"] * NEAR * TO_UNITS
    edge = whole.widths[start] + max_width * TO_UNITS
    if whole.widths[-1] < edge - near:
        return len(text)
    last = whole.text.rfind(" ", start, bisect_right(whole.widths, edge - near))
    if last <= start:
        return 0
    following = whole.text.find(" ", last + 1)
    following = following if following >= 0 else len(whole.text)
    if whole.widths[following] < edge + near or not _is_plain(whole.text, start, last, following):
        return 0
    return last - start


def _is_plain(text: str, start: int, space: int, end: int) -> bool:
    """Tell whether a line may end at a space, and nowhere within the word after it."""
    before = text[max(start, text.rfind(" ", start, space) + 1) : space]
    return bool(BEFORE.fullmatch(before) and AFTER.fullmatch(text, space + 1, end))


def _whole(text: str, style: Any) -> Text | None:
    """Find the text that this one is the rest of, or shape it; None if it is an unusual one."""
    known = _texts.get(id(style))
    if known and known.style is style and known.text.endswith(text):
        return known
    if not text or not _is_usual(text, style):
        return None
    whole = _texts[id(style)] = Text(style, text, _widths(text, style))
    _texts.move_to_end(id(style))
    if len(_texts) > MOST:
        _texts.popitem(last=False)
    return whole


def _is_usual(text: str, style: Any) -> bool:
    """Tell whether a text breaks at spaces alone."""
    if setting(style) is None or any(style[name] != value for name, value in USUAL) or style["hyphens"] == "auto":
        return False
    return not BREAKS.search(text)


def _widths(text: str, style: Any) -> list[int]:
    """Shape a text and add up the widths of its characters."""
    layout = Layout(style)
    layout.set_text(text)
    line, _index = layout.get_first_line()
    encoded = ffi.new("char[]", text.encode())
    each = ffi.new("int[]", len(text) + 1)
    widths, run = [0] * len(text), line.runs
    while run != ffi.NULL:
        item = run.data.item
        pango.pango_glyph_item_get_logical_widths(run.data, encoded, each)
        at = len(ffi.buffer(encoded)[: item.offset].decode())
        widths[at : at + item.num_chars] = ffi.unpack(each, item.num_chars)
        run = run.next
    layout.is_drawn = False
    layout.deactivate()
    return list(accumulate(widths, initial=0))


def _set(text: str, end: int, style: Any, max_width: float | None, justification_spacing: float) -> Any:
    """Shape a line alone, and give what the stock function gives."""
    line = text[:end]
    layout = Layout.__new__(Layout)
    layout.justification_spacing, layout.max_width, layout.text = justification_spacing, max_width, line
    layout.setup(style)
    layout.is_drawn = False
    layout.set_text(line)
    return measured(layout, style, len(line.encode()) + 1 if end < len(text) else None)
