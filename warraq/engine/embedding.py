"""Fonts written into a PDF: one program for all chapters, and for each chapter its own codes.

A chapter's codes stand in its page streams. Its font dictionaries (ISO 32000-1 §9.7) map
them to the glyphs of the program (`CIDToGIDMap`), to their widths (`W`) and to the text
that is copied (`ToUnicode`); the program is made once, when all cells are known.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pydyf

from warraq.engine.cells import Cell
from warraq.engine.truetype import MOST, program
from warraq.engine.typefaces import Used, faces_of
from warraq.font_files import outlines

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


def embed(
    pdf: pydyf.PDF, chapters: Sequence[Sequence[Used]], programs: Mapping[str, bytes], *, compress: bool = True
) -> list[dict[str, bytes]]:
    """Write the fonts of all chapters; give each chapter's references, by the names its pages use.

    `programs` holds the font files by their SHA-256.
    """
    uses: dict[Any, list[tuple[int, Used]]] = {}
    for chapter, faces in enumerate(chapters):
        for used in faces:
            uses.setdefault((used.program, used.index, used.variations, used.base_font), []).append((chapter, used))
    references: list[dict[str, bytes]] = [{} for _chapter in chapters]
    for everywhere in uses.values():
        for together in _volumes(everywhere):
            _embed_face(pdf, together, programs, references, compress=compress)
    return references


def add(pdf: pydyf.PDF, dictionary: dict[str, Any], fonts: Mapping[Any, Any], *, compress: bool) -> None:
    """Write the faces of a document drawn as a whole, and name them in its dictionary of fonts."""
    faces = faces_of(fonts)
    uses = [face.used() for face in faces]
    programs = {used.program: face.font.file_content for used, face in zip(uses, faces, strict=True)}
    dictionary.update(*embed(pdf, [uses], programs, compress=compress))


def _volumes(uses: Sequence[tuple[int, Used]]) -> Iterator[list[tuple[int, Used]]]:
    """Part uses of a face so that the cells of each part fit into one program: nearly always one."""
    together: list[tuple[int, Used]] = []
    cells: set[Cell] = set()
    for chapter, used in uses:
        if together and len(cells.union(used.cells)) > MOST - _ROOM:
            yield together
            together, cells = [], set()
        together.append((chapter, used))
        cells.update(used.cells)
    yield together


def _embed_face(
    pdf: pydyf.PDF,
    uses: Sequence[tuple[int, Used]],
    programs: Mapping[str, bytes],
    references: Sequence[dict[str, bytes]],
    *,
    compress: bool,
) -> None:
    """Write one face with its program, and a font dictionary for each chapter that uses it."""
    face = uses[0][1]
    source = outlines(programs[face.program], face.index, dict(face.variations))
    cells = dict.fromkeys(cell for _chapter, used in uses for cell in used.cells)
    data, glyphs = program(source, cells)
    descriptor = _descriptor(pdf, face, data, max(cell.advance for cell in cells), compress=compress)
    for chapter, used in uses:
        references[chapter][used.name] = _font(pdf, used, glyphs, descriptor, compress=compress)


def _descriptor(pdf: pydyf.PDF, face: Used, data: bytes, widest: int, *, compress: bool) -> bytes:
    file = pydyf.Stream([data], pydyf.Dictionary({"Length1": len(data)}), compress=compress)
    pdf.add_object(file)
    descriptor = pydyf.Dictionary(
        {
            "Type": "/FontDescriptor",
            "FontName": face.base_font,
            "FontFamily": pydyf.String(face.family),
            "Flags": face.flags,
            "FontBBox": pydyf.Array([0, face.descent, widest, face.ascent]),
            "ItalicAngle": 0,
            "Ascent": face.ascent,
            "Descent": face.descent,
            "CapHeight": face.ascent,
            "StemV": 80,
            "FontFile2": file.reference,
        }
    )
    return _reference(pdf, descriptor)


def _font(pdf: pydyf.PDF, used: Used, glyphs: Mapping[Cell, int], descriptor: bytes, *, compress: bool) -> bytes:
    """Write a composite font (ISO 32000-1 §9.7.6) whose codes are those of a chapter."""
    places = struct.pack(f">{len(used.cells) + 1}H", 0, *(glyphs[cell] for cell in used.cells))
    system = {"Registry": pydyf.String("Adobe"), "Ordering": pydyf.String("Identity"), "Supplement": 0}
    descendant = pydyf.Dictionary(
        {
            "Type": "/Font",
            "Subtype": "/CIDFontType2",
            "BaseFont": used.base_font,
            "CIDSystemInfo": pydyf.Dictionary(system),
            "CIDToGIDMap": _reference(pdf, pydyf.Stream([places], compress=compress)),
            "W": pydyf.Array([1, pydyf.Array([cell.advance for cell in used.cells])]),
            "FontDescriptor": descriptor,
        }
    )
    font = pydyf.Dictionary(
        {
            "Type": "/Font",
            "Subtype": "/Type0",
            "BaseFont": used.base_font,
            "Encoding": "/Identity-H",
            "DescendantFonts": pydyf.Array([_reference(pdf, descendant)]),
            "ToUnicode": _reference(pdf, pydyf.Stream([_to_unicode(used.cells)], compress=compress)),
        }
    )
    return _reference(pdf, font)


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
