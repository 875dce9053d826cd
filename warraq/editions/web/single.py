"""The one file: everything inside, opened from a disk with the network shut."""

from __future__ import annotations

import base64
import mimetypes
from pathlib import Path

from markupsafe import Markup

from warraq.composition.names import asset_path
from warraq.composition.templates import Templates
from warraq.diagnostics import Diagnostic
from warraq.document import Document
from warraq.editions import Artifact
from warraq.editions.web.book import Progress, make_ready, turns
from warraq.editions.web.pictures import Gallery, data_uri
from warraq.editions.web.search import as_json
from warraq.editions.web.setting import SCRIPTS, faces, reader_data, set_unit, style
from warraq.theme import Theme


def render(
    document: Document, theme: Theme, edition: str, modified: str, progress: Progress
) -> tuple[Artifact, list[Diagnostic]]:
    """Render a Document as one HTML file."""
    book = make_ready(document, theme, progress, single=True)
    shared_pictures = book.gallery.embed(book.trees)
    templates = Templates(
        document,
        theme,
        edition,
        modified=modified,
        href="#{}".format,
        home="#cover",
        cover_image=_cover(document, book.gallery),
        asset=lambda name: _inside(asset_path(theme, name)),
    )
    turn = turns(book.readable, "#{}".format)
    units = [set_unit(unit, templates, turn.get(unit.id)) for unit in book.units]
    rules = [face.rule(face.uri) for face in faces(document, theme, book, templates, units)]
    page = templates.text(
        "web/single.html",
        units=units,
        contents_list=templates.text("web/contents.html"),
        css=style(document, templates, [*rules, shared_pictures]),
        script=Markup("\n").join(templates.verbatim(f"web/{name}") for name in SCRIPTS),
        data=Markup(as_json(reader_data(document, templates))),  # noqa: S704 - escaped for a script
        index=Markup(as_json(book.index.packed())),  # noqa: S704 - escaped for a script
    )
    artifact = Artifact(edition, f"{document.publication.slug}.html", page.lstrip().encode())
    return artifact, book.gallery.faults


def _cover(document: Document, gallery: Gallery) -> str:
    """Give the picture of the cover as a data URI, if the publication has one."""
    name = document.publication.settings.publication.cover
    return data_uri(gallery.read(document.publication.root / name)) if name else ""


def _inside(path: Path) -> str:
    """Give a file of the theme as a data URI."""
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return f"data:{kind};base64,{base64.b64encode(path.read_bytes()).decode()}"
