"""What was worked out once and is kept: bytes by key, in a folder that many builds share.

An entry is a file: the BLAKE2b digest of its data, then the data. It is written aside and
moved into its place, so that two builds at once never see half an entry; it is checked when
it is read, and one that is damaged is dropped and told of (W411). The folder stays within a
limit: what was not used for the longest time goes first. A cache that cannot be used (W412)
makes a build slower and nothing else.
"""

from __future__ import annotations

import hashlib
import math
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from warraq.diagnostics import Diagnostic

#: In bytes: both PDF editions of a hundred books of 300 pages.
LIMIT = 512 * 1024 * 1024
#: A full cache is emptied down to this share of its limit, so that it is not full again at once.
EMPTIED = 0.8
#: In s: what is aside for longer was left by a build that was ended.
STALE = 3600.0
#: In s: how exactly the time of the last use is kept.
FINENESS = 60.0
CHECK = hashlib.blake2b().digest_size
ASIDE = ".aside-"
#: A file of numbers: when bytes were counted last (in s), how many there were, and how many were put there since.
LEDGER = "ledger"
#: In s: after this, bytes are counted anew.
RECENT = 24 * 3600.0


def default_folder() -> Path:
    """Give the folder for kept builds in the user's cache folder, as the system has it.

    `XDG_CACHE_HOME` wins everywhere (XDG Base Directory Specification 0.8).
    """
    home = Path.home()
    places = {"darwin": home / "Library" / "Caches", "win32": Path(os.getenv("LOCALAPPDATA") or home / "AppData/Local")}
    base = os.getenv("XDG_CACHE_HOME")
    return Path(base or places.get(sys.platform, home / ".cache")) / "warraq" / "builds"


class Cache:
    """Keeps bytes by key; `missed` counts what was not there.

    `faults` are what was wrong with it, for the report of the build.
    """

    def __init__(self, folder: Path | None, limit: int = LIMIT) -> None:
        """Keep entries in a folder, of `limit` bytes at most; without one, keep nothing."""
        self.folder = folder
        self.limit = limit
        self.faults: list[Diagnostic] = []
        self.missed = 0
        self._grown = 0

    def get(self, key: str) -> bytes | None:
        """Give what is kept under a key of hexadecimal digits, if it is there and whole."""
        data = self._read(f"{self.folder}/{key[:2]}/{key[2:]}") if self.folder else None
        self.missed += data is None
        return data

    def _read(self, path: str) -> bytes | None:
        """Read an entry; `pathlib` would take as long again, and a build reads hundreds."""
        try:
            with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - see above
                entry = memoryview(file.read())
        except FileNotFoundError:
            return None
        except OSError as error:
            self._unusable(error)
            return None
        if entry[:CHECK] != hashlib.blake2b(entry[CHECK:]).digest():
            self._damaged(Path(path))
            return None
        _touch(path)
        return bytes(entry[CHECK:])

    def has(self, key: str) -> bool:
        """Tell whether something is kept under a key; whether it is whole is seen when it is read."""
        return self.folder is not None and self._path(self.folder, key).exists()

    def put(self, key: str, data: bytes) -> None:
        """Keep data under a key."""
        if not self.folder:
            return
        path = self._path(self.folder, key)
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            _write(path, hashlib.blake2b(data).digest(), data)
        except OSError as error:
            self._unusable(error)
        self._grown += CHECK + len(data)

    def tidy(self) -> None:
        """Bring the folder within its limit, if this build has put something into it.

        What it holds is not counted each time: it is no more than was counted last and what
        builds have put there since, which stand in a ledger.
        """
        if not (self.folder and self._grown):
            return
        grown, self._grown = self._grown, 0
        ledger = self.folder / LEDGER
        try:
            if _sum(ledger) + grown <= self.limit:
                with ledger.open("a", encoding="ascii") as file:
                    file.write(f"{grown}\n")
            else:
                size = self._emptied(self.folder)
                _write(ledger, f"{int(time.time())}\n{size}\n".encode())
        except OSError as error:
            self._unusable(error)

    def _emptied(self, folder: Path) -> int:
        """Count what a folder holds, and drop what was not used for the longest time if it is too much."""
        files = sorted(_files(folder))
        size = sum(size for _, size, _ in files)
        goal = self.limit * EMPTIED if size > self.limit else size
        for _used, taken, path in files:
            if size <= goal:
                break
            _remove(path)
            size -= taken
        return size

    def _path(self, folder: Path, key: str) -> Path:
        return folder / key[:2] / key[2:]

    def _damaged(self, path: Path) -> None:
        _remove(path)
        self._say("W411", f"{path} was damaged: what it held is made again")

    def _unusable(self, error: OSError) -> None:
        hint = "name another folder with --cache, or build with --no-cache"
        self._say("W412", f"the cache {self.folder} cannot be used: {error.strerror}", hint)
        self.folder = None

    def _say(self, code: str, message: str, hint: str = "") -> None:
        self.faults.append(Diagnostic(code, message, help=hint))


def _write(path: Path, *parts: bytes) -> None:
    """Write the parts of an entry aside and move it into its place, in one step."""
    handle, aside = tempfile.mkstemp(prefix=ASIDE, dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(parts)
        os.replace(aside, path)  # noqa: PTH105 - atomic on one file system
    except BaseException:
        _remove(Path(aside))
        raise


def _sum(ledger: Path) -> float:
    """Add a ledger up; one that is not there, damaged or old amounts to more than any limit."""
    try:
        counted, *sizes = map(int, ledger.read_text(encoding="ascii").split())
    except (OSError, ValueError):
        return math.inf
    return sum(sizes) if abs(time.time() - counted) < RECENT else math.inf


def _touch(path: str) -> None:
    """Note that an entry was used now; another build may have dropped it meanwhile."""
    with suppress(OSError):
        if time.time() - os.stat(path).st_mtime > FINENESS:  # noqa: PTH116 - as above
            os.utime(path)


def _files(folder: Path) -> Iterator[tuple[float, int, Path]]:
    """List the entries of a folder: when they were used last, their sizes, their paths."""
    for shelf in folder.glob("[0-9a-f][0-9a-f]"):
        for path in shelf.iterdir():
            with suppress(OSError):
                state = path.stat()
                if not path.name.startswith(ASIDE):
                    yield state.st_mtime, state.st_size, path
                elif time.time() - state.st_mtime > STALE:
                    _remove(path)


def _remove(path: Path) -> None:
    """Remove a file; one that another build holds or has removed does not matter."""
    with suppress(OSError):
        path.unlink(missing_ok=True)
