"""Whether two editions are one but for their paint, so that a unit is laid out once and drawn for both.

The editions to print and to read mostly have one type area: they differ in the bleed around
it, in the marks, and in the colour of links. Their style sheets are compared rule by rule.
What differs may name nothing that a layout depends on, or else the elements that it is for
keep their unit out of the sharing (`repainting`, where the elements are at hand).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import cssselect2  # type: ignore[import-untyped]
import tinycss2  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from warraq.composition import Composition
    from warraq.engine.jobs import Job

#: Properties that are read when a box is drawn, and only then.
PAINT = {"color", "image-rendering", "text-decoration-color"}
#: What `@page` may say without moving anything on the page.
APRON = {"bleed", "bleed-top", "bleed-right", "bleed-bottom", "bleed-left", "marks"}
#: The class of the root element names the edition; colours of backgrounds are looked up by the layout.
_NAMED = re.compile(r"""\.(?:screen|print)\b|\[\s*class[^\]]*(?:screen|print)|currentcolor""", re.IGNORECASE)
_EDITION = re.compile(r'class="(?:screen|print)"')


@dataclass(frozen=True, slots=True)
class Difference:
    """How the style sheets differ: `painted` elements have other values of the properties `paint`.

    The selectors `apart` are of elements whose layout may not be the same.
    """

    paint: tuple[str, ...] = ()
    painted: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Twin:
    """The job that the same unit is in another edition, and how they differ."""

    job: Job
    difference: Difference


class Kinship:
    """Knows the twins of the jobs of one edition in another."""

    def __init__(self, one: Composition, other: Callable[[], Composition]) -> None:
        """Begin; the other edition is composed and compared when a twin is first asked for."""
        self._one, self._compose = one, other

    def twin(self, job: Job) -> Twin | None:
        """Give the twin of a job, if there can be one."""
        if self._difference is None or job.unit not in self._units:
            return None
        (before, after), other = self._one.frame, self._other
        text = job.html[len(before) : len(job.html) - len(after)]
        html = other.document(text)
        same = replace(job, html=html, sheets=other.sheets, geometry=other.geometry, archival=other.archival)
        return Twin(same, self._difference)

    @cached_property
    def _other(self) -> Composition:
        return self._compose()

    @cached_property
    def _units(self) -> set[str]:
        """Name the units that are the same in both; so is the blank page, which has no name."""
        others = {unit.id: unit.html for unit in self._other.units}
        return {"", *(unit.id for unit in self._one.units if others.get(unit.id) == unit.html)}

    @cached_property
    def _difference(self) -> Difference | None:
        """Compare the editions, but for their units; None if they cannot share a layout."""
        one, other = self._one, self._other
        if not _same_area(one, other) or any(_NAMED.search(sheet.css) for sheet in (*one.sheets, *other.sheets)):
            return None
        pairs = zip(one.sheets, other.sheets, strict=True)
        differing = [rule for mine, theirs in pairs for rule in _differing(mine.css, theirs.css)]
        if None in differing:
            return None
        found = [_told(rule) for rule in differing]
        return None if None in found else _summed([each for each in found if each])


def _same_area(one: Composition, other: Composition) -> bool:
    bare = [replace(each.geometry, bleed=0.0, marks=()) for each in (one, other)]
    frames = [tuple(_EDITION.sub("", part, count=1) for part in each.frame) for each in (one, other)]
    return bare[0] == bare[1] and frames[0] == frames[1] and len(one.sheets) == len(other.sheets)


def _differing(one: str, other: str) -> Iterator[Any]:
    """Give the rules that only one of two style sheets has, or None if the others stand in another order."""
    if one == other:
        return
    mine, theirs = _rules(one), _rules(other)
    if [text for text, _ in mine if text in dict(theirs)] != [text for text, _ in theirs if text in dict(mine)]:
        yield None
    yield from (rule for text, rule in mine if text not in dict(theirs))
    yield from (rule for text, rule in theirs if text not in dict(mine))


def _rules(css: str) -> list[tuple[str, Any]]:
    rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    return [(rule.serialize(), rule) for rule in rules]


def _told(rule: Any) -> Difference | None:
    """Tell what a rule makes different, or None if that cannot be told."""
    if rule.type == "at-rule" and rule.lower_at_keyword == "page" and rule.content is not None:
        return Difference() if set(_names(rule.content)) <= APRON else None
    if rule.type != "qualified-rule":
        return None
    names, selector = tuple(_names(rule.content)), tinycss2.serialize(rule.prelude).strip()
    try:
        selectors = cssselect2.compile_selector_list(rule.prelude)
    except cssselect2.SelectorError:
        return Difference()  # WeasyPrint takes no notice of such a rule either
    if any(each.pseudo_element for each in selectors):
        selector = "*"  # elements alone can be searched for
    return Difference(names, (selector,)) if set(names) <= PAINT else Difference(apart=(selector,))


def _names(content: Sequence[Any]) -> Iterator[str]:
    """Name the properties that are declared; anything else has the name of no property."""
    for item in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        yield item.lower_name if item.type == "declaration" else ""


def _summed(found: Sequence[Difference]) -> Difference:
    """Put differences together."""
    return Difference(
        tuple(sorted({name for each in found for name in each.paint})),
        tuple(dict.fromkeys(selector for each in found for selector in each.painted)),
        tuple(dict.fromkeys(selector for each in found for selector in each.apart)),
    )
