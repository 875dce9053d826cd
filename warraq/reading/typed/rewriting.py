"""A text taken apart into its blocks, and each written as Python-Markdown reads it.

Blocks stand between blank lines in what is written, lists nest by four blanks, and raw HTML is
put aside behind signs. Constructs that hold blocks call `Rewriter.blocks` for what they hold.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from warraq.diagnostics import Diagnostic
from warraq.manuscript import Source
from warraq.reading.typed import signs
from warraq.reading.typed.lines import Line, next_seen

#: What a construct gives: the lines that Markdown shall read, and where the next block begins.
Taken = tuple[list[str], int]


@dataclass(frozen=True, slots=True)
class Construct:
    """A kind of block: `take` reads one that begins at a line, or gives nothing.

    `opens` tells whether a line begins one where a paragraph has not ended yet. Markdown runs
    two of the same that follow each other into one unless something `parted` stands between.
    """

    take: Callable[[Rewriter, Sequence[Line], int], Taken | None]
    opens: Callable[[Rewriter, Sequence[Line], int], bool] = lambda _rewriter, _lines, _at: False
    parted: bool = False


@dataclass(slots=True)
class Rewriter:
    """One run over a source: what is found wrong, and the raw HTML put aside so far."""

    source: Source
    constructs: Sequence[Construct]
    inline: Callable[[Rewriter, Sequence[Line]], list[str]]
    faults: list[Diagnostic] = field(default_factory=list)
    html: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    told: set[str] = field(default_factory=set)
    facts: dict[str, bool] = field(default_factory=dict)

    def blocks(self, lines: Sequence[Line]) -> list[str]:
        """Write the blocks of some lines, a blank line between them."""
        written: list[str] = []
        last: Construct | None = None
        at = next_seen(lines, 0)
        while at < len(lines):
            construct, (taken, after) = self._block(lines, at)
            if construct and construct.parted and construct is last:
                written += ["", self.aside("")]
            if taken:
                last = construct
            written += [*([""] if written and taken else []), *taken]
            at = next_seen(lines, max(after, at + 1))
        return written

    def _block(self, lines: Sequence[Line], at: int) -> tuple[Construct | None, Taken]:
        for construct in self.constructs:
            if taken := construct.take(self, lines, at):
                return construct, taken
        return None, self._paragraph(lines, at)

    def opens(self, lines: Sequence[Line], at: int) -> bool:
        """Tell whether a line begins a block that ends the paragraph before it."""
        return any(construct.opens(self, lines, at) for construct in self.constructs)

    def _paragraph(self, lines: Sequence[Line], at: int) -> Taken:
        after = at + 1
        while after < len(lines) and not lines[after].is_blank and not self.opens(lines, after):
            after += 1
        return self.text(lines[at:after]), after

    def text(self, lines: Sequence[Line]) -> list[str]:
        """Write lines of a paragraph, so that none of them begins anything else."""
        bare = [line.cut(line.indent) for line in lines]
        return [guarded(text) for text in self.inline(self, bare)]

    def aside(self, html: str) -> str:
        """Put raw HTML aside, and give the sign that stands for it."""
        self.html.append(html)
        return signs.sign(signs.HTML, len(self.html) - 1)

    def say(self, code: str, message: str, offset: int, hint: str = "") -> None:
        """Tell of something at an offset of the source's text."""
        self.faults.append(Diagnostic(code, message, self.source.place_at(max(offset, 0)), hint))

    def say_once(self, kind: str, offset: int) -> None:
        """Tell of a mark of another program, once for each kind."""
        if kind not in self.told:
            self.told.add(kind)
            hint = "they are for a site generator; in code they are kept"
            self.say("W217", f"marks of the kind {kind} were dropped", offset, hint)


_NUMBERED = re.compile(r"(\s*\d+)\.(?=\s)")
_MEANT = re.compile(r"\s*(?:[#:]|[-+*](?=\s)|!!! |={3,}\s*$|-{2,}\s*$|\[[^\]]*\]:|[*]\[[^\]]*\]:)")


def guarded(text: str) -> str:
    r"""Keep a line of a paragraph from being read as anything else, by `\` or an empty sign."""
    if _MEANT.match(text):
        return signs.sign(signs.NOTHING) + text
    return _NUMBERED.sub(r"\1\\.", text, count=1) if _NUMBERED.match(text) else text
