"""Where the lines of a paragraph end, chosen for all of them together.

The method is that of Knuth and Plass (Breaking Paragraphs into Lines, Software: Practice and
Experience 11, 1981): of all ways to break a paragraph the one with the least demerits is
found by dynamic programming. Demerits grow with the cube of how far the spaces of a line
are from their natural width, with the penalties of the places where it breaks, and where
neighbouring lines differ much in colour (fitness classes).

What is Arabic about it: a line that is too loose may be filled with kashidas, so that its
spaces are judged by what the kashidas leave to them, and the kashidas have a price of
their own. Nothing here knows WeasyPrint.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from math import ceil, inf
from typing import NamedTuple

from warraq.engine.justification.style import Style

#: Demerits where the spaces of two neighbouring lines are two fitness classes apart or more.
UNLIKE = 1000.0
#: Demerits of a last line that is nearly empty.
RUNT = 1e6
#: The least share of the measure that a last line fills; a shorter one is a runt.
LEAST_LAST = 0.2
#: Spaces stretched beyond this are taken only where there is no other way.
LOOSEST = 1.0
#: What a kashida costs: a line with none is better where spaces are as good.
KASHIDA = 20.0
#: In demerits: lines with more are tried with narrower spaces too, by so much of a space.
POOR, NARROWER = 2e6, 0.08
#: No line costs more, so that sums stay exact.
WORST = 1e12
#: Upper bounds of the stretch of spaces in the fitness classes tight, decent, loose.
CLASSES = (-0.06, 0.16, 0.4)


@dataclass(slots=True)
class Places:
    """Where the lines of a paragraph may begin; all lists run alongside `offsets`.

    `offsets` are bytes, the first 0 and the last the length of the text. `ends` are where the
    line before ends, without its spaces. `begin` and `until` are the widths in px of all that
    stands before an offset and before an end, `spaces_begin` and `spaces_until` the numbers
    of spaces there, `stretchable` the number of words that could take a kashida.
    """

    offsets: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    begin: list[float] = field(default_factory=list)
    until: list[float] = field(default_factory=list)
    spaces_begin: list[int] = field(default_factory=list)
    spaces_until: list[int] = field(default_factory=list)
    stretchable: list[int] = field(default_factory=list)
    penalties: list[float] = field(default_factory=list)
    forced: list[int] = field(default_factory=list)
    space: float = 4.0
    em: float = 16.0


class Node(NamedTuple):
    """The best way to reach a place with a line of some fitness class: the place and class before."""

    demerits: float
    before: tuple[int, int] | None


def plan(places: Places, start: int, first: float, rest: float, style: Style) -> dict[int, int] | None:
    """Choose the lines from the place `start` to the next forced break or the end.

    `first` and `rest` are the widths in px of the first line and of the others. Gives for
    each place where a line begins the place where the next one does; None if there is no way.
    """
    last = next((place for place in places.forced if place > start), len(places.offsets) - 1)
    for tried, loosest, bound in ((style, LOOSEST, POOR), (narrower(style), LOOSEST, inf), (style, inf, inf)):
        search = Search(places, tried, start, last, loosest, bound)
        if search.run(first, rest):
            return search.lines()
    return None


def narrower(style: Style) -> Style:
    """Give the parameters for lines that are poor with spaces as wide as this."""
    return replace(style, least_space=style.least_space - NARROWER)


@dataclass(slots=True)
class Search:
    """A search for the best lines between two places; `nodes` are those of each place by fitness class.

    Ways of `bound` demerits or more are not followed.
    """

    places: Places
    style: Style
    start: int
    last: int
    loosest: float
    bound: float
    nodes: dict[int, dict[int, Node]] = field(default_factory=dict)

    def run(self, first: float, rest: float) -> bool:
        """Tell whether the end can be reached."""
        self.nodes = {self.start: {1: Node(0.0, None)}}
        for place in range(self.start, self.last):
            if place in self.nodes:
                self._extend(place, first if place == self.start else rest)
        return self.last in self.nodes

    def _extend(self, place: int, width: float) -> None:
        """Try all lines that may begin at a place, from all of its nodes, and keep what is better than before."""
        nodes, bound = self.nodes, self.bound
        here = [(before, node.demerits) for before, node in nodes[place].items()]
        for end, cost, fitness in self._ways(place, width):
            for before, demerits in here:
                total = demerits + cost
                if abs(before - fitness) > 1:
                    total += UNLIKE
                if total < bound:
                    reached = nodes.setdefault(end, {})
                    if fitness not in reached or total < reached[fitness].demerits:
                        reached[fitness] = Node(total, (place, before))

    def _candidates(self, place: int, width: float) -> range:
        """Give the places at which a line that begins here may end, neither too full nor too loose.

        The exact tests come with each candidate: no line of text is more than a fifth of
        spaces. Without any that fits, the first place is given, however wide the line.
        """
        until, limit = self.places.until, self.places.begin[place] + width
        beyond = bisect_right(until, limit + (1 - self.style.least_space) * width * 0.25, place + 1, self.last + 1)
        if self.loosest == inf:
            return range(place + 1, max(beyond, place + 2))
        begin = bisect_left(until, limit - self.loosest * width * 0.25, place + 1, self.last)
        return range(begin, beyond)

    def _ways(self, place: int, width: float) -> Iterator[tuple[int, float, int]]:
        """Give the lines that may begin at a place and are not too wide: where each ends, demerits, fitness class."""
        places, style = self.places, self.style
        begin, spaces_before, words_before = places.begin[place], places.spaces_begin[place], places.stretchable[place]
        until, spaces_until, tightest = places.until, places.spaces_until, style.least_space - 1
        for end in self._candidates(place, width):
            natural = until[end] - begin
            spaces = spaces_until[end] - spaces_before
            room = places.space * (spaces or 1)
            stretch = (width - natural) / room
            if stretch < 0 and (stretch < tightest or not spaces) and end > place + 1:
                continue
            penalty = places.penalties[end]
            if end == self.last:
                if stretch >= 0:
                    yield end, max(0.0, RUNT * (1 - natural / width / LEAST_LAST)), 1
                    continue
                penalty = 0.0
            elif stretch > style.tolerance and style.most and spaces:
                words = places.stretchable[end] - words_before
                stretch, count = filled(stretch, room, words, places.em, style)
                penalty += count * KASHIDA
            badness = 100 * (abs(stretch) / (style.stretch if stretch > 0 else style.shrink)) ** 3
            yield end, min((1 + badness + penalty) ** 2, WORST), bisect_left(CLASSES, stretch)

    def best(self) -> tuple[float, int]:
        """Give the least demerits at the end, with the fitness class."""
        return min((node.demerits, fitness) for fitness, node in self.nodes[self.last].items())

    def lines(self) -> dict[int, int]:
        """Follow the best way back from the end."""
        return self.way(self.best()[1])

    def way(self, fitness: int) -> dict[int, int]:
        """Follow the way back from a node of the end."""
        place, lines = self.last, {}
        while before := self.nodes[place][fitness].before:
            lines[before[0]] = place
            place, fitness = before
        return lines


def filled(stretch: float, room: float, words: int, em: float, style: Style) -> tuple[float, int]:
    """Tell what kashidas leave to the spaces of a line, and how many it takes.

    `room` is the width in px of its spaces, `words` the number of its words that have a
    place for a kashida.
    """
    longest = style.longest * em
    most = min(style.most, words // 2 if style.sparing else words * 2 // 3)
    wanted = (stretch - style.target) * style.share * room
    if stretch <= style.tolerance or wanted <= 0 or not most:
        return stretch, 0
    count = min(most, ceil(wanted / longest))
    return stretch - min(wanted, count * longest) / room, count
