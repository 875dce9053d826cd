"""One unit laid out and drawn, in whatever process: a Job goes in, a Record comes out.

The same Job gives the same Record, whoever does it and whatever was done before: what it
depends on is all in the Job, and in the fonts and pictures that it names.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pydyf
import weasyprint
from weasyprint.css.counters import CounterStyle
from weasyprint.text.fonts import FontConfiguration

from warraq.diagnostics import Diagnostic
from warraq.editions.geometry import Geometry
from warraq.editions.style import Sheet
from warraq.engine import archive, artifacts, capture, rings
from warraq.engine.cited import Cited
from warraq.engine.ear import Ear, attached
from warraq.engine.embedding import Reserved
from warraq.engine.fetcher import Fetcher
from warraq.engine.folios import Folios
from warraq.engine.jobs import Job
from warraq.engine.justification import strokes
from warraq.engine.kinship import Twin
from warraq.engine.margin_notes import move_outwards
from warraq.engine.marks import add_marks, stand_up
from warraq.engine.metadata import about
from warraq.engine.page_starts import read_starts
from warraq.engine.patches import mended
from warraq.engine.record import About, Bookmark, Page, Record
from warraq.engine.repainting import repainted


@dataclass(frozen=True, slots=True)
class _Styles:
    """The style sheets of a job as WeasyPrint reads them, and what it said about them."""

    sheets: tuple[Any, ...]
    shared: dict[str, Any]
    heard: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class _Laid:
    """A unit laid out, before it is drawn."""

    document: Any
    folios: Folios
    cited: Cited
    styles: _Styles
    heard: tuple[Diagnostic, ...]


def lay_out(job: Job) -> Record:
    """Lay a unit out and draw it."""
    laid = _laid(job)
    drawn = _drawn(job, laid)
    record = _finished(job, laid, drawn)
    rings.cut(drawn.pdf.objects)
    return record


def lay_out_both(job: Job, twin: Twin) -> tuple[Record, Record | None]:
    """Lay a unit out once and draw it for two editions; there is no second record if they differ after all."""
    laid = _laid(job)
    drawn = _drawn(job, laid)
    styles = _styles(twin.job.sheets, job.root, job.name, remote=job.remote)
    document, painted = repainted(laid.document, twin.difference, styles.sheets, styles.shared)
    copied = None if painted else document and capture.copied(drawn, document.pages)
    record = _finished(job, laid, drawn)
    if not document:
        return record, None
    other = replace(laid, document=document, styles=styles)
    if copied is None:
        laid.folios.forget()
        laid.cited.forget()
        copied = _drawn(twin.job, other)
    second = _finished(twin.job, other, copied)
    rings.cut([*drawn.pdf.objects, *copied.pdf.objects])
    return record, second


def _laid(job: Job) -> _Laid:
    ear = Ear(job.name)
    with attached(ear):
        styles = _styles(job.sheets, job.root, job.name, remote=job.remote)
        document = _rendered(job, styles)
        folios = prepared(document)
    cited = Cited(job.html, [sheet.css for sheet in job.sheets])
    cited.designate(document.pages)
    return _Laid(document, folios, cited, styles, tuple(ear.heard))


def _drawn(job: Job, laid: _Laid) -> capture.Drawn:
    """Draw a unit; what WeasyPrint says goes with what it said before."""
    ear = Ear(job.name)
    with attached(ear):
        drawn = capture.draw(laid.document)
    return replace(drawn, heard=tuple(ear.heard))


def _finished(job: Job, laid: _Laid, drawn: capture.Drawn) -> Record:
    """Give what was drawn all that is its edition's own, and take it down."""
    if not job.archival:
        stand_up(drawn.pdf, job.geometry)
    if job.geometry.marks:
        add_marks(drawn.pdf, job.geometry)
    if job.archival:
        archive.let_print(drawn.pdf)
    diagnostics = (*mended(), *laid.styles.heard, *laid.heard, *drawn.heard)
    opens = _opens(laid.document.pages[0], job.geometry)
    told = about(laid.document.metadata, is_archival=job.archival)
    return _record(laid, drawn, opens, told, diagnostics)


def prepared(document: Any) -> Folios:
    """Do with laid-out pages what is to be done before they are drawn: passes over boxes stand here."""
    move_outwards(document.pages)
    strokes.stretch(document.pages)
    folios = Folios()
    folios.designate(document.pages)
    artifacts.designate(document.pages)
    return folios


def _rendered(job: Job, styles: _Styles) -> Any:
    """Lay the boxes of a unit out on pages."""
    mended()
    place = {"base_url": job.root.as_uri() + "/", "url_fetcher": Fetcher(job.root, remote=job.remote)}
    extra = _placed(job, styles)
    html = weasyprint.HTML(string=job.html, **place)
    return html.render(stylesheets=[*styles.sheets, *extra], pdf_tags=True, presentational_hints=True, **styles.shared)


@functools.lru_cache(maxsize=4)
def _styles(sheets: tuple[Sheet, ...], root: Path, name: str, *, remote: bool) -> _Styles:
    """Read style sheets once in a process; each alone, so that its faults have places."""
    ear = Ear(name)
    shared = {"font_config": FontConfiguration(), "counter_style": CounterStyle()}
    place = {"base_url": root.as_uri() + "/", "url_fetcher": Fetcher(root, remote=remote)}
    read = []
    with attached(ear):
        for sheet in sheets:
            ear.file = sheet.file
            read.append(weasyprint.CSS(string=sheet.css, **place, **shared))
    return _Styles(tuple(read), shared, tuple(ear.heard))


def _placed(job: Job, styles: _Styles) -> Iterator[Any]:
    """Say on which side a unit opens, and with which number."""
    rules = []
    if job.side:
        rules.append(f"html {{ break-before: {job.side} !important }}")
    if job.number:
        rules.append(f"@page :first {{ counter-reset: page {job.number} !important }}")
    if rules:
        yield weasyprint.CSS(string="\n".join(rules), **styles.shared)


def _record(laid: _Laid, drawn: capture.Drawn, opens: str, told: About, diagnostics: Sequence[Diagnostic]) -> Record:
    document, folios = laid.document, laid.folios
    places = _add_folios(drawn, folios, [page.height for page in document.pages])
    packed = capture.pack(drawn)
    numbers = packed.numbers
    cited = {content.own: sorted({place.number for place in content.places}) for content in packed.contents}

    def number(reference: bytes) -> int:
        return numbers[int(reference.split()[0])]

    return Record(
        pages=tuple(
            Page(
                numbers[page.number],
                folios.drawn.get(index),
                numbers.get(places.get(index, 0), 0),
                tuple(one for reference in _contents(page) for one in cited.get(number(reference), ())),
            )
            for index, page in enumerate(drawn.pages)
        ),
        opens=opens,
        pinned=folios.pinned,
        is_fixed=laid.cited.is_fixed,
        size=len(numbers),
        streams=packed.streams,
        contents=packed.contents,
        codes=tuple(laid.cited.codes),
        packs=packed.packs,
        pages_number=numbers[drawn.pdf.pages.number],
        fonts=drawn.fonts.kept(numbers),
        elements=tuple(number(reference) for reference in drawn.tree.elements),
        parents=number(drawn.tree.parents),
        entries=drawn.tree.entries,
        ids={identity: number(reference) for identity, reference in drawn.tree.ids.items()},
        anchors=drawn.anchors,
        bookmarks=tuple(_bookmarks(document.pages)),
        links=frozenset(target for page in document.pages for kind, target, *_ in page.links if kind == "internal"),
        starts=read_starts(document.pages),
        about=told,
        diagnostics=tuple(dict.fromkeys(diagnostics)),
    )


def _add_folios(drawn: capture.Drawn, folios: Folios, heights: Sequence[float]) -> dict[int, int]:
    """Put an empty place for its number after the content of each page; give the objects by page.

    The content restores the state that it was drawn in (`terse`); numbers are drawn in the same.
    """
    places: dict[int, int] = {}
    before: dict[tuple[bytes, float], bytes] = {}
    for index, folio in folios.drawn.items():
        page, place, contents = drawn.pages[index], Reserved(), _contents(drawn.pages[index])
        kind = folio.before, capture.SCALE * heights[index]
        if kind not in before:
            opening = pydyf.Stream([f"{capture.SCALE} 0 0 -{capture.SCALE} 0 {kind[1]:.3f} cm", folio.before])
            drawn.pdf.add_object(opening)
            before[kind] = opening.reference
        drawn.pdf.add_object(place)
        # Marks of the press come last, and restore the state from before the content.
        own = len(contents) - (len(contents) > 1)
        page["Contents"] = pydyf.Array([*contents[:own], before[kind], place.reference, *contents[own:]])
        places[index] = place.number
    return places


def _contents(page: Any) -> list[bytes]:
    """Give the references to the streams of a page."""
    contents = page["Contents"]
    return [contents] if isinstance(contents, bytes) else list(contents)


def _opens(page: Any, geometry: Geometry) -> str:
    """Tell the side that the first piece of a unit asks for."""
    box = page._page_box  # noqa: SLF001 - there is no public way to the boxes
    while getattr(box, "children", ()) and box.element_tag in {None, "html", "body"}:
        box = box.children[0]
    side: str = box.style["break_before"]
    sides = {geometry.recto: "recto", geometry.verso: "verso", "recto": "recto", "verso": "verso"}
    return sides.get(side, "")


def _bookmarks(pages: list[Any]) -> Iterator[Bookmark]:
    for index, page in enumerate(pages):
        for level, label, (x, y), state in page.bookmarks:
            place = (x * capture.SCALE, (page.height - y) * capture.SCALE)
            yield Bookmark(level, label, index, *place, is_open=state == "open")
