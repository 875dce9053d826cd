"""Tables too wide for a page: set smaller, or turned on a page of their own.

What a table needs is estimated from its words, before anything is laid out: a column is as
wide as its longest word, and no narrower than a few words of what it holds. An author's
class (`small`, `turned`, `wide`) on the figure has the last word.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from warraq.editions.geometry import Geometry
from warraq.reading.trees import add_class, has_class, text_of

#: The size of a table's text against that of running text, and that of a small one against it.
SCALE, SMALL = 0.88, 0.82
#: The mean width of a letter, the padding of a cell, and the width in which words still
#: read well, in em.
LETTER, PADDING, COMFORT = 0.45, 1.0, 5.0
_CHOSEN = ("small", "turned", "wide")


def fit(tree: Element, shape: Geometry) -> None:
    """Give each table of a tree that is too wide for the measure a class that makes it fit."""
    for figure in tree.iter("figure"):
        table = figure.find("table")
        if table is None or any(has_class(figure, name) for name in _CHOSEN):
            continue
        needed, room = width(table), shape.measure / (shape.size * SCALE)
        if needed > room / SMALL:
            add_class(figure, "turned")
        elif needed > room:
            add_class(figure, "small")


def width(table: Element) -> float:
    """Estimate the width that a table needs, in em of its text."""
    return sum(max(min(column, COMFORT), word) + PADDING for word, column in _columns(table))


def _columns(table: Element) -> Iterator[tuple[float, float]]:
    """Give the widths of the longest word and of the longest text of each column."""
    rows = [[text_of(cell) for cell in row] for row in table.iter("tr") if not any(map(_is_spread, row))]
    for at in range(max(map(len, rows), default=0)):
        texts = [row[at] for row in rows if at < len(row)]
        word = max((len(word) for text in texts for word in text.split()), default=0)
        yield word * LETTER, max(map(len, texts)) * LETTER


def _is_spread(cell: Element) -> bool:
    return cell.get("colspan", "1") != "1"
