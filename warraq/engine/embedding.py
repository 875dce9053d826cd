"""Fonts written into a PDF: one program for all chapters, and for each chapter its own codes.

A chapter's codes stand in its page streams. Its font dictionaries (ISO 32000-1 §9.7) map
them to the text that is copied (`ToUnicode`) and to their widths (`W`), which the chapter
knows by itself (`describe`), and to the glyphs of the program (`CIDToGIDMap`), which is made
once, when all cells are known (`embed`).
"""

from __future__ import annotations

import pickle
import struct
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pydyf

from warraq import fingerprint
from warraq.cache import Cache
from warraq.engine.cells import Cell, read_outline
from warraq.engine.programs import Used, font_file
from warraq.engine.truetype import MOST, program

if TYPE_CHECKING:
    from warraq.engine.typefaces import Face

_TO_UNICODE = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange
{}
endcmap
CMapName currentdict /CMap defineresource pop
end
end"""
#: Most lines of a section of a CMap (Adobe Technical Note 5014).
_SECTION = 100
#: Glyphs of the font itself, beside those made for cells, that a program leaves room for.
_ROOM = 20000
_LEVEL = 6


@dataclass(frozen=True, slots=True)
class _Use:
    """What a chapter, by its index, used of a face, with its cells apart."""

    chapter: int
    used: Used
    cells: list[bytes]


@dataclass(frozen=True, slots=True)
class _Program:
    """A font program as it stands in a file, the glyphs of its cells in their order, and the widest cell."""

    data: bytes
    length: int
    glyphs: tuple[int, ...]
    widest: int


def describe(pdf: pydyf.PDF, face: Face, descendant: pydyf.Object) -> tuple[bytes, pydyf.Array]:
    """Write what a chapter knows of a face's font by itself: give the font's reference, and its widths.

    `descendant` is an object that `embed` makes, but for the reference to the widths (`W`).
    """
    cells = list(face.codes)
    font = {
        "Type": "/Font",
        "Subtype": "/Type0",
        "BaseFont": face.font.name,
        "Encoding": "/Identity-H",
        "DescendantFonts": pydyf.Array([descendant.reference]),
        "ToUnicode": _reference(pdf, pydyf.Stream([_to_unicode(cells)], compress=True)),
    }
    widths = pydyf.Array([1, pydyf.Array([cell.advance for cell in cells])])
    pdf.add_object(widths)
    return _reference(pdf, pydyf.Dictionary(font)), widths


def embed(
    pdf: pydyf.PDF, chapters: Sequence[Sequence[Used]], programs: Mapping[str, bytes], cache: Cache
) -> Iterator[tuple[int, Used, dict[str, Any]]]:
    """Write the fonts of all chapters; give the descendant font of each use of a face, with its chapter's index.

    `programs` holds those font files, by their names, that are not the theme's.
    """
    uses: dict[Any, list[_Use]] = {}
    for chapter, faces in enumerate(chapters):
        for used in faces:
            use = _Use(chapter, used, used.cells.split(b"\n"))
            uses.setdefault((used.program, used.index, used.variations, used.base_font), []).append(use)
    for everywhere in uses.values():
        for together in _volumes(everywhere):
            yield from _embed_face(pdf, together, programs, cache)


def add(pdf: pydyf.PDF, dictionary: dict[str, Any], faces: Sequence[Face]) -> None:
    """Write the faces of a document drawn as a whole, and name them in its dictionary of fonts."""
    descendants, uses, programs = [], [], {}
    for number, face in enumerate(faces):
        descendant = pydyf.Dictionary()
        pdf.add_object(descendant)
        dictionary[face.name], widths = describe(pdf, face, descendant)
        descendant["W"] = widths.reference
        descendants.append(descendant)
        uses.append(face.used(number))
        programs[uses[-1].program] = face.font.file_content
    for _chapter, used, font in embed(pdf, [uses], programs, Cache(None)):
        descendants[used.number].update(font)


def _volumes(uses: Sequence[_Use]) -> Iterator[list[_Use]]:
    """Part uses of a face so that the cells of each part fit into one program: nearly always one."""
    if len(set[bytes]().union(*(use.cells for use in uses))) <= MOST - _ROOM:
        yield list(uses)
        return
    together: list[_Use] = []
    cells: set[bytes] = set()
    for use in uses:
        both = cells.union(use.cells)
        if together and len(both) > MOST - _ROOM:
            yield together
            together, both = [], set(use.cells)
        together.append(use)
        cells = both
    yield together


def _embed_face(
    pdf: pydyf.PDF, uses: Sequence[_Use], programs: Mapping[str, bytes], cache: Cache
) -> Iterator[tuple[int, Used, dict[str, Any]]]:
    """Write one face with its program, and a descendant font for each chapter that uses it."""
    face = uses[0].used
    cells = sorted(set().union(*(use.cells for use in uses)))
    made = _kept_program(face, cells, programs, cache)
    descriptor = _descriptor(pdf, face, made)
    glyphs = dict(zip(cells, made.glyphs, strict=True))
    for use in uses:
        places = struct.pack(f">{len(use.cells) + 1}H", 0, *[glyphs[cell] for cell in use.cells])
        yield use.chapter, use.used, _descendant(pdf, use.used, places, descriptor)


def _kept_program(face: Used, cells: Sequence[bytes], programs: Mapping[str, bytes], cache: Cache) -> _Program:
    """Make a font program, unless one of the same cells was made before."""
    if not cache.folder:
        return _program(face, cells, programs)
    kind = (face.program, face.index, face.variations)
    key = fingerprint.digest("font", fingerprint.program(), kind, b"\n".join(cells))
    if kept := cache.get(key):
        found: _Program = pickle.loads(kept)  # noqa: S301 - our own, and checked
        return found
    made = _program(face, cells, programs)
    cache.put(key, pickle.dumps(made, pickle.HIGHEST_PROTOCOL))
    return made


def _program(face: Used, cells: Sequence[bytes], programs: Mapping[str, bytes]) -> _Program:
    from warraq.font_files import outlines  # noqa: PLC0415 - fontTools is loaded only where a font is read

    source = outlines(font_file(face.program, programs), face.index, dict(face.variations))
    read = list(map(read_outline, cells))
    data, glyphs = program(source, read)
    widest = max(cell.advance for cell in read)
    return _Program(zlib.compress(data, _LEVEL), len(data), tuple(glyphs[cell] for cell in read), widest)


def _descriptor(pdf: pydyf.PDF, face: Used, made: _Program) -> bytes:
    file = pydyf.Stream([made.data], {"Length1": made.length, "Filter": "/FlateDecode"})
    pdf.add_object(file)
    descriptor = {
        "Type": "/FontDescriptor",
        "FontName": face.base_font,
        "FontFamily": pydyf.String(face.family),
        "Flags": face.flags,
        "FontBBox": pydyf.Array([0, face.descent, made.widest, face.ascent]),
        "ItalicAngle": 0,
        "Ascent": face.ascent,
        "Descent": face.descent,
        "CapHeight": face.ascent,
        "StemV": 80,
        "FontFile2": file.reference,
    }
    return _reference(pdf, pydyf.Dictionary(descriptor))


def _descendant(pdf: pydyf.PDF, used: Used, places: bytes, descriptor: bytes) -> dict[str, Any]:
    """Make the part of a composite font (ISO 32000-1 §9.7.4) that leads from a chapter's codes to glyphs."""
    packed = zlib.compress(places, _LEVEL)
    return {
        "Type": "/Font",
        "Subtype": "/CIDFontType2",
        "BaseFont": used.base_font,
        "CIDSystemInfo": b"<</Registry (Adobe)/Ordering (Identity)/Supplement 0>>",
        "CIDToGIDMap": _reference(pdf, pydyf.Stream([packed], {"Filter": "/FlateDecode"})),
        "FontDescriptor": descriptor,
    }


def _to_unicode(cells: Sequence[Cell]) -> str:
    """Write which text each code stands for (ISO 32000-1 §9.10.3)."""
    lines = [f"<{code:04x}> <{cell.text.encode('utf-16-be').hex()}>" for code, cell in enumerate(cells, 1)]
    sections = [lines[at : at + _SECTION] for at in range(0, len(lines), _SECTION)]
    return _TO_UNICODE.format(
        "\n".join(f"{len(section)} beginbfchar\n" + "\n".join(section) + "\nendbfchar" for section in sections)
    )


def _reference(pdf: pydyf.PDF, thing: pydyf.Object) -> bytes:
    pdf.add_object(thing)
    reference: bytes = thing.reference
    return reference
