"""Boxes that have nothing behind them, which WeasyPrint 70 finds out anew for each of them.

`layout.background.layout_box_backgrounds` works out the corners, images, shadows and colours
of every box of a page. Of a style with round corners, pictures, shadows and colours, there is
nothing to work out; whether one has any of them is kept with it, and what the function would
set is what all boxes have to begin with. No upstream issue is known.
"""

from __future__ import annotations

from typing import Any

from weasyprint.draw.color import get_color
from weasyprint.formatting_structure.boxes import Box
from weasyprint.layout import background

from warraq.engine.guard import wrap

LAYOUT = "617a870678c82755"
CORNERS = tuple(f"border_{corner}_radius" for corner in ("top_left", "top_right", "bottom_right", "bottom_left"))
#: What the function sets.
BARE: dict[str, Any] = {**dict.fromkeys(CORNERS, (0, 0)), "background": None}


def mend() -> list[str]:
    """Wrap the function, once; give its name if it is not the one we know."""
    for name, value in BARE.items():
        setattr(Box, name, value)
    return wrap(background, "layout_box_backgrounds", LAYOUT, _if_there_is_any)


def _if_there_is_any(stock: Any) -> Any:
    def layout_box_backgrounds(page: Any, box: Any, *rest: Any, **named: Any) -> None:
        if named or box is page or not isinstance(box, Box) or not _is_bare(box.style):
            stock(page, box, *rest, **named)
            return
        for child in box.all_children():
            background.layout_box_backgrounds(page, child, *rest)

    return layout_box_backgrounds


def _is_bare(style: Any) -> bool:
    """Tell whether a style puts nothing behind a box; it keeps the answer."""
    known = vars(style)
    if "warraq_bare" not in known:
        known["warraq_bare"] = not (
            any((0, "px") not in style[corner] for corner in CORNERS)
            or any(style[source][0] != "none" for source in ("border_image_source", "mask_border_source"))
            or any(value for _, value in style["background_image"])
            or style["box_shadow"]
            or (style["visibility"] != "hidden" and get_color(style, "background_color").alpha)
        )
    return bool(known["warraq_bare"])
