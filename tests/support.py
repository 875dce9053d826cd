"""What several tests share: the books of the tests, and the command line run in process."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pytest

from warraq.cli import main

BOOKS = Path(__file__).resolve().parent / "books"
#: Where `.ci/run` puts the checkers that come from npm, and the programs that run them.
TOOLS = Path(os.environ.get("VALIDATORS", Path.home() / ".cache" / "warraq-validators")) / "js"
NODE = shutil.which("node")
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def missing(*packages: str) -> pytest.MarkDecorator:
    """Skip a test, with the line that helps, where Chromium, Node or a package of npm is not there."""
    absent = [name for name in packages if not (TOOLS / "node_modules" / name).is_dir()]
    lines = [] if NODE and CHROMIUM else ["apt-get install -y chromium nodejs npm"]
    lines += [f"npm install --ignore-scripts --prefix {TOOLS} {' '.join(absent)}"] if absent else []
    return pytest.mark.skipif(bool(lines), reason="; ".join(lines))


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


def bookmarks(path: Path | io.BytesIO) -> list[tuple[int, str]]:
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
