"""All that mends WeasyPrint, put in place once in each process."""

from __future__ import annotations

import functools

from warraq.diagnostics import Diagnostic
from warraq.engine import (
    artifacts,
    capture,
    fast,
    lines,
    note_links,
    notes,
    once,
    replaced,
    splitting,
    structure_writing,
    text_layer,
    verse,
)
from warraq.engine.justification import breaking, depth

#: Modules that mend WeasyPrint; each `mend` gives the names of functions that it does not know.
PATCHES = (
    *(breaking, depth, lines, splitting, text_layer, fast, once),
    *(notes, note_links, structure_writing, artifacts, verse),
)


@functools.cache
def mended() -> tuple[Diagnostic, ...]:
    """Mend WeasyPrint in this process, once; tell which of its functions are not the ones we know."""
    replaced.mend()
    unknown = [name for patch in PATCHES for name in patch.mend()] + capture.unknown()
    return tuple(
        Diagnostic("W402", f"{name} is not the one our patch is for: stock behaviour is used") for name in unknown
    )
