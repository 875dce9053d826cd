"""What a result depends on, as digests: of this program, of the libraries below it, of files.

All that takes part in a key is here. Two runs with the same key give the same bytes.
Standard library only, and quick: it is asked before anything heavy is loaded.
"""

from __future__ import annotations

import functools
import hashlib
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from warraq.native import versions

PACKAGE = Path(__file__).resolve().parent
#: Where our templates and fonts are (`warraq.theme` says why there are two places).
THEME = PACKAGE / "_theme" if (PACKAGE / "_theme").is_dir() else PACKAGE.parent
#: Folders that no publication reads from; some of them are very large.
FOREIGN = {".git", ".hg", ".svn", ".venv", "__pycache__", "node_modules"}
#: More files or bytes than this are not worth reading to find that nothing has changed.
MOST_FILES, MOST_BYTES = 4000, 256 * 1024 * 1024


def digest(*parts: object) -> str:
    """Digest values by their `repr`, which must be the same in every process; bytes as they are."""
    whole = hashlib.blake2b(digest_size=24)
    for part in parts:
        data = part if isinstance(part, bytes) else repr(part).encode()
        whole.update(b"%d:" % len(data))
        whole.update(data)
    return whole.hexdigest()


@functools.cache
def code() -> str:
    """Digest this program, its templates and fonts, and the versions of Python and of the native libraries."""
    files = {*_below(PACKAGE), *_below(THEME / "templates"), *_below(THEME / "fonts")}
    return digest(sys.version, versions(), *_contents(sorted(files), PACKAGE.parent))


@functools.cache
def program() -> str:
    """Digest this program and the versions of all below it, installed libraries included."""
    return digest(code(), sorted(_distributions()))


def folder(root: Path, aside: Iterable[Path] = ()) -> str | None:
    """Digest all files below a folder with their names, or give None if that is no way to know it.

    There may be too many, one that cannot be read, or a link to another folder. Folders
    `aside` are left out; so are those that no publication reads from.
    """
    files: list[Path] = []
    size = 0
    try:
        for path in _below(root, {path.resolve() for path in aside}):
            files.append(path)
            size += path.stat().st_size if path.is_file() else 0
            if len(files) > MOST_FILES or size > MOST_BYTES or _leads_out(path, root):
                return None
        return digest(*_contents(sorted(files), root))
    except OSError:
        return None


def covers(root: Path, aside: Iterable[Path], path: Path) -> bool:
    """Tell whether `folder` sees a file, wherever links to it lead."""
    real = path.resolve()
    hidden = any(real.is_relative_to(other.resolve()) for other in aside)
    return real.is_relative_to(root) and not hidden and not FOREIGN & set(real.relative_to(root).parts)


def _leads_out(path: Path, root: Path) -> bool:
    return path.is_dir() and not path.resolve().is_relative_to(root)


def _contents(paths: Iterable[Path], root: Path) -> Iterator[object]:
    for path in paths:
        yield path.relative_to(root).as_posix()
        yield path.read_bytes() if path.is_file() else str(path.readlink())


def _below(root: Path, aside: Iterable[Path] = ()) -> Iterator[Path]:
    """List the files below a folder, and links to other folders without following them."""
    for entry in list(os.scandir(root)):  # read to its end, and so closed, whatever the caller does
        path = Path(entry.path)
        if entry.is_dir(follow_symlinks=False):
            if entry.name not in FOREIGN and path.resolve() not in aside:
                yield from _below(path, aside)
        elif entry.is_file() or entry.is_symlink():
            yield path


def _distributions() -> Iterator[str]:
    """Name what is installed for this Python, with versions: `jinja2-3.1.6.dist-info`."""
    for place in sys.path:
        if os.path.isdir(place):  # noqa: PTH112 - an empty entry is the current folder, which `Path` names otherwise
            yield from (entry.name for entry in os.scandir(place) if entry.name.endswith(".dist-info"))
