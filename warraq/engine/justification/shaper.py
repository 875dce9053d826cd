"""HarfBuzz's own word on where a tatweel may be put into a word without changing its letters.

It is asked about a whole paragraph at once (`warraq.engine.pieces`), and about a single word
only where it was not. An older HarfBuzz marks nothing; then the rules of the script alone decide.
"""

from __future__ import annotations

from collections import defaultdict
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
        self._font, self.segment = pango.pango_font_get_hb_font(item.analysis.font), segment(item)
        #: Places of words, by the last priority that was asked for.
        self._known = defaultdict[int, dict[str, tuple[Joint, ...]]](dict)
        lengthened = self._shape(_BEH + _TATWEEL + _BEH)
        widths = dict(zip(lengthened.clusters, lengthened.advances, strict=True))
        self.tatweel = widths.get(len(_BEH.encode()), 0) * FROM_UNITS
        self.space = self.width(" ")

    def joints(self, word: str, last: int = LAST - 1) -> tuple[Joint, ...]:
        """List the places of a word for a kashida up to a priority, best first, as far as the font takes one there.

        Up to the least of all, those come last before which other letters then take another form.
        """
        known = self._known[last]
        found = known.get(word)
        if found is None:
            good = self._good(word, last)
            safe = self._safe(word, good)
            others = [one for one in good if one not in safe] if last == LEAST else []
            found = known[word] = (*safe, *(one._replace(priority=one.priority + LEAST) for one in others))
        return found

    def _safe(self, word: str, good: tuple[Joint, ...]) -> tuple[Joint, ...]:
        if not good or not TELLS_TATWEELS:
            return good
        return _among(word, good, self._shape(word).marked(SAFE))

    def _good(self, word: str, last: int) -> tuple[Joint, ...]:
        found = joints(word) if self.tatweel else ()
        if not found or found[-1].priority <= last:
            return found
        return tuple([joint for joint in found if joint.priority <= last])

    def width(self, text: str) -> float:
        """Give the width of a text in px, as far as this font has its letters."""
        return float(sum(self._shape(text).advances) * FROM_UNITS)

    def _shape(self, text: str) -> Shaping:
        return shape(self._font, text.encode(), segment=self.segment)

    def stretchable(self, whole: Whole) -> list[int]:
        """Give the indexes of characters at which words end that can be stretched."""
        text, known, ends = whole.text, self._known[LAST - 1], []
        has_joiners, start, at = ZWJ in text, 0, 0
        for found in WORD.finditer(text):
            word = found[0]
            places = known.get(word)
            if places is None:
                first = found.start()
                start, at = start + len(text[at:first].encode()), first
                places = known[word] = self._told(whole, word, start)
            if places and not (has_joiners and is_parted(text, *found.span())):
                ends.append(found.end())
        return ends

    def _told(self, whole: Whole, word: str, start: int) -> tuple[Joint, ...]:
        """List the places of a word that HarfBuzz has told of amid its text, where it begins at a byte."""
        good = self._good(word, LAST - 1)
        if not good or not TELLS_TATWEELS:
            return good
        size = len(word.encode())
        if not whole.is_told(start, start + size):
            return self._safe(word, good)
        if size != 2 * len(word):
            return _among(word, good, whole.joints, start)
        safe = whole.joints
        return tuple([joint for joint in good if start + 2 * joint.place in safe])


def _among(word: str, good: tuple[Joint, ...], safe: frozenset[int], start: int = 0) -> tuple[Joint, ...]:
    """Give those places of a word that are among these bytes; the word begins at `start`."""
    return tuple([joint for joint in good if start + len(word[: joint.place].encode()) in safe])


def is_parted(text: str, start: int, end: int) -> bool:
    """Tell whether a word does not end where it seems to: markup within a word leaves joiners at its edges."""
    return ZWJ in {text[start - 1 : start], text[end : end + 1]}


def shaper(style: Any) -> Shaper:
    """Give the shaper of a style, which keeps it; a document's styles share those of one font."""
    known = vars(style)
    if "warraq_shaper" not in known:
        shapers: dict[Any, Shaper] = style.cache.setdefault("shapers", {})
        key = tuple(style[name] for name in _KEYS)
        if key not in shapers:
            shapers[key] = Shaper(style)
        known["warraq_shaper"] = shapers[key]
    found: Shaper = known["warraq_shaper"]
    return found
