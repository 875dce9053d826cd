"""The press: a Composition laid out and drawn by WeasyPrint, as the bytes of a PDF."""

from __future__ import annotations

import gc
import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import weasyprint
from weasyprint.css.counters import CounterStyle
from weasyprint.text.fonts import FontConfiguration

from warraq.composition import Composition
from warraq.diagnostics import Diagnostic, Place
from warraq.editions import PageStart
from warraq.engine import lines, long_text, replaced
from warraq.engine.fetcher import Fetcher
from warraq.engine.finish import finisher, front_pages
from warraq.engine.page_starts import page_starts
from warraq.publication import Publication

#: Called with the number of pages laid out so far.
Progress = Callable[[int], None]
PAGE = re.compile(r"Page (\d+)$")


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
    unknown = [*lines.mend(), *long_text.mend()]
    heard = [f"{name} is not the one our patch is for: stock behaviour is used" for name in unknown]
    with _listening(heard, progress), _collecting_late():
        fonts, fetcher, counters = FontConfiguration(), Fetcher(publication), CounterStyle()
        base = publication.root.as_uri() + "/"
        shared = {"font_config": fonts, "counter_style": counters}
        sheet = weasyprint.CSS(string=composition.css, base_url=base, url_fetcher=fetcher, **shared)
        page = weasyprint.HTML(string=composition.html, base_url=base, url_fetcher=fetcher)
        laid_out = page.render(stylesheets=[sheet], pdf_tags=True, presentational_hints=True, **shared)
        data = laid_out.write_pdf(finisher=finisher(composition), pdf_tags=True, pdf_version="1.7")
        front = front_pages(laid_out.pages, composition.body_start)
        starts = page_starts(laid_out.pages, front, publication.settings.publication.numerals)
    return Printed(data, len(laid_out.pages), starts, _as_diagnostics(heard, publication))


class _Ear(logging.Handler):
    """Hear WeasyPrint: its warnings as text, its progress as page numbers."""

    def __init__(self, heard: list[str], progress: Progress) -> None:
        super().__init__()
        self.heard, self.progress = heard, progress

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        if record.levelno >= logging.WARNING:
            self.heard.append(message)
        elif page := PAGE.search(message):
            self.progress(int(page[1]))


@contextmanager
def _listening(heard: list[str], progress: Progress) -> Iterator[None]:
    """Attach an ear to WeasyPrint's loggers, and put them back as they were."""
    logger = logging.getLogger("weasyprint")
    ear, level, propagate = _Ear(heard, progress), logger.level, logger.propagate
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


def _as_diagnostics(heard: list[str], publication: Publication) -> list[Diagnostic]:
    """Turn what the engine said into diagnostics, each said once."""
    # Missing glyphs are reported with their places already (`warraq.checks.glyphs`).
    kept = [message for message in heard if ".notdef glyph" not in message]
    return [
        Diagnostic("W401" if "Ignored" in message else "W402", message.rstrip("."), Place(publication.name or "."))
        for message in dict.fromkeys(kept)
    ]
