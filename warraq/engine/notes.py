"""Notes that WeasyPrint 70 sends to the next page though their call stays on this one.

Where the last line of a paragraph does not fit and the paragraph may not be parted (orphans,
widows), `layout.block._linebox_layout` makes room by moving notes of earlier lines to the
next page, last note first. A reader then looks for a note that is not there. Here the
paragraph moves instead, as if the page had no notes.

Upstream wants it this way ("first try to report footnotes"), so no issue is open. The choice
is one assignment amid a long function; it is changed in the function's source.
"""

from __future__ import annotations

import inspect

from weasyprint.layout import block

from warraq.engine.guard import written_for

LINES = "e07bbe000974787e"
CHOICE = "report = not context.in_column and can_break_now and not could_break_before"


def mend() -> list[str]:
    """Change the function, once; give its name if it is not the one we know."""
    stock = block._linebox_layout  # noqa: SLF001 - the function at fault
    if hasattr(stock, "__wrapped__"):
        return []
    if not written_for(stock, LINES):
        return ["weasyprint.layout.block._linebox_layout"]
    source = inspect.getsource(stock).replace(CHOICE, "report = False")
    exec(compile(source, block.__file__, "exec"), block.__dict__)  # noqa: S102 - WeasyPrint's own source, known by its digest
    block._linebox_layout.__wrapped__ = stock  # noqa: SLF001 - as above
    return []
