"""Used lengths of boxes, which WeasyPrint 70 works out anew for each box that it lays out.

`layout.percent.resolve_percentages` looks up, tests and sets twenty lengths. Those of a style
without percentages depend on nothing else, so they are kept with the style and set at one
stroke. Styles that WeasyPrint copies are the ones that it changes: they keep nothing.
No upstream issue is known.
"""

from __future__ import annotations

import inspect
from typing import Any

from weasyprint.css import AnonymousStyle, ComputedStyle
from weasyprint.layout import block, inline, page, table

from warraq.engine.guard import wrap, written_for

RESOLVE = "71673078096fcf87"
COPIES = ((ComputedStyle, "4398a49b631bf992"), (AnonymousStyle, "2490632fa445a0d8"))
SIDES = ("top", "right", "bottom", "left")
LENGTHS = (
    *(f"{kind}_{side}" for kind in ("margin", "padding") for side in SIDES),
    *("width", "min_width", "max_width", "height", "min_height", "max_height"),
)
LEAST = ("min_width", "min_height")
BORDERS = tuple(f"border_{side}_width" for side in SIDES)


def mend() -> list[str]:
    """Wrap the functions, all or none; give the names of those that are not the ones we know."""
    places: list[tuple[Any, str, str, Any]] = [(style, "copy", digest, _flagged) for style, digest in COPIES]
    places += [(module, "resolve_percentages", RESOLVE, _kept) for module in (inline, block, page, table)]
    unknown = [
        f"{owner.__name__}.{name}"
        for owner, name, digest, _wrapper in places
        if not written_for(inspect.unwrap(getattr(owner, name)), digest)
    ]
    return unknown or [name for place in places for name in wrap(*place)]


def _flagged(stock: Any) -> Any:
    def copy(self: Any) -> Any:
        copied = stock(self)
        copied.warraq_lengths = None
        return copied

    return copy


def _kept(stock: Any) -> Any:
    def resolve_percentages(box: Any, containing_block: Any) -> None:
        style = vars(box.style)
        if "warraq_lengths" not in style:
            style["warraq_lengths"] = _lengths(box.style)
        lengths = style["warraq_lengths"]
        if lengths is None:
            stock(box, containing_block)
        else:
            vars(box).update(lengths)

    return resolve_percentages


def _lengths(style: Any) -> dict[str, Any] | None:
    """Give the used lengths that a style sets, or None if they depend on more."""
    if style["border_collapse"] == "collapse" or style["box_sizing"] != "content-box":
        return None
    lengths: dict[str, Any] = {}
    for name in LENGTHS:
        value = style[name]
        if value is None or value == "auto":
            lengths[name] = 0 if value and name in LEAST else value
        elif getattr(value, "unit", None) == "px":
            lengths[name] = value.value
        else:
            return None
    lengths.update((name, style[name]) for name in BORDERS)
    return lengths
