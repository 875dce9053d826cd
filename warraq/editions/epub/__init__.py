"""The e-book: EPUB 3.3, right to left by default, made for readers of every strength.

    Document ─► content documents (sheets) ─► links, fonts, pictures ─► package ─► zip

    sheets       the content documents, from templates/epub/     chapters, breaks, strict, markup
    navigation   contents, landmarks, list of printed pages
    package      metadata, accessibility, manifest
    fonts        subsets of the faces that are used
    pictures     those that are shown, as they are or brought down to a size
    container    the zip, the same bytes from the same files

A module a concern; none of them knows jinja2, WeasyPrint or Markdown.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence

from markupsafe import Markup

from warraq.composition.templates import Templates
from warraq.diagnostics import Diagnostic
from warraq.document import Document
from warraq.editions import Artifact, PageStart
from warraq.editions.colours import both_ways
from warraq.editions.epub import container, fonts, markup, navigation, package
from warraq.editions.epub.pictures import Picture, Pictures
from warraq.editions.epub.sheets import Sheet, Writer, resolve_links
from warraq.editions.labels import labels
from warraq.theme import Theme
from warraq.words import words

#: The folder of all files but those that the container itself asks for.
HOME = "EPUB"


def render(  # noqa: PLR0913, PLR0917 - the printed pages, beside what every edition is given
    document: Document,
    theme: Theme,
    edition: str,
    modified: str,
    progress: Callable[[int], None],
    starts: Sequence[PageStart] = (),
) -> tuple[Artifact, list[Diagnostic]]:
    """Render a Document as an EPUB.

    `modified` is the ISO 8601 moment that the package bears, or nothing; `starts` are the
    beginnings of printed pages, if the print edition is made too. `progress` counts pages
    laid out, of which there are none here.
    """
    del progress
    templates = Templates(document, theme, edition, filters_too=_filters())
    pictures = Pictures(document.images, document.publication.settings.output.epub.largest_picture)
    cover = _cover(document, theme, pictures)
    starts = navigation.listed(document, starts)
    book = _navigation(document, templates, starts)
    said = labels(document, functools.partial(words, theme))
    writer = Writer(document, templates, pictures, cover.path, starts, said, navigation.folios(document, starts))
    sheets = writer.sheets(book)
    where = resolve_links(sheets)
    files = _files(sheets, list(pictures.found.values()), templates, theme)
    values = book | package.values(document, sheets, list(pictures.found.values()), cover, sorted(files))
    values |= {"modified": modified or package.NO_MOMENT, "where": where}
    for path in ("package.opf", "toc.ncx"):
        files[path] = templates.render(f"epub/{path}", **values).encode()
    whole = {f"{HOME}/{path}": data for path, data in files.items()}
    whole["META-INF/container.xml"] = templates.render("epub/container.xml", home=HOME).encode()
    return Artifact(edition, f"{document.publication.slug}.epub", container.pack(whole)), writer.faults


def _filters() -> dict[str, Callable[..., object]]:
    """Give the filters that templates of the e-book have beside, or instead of, the usual ones."""
    return {
        "inner": lambda tree: Markup(markup.inner(tree)),  # noqa: S704 - the writer escapes
        "written": lambda tree: Markup(markup.write(tree)),  # noqa: S704
        "both_ways": both_ways,
        "file_as": package.file_as,
        "sort_name": package.sort_name,
    }


def _cover(document: Document, theme: Theme, pictures: Pictures) -> Picture:
    """Take the publication's cover picture, or draw the theme's cover."""
    key = document.publication.settings.publication.cover
    if key and pictures.address(key):
        return pictures.found[key]
    from warraq.engine import picture  # noqa: PLC0415 - WeasyPrint is loaded only where it is needed

    drawn = Picture("images/cover.png", "image/png", picture.cover(document, theme))
    pictures.found[""] = drawn
    return drawn


def _navigation(document: Document, templates: Templates, starts: Sequence[PageStart]) -> dict[str, object]:
    entries = navigation.contents(document, templates.value("colophon_title"), templates.value("words"))
    return {
        "entries": entries,
        "depth": navigation.depth_of(entries),
        "landmarks": navigation.landmarks(document, templates.value("words")),
        "pages": navigation.pages(starts),
    }


def _files(sheets: list[Sheet], pictures: list[Picture], templates: Templates, theme: Theme) -> dict[str, bytes]:
    """Write all files but the package document and the NCX, by their paths."""
    pressed = fonts.fonts((sheet.root for sheet in sheets), theme)
    return {
        **{sheet.path: markup.document(sheet.root) for sheet in sheets},
        **{picture.path: picture.data for picture in pictures},
        **{font.path: font.data for font in pressed},
        **fonts.licences(pressed, theme),
        "styles/epub.css": templates.render("css/epub.css", fonts=pressed).encode(),
    }
