"""The dots of a contents page drawn as one text, where WeasyPrint 70 makes a box of each.

`layout.leader.handle_leader` copies the box of a leader as often as it has room for, and
each copy is shaped and drawn alone: half the time of a long table of contents. Here the
copies are one box with their text, in the place of the copies, to a fraction of a pixel.
No upstream issue is known. The function is wrapped, not replaced.
"""

from __future__ import annotations

from typing import Any

from weasyprint.layout import inline
from weasyprint.layout.leader import leader_index
from weasyprint.text.line_break import split_first_line

from warraq.engine.guard import wrap

HANDLE = "e4bf5941eb946d0b"


def mend() -> list[str]:
    """Wrap the function, once; give its name if it is not the one we know."""
    return wrap(inline, "handle_leader", HANDLE, _joined)


def _joined(stock: Any) -> Any:
    def handle_leader(context: Any, line: Any, containing_block: Any) -> None:
        stock(context, line, containing_block)
        _index, leader = leader_index(line)
        if leader is not None and len(leader.children) > 1:
            leader.children = (_join(context, leader.children),)

    return handle_leader


def _join(context: Any, dots: Any) -> Any:
    """Make one box of the boxes of a leader, which stand side by side, all alike."""
    first = min(dots, key=lambda dot: dot.position_x)
    joined = first.copy_with_text(first.text * len(dots))
    joined.pango_layout = split_first_line(joined.text, joined.style, context, None, 0)[0]
    joined.width = first.width * len(dots)
    return joined
