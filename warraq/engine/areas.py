"""The areas of a page for notes, which WeasyPrint 70 lays out on pages without notes too.

`layout.page.make_page` lays out a block for notes in the margin and one for those at the foot, and
`layout.layout_document` drops them where they are empty: nobody asks where they stand. No upstream
issue is known. `block_level_layout`, as the first of these calls it, is wrapped.
"""

from __future__ import annotations

import inspect
from typing import Any

from weasyprint.formatting_structure.boxes import FootnoteAreaBox
from weasyprint.layout import page

from warraq.engine.guard import wrap, written_for

LAYOUT, MAKE = "c1301dde9284e245", "656f183328e8b1b5"
MARGIN = "@note-area"


def mend() -> list[str]:
    """Wrap the function, once; give the name of the one that is not the one we know."""
    if not written_for(inspect.unwrap(page.make_page), MAKE):
        return ["weasyprint.layout.page.make_page"]
    return wrap(page, "block_level_layout", LAYOUT, _if_not_empty)


def _if_not_empty(stock: Any) -> Any:
    def block_level_layout(context: Any, box: Any, *rest: Any, **named: Any) -> Any:
        if box.children or not (box.element_tag == MARGIN or _has_height(box)):
            return stock(context, box, *rest, **named)
        return box, None, {"break": "any", "page": None}, [], False, None

    return block_level_layout


def _has_height(box: Any) -> bool:
    """Tell whether a box is an area at the foot that has, or now gets, a height: `make_page` moves it by that."""
    if not isinstance(box, FootnoteAreaBox) or "auto" in {box.margin_top, box.margin_bottom}:
        return False
    box.height = 0 if box.height == "auto" else box.height
    return True
