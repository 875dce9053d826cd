"""The press: a Composition laid out and drawn by WeasyPrint, as the bytes of a PDF.

    units ─► Jobs ─► Records (`layout`, in workers) ─► placed one after another ─► bound (`binding`)
      ▲                                                     │
      └──────── page numbers, and the sides of pages ◄──────┘

How page numbers come to be true is told in `sheaf`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from warraq.cache import Cache
from warraq.composition import Composition
from warraq.diagnostics import Diagnostic
from warraq.editions import PageStart, UnitPages
from warraq.engine.binding import bind
from warraq.engine.jobs import Job
from warraq.engine.page_names import page_starts, unit_pages
from warraq.engine.record import Record
from warraq.engine.sheaf import Crew, Progress, Sheaf, basis
from warraq.engine.workbench import lay_out
from warraq.publication import Publication

_NOTHING_KEPT = Cache(None)


@dataclass(slots=True)
class Printed:
    """A PDF with its number of pages, where they and its units begin, and what the engine said on the way."""

    data: bytes
    pages: int
    starts: tuple[PageStart, ...] = ()
    diagnostics: list[Diagnostic] = field(default_factory=list)
    units: tuple[UnitPages, ...] = ()


def alone(jobs: Sequence[Job], _more: object = None) -> Iterator[tuple[int, Record]]:
    """Do jobs one after another in this process."""
    for index, job in enumerate(jobs):
        yield index, lay_out(job)


def run(
    composition: Composition,
    publication: Publication,
    progress: Progress,
    crew: Crew = alone,
    cache: Cache = _NOTHING_KEPT,
) -> Printed:
    """Lay a Composition out and draw it as a tagged PDF 1.7; what is written of units is kept in a cache.

    The same Composition gives the same bytes: dates come from the Composition alone.
    """
    sheaf = Sheaf(composition, publication, crew, progress)
    settled = sheaf.settle()
    sheaf.jobs.clear()  # all of the book once more
    placed = sheaf.cited(sheaf.place())
    front = sheaf.front(placed)
    data = bind(placed, composition, front, cache)
    numerals = publication.settings.publication.numerals
    starts = [(unit.start + index, first) for unit in placed for index, first in unit.record.starts]
    heard = [fault for unit in placed for fault in unit.record.diagnostics]
    if not settled:
        heard.append(Diagnostic("W407", "page numbers in the text did not settle: some may be wrong by one"))
    pages = sum(len(unit.record.pages) for unit in placed)
    units = tuple(unit_pages(unit, front) for unit in placed if unit.id)
    return Printed(data, pages, page_starts(starts, front, numerals), list(dict.fromkeys(heard)), units)


def sample(composition: Composition, publication: Publication) -> Job:
    """Give the job of laying out the only unit of a composition."""
    (unit,) = composition.units
    return replace(basis(composition, publication), html=composition.document(unit.html))
