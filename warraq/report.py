"""What people see while a publication is built, and at its end."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

from warraq.diagnostics import Diagnostic, Severity

if TYPE_CHECKING:
    from warraq.job import Result

COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.NOTE: "36"}
NAMES = {"screen": "PDF to read", "print": "PDF to print", "epub": "e-book", "web": "HTML"}
UNITS = {"web": "chapters set"}
#: Seconds between two signs of life: often on a terminal, seldom in a log.
BEAT, LOG_BEAT = 0.1, 10.0


class Reporter:
    """Writes to people: progress, diagnostics and the summary.

    `level` is -1 for only faults (`-q`), 0, or 1 for notes and timings too (`-v`). On a
    terminal the progress is one living line; elsewhere it is plain lines.
    """

    def __init__(self, stream: TextIO, level: int = 0) -> None:
        """Write to `stream`; colours only on a terminal, and never with NO_COLOR set."""
        self.stream, self.level = stream, level
        self.terminal = stream.isatty() and os.environ.get("TERM") != "dumb"
        self.colour = self.terminal and not os.environ.get("NO_COLOR")

    @contextmanager
    def progress(self, edition: str) -> Iterator[Callable[[int], None]]:
        """Give a function that hears how many pages (or chapters) of an edition are done."""
        if self.level < 0:
            yield lambda _pages: None
            return
        beat = BEAT if self.terminal else LOG_BEAT
        last, most = time.monotonic(), 0

        def heard(pages: int) -> None:
            nonlocal last, most
            most = max(most, pages)  # pages are made again where a number in them has changed
            if time.monotonic() - last >= beat:
                last = time.monotonic()
                self._living(f"{NAMES[edition]}: {most} {UNITS.get(edition, 'pages laid out')}")

        yield heard
        self._living("")

    def faults(self, diagnostics: Sequence[Diagnostic], *, strict: bool) -> None:
        """Write the diagnostics in the order of their places, then count them."""
        shown = [d for d in diagnostics if d.severity is not Severity.NOTE or self.level >= 0]
        for diagnostic in sorted(shown, key=_order):
            self._line(self._coloured(diagnostic))
        if counts := _counts(shown):
            self._line(f"{counts}{' (--strict: warnings fail the build)' if strict else ''}")

    def summary(self, result: Result) -> None:
        """Write a line for each artifact: path, pages, words, size, time."""
        if self.level < 0:
            return
        for artifact, path in result.artifacts:
            pages = f"{artifact.pages} pages  " if artifact.pages else ""
            size, seconds = artifact.size / 1024, result.times.get(artifact.edition, 0)
            self._line(f"{path}  {pages}{result.words} words  {size:.0f} KB  {seconds:.1f} s")
        if result.failed and result.artifacts:
            self._line("the build has faults: finished files of earlier builds were left as they are; these are drafts")
        if self.level > 0:
            self._line("  ".join(f"{name} {seconds:.2f} s" for name, seconds in result.times.items()))

    def profile(self, table: str) -> None:
        """Write the table of `--profile`, which was asked for, whatever the level."""
        self._line(table)

    def _living(self, text: str) -> None:
        """Rewrite the living line of a terminal, or write a plain line."""
        if self.terminal:
            self.stream.write(f"\r\x1b[K{text}")
            self.stream.flush()
        elif text:
            self._line(text)

    def _line(self, text: str) -> None:
        self.stream.write(f"{text}\n")
        self.stream.flush()

    def _coloured(self, diagnostic: Diagnostic) -> str:
        text = str(diagnostic)
        if not self.colour:
            return text
        tag = f"{diagnostic.severity.value}[{diagnostic.code}]"
        return text.replace(tag, f"\x1b[1;{COLOURS[diagnostic.severity]}m{tag}\x1b[0m", 1)


def _order(diagnostic: Diagnostic) -> tuple[str, int, int, str]:
    place = diagnostic.place
    return (place.file, place.line, place.column, diagnostic.code) if place else ("", 0, 0, diagnostic.code)


def _counts(diagnostics: Sequence[Diagnostic]) -> str:
    """Count errors and warnings: `2 errors, 1 warning`."""
    found = []
    for severity in (Severity.ERROR, Severity.WARNING):
        number = sum(d.severity is severity for d in diagnostics)
        if number:
            found.append(f"{number} {severity.value}{'s' if number > 1 else ''}")
    return ", ".join(found)
