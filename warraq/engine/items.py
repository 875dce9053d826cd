"""Items: the runs of a text that are of one font, script and direction, and are shaped in one go.

Pango finds them, and has HarfBuzz shape them. Here HarfBuzz is asked once more, for what
Pango does not tell (`warraq.engine.harfbuzz`). Once Pango was seen to set the characters of a
text in one font, it is not asked at all: Arabic letters and the signs of `PLAIN` are one item,
at level 1 of the bidi algorithm (UAX #9), and numbers that stand apart are items at level 2.
HarfBuzz gives what it gave to Pango.
"""

from __future__ import annotations

import re
import struct
from array import array
from collections.abc import Iterator
from itertools import accumulate
from typing import Any, NamedTuple

from weasyprint.text.ffi import ffi, pango
from weasyprint.text.line_break import create_layout

from warraq.engine import harfbuzz
from warraq.engine.settings import Seen, Setting

#: The start of PangoAnalysis, of which WeasyPrint has another idea.
ffi.cdef("""
    typedef struct {
        void *shape_engine, *lang_engine, *font; uint8_t level, gravity, flags, script; PangoLanguage *language;
    } PangoAnalysisAsItIs;
    const char * pango_language_to_string (PangoLanguage *language);
""")
#: Features with which HarfBuzz shapes if it is asked for none.
USUAL = (b"", b"kern 1")
#: PANGO_SCRIPT_ARABIC.
ARABIC = 2
#: Arabic letters, marks and digits, and signs that take part in any script and part no item.
PLAIN = re.compile(
    r"[ -@\[-`{-~\u00a0«»\u060c\u060d\u0610-\u061b\u061e-\u06dc\u06dd-\u06ed"
    r"\u200c\u200d\u2010-\u2015\u2018-\u201f\u2026\u2039\u203a]"
)
#: Classes EN and AN of the bidi algorithm; NSM; BN, ES and ET; CS.
_NUMBER = "[0-9\u0660-\u0669\u066b\u066c\u06dd\u06f0-\u06f9]"
_MARK = "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
_TERMINATOR = r"#$%+\-\u066a\u200c\u200d"
_SEPARATOR = "[,./:\u00a0\u060c]"
NUMBER = re.compile(f"{_NUMBER}+")
#: What may be a part of a number, or not.
UNSURE = re.compile(f"{_NUMBER}[{_MARK}{_TERMINATOR}]|[{_TERMINATOR}]{_NUMBER}|{_NUMBER}{_SEPARATOR}{_NUMBER}")
#: Letters that decide the script of what stands beside them.
LETTER = re.compile("[\u0620-\u063f\u0641-\u064a\u066e\u066f\u0671-\u06d3]")
#: PangoGlyphInfo: id, width, x and y offset; the bits of the last field are not ours.
_FIELDS = struct.Struct("16s4x")


class Item(NamedTuple):
    """A run of glyphs; `is_sure` tells that HarfBuzz was asked and the run may be cut.

    `glyphs` has 16 bytes for each glyph, from left to right: id, width, x and y offset. All
    else is in reading order: `starts`, the bytes at which the clusters of glyphs begin, the
    `sums` of widths before them in Pango's units; `unsafe` are the bytes at which the text
    may not be cut, `joints` those at which a tatweel is safe.
    """

    font: Any
    offset: int
    end: int
    is_rtl: bool
    glyphs: bytes
    starts: array[int]
    sums: array[int]
    unsafe: frozenset[int] = frozenset()
    joints: frozenset[int] = frozenset()
    is_sure: bool = False


def items(text: str, data: bytes, style: Any, setting: Setting | None) -> list[Item]:
    """Shape a text, of which `data` are the bytes; give its items in reading order."""
    if setting is None or setting.features not in USUAL or setting.is_changing:
        return _by_pango(text, data, style, None)
    seen = setting.seen
    spans = _spans(text) if seen.characters.issuperset(text) else None
    if not spans:
        return _by_pango(text, data, style, seen)
    found = []
    for span in spans:
        start, end, is_rtl = span
        known = seen.leftwards if is_rtl else seen.rightwards
        told = harfbuzz.shape(pango.pango_font_get_hb_font(seen.font), data, start, end, known)
        if min(told.advances) < 0:
            # Pango turns such widths.
            return _by_pango(text, data, style, seen)
        found.append(_item(seen.font, told, data, span, known))
    return found


def _spans(text: str) -> list[tuple[int, int, bool]] | None:
    """Give the bytes at which items of plain text begin and end, and whether they run leftwards; None if in doubt."""
    if not LETTER.search(text) or UNSURE.search(text):
        return None
    spans, at, after = [], 0, 0
    for number in NUMBER.finditer(text):
        first, last = number.span()
        start = at + len(text[after:first].encode())
        end = start + len(number[0].encode())
        spans += [(at, start, True), (start, end, False)] if start > at else [(start, end, False)]
        at, after = end, last
    end = at + len(text[after:].encode())
    return [*spans, (at, end, True)] if end > at else spans


def _by_pango(text: str, data: bytes, style: Any, seen: Seen | None) -> list[Item]:
    """Have Pango shape a text, and mark what it makes of plain characters."""
    layout = create_layout(text, style, None, None, 0)
    line, _index = layout.get_first_line()
    is_plain = bool(_spans(text)) and all(map(PLAIN.match, text))
    found = []
    for run in runs(line):
        item = _read(run, data, is_asked=seen is not None, is_plain=is_plain)
        found.append(item)
        if seen and is_plain and item.is_sure:
            _see(seen, layout, run.item, data[item.offset : item.end].decode())
    layout.deactivate()
    return sorted(found, key=lambda item: item.offset)


def _see(seen: Seen, layout: Any, item: Any, text: str) -> None:
    """Mark that Pango sets these characters in the font of an item, which is kept alive by its layout."""
    characters = set(text)
    if seen.font == item.analysis.font:
        seen.characters |= characters
    elif len(characters) > len(seen.characters):
        seen.font, seen.layout, seen.characters = item.analysis.font, layout.layout, characters
        seen.leftwards, seen.rightwards = (_segment(_analysis(item), is_rtl=is_rtl) for is_rtl in (True, False))
        layout.is_drawn = True  # so that nobody takes it


def _read(run: Any, data: bytes, *, is_asked: bool, is_plain: bool) -> Item:
    """Read a run of Pango's, and ask HarfBuzz about it if it reads from the right or is part of plain text."""
    item, analysis, known = run.item, _analysis(run.item), segment(run.item)
    glyphs, starts, is_rtl = fields(run.glyphs), clusters(run.glyphs, item.offset), bool(analysis.level % 2)
    start, end = item.offset, item.offset + item.length
    if is_asked and (analysis.level == 1 or (is_plain and known)):
        told = harfbuzz.shape(pango.pango_font_get_hb_font(item.analysis.font), data, start, end, known)
        if told.clusters.tolist() == starts and told.records() == glyphs:
            return _item(item.analysis.font, told, data, (start, end, is_rtl), known)
    order = -1 if is_rtl else 1
    sums = accumulate(widths(glyphs)[::order], initial=0)
    return Item(item.analysis.font, start, end, is_rtl, glyphs, array("i", starts[::order]), array("i", sums))


def _item(font: Any, told: harfbuzz.Shaping, data: bytes, span: tuple[int, int, bool], known: Any) -> Item:
    """Make an item of what HarfBuzz tells of a part of a text."""
    told = harfbuzz.parted(told, pango.pango_font_get_hb_font(font), data, known)
    *_, is_rtl = span
    order = -1 if is_rtl else 1
    sums = array("i", accumulate(told.advances[::order], initial=0))
    unsafe, joints = told.marked(harfbuzz.UNSAFE), told.marked(harfbuzz.SAFE)
    return Item(font, *span, told.records(), told.clusters[::order], sums, unsafe, joints, is_sure=True)


def _analysis(item: Any) -> Any:
    return ffi.cast("PangoAnalysisAsItIs *", ffi.addressof(item[0], "analysis"))


def segment(item: Any) -> Any:
    """Tell HarfBuzz what Pango tells of an item; None if it is not in the Arabic script."""
    analysis = _analysis(item)
    return _segment(analysis, is_rtl=bool(analysis.level % 2)) if analysis.script == ARABIC else None


def _segment(analysis: Any, *, is_rtl: bool) -> Any:
    return harfbuzz.arabic(ffi.string(pango.pango_language_to_string(analysis.language)), is_rtl=is_rtl)


def runs(line: Any) -> Iterator[Any]:
    """Give the runs of a line of Pango's."""
    run = line.runs
    while run != ffi.NULL:
        yield run.data
        run = run.next


def fields(glyphs: Any) -> bytes:
    """Read the glyphs of a run: id, width, x and y offset of each in turn."""
    records = _FIELDS.iter_unpack(ffi.buffer(glyphs.glyphs, glyphs.num_glyphs * _FIELDS.size))
    return b"".join([record for (record,) in records])


def widths(glyphs: bytes) -> list[int]:
    """Give the widths of glyphs in Pango's units."""
    return memoryview(glyphs).cast("i")[1::4].tolist()


def clusters(glyphs: Any, offset: int) -> list[int]:
    """Give the bytes of a text at which the clusters of the glyphs of a run begin."""
    return [offset + start for start in ffi.unpack(glyphs.log_clusters, glyphs.num_glyphs)]
