"""Where finished editions are put: whole files only, the last good ones never broken.

A file that holds already what it should is left as it is.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from warraq.diagnostics import BookError, Diagnostic
from warraq.editions import Artifact


def put(artifacts: Iterable[Artifact], folder: Path) -> list[Path]:
    """Write artifacts into a folder: all under temporary names first, then each moved.

    Raises BookError (W403) if the folder cannot be written; nothing is left half-written.
    """
    waiting: list[tuple[str, Path]] = []
    paths: list[Path] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for artifact in artifacts:
            paths.append(folder / artifact.name)
            if not _stands(artifact, paths[-1]):
                waiting.append((_aside(artifact, folder), paths[-1]))
        for temporary, path in waiting:
            _move(Path(temporary), path)
    except OSError as error:
        hint = "choose another folder with -o"
        fault = Diagnostic("W403", f"{folder} cannot be written: {error.strerror}", help=hint)
        raise BookError(fault) from None
    finally:
        for temporary, _ in waiting:
            _remove(Path(temporary))
    return paths


def draft(artifact: Artifact) -> Artifact:
    """Name an artifact as what it is when its build has faults."""
    if artifact.files:
        return replace(artifact, name=f"{artifact.name}-draft")
    name = Path(artifact.name)
    return replace(artifact, name=f"{name.stem}-draft{name.suffix}")


def drop_drafts(artifacts: Iterable[Artifact], folder: Path) -> None:
    """Remove drafts that a good build has made stale."""
    for artifact in artifacts:
        _remove(folder / draft(artifact).name)


def _stands(artifact: Artifact, path: Path) -> bool:
    """Tell whether a file, or a folder, holds an artifact already."""
    if path.is_symlink() or path.is_dir() != bool(artifact.files):
        return False
    if artifact.files:
        found = {file.relative_to(path).as_posix() for file in path.rglob("*") if not file.is_dir()}
        return found == set(artifact.files) and all(
            _holds(path / name, data) for name, data in artifact.files.items()
        )
    return _holds(path, artifact.data)


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False


def _aside(artifact: Artifact, folder: Path) -> str:
    return _write_folder_aside(artifact.files, folder) if artifact.files else _write_aside(artifact.data, folder)


def _move(temporary: Path, path: Path) -> None:
    """Put what was written aside in its place; a folder steps into that of the old one.

    A folder cannot replace another in one step (POSIX rename): the old one is renamed
    first, and comes back if the new one cannot take its place.
    """
    if not path.is_dir() or path.is_symlink():
        os.replace(temporary, path)  # noqa: PTH105 - atomic on one file system
        return
    old = Path(tempfile.mkdtemp(prefix=".warraq-", dir=path.parent))
    try:
        path.rename(old / path.name)
        try:
            temporary.rename(path)
        except BaseException:
            (old / path.name).rename(path)
            raise
    finally:
        _remove(old)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def _write_folder_aside(files: Mapping[str, bytes], folder: Path) -> str:
    """Write files by their paths into a temporary folder beside their goal."""
    aside = Path(tempfile.mkdtemp(prefix=".warraq-", dir=folder))
    try:
        aside.chmod(0o755)
        for name, data in files.items():
            path = aside / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            path.chmod(0o644)
    except BaseException:
        shutil.rmtree(aside, ignore_errors=True)
        raise
    return str(aside)


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
