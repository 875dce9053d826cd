"""Headings: the first one may be the title, the others are brought to an even ladder."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from warraq.diagnostics import Place
from warraq.reading.draft import Draft
from warraq.reading.trees import is_empty, replace, text_of, with_parents

TAGS = ("h1", "h2", "h3", "h4", "h5", "h6")
#: Elements whose headings belong to them, not to the chapter's outline.
_OWN_OUTLINE = frozenset({"blockquote", "aside", "table", "details", "li", "figure", "dd"})


def outline(element: Element) -> list[tuple[Element, Element]]:
    """List the headings of the chapter's own outline, each after its parent."""
    found: list[tuple[Element, Element]] = []
    for child in element:
        if child.tag in TAGS:
            found.append((element, child))
        elif child.tag not in _OWN_OUTLINE:
            found += outline(child)
    return found


def mend(draft: Draft) -> None:
    """Give each heading the level below the one it belongs to; W212 where one was skipped.

    The chapter's title is level 1. A further H1 becomes an H2, and what follows it goes
    down with it. Headings of the same depth below the same one are told of once.
    """
    _drop_empty(draft)
    draft.headings = [heading for _, heading in outline(draft.body)]
    own = set(draft.headings)
    for heading in [element for element in draft.body.iter("h1") if element not in own]:
        heading.tag = "h2"
    ladder, shift, told = [(1, 1, -1)], 0, set[int]()
    for at, heading in enumerate(draft.headings):
        typed = int(heading.tag[1])
        shift = 1 if typed == 1 else shift
        while ladder[-1][0] >= typed + shift:
            ladder.pop()
        above, level, parent = ladder[-1]
        if typed + shift > above + 1 and parent not in told:
            told.add(parent)
            _report_jump(draft, heading, typed, level + 1 - shift)
        ladder.append((typed + shift, level + 1, at))
        heading.tag = TAGS[min(level, 5)]


def _drop_empty(draft: Draft) -> None:
    for parent, child in with_parents(draft.body):
        if child.tag in TAGS and is_empty(child):
            replace(parent, child, [])


def _report_jump(draft: Draft, heading: Element, typed: int, mended: int) -> None:
    message = f"the heading is of level {typed}, and none of level {typed - 1} is above it"
    hint = f"it was set as level {mended}: write {'#' * mended}"
    place = draft.place(heading)
    draft.say("W212", message, place if place.line else _place_of(draft, text_of(heading), typed), hint)


def _place_of(draft: Draft, words: str, level: int) -> Place:
    """Find a heading in the source by its longest word, whatever markup it has."""
    longest = max(re.findall(r"\w+", words), key=len, default="")
    return draft.source.place_matching(rf"^[ \t>]*(?P<at>#{{{level}}})(?!#).*{re.escape(longest)}")
