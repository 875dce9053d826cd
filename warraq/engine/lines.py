"""Edges of right-to-left lines, which WeasyPrint 70 sets wrong in three cases.

1. `text-indent` moves the start of a line to the right and shortens it at its end, so that
   the first line of a paragraph ends early instead of beginning late
   (`layout.inline.get_next_linebox`, which adds the indent to the right edge).
2. The space that a line break leaves at the end of a line is taken off its last box; the
   boxes are moved to make up for it, the last one too, which had stayed in place: a line
   that ends after inline markup sticks out by a space
   (`layout.inline.remove_last_whitespace`).
3. The box is made narrower and its text shorter, but it is drawn from what was shaped before:
   with that space at its left, and the rest over the box before it.

No upstream issue is known. Both functions are wrapped, not replaced.
"""

from __future__ import annotations

from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline

from warraq.engine.guard import wrap
from warraq.engine.pieces import shortened

NEXT_LINE, LAST_SPACE = "67af458c2545e74f", "53f0c79c9fbbda50"


def mend() -> list[str]:
    """Wrap both functions, once; give the names of those that are not the ones we know."""
    return [
        *wrap(inline, "get_next_linebox", NEXT_LINE, _indented),
        *wrap(inline, "remove_last_whitespace", LAST_SPACE, _trimmed),
    ]


def _indented(stock: Any) -> Any:
    def get_next_linebox(context: Any, linebox: Any, *rest: Any, **named: Any) -> Any:
        indent = linebox.text_indent
        line, resume_at = stock(context, linebox, *rest, **named)
        if line is not None and indent and linebox.style["direction"] == "rtl":
            line.translate(-indent, 0)
        return line, resume_at

    return get_next_linebox


def _trimmed(stock: Any) -> Any:
    def remove_last_whitespace(context: Any, line: Any) -> None:
        inner, box = _last_boxes(line)
        before = (box.position_x, box.width) if isinstance(box, boxes.TextBox) else None
        stock(context, line)
        if before and box.width != before[1] and box.position_x != before[0]:
            shift = before[0] - box.position_x
            for moved in (*inner, box):
                moved.position_x += shift
            box.pango_layout = shortened(box.pango_layout, box.text)

    return remove_last_whitespace


def _last_boxes(line: Any) -> tuple[list[Any], Any]:
    """Give the inline boxes that hold the last box of a line, and that box."""
    inner, box = [], line
    while isinstance(box, (boxes.LineBox, boxes.InlineBox)) and box.children:
        inner.append(box)
        box = box.children[-1]
    return inner[1:], box
