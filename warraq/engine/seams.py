"""Where boxes and runs of a line meet, for readers that would join or part the words there.

A right-to-left line is drawn box after box from right to left, and each box from left to
right. PDFium reads that well; the others do not:

* poppler goes by places, and takes the blank after a foreign run, at its left, for one
  before it (`TextPage::dumpFragment`), unless a right-to-left letter stands between;
* pdf.js goes by the order of drawing, and drops blanks at the ends of boxes;
* MuPDF goes by that order too. It turns words with the blanks beside them, so that these
  come before them, and takes a leap of the pen for a new line, unless the direction
  changes at the same time (`fz_add_stext_char_imp`). A sign at the left of a box has for
  it the direction of what was drawn before.

So here marks that draw nothing stand at the seams, without a width, for PDFium reads no
text that has none: TURN ends a foreign run, and BLANK is a space for readers by order. It is
of the other direction than the words beside it. pdf.js would drop either character alone.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from typing import Any

import pydyf

from warraq.engine.cells import Cell
from warraq.engine.shaping import Group, Run

TURN = Cell("\u200f", 0, ())
BLANK = Cell("\u200e ", 0, ())
#: No more than what MuPDF is told that it stands for.
HALT = Cell("\u200e", 0, ())
BLANKS = " \u00a0"
#: In em, from the end of a box: poppler parts lines where two words begin at one place.
INSET = 0.02
#: In em, what parts the cells of a table at least.
GAP = 0.3
_RTL = {"R", "AL"}
_STRONG = {"R", "AL", "L", "AN", "EN"}
_NOTHING = pydyf.Dictionary({"ActualText": pydyf.String("")})
_A_SPACE = pydyf.Dictionary({"ActualText": pydyf.String(" ")})

#: The matrix that a box is drawn by: its last two numbers are its left edge on the baseline.
Place = tuple[float, float, float, float, float, float]


class Pen:
    """What was drawn last on a stream, as readers see it."""

    __slots__ = ("is_foreign", "is_rtl", "left", "line", "turn")

    def __init__(self) -> None:
        """Begin where nothing was drawn yet."""
        self.is_rtl, self.is_foreign = True, False
        #: The baseline of the last box, and its left edge there.
        self.line, self.left = math.nan, math.nan
        #: Where to leap from if the next box is of left-to-right text.
        self.turn: tuple[Run, Any] | None = None


def pen(stream: Any) -> Pen:
    """Give the pen of a stream."""
    found: Pen | None = getattr(stream, "pen", None)
    if found is None:
        found = stream.pen = Pen()
    return found


def before_box(stream: Any, runs: Sequence[Run], textbox: Any, text: str, origin: Place, *, leaps: bool) -> bool:  # noqa: PLR0913 - what is drawn, and where
    """Mark the seam at the start of a box, before it is drawn; tell whether its end must turn.

    `leaps` tells that its own drawing begins with a leap.
    """
    last, size = pen(stream), runs[-1].size
    is_rtl = textbox.style["direction"] == "rtl"
    is_beside = abs(origin[5] - last.line) < size / 2
    is_apart = is_beside and origin[4] + textbox.width < last.left - GAP * size
    if is_apart or (is_rtl and text[0] in BLANKS):
        before = () if last.is_rtl else (TURN,)
        _show(stream, runs[-1], (*before, BLANK), _moved(origin, (textbox.width if is_rtl else 0) - INSET * size))
        last.is_rtl = last.is_rtl and not leaps
    elif last.turn and not is_rtl and not leaps:
        _show(stream, last.turn[0], (TURN,), last.turn[1])
    if is_rtl and runs[0].is_rtl and unicodedata.bidirectional(text[-1]) not in _RTL:
        _show(stream, runs[0], (TURN,), origin, _NOTHING)
    has_leapt = text[0] in BLANKS and not last.is_rtl
    return is_rtl and last.is_foreign and not has_leapt and unicodedata.bidirectional(text[0]) not in _STRONG


def leap(stream: Any, run: Run, origin: Place, right: float, *, is_first: bool) -> None:
    """Go so many px right of where a box is drawn, by a leap of which no reader makes anything."""
    last, place = pen(stream), _moved(origin, right)
    if is_first and last.is_rtl and abs(origin[5] - last.line) < run.size / 2:
        _show(stream, run, (HALT,), _moved(origin, right + GAP * run.size), _A_SPACE)
    _show(stream, run, (TURN,), place, _NOTHING)


def after_box(stream: Any, runs: Sequence[Run], textbox: Any, text: str, origin: Place, *, turns: bool) -> None:  # noqa: PLR0913 - what is drawn, and where
    """Mark the seams of a box that has been drawn, and remember it."""
    last, is_rtl = pen(stream), textbox.style["direction"] == "rtl"
    edge = text[0 if is_rtl else -1]
    last.is_foreign = not runs[-1].is_rtl
    last.is_rtl = runs[-1].is_rtl or unicodedata.bidirectional(edge) == "AN"
    last.turn, last.line, last.left = None, origin[5], origin[4]
    if turns:
        _show(stream, runs[-1], (TURN,), _moved(origin, textbox.width - INSET * runs[-1].size))
    if is_rtl and text[-1] in BLANKS:
        blank(stream, runs, origin)


def blank(stream: Any, runs: Sequence[Run], origin: Place) -> None:
    """Draw a blank that ends a right-to-left box, or is all of it."""
    last = pen(stream)
    place = _moved(origin, INSET * runs[0].size)
    _show(stream, runs[0], (BLANK,) if last.is_rtl else (TURN, BLANK), place)
    last.is_rtl, last.is_foreign, last.turn = False, False, (runs[0], place)
    last.line, last.left = origin[5], origin[4]


def is_turn(left: Run, right: Run) -> bool:
    """Tell whether poppler would mix up two runs: one of left-to-right text, and a blank or a sign beside it."""
    if left.is_rtl == right.is_rtl:
        return False
    groups = left.groups()[:-3:-1] if left.is_rtl else right.groups()[:2]
    kinds = [kind(group) for group in groups]
    if left.is_rtl:
        return bool(kinds) and kinds[0] not in _RTL
    return bool(kinds) and _RTL.isdisjoint(kinds)


def kind(group: Group) -> str:
    """Give the bidi class of what a group is at its right; of nothing, as controls are, an empty one."""
    text = group.space or (group.last.text if group.last else "")
    return unicodedata.bidirectional(text[-1]) if text else ""


def _moved(origin: Place, right: float) -> Place:
    """Give the place so many px right of where a box is drawn."""
    a, b, c, d, e, f = origin
    return a, b, c, d, e + a * right, f + b * right


def _show(
    stream: Any, run: Run, cells: Sequence[Cell], place: Place, meaning: pydyf.Dictionary | None = None
) -> None:
    """Draw cells at a place, and tell readers that know of it what they stand for."""
    stream.set_text_matrix(*place)
    stream.set_font_size(run.face.name, run.size)
    for cell in cells:
        stands_for = _A_SPACE if cell is BLANK else meaning
        if stands_for:
            pydyf.Stream.begin_marked_content(stream, "Span", stands_for)
        stream.show_text(f"<{run.face.code(cell)}>")
        if stands_for:
            pydyf.Stream.end_marked_content(stream)
