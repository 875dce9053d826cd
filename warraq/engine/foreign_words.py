"""Several left-to-right words in a box, in a file that reads from right to left.

Where a file does (`/Direction /R2L`), PDFium reads every line from its right end and turns
what is of one direction, a word, but not the words between spaces: of "The Big Book" it
makes "Book Big The" (`CPDF_TextPage::CloseTempLine`). It puts the text objects of a line in
the order of their origins first. So here each word is an object, whose origin is the farther
right the earlier it is read: it begins with a space there and leaps back to where the word
is drawn. Nobody else goes by origins; MuPDF takes no leap for a new line if the direction
changes at the same time, hence the space counts for it as right-to-left.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from warraq.engine.cells import Cell
from warraq.engine.seams import BLANKS, INSET, leap
from warraq.engine.shaping import Run

#: PDFium takes a glyph for one drawn twice if the like is near among the last seven: spaces are of four kinds.
_SPACES = tuple(Cell(" ", width, ()) for width in range(4))


class _Word(NamedTuple):
    """Codes in hexadecimal, with the left and right edge of what they draw, in px from that of the box."""

    codes: str
    left: float
    right: float


def are_turned(runs: Sequence[Run], textbox: Any, text: str) -> bool:
    """Tell whether PDFium would turn the words of a box."""
    if textbox.style["direction"] == "rtl" or not any(blank in text.strip(BLANKS) for blank in BLANKS):
        return False
    same = all(run.face is runs[0].face and run.size == runs[0].size and not run.is_rtl for run in runs)
    return same and textbox.style.root_style["direction"] == "rtl"


def draw(stream: Any, runs: Sequence[Run], justification: float, matrix: Any) -> None:
    """Draw the words of a box; `justification` is added to each space, in px."""
    *words, last = _words(runs, justification)
    face, size = runs[0].face, runs[0].size
    step = min(INSET * size, (last.right - last.left) / (len(words) + 1))
    for at, word in enumerate(words):
        origin = last.left + step * (len(words) - at)
        leap(stream, runs[0], matrix, origin, is_first=not at)
        back = round((origin - word.left) * 1000 / size) + at % len(_SPACES)
        stream.show_text(f"<{face.code(_SPACES[at % len(_SPACES)])}>{back}<{word.codes}>")
    a, b, c, d, e, f = matrix.values
    stream.set_text_matrix(a, b, c, d, e + a * last.left, f + b * last.left)
    stream.set_font_size(face.name, size)
    stream.show_text(f"<{last.codes}>")


def _words(runs: Sequence[Run], justification: float) -> Iterator[_Word]:
    """Part the groups of the runs at blanks."""
    codes, left, pen = "", 0.0, 0.0
    for run in runs:
        for group in run.groups():
            width = group.width * run.size / 1000
            if not group.space:
                left, codes = left if codes else pen, codes + group.codes
            elif codes:
                yield _Word(codes, left, pen)
                codes = ""
            pen += width + (justification if group.space in {" ", "\u00a0"} else 0)
    if codes:
        yield _Word(codes, left, pen)
