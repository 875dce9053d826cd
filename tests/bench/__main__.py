"""The command line of the benchmarks."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

import pypdfium2

from tests.bench.book import write_book
from tests.bench.measuring import CommandError, Cost, measure
from tests.bench.scenes import ROOT, scenes

SIZES = "30,300,900,3000"
HEAD = f"{'':32}{'pages':>6}{'wall s':>9}{'CPU s':>9}{'MiB':>7}{'p./s':>7}{'p./CPU s':>10}{'wall ×':>8}{'CPU ×':>7}"


def main() -> int:
    """Write one book, or measure books of several sizes and print a table of each."""
    options = _parser().parse_args()
    sizes = [int(size) for size in options.pages.split(",")]
    if options.write:
        write_book(options.write, sizes[0])
        return 0
    for size in sizes:
        if options.scratch:
            options.scratch.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=options.scratch) as scratch:
            _table(size, Path(scratch), options.rows)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench", description="Measure the press on books made for it."
    )
    parser.add_argument("--pages", default=SIZES, metavar="N,…", help=f"about how many pages (default: {SIZES})")
    parser.add_argument("--rows", default="", metavar="WORD", help="only rows whose name holds this word, and stock")
    parser.add_argument("--scratch", type=Path, metavar="DIR", help="where books and PDFs stand while measured")
    parser.add_argument("--write", type=Path, metavar="DIR", help="only write a book, of the first size")
    return parser


def _table(size: int, scratch: Path, rows: str) -> None:
    """Measure all scenes with a book, each printed when it is done; × is how many times less than stock."""
    write_book(scratch / "book", size)
    _say(f"\na book of about {size} pages\n{HEAD}")
    stock: Cost | None = None
    for scene in scenes(scratch / "book", scratch):
        if stock and rows not in scene.name:
            continue
        try:
            scene.prepare()
            cost = measure(scene.command, ROOT)
        except (CommandError, OSError) as error:
            _say(f"{scene.name:32}failed: {str(error).strip().splitlines()[-1:]}")
            continue
        stock = stock or cost
        _say(_row(scene.name, _pages(scene.out), cost, stock))


def _row(name: str, pages: int, cost: Cost, stock: Cost) -> str:
    return (
        f"{name:32}{pages:6}{cost.wall:9.2f}{cost.cpu:9.2f}{cost.memory:7.0f}{pages / cost.wall:7.1f}"
        f"{pages / cost.cpu:10.1f}{stock.wall / cost.wall:8.2f}{stock.cpu / cost.cpu:7.2f}"
    )


def _pages(path: Path) -> int:
    with pypdfium2.PdfDocument(path) as pdf:
        return len(pdf)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
