"""Lines with tatweels put into some of their words, of which these words alone are shaped anew.

Where HarfBuzz tells that a line may be cut before and after a word
(`warraq.engine.pieces`), the rest of it stays as it was shaped. Other lines are shaped whole.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from weasyprint.text.ffi import FROM_UNITS, pango
from weasyprint.text.line_break import create_layout

from warraq.engine.harfbuzz import Shaping, shape
from warraq.engine.items import Item, clusters, fields, runs, widths
from warraq.engine.justification.shaper import shaper
from warraq.engine.pieces import Glyphs, Part, Piece

_TATWEEL = len("\u0640".encode())


class Lengthened(NamedTuple):
    """A line with tatweels in it: its layout, its width and that of these tatweels in px."""

    layout: Any
    width: float
    tatweels: float


class Word(NamedTuple):
    """A word that is longer now by so many bytes: those of the whole text between which it stood; how it is shaped."""

    start: int
    end: int
    more: int
    shaping: Shaping


class Longer(Piece):
    """A line of which some words are longer than they were in the text that was shaped whole."""

    def __init__(self, piece: Piece, text: str, words: Sequence[Word], width: float) -> None:
        """Take the place of a line; `width` is in px."""
        self.__dict__.update(piece.__dict__, text=text, words=words, width=width)
        self.end = piece.start + len(piece.text.encode())

    def runs(self) -> list[Glyphs]:
        """Give the runs of the line from left to right."""
        found, shift = list[Glyphs](), -self.start
        for part in self.parts:
            item = part.item
            inside = [word for word in self.words if item.offset <= word.start < item.end]
            starts, glyphs = _spliced(part, inside, shift)
            shift += sum([word.more for word in inside])
            found.append(Glyphs(item.font, glyphs, starts, min(item.end, self.end) + shift, item.is_rtl))
        return found[::-1]


def lengthened(box: Any, text: str, kashidas: Sequence[int]) -> Lengthened:
    """Shape what a laid-out box holds with tatweels in it, which stand at these indexes of the text."""
    piece, tatweels = box.pango_layout, [len(text[:at].encode()) for at in kashidas]
    found = None
    if isinstance(piece, Piece):
        found = _by_words(piece, box, text, frozenset(tatweels)) or _whole(piece, text, tatweels)
    return found or _by_pango(text, box.style, tatweels)


def _by_words(piece: Piece, box: Any, text: str, tatweels: frozenset[int]) -> Lengthened | None:
    """Put longer words into a line; None if these cannot all be shaped alone."""
    if piece.text != box.text:
        return None
    words, wider, strokes, shift = [], 0, 0, -piece.start
    for start, end, data in _changed(piece, text):
        item = next((part.item for part in piece.parts if part.item.offset <= start and end <= part.item.end), None)
        shaping = _alone(item, start, end, data, shaper(box.style).segment) if item else None
        if not item or not shaping:
            return None
        words.append(Word(start, end, len(data) - (end - start), shaping))
        wider += sum(shaping.advances) - Part.of(item, start, end).width()
        placed = zip(shaping.clusters, shaping.advances, strict=True)
        strokes += sum([advance for at, advance in placed if start + shift + at in tatweels])
        shift += words[-1].more
    width = piece.width + wider * FROM_UNITS
    return Lengthened(Longer(piece, text, words, width), width, strokes * FROM_UNITS)


def _changed(piece: Piece, text: str) -> Iterator[tuple[int, int, bytes]]:
    """Give the words, from space to space, that are longer in a text than in a line, with their bytes there."""
    start = piece.start
    for before, after in zip(piece.text.split(" "), text.split(" "), strict=True):
        end = start + len(before.encode())
        if after != before:
            yield start, end, after.encode()
        start = end + 1


def _alone(item: Item, start: int, end: int, data: bytes, segment: Any) -> Shaping | None:
    """Shape what stands now between two bytes if the text may be cut there."""
    if not item.is_sure or not item.is_rtl or start in item.unsafe or end in item.unsafe:
        return None
    found = shape(pango.pango_font_get_hb_font(item.font), data, segment=segment)
    # Pango turns such widths, and looks for a font that has the letters.
    return None if min(found.advances) < 0 or 0 in found.glyphs else found


def _spliced(part: Part, words: Sequence[Word], shift: int) -> tuple[list[int], bytes]:
    """Put words into a part of a line, `shift` bytes further on; give cluster starts and glyphs, left to right."""
    item, at, last = part
    starts, glyphs, count = list[int](), list[bytes](), len(item.starts)

    def keep(upto: int) -> None:
        starts.extend([start + shift for start in item.starts[at:upto]])
        first, end = (count - upto, count - at) if item.is_rtl else (at, upto)
        glyphs.append(item.glyphs[16 * first : 16 * end])

    for word in words:
        keep(bisect_left(item.starts, word.start))
        starts.extend([word.start + shift + cluster for cluster in reversed(word.shaping.clusters)])
        glyphs.append(word.shaping.records())
        at, shift = bisect_left(item.starts, word.end), shift + word.more
    keep(last)
    if item.is_rtl:
        starts.reverse()
        glyphs.reverse()
    return starts, b"".join(glyphs)


def _whole(piece: Piece, text: str, tatweels: Sequence[int]) -> Lengthened | None:
    """Shape a line whole, if that can be done without Pango."""
    longer = piece.reshaped(text)
    if not longer:
        return None
    width = longer.whole.width
    return Lengthened(longer, longer.width, sum([width(at + _TATWEEL) - width(at) for at in tatweels]))


def _by_pango(text: str, style: Any, tatweels: Sequence[int]) -> Lengthened:
    """Have Pango shape a text on one line."""
    layout = create_layout(text, style, None, None, 0)
    line, _index = layout.get_first_line()
    #: In px, of each byte; a cluster's at its first.
    wide = [0.0] * len(text.encode())
    for run in runs(line):
        for at, width in zip(clusters(run.glyphs, run.item.offset), widths(fields(run.glyphs)), strict=True):
            wide[at] += width * FROM_UNITS
    layout.deactivate()
    return Lengthened(layout, sum(wide), sum([wide[at] for at in tatweels]))
