"""Lists that the program writes from the whole publication, where an author asks for them.

    ::: first-lines        the first line of every poem     ::: abbreviations   *[abbr]: text
    ::: rhymes             the same, by the rhyme letter    ::: contributors    who wrote what
    :::

An entry is `<li><a class="index-link" href="#ID">…</a></li>`; an edition with pages adds them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from warraq.arabic import collation
from warraq.arabic.folding import fold
from warraq.reading.draft import Draft
from warraq.reading.trees import has_class, text_of


@dataclass(frozen=True, slots=True)
class _Poem:
    """A poem's first line, its rhyme letter, and where it stands."""

    draft: Draft
    id: str
    opening: str
    rhyme: str


def asks(root: Element) -> bool:
    """Tell whether a tree asks for a list that is not there yet."""
    return any(_kind(element) for element in root.iter("div"))


def _kind(element: Element) -> str:
    return "" if len(element) else next((kind for kind in _WRITERS if has_class(element, kind)), "")


def settle(drafts: Sequence[Draft]) -> None:
    """Write the lists that chapters ask for; poems get ids where one is led to."""
    wanted = [(element, kind) for draft in drafts for element in draft.body.iter("div") if (kind := _kind(element))]
    for element, kind in wanted:
        element.text = None
        _WRITERS[kind](element, drafts)


def _poems(drafts: Sequence[Draft]) -> Iterator[_Poem]:
    for draft in drafts:
        poems = [element for element in draft.body.iter("div") if has_class(element, "verse")]
        for number, poem in enumerate(poems, 1):
            lines = [line for line in poem if has_class(line, "bayt")]
            if not lines:
                continue
            poem.attrib.setdefault("id", f"{draft.id}-poem-{number}")
            last = fold(text_of(lines[0][-1]).rstrip(" .،؛!؟"))
            yield _Poem(draft, poem.attrib["id"], text_of(lines[0][0]), last[-1:])


def _first_lines(element: Element, drafts: Sequence[Draft]) -> None:
    _write(element, sorted(_poems(drafts), key=lambda poem: collation.key(poem.opening)))


def _rhymes(element: Element, drafts: Sequence[Draft]) -> None:
    poems = sorted(_poems(drafts), key=lambda poem: (poem.rhyme, collation.key(poem.opening)))
    for letter in dict.fromkeys(poem.rhyme for poem in poems):
        SubElement(element, "p", {"class": "index-letter"}).text = letter
        _write(element, [poem for poem in poems if poem.rhyme == letter])


def _write(element: Element, poems: Sequence[_Poem]) -> None:
    entries = SubElement(element, "ul", {"class": "index-list"})
    for poem in poems:
        _link(SubElement(entries, "li"), poem.opening, poem.id, poem.draft)


def _link(parent: Element, words: str, target: str, draft: Draft) -> None:
    link = SubElement(parent, "a", {"class": "index-link", "href": f"#{target}"})
    link.text = words
    if draft.in_front:
        link.set("data-front", "true")


def _abbreviations(element: Element, drafts: Sequence[Draft]) -> None:
    found = {
        text_of(abbr): abbr.attrib["title"]
        for draft in drafts
        for root in draft.text_roots
        for abbr in root.iter("abbr")
        if abbr.get("title")
    }
    terms = SubElement(element, "dl") if found else element
    for short in sorted(found, key=collation.key):
        SubElement(terms, "dt").text = short
        SubElement(terms, "dd").text = found[short]


def _contributors(element: Element, drafts: Sequence[Draft]) -> None:
    works: dict[str, list[Draft]] = {}
    for draft in drafts:
        for author in draft.authors:
            works.setdefault(next(iter(author.values())), []).append(draft)
    terms = SubElement(element, "dl") if works else element
    for name in sorted(works, key=collation.key):
        SubElement(terms, "dt").text = name
        for draft in works[name]:
            _link(SubElement(terms, "dd"), next(iter(draft.title.values())), draft.id, draft)


_WRITERS: dict[str, Callable[[Element, Sequence[Draft]], None]] = {
    "first-lines": _first_lines,
    "rhymes": _rhymes,
    "abbreviations": _abbreviations,
    "contributors": _contributors,
}
