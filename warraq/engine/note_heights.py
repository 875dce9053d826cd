"""Notes at the foot of a page measured once, where WeasyPrint 70 lays all of them out for each new one.

`layout.LayoutContext._update_footnote_area` copies the area of the notes and lays it out
whenever a note is added or taken away, only to learn its height: a page of thirty notes
lays out 465. Blocks that stand one under the other without margins are together as high as
each of them alone, so each is laid out once for all pages that it may come to stand on.

What is laid out in the end is yet another copy (`layout.page.make_page`), whose text is read and
shaped anew. Here the boxes that were measured stand in it, with what is known of their text:
copies of the area, which are made nowhere else, take them in place of their notes.

Notes with margins, notes in columns and notes set inline are measured as before. No upstream
issue is known.
"""

from __future__ import annotations

from math import inf
from typing import Any

from weasyprint.formatting_structure import boxes, build
from weasyprint.layout import LayoutContext
from weasyprint.layout.block import block_level_layout

from warraq.engine.guard import wrap_all

UPDATE, COPY, BOXES = "2e317e4b066fb80c", "c6335cf2fcc16f31", "f1e76cc779a89855"


def mend() -> list[str]:
    """Wrap the functions, once; give the names of those that are not the ones we know."""
    return wrap_all(
        (LayoutContext, "_update_footnote_area", UPDATE, _added_up),
        (boxes.FootnoteAreaBox, "deepcopy", COPY, _with_measured),
        (build, "create_anonymous_boxes", BOXES, _if_not_there),
    )


def _added_up(stock: Any) -> Any:
    def _update_footnote_area(self: Any) -> bool:
        area, notes = self.current_footnote_area, self.current_page_footnotes
        if self.in_column or not notes or not all(map(_is_simple, notes)) or area.style["height"] != "auto":
            return bool(stock(self))
        if area.height != "auto":
            self.page_bottom += area.margin_height()
        area.children = notes
        height = sum(_height(self, note) for note in notes)
        area.height = max(min(height, area.max_height), area.min_height)
        self.page_bottom -= area.margin_height()
        return bool(height > area.height + area.padding_bottom + area.border_bottom_width)

    return _update_footnote_area


def _is_simple(note: Any) -> bool:
    """Tell whether a note is a block that holds no margins, which could reach out of it; a note keeps the answer."""
    known = vars(note)
    if "warraq_simple" not in known:
        blocks = (box for box in (note, *note.descendants()) if isinstance(box, boxes.BlockLevelBox))
        known["warraq_simple"] = note.style["footnote_display"] == "block" and not any(map(_has_margin, blocks))
    return bool(known["warraq_simple"])


def _has_margin(box: Any) -> bool:
    return any(getattr(box.style[name], "value", 1) for name in ("margin_top", "margin_bottom"))


def _height(context: Any, note: Any) -> float:
    """Lay a note out alone in the area of the page, once for each width; a note keeps its heights."""
    area = context.current_footnote_area
    heights: dict[float, float] = vars(note).setdefault("warraq_heights", {})
    if area.width not in heights:
        copy = area.copy_with_children([note])
        copy.height = "auto"
        ready = build.create_anonymous_boxes(copy.deepcopy())
        (note.warraq_measured,) = ready.children
        alone = block_level_layout(context, ready, -inf, None, area.page)[0]
        heights[area.width] = alone.children[-1].margin_height()
    return heights[area.width]


def _with_measured(stock: Any) -> Any:
    def deepcopy(self: Any) -> Any:
        measured = [vars(note).get("warraq_measured") for note in self.children]
        if not all(measured):
            return stock(self)
        copy = self.copy_with_children(measured)
        copy.warraq_is_ready = True
        return copy

    return deepcopy


def _if_not_there(stock: Any) -> Any:
    def create_anonymous_boxes(box: Any) -> Any:
        return box if vars(box).get("warraq_is_ready") else stock(box)

    return create_anonymous_boxes
