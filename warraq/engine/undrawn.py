"""What most boxes do not draw, which WeasyPrint 70 finds out anew for each of them.

`draw.draw_border`, `draw.draw_outline` and `draw.draw_text` ask every box and every piece of
text for borders, rules between columns, outlines and lines along the text; `stacking` copies
every box of a page, lest one in it stand out of its place; `pdf.stream.Stream.set_color` takes
a colour apart before it sees that it is set already. Here a style is asked once, and keeps the
answers; what is drawn is the same, byte for byte. No upstream issue is known.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from weasyprint import draw, stacking
from weasyprint.draw import text as drawing
from weasyprint.formatting_structure.boxes import Box, TextBox
from weasyprint.matrix import Matrix
from weasyprint.pdf.stream import Stream

from warraq.engine.guard import wrap_all

BORDER, OUTLINE, TEXT = "8ba918f30893929f", "c98afcef4e21d301", "ebaf96239c6ca363"
CHILDREN, COLOUR = "664961378e41dc05", "d289ec41ef8285c2"
#: Lines along a text.
LINES = ("underline", "overline", "line-through")


def mend() -> list[str]:
    """Wrap the functions, once; give the names of those that are not the ones we know."""
    return wrap_all(
        (draw, "draw_border", BORDER, _if_bordered),
        (draw, "draw_outline", OUTLINE, _if_outlined),
        (draw, "draw_text", TEXT, _undecorated),
        (stacking, "_dispatch_children", CHILDREN, _if_moved),
        (Stream, "set_color", COLOUR, _if_changed),
    )


def _once(question: Callable[[Any], object]) -> Callable[[Any], bool]:
    """Ask a style, which keeps the answer."""
    name = f"warraq{question.__name__}"

    def asked(style: Any) -> bool:
        known: dict[str, bool] = vars(style)
        if name not in known:
            known[name] = bool(question(style))
        return known[name]

    return asked


@_once
def _has_rules(style: Any) -> object:
    """Tell whether there may be rules between columns, or a border that is a picture."""
    is_in_columns = style["column_width"] != "auto" or style["column_count"] != "auto"
    return style["border_image_source"][0] != "none" or (is_in_columns and style["column_rule_width"])


@_once
def _is_plain(style: Any) -> object:
    """Tell whether text is seen, and without lines along it."""
    return style["visibility"] == "visible" and not any(line in style["text_decoration_line"] for line in LINES)


@_once
def _is_in_place(style: Any) -> object:
    """Tell whether a box of text is drawn where it stands among the others."""
    is_still = style["position"] == "static" and style["z_index"] == "auto" and style["float"] == "none"
    return is_still and style["opacity"] == 1 and not style["transform"] and style["overflow"] == "visible"


def _if_bordered(stock: Any) -> Any:
    def draw_border(stream: Any, box: Any) -> None:
        widths = box.border_top_width or box.border_right_width or box.border_bottom_width or box.border_left_width
        if widths or _has_rules(box.style):
            stock(stream, box)

    return draw_border


def _if_outlined(stock: Any) -> Any:
    def draw_outline(stream: Any, box: Any) -> None:
        if box.style["outline_width"]:
            stock(stream, box)
            return
        for child in box.children:
            if isinstance(child, Box) and (child.children or child.style["outline_width"]):
                draw_outline(stream, child)

    return draw_outline


def _undecorated(stock: Any) -> Any:
    def draw_text(stream: Any, textbox: Any, offset_x: Any, text_overflow: Any, block_ellipsis: Any) -> None:
        style, layout = textbox.style, textbox.pango_layout
        if not _is_plain(style):
            stock(stream, textbox, offset_x, text_overflow, block_ellipsis)
            return
        x, y = textbox.position_x, textbox.position_y + textbox.baseline
        stream.set_color(style["color"])
        layout.reactivate(style)
        stream.begin_text()
        emojis = drawing.draw_first_line(stream, textbox, text_overflow, block_ellipsis, Matrix(d=-1, e=x, f=y))
        stream.end_text()
        drawing.draw_emojis(stream, style, x, y, emojis)
        layout.deactivate()

    return draw_text


def _if_moved(stock: Any) -> Any:
    def _dispatch_children(box: Any, *rest: Any) -> Any:
        for child in box.children:
            if type(child) is not TextBox or not _is_in_place(child.style):
                return stock(box, *rest)
        return box

    return _dispatch_children


def _if_changed(stock: Any) -> Any:
    def set_color(self: Any, color: Any, stroke: bool = False) -> None:  # noqa: FBT001, FBT002 - stock's
        if stroke:
            stock(self, color, stroke)
            return
        known = vars(self)
        last = known.get("warraq_colour")
        if last and color is last[0] and known["_current_color"] is last[1] and known["_current_alpha"] is last[2]:
            return
        stock(self, color)
        known["warraq_colour"] = color, known["_current_color"], known["_current_alpha"]

    return set_color
