"""Which words of a line get a kashida: few, the best, apart from each other and from those above.

Nothing here knows WeasyPrint.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil, inf
from typing import NamedTuple

from warraq.engine.justification.style import Style

#: In em: no stroke stands nearer than this to one of the line above, to the right or the left.
BELOW = 0.9
#: How much a place loses right below a stroke of the two lines above, and in em up to where it loses.
RIVER, STREAM = 5.0, 3.0
#: How much a place loses for each word that it is nearer to another kashida than even spacing has it.
CROWDED = 1.5
#: In tatweels: Amiri draws up to so many as one stroke.
LONGEST = 7
#: In em: a shorter stroke looks like an accident.
SHORTEST = 0.2
#: A stroke may be so much longer than is wanted if that saves another one.
ROUNDING = 1.1


class Candidate(NamedTuple):
    """A word that can take a kashida: its number in the line, how good its place is, and where.

    `x` is the distance in px from the left edge of the page, `length` the number of its
    letters; `box` and `at` are the number of its text box and the index in its text.
    """

    word: int
    priority: int
    x: float
    length: int
    box: int
    at: int


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a choice has regard to: the number of words of the line, its em in px, the strokes above.

    `above` are the distances in px from the left edge of the page of the strokes of the line
    right above, `further` of those of the line above that.
    """

    words: int
    em: float
    above: Sequence[float] = ()
    further: Sequence[float] = ()


def choose(candidates: Sequence[Candidate], count: int, around: Surroundings) -> list[Candidate]:
    """Choose at most `count` words of a line, none beside another, none right below a stroke."""
    free = list(_weighed(candidates, around))
    even = around.words / (count + 1)
    chosen: list[Candidate] = []
    while free and len(chosen) < count:
        best = min([(_cost(one, river, chosen, even), -one.length, one.word, one) for one, river in free])[-1]
        chosen.append(best)
        free = [(one, river) for one, river in free if abs(one.word - best.word) > 1]
    return chosen


def _weighed(candidates: Sequence[Candidate], around: Surroundings) -> Iterator[tuple[Candidate, float]]:
    """Give the words that are not right below a stroke, and what they lose for strokes of both lines above."""
    nearest = BELOW * around.em
    for one in candidates:
        above = _distance(one.x, around.above)
        if above >= nearest:
            distance = min(above, _distance(one.x, around.further)) / around.em
            yield one, RIVER * max(0.0, 1 - distance / STREAM)


def _cost(one: Candidate, river: float, chosen: Sequence[Candidate], even: float) -> float:
    """Weigh a place: its priority, how near it is to those that are chosen, and to strokes above."""
    nearest = min([abs(one.word - other.word) for other in chosen]) if chosen else even
    return one.priority + CROWDED * max(0.0, even - nearest) + river


def _distance(x: float, strokes: Sequence[float]) -> float:
    return min([abs(x - other) for other in strokes]) if strokes else inf


class Strokes(NamedTuple):
    """The kashidas of a line, all alike: how many, of how many tatweels each, and how long in px."""

    number: int
    tatweels: int
    length: float


def share(wanted: float, places: int, tatweel: float, around: Surroundings, longest: float) -> Strokes | None:
    """Share a width in px among kashidas, as few as do; `longest` is the longest that reads well, in em."""
    number = min(places, ceil(wanted / (longest * around.em * ROUNDING)))
    if not number or not tatweel:
        return None
    length = min(wanted / number, longest * around.em * ROUNDING)
    if length < SHORTEST * around.em:
        return None
    return Strokes(number, min(max(round(length / tatweel), 1), LONGEST), length)


def wanted(stretch: float, room: float, style: Style) -> float:
    """Give the width in px that kashidas should take on a line, whose spaces have `room` px."""
    return max(0.0, (stretch - style.target) * style.share * room) if stretch > style.tolerance else 0.0
