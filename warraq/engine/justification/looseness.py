"""A paragraph set a line longer or a line shorter than it is at its best (TeX's looseness).

The search is that of `total_fit`, told apart by the number of lines too (Knuth and Plass 1981,
"Looseness"). It has narrower bounds, since nobody asked for these lines: a page is better a
line short than with lines that can be seen to be loose. Nothing here knows WeasyPrint.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import NamedTuple

from warraq.engine.justification.style import Style
from warraq.engine.justification.total_fit import LOOSEST, UNLIKE, Node, Places, Search, filled

#: Bounds of the stretch of spaces, once kashidas at the best places have taken their share; others may take more.
TIGHTEST, MOST = -0.25, 0.42
#: In measures: a last line that is made is no shorter than this.
LAST = 0.15
#: Nodes are known by fitness class and number of lines, so many apart.
CLASSES = 4


class Setting(NamedTuple):
    """A way to set a paragraph: its demerits, and for each place where a line begins the next."""

    demerits: float
    lines: dict[int, int]


def settings(places: Places, start: int, first: float, rest: float, style: Style) -> dict[int, Setting]:
    """Give the best ways to set a paragraph from the place `start` to its end, by how many lines they take.

    `first` and `rest` are the widths in px of the first line and of the others.
    """
    search = Counted(places, style, start, len(places.offsets) - 1, LOOSEST, inf)
    if places.forced or not search.run(first, rest):
        return {}
    best: dict[int, tuple[float, int]] = {}
    for key, node in search.nodes[search.last].items():
        count = key // CLASSES
        best[count] = min(best.get(count, (node.demerits, key)), (node.demerits, key))
    return {count: Setting(demerits, search.way(key)) for count, (demerits, key) in best.items()}


@dataclass(slots=True)
class Counted(Search):
    """A search whose nodes tell how many lines lead to them."""

    def _extend(self, place: int, width: float) -> None:
        """Try all lines that may begin at a place, from all of its nodes, and keep what is better than before."""
        nodes = self.nodes
        here = [(before, node.demerits) for before, node in nodes[place].items()]
        for end, cost, fitness in self._ways(place, width):
            if not self._is_fair(place, end, width):
                continue
            reached = nodes.setdefault(end, {})
            for before, demerits in here:
                total = demerits + cost
                if abs(before % CLASSES - fitness) > 1:
                    total += UNLIKE
                key = (before // CLASSES + 1) * CLASSES + fitness
                if key not in reached or total < reached[key].demerits:
                    reached[key] = Node(total, (place, before))

    def _is_fair(self, place: int, end: int, width: float) -> bool:
        """Tell whether a line is neither so loose nor so tight that it would be seen."""
        places, style = self.places, self.style
        natural = places.until[end] - places.begin[place]
        spaces = places.spaces_until[end] - places.spaces_begin[place]
        room = places.space * (spaces or 1)
        stretch = (width - natural) / room
        if end == self.last and stretch >= 0:
            return natural > LAST * width
        words = places.stretchable[end] - places.stretchable[place]
        return TIGHTEST <= filled(stretch, room, words, places.em, style)[0] <= MOST
