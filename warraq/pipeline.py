"""The flow of a build, from a path to the files on the shelf."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from warraq import manuscript, reading, shelf
from warraq.checks import glyphs
from warraq.diagnostics import BookError, Diagnostic, has_errors
from warraq.document import Document
from warraq.editions import EDITIONS, Artifact, pdf, web
from warraq.publication import Publication, modified, open_publication
from warraq.report import Reporter
from warraq.theme import Theme, open_theme

#: What renders each edition: modules whose `render` has the same signature.
MAKERS = {"screen": pdf, "print": pdf, "web": web}


@dataclass(frozen=True, slots=True)
class Job:
    """What is asked for: the publication's path, where its editions go, and which."""

    path: Path
    folder: Path
    editions: Sequence[str] = EDITIONS
    strict: bool = False


@dataclass(slots=True)
class Result:
    """What a build gave: artifacts with their paths, every fault met, and times in s."""

    artifacts: list[tuple[Artifact, Path]] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    times: dict[str, float] = field(default_factory=dict)
    words: int = 0
    failed: bool = False


def build(job: Job, reporter: Reporter) -> Result:
    """Build the editions that a job asks for, and put them into its folder.

    A build with faults leaves the finished files of earlier builds as they are; what can
    still be set is put beside them as a draft, with the faults shown on its pages.
    """
    result = Result()
    try:
        _build(job, reporter, result)
    except BookError as error:
        result.diagnostics += error.diagnostics
        result.failed = True
    return result


def _build(job: Job, reporter: Reporter, result: Result) -> None:
    started = time.perf_counter()
    document, theme = _read(job.path, result)
    result.words = document.words
    result.times["reading"] = time.perf_counter() - started
    artifacts = [_edition(document, theme, edition, reporter, result) for edition in job.editions]
    result.failed = has_errors(result.diagnostics, strict=job.strict)
    if result.failed:
        artifacts = [_draft(artifact) for artifact in artifacts]
    result.artifacts = list(zip(artifacts, shelf.put(artifacts, job.folder), strict=True))


def _read(path: Path, result: Result) -> tuple[Document, Theme]:
    """Follow the flow as far as the Document, gathering what is wrong on the way."""
    publication, found = open_publication(path)
    result.diagnostics += found
    theme = open_theme(publication)
    pages, found = manuscript.collect(publication)
    result.diagnostics += found
    document, found = reading.read(publication, pages)
    result.diagnostics += found
    result.diagnostics += glyphs.check(pages, document, theme)
    return document, theme


def _edition(document: Document, theme: Theme, edition: str, reporter: Reporter, result: Result) -> Artifact:
    started = time.perf_counter()
    with reporter.progress(edition) as progress:
        made: tuple[Artifact, list[Diagnostic]] = MAKERS[edition].render(
            document, theme, edition, _moment(document.publication), progress
        )
    artifact, found = made
    result.times[edition] = time.perf_counter() - started
    result.diagnostics += [fault for fault in found if fault not in result.diagnostics]
    return artifact


def _moment(publication: Publication) -> str:
    """Write the moment that the files bear, in UTC (W3C profile of ISO 8601)."""
    moment = modified(publication, os.environ.get("SOURCE_DATE_EPOCH"))
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ") if moment else ""


def _draft(artifact: Artifact) -> Artifact:
    if artifact.files:
        return replace(artifact, name=f"{artifact.name}-draft")
    name = Path(artifact.name)
    return replace(artifact, name=f"{name.stem}-draft{name.suffix}")
