"""Laid-out pages given the paint and the bleed of another edition that they are the same for (`kinship`).

The boxes stay where they are. Those of elements that the other edition paints otherwise get
styles with its values; each page gets its bleed.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Any

import weasyprint
from weasyprint.css import AnonymousStyle, ComputedStyle, get_all_computed_styles
from weasyprint.layout.page import set_page_type_computed_styles

from warraq.engine.kinship import Difference
from warraq.engine.walks import placed

SIDES = ("top", "right", "bottom", "left")


def repainted(
    document: Any, difference: Difference, sheets: Sequence[Any], shared: dict[str, Any]
) -> tuple[Any | None, bool]:
    """Give a laid-out document as another edition has it, and whether anything in it is painted otherwise.

    There is none if the other edition lays it out otherwise. `sheets` are its style sheets.
    The document's own boxes are changed: it must be drawn before.
    """
    html = document._html  # noqa: SLF001 - there is no public way to the elements
    if _are_met(html, difference.apart) or any(map(_has_ground, document.pages)):
        return None, False
    painted = _are_met(html, difference.painted)
    styles = _styles(html if painted else weasyprint.HTML(string="<html></html>"), sheets, shared)
    if painted and not _paint(document, styles, difference.paint):
        return None, True
    other = document.copy([_page(page, styles) for page in document.pages])
    other._html = html  # noqa: SLF001 - as above
    return other, painted


class _Styles:
    """The computed styles of a document in an edition."""

    def __init__(self, html: Any, style_for: Any) -> None:
        self.html, self.style_for = html, style_for

    def page(self, kind: Any) -> Any:
        """Compute the style of a page of some kind."""
        set_page_type_computed_styles(kind, self.html, self.style_for)
        return self.style_for(kind)

    def of(self, box: Any) -> Any:
        """Give the style of a box that an element or a pseudo-element has made, or None."""
        styles = self.style_for.get_computed_styles()
        return styles.get((box.element, box.style.pseudo_type)) if isinstance(box.style, ComputedStyle) else None


def _styles(html: Any, sheets: Sequence[Any], shared: dict[str, Any]) -> _Styles:
    style_for = get_all_computed_styles(html, sheets, presentational_hints=True, **shared)
    return _Styles(html, style_for)


def _are_met(html: Any, selectors: Sequence[str]) -> bool:
    """Tell whether there is an element that one of the selectors is for."""
    return bool(selectors) and next(html.wrapper_element.query_all(*selectors), None) is not None


def _has_ground(page: Any) -> bool:
    """Tell whether something is drawn behind all of a page: the layout made it as large as the bleed."""
    ground = page._page_box.background  # noqa: SLF001 - there is no public way to the boxes
    return ground is not None and bool(ground.color.alpha or any(layer.image for layer in ground.layers))


def _page(page: Any, styles: _Styles) -> Any:
    """Give a page its bleed."""
    other, box = copy.copy(page), page._page_box  # noqa: SLF001 - as above
    style, new = box.style.copy(), styles.page(box.page_type)
    style.update({f"bleed_{side}": new[f"bleed_{side}"] for side in SIDES}, marks=new["marks"])
    box.style = style
    other.bleed = {side: style[f"bleed_{side}"].value for side in SIDES}
    return other


def _paint(document: Any, styles: _Styles, names: Sequence[str]) -> bool:
    """Paint all boxes; tell whether that was all that is to be done."""
    keys = tuple(name.replace("-", "_") for name in names)
    root = document._html.etree_element  # noqa: SLF001 - as above
    brush = _Brush(styles, keys)
    for page in document.pages:
        for child in page._page_box.children:  # noqa: SLF001 - as above
            brush.paint(child, None)
    # Pages inherit from the root; collapsed borders were given their colours by the layout.
    return not (brush.collapsed or brush.met(root))


class _Brush:
    """Gives boxes styles with other values of some properties, all of them inherited."""

    def __init__(self, styles: _Styles, keys: tuple[str, ...]) -> None:
        self._styles, self._keys = styles, keys
        self._made: dict[tuple[int, tuple[Any, ...]], tuple[Any, Any]] = {}
        self._elements: set[int] = set()
        self.collapsed = False

    def met(self, element: Any) -> bool:
        """Tell whether a box of an element had to be painted."""
        return id(element) in self._elements

    def paint(self, box: Any, around: tuple[Any, ...] | None) -> None:
        """Paint a box and all in it; `around` are the values around it, if other than they were."""
        box = placed(box)
        values = self._values(box, around)
        if values is not None:
            box.style = self._style(box.style, values)
            self.collapsed |= box.style["border_collapse"] == "collapse" and "table" in box.style["display"]
            self._elements.add(id(box.element))
        for child in getattr(box, "children", ()):
            self.paint(child, values)

    def _values(self, box: Any, around: tuple[Any, ...] | None) -> tuple[Any, ...] | None:
        """Give the values that a box is to have, or None if it has them."""
        new = self._styles.of(box)
        if new is not None:
            values = tuple(new[key] for key in self._keys)
        elif isinstance(box.style, AnonymousStyle) and around is not None:
            values = around
        else:
            return None
        return values if values != tuple(box.style[key] for key in self._keys) else None

    def _style(self, style: Any, values: tuple[Any, ...]) -> Any:
        """Make the style once for all boxes that share it; the old one is held, so that its id stays its own."""
        key = (id(style), values)
        if key not in self._made:
            new = style.copy()
            new.update(zip(self._keys, values, strict=True))
            self._made[key] = style, new
        return self._made[key][1]
