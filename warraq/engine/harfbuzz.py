"""HarfBuzz asked what Pango does not tell: where a shaped text may be cut, or lengthened.

It is the one that Pango shapes with, reached through WeasyPrint's own binding, and is given
Pango's fonts. `SAFE_TO_INSERT_TATWEEL` (HarfBuzz 5.1, hb-buffer.h) marks the clusters before
which a tatweel interrupts nothing: no ligature, no contextual form, no kerning.
`UNSAFE_TO_BREAK` (HarfBuzz 1.5) marks those before which no text may be cut without being
shaped anew.
"""

from __future__ import annotations

import sys
from array import array
from itertools import compress
from operator import neg
from typing import Any, NamedTuple

from weasyprint.text.ffi import ffi, harfbuzz

ffi.cdef("""
    typedef ... hb_buffer_t;
    typedef ... hb_feature_t;
    typedef struct { int direction; uint32_t script; void *language, *reserved1, *reserved2; } hb_segment_properties_t;
    hb_buffer_t * hb_buffer_create (void);
    void hb_buffer_destroy (hb_buffer_t *buffer);
    void hb_buffer_set_flags (hb_buffer_t *buffer, int flags);
    void hb_buffer_set_cluster_level (hb_buffer_t *buffer, int level);
    void hb_buffer_set_invisible_glyph (hb_buffer_t *buffer, uint32_t invisible);
    void hb_buffer_add_utf8 (
        hb_buffer_t *buffer, const char *text, int text_length, unsigned int item_offset, int item_length);
    void hb_buffer_set_segment_properties (hb_buffer_t *buffer, const hb_segment_properties_t *properties);
    void hb_buffer_guess_segment_properties (hb_buffer_t *buffer);
    void hb_shape (hb_font_t *font, hb_buffer_t *buffer, const hb_feature_t *features, unsigned int num_features);
    const void * hb_buffer_get_glyph_infos (hb_buffer_t *buffer, unsigned int *length);
    const void * hb_buffer_get_glyph_positions (hb_buffer_t *buffer, unsigned int *length);
    const void * hb_language_from_string (const char *name, int length);
""")
UNSAFE, SAFE = 0x1, 0x4
#: HB_BUFFER_FLAG_BOT, EOT, PRODUCE_SAFE_TO_INSERT_TATWEEL; clusters as Pango wants them, and its empty glyph.
_FLAGS, _CHARACTERS, _EMPTY = 0x1 | 0x2 | 0x80, 1, 0x0FFFFFFF
#: HB_SCRIPT_ARABIC; HB_DIRECTION_LTR, RTL.
_ARABIC, _RIGHTWARDS, _LEFTWARDS = int.from_bytes(b"Arab", "big"), 4, 5
#: In bytes: hb_glyph_info_t (glyph, flags, cluster, ...), hb_glyph_position_t (x_advance, ...); so many numbers each.
_RECORD, _FIELDS = 20, 5
#: The byte of a number that holds all flags; for each flag, the bytes that have it.
_LOWEST = 0 if sys.byteorder == "little" else 3
_MARKED = {flag: bytes(byte & flag for byte in range(256)) for flag in (UNSAFE, SAFE)}
_SPACE = 0x20
#: Whether this HarfBuzz tells where a tatweel is safe; an older one marks nothing.
TELLS_TATWEELS = bool(harfbuzz.hb_version_atleast(5, 1, 0))


class Shaping(NamedTuple):
    """Glyphs from left to right: their ids, flags, first bytes, and in Pango's units advances and offsets.

    `y_offsets` are HarfBuzz's, upwards.
    """

    glyphs: array[int]
    flags: array[int]
    clusters: array[int]
    advances: array[int]
    x_offsets: array[int]
    y_offsets: array[int]

    def records(self) -> bytes:
        """Give 16 bytes for each glyph, as Pango has them: id, width, x offset, y offset downwards."""
        found = array("i", bytes(16 * len(self.glyphs)))
        found[::4], found[1::4], found[2::4] = self.glyphs, self.advances, self.x_offsets
        if any(self.y_offsets):
            found[3::4] = array("i", map(neg, self.y_offsets))
        return found.tobytes()

    def marked(self, flag: int) -> frozenset[int]:
        """Give the first bytes of the clusters that HarfBuzz marks by a flag."""
        return frozenset(compress(self.clusters, self.flags.tobytes()[_LOWEST::4].translate(_MARKED[flag])))


def arabic(language: bytes, *, is_rtl: bool = True) -> Any:
    """Tell HarfBuzz what is known of Arabic text, or of numbers in it; fonts have forms of their own for languages."""
    direction = _LEFTWARDS if is_rtl else _RIGHTWARDS
    pointer = harfbuzz.hb_language_from_string(language, len(language))
    return ffi.new("hb_segment_properties_t *", {"direction": direction, "script": _ARABIC, "language": pointer})


def shape(font: Any, text: bytes, start: int = 0, end: int | None = None, segment: Any = None) -> Shaping:
    """Shape a part of a text, in sight of the rest, with a font of HarfBuzz's.

    Without a `segment`, as `arabic` gives it, HarfBuzz guesses script and direction.
    """
    length = ffi.new("unsigned int *")
    buffer = harfbuzz.hb_buffer_create()
    harfbuzz.hb_buffer_set_flags(buffer, _FLAGS)
    harfbuzz.hb_buffer_set_cluster_level(buffer, _CHARACTERS)
    harfbuzz.hb_buffer_set_invisible_glyph(buffer, _EMPTY)
    harfbuzz.hb_buffer_add_utf8(buffer, text, len(text), start, (len(text) if end is None else end) - start)
    if segment is None:
        harfbuzz.hb_buffer_guess_segment_properties(buffer)
    else:
        harfbuzz.hb_buffer_set_segment_properties(buffer, segment)
    harfbuzz.hb_shape(font, buffer, ffi.NULL, 0)
    info = _numbers(harfbuzz.hb_buffer_get_glyph_infos(buffer, length), length[0])
    position = _numbers(harfbuzz.hb_buffer_get_glyph_positions(buffer, length), length[0])
    harfbuzz.hb_buffer_destroy(buffer)
    glyphs, flags, clusters = info[::_FIELDS], info[1::_FIELDS], info[2::_FIELDS]
    return Shaping(glyphs, flags, clusters, position[::_FIELDS], position[2::_FIELDS], position[3::_FIELDS])


def _numbers(records: Any, count: int) -> array[int]:
    """Copy records of HarfBuzz's. No glyph id or flag is beyond 31 bits."""
    found = array("i")
    if count:
        found.frombytes(ffi.buffer(records, count * _RECORD))
    return found


def parted(told: Shaping, font: Any, text: bytes, segment: Any = None) -> Shaping:
    """Take back kerning across a space: Amiri's, of a kaf after ة or ه, would leave two words as one.

    `told` is what `shape` says of the text, or of a part of it.
    """
    advances, unsafe = told.advances, told.marked(UNSAFE)
    for at in [at for at in unsafe if at and text[at - 1] == _SPACE]:
        end = text.find(b" ", at)
        alone = shape(font, text, at, len(text) if end < 0 else end, segment)
        inside, first = told.clusters.index(at), alone.clusters.index(at)
        if told.glyphs[inside] == alone.glyphs[first] and advances[inside] < alone.advances[first]:
            if advances is told.advances:
                advances = array("i", advances)
            advances[inside] = alone.advances[first]
    return told if advances is told.advances else told._replace(advances=advances)
