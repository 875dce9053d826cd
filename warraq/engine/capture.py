"""A laid-out document drawn into objects that do not know their place in a file.

WeasyPrint 70 draws a document and makes the rest of a PDF around it in one function
(`pdf.generate_pdf`). It is used as it is, with others in place of those that it calls for
what belongs to the whole book: outline, structure tree, fonts, and links, which it drops
where they lead out of the document.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from types import SimpleNamespace
from typing import Any

import pydyf
import weasyprint
from weasyprint import pdf as drawing

from warraq.diagnostics import Diagnostic
from warraq.engine.cited import content, has_places
from warraq.engine.embedding import Reserved, describe
from warraq.engine.guard import written_for
from warraq.engine.movable import ENTRY, OBJECT, Movable, Pack, movable, packs
from warraq.engine.programs import Numbers, is_ours
from warraq.engine.record import DOCUMENT, PAGES, Content, UnitFonts
from warraq.engine.structure_writing import Tree, read_tree
from warraq.engine.typefaces import Face, faces_of

GENERATE, RESOLVE = "626343ef25c396e8", "f95937bb4e4f1007"
#: pt to a CSS px.
SCALE = 0.75


class _Unbound(pydyf.PDF):  # type: ignore[misc]
    """A PDF whose objects have numbers that binding will replace."""

    def __init__(self) -> None:
        super().__init__()
        self.pages["Parent"] = b"%d 0 R" % PAGES

    def add_object(self, thing: Any) -> None:
        thing.number = OBJECT + len(self.objects)
        self.objects.append(thing)

    @property
    def page_references(self) -> tuple[bytes, ...]:
        kids = self.pages["Kids"]
        return tuple(b"%d 0 R" % number for number in kids[::3])


@dataclass(slots=True)
class Fonts:
    """The faces that a document was drawn with, each with the numbers of the objects of its font."""

    faces: list[tuple[Face, Numbers]] = field(default_factory=list)

    def name(self, pdf: Any, dictionary: Any, fonts: Mapping[Any, Any]) -> None:
        """Write what is known of the fonts of faces, and name them in the dictionary of fonts."""
        for face in faces_of(fonts):
            dictionary[face.name], numbers = describe(pdf, face)
            self.faces.append((face, numbers))

    def kept(self, numbers: Mapping[int, int]) -> UnitFonts:
        """Give what binding needs of them, as plain data; `numbers` are those of the unit's objects."""
        uses = tuple(face.used(own.renumbered(lambda one: numbers[one])) for face, own in self.faces)
        files = {used.program: face.font.file_content for used, (face, _) in zip(uses, self.faces, strict=True)}
        brought = {program: data for program, data in files.items() if not is_ours(program)}
        return UnitFonts(uses, brought)


@dataclass(slots=True)
class Drawn:
    """The objects of a document, and what of them binding has to know."""

    pdf: Any
    tree: Tree
    fonts: Fonts = field(default_factory=Fonts)
    anchors: Mapping[str, tuple[int, float, float]] = field(default_factory=dict)
    heard: tuple[Diagnostic, ...] = ()

    @property
    def pages(self) -> list[Any]:
        """The page dictionaries in order."""
        return [self.pdf.objects[number - OBJECT] for number in self.pdf.pages["Kids"][::3]]


def unknown() -> list[str]:
    """Name the functions of WeasyPrint that are not those we know."""
    known = {"generate_pdf": GENERATE, "resolve_links": RESOLVE}
    names = (name for name, digest in known.items() if not written_for(getattr(drawing, name), digest))
    return [f"weasyprint.pdf.{name}" for name in names]


def draw(document: Any) -> Drawn:
    """Draw a laid-out document."""
    drawn = Drawn(None, Tree())
    with _hooks(drawn):
        options = weasyprint.DEFAULT_OPTIONS | {"pdf_tags": True, "pdf_version": "1.7"}
        drawn.pdf = drawing.generate_pdf(document, None, 1, **options)
    drawn.anchors = dict(_anchors(drawn))
    return drawn


def copied(drawn: Drawn, pages: Sequence[Any]) -> Drawn:
    """Give what was drawn once more, for the same pages with another bleed, before either is finished."""
    pdf = copy.copy(drawn.pdf)
    pdf.objects = [copy.copy(thing) if _is_finished(thing) else thing for thing in pdf.objects]
    other = replace(drawn, pdf=pdf)
    for written, page in zip(other.pages, pages, strict=True):
        written.update(_boxes(page))
    return other


def _is_finished(thing: Any) -> bool:
    """Tell whether an object is one that the finish of an edition changes."""
    return isinstance(thing, dict) and thing.get("Type") in {"/Page", "/Annot"}


def _boxes(page: Any) -> Iterator[tuple[str, Any]]:
    """Give the boundaries of a page as `generate_pdf` does, to the last bit."""
    bleed = {side: size * SCALE for side, size in page.bleed.items()}
    left, top = -SCALE * page.bleed["left"], -SCALE * page.bleed["top"]
    right = left + SCALE * (page.width + page.bleed["left"] + page.bleed["right"])
    bottom = top + SCALE * (page.height + page.bleed["top"] + page.bleed["bottom"])
    trim = (left + bleed["left"], top + bleed["top"], right - bleed["right"], bottom - bleed["bottom"])
    spread = {side: min(10, size) for side, size in bleed.items()}
    yield "MediaBox", pydyf.Array([left, top, right, bottom])
    yield "TrimBox", pydyf.Array(trim)
    yield "BleedBox", pydyf.Array([
        trim[0] - spread["left"], trim[1] - spread["top"], trim[2] + spread["right"], trim[3] + spread["bottom"],
    ])  # fmt: skip


@contextmanager
def _hooks(drawn: Drawn) -> Iterator[None]:
    """Put our functions in the place of WeasyPrint's while a document is drawn."""

    def build_fonts_dictionary(pdf: Any, fonts: Any, *rest: Any) -> Any:
        others = {key: font for key, font in fonts.items() if not isinstance(font, Face)}
        dictionary = stock["build_fonts_dictionary"](pdf, others, *rest)
        drawn.fonts.name(pdf, dictionary, fonts)
        return dictionary

    def add_tags(pdf: Any, document: Any, _version: str, streams: list[Any]) -> None:
        drawn.tree = read_tree(pdf, document, streams, b"%d 0 R" % DOCUMENT, ENTRY)

    ours = {
        "pydyf": SimpleNamespace(**{**vars(pydyf), "PDF": _Unbound}),
        "build_fonts_dictionary": build_fonts_dictionary,
        "add_outlines": lambda _pdf, _bookmarks: None,
        "resolve_links": _unresolved,
        "add_tags": add_tags,
    }
    stock = {name: getattr(drawing, name) for name in ours}
    vars(drawing).update(ours)
    try:
        yield
    finally:
        vars(drawing).update(stock)


def _unresolved(pages: list[Any]) -> Iterator[tuple[list[Any], list[tuple[str, float, float]]]]:
    """Give links and anchors of each page, as `resolve_links` does, whatever the links lead to."""
    seen: set[str] = set()
    for page in pages:
        new = {name: place for name, place in page.anchors.items() if name not in seen}
        seen |= new.keys()
        yield list(page.links), [(name, x, y) for name, (x, y, *_) in new.items()]


def _anchors(drawn: Drawn) -> Iterator[tuple[str, tuple[int, float, float]]]:
    """Take the named places out of the catalog: page, and x and y in pt from the lower left."""
    pages = {page.reference: index for index, page in enumerate(drawn.pages)}
    names = drawn.pdf.catalog.get("Names", {}).get("Dests", {}).get("Names", ())
    for name, (page, _fit, x, y, _zoom) in zip(names[::2], names[1::2], strict=True):
        yield name.string, (pages[page], float(x), float(y))


@dataclass(frozen=True, slots=True)
class Packed:
    """Objects as bytes, numbered from 0 without gaps; `numbers` leads from old numbers to new ones."""

    streams: tuple[tuple[int, Movable, bytes], ...]
    contents: tuple[Content, ...]
    packs: tuple[Pack, ...]
    numbers: Mapping[int, int]


def pack(drawn: Drawn) -> Packed:
    """Write the objects of a document as bytes, without those that are the book's.

    Streams come first, and the objects that binding will write; others stand with those of their kind,
    which packs better.
    """
    kept = [thing for thing in drawn.pdf.objects if thing.free != "f" and thing is not drawn.pdf.catalog]
    alone = [thing for thing in kept if isinstance(thing, (pydyf.Stream, Reserved))]
    others = sorted((thing for thing in kept if not isinstance(thing, (pydyf.Stream, Reserved))), key=_kind)
    numbers = {thing.number: index for index, thing in enumerate((*alone, *others))}
    streams = [thing for thing in alone if isinstance(thing, pydyf.Stream)]
    contents = [_content(thing, numbers) for thing in streams if has_places(thing)]
    written = [_stream(thing, numbers) for thing in streams if not has_places(thing)]
    parents = int(drawn.tree.parents.split()[0])
    objects = [movable(thing.data, numbers, lists_entries=thing.number == parents) for thing in others]
    return Packed(tuple(written), tuple(contents), tuple(packs(objects, len(alone))), numbers)


def _kind(thing: pydyf.Object) -> str:
    """Tell what is written like an object: texts are apart from all else."""
    if not isinstance(thing, dict):
        return type(thing).__name__
    return f"{'ActualText' in thing} {thing.get('Type', '')}{thing.get('S', '')}"


def _content(thing: pydyf.Stream, numbers: Mapping[int, int]) -> Content:
    entries = movable(pydyf.Dictionary(thing.extra).data, numbers)
    return content(numbers[thing.number], thing, entries)


def _stream(thing: pydyf.Stream, numbers: Mapping[int, int]) -> tuple[int, Movable, bytes]:
    """Part a stream into its number, its dictionary and its data."""
    head, word, body = thing.data.partition(b"stream\n")
    return numbers[thing.number], movable(head, numbers), word + body
