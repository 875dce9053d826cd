"""HarfBuzz asked what Pango does not tell: where a shaped text may be cut, or lengthened.

It is the one that Pango shapes with, reached through WeasyPrint's own binding, and is given
Pango's fonts. `SAFE_TO_INSERT_TATWEEL` (HarfBuzz 5.1, hb-buffer.h) marks the clusters before
which a tatweel interrupts nothing: no ligature, no contextual form, no kerning.
`UNSAFE_TO_BREAK` (HarfBuzz 1.5) marks those before which no text may be cut without being
shaped anew.
"""

from __future__ import annotations

from array import array
from typing import Any, NamedTuple

from weasyprint.text.ffi import ffi, harfbuzz

ffi.cdef("""
    typedef ... hb_buffer_t;
    typedef ... hb_feature_t;
    hb_buffer_t * hb_buffer_create (void);
    void hb_buffer_destroy (hb_buffer_t *buffer);
    void hb_buffer_set_flags (hb_buffer_t *buffer, int flags);
    void hb_buffer_set_cluster_level (hb_buffer_t *buffer, int level);
    void hb_buffer_set_invisible_glyph (hb_buffer_t *buffer, uint32_t invisible);
    void hb_buffer_add_utf8 (
        hb_buffer_t *buffer, const char *text, int text_length, unsigned int item_offset, int item_length);
    void hb_buffer_guess_segment_properties (hb_buffer_t *buffer);
    void hb_shape (hb_font_t *font, hb_buffer_t *buffer, const hb_feature_t *features, unsigned int num_features);
    const void * hb_buffer_get_glyph_infos (hb_buffer_t *buffer, unsigned int *length);
    const void * hb_buffer_get_glyph_positions (hb_buffer_t *buffer, unsigned int *length);
""")
UNSAFE, SAFE = 0x1, 0x4
#: HB_BUFFER_FLAG_BOT, EOT, PRODUCE_SAFE_TO_INSERT_TATWEEL; clusters as Pango wants them, and its empty glyph.
_FLAGS, _CHARACTERS, _EMPTY = 0x1 | 0x2 | 0x80, 1, 0x0FFFFFFF
#: In bytes: hb_glyph_info_t (glyph, flags, cluster, ...), hb_glyph_position_t (x_advance, ...); so many numbers each.
_RECORD, _FIELDS = 20, 5
_SPACE = 0x20
#: Whether this HarfBuzz tells where a tatweel is safe; an older one marks nothing.
TELLS_TATWEELS = bool(harfbuzz.hb_version_atleast(5, 1, 0))


class Shaping(NamedTuple):
    """Glyphs from left to right: their ids, flags, first bytes, and in Pango's units advances and offsets.

    `y_offsets` are HarfBuzz's, upwards.
    """

    glyphs: list[int]
    flags: list[int]
    clusters: list[int]
    advances: list[int]
    x_offsets: list[int]
    y_offsets: list[int]

    def records(self) -> bytes:
        """Give 16 bytes for each glyph, as Pango has them: id, width, x offset, y offset downwards."""
        found = array("i", bytes(16 * len(self.glyphs)))
        found[::4], found[1::4] = array("i", self.glyphs), array("i", self.advances)
        found[2::4], found[3::4] = array("i", self.x_offsets), array("i", [-offset for offset in self.y_offsets])
        return found.tobytes()


def shape(font: Any, text: bytes, start: int = 0, end: int | None = None) -> Shaping:
    """Shape a part of a text, in sight of the rest, with a font of HarfBuzz's."""
    length = ffi.new("unsigned int *")
    buffer = harfbuzz.hb_buffer_create()
    harfbuzz.hb_buffer_set_flags(buffer, _FLAGS)
    harfbuzz.hb_buffer_set_cluster_level(buffer, _CHARACTERS)
    harfbuzz.hb_buffer_set_invisible_glyph(buffer, _EMPTY)
    harfbuzz.hb_buffer_add_utf8(buffer, text, len(text), start, (len(text) if end is None else end) - start)
    harfbuzz.hb_buffer_guess_segment_properties(buffer)
    harfbuzz.hb_shape(font, buffer, ffi.NULL, 0)
    infos = harfbuzz.hb_buffer_get_glyph_infos(buffer, length)
    size = length[0] * _RECORD
    info = memoryview(ffi.buffer(infos, size)).cast("I") if size else memoryview(b"").cast("I")
    positions = harfbuzz.hb_buffer_get_glyph_positions(buffer, length)
    position = memoryview(ffi.buffer(positions, size)).cast("i") if size else memoryview(b"").cast("i")
    glyphs, flags, clusters = (info[field::_FIELDS].tolist() for field in range(3))
    advances, x_offsets, y_offsets = (position[field::_FIELDS].tolist() for field in (0, 2, 3))
    shaping = Shaping(glyphs, flags, clusters, advances, x_offsets, y_offsets)
    harfbuzz.hb_buffer_destroy(buffer)
    return shaping


def parted(told: Shaping, font: Any, text: bytes) -> Shaping:
    """Take back kerning across a space: Amiri's, of a kaf after ة or ه, would leave two words as one.

    `told` is what `shape` says of the text, or of a part of it.
    """
    advances = told.advances
    for flags, at in {*zip(told.flags, told.clusters, strict=True)}:
        if flags & UNSAFE and at and text[at - 1] == _SPACE:
            end = text.find(b" ", at)
            alone = shape(font, text, at, len(text) if end < 0 else end)
            inside, first = told.clusters.index(at), alone.clusters.index(at)
            if told.glyphs[inside] == alone.glyphs[first] and advances[inside] < alone.advances[first]:
                advances = [*advances[:inside], alone.advances[first], *advances[inside + 1 :]]
    return told if advances is told.advances else told._replace(advances=advances)
