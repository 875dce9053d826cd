"""Pages filled to their foot, by paragraphs set a line longer or shorter.

A page that must not end with a widow, an orphan or a heading ends a line or two early, and
faces one that does not. WeasyPrint 70 leaves it so (`layout.page.remake_page`; no upstream
issue). Here such a page is laid out again with a paragraph that takes a line more, so that
the same text reaches the foot, or a line less, so that what did not fit does: the one whose
lines suffer least from it (`looseness.py`). If nothing helps, the page stays as it was.

Whether a page is tried is told by its own depth alone, and what is chosen by its text: a
unit comes out the same whoever lays it out.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from math import inf
from typing import Any, NamedTuple

from weasyprint.formatting_structure import boxes
from weasyprint.layout import page as pages

from warraq.engine.guard import wrap
from warraq.engine.justification.breaking import Line
from warraq.engine.justification.looseness import Setting, settings
from warraq.engine.justification.style import Style, justification

REMAKE = "1ff09b2dffa17839"
#: In lines: a page that ends so much before its foot is tried, and one that ends earlier than that is not.
SHORT, EMPTY = 0.98, 2.6
#: In lines; more than rounding gives.
ROUNDING = 0.02
#: How often a page is laid out again.
TRIALS = 2
#: A paragraph of fewer lines has no line more or less in it.
FEWEST = 4


class Change(NamedTuple):
    """A paragraph that could take `lines` lines more or fewer, at the price of `demerits`."""

    line: Line
    setting: Setting
    lines: int
    demerits: float


def mend() -> list[str]:
    """Wrap the function, once; give its name if it is not the one we know."""
    return wrap(pages, "remake_page", REMAKE, _deep)


def _deep(stock: Any) -> Any:
    def remake_page(index: int, context: Any, root_box: Any, html: Any) -> Any:
        before = _State(context, index)
        result = stock(index, context, root_box, html)
        gap = _gap(context, index, result)
        if gap is None:
            return result
        after = _State(context, index)
        for changes in _moves(result[0], gap):
            undone = [_make(change) for change in changes]
            before.restore(context, index)
            again = stock(index, context, root_box, html)
            left = _gap(context, index, again, -inf)
            if left is not None and left < SHORT:
                return again
            for paragraph, measure, lines in undone:
                paragraph.plans[measure] = lines
            after.restore(context, index)
        return result

    return remake_page


class _State:
    """What laying out a page changes in WeasyPrint's context."""

    LISTS = ("footnotes", "reported_footnotes", "current_page_footnotes", "rendered_notes")

    def __init__(self, context: Any, index: int) -> None:
        self.lists = {name: list(getattr(context, name) or ()) for name in self.LISTS}
        self.broken = dict(context.broken_out_of_flow)
        self.running = {name: list(found.get(index + 1, ())) for name, found in context.running_elements.items()}
        self.maker = [(*page[:4], _copied(page[4])) for page in context.page_maker[index:]]

    def restore(self, context: Any, index: int) -> None:
        for name, found in self.lists.items():
            setattr(context, name, list(found))
        context.broken_out_of_flow = dict(self.broken)
        for name, found in context.running_elements.items():
            found.pop(index + 1, None)
            if self.running.get(name):
                found[index + 1] = list(self.running[name])
        context.page_maker[index:] = [(*page[:4], _copied(page[4])) for page in self.maker]


def _copied(state: dict[str, Any]) -> dict[str, Any]:
    return {name: list(value) if isinstance(value, list) else value for name, value in state.items()}


def _gap(context: Any, index: int, made: tuple[Any, Any], least: float = SHORT) -> float | None:
    """Tell how many lines a page ends before its foot, or None where it may: at the end, or before a break."""
    page, resume_at = made
    state = context.page_maker[index][4]
    following = context.page_maker[index + 1][1]
    if resume_at is None or following["break"] != "any" or state["content_changed"] or state["pages_wanted"]:
        return None
    root, notes, *_ = page.children
    lines = [box for box in _flow(root) if isinstance(box, boxes.LineBox) and hasattr(box, "plan")]
    leading = max((line.height for line in lines if line.plan), default=0)
    if not leading:
        return None
    foot = notes.position_y if notes.children else page.content_box_y() + page.height
    gap = float(foot - max(box.position_y + box.height for box in _flow(root))) / leading
    return gap if least <= gap <= EMPTY else None


def _flow(box: Any) -> Iterator[Any]:
    """Give the lines of a page and what else has a height, but no floats and the like."""
    if isinstance(box, (boxes.LineBox, boxes.ReplacedBox, boxes.TableBox)):
        yield box
    elif box.is_in_normal_flow():
        for child in getattr(box, "children", ()):
            yield from _flow(child)


def _moves(page: Any, gap: float) -> Iterator[tuple[Change, ...]]:
    """Give what could fill a page that lacks so many lines, the least harm first."""
    changes = sorted(_changes(page), key=lambda change: change.demerits)
    lacks = int(gap + ROUNDING)
    found: list[tuple[Change, ...]] = [(change,) for change in changes if change.lines == lacks or change.lines < 0]
    longer = [change for change in changes if change.lines == 1]
    if lacks == 2:
        found = [*((one, other) for one, other in combinations(longer[:3], 2) if one.line is not other.line), *found]
    yield from sorted(found, key=lambda move: sum(change.demerits for change in move))[:TRIALS]


def _changes(page: Any) -> Iterator[Change]:
    """List the paragraphs of a page that could be a line longer or shorter from there on."""
    root, *_ = page.children
    found: dict[int, tuple[Line, Style]] = {}
    for box in _flow(root):
        line, style = getattr(box, "plan", None), justification(box.style)
        if line and style and not line.paragraph.is_foreign:
            found.setdefault(id(line.paragraph), (line, style))
    for line, style in found.values():
        count = _count(line)
        if count >= FEWEST:
            ways = settings(line.paragraph.places, line.place, line.fills, line.measure, style)
            base = ways[count].demerits if count in ways else 0.0
            near = [to for to in ways if abs(to - count) == 1]
            yield from (Change(line, ways[to], to - count, ways[to].demerits - base) for to in near)


def _count(line: Line) -> int:
    """Count the lines of a paragraph from one on."""
    plan, place, count = line.paragraph.plans[round(line.measure, 3)], line.place, 0
    while place in plan:
        place, count = plan[place], count + 1
    return count


def _make(change: Change) -> tuple[Any, float, dict[int, int]]:
    """Set a paragraph so; give what is needed to set it as it was."""
    paragraph, measure = change.line.paragraph, round(change.line.measure, 3)
    before = paragraph.plans[measure]
    earlier = {place: following for place, following in before.items() if place < change.line.place}
    paragraph.plans[measure] = earlier | change.setting.lines
    return paragraph, measure, before
