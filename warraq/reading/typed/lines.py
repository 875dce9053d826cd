"""Lines of a source, each with the place where it begins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_LEAD = re.compile(r"[ \t]*")
TAB = 4


@dataclass(frozen=True, slots=True)
class Line:
    """A line, its leading tabs written as blanks; `offset` is where `text[0]` stands in the source.

    Where a tab was written out, that is where it would have to stand for the words to be at
    their places.
    """

    text: str
    offset: int

    @property
    def is_blank(self) -> bool:
        """Whether nothing can be seen on the line."""
        return not self.text.strip()

    @property
    def indent(self) -> int:
        """How many blanks the line begins with."""
        return len(self.text) - len(self.text.lstrip(" "))

    def cut(self, start: int) -> Line:
        """Give the line from a column on."""
        return Line(self.text[start:], self.offset + start)

    def dedented(self, columns: int) -> Line:
        """Take at most so many blanks off the start of the line."""
        return self.cut(min(columns, self.indent))


def split(text: str) -> list[Line]:
    """Cut a text into its lines."""
    lines, offset = [], 0
    for typed in text.split("\n"):
        lines.append(_line(typed, offset))
        offset += len(typed) + 1
    return lines


def spread(line: Line) -> Line:
    """Write out the tabs that a line begins with, once its own container's mark is off."""
    return _line(line.text, line.offset)


def _line(typed: str, offset: int) -> Line:
    if not typed.startswith((" ", "\t")) or "\t" not in typed:
        return Line(typed, offset)
    lead = _LEAD.match(typed)
    length = lead.end() if lead else 0
    spaces = typed[:length].expandtabs(TAB)
    return Line(spaces + typed[length:], offset + length - len(spaces))


def next_seen(lines: Sequence[Line], at: int) -> int:
    """Give the index of the first line from `at` on that is not blank, or the length."""
    while at < len(lines) and lines[at].is_blank:
        at += 1
    return at


def trimmed(lines: list[Line]) -> list[Line]:
    """Take the blank lines off both ends."""
    start, end = next_seen(lines, 0), len(lines)
    while end > start and lines[end - 1].is_blank:
        end -= 1
    return lines[start:end]
