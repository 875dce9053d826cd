"""One file of a manuscript: its text, and where in which file each character of it was typed."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from warraq.blanking import prose
from warraq.diagnostics import Place


@dataclass(frozen=True, order=True, slots=True)
class Span:
    """From the offset `start` of a text on, it stands in the file `name` from this place on."""

    start: int
    name: str
    line: int
    column: int = 1


@dataclass(frozen=True, slots=True)
class Source:
    r"""One file: where it is, how it is called in messages, its front matter and its text.

    `text`, with `\n` line ends, begins at line `first_line`, after the front matter `head`. Where
    other files are included, `spans` tell which text is from where. `titled` is the title that
    a summary of the whole book gives to the file.
    """

    path: Path
    name: str
    front: Mapping[str, Any] = field(default_factory=dict)
    text: str = ""
    first_line: int = 1
    head: str = ""
    spans: tuple[Span, ...] = ()
    titled: str = ""

    @property
    def is_plain(self) -> bool:
        """Whether the file is plain text rather than Markdown."""
        return self.path.suffix.lower() == ".txt"

    def place_at(self, offset: int) -> Place:
        """Give the place of the character `text[offset]`."""
        spans = self.spans or (Span(0, self.name, self.first_line),)
        span = spans[max(bisect_right(spans, offset, key=lambda span: span.start) - 1, 0)]
        line = self.text.count("\n", span.start, offset)
        last = self.text.rfind("\n", span.start, offset)
        column = offset - last if last >= 0 else span.column + offset - span.start
        return Place(span.name, span.line + line, column)

    def find(self, needle: str, nth: int = 1) -> Place | None:
        """Find the nth occurrence of a needle: in the prose, else in code, else in the front matter."""
        offset = _nth(prose(self.text), needle, nth)
        offset = offset if offset >= 0 else _nth(self.text, needle, nth)
        if offset >= 0:
            return self.place_at(offset)
        lines = self.head.split("\n")
        found = ((at, line.find(needle) + 1) for at, line in enumerate(lines, 1))
        return next((Place(self.name, at, column) for at, column in found if needle and column), None)

    def place_of(self, needle: str, nth: int = 1) -> Place:
        """Give the place of the nth occurrence of a needle, or the file alone."""
        return self.find(needle, nth) or Place(self.name)

    def place_matching(self, pattern: str, nth: int = 1) -> Place:
        """Find the nth match of a regular expression whose `^` is the start of a line."""
        for count, found in enumerate(re.finditer(pattern, self.text, re.MULTILINE), 1):
            if count == nth:
                return self.place_at(found.start("at") if "at" in found.groupdict() else found.start())
        return Place(self.name)

    def place_of_key(self, key: str) -> Place:
        """Find a key of the front matter."""
        for number, line in enumerate(self.head.split("\n"), 1):
            if found := re.match(rf"""\s*["']?{re.escape(key)}["']?\s*[:=]""", line):
                return Place(self.name, number, found.start() + 1)
        return Place(self.name)


def _nth(text: str, needle: str, nth: int) -> int:
    """Give the offset of the nth occurrence of a needle, or -1."""
    offset = -1
    for _ in range(nth if needle else 0):
        if (offset := text.find(needle, offset + 1)) < 0:
            break
    return offset
