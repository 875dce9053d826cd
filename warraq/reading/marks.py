"""Before Markdown is read: a source rewritten in the one form that Python-Markdown never misreads.

What belongs to other programs is understood or taken out, and told of; comments go. The order
of `CONSTRUCTS` is that in which a block is tried.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from warraq.blanking import unclosed_comments, without_comments
from warraq.diagnostics import Diagnostic
from warraq.manuscript import Source
from warraq.reading.typed import (
    callouts,
    definitions,
    drawn_tables,
    fences,
    html_blocks,
    lists,
    openiti,
    quotes,
    simple,
    site_blocks,
)
from warraq.reading.typed.inline import inline
from warraq.reading.typed.lines import Line, split
from warraq.reading.typed.rewriting import Construct, Rewriter, Taken
from warraq.reading.verse import SEPARATOR, TYPED_SEPARATOR
from warraq.reading.verse_forms import keep_tabs

NAVIGATION = re.compile(r"\s*(?:<--+|--+>|<-|->)\s*")


@dataclass(frozen=True, slots=True)
class Prepared:
    """Markdown to be read, what was found wrong, and the raw HTML that its signs stand for."""

    text: str
    faults: list[Diagnostic] = field(default_factory=list)
    html: Sequence[str] = ()


def _navigation(rewriter: Rewriter, lines: Sequence[Line], at: int) -> Taken | None:
    if not _is_navigation(lines[at]):
        return None
    offset = lines[at].offset + lines[at].indent
    rewriter.say("W214", f"the navigation mark {lines[at].text.strip()} was dropped", offset)
    return [], at + 1


def _is_navigation(line: Line) -> bool:
    return ("<-" in line.text or "->" in line.text) and bool(NAVIGATION.fullmatch(line.text))


CONSTRUCTS = (
    fences.FENCE,
    simple.CODE,
    Construct(_navigation, lambda _rewriter, lines, at: _is_navigation(lines[at])),
    simple.HEADING,
    simple.FORMULA,
    site_blocks.SITE,
    callouts.CONTAINER,
    callouts.MKDOCS,
    quotes.QUOTE,
    drawn_tables.GRID,
    drawn_tables.DASHED,
    simple.RULE,
    simple.TABLE,
    simple.LINE_BLOCK,
    definitions.NOTE,
    definitions.REFERENCE,
    definitions.ABBREVIATION,
    lists.LIST,
    html_blocks.HTML,
    simple.SETEXT,
    definitions.TERMS,
)


def prepare(source: Source) -> Prepared:
    """Rewrite the text of a source; every fault points to the line and column that it is about."""
    text, comments = without_comments(source.text)
    rewriter = Rewriter(source, CONSTRUCTS, inline)
    for kind, offset in comments:
        rewriter.say_once(kind, offset)
    for offset in unclosed_comments(text):
        rewriter.say("W218", "the comment is not closed and was kept as text", offset, "close it with -->")
    lines = split(text)
    written = rewriter.blocks(openiti.lines(rewriter, lines) if source.head.startswith(openiti.MAGIC) else lines)
    for note in rewriter.notes:
        written += ["", note]
    whole = keep_tabs("\n".join(written).replace(TYPED_SEPARATOR, SEPARATOR))
    return Prepared(whole, rewriter.faults, rewriter.html)
