"""The choice of lines for a whole paragraph, on paragraphs of boxes as long as told."""

from __future__ import annotations

import itertools

import pytest

from warraq.engine.justification.style import PRESETS, Style
from warraq.engine.justification.total_fit import Places, filled, plan

SPACES = PRESETS["spaces"]


def paragraph(*words: float, space: float = 5.0) -> Places:
    """Make a paragraph of words of these widths, a byte a word."""
    places = Places(space=space, em=16.0)
    for index in range(len(words) + 1):
        places.offsets.append(index)
        places.ends.append(index)
        places.begin.append(sum(words[:index]) + space * index)
        places.until.append(max(0.0, sum(words[:index]) + space * (index - 1)))
        places.spaces_begin.append(index)
        places.spaces_until.append(max(0, index - 1))
        places.stretchable.append(0)
        places.penalties.append(0.0)
    return places


def lines(places: Places, width: float, style: Style = SPACES) -> list[int]:
    """Give the places where lines end."""
    found = plan(places, 0, width, width, style)
    assert found is not None
    ends = [0]
    while ends[-1] in found:
        ends.append(found[ends[-1]])
    return ends[1:]


def stretches(places: Places, ends: list[int], width: float) -> list[float]:
    pairs = itertools.pairwise([0, *ends[:-1]])
    return [
        (width - places.until[end] + places.begin[begin])
        / (places.space * (places.spaces_until[end] - places.spaces_begin[begin]))
        for begin, end in pairs
    ]


#: Widths in px as words of a text have them.
WORDS = [17.0, 31, 24, 9, 40, 22, 35, 14, 28, 19, 33, 12, 26, 38, 21, 16, 30, 25, 11, 36] * 4


def greedy(places: Places, width: float) -> list[int]:
    """Fill each line with as many words as it holds."""
    ends, begin = [], 0
    while begin < len(places.offsets) - 1:
        limit = places.begin[begin] + width
        begin = max(end for end in range(begin + 1, len(places.offsets)) if places.until[end] <= limit)
        ends.append(begin)
    return ends


def test_lines_are_more_even_than_one_by_one() -> None:
    places = paragraph(*WORDS)
    for width in (180, 210, 240):
        even, full = lines(places, width), greedy(places, width)
        assert max(stretches(places, even, width)[:-1]) <= max(stretches(places, full, width)[:-1])
        assert len(even) <= len(full) + 1


def test_spaces_shrink_to_the_bound_and_no_further() -> None:
    places = paragraph(*[15.0] * 10)
    for width in range(70, 100, 3):
        assert min(stretches(places, lines(places, width), width)) >= SPACES.least_space - 1


def test_no_last_line_of_one_short_word() -> None:
    for width in range(170, 260, 4):
        places = paragraph(*WORDS[:60], 8)
        *_, begin, end = lines(places, width)
        assert end - begin > 1


def test_a_dear_place_is_avoided() -> None:
    places = paragraph(*WORDS)
    first = lines(places, 420)[0]
    places.penalties[first] = 1000.0
    assert lines(places, 420)[0] != first


def test_a_word_wider_than_the_line_stands_alone() -> None:
    assert lines(paragraph(20, 300, 20, 20), 100) == [1, 2, 4]


def test_a_forced_break_ends_the_plan() -> None:
    places = paragraph(*[20.0] * 6)
    places.forced.append(3)
    assert lines(places, 400) == [3]


def test_kashidas_take_what_a_line_lacks_beyond_its_target() -> None:
    fine = PRESETS["fine"]
    left, count = filled(0.5, 50.0, 10, 16.0, fine)
    assert left == pytest.approx(fine.target)
    assert count == 2
    assert filled(0.5, 50.0, 1, 16.0, fine) == (0.5, 0)
    assert filled(fine.tolerance, 50.0, 10, 16.0, fine) == (fine.tolerance, 0)
    assert filled(0.5, 50.0, 10, 16.0, SPACES) == (0.5, 0)
