"""The contents of a book in a `SUMMARY.md`, as mdBook and GitBook have it.

Links before the first list or part are the front matter, links of lists the chapters, headings
after the first one the parts, and links after a list (behind a rule, mdBook) the back matter.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

_NAMES = ("SUMMARY.md", "src/SUMMARY.md", "docs/SUMMARY.md", "summary.md")
_LINK = re.compile(
    r"(?P<item>[ \t]*(?:[-*+]|\d+[.)])[ \t]+)?\[(?P<title>(?:[^\[\]\\]|\\.)*)\]\(<?(?P<address>[^)>]*)>?\)\s*"
)
_HEADING = re.compile(r"#{1,6}[ \t]+(?P<title>.*?)[ \t#]*")
_RULE = re.compile(r"\s*(?:-\s*){3,}|(?:\*\s*){3,}")


@dataclass(frozen=True, slots=True)
class Entry:
    """A file that the summary names: its path, its title there, and its line."""

    path: Path
    title: str
    line: int


@dataclass(slots=True)
class Summary:
    """What a `SUMMARY.md` says: entries in front, parts with their titles, entries at the back."""

    path: Path
    front: list[Entry] = field(default_factory=list)
    parts: list[tuple[str, list[Entry]]] = field(default_factory=list)
    back: list[Entry] = field(default_factory=list)


def find(root: Path) -> Summary | None:
    """Read the summary of a folder, if it has one that names files."""
    path = next((root / name for name in _NAMES if (root / name).is_file()), None)
    if not path:
        return None
    found = _read(path, path.read_text("utf-8-sig", errors="replace"))
    return found if found.front or any(entries for _, entries in found.parts) else None


def _read(path: Path, text: str) -> Summary:
    found = Summary(path)
    headings = 0
    for number, line in enumerate(text.splitlines(), 1):
        if heading := _HEADING.fullmatch(line):
            headings += 1
            if headings > 1 or found.parts or found.front:
                found.parts.append((heading["title"], []))
        elif _RULE.fullmatch(line) and found.parts:
            found.parts.append(("", []))
        elif link := _LINK.fullmatch(line):
            _add(found, link, number)
    found.parts = [part for part in found.parts if part[1]]
    return found


def _add(found: Summary, link: re.Match[str], line: int) -> None:
    address, _, fragment = link["address"].strip().partition("#")
    if not address or fragment or re.match(r"[A-Za-z][\w+.-]*:|//", address):
        return
    title = re.sub(r"\\(.)", r"\1", link["title"]).strip("`*_ ")
    entry = Entry((found.path.parent / unquote(address).lstrip("/")).resolve(), title, line)
    if not link["item"]:
        (found.back if any(entries for _, entries in found.parts) else found.front).append(entry)
        return
    if not found.parts:
        found.parts.append(("", []))
    found.parts[-1][1].append(entry)
