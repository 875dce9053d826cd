"""Builds that were made before: their editions, given again when nothing has changed.

A build without faults is kept whole, under a key of all that it depends on: the bytes of
every file of the publication's folder, the options, this program and the libraries below
it. Nothing is kept that depends on more than that: pictures from the network, files of
folders that are not looked at, a folder that changed while it was read.
"""

from __future__ import annotations

import os
import pickle
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from warraq import fingerprint, shelf
from warraq.cache import Cache
from warraq.diagnostics import BookError, Diagnostic, has_errors
from warraq.editions import Artifact
from warraq.job import Job, Result


@dataclass(frozen=True, slots=True)
class _Finished:
    """What is kept of a build."""

    artifacts: tuple[Artifact, ...]
    diagnostics: tuple[Diagnostic, ...]
    words: int


def build(job: Job, make: Callable[[Job], Result]) -> Result:
    """Give a build made before, or make one; either way its files stand in the folder asked for."""
    started = time.perf_counter()
    cache = job.means.cache
    key = _key(job) if cache.folder else None
    kept = _kept(cache, key) if key else None
    if kept and not has_errors(list(kept.diagnostics), strict=job.strict):
        result = _put(kept, job)
        result.times["cache"] = time.perf_counter() - started
    else:
        result = make(job)
        if key and _keepable(result, job) and _key(job) == key:
            cache.put(key, pickle.dumps(_finished(result), pickle.HIGHEST_PROTOCOL))
    cache.tidy()
    result.diagnostics += cache.faults  # of the machine, not of the book: they fail no build
    return result


def _key(job: Job) -> str | None:
    """Digest all that a build depends on, or give None where that cannot be told."""
    if not job.path.exists():
        return None
    root = _root(job.path)
    content = fingerprint.folder(root, _aside(job))
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    parts = ("finished", str(job.path), str(root), tuple(job.editions), epoch, fingerprint.program())
    return content and fingerprint.digest(*parts, content)


def _root(path: Path) -> Path:
    return (path if path.is_dir() else path.parent).resolve()


def _aside(job: Job) -> list[Path]:
    """Name the folders that builds write into; what is built amid its sources is among them."""
    root = _root(job.path)
    folders = (job.folder, job.means.cache.folder)
    return [folder for folder in folders if folder and not root.is_relative_to(folder.resolve())]


def _kept(cache: Cache, key: str) -> _Finished | None:
    data = cache.get(key)
    kept: _Finished | None = pickle.loads(data) if data else None  # noqa: S301 - our own, and checked
    return kept


def _put(kept: _Finished, job: Job) -> Result:
    """Put kept editions where they belong."""
    result = Result(diagnostics=list(kept.diagnostics), words=kept.words)
    try:
        paths = shelf.put(kept.artifacts, job.folder)
    except BookError as error:
        result.diagnostics += error.diagnostics
        result.failed = True
        return result
    shelf.drop_drafts(kept.artifacts, job.folder)
    result.artifacts = list(zip(kept.artifacts, paths, strict=True))
    return result


def _keepable(result: Result, job: Job) -> bool:
    """Tell whether a build depends on nothing but what its key is made of."""
    if result.failed or result.inputs is None:
        return False
    root, aside = _root(job.path), _aside(job)
    return all(fingerprint.covers(root, aside, path) for path in result.inputs)


def _finished(result: Result) -> _Finished:
    artifacts = tuple(artifact for artifact, _ in result.artifacts)
    return _Finished(artifacts, tuple(result.diagnostics), result.words)
