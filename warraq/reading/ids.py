"""Ids that are unique in the whole publication, and stay the same from build to build.

A chapter is called after its file, a heading after its chapter and its words, so that a
change in one chapter renames nothing in another. What the author calls by name keeps it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from xml.etree.ElementTree import Element

from warraq.diagnostics import Place
from warraq.reading.draft import Draft
from warraq.reading.trees import text_of

#: Ids that the program gives to pages of its own.
RESERVED = ("contents", "colophon", "list-of-figures", "list-of-tables")
#: The id that an author gives to the place of the bibliography.
BIBLIOGRAPHY = "refs"
#: Ids that are taken: by whom in which words, or None for those that the program gives.
Taken = dict[str, tuple[Draft, str] | None]


def index_id(name: str) -> str:
    """Give the id of the index of a name."""
    return f"index-of-{slug(name)}"


def reserved(drafts: Sequence[Draft]) -> tuple[str, ...]:
    """List the ids of the pages that the program makes, indexes among them."""
    names = dict.fromkeys(term.index for draft in drafts for term in draft.terms)
    return (*RESERVED, *map(index_id, names))


def slug(text: str) -> str:
    """Make an id of words in any script: letters, digits and hyphens, in lower case.

    Letters keep their vowel signs; all else goes, as on the sites that made it a habit.
    """
    normal = unicodedata.normalize("NFC", text).lower()
    kept = "".join(char for char in normal if char in " -_" or unicodedata.category(char)[0] in "LNM")
    return re.sub(r"[\s]+", "-", kept.strip()).strip("-") or "section"


def assign(drafts: Sequence[Draft], colophon: Draft | None) -> None:
    """Give every chapter, heading, figure and note its id; W208 where an author repeats one."""
    taken: Taken = dict.fromkeys(reserved(drafts))
    for draft in drafts:
        _keep_authors(draft, taken)
    for draft in drafts:
        _name_chapter(draft, taken, is_colophon=draft is colophon)
    for draft in drafts:
        _name_headings(draft, taken)
        _name_terms(draft, taken)
        for note in draft.notes:
            note.id = _free(f"{draft.id}-note-{note.number}", taken)


def _keep_authors(draft: Draft, taken: Taken) -> None:
    """Note the ids that the author gave; a repeated one is taken off again."""
    own_heading = draft.heading.attrib.pop("id", "")
    draft.id = "-".join((draft.id or own_heading).split())
    if draft.id and draft.id != "colophon":
        draft.id = draft.id if _claim(draft, draft.id, taken) else ""
    for root in draft.text_roots:
        for element in root.iter():
            identifier = element.get("id")
            sound = "-".join((identifier or "").split())  # HTML: an id holds no blank
            if identifier and sound and _claim(draft, sound, taken, identifier):
                draft.aliases[identifier] = sound
                element.set("id", sound)
            elif identifier is not None:
                del element.attrib["id"]


def _claim(draft: Draft, identifier: str, taken: Taken, typed: str = "") -> bool:
    typed = typed or identifier
    if identifier not in taken:
        taken[identifier] = draft, typed
        return True
    given = taken[identifier]
    first = _place(*given) if given else Place("")
    place = _place(draft, typed, 2 if first.file == draft.source.name else 1)
    where = f"it is first given at {first}" if given else "the program gives it to a page of its own"
    draft.say("W208", f"the id {identifier!r} is used more than once", place, where)
    return False


def _place(draft: Draft, typed: str, nth: int = 1) -> Place:
    """Find where an author gave an id for the nth time."""
    name = re.escape(typed)
    place = draft.source.place_matching(rf"(?P<at>#{name}(?=[\s}}])|\bid\s*=\s*[\"']?{name}\b)", nth)
    return place if place.line else draft.source.place_of_key("id")


def _name_chapter(draft: Draft, taken: Taken, *, is_colophon: bool) -> None:
    if is_colophon:
        draft.id = "colophon"
    elif not draft.id:
        draft.id = _free(slug(draft.source.path.stem), taken)


def _name_headings(draft: Draft, taken: Taken) -> None:
    counts: dict[str, int] = {}
    for heading in (element for root in draft.text_roots for element in root.iter() if _is_heading(element)):
        words = slug(text_of(heading))
        nth = counts[words] = counts.get(words, 0) + 1
        if "id" not in heading.attrib:
            heading.set("id", _free(f"{draft.id}-{words}", taken))
        draft.aliases.setdefault(words if nth == 1 else f"{words}-{nth - 1}", heading.attrib["id"])
    figures = [element for element in draft.body.iter("figure") if "id" not in element.attrib]
    for number, figure in enumerate(figures, 1):
        figure.set("id", _free(f"{draft.id}-figure-{number}", taken))


def _name_terms(draft: Draft, taken: Taken) -> None:
    """Name the places of indexes; a mark that was parted is one place."""
    seen: set[str] = set()
    for root in draft.text_roots:
        for mark in root.iter("span"):
            if (number := mark.get("data-index", "")) and number not in seen:
                seen.add(number)
                mark.attrib.setdefault("id", _free(f"{draft.id}-term-{len(seen)}", taken))


def _is_heading(element: Element) -> bool:
    return element.tag in {"h2", "h3", "h4", "h5", "h6"}


def _free(wanted: str, taken: Taken) -> str:
    """Give an id, with a number behind it if it is taken already."""
    name, number = wanted, 2
    while name in taken:
        name, number = f"{wanted}-{number}", number + 1
    taken[name] = None
    return name
