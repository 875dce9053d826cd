"""Fonts written into a PDF: one program for all chapters, and for each chapter its own codes.

A chapter's codes stand in its page streams. Its font dictionaries (ISO 32000-1 §9.7) map
them to their widths (`W`), which the chapter knows by itself (`describe`), to the glyphs of
the program (`CIDToGIDMap`), which is made once, when all cells are known (`embed`), and to the
text that is copied (`ToUnicode`), for which one map serves all chapters but for rare characters.
"""

from __future__ import annotations

import pickle
import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING, Any

import pydyf

from warraq import fingerprint
from warraq.cache import Cache
from warraq.engine.cells import read_outline
from warraq.engine.codes import WIDEST, common_map, runs, to_unicode
from warraq.engine.programs import Numbers, Used, font_file
from warraq.engine.truetype import MOST, program

if TYPE_CHECKING:
    from warraq.engine.typefaces import Face

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
class Parts:
    """What binding makes of a chapter's font: references to its map of glyphs, and to what it shares with others.

    `texts` is nothing if no chapter has codes that stand for the same text in all.
    """

    glyphs: bytes
    descriptor: bytes
    texts: bytes


@dataclass(frozen=True, slots=True)
class _Program:
    """A font program as it stands in a file, the glyphs of its cells in their order, and the widest cell.

    `maps` lead from codes to glyphs, as they stand in the file, by the digest of what is used.
    """

    data: bytes
    length: int
    glyphs: tuple[bytes, ...]
    widest: int
    maps: Mapping[str, bytes]


class Reserved(pydyf.Object):  # type: ignore[misc]
    """A number for an object that is written later."""

    data = b""


def describe(pdf: pydyf.PDF, face: Face) -> tuple[bytes, Numbers]:
    """Write what a chapter knows of a face's font by itself: give its reference, and the numbers of its objects."""
    font, descendant = Reserved(), Reserved()
    used = {int(code, 16): cell for cell, code in face.codes.items()}
    advances = defaultdict(int, {code: cell.advance for code, cell in used.items()})
    widths = pydyf.Array(
        chain(*((run.start, pydyf.Array(advances[code] for code in run)) for run in runs(sorted(used), WIDEST)))
    )
    for thing in (font, descendant, widths):
        pdf.add_object(thing)
    texts = 0
    if not face.has_common_codes:
        texts = _added(pdf, _text_map(to_unicode({code: cell.text for code, cell in used.items()}))).number
    return font.reference, Numbers(font.number, descendant.number, widths.number, texts)


def embed(
    pdf: pydyf.PDF, chapters: Sequence[Sequence[Used]], programs: Mapping[str, bytes], cache: Cache
) -> Iterator[tuple[int, Used, Parts]]:
    """Write the fonts of all chapters; give what is theirs to each use of a face, with its chapter's index.

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
    uses, programs = [], {}
    for face in faces:
        dictionary[face.name], numbers = describe(pdf, face)
        uses.append(face.used(numbers))
        programs[uses[-1].program] = face.font.file_content
    things = {thing.number: thing for thing in pdf.objects}
    for _chapter, used, parts in embed(pdf, [uses], programs, Cache(None)):
        for number, data in written(used, parts, used.numbers):
            things[number].data = data


def written(used: Used, parts: Parts, numbers: Numbers) -> Iterator[tuple[int, bytes]]:
    """Write a composite font and its descendant (ISO 32000-1 §9.7.4, §9.7.6), by these numbers of objects."""
    texts = b"%d 0 R" % numbers.texts if numbers.texts else parts.texts
    yield (
        numbers.font,
        b"".join(
            (
                b"<</Type/Font/Subtype/Type0/BaseFont%b/Encoding/Identity-H" % used.base_font,
                b"/DescendantFonts[%d 0 R]/ToUnicode %b>>" % (numbers.descendant, texts),
            )
        ),
    )
    yield (
        numbers.descendant,
        b"".join(
            (
                b"<</Type/Font/Subtype/CIDFontType2/BaseFont%b" % used.base_font,
                b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>",
                b"/CIDToGIDMap %b/FontDescriptor %b/W %d 0 R>>" % (parts.glyphs, parts.descriptor, numbers.widths),
            )
        ),
    )


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
) -> Iterator[tuple[int, Used, Parts]]:
    """Write one face with its program, and for each chapter that uses it the map that leads from codes to glyphs."""
    face = uses[0].used
    cells = sorted(set().union(*(use.cells for use in uses)))
    made = _kept_program(face, cells, uses, programs, cache)
    descriptor = _descriptor(pdf, face, made)
    counts = [use.used.counts for use in uses if use.used.counts]
    texts = _added(pdf, _text_map(common_map(counts))).reference if counts else b""
    for use in uses:
        stream = pydyf.Stream([made.maps[use.used.digest]], {"Filter": "/FlateDecode"})
        yield use.chapter, use.used, Parts(_added(pdf, stream).reference, descriptor, texts)


def _kept_program(
    face: Used, cells: Sequence[bytes], uses: Sequence[_Use], programs: Mapping[str, bytes], cache: Cache
) -> _Program:
    """Make a font program and its maps of glyphs, unless those of the same cells were made before."""
    kind = (face.program, face.index, face.variations)
    key = fingerprint.digest("font", fingerprint.program(), kind, b"\n".join(cells)) if cache.folder else ""
    kept = cache.get(key) if cache.folder else None
    known: _Program = pickle.loads(kept) if kept else _program(face, cells, programs)  # noqa: S301 - our own, and checked
    glyphs = dict(zip(cells, known.glyphs, strict=True))
    maps = {use.used.digest: known.maps.get(use.used.digest) or _glyph_map(use, glyphs) for use in uses}
    made = replace(known, maps=maps)
    if cache.folder and not maps.keys() <= known.maps.keys():
        cache.put(key, pickle.dumps(made, pickle.HIGHEST_PROTOCOL))
    return made


def _glyph_map(use: _Use, glyphs: Mapping[bytes, bytes]) -> bytes:
    """Write which glyph each code draws (ISO 32000-1 table 117); most of the map is nothing."""
    packed, found, at = b"".join([glyphs[cell] for cell in use.cells]), bytearray(), 0
    for first, count in use.used.runs:
        found += bytes(2 * first - len(found)) + packed[at : at + 2 * count]
        at += 2 * count
    packer = zlib.compressobj(1, zlib.DEFLATED, zlib.MAX_WBITS, zlib.DEF_MEM_LEVEL, zlib.Z_RLE)
    return packer.compress(found) + packer.flush()


def _program(face: Used, cells: Sequence[bytes], programs: Mapping[str, bytes]) -> _Program:
    from warraq.font_files import outlines  # noqa: PLC0415 - fontTools is loaded only where a font is read

    source = outlines(font_file(face.program, programs), face.index, dict(face.variations))
    read = list(map(read_outline, cells))
    data, glyphs = program(source, read)
    widest = max(cell.advance for cell in read)
    numbers = tuple(glyphs[cell].to_bytes(2) for cell in read)
    return _Program(zlib.compress(data, _LEVEL), len(data), numbers, widest, {})


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
    reference: bytes = _added(pdf, pydyf.Dictionary(descriptor)).reference
    return reference


def _text_map(text: str) -> pydyf.Stream:
    return pydyf.Stream([zlib.compress(text.encode(), _LEVEL)], {"Filter": "/FlateDecode"})


def _added(pdf: pydyf.PDF, thing: pydyf.Object) -> pydyf.Object:
    pdf.add_object(thing)
    return thing
