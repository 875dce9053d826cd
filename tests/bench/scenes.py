"""The things that are measured: each is a command, and what is done to the book before it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench.words import Writer

PYTHON: list[str | Path] = [sys.executable]
ROOT = Path(__file__).resolve().parents[2]
WARRAQ = [*PYTHON, ROOT / "build.py"]
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM_OPTIONS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer")
#: Paragraphs, enough to move all later chapters by some pages.
MANY = 24


@dataclass(frozen=True, slots=True)
class Scene:
    """A row of the table."""

    name: str
    command: list[str | Path]
    out: Path
    prepare: Callable[[], object] = field(default=lambda: None)


def scenes(book: Path, scratch: Path) -> Iterator[Scene]:
    """Give what can be measured on this machine with this Warraq, in the order of the table."""
    page = scratch / "page.html"
    subprocess.run([*PYTHON, "-m", "tests.bench.stock", "compose", book, page], cwd=ROOT, check=True)
    plain = scratch / "stock.pdf"
    yield Scene("WeasyPrint, stock", [*PYTHON, "-m", "tests.bench.stock", "print", page, plain], plain)
    if browser := next(filter(None, map(shutil.which, CHROMIUM)), None):
        printed = scratch / "chromium.pdf"
        profile = f"--user-data-dir={scratch / 'chromium'}"
        yield Scene(
            "Chromium", [browser, *CHROMIUM_OPTIONS, profile, f"--print-to-pdf={printed}", page.as_uri()], printed
        )
    yield from _warraq(book, scratch)


def _warraq(book: Path, scratch: Path) -> Iterator[Scene]:
    out = scratch / "out" / "bench.pdf"
    build: list[str | Path] = [*WARRAQ, "build", book, "-o", out.parent, "--only", "screen", "-q"]
    known = subprocess.run([*WARRAQ, "build", "--help"], cwd=ROOT, check=True, capture_output=True)
    fresh = ["--no-cache"] if b"--no-cache" in known.stdout else []
    for jobs in ("1", "2") if b"--jobs" in known.stdout else ():
        yield Scene(f"Warraq, cold, {jobs} workers", [*build, *fresh, "--jobs", jobs], out)
        pair = [word if word != "screen" else "screen,print" for word in build]
        yield Scene(f"Warraq, screen and print, {jobs} workers", [*pair, *fresh, "--jobs", jobs], out)
    if b"--jobs" not in known.stdout:
        yield Scene("Warraq, cold", [*build, *fresh], out)
    if fresh:
        yield from _cached([*build, "--cache", scratch / "cache"], book, out)


def _cached(cached: list[str | Path], book: Path, out: Path) -> Iterator[Scene]:
    chapters = sorted(book.glob("chapter-*.md"))
    yield Scene("Warraq, cold, filling its cache", cached, out)
    yield Scene("Warraq, warm, file removed", cached, out, out.unlink)
    yield Scene("Warraq, one word edited", cached, out, lambda: _edit(chapters[len(chapters) // 2]))
    yield Scene("Warraq, edit that shifts pages", cached, out, lambda: _grow(chapters[len(chapters) // 4]))
    yield Scene("Warraq, nothing changed", cached, out)


def _edit(chapter: Path) -> None:
    """Change the first word of a paragraph in the middle of a chapter."""
    blocks = chapter.read_text(encoding="utf-8").split("\n\n")
    places = [number for number, block in enumerate(blocks) if block[0] not in "#!|*>~[" and " " in block]
    place = places[len(places) // 2]
    blocks[place] = f"{Writer(7).word()} {blocks[place].split(' ', 1)[1]}"
    chapter.write_text("\n\n".join(blocks), encoding="utf-8")


def _grow(chapter: Path) -> None:
    """Put some pages of text after the first paragraph of a chapter."""
    blocks = chapter.read_text(encoding="utf-8").split("\n\n")
    writer = Writer(11)
    blocks[3:3] = [writer.paragraph() for _ in range(MANY)]
    chapter.write_text("\n\n".join(blocks), encoding="utf-8")
