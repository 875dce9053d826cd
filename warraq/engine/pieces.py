"""Lines as pieces of a text that was shaped once, whole.

WeasyPrint 70 shapes each line anew to measure it, and once more to draw it
(`text.line_break.split_first_line`, `draw.text.draw_first_line`). HarfBuzz tells where a
shaped text may be cut so that its parts are what they would be alone (`warraq.engine.harfbuzz`).
A line between two such places is cut from the paragraph with its glyphs: a `Piece` stands in
the place of a Pango layout, and makes a real one only for those who ask for it.

Only what surely is the same alone is cut: text that reads from right to left throughout, set
in one font, with letters of one script among it, between spaces. HarfBuzz is asked only where
its glyphs are Pango's to the last. Slowness is known upstream (issue #578 and others).
"""

from __future__ import annotations

import re
import struct
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import accumulate
from typing import Any, NamedTuple

from weasyprint.layout import inline
from weasyprint.text.ffi import FROM_UNITS, ffi, pango
from weasyprint.text.line_break import Layout, create_layout, line_size

from warraq.engine import harfbuzz
from warraq.engine.settings import Setting, setting

#: Features with which HarfBuzz shapes if it is asked for none.
USUAL = (b"", b"kern 1")
#: Letters of scripts that read from right to left; one of them decides the script of what stands beside it.
_LETTER = re.compile("[\u0620-\u064a\u066e-\u06d3\u05d0-\u05ea]")
_SPACE = 0x20
#: PangoGlyphInfo: id, width, x and y offset; the bits of the last field are not ours.
_FIELDS = struct.Struct("16s4x")


class Item(NamedTuple):
    """A run of Pango's that can be cut.

    `glyphs` has 16 bytes for each glyph, from left to right: id, width, x and y offset. All
    else is in reading order: `starts`, the bytes at which the clusters of glyphs begin, the
    `sums` of widths before them; `unsafe` are the bytes at which the text may not be cut.
    """

    font: Any
    offset: int
    end: int
    glyphs: bytes
    starts: Any
    sums: Any
    unsafe: frozenset[int]


class Whole:
    """A text shaped whole.

    `advances` are the widths in px of each byte, a cluster's at its first; `joints` the
    bytes at which a tatweel is safe, as far as HarfBuzz was asked (`is_told`).
    """

    def __init__(self, text: str, style: Any) -> None:
        """Shape a text."""
        self.text, self.style, self.setting = text, style, setting(style)
        self.data = text.encode()
        self.advances = [0.0] * len(self.data)
        self.items: list[Item] = []
        self.joints = set[int]()
        layout = create_layout(text, style, None, None, 0)
        line, _index = layout.get_first_line()
        for run in runs(line):
            self._read(run)
        layout.deactivate()
        self.items.sort(key=lambda item: item.offset)
        self._offsets = [item.offset for item in self.items]

    def _read(self, run: Any) -> None:
        """Read a run of Pango's."""
        glyphs, starts = fields(run.glyphs), clusters(run.glyphs, run.item.offset)
        widths = memoryview(glyphs).cast("i")[1::4].tolist()
        advances = self.advances
        for start, width in zip(starts, widths, strict=True):
            advances[start] += width * FROM_UNITS
        if self.setting and self.setting.features in USUAL and not self.setting.is_changing:
            self._ask(run.item, glyphs, starts, widths)

    def _ask(self, item: Any, glyphs: bytes, starts: list[int], widths: list[int]) -> None:
        """Ask HarfBuzz about a run that reads from the right and is not turned otherwise."""
        if item.analysis.level & 0xFF != 1:
            return
        end = item.offset + item.length
        font = pango.pango_font_get_hb_font(item.analysis.font)
        told = harfbuzz.shape(font, self.data, item.offset, end)
        if (told.clusters, told.glyphs, told.advances) != (starts, memoryview(glyphs).cast("i")[::4].tolist(), widths):
            return
        apart = harfbuzz.parted(told, font, self.data).advances
        if apart is not told.advances:
            glyphs, widths = self._widened(glyphs, starts, widths, apart), apart
        marked = [(flags, at) for flags, at in zip(told.flags, starts, strict=True) if flags]
        self.joints.update([at for flags, at in marked if flags & harfbuzz.SAFE])
        unsafe = frozenset([at for flags, at in marked if flags & harfbuzz.UNSAFE])
        sums = array("i", accumulate(reversed(widths), initial=0))
        self.items.append(
            Item(item.analysis.font, item.offset, end, glyphs, array("i", reversed(starts)), sums, unsafe)
        )

    def _widened(self, glyphs: bytes, starts: list[int], widths: list[int], apart: list[int]) -> bytes:
        """Give the glyphs of a run other widths."""
        for start, width, wider in zip(starts, widths, apart, strict=True):
            self.advances[start] += (wider - width) * FROM_UNITS
        fields_of = array("i", glyphs)
        fields_of[1::4] = array("i", apart)
        return fields_of.tobytes()

    def is_told(self, start: int, end: int) -> bool:
        """Tell whether HarfBuzz was asked about a part of the text."""
        return self._item(start, end) is not None

    def _item(self, start: int, end: int) -> Item | None:
        at = bisect_right(self._offsets, start) - 1
        return self.items[at] if at >= 0 and end <= self.items[at].end else None

    def piece(self, start: int, end: int) -> Piece | None:
        """Cut a line out, or give None if it has to be shaped anew."""
        data = self.data
        item = self._item(start, end) if start < end else None
        if item is None:
            return None
        if (start and data[start - 1] != _SPACE) or (end < len(data) and data[end] != _SPACE):
            return None
        if start in item.unsafe or end in item.unsafe:
            return None
        text = data[start:end].decode()
        return Piece(self, item, start, end, text) if _LETTER.search(text) else None


class Piece(Layout):  # type: ignore[misc] # WeasyPrint has no types
    """A line of a text that was shaped whole, in the place of a layout of WeasyPrint's.

    `width`, `height` and `baseline` are in px.
    """

    def __init__(self, whole: Whole, item: Item, start: int, end: int, text: str) -> None:
        """Take what a line needs; `start` and `end` are bytes of the whole."""
        self.whole, self.item, self.start, self.text = whole, item, start, text
        self.first, self.last = bisect_left(item.starts, start), bisect_left(item.starts, end)
        self.width = (item.sums[self.last] - item.sums[self.first]) * FROM_UNITS
        self.first_line_direction = 1
        self.justification_spacing, self.max_width = 0.0, None
        self.height, self.baseline = _vertical(whole.setting, item.font, text, whole.style)

    def __getattr__(self, name: str) -> Any:
        """Make a layout of Pango's for those who need one."""
        if name != "layout" or "style" not in self.__dict__:
            raise AttributeError(name)
        self.setup(self.style)
        self.set_text(self.text)
        return self.__dict__["layout"]

    def spaced(self, justification_spacing: float) -> Piece:
        """Give the same line with other spaces."""
        copy = Piece.__new__(Piece)
        copy.__dict__.update(self.__dict__, justification_spacing=justification_spacing)
        return copy

    def reshaped(self, text: str) -> Piece:
        """Shape another text of the same letters and joiners, in the font of this one."""
        font, data = pango.pango_font_get_hb_font(self.item.font), text.encode()
        told = harfbuzz.parted(harfbuzz.shape(font, data), font, data)
        sums = array("i", accumulate(reversed(told.advances), initial=0))
        copy = self.spaced(self.justification_spacing)
        copy.item = self.item._replace(
            offset=0, glyphs=told.records(), starts=array("i", reversed(told.clusters)), sums=sums
        )
        copy.start, copy.first, copy.last, copy.text = 0, 0, len(told.glyphs), text
        copy.width = sums[-1] * FROM_UNITS
        return copy

    def advances(self) -> list[float]:
        """Give the advance in px of each byte, a cluster's at its first."""
        found = [0.0] * len(self.text.encode())
        sums = self.item.sums
        for at in range(self.first, self.last):
            found[self.item.starts[at] - self.start] += (sums[at + 1] - sums[at]) * FROM_UNITS
        return found

    def reactivate(self, style: Any) -> None:
        """Prepare to be drawn; by WeasyPrint itself if ours is not in place (`warraq.engine.text_layer`)."""
        if not hasattr(Layout.reactivate, "__wrapped__"):
            super().reactivate(style)
            return
        self.style = style
        found = setting(style)
        if found is None:
            self.setup(style)
            self.set_text(self.text)
        else:
            self.__dict__.update(found.decoration)

    def deactivate(self) -> None:
        """Put away what was prepared, and the layout if there is one."""
        for name in ("layout", "language", "style"):
            self.__dict__.pop(name, None)

    def run(self) -> tuple[Any, bytes, list[int]]:
        """Give the font, the glyphs and the first bytes in the line of their clusters, from left to right."""
        count = len(self.item.starts)
        glyphs = self.item.glyphs[16 * (count - self.last) : 16 * (count - self.first)]
        starts = [start - self.start for start in reversed(self.item.starts[self.first : self.last])]
        return self.item.font, glyphs, starts


def placed(box: Any, piece: Piece) -> Any:
    """Give a box of text that holds a piece, as `layout.inline.split_text_box` does."""
    line = box.copy_with_text(piece.text)
    line.width, line.height, line.pango_layout = piece.width, piece.height, piece
    piece.justification_spacing = box.justification_spacing
    line_height, _ = inline.strut(box.style)
    line.margin_top = line.margin_bottom = (line_height - piece.height) / 2
    line.baseline = piece.baseline + line.margin_top
    return line


def shortened(layout: Any, text: str) -> Any:
    """Give the layout of a line less what stands at its end."""
    if not isinstance(layout, Piece):
        # The layout is made anew of its text when it is drawn.
        layout.text = text
        return layout
    piece = layout.whole.piece(layout.start, layout.start + len(text.encode()))
    if piece is None:
        piece = Layout.__new__(Layout)
        piece.text, piece.max_width, piece.first_line_direction = text, None, 1
    piece.justification_spacing = layout.justification_spacing
    return piece


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


def clusters(glyphs: Any, offset: int) -> list[int]:
    """Give the bytes of a text at which the clusters of the glyphs of a run begin."""
    return [offset + start for start in ffi.unpack(glyphs.log_clusters, glyphs.num_glyphs)]


def _vertical(of: Setting | None, font: Any, text: str, style: Any) -> tuple[float, float]:
    """Give height and baseline of a line set in one font, in px; a setting keeps them, and the font with them."""
    key = int(ffi.cast("intptr_t", font))
    known = of.heights if of else {}
    if key not in known:
        layout = create_layout(text, style, None, None, 0)
        line, _index = layout.get_first_line()
        _width, height = line_size(line, style)
        baseline = pango.pango_layout_get_baseline(layout.layout) * FROM_UNITS
        known[key] = layout.layout, height, baseline
        layout.is_drawn = True  # so that nobody takes it
        layout.deactivate()
    return known[key][1:]
