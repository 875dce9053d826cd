"""Quotations, whose marks are taken off and put back around what they hold."""

from __future__ import annotations

import re
from collections.abc import Sequence

from warraq.reading.typed import callouts
from warraq.reading.typed.lines import Line, spread
from warraq.reading.typed.rewriting import Construct, Rewriter, Taken

_MARK = re.compile(r" {0,3}>[ ]?")


def _take(rewriter: Rewriter, lines: Sequence[Line], at: int) -> Taken | None:
    if not _MARK.match(lines[at].text):
        return None
    inner: list[Line] = []
    while at < len(lines) and not lines[at].is_blank:
        mark = _MARK.match(lines[at].text)
        if not mark and (inner[-1].is_blank or rewriter.opens(lines, at) or rewriter.opens(inner, len(inner) - 1)):
            break
        if inner and mark and callouts.of_quote(lines[at].cut(mark.end())):
            break
        inner.append(spread(lines[at].cut(mark.end())) if mark else lines[at])
        at += 1
    if box := callouts.of_quote(inner[0]):
        return callouts.written(rewriter, box, inner[1:]), at
    return [f"> {line}" if line else ">" for line in rewriter.blocks(inner)], at


QUOTE = Construct(_take, lambda _rewriter, lines, at: bool(_MARK.match(lines[at].text)), parted=True)
