"""The flow of a build, from a path to the files on the shelf."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence

from warraq import manuscript, reading, shelf
from warraq.checks import copied, glyphs, resolution
from warraq.diagnostics import BookError, Diagnostic, has_errors
from warraq.document import Document
from warraq.editions import Artifact, PageStart
from warraq.job import Job, Means, Result
from warraq.manuscript import Manuscript
from warraq.publication import Publication, modified, open_publication
from warraq.report import Reporter
from warraq.theme import Theme, open_theme


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
    artifacts: list[Artifact] = []
    for edition in job.editions:
        artifacts.append(_edition(document, theme, edition, job.means, reporter, result, artifacts))
    _read_back(pages, document, artifacts, result)
    result.failed = has_errors(result.diagnostics, strict=job.strict)
    if result.failed:
        artifacts = [shelf.draft(artifact) for artifact in artifacts]
    result.artifacts = list(zip(artifacts, shelf.put(artifacts, job.folder), strict=True))
    if not result.failed:
        shelf.drop_drafts(artifacts, job.folder)


def _read(job: Job, result: Result) -> tuple[Manuscript, Document, Theme]:
    """Follow the flow as far as the Document, gathering what is wrong on the way."""
    publication, found = open_publication(job.path, job.means.cache)
    result.diagnostics += found
    theme = open_theme(publication, job.means.cache)
    pages, found = manuscript.collect(publication)
    result.diagnostics += found
    document, found = reading.read(publication, pages, job.means.cache)
    result.diagnostics += found
    if not publication.settings.images.remote:
        works = (publication.root / name for name in publication.settings.citations.sources)
        result.inputs = frozenset((*(source.path for source in pages.sources), *document.images.values(), *works))
    result.diagnostics += glyphs.check(pages, document, theme)
    if "print" in job.editions:
        result.diagnostics += resolution.check(pages, document)
    return pages, document, theme


def _read_back(pages: Manuscript, document: Document, artifacts: Sequence[Artifact], result: Result) -> None:
    """Compare what is copied out of the PDFs with what was written."""
    started = time.perf_counter()
    for artifact in artifacts:
        if artifact.edition in {"screen", "print"}:
            result.diagnostics += copied.check(pages, document, artifact, copied.sheets(artifact.data))
    result.times["reading back"] = time.perf_counter() - started


def _edition(  # noqa: PLR0913, PLR0917 - each part of the flow is a value of its own
    document: Document,
    theme: Theme,
    edition: str,
    means: Means,
    reporter: Reporter,
    result: Result,
    made: Sequence[Artifact],
) -> Artifact:
    started = time.perf_counter()
    with reporter.progress(edition) as progress:
        artifact, found = _render(document, theme, edition, means, progress, made)
    result.times[edition] = time.perf_counter() - started
    result.diagnostics += [fault for fault in found if fault not in result.diagnostics]
    return artifact


def _render(  # noqa: PLR0913, PLR0917 - as above
    document: Document,
    theme: Theme,
    edition: str,
    means: Means,
    progress: Callable[[int], None],
    made: Sequence[Artifact],
) -> tuple[Artifact, list[Diagnostic]]:
    """Render one edition; its room is opened only now. The e-book marks where pages of the print edition begin."""
    moment = _moment(document.publication)
    if edition == "epub":
        from warraq.editions import epub  # noqa: PLC0415

        return epub.render(document, theme, edition, moment, progress, _page_starts(made))
    if edition == "web":
        from warraq.editions import web  # noqa: PLC0415

        return web.render(document, theme, edition, moment, progress)
    from warraq.editions import pdf  # noqa: PLC0415

    return pdf.render(document, theme, edition, moment, progress, means)


def _page_starts(artifacts: Sequence[Artifact]) -> tuple[PageStart, ...]:
    """Give the pages of the print edition, if it is among the artifacts."""
    return next((artifact.starts for artifact in artifacts if artifact.edition == "print"), ())


def _moment(publication: Publication) -> str:
    """Write the moment that the files bear, in UTC (W3C profile of ISO 8601)."""
    moment = modified(publication, os.environ.get("SOURCE_DATE_EPOCH"))
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ") if moment else ""
