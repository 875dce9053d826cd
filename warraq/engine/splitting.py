"""Where a text is split into lines, which WeasyPrint 70 does wrong or slowly in two cases.

1. To set a line, `text.line_break.split_first_line` shapes four characters for each em of
   the measure, and the whole rest of the paragraph if that does not fill the line. Fully
   vowelled Arabic has five or six characters to the em, so a long paragraph takes quadratic
   time (a 110 KB chapter of the Quran: minutes). Here the text is cut before the stock
   function sees it, at a space well beyond the line; where that is too little after all,
   the stock function gets everything. What is drawn is the same.
2. When inline markup does not fit and the text before it must be split earlier, the line
   that Pango finds may be too wide by the space at its end. The function then believes that
   nothing fits and sets the first word alone. Such a line is tried again with a space less.

No upstream issue is known. The function is wrapped, not replaced.
"""

from __future__ import annotations

import math
from typing import Any

from weasyprint.layout import inline

from warraq.engine.guard import wrap

SPLIT = "39ad1016863ca34d"
#: More characters to the em than any line of text holds twice.
DENSEST = 16
#: In em; no space of a text font is wider.
WIDEST_SPACE = 0.5
WRAPPING = {"normal", "pre-wrap", "pre-line"}


def mend() -> list[str]:
    """Wrap the function, once; give its name if it is not the one we know."""
    return wrap(inline, "split_first_line", SPLIT, _mended)


def _mended(stock: Any) -> Any:
    """Try a line that took almost nothing again, with less room for its last space."""
    cut = _cut_first(stock)

    def split_first_line(text: str, style: Any, context: Any, max_width: Any, *rest: Any, **named: Any) -> Any:
        result = cut(text, style, context, max_width, *rest, **named)
        if not _stopped_early(result, max_width):
            return result
        narrower = max_width - style["font_size"] * WIDEST_SPACE
        again = cut(text, style, context, narrower, *rest, **named)
        return again if result[3] < again[3] <= max_width else result

    return split_first_line


def _stopped_early(result: Any, max_width: Any) -> bool:
    """Tell whether a line that goes on took less than half of its room."""
    _layout, _length, resume_index, width, *_ = result
    return resume_index is not None and max_width not in (None, math.inf) and width < max_width / 2


def _cut_first(stock: Any) -> Any:
    """Hand over no more text than a line can hold, and a good deal more."""

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
