"""Lines as pieces of a text that was shaped once, whole.

WeasyPrint 70 shapes each line anew to measure it, and once more to draw it
(`text.line_break.split_first_line`, `draw.text.draw_first_line`). HarfBuzz tells where a
shaped text may be cut so that its parts are what they would be alone (`warraq.engine.harfbuzz`).
A line between two such places is cut from the paragraph with its glyphs: a `Piece` stands in
the place of a Pango layout, and makes a real one only for those who ask for it.

Only what surely is the same alone is cut: text that reads from right to left, and numbers
amid it, set in one font, with letters of one script among it, between spaces. HarfBuzz has a
say only where its glyphs are Pango's to the last (`warraq.engine.items`). Slowness is known
upstream (issue #578 and others).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import OrderedDict
from itertools import accumulate, pairwise
from typing import Any, NamedTuple

from weasyprint.layout import inline
from weasyprint.text.ffi import FROM_UNITS, ffi, pango
from weasyprint.text.line_break import Layout, create_layout, line_size

from warraq.engine.items import Item, items
from warraq.engine.settings import Setting, setting

#: Letters of scripts that read from right to left; one of them decides the script of what stands beside it.
_LETTER = re.compile("[\u0620-\u064a\u066e-\u06d3\u05d0-\u05ea]")
#: Texts of so many characters are kept, so many of them.
SHORT, MOST = 80, 512
_SPACE, _SPACES = 0x20, re.compile(b" ")


class Whole:
    """A text shaped whole, item by item; `joints` are the bytes at which a tatweel is safe, where that `is_told`."""

    def __init__(self, text: str, style: Any) -> None:
        """Shape a text."""
        self.text, self.style, self.setting = text, style, setting(style)
        self.data = text.encode()
        self.items = items(text, self.data, style, self.setting)
        self.joints = frozenset[int]().union(*(item.joints for item in self.items))
        self._offsets = [item.offset for item in self.items]
        self._before = list(accumulate((item.sums[-1] for item in self.items), initial=0))

    def width(self, at: int) -> float:
        """Give the width in px of what stands before a byte."""
        if not self.items:
            return 0.0
        number = bisect_right(self._offsets, at) - 1
        item = self.items[number]
        return float((self._before[number] + item.sums[bisect_left(item.starts, at)]) * FROM_UNITS)

    def spaces(self) -> list[float]:
        """Give the width in px of each space."""
        return [self.width(space.end()) - self.width(space.start()) for space in _SPACES.finditer(self.data)]

    def is_told(self, start: int, end: int) -> bool:
        """Tell whether HarfBuzz was asked about a part of the text, within one item."""
        found = self._among(start, end)
        return len(found) == 1 and found[0].is_sure

    def _among(self, start: int, end: int) -> list[Item]:
        """Give the items that a part of the text is of."""
        return self.items[bisect_right(self._offsets, start) - 1 : bisect_left(self._offsets, end)]

    def piece(self, start: int, end: int) -> Piece | None:
        """Cut a line out, or give None if it has to be shaped anew."""
        data = self.data
        if start >= end or (start and data[start - 1] != _SPACE) or (end < len(data) and data[end] != _SPACE):
            return None
        found = self._among(start, end)
        if not all(item.is_sure for item in found) or start in found[0].unsafe or end in found[-1].unsafe:
            return None
        if any(one.is_rtl == other.is_rtl or one.font != other.font for one, other in pairwise(found)):
            return None
        text = data[start:end].decode()
        return Piece(self, [Part.of(item, start, end) for item in found], start, text) if _LETTER.search(text) else None


class Glyphs(NamedTuple):
    """A run of a line: `glyphs` as those of an item, the bytes of the line where their clusters begin, and its end."""

    font: Any
    glyphs: bytes
    starts: list[int]
    end: int
    is_rtl: bool


_wholes = OrderedDict[tuple[int, str], Whole]()


def whole(text: str, style: Any) -> Whole:
    """Give a text shaped whole; short ones come again, as words of tables and numbers of notes do."""
    shared = setting(style)
    if shared is None or len(text) > SHORT:
        return Whole(text, style)
    key = shared.key, text
    found = _wholes.pop(key, None) or Whole(text, style)
    _wholes[key] = found
    if len(_wholes) > MOST:
        _wholes.popitem(last=False)
    return found


class Part(NamedTuple):
    """What a line has of an item: the clusters from `first` up to `last`, in reading order."""

    item: Item
    first: int
    last: int

    @staticmethod
    def of(item: Item, start: int, end: int) -> Part:
        """Take what stands between two bytes of the whole text."""
        return Part(item, bisect_left(item.starts, start), bisect_left(item.starts, end))

    def run(self, start: int, end: int) -> Glyphs:
        """Give what is drawn of a line that begins and ends at these bytes of the whole text."""
        item, first, last = self
        starts = [at - start for at in item.starts[first:last]]
        if item.is_rtl:
            count = len(item.starts)
            first, last = count - last, count - first
            starts.reverse()
        glyphs = item.glyphs[16 * first : 16 * last]
        return Glyphs(item.font, glyphs, starts, min(item.end, end) - start, item.is_rtl)

    def width(self) -> int:
        """Give the width in Pango's units."""
        return self.item.sums[self.last] - self.item.sums[self.first]


class Piece(Layout):  # type: ignore[misc] # WeasyPrint has no types
    """A line of a text that was shaped whole, in the place of a layout of WeasyPrint's.

    `width`, `height` and `baseline` are in px.
    """

    def __init__(self, whole: Whole, parts: list[Part], start: int, text: str) -> None:
        """Take what a line needs; `start` is the byte of the whole where it begins."""
        self.whole, self.parts, self.start, self.text = whole, parts, start, text
        self.width = sum(map(Part.width, parts)) * FROM_UNITS
        self.first_line_direction = 1
        self.justification_spacing: float = 0.0
        self.max_width: float | None = None
        self.__dict__.update(whole.setting.decoration if whole.setting else {})
        self.height, self.baseline = _vertical(whole.setting, parts[0].item.font, text, whole.style)

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

    def reshaped(self, text: str) -> Piece | None:
        """Shape another text of the same letters and joiners."""
        whole = Whole(text, self.whole.style)
        piece = whole.piece(0, len(whole.data))
        if piece:
            piece.justification_spacing = self.justification_spacing
        return piece

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

    def runs(self) -> list[Glyphs]:
        """Give the runs of the line from left to right."""
        end = self.start + len(self.text.encode())
        return [part.run(self.start, end) for part in reversed(self.parts)]


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
