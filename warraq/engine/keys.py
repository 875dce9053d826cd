"""Records of units that are kept, by keys: digests of all that laying one out depends on.

That is the job itself (its HTML, style sheets, geometry and options), this program with
its fonts and libraries, and the files that the job names: pictures, fonts, style sheets, and
what these name in turn.
"""

from __future__ import annotations

import html
import os
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from warraq import fingerprint
from warraq.cache import Cache
from warraq.job import Means

_VALUE = r"""\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>)]+))"""
#: What stands before the name of another file in HTML, SVG and CSS.
_BEFORE = (r"src\s*=", r"href\s*=", r"data\s*=", r"poster\s*=", r"url\(", "@import")


def _named() -> re.Pattern[str]:
    """Make the pattern of names of files, in small letters and capitals, which are those of ASCII.

    Each choice begins with a letter of one case: `re` then skips what begins with another ten times as fast.
    """
    either = [(before[0], re.sub(r"(?<!\\)[a-z]", _either, before[1:])) for before in _BEFORE]
    choices = [first + rest for letter, rest in either for first in dict.fromkeys((letter, letter.upper()))]
    return re.compile(f"(?:{'|'.join(choices)}){_VALUE}", re.ASCII)


def _either(letter: re.Match[str]) -> str:
    return f"[{letter[0]}{letter[0].upper()}]"


NAMED = _named()
REMOTE = re.compile(
    r"(?:src\s*=|url\(|@import|<(?:image|link|use)\b[^>]*href\s*=)\W*https?:", re.IGNORECASE | re.ASCII
)
ESCAPED = re.compile(r"url\([^)]*\\", re.IGNORECASE | re.ASCII)
#: Files that may name others.
NAMING = {".css", ".svg"}


class Keys:
    """Makes keys at one moment: a file, or a style sheet of many jobs, is looked at once."""

    def __init__(self) -> None:
        """Begin without having looked at anything."""
        self._sheets: dict[Any, tuple[str, dict[Path, str]] | None] = {}
        self._digests: dict[Path, str] = {}
        self._states: dict[Path, tuple[int, int] | None] = {}

    def of(self, job: Any) -> str | None:
        """Give the key of a job, or None where it depends on what cannot be digested.

        Such are pictures from the network, and addresses in CSS with escapes.
        """
        base = job.root.as_uri() + "/"
        common = (job.sheets, base, job.remote)
        if common not in self._sheets:
            self._sheets[common] = self._of_sheets(job.sheets, base, is_remote=job.remote)
        known = self._sheets[common]
        if known is None or _is_unknowable(job.html, is_remote=job.remote):
            return None
        sheets, files = known
        files = self._named_in(job.html, base) | files
        rest = replace(job, html="", sheets=())
        return fingerprint.digest("unit", fingerprint.program(), rest, _bytes(job.html), sheets, sorted(files.items()))

    def _of_sheets(self, sheets: Any, base: str, *, is_remote: bool) -> tuple[str, dict[Path, str]] | None:
        """Digest style sheets, and the files that they name."""
        if any(_is_unknowable(sheet.css, is_remote=is_remote) for sheet in sheets):
            return None
        files: dict[Path, str] = {}
        for sheet in sheets:
            files |= self._named_in(sheet.css, base)
        return fingerprint.digest(sheets), files

    def are_stale(self) -> bool:
        """Tell whether a file has changed since it was looked at."""
        return any(_state(path) != state for path, state in self._states.items())

    def _named_in(self, text: str, base: str) -> dict[Path, str]:
        """Digest the files that a text names, and those that they name."""
        files: dict[Path, str] = {}
        waiting = [(text, base)]
        while waiting:
            for path in _paths(*waiting.pop()):
                if path in files:
                    continue
                files[path] = self._digest(path)
                if path.suffix.lower() in NAMING and files[path]:
                    waiting.append((path.read_text("utf-8", "replace"), path.as_uri()))
        return files

    def _digest(self, path: Path) -> str:
        """Digest a file; a missing one counts as missing."""
        if path not in self._digests:
            self._states[path] = _state(path)
            try:
                self._digests[path] = fingerprint.digest(path.read_bytes())
            except (OSError, ValueError):
                self._digests[path] = ""
        return self._digests[path]


class Kept:
    """What is kept of earlier jobs, for the jobs of one moment."""

    def __init__(self, means: Means) -> None:
        """Look into the cache of a build, or into what it keeps aside for its other editions."""
        self._cache, self._aside = means.cache, means.aside
        self._known = Keys()
        self._keys: dict[Any, str] = {}

    @property
    def keeps(self) -> bool:
        """Tell whether anything can be kept for the next edition."""
        return self._store.folder is not None

    @property
    def _store(self) -> Cache:
        return self._cache if self._cache.folder else self._aside

    def get(self, job: Any) -> bytes | None:
        """Give the record that is kept of a job."""
        key = self.key(job)
        return self._store.get(key) if key else None

    def has(self, job: Any) -> bool:
        """Tell whether the record of a job is kept; whether it is whole is seen when it is read."""
        key = self.key(job)
        return bool(key) and self._store.has(key)

    def lacks(self, job: Any) -> bool:
        """Tell whether the record of a job could be kept and is not."""
        return bool(self.key(job)) and not self.has(job)

    def put(self, job: Any, data: bytes) -> str:
        """Keep a record for other builds; give its key if it is kept."""
        return self._put(self._cache, job, data)

    def put_aside(self, job: Any, data: bytes) -> None:
        """Keep a record for the next edition, if not for other builds."""
        self._put(self._store, job, data)

    def key(self, job: Any) -> str:
        """Give the key of a job, or nothing if it cannot be kept."""
        if job not in self._keys:
            self._keys[job] = (self._known.of(job) if self.keeps else None) or ""
        return self._keys[job]

    def _put(self, cache: Cache, job: Any, data: bytes) -> str:
        if not cache.folder or not (key := self.key(job)) or self._known.are_stale():
            return ""
        cache.put(key, data)
        return key


def _bytes(text: str) -> bytes:
    """Give a text as it is digested; most of a job is one, and to write it as `repr` does takes long."""
    return text.encode("utf-8", "surrogatepass")


def _is_unknowable(text: str, *, is_remote: bool) -> bool:
    return bool(("\\" in text and ESCAPED.search(text)) or (is_remote and REMOTE.search(text)))


def _state(path: Path) -> tuple[int, int] | None:
    try:
        state = path.stat()
    except (OSError, ValueError):
        return None
    return state.st_mtime_ns, state.st_size


def _paths(text: str, base: str) -> Iterator[Path]:
    """Give the paths of the files that a text names."""
    if "url(&" in text:
        text += html.unescape(text)
    for found in NAMED.finditer(text):
        address = html.unescape(next(filter(None, found.groups()), "")).strip()
        if address.startswith(("#", "data:", "http:", "https:", "mailto:")):
            continue
        try:
            parts = urlsplit(urljoin(base, address))
            if parts.scheme == "file":
                yield _local(parts.path)
        except ValueError:
            continue


def _local(path: str) -> Path:
    """Give the file that the path of a `file:` address names."""
    if os.name == "posix":
        return Path(unquote(path))
    from urllib.request import url2pathname  # noqa: PLC0415 - it loads all that talks to networks

    return Path(url2pathname(path))
