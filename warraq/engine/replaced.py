"""Pictures without a width of their own, inside lines of right-to-left text.

WeasyPrint 70 lays such a picture (an SVG with only a `viewBox`) out by the rule of blocks,
which in a right-to-left block moves the box from a position that inline boxes do not have
yet: AttributeError (`layout.replaced.replaced_box_width`, `layout.block.block_level_width`).
No upstream issue is known. A position to start from cures it; the line sets the true one.
"""

from __future__ import annotations

from weasyprint.formatting_structure.boxes import InlineReplacedBox


def mend() -> None:
    """Give inline pictures a position; where WeasyPrint gives one itself, do nothing."""
    if not hasattr(InlineReplacedBox, "position_x"):
        InlineReplacedBox.position_x = 0
