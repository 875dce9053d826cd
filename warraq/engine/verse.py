"""Poems made as wide as their longest hemistich asks, without a table to find it out.

A table lays each cell out twice to learn how wide its columns are: a third of the time that a
diwan takes. The style sheet sets hemistichs as blocks in shares of the poem's width, and
here that width is found: HarfBuzz tells at little cost which hemistichs are the longest, and
these are measured as they are laid out, no others.
Where they do not fit beside each other, each stands below the one before and further in.

CSS has no width that depends on the widest of several boxes but `max-content` of tables, flex
and grid, so there is no upstream issue; `block_box_layout` is where WeasyPrint 70 settles the
widths of blocks.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from weasyprint.css.properties import Dimension
from weasyprint.layout import block
from weasyprint.layout.preferred import max_content_width

from warraq.engine.guard import wrap
from warraq.engine.justification.shaper import shaper

LAYOUT = "a6279066e3d9ff7d"
#: The share of a poem's width that one of so many hemistichs has (`type.css`).
SHARES = {2: 0.45, 3: 0.3, 4: 0.22, 5: 0.176, 6: 0.145}
#: Hemistichs of a poem that are measured, of each number in a line.
MEASURED = 3
#: Below this space between columns, in em, they are set in steps.
LEAST_GAP = 0.9
#: Keeps rounding from breaking the longest one, in px.
ROOM = 0.5


def mend() -> list[str]:
    """Wrap the function, once; give its name if it is not the one we know."""
    return wrap(block, "block_box_layout", LAYOUT, _measuring)


def _measuring(stock: Any) -> Any:
    def block_box_layout(context: Any, box: Any, *rest: Any, **named: Any) -> Any:
        if _is_poem(box):
            _set_width(context, box, rest[2].width)
        return stock(context, box, *rest, **named)

    return block_box_layout


def _is_poem(box: Any) -> bool:
    element = box.element
    if element is None or box.element_tag not in {"div", "span"}:
        return False
    names = element.get("class", "").split()
    return "verse" in names and "free" not in names


def _set_width(context: Any, poem: Any, available: float) -> None:
    """Settle the used width of a poem's box, which a page break does not change."""
    columns = getattr(poem, "warraq_columns", None)
    if columns is None:
        columns = poem.warraq_columns = _columns(context, poem)
        _fit(context, poem, columns, available)
    if not columns:
        return
    poem.width = min(_natural_width(columns), available)
    # Not `auto`: WeasyPrint counts that twice in right-to-left blocks.
    poem.margin_left = poem.margin_right = (available - poem.width) / 2


def _natural_width(columns: dict[int, float]) -> float:
    return max(width / SHARES.get(count, 1) for count, width in columns.items())


def _columns(context: Any, poem: Any) -> dict[int, float]:
    """Measure how wide the columns must be, by how many hemistichs a line has."""
    found: dict[int, list[Any]] = {}
    for halves in _lines(poem):
        found.setdefault(len(halves), []).extend(halves)
    return {count: _widest(context, halves) for count, halves in found.items()}


def _widest(context: Any, halves: list[Any]) -> float:
    longest = sorted(halves, key=_length)[-MEASURED:]
    return ROOM + max(float(max_content_width(context, half, outer=False)) for half in longest)


def _lines(poem: Any) -> Iterator[list[Any]]:
    """Give the hemistichs of all lines that have several."""
    for line in poem.children:
        halves = [half for half in line.children if half.element_tag in {"span", "div"}]
        if len(halves) > 1 and "bayt" in (line.element.get("class") or "").split():
            yield halves


def _length(half: Any) -> float:
    return shaper(half.style).width("".join(half.element.itertext()).strip())


def _fit(context: Any, poem: Any, columns: dict[int, float], available: float) -> None:
    """Narrow the space between columns that are too wide together, or set them in steps."""
    for halves in _lines(poem):
        count, width = len(halves), columns[len(halves)]
        if width / SHARES.get(count, 1) <= available:
            continue
        gap = (available - width * count) / (count - 1)
        is_stepped = gap < LEAST_GAP * halves[0].style["font_size"]
        for at, half in enumerate(halves):
            if is_stepped:
                width = min(max_content_width(context, half, outer=False) + ROOM, available)
            start = (available - width) * at / (count - 1)
            _place(half, width, start, 0 if is_stepped else None)


def _place(half: Any, width: float, start: float, top: float | None) -> None:
    # A style is shared by the hemistichs of all poems that the same rules match.
    half.style = half.style.copy()
    side = "margin_right" if half.style["direction"] == "rtl" else "margin_left"
    half.style["width"], half.style[side] = Dimension(width, "px"), Dimension(start, "px")
    if top is not None:
        half.style["margin_top"] = Dimension(top, "px")
