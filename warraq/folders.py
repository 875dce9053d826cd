"""A folder of Markdown without a list of its contents: what is in it, and in which order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from warraq.arabic.digits import to_int

SUFFIXES = (".md", ".markdown", ".mdx")
#: Files that open their folder.
FIRST = ("index", "readme", "_index")
#: Folders of site generators and tools, which hold no articles.
PASSED = frozenset({
    "node_modules", "vendor", "__pycache__", "archetypes", "layouts", "themes",
    "_layouts", "_includes", "_data", "_sass", "_drafts", "_site",
})  # fmt: skip


def natural_files(root: Path) -> list[Path]:
    """List the Markdown files below a folder, as a reader would order them.

    Hidden folders, the theme and those of tools are passed over. Numbers in names count
    as numbers in any digits, and `index.md` or a README opens its folder.
    """
    return sorted(_markdown_below(root, root), key=lambda path: _natural(path.relative_to(root)))


def _markdown_below(folder: Path, root: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.name.startswith(".") or path.name in PASSED or path == root / "theme":
            continue
        if path.is_dir() and not path.is_symlink():
            yield from _markdown_below(path, root)
        elif path.suffix.lower() in SUFFIXES and path.is_file():
            yield path


def _natural(path: Path) -> list[tuple[int, list[tuple[int, int, str]]]]:
    """Make the sorting key of a path: for each name, its rank and its words and numbers."""
    return [(0 if Path(name).stem.lower() in FIRST else 1, _words(name.casefold())) for name in path.parts]


def _words(name: str) -> list[tuple[int, int, str]]:
    """Cut a name into numbers and texts, numbers first in the order."""
    pieces = re.split(r"([0-9٠-٩۰-۹]+)", name)
    return [(0, to_int(piece), "") if at % 2 else (1, 0, piece) for at, piece in enumerate(pieces) if piece]


def groups(root: Path, paths: Sequence[Path]) -> list[tuple[Path | None, list[Path]]]:
    """Part files, in their order, by the sub-folder that they stand in, `None` for no sub-folder.

    Folders that hold everything count for nothing: the files of `docs/ar/` alone are loose.
    """
    base = root
    while (inner := {_below(path, base) for path in paths}) and len(inner) == 1 and None not in inner:
        base = next(folder for folder in inner if folder)
    grouped = groupby(paths, key=lambda path: _below(path, base))
    return [(folder, list(files)) for folder, files in grouped]


def _below(path: Path, base: Path) -> Path | None:
    """Give the folder right below a base that a file stands in, or nothing if it is in the base."""
    names = path.relative_to(base).parts
    return base / names[0] if len(names) > 1 else None


def title_of_folder(folder: Path) -> str:
    """Make a title of the name of a folder, without the number that only orders it."""
    bare = re.sub(r"^[0-9٠-٩۰-۹]+[-_. ]+(?=\S)", "", folder.name)
    return " ".join(re.split(r"[-_\s]+", bare)).strip() or folder.name


def titled_by(front: Mapping[str, Any], text: str) -> tuple[str, bool]:
    """Give the title of an index, and tell whether it says nothing else."""
    typed = front.get("title")
    heading = re.match(r"\s*#(?!#)[ \t]*(?P<title>[^\n]+?)[ \t#]*(?:\n|\Z)", text)
    title = typed if isinstance(typed, str) else (heading["title"] if heading else "")
    return title, bool(title) and not text[heading.end() if heading else 0 :].strip()
