"""Indexes: terms marked where the text speaks of them.

    [الخطّ الكوفي]{.index}                        its words are the term
    [الكوفي]{.index term="الخطّ!الكوفي"}          a sub-term, after `!`; `.main` marks the chief place
    []{.index term="الورق" in=names}              a place without words of its own, in another index
    []{.index term="النسخي" see="الخطّ!النسخي"}   only a direction; `also=` gives one beside the place

A mark becomes `span.index-term` with an id. `sort=` tells what a term is sorted by.
"""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from warraq.arabic import collation
from warraq.diagnostics import Place, isolate
from warraq.document import Index, IndexEntry, IndexGroup, IndexPlace
from warraq.publication import Publication
from warraq.reading.draft import Draft, DraftTerm
from warraq.reading.ids import index_id
from warraq.reading.trees import has_class, is_empty, text_of, with_parents

if TYPE_CHECKING:
    from warraq.settings import IndexTable

MARK = "data-index"
_PARTS = "!"
_TERMLESS = r"(?P<at>\[\s*\]\{(?=[^}]*\.index\b)(?![^}]*\bterm=)[^}]*\})"


@dataclass(slots=True)
class _Node:
    """A term on its way to an entry, with those below it; `sort` is what the author wants it sorted by."""

    term: str = ""
    sort: str = ""
    id: str = ""
    places: list[IndexPlace] = field(default_factory=list)
    see: list[tuple[str, ...]] = field(default_factory=list)
    also: list[tuple[str, ...]] = field(default_factory=list)
    below: dict[str, _Node] = field(default_factory=dict)

    def at(self, path: Sequence[str]) -> _Node:
        """Give the node of a term, made if it is not there."""
        node = self
        for term in path:
            node = node.below.setdefault(term, _Node(term))
        return node

    def find(self, path: Sequence[str]) -> _Node | None:
        """Give the node of a term, if it is there."""
        node: _Node | None = self
        for term in path:
            node = node.below.get(term) if node else None
        return node

    def paths(self, above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
        """Yield the terms below."""
        for term, node in self.below.items():
            yield (*above, term)
            yield from node.paths((*above, term))


def take(draft: Draft) -> None:
    """Write down the marks of a chapter's body, and leave their numbers on them."""
    for element in draft.body.iter():
        element.attrib.pop(MARK, None)
        if element.tag == "span" and has_class(element, "index"):
            said = element.attrib
            draft.terms.append(DraftTerm(
                said.get("in", "terms"), said.get("term", ""), said.get("sort", ""), said.get("see", ""),
                said.get("also", ""), is_main=has_class(element, "main"),
            ))  # fmt: skip
            own = {"id": said["id"]} if "id" in said else {}
            element.attrib = {**own, "class": "index-term", MARK: str(len(draft.terms) - 1)}
    _house(draft.body)


def _house(body: Element) -> None:
    """Move marks that stand alone in a paragraph to the head of the block below it, else to the end of that above."""
    for parent, child in with_parents(body):
        marks = child.findall("span")
        if child.tag != "p" or not marks or not is_empty(child) or any(MARK not in mark.attrib for mark in child):
            continue
        at = list(parent).index(child)
        after, before = parent[at + 1 : at + 2], parent[max(at - 1, 0) : at]
        host = next((block for block in (*after, *before) if block.tag in {"p", "h2", "h3", "h4", "h5", "h6"}), None)
        if host is None:
            continue
        parent.remove(child)
        for mark in marks:
            mark.tail = None
        if host in after:
            marks[-1].tail, host.text = host.text, None
            host[0:0] = marks
        else:
            host.extend(marks)


def settle(publication: Publication, drafts: Sequence[Draft]) -> tuple[Index, ...]:
    """Make the indexes of all marks, in the order of `publication.toml`; ids must have been given.

    W234 for a mark without a term, and for a direction to an entry that is not there.
    """
    roots: dict[str, _Node] = {table.name: _Node() for table in publication.settings.index}
    told: list[tuple[Draft, DraftTerm, tuple[str, ...]]] = []
    for draft in drafts:
        for term, mark in _marks(draft):
            _add(draft, term, mark, roots)
            told += [(draft, term, _path(goal)) for goal in (term.see, term.also) if goal]
    for name, root in roots.items():
        _name(root, name)
    for draft, term, goal in told:
        _judge(draft, goal, roots[term.index])
    declared = {table.name: table for table in publication.settings.index}
    language = publication.settings.publication.language
    return tuple(_index(name, declared.get(name), root, language) for name, root in roots.items() if root.below)


def _marks(draft: Draft) -> Iterator[tuple[DraftTerm, Element]]:
    """Yield the marks in reading order; one whose element was parted is met twice, with one id."""
    for root in draft.text_roots:
        for element in root.iter("span"):
            if (number := element.attrib.pop(MARK, None)) and element.get("id"):
                yield draft.terms[int(number)], element


def _add(draft: Draft, term: DraftTerm, mark: Element, roots: dict[str, _Node]) -> None:
    path = _path(term.term or text_of(mark))
    if not path:
        hint = 'write words between the brackets, or term="…"'
        draft.say("W234", "a mark for the index has no term", draft.source.place_matching(_TERMLESS), hint)
        return
    node = roots.setdefault(term.index, _Node()).at(path)
    node.sort = node.sort or term.sort
    for goals, said in ((node.see, term.see), (node.also, term.also)):
        if said and _path(said) not in goals:
            goals.append(_path(said))
    if not term.see:
        title = next(iter(draft.title.values()), "")
        language = next(iter(draft.title), draft.language)
        node.places.append(IndexPlace(mark.attrib["id"], draft.id, title, language, is_main=term.is_main))


def _path(term: str) -> tuple[str, ...]:
    """Part a term from its sub-terms; spellings that look the same are the same."""
    parts = (unicodedata.normalize("NFC", part).replace("\u0640", "") for part in term.split(_PARTS))
    return tuple(words for part in parts if (words := " ".join(part.split())))


def _name(root: _Node, name: str) -> None:
    """Give ids to all entries, for directions to lead to."""
    for number, path in enumerate(root.paths(), 1):
        root.at(path).id = f"{index_id(name)}-{number}"


def _judge(draft: Draft, goal: tuple[str, ...], root: _Node) -> None:
    if root.find(goal):
        return
    known = [_PARTS.join(path) for path in root.paths()]
    wanted = _PARTS.join(goal)
    near = difflib.get_close_matches(wanted, known, 1)
    hint = f"did you mean {isolate(near[0])}?" if near else "mark a place for it, or take the direction out"
    place: Place = draft.source.place_of(f'"{wanted}"')
    draft.say("W234", f"the index has no entry {isolate(wanted)} to send readers to", place, hint)


def _index(name: str, table: IndexTable | None, root: _Node, language: str) -> Index:
    entries = _entries(root, root, language, table.ignore if table else ())
    letters = groupby(entries, lambda entry: entry.letter)
    groups = tuple(IndexGroup(letter, tuple(found)) for letter, found in letters)
    return Index(index_id(name), name, table.title if table else None, groups)


def _entries(node: _Node, root: _Node, language: str, ignored: Collection[str]) -> tuple[IndexEntry, ...]:
    """Make the entries below a node, sorted."""
    below = sorted(node.below.values(), key=lambda one: collation.key(one.sort or one.term, language, ignored))
    return tuple(
        IndexEntry(
            one.id, one.term, collation.letter(one.sort or one.term, ignored), tuple(one.places),
            _directions(one.see, root), _directions(one.also, root), _entries(one, root, language, ignored),
        )
        for one in below
    )  # fmt: skip


def _directions(goals: Sequence[tuple[str, ...]], root: _Node) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Give for each direction the id of its entry, or nothing, and its terms."""
    return tuple((found.id if (found := root.find(goal)) else "", goal) for goal in goals)
