"""Left-to-right words, in a file that reads from right to left.

Where a file does (`/Direction /R2L`), PDFium reads every line from its right end and turns
what is of one class, letters or digits, but not such pieces of a line: of "The Big Book" it
makes "Book Big The", and of "UTF-8" "-8UTF" (`CPDF_TextPage::CloseTempLine`). It puts the
text objects of a line in the order of their origins first. So here each word is an object,
whose origin is the farther right the earlier it is read: it begins with a space there and
leaps back to where the word is drawn. The last word is two objects if it is two pieces; the
space between them, drawn twice in one place, PDFium leaves out.

Nobody else goes by origins. MuPDF takes no leap for a new line if the direction changes at
the same time, hence the space counts for it as right-to-left.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from warraq.engine.cells import Cell
from warraq.engine.seams import BLANKS, Place, kind, leap
from warraq.engine.shaping import Group, Run

#: PDFium takes a glyph for one drawn twice if the like is near among the last seven: spaces are of some kinds.
_SPACES = tuple(Cell(" ", width, ()) for width in range(4))
_TWICE = Cell(" ", len(_SPACES), ())
#: In em, before the right edge of the words, where origins are; PDFium takes two glyphs for one up to 0.07.
_ROOM = 0.05
_WEAK = {"EN", "AN", "ES", "ET", "CS", "NSM", "BN"}


class _Word(NamedTuple):
    """Groups, with the left and right edge of what they draw, in px from that of the box."""

    groups: tuple[Group, ...]
    left: float
    right: float

    @property
    def codes(self) -> str:
        """Give the codes of all groups in hexadecimal."""
        return "".join(group.codes for group in self.groups)


def are_turned(runs: Sequence[Run], textbox: Any, text: str) -> bool:
    """Tell whether PDFium would turn the words of a box, or the pieces of its one word."""
    if textbox.style["direction"] == "rtl" or textbox.style.root_style["direction"] != "rtl":
        return False
    if not all(run.face is runs[0].face and run.size == runs[0].size and not run.is_rtl for run in runs):
        return False
    return any(blank in text.strip(BLANKS) for blank in BLANKS) or _second(list(_words(runs, 0))[-1].groups) > 0


def draw(stream: Any, runs: Sequence[Run], justification: float, origin: Place) -> None:
    """Draw the words of a box; `justification` is added to each space, in px."""
    *words, last = _words(runs, justification)
    face, size = runs[0].face, runs[0].size
    pieces = [(word, _SPACES[at % len(_SPACES)]) for at, word in enumerate(words)]
    end = ""
    if cut := _second(last.groups):
        middle = last.left + sum(group.width for group in last.groups[:cut]) * size / 1000
        pieces.append((_Word(last.groups[:cut], last.left, middle), _TWICE))
        last, end = _Word(last.groups[cut:], middle, last.right), face.code(_TWICE)
    step = min(_ROOM * size, last.right - last.left) / (len(pieces) + 1)
    for at, (word, space) in enumerate(pieces):
        start = last.right - step * (at + 1)
        leap(stream, runs[0], origin, start, is_first=not at)
        back = round((start - word.left) * 1000 / size) + space.advance
        stream.show_text(f"<{face.code(space)}>{back}<{word.codes}>")
    a, b, c, d, e, f = origin
    stream.set_text_matrix(a, b, c, d, e + a * last.left, f + b * last.left)
    stream.set_font_size(face.name, size)
    stream.show_text(f"<{last.codes}{end}>")


def _words(runs: Sequence[Run], justification: float) -> Iterator[_Word]:
    """Part the groups of the runs at blanks."""
    groups: list[Group] = []
    left = pen = 0.0
    for run in runs:
        for group in run.groups():
            if not group.space:
                left = left if groups else pen
                groups.append(group)
            elif groups:
                yield _Word(tuple(groups), left, pen)
                groups = []
            pen += group.width * run.size / 1000 + (justification if group.space in {" ", "\u00a0"} else 0)
    if groups:
        yield _Word(tuple(groups), left, pen)


def _second(groups: Sequence[Group]) -> int:
    """Tell where the second of two pieces begins for PDFium; 0 if there are not two."""
    kinds = [_kind(group) for group in groups]
    cut = next((at for at, found in enumerate(kinds) if found != kinds[0]), 0)
    return cut if len(set(kinds[cut:])) == 1 else 0


def _kind(group: Group) -> str:
    found = kind(group)
    return "L" if found == "L" else "weak" if found in _WEAK else "neutral"
