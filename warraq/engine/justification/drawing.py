"""Kashidas drawn at the length that was asked for: the tatweels of a stroke lie on one another.

`draw.text.draw_first_line` draws what Pango shaped. Before it does, advances of tatweels are
made less by what `kashida_overlap` of the box says (`warraq.engine.justification.strokes`).
The function is wrapped, not replaced; what comes after it reads the changed advances.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from weasyprint.draw import text as drawing
from weasyprint.text.ffi import TO_UNITS, ffi, pango

from warraq.engine.guard import wrap

DRAW = "1bb8eae6d88e71b1"


def mend() -> list[str]:
    """Wrap the function, once; give its name if it is not the one we know."""
    return wrap(drawing, "draw_first_line", DRAW, _overlapping)


def _overlapping(stock: Any) -> Any:
    def draw_first_line(stream: Any, textbox: Any, *rest: Any) -> Any:
        if getattr(textbox, "kashida_overlap", 0):
            # The stock function asks for this too; asking later would shape the text again.
            pango.pango_layout_set_single_paragraph_mode(textbox.pango_layout.layout, True)  # noqa: FBT003
            _overlap(textbox)
        return stock(stream, textbox, *rest)

    return draw_first_line


def _overlap(textbox: Any) -> None:
    """Let the tatweels of each stroke of a box's first line lie on one another.

    In a right-to-left run the first tatweel of a stroke is its last glyph; it keeps its
    advance, so that nothing lies on the letter before it.
    """
    inserted = _strokes(textbox)
    taken = round(textbox.kashida_overlap * TO_UNITS)
    line, _index = textbox.pango_layout.get_first_line()
    run = line.runs[0] if line.runs != ffi.NULL else ffi.NULL
    while run != ffi.NULL:
        glyphs, offset = run.data.glyphs, run.data.item.offset
        at = [inserted.get(offset + cluster) for cluster in ffi.unpack(glyphs.log_clusters, glyphs.num_glyphs)]
        for index, (stroke, following) in enumerate(pairwise(at)):
            if stroke is not None and stroke == following:
                glyphs.glyphs[index].geometry.width -= taken
        run = run.next


def _strokes(textbox: Any) -> dict[int, int]:
    """Give the number of the stroke for each byte at which an inserted tatweel stands."""
    text, number, last = textbox.pango_layout.text, 0, -1
    found = {}
    for index in textbox.kashidas:
        number += index != last + 1
        found[len(text[:index].encode())] = number
        last = index
    return found
