"""The press: a Composition laid out and drawn by WeasyPrint, as the bytes of a PDF.

    units ─► Jobs ─► Records (`layout`, in workers) ─► placed one after another ─► bound (`binding`)
      ▲                                                     │
      └──────── page numbers, and the sides of pages ◄──────┘

A unit depends on the others only by page numbers: those in its text and on its pages that
cannot be changed by themselves (`cited`, `folios`), and the side that it opens on if it opens
on any. It is laid out again when one of these has changed, until none does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from warraq.cache import Cache
from warraq.composition import Composition, Unit
from warraq.diagnostics import Diagnostic
from warraq.editions import PageStart, UnitPages
from warraq.engine.binding import Placed, bind
from warraq.engine.jobs import Job
from warraq.engine.page_names import page_starts, unit_pages
from warraq.engine.record import Record
from warraq.engine.references import Numbering, filled, has_references, knows, page_number
from warraq.engine.workbench import lay_out
from warraq.publication import Publication

#: Called with the number of pages laid out so far.
Progress = Callable[[int], None]
#: Does jobs, in any order: gives each one's index with its record.
Crew = Callable[[Sequence[Job]], Iterator[tuple[int, Record]]]
#: Times that all is laid out again for its page numbers; more than a book that settles needs.
ROUNDS = 7
_NOTHING_KEPT = Cache(None)
BLANK = '<section class="blank" aria-hidden="true"></section>'


@dataclass(slots=True)
class Printed:
    """A PDF with its number of pages, where they and its units begin, and what the engine said on the way."""

    data: bytes
    pages: int
    starts: tuple[PageStart, ...] = ()
    diagnostics: list[Diagnostic] = field(default_factory=list)
    units: tuple[UnitPages, ...] = ()


def alone(jobs: Sequence[Job]) -> Iterator[tuple[int, Record]]:
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
    sheaf = _Sheaf(composition, publication, crew, progress)
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
    return replace(_basis(composition, publication), html=composition.document(unit.html))


def _basis(composition: Composition, publication: Publication) -> Job:
    """Give what is the same in all jobs of a composition."""
    return Job(
        unit="",
        html="",
        sheets=composition.sheets,
        geometry=composition.geometry,
        root=publication.root,
        name=publication.name or ".",
        remote=publication.settings.images.remote,
        archival=composition.archival,
    )


class _Sheaf:
    """The units of a composition with what was made of them so far; the blank page is the unit of no name."""

    def __init__(self, composition: Composition, publication: Publication, crew: Crew, progress: Progress) -> None:
        self.composition, self.crew, self.progress = composition, crew, progress
        self.numerals = publication.settings.publication.numerals
        self.basis = _basis(composition, publication)
        self.citing = {unit.id for unit in composition.units if has_references(unit.html)}
        self.plain = {
            unit.id: replace(self.basis, unit=unit.id, html=composition.document(unit.html))
            for unit in composition.units
        }
        self.jobs: dict[str, Job] = {}
        self.records: dict[str, Record] = {}
        self.fixed: set[str] = set()

    def settle(self) -> bool:
        """Lay out what is to be laid out until nothing changes; tell whether it came to that."""
        wanted = self._wanted()
        if len(self.composition.units) > 1:
            wanted.append(replace(self.basis, html=self.composition.document(BLANK)))
        for _ in range(ROUNDS):
            self._do(wanted)
            wanted = self._wanted()
            if not wanted:
                return True
        return False

    def place(self) -> list[Placed]:
        """Set the units one after another, with blank pages where openings ask for them.

        The blank page stands for units that are not laid out yet: they may be as short, and open as it does.
        """
        placed: list[Placed] = []
        start = 0
        for unit in self.composition.units:
            if record := self.records.get(unit.id, self.records.get("")):
                if record.opens and record.opens != _side(start):
                    placed.append(Placed("", self.records[""], start))
                    start += 1
                placed.append(Placed(unit.id, record, start))
                start += len(record.pages)
        return placed

    def front(self, placed: Sequence[Placed]) -> int:
        """Count the pages before the body."""
        return next((unit.start for unit in placed if unit.id == self.composition.body_start), 0)

    def cited(self, placed: Sequence[Placed]) -> list[Placed]:
        """Give placed units the page numbers that they cite."""
        numbering = Numbering(_pages(placed), self.front(placed), self.numerals)
        units = (unit for unit in self.composition.units if unit.id in self.citing - self.fixed)
        found = {unit.id: filled(str(unit.html), numbering).cited for unit in units}
        return [replace(unit, cited=found.get(unit.id, ())) for unit in placed]

    def _do(self, jobs: Sequence[Job]) -> None:
        for index, record in self.crew(jobs):
            unit = jobs[index].unit
            self.jobs[unit], self.records[unit] = jobs[index], record
            self.fixed |= {unit} if record.is_fixed else set()
            self.progress(sum(len(done.pages) for done in self.records.values()))

    def _wanted(self) -> list[Job]:
        """Give the jobs that by what is known now would have to be done, and have not been done so."""
        placed = self.place()
        front = self.front(placed)
        starts = {unit.id: unit.start for unit in placed}
        pages = _pages(placed)
        jobs = (self._job(unit, starts.get(unit.id), front, pages) for unit in self._ready(pages))
        return [job for job in jobs if self.jobs.get(job.unit) != job]

    def _ready(self, pages: Mapping[str, int]) -> list[Unit]:
        """Give the units that need not wait for others.

        Those that consist of page numbers wait until all others have pages, and those of them that
        name pages of such ones until these have theirs too; units with numbers of their own that
        cannot be changed, until all before them have pages.
        """
        units = self.composition.units
        lacking = [unit for unit in units if unit.id not in self.records]
        if early := [unit for unit in lacking if not unit.late]:
            return early
        known = [unit for unit in lacking if knows(str(unit.html), pages)]
        return [*self._sure(), *(known or lacking)]

    def _sure(self) -> Iterator[Unit]:
        """Give the units with records, without those that show a number that pages still unknown may change."""
        is_sure = True
        for unit in self.composition.units:
            record = self.records.get(unit.id)
            is_sure = is_sure and record is not None
            if record and (is_sure or not record.pinned):
                yield unit

    def _job(self, unit: Unit, start: int | None, front: int, pages: Mapping[str, int]) -> Job:
        """Tell how a unit is to be laid out in its place, if that is known.

        One that consists of page numbers opens as the blank page does, and shows those before the body as letters,
        which cannot be changed: most do, and it need not be laid out again.
        """
        job = self.plain[unit.id]
        if unit.id in self.citing:
            numbering = Numbering(pages, front, self.numerals)
            text = filled(str(unit.html), numbering, is_fixed=unit.id in self.fixed).html
            job = replace(job, html=self.composition.document(text))
        record = self.records.get(unit.id)
        if start is None or not (record or unit.late):
            return job
        number = page_number(start, front)
        side = record.opens or _side(start) if record else "recto"
        is_pinned = record.pinned if record else start < front
        return replace(job, side="" if side == "recto" else side, number=number if is_pinned and number > 1 else 0)


def _side(index: int) -> str:
    """Tell the side of the page with that index: the first page of a book is a recto."""
    return "verso" if index % 2 else "recto"


def _pages(placed: Sequence[Placed]) -> dict[str, int]:
    """Tell on which page each place of the book is."""
    pages: dict[str, int] = {}
    for unit in placed:
        for name, (page, *_) in unit.record.anchors.items():
            pages.setdefault(name, unit.start + page)
    return pages
