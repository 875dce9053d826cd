"""Lines with tatweels put into some of their words, of which these words alone are shaped anew.

Where HarfBuzz tells that a line may be cut before and after a word
(`warraq.engine.pieces`), the rest of it stays as it was shaped. Other lines are shaped whole.
"""

from __future__ import annotations

import struct
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Any, NamedTuple

from weasyprint.text.ffi import FROM_UNITS, ffi, pango
from weasyprint.text.line_break import create_layout

from warraq.engine.harfbuzz import Shaping, shape
from warraq.engine.items import Item
from warraq.engine.justification.shaper import shaper
from warraq.engine.pieces import Part, Piece

#: PangoGlyphInfo: glyph, width, x and y offset, attributes.
_INFO = struct.Struct("I i 12x")


class Lengthened(NamedTuple):
    """A line with tatweels in it: its layout, its width and that of these tatweels in px."""

    layout: Any
    width: float
    tatweels: float


class _Word(NamedTuple):
    """A word that is longer now: the bytes of the whole text between which it stood, and what it is."""

    start: int
    end: int
    data: bytes


def lengthened(box: Any, text: str, kashidas: Sequence[int]) -> Lengthened:
    """Shape what a laid-out box holds with tatweels in it, which stand at these indexes of the text."""
    before = box.pango_layout
    piece = _by_words(before, box, text) or before.reshaped(text) if isinstance(before, Piece) else None
    layout, advances = (piece, piece.advances()) if piece else _shaped(text, box.style)
    return Lengthened(layout, sum(advances), sum([advances[len(text[:at].encode())] for at in kashidas]))


def _shaped(text: str, style: Any) -> tuple[Any, list[float]]:
    """Shape a text on one line; give the layout and the advance in px of each byte, a cluster's at its first."""
    layout = create_layout(text, style, None, None, 0)
    line, _index = layout.get_first_line()
    widths = [0.0] * len(text.encode())
    run = line.runs[0] if line.runs != ffi.NULL else ffi.NULL
    while run != ffi.NULL:
        glyphs, offset = run.data.glyphs, run.data.item.offset
        count = glyphs.num_glyphs
        infos = _INFO.iter_unpack(ffi.buffer(glyphs.glyphs, count * _INFO.size))
        for cluster, (_glyph, width) in zip(ffi.unpack(glyphs.log_clusters, count), infos, strict=True):
            widths[offset + cluster] += width * FROM_UNITS
        run = run.next
    layout.deactivate()
    return layout, widths


def _by_words(piece: Piece, box: Any, text: str) -> Piece | None:
    """Put longer words into a line; None if these cannot all be shaped alone."""
    words = list(_changed(piece, text)) if piece.text == box.text else []
    segment, added = shaper(box.style).segment, 0
    parts = []
    for part in piece.parts:
        item = part.item
        inside = [word for word in words if item.offset <= word.start and word.end <= item.end]
        shapings = [_alone(item, word, segment) for word in inside]
        found = [shaping for shaping in shapings if shaping]
        if len(found) < len(inside):
            return None
        parts.append(_spliced(part, list(zip(inside, found, strict=True)), piece, added))
        added += sum(len(word.data) - word.end + word.start for word in inside)
    if len(text.encode()) - len(piece.text.encode()) != added:
        return None
    longer = piece.spaced(piece.justification_spacing)
    longer.start, longer.text, longer.parts = 0, text, parts
    longer.width = sum(map(Part.width, parts)) * FROM_UNITS
    return longer


def _changed(piece: Piece, text: str) -> Iterator[_Word]:
    """Give the words, from space to space, that are longer in a text than in a line."""
    start = piece.start
    for before, after in zip(piece.text.split(" "), text.split(" "), strict=True):
        end = start + len(before.encode())
        if after != before:
            yield _Word(start, end, after.encode())
        start = end + 1


def _alone(item: Item, word: _Word, segment: Any) -> Shaping | None:
    """Shape a word that a line may be cut before and after."""
    if not item.is_sure or not item.is_rtl or word.start in item.unsafe or word.end in item.unsafe:
        return None
    found = shape(pango.pango_font_get_hb_font(item.font), word.data, segment=segment)
    # Pango turns such widths, and looks for a font that has the letters.
    return None if min(found.advances) < 0 or 0 in found.glyphs else found


def _spliced(part: Part, words: Sequence[tuple[_Word, Shaping]], piece: Piece, added: int) -> Part:
    """Put words into a part of a line, before which so many bytes were added to it."""
    item, at, last = part
    shift = added - piece.start
    offset, stop = max(item.offset, piece.start) + shift, min(item.end, piece.start + len(piece.text.encode()))
    starts, sums, glyphs = array("i"), array("i", (0,)), [b""]
    count = len(item.starts)

    def keep(upto: int) -> None:
        starts.extend([start + shift for start in item.starts[at:upto]])
        wider = sums[-1] - item.sums[at]
        sums.extend([total + wider for total in item.sums[at + 1 : upto + 1]])
        first, end = (count - upto, count - at) if item.is_rtl else (at, upto)
        glyphs.append(item.glyphs[16 * first : 16 * end])

    for word, shaping in words:
        keep(bisect_left(item.starts, word.start))
        starts.extend([word.start + shift + cluster for cluster in reversed(shaping.clusters)])
        sums.extend(accumulate(reversed(shaping.advances), initial=sums.pop()))
        glyphs.append(shaping.records())
        at, shift = bisect_left(item.starts, word.end), shift + len(word.data) - word.end + word.start
    keep(last)
    drawn = b"".join(reversed(glyphs) if item.is_rtl else glyphs)
    return Part(item._replace(offset=offset, end=stop + shift, glyphs=drawn, starts=starts, sums=sums), 0, len(starts))
