"""The units of a composition, laid out again and again until their page numbers are true.

A unit depends on the others only by page numbers: those in its text and on its pages that
cannot be changed by themselves (`cited`, `folios`), and the side that it opens on if it opens
on any. It is laid out again when one of these has changed, until none does.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from warraq.composition import Composition, Unit
from warraq.engine.binding import Placed
from warraq.engine.jobs import Job
from warraq.engine.record import Record
from warraq.engine.references import Numbering, filled, has_references, knows, page_number
from warraq.publication import Publication

#: Called with the number of pages laid out so far.
Progress = Callable[[int], None]
#: Does jobs, in any order, and perhaps those that it is then given besides: gives each one's index with its record.
Crew = Callable[[Sequence[Job], Callable[[], Sequence[Job]]], Iterator[tuple[int, Record]]]
#: Times that all is laid out again for its page numbers; more than a book that settles needs.
ROUNDS = 7
_IDENTITY = re.compile(r'\bid="([^"]+)"')
BLANK = '<section class="blank" aria-hidden="true"></section>'


def basis(composition: Composition, publication: Publication) -> Job:
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


class Sheaf:
    """The units of a composition with what was made of them so far; the blank page is the unit of no name."""

    def __init__(self, composition: Composition, publication: Publication, crew: Crew, progress: Progress) -> None:
        """Begin with nothing laid out."""
        self.composition, self.crew, self.progress = composition, crew, progress
        self.numerals = publication.settings.publication.numerals
        self.basis = basis(composition, publication)
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

        The blank page stands for units that are not laid out yet: they may open as it does.
        """
        placed: list[Placed] = []
        start = 0
        blank = self.records.get("")
        for unit in self.composition.units:
            if record := self.records.get(unit.id, blank):
                if record.opens and record.opens != _side(start):
                    placed += [Placed("", blank, start)] if blank else []
                    start += 1
                placed.append(Placed(unit.id, record, start))
                start += self._length(unit)
        return placed

    def _length(self, unit: Unit) -> int:
        """Tell how many pages a unit has, or may have by what those that are laid out have."""
        if record := self.records.get(unit.id):
            return len(record.pages)
        known = [one for one in self.composition.units if one.id in self.records and not one.late]
        if unit.late or not known:
            return 1
        pages = sum(len(self.records[one.id].pages) for one in known)
        return max(1, round(len(unit.html) * pages / sum(len(one.html) for one in known)))

    def front(self, placed: Sequence[Placed]) -> int:
        """Count the pages before the body."""
        return next((unit.start for unit in placed if unit.id == self.composition.body_start), 0)

    def cited(self, placed: Sequence[Placed]) -> list[Placed]:
        """Give placed units the page numbers that they cite."""
        numbering = Numbering(_pages(placed), self.front(placed), self.numerals)
        units = (unit for unit in self.composition.units if unit.id in self.citing - self.fixed)
        found = {unit.id: filled(str(unit.html), numbering).cited for unit in units}
        return [replace(unit, cited=found.get(unit.id, ())) for unit in placed]

    def _do(self, wanted: Sequence[Job]) -> None:
        jobs, tried = list(wanted), dict[str, tuple[Job, Record]]()

        def more() -> Sequence[Job]:
            late = self._guessed({job.unit for job in jobs})
            jobs.extend(late)
            return late

        for index, record in self.crew(wanted, more):
            if index >= len(wanted):
                tried[jobs[index].unit] = jobs[index], record
            else:
                self._take(jobs[index], record)
        for job in self._wanted() if tried else ():
            # What was guessed right is as good as if it had waited; of what was not, no trace is left.
            if job == tried.get(job.unit, (None,))[0]:
                self._take(*tried[job.unit])

    def _take(self, job: Job, record: Record) -> None:
        self.jobs[job.unit], self.records[job.unit] = job, record
        self.fixed |= {job.unit} if record.is_fixed else set()
        self.progress(sum(len(done.pages) for done in self.records.values()))

    def _guessed(self, given: Collection[str]) -> list[Job]:
        """Give the jobs of units that wait for page numbers, with the numbers that may be expected.

        Of numbers, no more than how many digits they have need be right. Where numbers are joined
        as ranges, as in an index, more would have to be.
        """
        starts, front, pages = self._known()
        units = [unit for unit in self.composition.units if unit.id in starts and unit.id not in self.records]
        for unit in units:
            share = self._length(unit) / (len(unit.html) or 1)
            for name in _IDENTITY.finditer(unit.html):
                pages.setdefault(html.unescape(name[1]), starts[unit.id] + int(name.start() * share))
        late = [unit for unit in units if unit.late and unit.id not in given and "page-refs" not in unit.html]
        return [self._job(unit, starts[unit.id], front, pages) for unit in late if knows(str(unit.html), pages)]

    def _known(self) -> tuple[dict[str, int], int, dict[str, int]]:
        """Tell by what is laid out where units start, how many pages are before the body, and where places are."""
        placed = self.place()
        return {unit.id: unit.start for unit in placed}, self.front(placed), _pages(placed)

    def _wanted(self) -> list[Job]:
        """Give the jobs that by what is known now would have to be done, and have not been done so."""
        starts, front, pages = self._known()
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
