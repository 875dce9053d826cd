"""Records bound into one file, in the order of the book.

Units keep their objects and get true numbers; what belongs to the whole book is made here:
the page tree, page numbers, blank pages before openings, the outline, named places, the
structure tree and its two indexes, fonts, metadata. Nothing is laid out or drawn.

A unit's subtrees are hung in whole (ISO 32000-1 §7.7.3, §7.9.7): its pages, and the tree
that leads from its content to its elements.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import pydyf

from warraq import fingerprint
from warraq.cache import Cache
from warraq.composition import Composition
from warraq.engine.embedding import embed, written
from warraq.engine.finish import dress, page_labels
from warraq.engine.movable import Movable, Pack
from warraq.engine.outline import add_outline
from warraq.engine.record import DOCUMENT, PAGES, Bookmark, Record
from warraq.engine.references import page_number
from warraq.engine.trees import document_element, name_tree
from warraq.engine.writing import File, compressed, stream

#: As many as there is work for: much of what they do, one does at a time.
THREADS = 2


@dataclass(frozen=True, slots=True)
class Placed:
    """A unit in its place: the index of its first page in the book, from 0, and the page numbers that it cites."""

    id: str
    record: Record
    start: int
    cited: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Bound:
    """A placed unit with the numbers of its first object and of its first entry of the parent tree."""

    placed: Placed
    base: int
    entry: int

    @property
    def record(self) -> Record:
        return self.placed.record

    def number(self, own: int) -> int:
        """Give the number that an object of the unit has in the file."""
        return self.base + own

    def reference(self, own: int) -> bytes:
        return b"%d 0 R" % self.number(own)

    def true(self, thing: Movable) -> bytes:
        """Put true numbers into their places."""
        return thing.at(self.base, self.entry)

    def packed(self, pack: Pack) -> bytes:
        """Put true numbers into a pack, and compress it."""
        return compressed(pack.at(self.base, self.entry, self.placed.cited))


class _Whole(pydyf.PDF):  # type: ignore[misc]
    """The objects of the whole book, numbered after those of the units."""

    def __init__(self, first: int) -> None:
        self._first = first
        super().__init__()
        self.objects.clear()
        self.add_object(self.catalog)

    def add_object(self, thing: Any) -> None:
        thing.number = self._first + len(self.objects)
        self.objects.append(thing)


def bind(placed: Sequence[Placed], composition: Composition, front: int, cache: Cache) -> bytes:
    """Bind units into a PDF; the first `front` pages are front matter.

    Packs of objects are kept as they are written: most units are where they were in the last build.
    The others are compressed while the rest is made, which zlib does in threads.
    """
    bound, last = _numbered(placed)
    with ThreadPoolExecutor(THREADS) as threads:
        packs = [[_packed(unit, pack, cache, threads) for pack in unit.record.packs] for unit in bound]
        whole = _whole(bound, composition, front, last + 1)
        fonts = list(_fonts(whole, bound, cache))
    streams = [thing for thing in whole.objects if isinstance(thing, pydyf.Stream)]
    others = [(thing.number, thing.data) for thing in whole.objects if not isinstance(thing, pydyf.Stream)]
    file = File(last + len(whole.objects))
    for unit, packed in zip(bound, packs, strict=True):
        _write_streams(file, unit, front)
        for pack, data in zip(unit.record.packs, packed, strict=True):
            first = unit.number(pack.own)
            file.add_packed(range(first, first + pack.count), data(), pack.first)
    for thing in streams:
        file.add(thing.number, thing.data)
    file.pack([*_roots(bound, whole), *fonts, *others])
    return file.finish(whole.catalog.number, whole.info.number)


def _packed(unit: _Bound, pack: Pack, cache: Cache, threads: Executor) -> Callable[[], bytes]:
    """Write a pack of a unit, unless that was done before; gives what to ask for it."""
    if not cache.folder:
        return threads.submit(unit.packed, pack).result
    cited = unit.placed.cited if pack.is_citing else ()
    key = fingerprint.digest("pack", fingerprint.program(), pack.digest, unit.base, unit.entry, cited)
    kept = cache.get(key)
    if kept is not None:
        return lambda: kept
    made = threads.submit(unit.packed, pack)

    def put() -> bytes:
        cache.put(key, made.result())
        return made.result()

    return put


def _fonts(whole: _Whole, bound: Sequence[_Bound], cache: Cache) -> Iterator[tuple[int, bytes]]:
    """Write the fonts of all units; give those objects that are the units' own, by their numbers."""
    programs = {name: data for unit in bound for name, data in unit.record.fonts.programs.items()}
    for index, used, parts in embed(whole, [unit.record.fonts.uses for unit in bound], programs, cache):
        yield from written(used, parts, used.numbers.renumbered(bound[index].number))


def _numbered(placed: Sequence[Placed]) -> tuple[list[_Bound], int]:
    """Give every unit its range of numbers; and the last number.

    A range is longer than the unit needs, so that those after it seldom move when it grows.
    """
    bound, base, entry = [], DOCUMENT + 1, 0
    for unit in placed:
        bound.append(_Bound(unit, base, entry))
        base += _room(unit.record.size)
        entry += _room(unit.record.entries)
    return bound, base - 1


def _room(size: int) -> int:
    """Give the next power of two."""
    return 1 << (size - 1).bit_length()


def _write_streams(file: File, unit: _Bound, front: int) -> None:
    for own, head, body in unit.record.streams:
        file.add(unit.number(own), unit.true(head) + body)
    for content in unit.record.contents:
        data = compressed(content.filled(unit.placed.cited, unit.record.codes))
        entries = unit.true(content.entries)[2:-2] + b"/Filter/FlateDecode"
        file.add(unit.number(content.own), stream(data, entries))
    for index, page in enumerate(unit.record.pages):
        if page.folio:
            number = page_number(unit.placed.start + index, front)
            file.add(unit.number(page.folio_number), stream(page.folio.content(number)))


def _whole(bound: Sequence[_Bound], composition: Composition, front: int, first: int) -> _Whole:
    """Make the objects of the whole book."""
    pdf = _Whole(first)
    about = bound[0].record.about
    pdf.catalog["Lang"] = pydyf.String(about.language)
    pdf.catalog["PageLabels"] = page_labels(front)
    pdf.catalog["Pages"] = b"%d 0 R" % PAGES
    _add_places(pdf, bound)
    _add_structure(pdf, bound)
    add_outline(pdf, [(bookmark, _page(unit, bookmark)) for unit in bound for bookmark in unit.record.bookmarks])
    dress(pdf, about, composition)
    pdf.add_object(pdf.info)
    return pdf


def _page(unit: _Bound, bookmark: Bookmark) -> bytes:
    return unit.reference(unit.record.pages[bookmark.page].number)


def _roots(bound: Sequence[_Bound], whole: _Whole) -> Iterator[tuple[int, bytes]]:
    """Write the two objects that units name: the root of pages, and the element of the whole publication."""
    kids = pydyf.Array(unit.reference(unit.record.pages_number) for unit in bound)
    count = sum(len(unit.record.pages) for unit in bound)
    yield PAGES, pydyf.Dictionary({"Type": "/Pages", "Kids": kids, "Count": count}).data
    elements = [unit.reference(own) for unit in bound for own in unit.record.elements]
    yield DOCUMENT, pydyf.Dictionary(document_element(elements, whole.catalog["StructTreeRoot"])).data


def _add_places(pdf: pydyf.PDF, bound: Sequence[_Bound]) -> None:
    """Name the places that links lead to (§12.3.2.3)."""
    places: dict[str, Any] = {}
    for unit in bound:
        for name, (page, x, y) in unit.record.anchors.items():
            target = unit.reference(unit.record.pages[page].number)
            places.setdefault(name, pydyf.Array([target, "/XYZ", round(x, 2), round(y, 2), 0]))
    if places:
        pdf.catalog["Names"] = pydyf.Dictionary({"Dests": name_tree(places)})


def _add_structure(pdf: pydyf.PDF, bound: Sequence[_Bound]) -> None:
    """Make the root of the structure tree; the units' indexes to it are hung in whole."""
    parents = pydyf.Dictionary({"Kids": pydyf.Array(unit.reference(unit.record.parents) for unit in bound)})
    root = pydyf.Dictionary({"Type": "/StructTreeRoot", "K": pydyf.Array([b"%d 0 R" % DOCUMENT])})
    for thing in (parents, root):
        pdf.add_object(thing)
    root["ParentTree"] = parents.reference
    if ids := {name: unit.reference(own) for unit in bound for name, own in unit.record.ids.items()}:
        root["IDTree"] = name_tree(ids)
    pdf.catalog["StructTreeRoot"] = root.reference
    pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})
