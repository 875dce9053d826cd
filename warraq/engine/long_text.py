"""Long paragraphs with many marks, each line of which WeasyPrint 70 shapes to the end.

To set a line, `text.line_break.split_first_line` shapes four characters for each em of the
measure, and the whole rest of the paragraph if that does not fill the line. Fully vowelled
Arabic has five or six characters to the em, so a long paragraph takes quadratic time (a
110 KB chapter of the Quran: minutes). Here the text is cut before the stock function sees
it, at a space well beyond the line; where that is too little after all, the stock function
gets everything. What is drawn is the same.
"""

from __future__ import annotations

import math
from typing import Any

from weasyprint.layout import inline

from warraq.engine.guard import wrap

SPLIT = "39ad1016863ca34d"
#: More characters to the em than any line of text holds twice.
DENSEST = 16
WRAPPING = {"normal", "pre-wrap", "pre-line"}


def mend() -> list[str]:
    """Wrap the function, once; give its name if it is not the one we know."""
    return wrap(inline, "split_first_line", SPLIT, _cut_first)


def _cut_first(stock: Any) -> Any:
    def split_first_line(text: str, style: Any, context: Any, max_width: Any, *rest: Any, **named: Any) -> Any:
        end = _end(text, style, max_width)
        if end:
            result = stock(text[:end], style, context, max_width, *rest, **named)
            resume_index = result[2]
            if resume_index is not None and resume_index < len(text[:end].encode()) / 2:
                return result
        return stock(text, style, context, max_width, *rest, **named)

    return split_first_line


def _end(text: str, style: Any, max_width: Any) -> int:
    """Find a space after enough text for a line and more, or 0 where all is to be seen."""
    if max_width is None or max_width == math.inf or not style["font_size"] or style["white_space"] not in WRAPPING:
        return 0
    enough = int(max_width / style["font_size"] * DENSEST)
    return text.find(" ", enough) if 0 < enough < len(text) // 2 else 0
