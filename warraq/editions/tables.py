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
#: The mean width of a letter and the width in which words still read well, in em; the padding
#: of a cell, and that of a cell of a small table.
LETTER, COMFORT, PADDING, TIGHT = 0.4, 5.0, 1.0, 0.7
#: Rows up to which a table is not worth a page of its own.
FEW = 4
_CHOSEN = ("small", "turned", "wide")


def fit(tree: Element, shape: Geometry) -> None:
    """Give each table of a tree that is too wide for the measure a class that makes it fit."""
    for figure in tree.iter("figure"):
        table = figure.find("table")
        if table is None or any(has_class(figure, name) for name in _CHOSEN):
            continue
        columns, room = list(_columns(table)), shape.measure / (shape.size * SCALE)
        comfortable = sum(max(min(column, COMFORT), word) + PADDING for word, column in columns)
        least = sum(word + TIGHT for word, _ in columns)
        is_low = len(list(table.iter("tr"))) <= FEW
        if comfortable > room:
            crowded = least if is_low else comfortable
            add_class(figure, "small" if crowded <= room / SMALL else "turned")


def _columns(table: Element) -> Iterator[tuple[float, float]]:
    """Give the widths of the longest word and of the longest text of each column."""
    rows = [[text_of(cell) for cell in row] for row in table.iter("tr") if not any(map(_is_spread, row))]
    for at in range(max(map(len, rows), default=0)):
        texts = [row[at] for row in rows if at < len(row)]
        word = max((len(word) for text in texts for word in text.split()), default=0)
        yield word * LETTER, max(map(len, texts)) * LETTER


def _is_spread(cell: Element) -> bool:
    return cell.get("colspan", "1") != "1"
