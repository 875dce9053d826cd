"""The patches that save time, and change nothing that is printed but the place of leaders by a hair."""

from __future__ import annotations

from warraq.engine import (
    areas,
    backgrounds,
    cascade,
    compression,
    leaders,
    lengths,
    line_search,
    note_heights,
    page_kinds,
    parsing,
    rings,
    shaped,
    struts,
    styles,
    undrawn,
    vectors,
    walks,
)

PATCHES = (
    *(parsing, styles, cascade, page_kinds, walks, backgrounds),
    *(shaped, lengths, line_search, struts, note_heights, leaders, undrawn, vectors, compression, rings, areas),
)


def mend() -> list[str]:
    """Mend WeasyPrint in all of them; give the names of the functions that are not the ones we know.

    Patches that change how text is split are to be in place before, so that these stand around them.
    """
    return [name for patch in PATCHES for name in patch.mend()]
