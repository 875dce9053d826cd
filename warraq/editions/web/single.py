"""The one file: everything inside, opened from a disk with the network shut."""

from __future__ import annotations

from markupsafe import Markup

from warraq.composition.pages import Setter, setter
from warraq.diagnostics import Diagnostic
from warraq.document import Document
from warraq.editions import Artifact
from warraq.editions.web.book import Book, Progress, Unit, bold_names, display_titles, make_ready, turns
from warraq.editions.web.fonts import subsets, usage
from warraq.editions.web.palette import palettes
from warraq.editions.web.pictures import data_uri
from warraq.editions.web.reader import reader_data
from warraq.editions.web.search import as_json
from warraq.theme import Theme

#: In the order in which they run.
SCRIPTS = ("web/search.js", "web/reader.js")


def render(
    document: Document, theme: Theme, edition: str, modified: str, progress: Progress
) -> tuple[Artifact, list[Diagnostic]]:
    """Render a Document as one HTML file."""
    book = make_ready(document, theme, progress, single=True)
    shared_pictures = book.gallery.embed(book.trees)
    templates = setter(
        document, theme, edition, modified=modified, href="#{}".format, home="#cover", cover_image=_cover(document)
    )
    turn = turns(book.readable, "#{}".format)
    units = [set_unit(unit, templates, turn.get(unit.id)) for unit in book.units]
    face_rules = _faces(document, theme, book, templates, units)
    sheet = templates.text("css/web.css", palettes=palettes(document.publication.settings.theme))
    custom = templates.text("css/custom.css")
    page = templates.text(
        "web/single.html",
        units=units,
        css=Markup("\n").join([face_rules, sheet, Markup(shared_pictures), custom]),  # noqa: S704 - our own URIs
        script=Markup("\n").join(map(templates.verbatim, SCRIPTS)),
        data=Markup(as_json(reader_data(document, templates))),  # noqa: S704 - escaped for a script
        index=Markup(as_json(book.index.packed())),  # noqa: S704 - escaped for a script
    )
    artifact = Artifact(edition, f"{document.publication.slug}.html", page.lstrip().encode())
    return artifact, book.gallery.faults


def set_unit(unit: Unit, templates: Setter, turn: object) -> Markup:
    """Set a part's title, a chapter or the colophon."""
    if unit.part:
        return templates.text("web/part.html", part=unit.part, number=unit.number)
    name = "web/colophon.html" if unit.id == "colophon" else "web/chapter.html"
    return templates.text(name, page=unit.page, turn=turn, level=unit.page.level if unit.page else 2)


def _cover(document: Document) -> str:
    """Give the picture of the cover as a data URI, if the publication has one."""
    name = document.publication.settings.publication.cover
    return data_uri((document.publication.root / name).read_bytes()) if name else ""


def _faces(document: Document, theme: Theme, book: Book, templates: Setter, units: list[Markup]) -> Markup:
    """Declare the faces, each inside the style sheet."""
    words = str(templates.templates.globals["words"])
    about = str(document.publication.settings.publication)
    used = usage("".join([*units, words, about]), book.trees, display_titles(document), bold_names(document))
    rules = [face.rule(face.uri) for face in subsets(theme, used)]
    return Markup("\n".join(rules))  # noqa: S704 - family names are those of font files
