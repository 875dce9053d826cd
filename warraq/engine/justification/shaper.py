"""HarfBuzz's own word on where a tatweel may be put into a word without changing its letters.

The buffer flag is `HB_BUFFER_FLAG_PRODUCE_SAFE_TO_INSERT_TATWEEL` (HarfBuzz 5.1, hb-buffer.h).
It marks the clusters before which a tatweel interrupts nothing: no ligature, no
contextual form, no kerning. HarfBuzz is the one that Pango shapes with, reached through
WeasyPrint's own binding; a word is shaped with the font and size that it is set in. An
older HarfBuzz marks nothing; then the rules of the script alone decide.
"""

from __future__ import annotations

import struct
from typing import Any

from weasyprint.text.ffi import FROM_UNITS, ffi, harfbuzz, pango
from weasyprint.text.line_break import create_layout

from warraq.arabic.joining import ZWJ
from warraq.arabic.kashida import LAST, LEAST, WORD, Joint, joints

ffi.cdef("""
    typedef ... hb_buffer_t;
    typedef ... hb_feature_t;
    hb_buffer_t * hb_buffer_create (void);
    void hb_buffer_destroy (hb_buffer_t *buffer);
    void hb_buffer_set_flags (hb_buffer_t *buffer, int flags);
    void hb_buffer_add_utf8 (
        hb_buffer_t *buffer, const char *text, int text_length, unsigned int item_offset, int item_length);
    void hb_buffer_guess_segment_properties (hb_buffer_t *buffer);
    void hb_shape (hb_font_t *font, hb_buffer_t *buffer, const hb_feature_t *features, unsigned int num_features);
    const void * hb_buffer_get_glyph_infos (hb_buffer_t *buffer, unsigned int *length);
    const void * hb_buffer_get_glyph_positions (hb_buffer_t *buffer, unsigned int *length);
""")
PRODUCE, SAFE = 0x80, 0x4
#: hb_glyph_info_t: glyph, flags, cluster, two private words; hb_glyph_position_t: x_advance first.
_INFO, _POSITION = struct.Struct("III8x"), struct.Struct("i16x")
_BEH, _TATWEEL = "\u0628", "\u0640"
#: What a style must be like for two boxes to share a shaper.
_KEYS = ("font_family", "font_size", "font_weight", "font_style", "font_stretch", "lang")


class Shaper:
    """A font at a size, which tells where its words can be stretched; `tatweel` and `space` are widths in px."""

    def __init__(self, style: Any) -> None:
        """Find the font that a style sets Arabic letters in."""
        self._layout = create_layout(_BEH, style, None, None, 0)
        line, _index = self._layout.get_first_line()
        self._font = pango.pango_font_get_hb_font(line.runs[0].data.item.analysis.font)
        self._known: dict[tuple[str, int], tuple[Joint, ...]] = {}
        lengthened = self._shape(_BEH + _TATWEEL + _BEH)
        self.tatweel = next((advance for _flags, at, advance in lengthened if at == 2), 0.0)
        self.space = self._shape(" ")[0][2]

    def joints(self, word: str, last: int = LAST - 1) -> tuple[Joint, ...]:
        """List the places of a word for a kashida up to a priority, best first, as far as the font takes one there.

        Up to the least of all, those come last before which other letters then take another form.
        """
        found = self._known.get((word, last))
        if found is None:
            good = [joint for joint in joints(word) if joint.priority <= last] if self.tatweel else []
            safe = self._safe(word, good) if good else []
            others = [one for one in good if one not in safe] if last == LEAST else []
            found = (*safe, *(one._replace(priority=one.priority + LEAST) for one in others))
            self._known[word, last] = found
        return found

    def _safe(self, word: str, good: list[Joint]) -> list[Joint]:
        if not _ASKABLE:
            return good
        safe = {at for flags, at, _advance in self._shape(word) if flags & SAFE}
        return [joint for joint in good if len(word[: joint.place].encode()) in safe]

    def width(self, text: str) -> float:
        """Give the width of a text in px, as far as this font has its letters."""
        return sum(advance for _flags, _at, advance in self._shape(text))

    def stretchable(self, text: str) -> list[int]:
        """Give 1 at the last character of each word that can be stretched, else 0."""
        marked = [0] * len(text)
        for found in WORD.finditer(text):
            if self.joints(found[0]) and is_whole(text, found.start(), found.end()):
                marked[found.end() - 1] = 1
        return marked

    def _shape(self, word: str) -> list[tuple[int, int, float]]:
        """Shape a word: flags, first byte and advance in px of each glyph."""
        data = word.encode()
        length = ffi.new("unsigned int *")
        buffer = harfbuzz.hb_buffer_create()
        harfbuzz.hb_buffer_set_flags(buffer, PRODUCE)
        harfbuzz.hb_buffer_add_utf8(buffer, data, len(data), 0, len(data))
        harfbuzz.hb_buffer_guess_segment_properties(buffer)
        harfbuzz.hb_shape(self._font, buffer, ffi.NULL, 0)
        infos = harfbuzz.hb_buffer_get_glyph_infos(buffer, length)
        marks = _INFO.iter_unpack(ffi.buffer(infos, length[0] * _INFO.size)[:])
        positions = harfbuzz.hb_buffer_get_glyph_positions(buffer, length)
        widths = _POSITION.iter_unpack(ffi.buffer(positions, length[0] * _POSITION.size)[:])
        harfbuzz.hb_buffer_destroy(buffer)
        return [(flags, at, width * FROM_UNITS) for (_g, flags, at), (width,) in zip(marks, widths, strict=True)]


_ASKABLE = bool(harfbuzz.hb_version_atleast(5, 1, 0))


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
