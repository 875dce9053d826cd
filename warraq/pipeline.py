"""The flow of a build, from a path to the files on the shelf."""

from __future__ import annotations

import functools
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from warraq import manuscript, reading, shelf
from warraq.cache import Cache
from warraq.checks import copied, glyphs, resolution
from warraq.diagnostics import BookError, Diagnostic, has_errors
from warraq.document import Document
from warraq.editions import PRINTED, Artifact, PageStart
from warraq.job import Job, Means, Result
from warraq.manuscript import Manuscript
from warraq.publication import Publication, modified, open_publication
from warraq.report import Reporter
from warraq.theme import Theme, open_theme

if TYPE_CHECKING:
    from warraq.editions.pdf import Compositions


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
    pages, document, theme = _read(job, result)
    result.words = document.words
    result.times["reading"] = time.perf_counter() - started
    with _aside(job) as means:
        workshop = _Workshop(document, theme, replace(job, means=means), reporter, result)
        printed = [edition for edition in job.editions if edition in PRINTED]
        others = [edition for edition in job.editions if edition not in PRINTED]
        artifacts = [workshop.make(edition) for edition in printed]
        readings = [copied.begin(document, artifact, means, at_leisure=bool(others)) for artifact in artifacts]
        artifacts += [workshop.make(edition) for edition in others]
    _read_back(pages, readings, result)
    result.failed = has_errors(result.diagnostics, strict=job.strict)
    if result.failed:
        artifacts = [shelf.draft(artifact) for artifact in artifacts]
    result.artifacts = list(zip(artifacts, shelf.put(artifacts, job.folder), strict=True))
    if not result.failed:
        shelf.drop_drafts(artifacts, job.folder)


@contextmanager
def _aside(job: Job) -> Iterator[Means]:
    """Give the means of a build, with room for what its editions leave for each other if nothing is kept."""
    if job.means.cache.folder or not set(PRINTED) <= set(job.editions):
        yield job.means
        return
    with TemporaryDirectory(prefix="warraq-") as folder:
        yield replace(job.means, aside=Cache(Path(folder)))


def _read(job: Job, result: Result) -> tuple[Manuscript, Document, Theme]:
    """Follow the flow as far as the Document, gathering what is wrong on the way."""
    publication, found = open_publication(job.path, job.means.cache)
    result.diagnostics += found
    theme = open_theme(publication, job.means.cache)
    if job.means.hand:
        from warraq.editions import pdf  # noqa: PLC0415 - as below

        pdf.rehearse(publication, theme, job.editions, job.means.hand)
    pages, found = manuscript.collect(publication)
    result.diagnostics += found
    document, found = reading.read(publication, pages, job.means.cache, functools.partial(_make_ready, job))
    result.diagnostics += found
    if not publication.settings.images.remote:
        works = (publication.root / name for name in publication.settings.citations.sources)
        result.inputs = frozenset((*(source.path for source in pages.sources), *document.images.values(), *works))
    result.diagnostics += glyphs.check(pages, document, theme)
    if "print" in job.editions:
        result.diagnostics += resolution.check(pages, document)
    return pages, document, theme


def _make_ready(job: Job) -> None:
    """Let other processes make ready while the second half of a long book is read.

    Until then, the one that was called before is making ready itself: a third would take time from both.
    """
    if set(PRINTED) & set(job.editions) and not (job.means.executor or job.means.alone):
        from warraq.engine import hands  # noqa: PLC0415 - as below

        hands.prepare()


def _read_back(pages: Manuscript, readings: Sequence[copied.Reading], result: Result) -> None:
    """Compare what is copied out of the PDFs with what was written, where that was not done before."""
    started = time.perf_counter()
    for reading_back in readings:
        result.diagnostics += reading_back.faults(pages)
    result.times["reading back"] = time.perf_counter() - started


class _Workshop:
    """Makes the editions of one Document, one after another; what is wrong goes into the result."""

    def __init__(self, document: Document, theme: Theme, job: Job, reporter: Reporter, result: Result) -> None:
        self._document, self._theme, self._job = document, theme, job
        self._reporter, self._result = reporter, result
        self._moment = _moment(document.publication)
        self._starts: tuple[PageStart, ...] = ()

    def make(self, edition: str) -> Artifact:
        """Make an edition, and tell how long that took."""
        started = time.perf_counter()
        with self._reporter.progress(edition) as progress:
            artifact, found = self._render(edition, progress)
        self._result.times[edition] = time.perf_counter() - started
        self._result.diagnostics += [fault for fault in found if fault not in self._result.diagnostics]
        if edition == "print":
            self._starts = artifact.starts
        return artifact

    def _render(self, edition: str, progress: Callable[[int], None]) -> tuple[Artifact, list[Diagnostic]]:
        """Render an edition; its room is opened only now. The e-book marks where pages of the print edition begin."""
        if edition == "epub":
            from warraq.editions import epub  # noqa: PLC0415

            return epub.render(self._document, self._theme, edition, self._moment, progress, self._starts)
        if edition == "web":
            from warraq.editions import web  # noqa: PLC0415

            return web.render(self._document, self._theme, edition, self._moment, progress)
        from warraq.editions import pdf  # noqa: PLC0415

        return pdf.render(self._document, edition, progress, self._job.means, self._compositions)

    @cached_property
    def _compositions(self) -> Compositions:
        from warraq.editions.pdf import Compositions  # noqa: PLC0415 - as above

        return Compositions(self._document, self._theme, self._moment, self._job.editions)


def _moment(publication: Publication) -> str:
    """Write the moment that the files bear, in UTC (W3C profile of ISO 8601)."""
    moment = modified(publication, os.environ.get("SOURCE_DATE_EPOCH"))
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ") if moment else ""
