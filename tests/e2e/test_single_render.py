"""A book laid out unit by unit and bound is the book that one rendering of the whole gives."""

from __future__ import annotations

import io
from dataclasses import dataclass

import pikepdf
import pypdfium2
import pytest
import weasyprint
from PIL import ImageChops
from weasyprint.css.counters import CounterStyle
from weasyprint.text.fonts import FontConfiguration

from tests.support import BOOKS, bookmarks, destinations
from warraq import manuscript, reading
from warraq.composition import Composition, compose
from warraq.engine import artifacts, press
from warraq.engine.justification import strokes
from warraq.engine.margin_notes import move_outwards
from warraq.engine.patches import mended
from warraq.engine.references import Numbering, filled
from warraq.publication import Publication, open_publication
from warraq.theme import open_theme


@dataclass(frozen=True, slots=True)
class Both:
    """The same edition as bytes of a PDF, made in two ways."""

    bound: bytes
    single: bytes

    def opened(self) -> tuple[pikepdf.Pdf, pikepdf.Pdf]:
        """Open both."""
        return pikepdf.open(io.BytesIO(self.bound)), pikepdf.open(io.BytesIO(self.single))


@pytest.fixture(scope="module", params=["screen"])
def both(request: pytest.FixtureRequest) -> Both:
    publication, _ = open_publication(BOOKS / "essay")
    pages, _ = manuscript.collect(publication)
    document, _ = reading.read(publication, pages)
    composition = compose(document, open_theme(publication), request.param)
    printed = press.run(composition, publication, lambda _pages: None)
    return Both(printed.data, rendered(composition, publication, printed.data))


def rendered(composition: Composition, publication: Publication, bound: bytes) -> bytes:
    """Render all units as one document; the numbers that name pages are those of the bound book."""
    with pikepdf.open(io.BytesIO(bound)) as pdf:
        places = destinations(pdf)
    numbering = Numbering(places, places[composition.body_start], publication.settings.publication.numerals)
    units = [filled(str(unit.html), numbering, is_fixed=True).html for unit in composition.units]
    mended()
    shared = {"font_config": FontConfiguration(), "counter_style": CounterStyle()}
    sheets = [weasyprint.CSS(string=sheet.css, **shared) for sheet in composition.sheets]
    html = weasyprint.HTML(string=composition.document(*units), base_url=publication.root.as_uri() + "/")
    document = html.render(stylesheets=sheets, pdf_tags=True, presentational_hints=True, **shared)
    move_outwards(document.pages)
    strokes.stretch(document.pages)
    artifacts.designate(document.pages)
    data: bytes = document.write_pdf(pdf_tags=True, pdf_version="1.7")
    return data


def test_every_page_looks_the_same(both: Both) -> None:
    bound, single = (pypdfium2.PdfDocument(data) for data in (both.bound, both.single))
    assert len(bound) == len(single)
    for number, (mine, theirs) in enumerate(zip(bound, single, strict=True), start=1):
        pictures = [page.render(scale=1).to_pil() for page in (mine, theirs)]
        assert not ImageChops.difference(*pictures).getbbox(), f"page {number}"
        # A file that says that it is read from right to left has lines of Latin turned by PDFium.
        letters = [sorted("".join(page.get_textpage().get_text_bounded().split())) for page in (mine, theirs)]
        assert letters[0] == letters[1], f"page {number}"


def test_links_and_bookmarks_lead_to_the_same_places(both: Both) -> None:
    bound, single = both.opened()
    assert destinations(bound) == destinations(single)
    assert [links(page) for page in bound.pages] == [links(page) for page in single.pages]
    assert bookmarks(io.BytesIO(both.bound)) == bookmarks(io.BytesIO(both.single))


def test_the_structure_is_the_same_tree(both: Both) -> None:
    bound, single = (shape(pdf.Root.StructTreeRoot.K) for pdf in both.opened())
    assert bound == single
    assert len(bound) > 300


def links(page: pikepdf.Page) -> list[tuple[str, list[float]]]:
    """List the links of a page: where they lead, and where they lie."""
    found = [note for note in page.get("/Annots", []) if note.Subtype == "/Link"]
    goals = [str(note.get("/Dest") or note.A.URI) for note in found]
    return sorted((goal, [round(float(at), 2) for at in note.Rect]) for goal, note in zip(goals, found, strict=True))


def shape(node: pikepdf.Object, depth: int = 0) -> list[tuple[int, str]]:
    """List the elements of a structure tree with their depths, in reading order."""
    if isinstance(node, pikepdf.Array):
        return [pair for kid in node for pair in shape(kid, depth)]
    if not isinstance(node, pikepdf.Dictionary) or "/S" not in node:
        return []
    return [(depth, str(node.S)), *shape(node.get("/K", pikepdf.Array()), depth + 1)]
