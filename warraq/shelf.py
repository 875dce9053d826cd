"""Where finished editions are put: whole files only, the last good ones never broken."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from warraq.diagnostics import BookError, Diagnostic
from warraq.editions import Artifact


def put(artifacts: Iterable[Artifact], folder: Path) -> list[Path]:
    """Write artifacts into a folder: all under temporary names first, then each moved.

    Raises BookError (W403) if the folder cannot be written; nothing is left half-written.
    """
    waiting: list[tuple[str, Path]] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        waiting.extend((_write_aside(artifact.data, folder), folder / artifact.name) for artifact in artifacts)
        for temporary, path in waiting:
            os.replace(temporary, path)  # noqa: PTH105 - atomic on one file system
    except OSError as error:
        hint = "choose another folder with -o"
        fault = Diagnostic("W403", f"{folder} cannot be written: {error.strerror}", help=hint)
        raise BookError(fault) from None
    finally:
        for temporary, _ in waiting:
            Path(temporary).unlink(missing_ok=True)
    return [path for _, path in waiting]


def drop(names: Iterable[str], folder: Path) -> None:
    """Remove drafts that a good build has made stale."""
    for name in names:
        (folder / name).unlink(missing_ok=True)


def _write_aside(data: bytes, folder: Path) -> str:
    """Write bytes to a temporary file beside their goal, readable as other files are."""
    handle, name = tempfile.mkstemp(prefix=".warraq-", dir=folder)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).chmod(0o644)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return name
