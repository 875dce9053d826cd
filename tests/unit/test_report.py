"""What people see: diagnostics in order, colours only where they belong, a summary."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from warraq.diagnostics import Diagnostic, Place
from warraq.editions import Artifact
from warraq.job import Result
from warraq.report import Reporter

ERROR = Diagnostic("W204", "image pen.svg is missing", Place("b.md", 3, 1), "draw it")
WARNING = Diagnostic("W213", "the chapter has no title", Place("a.md", 12))
NOTE = Diagnostic("W214", "the navigation mark <-- was dropped", Place("a.md", 2, 1))


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """Say so."""
        return True


@pytest.fixture(autouse=True)
def _plain_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")


def said(*diagnostics: Diagnostic, level: int = 0, strict: bool = False, stream: io.StringIO | None = None) -> str:
    stream = stream or io.StringIO()
    Reporter(stream, level).faults(diagnostics, strict=strict)
    return stream.getvalue()


def test_diagnostics_come_in_the_order_of_their_places_with_counts() -> None:
    assert said(ERROR, WARNING, NOTE).splitlines() == [
        "a.md:2:1: note[W214]: the navigation mark <-- was dropped",
        "a.md:12: warning[W213]: the chapter has no title",
        "b.md:3:1: error[W204]: image pen.svg is missing",
        "  help: draw it",
        "1 error, 1 warning",
    ]


def test_more_than_one_is_counted_in_the_plural() -> None:
    assert said(ERROR, ERROR).splitlines()[-1] == "2 errors"


def test_quiet_leaves_notes_out() -> None:
    assert said(NOTE, level=-1) == ""


def test_strict_says_why_warnings_fail() -> None:
    assert said(WARNING, strict=True).splitlines()[-1] == "1 warning (--strict: warnings fail the build)"


def test_colours_are_for_terminals() -> None:
    assert "\x1b[1;31merror[W204]\x1b[0m" in said(ERROR, stream=Terminal())
    assert "\x1b" not in said(ERROR)


@pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_a_terminal_without_colours_is_respected(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    assert "\x1b" not in said(ERROR, stream=Terminal())


def progress(stream: io.StringIO, monkeypatch: pytest.MonkeyPatch, level: int = 0) -> str:
    """Let a minute go by between two signs of life."""
    clock = iter(range(0, 6000, 60))
    monkeypatch.setattr("warraq.report.time.monotonic", lambda: next(clock))
    with Reporter(stream, level).progress("print") as heard:
        heard(7)
    return stream.getvalue()


def test_progress_is_one_living_line_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    assert progress(Terminal(), monkeypatch) == "\r\x1b[KPDF to print: 7 pages laid out\r\x1b[K"


def test_progress_is_plain_lines_elsewhere_and_none_if_quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    assert progress(io.StringIO(), monkeypatch) == "PDF to print: 7 pages laid out\n"
    assert progress(io.StringIO(), monkeypatch, level=-1) == ""


def test_quick_work_shows_no_progress_in_a_log() -> None:
    stream = io.StringIO()
    with Reporter(stream).progress("screen") as heard:
        heard(1)
    assert stream.getvalue() == ""


def test_the_summary_names_pages_words_size_and_time() -> None:
    stream = io.StringIO()
    result = Result(
        artifacts=[(Artifact("screen", "a.pdf", bytes(2048), 7), Path("dist/a.pdf"))],
        times={"reading": 0.25, "screen": 1.5},
        words=90,
    )
    Reporter(stream, 1).summary(result)
    assert stream.getvalue().splitlines() == [
        f"{Path('dist/a.pdf')}  7 pages  90 words  2 KB  1.5 s",
        "reading 0.25 s  screen 1.50 s",
    ]


def test_drafts_are_called_drafts() -> None:
    stream = io.StringIO()
    Reporter(stream).summary(Result(artifacts=[(Artifact("screen", "a.pdf", b"", 1), Path("a.pdf"))], failed=True))
    assert "these are drafts" in stream.getvalue().splitlines()[-1]
