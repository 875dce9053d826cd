"""A chapter's trees made ready for an e-book: pages marked, notes at the end, long ones parted.

A note stands at the end of the file that calls it, in an `aside` that readers show beside
its call, with a link back (EPUB 3.3 §D, DPUB-ARIA).
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from warraq.document import Chapter, Note
from warraq.editions import PageStart
from warraq.editions.epub import breaks, markup, strict
from warraq.editions.labels import Folio, Labels

#: Bytes up to which a chapter is one file, and which parts aim at; some readers stop at 300,000.
LIMIT, AIM = 260_000, 150_000
HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})

#: Called with a key of `Document.images`; gives the picture's address, or nothing.
Finder = Callable[[str], str | None]


@dataclass(slots=True)
class ChapterFile:
    """What one file holds of a chapter: blocks of its body, and the notes they call."""

    body: Element
    notes: list[Element] = field(default_factory=list)


@dataclass(slots=True)
class ChapterTrees:
    """A chapter for an e-book: its heading, its files, and the pages that begin before them."""

    heading: Element
    files: list[ChapterFile]
    starts: list[PageStart]
    abstract: list[tuple[str, Element]]
    remote: list[str]


def trees(
    chapter: Chapter, starts: Sequence[PageStart], picture: Finder, labels: Labels, folio: Folio
) -> ChapterTrees:
    """Make copies of a chapter's trees ready; `picture` finds where a picture lies, `folio` on which page a place."""
    heading, body = copy.deepcopy(chapter.heading), copy.deepcopy(chapter.body)
    notes = {note.id: copy.deepcopy(note.body) for note in chapter.notes}
    abstract = [(language, copy.deepcopy(tree)) for language, tree in chapter.abstract]
    elements = list(body.iter())
    remote: list[str] = []
    called: set[str] = set()
    numbers = {note.id: f"({note.mark})" for note in chapter.notes}
    for tree in (heading, body, *notes.values(), *(tree for _, tree in abstract)):
        labels.fill(tree, folio)
        strict.mend(tree)
        _call_notes(tree, numbers, called)
        _mark_citations(tree)
        _part_verse(tree)
        remote += _place_pictures(tree, picture)
    before = breaks.place(body, elements, starts)
    files = _files(body, {identity: _weight(note) for identity, note in notes.items()})
    _deal(chapter.notes, notes, numbers, heading, files)
    return ChapterTrees(heading, files, before, abstract, remote)


def _call_notes(tree: Element, numbers: dict[str, str], called: set[str]) -> None:
    for call in tree.iter("a"):
        note = call.attrib.pop("data-note", "")
        if note not in numbers:
            continue
        call.text = numbers[note]
        call.attrib |= {"epub:type": "noteref", "role": "doc-noteref", "href": f"#{note}"}
        if note not in called:
            call.set("id", f"{note}-call")
        called.add(note)


def _mark_citations(tree: Element) -> None:
    """Say of links to the bibliography, and of its entries, what they are (EPUB SSV 1.1 §4)."""
    for element in tree.iter():
        if element.get("role") == "doc-biblioref":
            element.set("epub:type", "biblioref")
        elif element.tag == "p" and element.get("class") == "entry":
            element.set("epub:type", "biblioentry")


def _part_verse(tree: Element) -> None:
    """Part hemistichs by a wide space, and write out numbers, for readers that know little CSS."""
    for line in tree.iter("div"):
        if line.get("class", "").split()[:1] != ["bayt"]:
            continue
        for hemistich in line[:-1]:
            hemistich.tail = "\u2003"
        if number := line.attrib.pop("data-number", ""):
            mark = Element("span", {"class": "bayt-number"})
            mark.text, mark.tail = number, " "
            line.insert(0, mark)


def _place_pictures(tree: Element, picture: Finder) -> list[str]:
    """Lead pictures to their files; one on the network becomes a link and is given back."""
    remote = []
    for image in tree.iter("img"):
        source = image.get("src", "")
        if address := picture(source):
            image.set("src", address)
            continue
        remote.append(source)
        image.tag = "a"
        image.text = image.get("alt", "").strip() or source
        image.attrib = {"class": "remote", "href": source}
    for link in tree.iter("a"):
        for inner in [inner for inner in link.iter("a") if inner is not link]:
            inner.tag = "span"
            inner.attrib = {"class": "remote"}
    return remote


def _weight(tree: Element) -> int:
    """Give the bytes that a tree takes in its file."""
    return len(markup.write(tree).encode())


def _files(body: Element, notes: Mapping[str, int]) -> list[ChapterFile]:
    """Part a body that is too long for one file, before headings where it has some; blocks weigh with their notes."""
    blocks = [(block, _weight(block) + sum(notes.get(note, 0) for note in _calls(block))) for block in body]
    if sum(size for _, size in blocks) <= LIMIT:
        return [ChapterFile(body)]
    parts = [Element("div")]
    held = 0
    for block, size in blocks:
        strong = block.tag == "h2" and held > AIM // 4
        weak = block.tag in HEADINGS and held > AIM
        if held and (strong or weak or held + size > LIMIT):
            parts.append(Element("div"))
            held = 0
        parts[-1].append(block)
        held += size
    return [ChapterFile(part) for part in parts]


def _deal(
    notes: Iterable[Note],
    bodies: dict[str, Element],
    numbers: dict[str, str],
    heading: Element,
    files: list[ChapterFile],
) -> None:
    """Put each note into the file of its first call; a note called by a note follows that."""
    where: dict[str, ChapterFile] = {}
    for file in files:
        for tree in (heading, file.body) if file is files[0] else (file.body,):
            for called in _calls(tree):
                where.setdefault(called, file)
    for note in notes:
        file = where.setdefault(note.id, files[-1])
        for inner in _calls(bodies[note.id]):
            where.setdefault(inner, file)
        file.notes.append(_aside(note.id, bodies[note.id], numbers[note.id]))


def _calls(tree: Element) -> list[str]:
    return [call.attrib["href"][1:] for call in tree.iter("a") if call.get("role") == "doc-noteref"]


def _aside(identity: str, body: Element, number: str) -> Element:
    """Make the note itself, its number leading back to its call."""
    aside = Element("aside", {"epub:type": "footnote", "role": "doc-footnote", "id": identity, "class": "note"})
    aside.extend(body)
    back = Element("a", {"class": "note-back", "role": "doc-backlink", "href": f"#{identity}-call"})
    back.text, back.tail = number, "\u00a0"
    first = aside[0] if len(aside) and aside[0].tag == "p" else Element("p")
    if not (len(aside) and aside[0] is first):
        aside.insert(0, first)
    back.tail += first.text or ""
    first.text = None
    first.insert(0, back)
    return aside
