"""What several tests share: the books of the tests, and the command line run in process."""

from __future__ import annotations

import contextlib
import io
from dataclasses import dataclass
from pathlib import Path

import pikepdf

from warraq.cli import main

BOOKS = Path(__file__).resolve().parent / "books"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run of the command line gave: its exit code and what it wrote."""

    code: int
    out: str
    err: str


def warraq(*arguments: str | Path) -> Outcome:
    """Run the command line in this process, away from any terminal."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main([str(argument) for argument in arguments])
    return Outcome(code, out.getvalue(), err.getvalue())


def bookmarks(path: Path) -> list[tuple[int, str]]:
    """List the bookmarks of a PDF with their levels, the highest being 1."""

    def walk(items: list[pikepdf.OutlineItem], level: int) -> list[tuple[int, str]]:
        return [pair for item in items for pair in ((level, str(item.title)), *walk(list(item.children), level + 1))]

    with pikepdf.open(path) as pdf, pdf.open_outline() as outline:
        return walk(list(outline.root), 1)


def destinations(pdf: pikepdf.Pdf) -> dict[str, int]:
    """Give the page (from 0) that each named destination of a PDF leads to."""
    pages = {page.objgen: index for index, page in enumerate(pdf.pages)}
    goals = pikepdf.NameTree(pdf.Root.Names.Dests).items()
    return {name: pages[pikepdf.Page(goal[0]).objgen] for name, goal in goals}


def families(pdf: pikepdf.Pdf) -> set[str]:
    """Name the fonts of a PDF as they are called in it: `ABCDEF+Amiri-Bold`."""
    return {str(font.BaseFont) for page in pdf.pages for font in page.Resources.get("/Font", {}).values()}
