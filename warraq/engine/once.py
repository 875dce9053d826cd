"""Right-to-left lines that WeasyPrint 70 lays out twice.

`layout.inline.get_next_linebox` lays a line out, and again if floats narrow it at its true
height. Where there are no floats it should stop after the first time, and does so in
left-to-right text; in right-to-left text it compares the new right edge with that of a
line whose width was taken for 0, and finds that it has moved. `layout.float.avoid_collisions`,
asked two or three times for each line, goes through much to tell what is plain without floats.

No upstream issue is known. Both functions are wrapped: a line box that no float can narrow
counts as high enough from the start, so that the first layout stands, and stands between the
margins. What is laid out is the same.
"""

from __future__ import annotations

from math import inf
from typing import Any

from weasyprint.formatting_structure.boxes import LineBox
from weasyprint.layout import inline

from warraq.engine.guard import wrap_all

NEXT_LINE, COLLISIONS = "67af458c2545e74f", "5fc7793c573af328"


def mend() -> list[str]:
    """Wrap both functions, once; give the names of those that are not the ones we know."""
    return wrap_all(
        (inline, "avoid_collisions", COLLISIONS, _high_enough), (inline, "get_next_linebox", NEXT_LINE, _told)
    )


def _told(stock: Any) -> Any:
    """Mark line boxes that need no second layout; a style of the first line is set between the two."""

    def get_next_linebox(context: Any, linebox: Any, *rest: Any) -> Any:
        *_, first_line_style = rest
        linebox.is_laid_out_once = not first_line_style and linebox.style["direction"] == "rtl"
        return stock(context, linebox, *rest)

    return get_next_linebox


def _high_enough(stock: Any) -> Any:
    def avoid_collisions(context: Any, box: Any, containing_block: Any, outer: bool = True) -> Any:  # noqa: FBT001, FBT002 - as it is called
        if outer or context.excluded_shapes or not isinstance(box, LineBox):
            return stock(context, box, containing_block, outer)
        place = _between_margins(box, containing_block)
        if getattr(box, "is_laid_out_once", False):
            box.height = inf
        return place

    return avoid_collisions


def _between_margins(line: Any, containing_block: Any) -> tuple[float, float, float]:
    """Give the place of a line beside which there is nothing: where it begins, its top and its width.

    Sums are made as WeasyPrint makes them, so that not even rounding differs.
    """
    left = containing_block.content_box_x()
    right = left + containing_block.width - line.margin_right
    left += line.margin_left
    start = right if containing_block.style["direction"] == "rtl" else left
    return start - line.margin_left, line.position_y + line.margin_top - line.margin_top, right - left
