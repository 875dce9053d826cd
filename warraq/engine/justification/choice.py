"""Which words of a line get a kashida: few, the best, apart from each other and from those above.

Nothing here knows WeasyPrint.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from warraq.engine.justification.style import Style

#: In em: strokes nearer than this below one another are a river.
RIVER = 1.6
#: How much a place loses for each word that it is nearer to another kashida than even spacing has it.
CROWDED = 1.5
#: So much of a tatweel does not count.
ROUNDING = 0.1


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word that can take a kashida: its number in the line, how good its place is, and where.

    `x` is the distance in px from the beginning of the line, `length` the number of its
    letters; `box` and `at` are the number of its text box and the index in its text.
    """

    word: int
    priority: int
    x: float
    length: int
    box: int
    at: int


def choose(
    candidates: Sequence[Candidate], count: int, words: int, above: Sequence[float], em: float
) -> list[Candidate]:
    """Choose at most `count` words of a line, none beside another, none below one of `above`.

    `words` is the number of words of the line, `above` are distances from the beginning of
    the line of the strokes of the lines right above.
    """
    free = [one for one in candidates if all(abs(one.x - other) >= RIVER * em for other in above)]
    even = words / (count + 1)
    chosen: list[Candidate] = []
    while free and len(chosen) < count:
        best = min(free, key=lambda one: (_cost(one, chosen, even), -one.length, one.word))
        chosen.append(best)
        free = [one for one in free if abs(one.word - best.word) > 1]
    return chosen


def _cost(one: Candidate, chosen: Sequence[Candidate], even: float) -> float:
    """Weigh a place: its priority, and how near it is to those that are chosen."""
    nearest = min((abs(one.word - other.word) for other in chosen), default=even)
    return one.priority + CROWDED * max(0.0, even - nearest)


def counts(wanted: float, places: int, tatweel: float, longest: float) -> list[int]:
    """Share a width in px among kashidas, in tatweels: as few kashidas as do, of lengths as even as can be."""
    most = int(longest / tatweel + ROUNDING) if tatweel else 0
    whole = min(round(wanted / tatweel), places * most) if most else 0
    if not whole:
        return []
    number = ceil(whole / most)
    return [whole // number + (index < whole % number) for index in range(number)]


def wanted(stretch: float, room: float, style: Style) -> float:
    """Give the width in px that kashidas should take on a line, whose spaces have `room` px."""
    return max(0.0, (stretch - style.target) * style.share * room) if stretch > style.tolerance else 0.0
