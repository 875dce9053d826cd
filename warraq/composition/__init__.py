"""Document × Theme × Edition -> HTML and CSS; this package is the only importer of jinja2.

A Composition is made of units (cover, title page, contents, each part opening, each
chapter …), every one of which begins on a page of its own, so that an engine may lay
them out apart from each other.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from warraq.composition.articles import Articles, articles
from warraq.composition.templates import Templates
from warraq.document import Document, Localized
from warraq.editions import paged
from warraq.editions.geometry import Geometry, geometry
from warraq.editions.paged import PagedChapter
from warraq.editions.style import Sheet
from warraq.publication import Publication
from warraq.theme import Theme
from warraq.words import words

#: What stands in the place of all units while the frame is made.
MIDDLE = Markup("<!-- units -->")
#: Letters of every face that most pages have.
SAMPLE = """<section><h1>ورّاق</h1><p>كتب <b>الورّاق</b> ١٢ سطرًا <span lang="en" dir="ltr">(lines)</span></p></section>"""
#: The style sheets in the order of the cascade; the edition's own comes before `custom`.
STYLES = ("tokens", "type", "page")


@dataclass(frozen=True, slots=True)
class Unit:
    """A piece of the publication that begins on a page of its own.

    A late one is set when all others have their page numbers, since it consists of them.
    """

    id: str
    html: Markup
    late: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """What a card of a link says: a title, and who wrote what is behind it."""

    title: Localized
    names: tuple[Localized, ...] = ()


@dataclass(frozen=True, slots=True)
class Composition:
    """A publication as HTML and CSS; `body_start` is the id where page 1 of the body is.

    The `frame` goes around units to make a document of them. A unit that holds an empty
    `<a class="page-ref" href="#ID">` gets the folio of the page with that id there. An
    archival composition becomes a PDF that conforms to PDF/A and PDF/UA.
    """

    frame: tuple[str, str]
    sheets: tuple[Sheet, ...]
    units: tuple[Unit, ...]
    geometry: Geometry
    body_start: str
    archival: bool = False

    def document(self, *units: str) -> str:
        """Write units as a document of HTML."""
        before, after = self.frame
        return before + "\n".join(units) + after


def compose(document: Document, theme: Theme, edition: str, modified: str = "") -> Composition:
    """Set a Document in the templates of a Theme for the edition `screen` or `print`.

    `modified` is an ISO 8601 moment for the metadata, or nothing. Raises BookError (W302)
    if a template cannot be used.
    """
    return _composed(document, theme, edition, modified, _units)


def compose_cover(document: Document, theme: Theme) -> Composition:
    """Set the cover alone, as the edition `screen` has it, for a picture of it."""

    def cover(_document: Document, templates: Templates) -> Iterator[Unit]:
        yield _unit(templates, "cover.html", "cover")

    return _composed(document, theme, "screen", "", cover)


def compose_sample(publication: Publication, theme: Theme, edition: str) -> Composition:
    """Set a line of our own as an edition has it: what sets and draws it is then ready for the publication."""

    def sample(_document: Document, _templates: Templates) -> Iterator[Unit]:
        yield Unit("sample", Markup(SAMPLE))  # noqa: S704 - our own

    return _composed(Document(publication, (), (), (), None, {}), theme, edition, "", sample)


def compose_cards(document: Document, theme: Theme, cards: Sequence[Card]) -> Composition:
    """Set a page for each card that sites show with a link, for pictures of them."""
    shape = geometry(document.publication, "screen")
    templates = Templates(document, theme, "screen", shape)
    sheets = (_sheet(templates, "css/tokens.css"), _sheet(templates, "css/cards.css"))
    html = templates.render("web/cards.html", cards=cards)
    faces = Sheet("theme/fonts", _font_faces(theme))
    return Composition((html, ""), (faces, *sheets), (Unit("cards", Markup()),), shape, "")


def _composed(
    document: Document,
    theme: Theme,
    edition: str,
    modified: str,
    chosen: Callable[[Document, Templates], Iterator[Unit]],
) -> Composition:
    """Set the chosen units in the base template, with the style sheets of an edition."""
    shape = geometry(document.publication, edition)
    templates = Templates(document, theme, edition, shape)
    units = tuple(chosen(document, templates))
    before, _, after = templates.render("base.html", units=(Unit("", MIDDLE),), modified=modified).partition(MIDDLE)
    sheets = (_sheet(templates, f"css/{name}.css") for name in (*STYLES, edition, "custom"))
    faces = Sheet("theme/fonts", _font_faces(theme))
    archival = edition == "screen"
    return Composition((before, after), (faces, *sheets), units, shape, _body_start(document), archival)


def _sheet(templates: Templates, name: str) -> Sheet:
    """Render a style sheet, which is a template as all files of a theme are."""
    return Sheet(templates.file(name), templates.render(name))


def _unit(templates: Templates, name: str, identity: str, *, late: bool = False, **values: object) -> Unit:
    return Unit(identity, templates.text(name, **values), late)


def _units(document: Document, templates: Templates) -> Iterator[Unit]:
    """Compose the pieces in the order in which they are bound."""
    unit = functools.partial(_unit, templates)
    said = functools.partial(words, templates.theme)
    pages = paged.setting(document, templates.theme, templates.value("geometry"), said)
    slim = document.is_single
    where = "none" if slim else document.publication.settings.contents.place
    yield unit("cover.html", "cover")
    if not slim:
        yield unit("title-page.html", "title-page")
        yield unit("imprint.html", "imprint")
    if where == "front":
        yield unit("contents.html", "contents", late=True, at_end=False)
    yield from _exhibit_lists(document, unit, asked=where == "front")
    setter = articles(document, templates, pages)
    for chapter in document.front:
        yield Unit(chapter.id, setter.html(chapter, "front"))
    yield from _body(document, setter, unit)
    for chapter in document.back:
        yield Unit(chapter.id, setter.html(chapter, "back"))
    yield from _exhibit_lists(document, unit, asked=where == "back")
    if where == "back":
        yield unit("contents.html", "contents", late=True, at_end=True)
    if templates.value("has_endnotes"):
        yield unit("endnotes.html", "endnotes", chapters=_noted(document, pages))
    for index in document.indexes:
        yield unit("index.html", index.id, late=True, index=index)
    # The page about the publication is one page: its notes stay at its foot.
    about = document.colophon and pages.chapter(document.colophon, "foot").body
    yield unit("colophon.html", "colophon", about=about)


def _exhibit_lists(document: Document, unit: Callable[..., Unit], *, asked: bool) -> Iterator[Unit]:
    """Compose the lists of figures and of tables, beside the contents."""
    for kind, exhibits in document.exhibit_lists if asked else ():
        yield unit("exhibits.html", f"list-of-{kind}s", late=True, kind=kind, exhibits=exhibits)


def _noted(document: Document, pages: paged.Setting) -> list[PagedChapter]:
    """List the chapters that have notes to be set at the end of the book."""
    noted = [chapter for chapter in document.chapters if chapter.notes and chapter is not document.colophon]
    return [pages.chapter(chapter, "book") for chapter in noted]


def _body(document: Document, setter: Articles, unit: Callable[..., Unit]) -> Iterator[Unit]:
    """Compose parts and chapters; the first of all starts the count of pages."""
    start, titled = True, 0
    for part in document.parts:
        if part.title:
            titled += 1
            yield unit("part.html", part.id, part=part, number=titled, start=start)
            start = False
        for chapter in part.chapters:
            yield Unit(chapter.id, setter.html(chapter, "body", start=start, in_part=bool(part.title)))
            start = False


def _body_start(document: Document) -> str:
    """Name the unit that page 1 of the body begins with."""
    for part in document.parts:
        if part.title or part.chapters:
            return part.id if part.title else part.chapters[0].id
    return ""


def _font_faces(theme: Theme) -> str:
    """Declare the faces that the publication brings; ours are found by fontconfig."""
    rule = "@font-face {{ font-family: '{0}'; src: url('{1}'); font-weight: {2}; font-style: {3}; }}"
    return "\n".join(
        rule.format(face.family, face.path.as_uri(), face.weight, "italic" if face.italic else "normal")
        for face in theme.own_faces
    )
