"""What is copied out of a PDF is what was written: each page read back and compared with the Document.

The words of the Document are dealt out to pages by where pages begin (`PageStart`). A word
counts as found on its page or on one beside it, a note's word on any page of its unit, for
notes run on and may stand at the end.

What comes of that for a unit, its verdict, is kept. It is taken from the PDF as it was bound,
but from the pages of the unit alone, and says nothing of its place: a unit that is bound
again as it was laid out has the same pages (their content; the fonts with codes, widths and
texts of its own; the outlines of its glyphs, which share a program with those of other units
and do not change for it), but for the page numbers, its own and those it cites, which binding
puts on them and which are taken away before they are compared. So its verdict stays true for as long as the key of
its layout and what is said in the chapter do; page labels and places in sources are found
anew each time. A unit without a kept verdict is read, wherever its pages came from.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from warraq import fingerprint
from warraq.cache import Cache
from warraq.checks.sheet import Sheet, compared
from warraq.checks.written import dealt, text_of
from warraq.diagnostics import Diagnostic, Place, isolate
from warraq.document import Chapter, Document
from warraq.editions import Artifact, PageStart, UnitPages
from warraq.job import Means
from warraq.manuscript import Manuscript

#: Of one edition; what is beyond is only counted.
MOST = 20

#: A word that does not come back: the id of its chapter, the number of its page among those where text begins.
Lost = tuple[str, int, str]
#: Gives the texts of ranges of pages of a PDF, which go by their indexes.
Copy = Callable[[Sequence[range]], Iterator[Sequence[str]]]


@dataclass(frozen=True, slots=True)
class Proof:
    """What should be found on the pages of a unit.

    `chapter` is dealt out to them, by where they begin; the notes of `noted` stand on any of
    them.
    """

    unit: UnitPages
    starts: tuple[PageStart, ...]
    chapter: Chapter | None
    noted: tuple[Chapter, ...]

    @property
    def key(self) -> str:
        """Digest all that the verdict depends on, or give nothing where that cannot be told."""
        if not self.unit.key:
            return ""
        trees = [self.chapter.heading, self.chapter.body] if self.chapter else []
        trees += [note.body for chapter in self.noted for note in chapter.notes]
        said = ["".join(tree.itertext()).encode() for tree in trees]
        about = [(chapter.id, len(chapter.notes)) for chapter in self.noted]
        return fingerprint.digest("verdict", fingerprint.program(), self.unit.key, about, *said)


@dataclass(frozen=True, slots=True)
class Reading:
    """An edition that is being read back: its proofs with their keys and kept verdicts, and the texts of the others."""

    document: Document
    artifact: Artifact
    cache: Cache
    proofs: tuple[tuple[Proof, str, bytes | None], ...]
    texts: Iterator[Sequence[str]]

    def faults(self, manuscript: Manuscript) -> list[Diagnostic]:
        """Report the words of the Document that do not come back from the pages."""
        chapters = {chapter.id: chapter for chapter in self.document.chapters}
        lost: dict[tuple[str, str, str], None] = {}
        for proof, verdict in self._verdicts():
            for chapter, start, word in verdict:
                lost[chapters[chapter].place.file, word, _label(proof.starts[start])] = None
        name = self.artifact.name
        faults = [_fault(manuscript, *one, name) for one in list(lost)[:MOST]]
        if len(lost) > MOST:
            faults.append(Diagnostic("W406", f"{len(lost) - MOST} more words are copied from {name} as others"))
        return faults

    def _verdicts(self) -> Iterator[tuple[Proof, list[Lost]]]:
        """Give the verdicts on units, those that are kept and those on the pages that are read."""
        for proof, key, data in self.proofs:
            if data is not None:
                yield proof, [(chapter, start, word) for chapter, start, word in json.loads(data)]
                continue
            verdict = judge(proof, next(self.texts))
            if key:
                self.cache.put(key, json.dumps(verdict).encode())
            yield proof, verdict


def begin(
    document: Document, artifact: Artifact, means: Means, copy: Copy | None = None, *, at_leisure: bool = False
) -> Reading:
    """Begin to read back a PDF edition: the pages of its units that were not read before.

    `copy` reads them; by default, PDFium does, and another process begins at once if this one
    has other work and leaves it time (`at_leisure`).
    """
    copy = copy or functools.partial(_copied, artifact.data, means, at_leisure=at_leisure)
    units = [*proofs(document, artifact)]
    keys = [proof.key if means.cache.folder else "" for proof in units]
    kept = [means.cache.get(key) if key else None for key in keys]
    wanted = [proof.unit.pages for proof, data in zip(units, kept, strict=True) if data is None]
    return Reading(document, artifact, means.cache, tuple(zip(units, keys, kept, strict=True)), copy(wanted))


def _copied(data: bytes, means: Means, wanted: Sequence[range], *, at_leisure: bool) -> Iterator[Sequence[str]]:
    """Read pages of a PDF."""
    if not wanted:
        return iter(())
    from warraq.engine import readback  # noqa: PLC0415 - PDFium is loaded only where it is needed

    if at_leisure and means.hand:
        return readback.begun(data, wanted, means.hand)
    return readback.texts(data, wanted, means.jobs, means.hand)


def proofs(document: Document, artifact: Artifact) -> Iterator[Proof]:
    """List the units of an edition that hold text of the Document."""
    by_unit: dict[str, list[PageStart]] = {}
    for start in artifact.starts:
        by_unit.setdefault(start.unit, []).append(start)
    chapters = {chapter.id: chapter for chapter in document.chapters}
    at_end = document.publication.settings.notes.place == "book"
    for unit in artifact.units:
        starts, chapter = tuple(by_unit.get(unit.id, ())), chapters.get(unit.id)
        if starts and chapter:
            has_own_notes = chapter is document.colophon or not at_end
            yield Proof(unit, starts, chapter, (chapter,) if has_own_notes else ())
        elif starts and at_end and unit.id == "endnotes":
            yield Proof(unit, starts, None, tuple(one for one in chapters.values() if one is not document.colophon))


def judge(proof: Proof, texts: Iterable[str]) -> list[Lost]:
    """Compare what is copied from the pages of a unit with what should be there."""
    own = [start.index - proof.unit.first for start in proof.starts]
    expected = dict(zip(own, dealt(proof.chapter, proof.starts), strict=True)) if proof.chapter else {}
    numbered = zip(texts, proof.unit.numbers, strict=True)
    sheets = [Sheet(text, number, expected.get(at, "")) for at, (text, number) in enumerate(numbered)]
    lost = [(at, word) for at, page in enumerate(own) for word in _lost(sheets, page)]
    verdict = [(proof.chapter.id, at, word) for at, word in lost] if proof.chapter else []
    return verdict + [(chapter.id, len(own) - 1, word) for chapter in proof.noted for word in _unnoted(chapter, sheets)]


def _lost(sheets: Sequence[Sheet], page: int) -> Iterator[str]:
    """Give the words of a page that are found neither there nor on a page beside it."""
    sheet = sheets[page]
    beside = [sheets[at] for at in (page - 1, page + 1) if 0 <= at < len(sheets)]
    for word, lacking in sheet.lacking().items():
        is_there = any(other.has(word) for other in (sheet, *beside))
        if not is_there and lacking > sum(other.surplus(word) for other in beside):
            yield word


def _unnoted(chapter: Chapter, sheets: Sequence[Sheet]) -> Iterator[str]:
    """Give the words of a chapter's notes that are found on no page of theirs."""
    sought = dict.fromkeys(part for note in chapter.notes for part in text_of(note.body).split())
    missing = set(sought)
    for sheet in sheets if missing else ():
        missing = sheet.without(missing)
    if missing:
        everywhere = {word for sheet in sheets for word in sheet.words}
        yield from (word for word in compared(part for part in sought if part in missing) if word not in everywhere)


def _label(start: PageStart) -> str:
    """Give the page label of a page: body pages have theirs in Latin digits (`finish.page_labels`)."""
    return start.folio if start.name.startswith("i") else start.name


def _fault(manuscript: Manuscript, file: str, word: str, page: str, name: str) -> Diagnostic:
    source = next((source for source in manuscript.sources if source.name == file), None)
    place = (source.find(word) if source else None) or Place(file)
    return Diagnostic(
        "W406", f"{isolate(word)} is copied from page {page} of {name} as something else", place,
        "a font whose glyphs cannot be told apart by letters may be why",
    )  # fmt: skip
