"""Numbers of figures, tables, listings and equations, and the links that tell them.

    [](#fig-board)   الشكل ٣      [](#making)   «من الخرقة إلى الصفحة»      [](#fig-board){.page}   ص ٤٢

A link without words says what it leads to. Here it learns what that is (`data-kind`, with
`data-count` or `data-title`); the editions have the words. What bears a number has it in
`data-count`: `3`, or `2.3` where chapters count apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from warraq.document import Exhibit
from warraq.publication import Publication
from warraq.reading.draft import Draft
from warraq.reading.headings import TAGS
from warraq.reading.trees import add_class, has_class, is_empty, is_note_call, text_of

KINDS = ("figure", "table", "listing", "equation")


@dataclass(slots=True)
class Goal:
    """A place that a link can lead to: its kind, what is in it, and where it stands."""

    kind: str
    element: Element
    draft: Draft


@dataclass(slots=True)
class _Count:
    """How far each kind has been counted, in the publication or in a chapter."""

    mode: str
    chapter: int = 0
    number: int = 0

    def next(self, chapter: int) -> str:
        """Give the next number, behind that of the chapter if chapters count apart."""
        if self.mode == "chapter" and chapter != self.chapter:
            self.chapter, self.number = chapter, 0
        self.number += 1
        return f"{chapter}.{self.number}" if self.mode == "chapter" and chapter else str(self.number)


def settle(publication: Publication, drafts: Sequence[Draft], body: Sequence[Draft]) -> tuple[Exhibit, ...]:
    """Count figures, tables, listings and equations, and tell the links without words what they lead to.

    `body` are the chapters that chapter numbers count; links must have been resolved. W231
    for a link without words to a place that has neither number nor title.
    """
    goals = _goals(drafts)
    links = [(draft, link) for draft in drafts for link in _wordless(draft)]
    wanted = {goals[link.attrib["href"][1:]].kind for _, link in links if link.attrib["href"][1:] in goals}
    chapters = {id(draft): number for number, draft in enumerate(body, 1)}
    for kind in KINDS:
        _number(publication, kind, [goal for goal in goals.values() if goal.kind == kind], chapters, wanted)
    for draft, link in links:
        _tell(draft, link, goals)
    for draft in drafts:
        _place_captions(publication, draft)
    return tuple(_exhibits(publication, goals))


def _goals(drafts: Sequence[Draft]) -> dict[str, Goal]:
    """Find all that has an id, in reading order."""
    found: dict[str, Goal] = {}
    for draft in drafts:
        found[draft.id] = Goal("chapter", draft.heading, draft)
        for root in draft.text_roots:
            for element in root.iter():
                if identifier := element.get("id"):
                    found[identifier] = Goal(_kind(element), element, draft)
    return found


def _kind(element: Element) -> str:
    if element.tag in TAGS:
        return "section"
    if element.tag in {"figure", "div"}:
        return next((kind for kind in KINDS if has_class(element, kind)), "")
    return ""


def _wordless(draft: Draft) -> Iterator[Element]:
    """Yield the links of a chapter that are for us to word, and those that ask for a page."""
    for root in draft.text_roots:
        for link in root.iter("a"):
            if is_note_call(link) or not link.get("href", "").startswith("#"):
                continue
            if is_empty(link) or has_class(link, "page"):
                yield link


def _number(
    publication: Publication, kind: str, goals: Sequence[Goal], chapters: dict[int, int], wanted: set[str]
) -> None:
    """Count the exhibits of one kind; by default only where something refers to one."""
    mode, listed = _mode(publication, kind)
    if mode == "auto":
        mode = "book" if kind in wanted or listed else "none"
    if mode == "none":
        return
    count = _Count(mode)
    for goal in goals:
        if not has_class(goal.element, "unnumbered") and _deserves(goal):
            goal.element.set("data-count", count.next(chapters.get(id(goal.draft), 0)))


def _mode(publication: Publication, kind: str) -> tuple[str, bool]:
    settings = publication.settings
    if kind == "figure":
        return settings.figures.numbering, settings.figures.list
    if kind == "table":
        return settings.tables.numbering, settings.tables.list
    return (settings.code.numbering if kind == "listing" else settings.equations.numbering), False


def _deserves(goal: Goal) -> bool:
    """Tell whether an exhibit is one of those that are counted: it has words, or is an equation."""
    caption = goal.element.find("figcaption")
    return goal.kind == "equation" or (caption is not None and bool(text_of(caption)))


def _tell(draft: Draft, link: Element, goals: dict[str, Goal]) -> None:
    goal = goals.get(link.attrib["href"][1:])
    wordless = is_empty(link)
    add_class(link, "reference")
    if goal is None:
        return  # a page of the program's own, which has a title in its words
    if goal.draft.in_front:
        link.set("data-front", "true")
    if number := goal.element.get("data-count"):
        link.attrib |= {"data-kind": goal.kind, "data-count": number}
    elif title := _title(goal):
        link.attrib |= {"data-kind": "section", "data-title": title}
    elif wordless and not has_class(link, "page"):
        place = draft.source.place_of(f"](#{link.attrib['href'][1:]})")
        message = f"the link to #{link.attrib['href'][1:]} has no words, and neither has the place it leads to"
        draft.say("W231", message, place, "write words between the brackets, or {.page} after the link")
        link.attrib |= {"data-kind": "section", "data-title": next(iter(goal.draft.title.values()), "")}


def _title(goal: Goal) -> str:
    if goal.kind == "chapter":
        return next(iter(goal.draft.title.values()), "")
    if goal.kind == "section":
        return text_of(goal.element)
    caption = goal.element.find("figcaption")
    return text_of(caption) if caption is not None else ""


def _place_captions(publication: Publication, draft: Draft) -> None:
    """Put captions above or below, as the publication has them."""
    settings = publication.settings
    above = {"figure": settings.figures.captions == "above", "table": settings.tables.captions == "above"}
    for root in draft.text_roots:
        for figure in root.iter("figure"):
            caption = figure.find("figcaption")
            if caption is None or len(figure.findall("figcaption")) > 1:
                continue
            first = above.get(_kind(figure), True)
            figure.remove(caption)
            figure.insert(0 if first else len(figure), caption)
            add_class(caption, "above" if first else "below")
        for pre in root.iter("pre"):
            _number_lines(pre, default=settings.code.line_numbers)


def _number_lines(pre: Element, *, default: bool) -> None:
    numbered = pre.attrib.pop("data-numbered", str(default).lower()) == "true"
    start = int(pre.attrib.pop("data-start", "1"))
    if numbered and has_class(pre, "code"):
        add_class(pre, "numbered")
        pre.set("style", f"counter-reset: code-line {start - 1}")


def _exhibits(publication: Publication, goals: dict[str, Goal]) -> Iterator[Exhibit]:
    """Give what the lists of figures and of tables show."""
    for identifier, goal in goals.items():
        if goal.kind in {"figure", "table"} and _mode(publication, goal.kind)[1] and _title(goal):
            number = goal.element.get("data-count", "")
            words = (number, _title(goal), goal.draft.language)
            yield Exhibit(goal.kind, identifier, *words, in_front=goal.draft.in_front)
