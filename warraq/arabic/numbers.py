"""Numbers that belong together in a line of right-to-left text, and the way they run.

UAX #9 lets two numbers run to the left or to the right by the sign between them and by what
stands before them. Readers go by their language (W3C alreq, "Numbers"): in Arabic a range, a
pair of years and a date of day, month and year run from right to left, as sentences do; in
Persian a range runs from left to right. The percent sign stands at the left of its number in
both. Telephone numbers and ISBN run from left to right in digits of any script.

    groups   each of these numbers is set apart, and the line orders them as words
    wholes   all of it is set apart and runs from left to right, its groups in their order
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from warraq.arabic.bidi import Run

#: Languages that write ranges from left to right.
RANGES_RIGHTWARDS = frozenset({"fa", "prs", "tly", "mzn", "glk"})

DIGIT = re.compile("[0-9\u0660-\u0669\u06f0-\u06f9]")
_D = "[0-9\u0660-\u0669\u06f0-\u06f9]"
_NUMBER = rf"{_D}+(?:[.,\u066b\u066c]{_D}+)*"
#: Before a digit that nothing stands before which it belongs to; most places are no digit, which is seen first.
_ALONE = rf"(?={_D})(?<![\w/.+\u2010-\u2014-])"
_END = rf"(?![\w/]|[.,:\u066b\u066c-]{_D}|[\u2010-\u2014-]\w)"
_RANGE = re.compile(rf"{_ALONE}({_NUMBER})\s?[\u2013\u2014]\s?({_NUMBER})(?:\s?[%\u066a])?{_END}")
_HYPHENED = re.compile(rf"{_ALONE}({_NUMBER})[-\u2010\u2011]({_NUMBER})(?:\s?[%\u066a])?{_END}")
_YEARS = re.compile(rf"{_ALONE}({_D}{{3,4}})/({_D}{{2,4}}){_END}")
_DATE = re.compile(rf"{_ALONE}({_D}{{1,2}})/({_D}{{1,2}})/({_D}{{4}}){_END}")
_PERCENT = re.compile(rf"{_ALONE}([0-9\u06f0-\u06f9]+(?:[.,\u066b\u066c]{_D}+)*)(?=\s?[%\u066a\u2030])")
#: A telephone number or an ISBN in Arabic digits; those in European ones are tokens of `bidi`.
_DIALLED = re.compile(
    r"""(?=[+\u0660\u0669\u06f0\u06f9])(?<![\w/.-])(?:
        \+[\u0660-\u0669\u06f0-\u06f9][\u0660-\u0669\u06f0-\u06f9\u00a0\ ().-]{5,}[\u0660-\u0669\u06f0-\u06f9]
      | [\u0660\u06f0][\u0660-\u0669\u06f0-\u06f9]{1,3}(?:[\ -][\u0660-\u0669\u06f0-\u06f9]{3,4}){2}
      | (?:\u0669\u0667\u0668|\u06f9\u06f7\u06f8)(?:[- ]?[\u0660-\u0669\u06f0-\u06f9]){10}
    )(?![\w-])""",
    re.VERBOSE,
)
_ARABIC_DIGITS = re.compile("[\u0660-\u0669\u066b\u066c.,]+")
_SEPARATORS = re.compile("[.,\u066b\u066c]")
_GROUP = re.compile("[\u0660-\u0669\u06f0-\u06f9]+")
#: What stands before a range that belongs to a reference in a foreign language.
_REFERRING = re.compile(r"(?:\.|\b(?:pages?|pp?|vols?|nos?|issues?|chapters?|lines?))\s*$", re.IGNORECASE)


class Numbers(NamedTuple):
    """Runs of a line to be set apart: each number by itself, or all of it as one."""

    groups: list[Run]
    wholes: list[Run]


def numbers(text: str, language: str) -> Numbers:
    """Find the numbers of right-to-left text in a language that do not run as its readers expect."""
    found = Numbers([], [])
    for dialled in _DIALLED.finditer(text):
        found.wholes.append(Run(*dialled.span()))
        found.groups.extend(_runs(_GROUP.finditer(text, *dialled.span())))
    rightwards = language.partition("-")[0] in RANGES_RIGHTWARDS
    for match in _ranges(text):
        if rightwards:
            found.wholes.append(Run(match.start(1), match.end(2)))
        # Numbers in Arabic digits run to the left of each other whatever stands around them.
        elif not _ARABIC_DIGITS.fullmatch(match[1]):
            _add(found, match)
    for match in () if rightwards else (*_YEARS.finditer(text), *_DATE.finditer(text)):
        _add(found, match)
    for match in _PERCENT.finditer(text):
        _add(found, match)
    return Numbers(sorted(set(found.groups)), sorted(set(found.wholes)))


def settle(text: str, runs: list[Run], found: Numbers) -> tuple[list[Run], list[Run]]:
    """Bring numbers and the left-to-right runs of a text together: runs, and groups of numbers.

    Numbers within a run stay part of it. Those that end one, as in `كتاب Book 2003–2011 ثم`,
    belong to the sentence around it, unless they are part of a reference (`pp. 20–30`).
    """
    groups = [group for group in found.groups if not any(_inside(group, run) for run in runs)]
    kept = []
    for run in runs:
        ending = _ending(text, run, found)
        groups += ending
        kept.append(Run(run.start, len(text[: ending[0].start].rstrip())) if ending else run)
    wholes = [whole for whole in found.wholes if not any(_overlap(whole, run) for run in kept)]
    return sorted([*kept, *wholes]), sorted(groups)


def _ranges(text: str) -> list[re.Match[str]]:
    """Find ranges: numbers parted by a dash, or by a hyphen where the second is the greater."""
    hyphened = (match for match in _HYPHENED.finditer(text) if _is_range(match[1], match[2]))
    return [*_RANGE.finditer(text), *hyphened]


def _is_range(first: str, second: str) -> bool:
    lower, upper = (int(_SEPARATORS.sub("", number)) for number in (first, second))
    return lower < upper and len(first) <= len(second) <= len(first) + 1


def _runs(matches: Iterable[re.Match[str]]) -> list[Run]:
    return [Run(*match.span()) for match in matches]


def _add(found: Numbers, match: re.Match[str]) -> None:
    """Set each number of a match apart, unless it is part of something that is set apart whole."""
    groups = [Run(*match.span(at)) for at in range(1, (match.lastindex or 0) + 1)]
    found.groups.extend(group for group in groups if not any(_inside(group, whole) for whole in found.wholes))


def _ending(text: str, run: Run, found: Numbers) -> list[Run]:
    """Give the numbers that end a left-to-right run but belong to the sentence around it."""
    inside = [group for group in found.groups if _inside(group, run)]
    is_line = run.end - run.start == len(text.strip())
    if not inside or is_line or text[inside[-1].end : run.end].strip(" %\u066a"):
        return []
    last = inside[-2:] if len(inside) > 1 and inside[-1].start - inside[-2].end <= 3 else inside[-1:]
    before = text[run.start : last[0].start]
    return last if before.strip() and before[-1].isspace() and not _REFERRING.search(before) else []


def _inside(one: Run, other: Run) -> bool:
    return other.start <= one.start and one.end <= other.end


def _overlap(one: Run, other: Run) -> bool:
    return one.start < other.end and other.start < one.end
