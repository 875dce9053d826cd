"""Justified lines that WeasyPrint 70 draws wider than it laid them out.

Some fonts kern across a space (Amiri between ر and a following ا, say). A line is measured
with that kerning; to be drawn justified, its spaces get attributes that split Pango's items,
the kerning across them is lost, and the line sticks out by up to 5 px
(`draw.text.draw_first_line`). The difference is given back to the spaces of the line, so that
it ends where it was laid out.

No upstream issue is known. The function is wrapped, not replaced; only lines that differ
are shaped again.
"""

from __future__ import annotations

from typing import Any

from weasyprint.draw import text as drawing
from weasyprint.text.line_break import line_size

from warraq.engine.guard import wrap

DRAW = "1bb8eae6d88e71b1"
#: In px; below this nobody sees it.
TOLERANCE = 0.1
STEPS = 3


def mend() -> list[str]:
    """Wrap the function, once; give its name if it is not the one we know."""
    return wrap(drawing, "draw_first_line", DRAW, _fitted)


def _fitted(stock: Any) -> Any:
    def draw_first_line(stream: Any, textbox: Any, *rest: Any) -> Any:
        if textbox.justification_spacing and textbox.text.strip():
            _fit(textbox)
        return stock(stream, textbox, *rest)

    return draw_first_line


def _fit(textbox: Any) -> None:
    """Take from the spaces of a line what it is too wide by, or give what it lacks.

    A space at the edge of a box takes part in a way of its own, so one step may not do.
    """
    layout = textbox.pango_layout
    spaces = textbox.text.count(" ") + textbox.text.count("\u00a0")
    for _ in range(STEPS if spaces else 0):
        first_line, _index = layout.get_first_line()
        width, _height = line_size(first_line, textbox.style)
        excess = width - textbox.width
        if abs(excess) <= TOLERANCE:
            return
        layout.justification_spacing -= excess / spaces
        layout.set_text(layout.text, justify=True)
