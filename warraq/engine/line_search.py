"""The end of a line of text found by looking it up, where WeasyPrint 70 shapes text to try.

`text.line_break.split_first_line` shapes a draft of a line and something of the next, then the
line with one more word, then the line alone. Here a text is shaped once for all of its
lines; the end of each is where the widths of its characters add up to the room it has, and
the line is cut out (`warraq.engine.pieces`), or shaped alone if that cannot be. The least width
of a text is looked up word by word in the same way, and that of all its words in a row.

A line alone may be wider or narrower than a part of a longer text by the kerning at its ends.
So the stock function has the say wherever a word ends near the edge, where anything but a
plain word stands beside the break, and where text may break elsewhere than at spaces: lines
break where they broke before. No upstream issue is known.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import OrderedDict
from typing import Any, NamedTuple

from weasyprint.layout import inline, preferred
from weasyprint.text.line_break import Layout

from warraq.engine.guard import wrap_all
from warraq.engine.items import LETTER
from warraq.engine.pieces import Whole, whole
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
ONE_LINE = ("nowrap", "pre")
SPACE = re.compile(" ")
#: Forced and conditional breaks.
BREAKS = re.compile("[\t\n\r\f\v\x85\xad\u200b\u2028\u2029]")
LETTERS = "0-9A-Za-z\u00c0-\u024f\u0620-\u065f\u0660-\u0669\u066e-\u06d3\u06f0-\u06f9"
#: Words (UAX #14: AL, NU, CM) with brackets and full stops in the places where they do not join words.
BEFORE = re.compile(rf"[{LETTERS}()«»\[\].:،؛؟!]*[{LETTERS}).:،؛؟!]")
AFTER = re.compile(rf"[(«]?[{LETTERS}][{LETTERS}()«»\[\].:،؛؟!]*")

#: A word that no line may end within.
WORD = re.compile(rf"[(«]?[{LETTERS}]+[)».:،؛؟!]*")


class Text(NamedTuple):
    """A text that was shaped whole; `widths` are those in px of all that stands before each of its `spaces`."""

    style: Any
    text: str
    whole: Whole
    spaces: list[int]
    widths: list[float]


def mend() -> list[str]:
    """Wrap the function where lines are set and where widths are asked for; give the names of unknown ones."""
    return wrap_all((inline, "split_first_line", SPLIT, _looked_up), (preferred, "split_first_line", SPLIT, _looked_up))


_texts = OrderedDict[int, Text]()


def _looked_up(stock: Any) -> Any:
    def split_first_line(
        text: str, style: Any, context: Any, max_width: Any, justification_spacing: Any, *rest: Any, **named: Any
    ) -> Any:
        is_one_line = max_width is None or style["white_space"] in ONE_LINE
        if is_one_line and text and setting(style) and not BREAKS.search(text):
            return _set(text, len(text), style, max_width, justification_spacing)
        if max_width == 0:
            end = _end_of_word(text, style)
            if end:
                return _set(text, end, style, max_width, justification_spacing)
        elif max_width is not None and style["font_size"] * SHORTEST <= max_width < 2**20:
            end = _end(text, style, max_width)
            if end:
                found = _set(text, end, style, max_width, justification_spacing)
                if found[3] <= max_width:
                    return found
        return stock(text, style, context, max_width, justification_spacing, *rest, **named)

    return split_first_line


def _end_of_word(text: str, style: Any) -> int:
    """Give the index where the first word of a text surely ends, or 0 where that is not sure."""
    word = WORD.match(text)
    if not word or not _is_usual(text, style) or (style["word_break"], style["overflow_wrap"]) != ("normal", "normal"):
        return 0
    end = word.end()
    return end if end == len(text) or (text[end] == " " and AFTER.match(text, end + 1)) else 0


def _end(text: str, style: Any, max_width: float) -> int:
    """Give the index where the first line of a text surely ends, or 0 where that is not sure."""
    known = _whole(text, style)
    if known is None:
        return 0
    start = len(known.text) - len(text)
    near = style["font_size"] * NEAR
    edge = known.whole.width(len(known.text[:start].encode())) + max_width
    if known.widths[-1] <= edge - near:
        return len(text)
    number = bisect_right(known.widths, edge - near)
    last, following = known.spaces[number - 1] if number else -1, known.spaces[number]
    if last <= start or known.widths[number] < edge + near or not _is_plain(known.text, start, last, following):
        return 0
    return last - start


def _is_plain(text: str, start: int, space: int, end: int) -> bool:
    """Tell whether a line may end at a space, and nowhere within the word after it."""
    before = text[max(start, text.rfind(" ", start, space) + 1) : space]
    return bool(BEFORE.fullmatch(before) and AFTER.fullmatch(text, space + 1, end))


def _is_usual(text: str, style: Any) -> bool:
    """Tell whether a text breaks at spaces alone."""
    return (
        setting(style) is not None
        and all(style[name] == value for name, value in USUAL)
        and style["hyphens"] != "auto"
        and not BREAKS.search(text)
    )


def _whole(text: str, style: Any) -> Text | None:
    """Find the text that this one is the rest of, or shape it; None if it is an unusual one."""
    known = _texts.get(id(style))
    if known and known.style is style and known.text.endswith(text):
        return known
    if not text or not _is_usual(text, style):
        return None
    shaped = whole(text, style)
    spaces = [*(found.start() for found in SPACE.finditer(text)), len(text)]
    widths = [shaped.width(len(text[:index].encode())) for index in spaces]
    found = _texts[id(style)] = Text(style, text, shaped, spaces, widths)
    _texts.move_to_end(id(style))
    if len(_texts) > MOST:
        _texts.popitem(last=False)
    return found


def _set(text: str, end: int, style: Any, max_width: float | None, justification_spacing: float) -> Any:
    """Set a line alone, and give what the stock function gives."""
    line = text[:end]
    size = len(line.encode())
    resume_at = size + 1 if end < len(text) else None
    piece = whole(line, style).piece(0, size) if LETTER.search(line) else None
    if piece:
        piece.justification_spacing, piece.max_width = justification_spacing, max_width
        return piece, size, resume_at, piece.width, piece.height, piece.baseline
    layout = Layout.__new__(Layout)
    layout.justification_spacing, layout.max_width, layout.text = justification_spacing, max_width, line
    layout.setup(style)
    layout.is_drawn = False
    layout.set_text(line)
    return measured(layout, style, resume_at)
