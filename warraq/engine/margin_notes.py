"""Notes in the margin, brought to the outer one of their page.

Only the finished pages tell on which side a note stands, and CSS has no word for the outer
margin; so a note is an absolute box, laid out at the line of its call, and moved sideways here.
Links are gathered while a page is made, so the page is made again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

#: The part of the margin between the text and a note.
GAP = 0.12


def move_outwards(pages: Sequence[Any]) -> None:
    """Move the notes of all pages, and keep those of a page from covering each other."""
    for page in pages:
        box = page._page_box  # noqa: SLF001 - what a page holds has no public name
        found = sorted(_notes(box), key=lambda note: note.position_y)
        bottom = 0.0
        for note in found:
            lowest = box.margin_top + box.height - note.margin_height()
            top = max(min(note.position_y, lowest), bottom)
            note.translate(_goal(box, note) - note.position_x, top - note.position_y)
            bottom = note.position_y + note.margin_height()
        if found:
            page.__init__(box)


def _goal(page: Any, note: Any) -> float:
    """Give where a note begins: left pages have their outer margin at the left."""
    is_left = page.margin_left > page.margin_right
    if is_left:
        return float(page.margin_left * (1 - GAP) - note.margin_width())
    return float(page.width + page.margin_left + page.margin_right * GAP)


def _notes(box: Any) -> Iterator[Any]:
    for inner in box.descendants():
        names = (inner.element.get("class") or "").split() if inner.element is not None else []
        if "margin-note" in names and inner.style["position"] == "absolute":
            yield inner
