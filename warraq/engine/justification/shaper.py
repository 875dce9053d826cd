"""HarfBuzz's own word on where a tatweel may be put into a word without changing its letters.

It is asked about a whole paragraph at once (`warraq.engine.pieces`), and about a single word
only where it was not. An older HarfBuzz marks nothing; then the rules of the script alone decide.
"""

from __future__ import annotations

from typing import Any

from weasyprint.text.ffi import FROM_UNITS, pango
from weasyprint.text.line_break import create_layout

from warraq.arabic.joining import ZWJ
from warraq.arabic.kashida import LAST, LEAST, WORD, Joint, joints
from warraq.engine.harfbuzz import SAFE, TELLS_TATWEELS, Shaping, shape
from warraq.engine.items import segment
from warraq.engine.pieces import Whole

_BEH, _TATWEEL = "\u0628", "\u0640"
#: What a style must be like for two boxes to share a shaper.
_KEYS = ("font_family", "font_size", "font_weight", "font_style", "font_stretch", "lang")


class Shaper:
    """A font at a size, which tells where its words can be stretched; `tatweel` and `space` are widths in px."""

    def __init__(self, style: Any) -> None:
        """Find the font that a style sets Arabic letters in."""
        self._layout = create_layout(_BEH, style, None, None, 0)
        line, _index = self._layout.get_first_line()
        item = line.runs[0].data.item
        self._font, self._segment = pango.pango_font_get_hb_font(item.analysis.font), segment(item)
        self._known: dict[tuple[str, int], tuple[Joint, ...]] = {}
        lengthened = self._shape(_BEH + _TATWEEL + _BEH)
        widths = dict(zip(lengthened.clusters, lengthened.advances, strict=True))
        self.tatweel = widths.get(len(_BEH.encode()), 0) * FROM_UNITS
        self.space = self.width(" ")

    def joints(self, word: str, last: int = LAST - 1) -> tuple[Joint, ...]:
        """List the places of a word for a kashida up to a priority, best first, as far as the font takes one there.

        Up to the least of all, those come last before which other letters then take another form.
        """
        found = self._known.get((word, last))
        if found is None:
            good = self._good(word, last)
            safe = self._safe(word, good)
            others = [one for one in good if one not in safe] if last == LEAST else []
            found = (*safe, *(one._replace(priority=one.priority + LEAST) for one in others))
            self._known[word, last] = found
        return found

    def _safe(self, word: str, good: tuple[Joint, ...]) -> tuple[Joint, ...]:
        if not good or not TELLS_TATWEELS:
            return good
        return _among(word, good, self._shape(word).marked(SAFE))

    def _good(self, word: str, last: int) -> tuple[Joint, ...]:
        return tuple([joint for joint in joints(word) if joint.priority <= last]) if self.tatweel else ()

    def width(self, text: str) -> float:
        """Give the width of a text in px, as far as this font has its letters."""
        return float(sum(self._shape(text).advances) * FROM_UNITS)

    def _shape(self, text: str) -> Shaping:
        return shape(self._font, text.encode(), segment=self._segment)

    def stretchable(self, whole: Whole) -> list[int]:
        """Give 1 at the last character of each word that can be stretched, else 0."""
        text, known = whole.text, self._known
        marked = [0] * len(text)
        start, after = 0, 0
        for found in WORD.finditer(text):
            first, end = found.span()
            start += len(text[after:first].encode())
            after, key = first, (found[0], LAST - 1)
            places = known.get(key)
            if places is None:
                places = known[key] = self._told(whole, *key, start)
            if places and is_whole(text, first, end):
                marked[end - 1] = 1
        return marked

    def _told(self, whole: Whole, word: str, last: int, start: int) -> tuple[Joint, ...]:
        """List the places of a word that HarfBuzz has told of amid its text, where it begins at a byte."""
        good = self._good(word, last)
        if not good or not TELLS_TATWEELS:
            return good
        size = len(word.encode())
        if not whole.is_told(start, start + size):
            return self._safe(word, good)
        if size != 2 * len(word):
            return _among(word, good, whole.joints, start)
        return tuple([joint for joint in good if start + 2 * joint.place in whole.joints])


def _among(word: str, good: tuple[Joint, ...], safe: frozenset[int], start: int = 0) -> tuple[Joint, ...]:
    """Give those places of a word that are among these bytes; the word begins at `start`."""
    return tuple([joint for joint in good if start + len(word[: joint.place].encode()) in safe])


def is_whole(text: str, start: int, end: int) -> bool:
    """Tell whether a word ends where it seems to: markup within a word leaves joiners at its edges."""
    return ZWJ not in {text[start - 1 : start], text[end : end + 1]}


def shaper(style: Any) -> Shaper:
    """Give the shaper of a style; a document's styles share those of one font."""
    shapers: dict[Any, Shaper] = style.cache.setdefault("shapers", {})
    key = tuple(style[name] for name in _KEYS)
    if key not in shapers:
        shapers[key] = Shaper(style)
    return shapers[key]
