"""The styles of a page and of its margin boxes, made once for all pages that the same rules match.

WeasyPrint 70 makes them anew for each page (`layout.page.set_page_type_computed_styles`), and
goes through those of all pages before to find them, which is quadratic. No upstream issue is
known. The function is wrapped, not replaced.
"""

from __future__ import annotations

from typing import Any

from weasyprint.css import StyleFor
from weasyprint.layout import page

from warraq.engine.guard import wrap, written_for

SET, ADD, MATCH = "4e68b396b35c4a06", "78e388ade2325011", "e81e6a05201f0643"


def mend() -> list[str]:
    """Wrap the function, once; give the names of those that are not the ones we know."""
    relied_on = {"add_page_declarations": ADD, "_page_type_match": MATCH}
    unknown = [name for name, digest in relied_on.items() if not written_for(getattr(StyleFor, name), digest)]
    return unknown or wrap(page, "set_page_type_computed_styles", SET, _once_a_kind)


def _once_a_kind(stock: Any) -> Any:
    def set_page_type_computed_styles(page_type: Any, html: Any, style_for: Any) -> None:
        known = vars(style_for).setdefault("warraq_kinds", {})
        rules, computed = _rules(page_type, style_for), style_for.get_computed_styles()
        if rules in known:
            computed.update(((page_type, box), style) for box, style in known[rules])
            return
        stock(page_type, html, style_for)
        boxes = [box for kind, box in style_for.get_cascaded_styles() if box and kind == page_type]
        known[rules] = [(box, computed[page_type, box]) for box in (None, *boxes)]
        style_for.get_cascaded_styles().clear()

    return set_page_type_computed_styles


def _rules(page_type: Any, style_for: Any) -> tuple[int, ...]:
    """Give the numbers of the rules that match a page."""
    sheets, match = style_for._sheets, style_for._page_type_match  # noqa: SLF001 - there is no public way to them
    rules = (rule for sheet, *_ in sheets for rule in sheet.page_rules)
    selectors = (selector for _rule, listed, _declarations in rules for _, _, selector in listed)
    return tuple(number for number, selector in enumerate(selectors) if match(selector, page_type))
