"""Where a key stands in a TOML file, which Python's parser does not tell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from warraq.diagnostics import Place

HEADER = re.compile(r"\s*(\[\[?)\s*([^\]]+?)\s*\]\]?")
KEY = re.compile(r"""\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=""")

Keys = tuple[str | int, ...]


def place_of(text: str, keys: Sequence[str | int], file: str) -> Place:
    """Find the line and column of a key path such as `("contents", "part", 0, "title")`.

    Where the key itself is not written, the nearest table or key above it is taken.
    """
    wanted = tuple(keys)
    best, place = -1, Place(file, 1, 1)
    for path, line, column in _written(text):
        if path == wanted[: len(path)] and len(path) > best:
            best, place = len(path), Place(file, line, column)
    return place


def _written(text: str) -> Iterator[tuple[Keys, int, int]]:
    """Yield the full path of every table header and key, with its line and column."""
    table: Keys = ()
    counts: dict[Keys, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if header := HEADER.match(line):
            table = _table(header, counts)
            yield table, number, header.start(2) + 1
        elif key := KEY.match(line):
            yield (*table, *_parts(key[1])), number, key.start(1) + 1


def _table(header: re.Match[str], counts: dict[Keys, int]) -> Keys:
    """Give the path of a table, with the index of each array of tables on its way."""
    path: Keys = ()
    names = _parts(header[2])
    for depth, name in enumerate(names, 1):
        path = (*path, name)
        if depth == len(names) and header[1] == "[[":
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path


def _parts(dotted: str) -> list[str]:
    """Split a dotted key, without the quotes of its parts."""
    return [part.strip("\"'") for part in re.findall(r"""[\w-]+|"[^"]*"|'[^']*'""", dotted)]
