"""The press: a Composition laid out and drawn by WeasyPrint, as the bytes of a PDF."""

from __future__ import annotations

import gc
import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import weasyprint
from weasyprint.css.counters import CounterStyle
from weasyprint.text.fonts import FontConfiguration

from warraq.composition import Composition
from warraq.diagnostics import Diagnostic, Place
from warraq.editions import PageStart
from warraq.engine import artifacts, fast, lines, notes, replaced, splitting, structure_writing, text_layer, verse
from warraq.engine.fetcher import Fetcher
from warraq.engine.finish import finisher, front_pages
from warraq.engine.justification import breaking, strokes
from warraq.engine.page_starts import page_starts
from warraq.publication import Publication

#: Called with the number of pages laid out so far.
Progress = Callable[[int], None]
#: Modules that mend WeasyPrint; each `mend` gives the names of functions that it does not know.
PATCHES = (breaking, lines, splitting, text_layer, fast, notes, structure_writing, artifacts, verse)
PAGE = re.compile(r"Page (\d+)$")
WHERE = re.compile(r" at (\d+):(\d+)")


@dataclass(slots=True)
class Printed:
    """A PDF with its number of pages, and what the engine said on the way."""

    data: bytes
    pages: int
    starts: tuple[PageStart, ...] = ()
    diagnostics: list[Diagnostic] = field(default_factory=list)


def run(composition: Composition, publication: Publication, progress: Progress) -> Printed:
    """Lay a Composition out and draw it as a tagged PDF 1.7.

    The same Composition gives the same bytes: dates come from the Composition alone.
    """
    replaced.mend()
    unknown = [name for patch in PATCHES for name in patch.mend()]
    ear = _Ear(publication.name or ".", progress)
    for name in unknown:
        ear.heard.append(Diagnostic("W402", f"{name} is not the one our patch is for: stock behaviour is used"))
    with _attached(ear), _collecting_late():
        laid_out = _laid_out(composition, publication, ear)
        strokes.stretch(laid_out.pages)
        artifacts.designate(laid_out.pages)
        data = laid_out.write_pdf(
            finisher=finisher(composition), pdf_tags=True, pdf_version="1.7", pdf_identifier=composition.archival
        )
        front = front_pages(laid_out.pages, composition.body_start)
        starts = page_starts(laid_out.pages, front, publication.settings.publication.numerals)
    return Printed(data, len(laid_out.pages), starts, list(dict.fromkeys(ear.heard)))


def _laid_out(composition: Composition, publication: Publication, ear: _Ear) -> Any:
    """Give WeasyPrint's document; each style sheet is read alone, so that its faults have places."""
    shared = {"font_config": FontConfiguration(), "counter_style": CounterStyle()}
    place = {"base_url": publication.root.as_uri() + "/", "url_fetcher": Fetcher(publication)}
    sheets = []
    for sheet in composition.sheets:
        ear.file = sheet.file
        sheets.append(weasyprint.CSS(string=sheet.css, **place, **shared))
    ear.file = publication.name or "."
    page = weasyprint.HTML(string=composition.html, **place)
    return page.render(stylesheets=sheets, pdf_tags=True, presentational_hints=True, **shared)


class _Ear(logging.Handler):
    """Hear WeasyPrint: its warnings as diagnostics about a file, its progress as page numbers."""

    def __init__(self, file: str, progress: Progress) -> None:
        super().__init__()
        self.file, self.progress = file, progress
        self.heard: list[Diagnostic] = []

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        if record.levelno < logging.WARNING:
            if page := PAGE.search(message):
                self.progress(int(page[1]))
        # Missing glyphs are reported with their places already (`warraq.checks.glyphs`).
        elif ".notdef glyph" not in message:
            self.heard.append(_diagnostic(message, self.file))


def _diagnostic(message: str, file: str) -> Diagnostic:
    """Turn a message such as `Ignored … at 12:3, unknown property` into a diagnostic."""
    if not message.startswith("Ignored"):
        return Diagnostic("W402", message.rstrip("."), Place(file))
    where = WHERE.search(message)
    place = Place(file, int(where[1]), int(where[2])) if where else Place(file)
    return Diagnostic("W401", WHERE.sub("", message).rstrip("."), place, "see what WeasyPrint knows of CSS")


@contextmanager
def _attached(ear: _Ear) -> Iterator[None]:
    """Attach an ear to WeasyPrint's loggers, and put them back as they were."""
    logger = logging.getLogger("weasyprint")
    level, propagate = logger.level, logger.propagate
    logger.addHandler(ear)
    logger.setLevel(logging.INFO)
    logger.propagate = False
    try:
        yield
    finally:
        logger.removeHandler(ear)
        logger.setLevel(level)
        logger.propagate = propagate


@contextmanager
def _collecting_late() -> Iterator[None]:
    """Hold back garbage collection: the box trees it would walk live until the end anyway."""
    gc.collect()
    gc.freeze()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.unfreeze()
