"""What the one file and the folder have in common: units, faces and the style sheet."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from warraq.arabic.digits import SYSTEMS
from warraq.composition.templates import Templates
from warraq.document import Document
from warraq.editions.math_face import FAMILY, math_face
from warraq.editions.web.book import Book, Unit, bold_names, display_titles
from warraq.editions.web.fonts import Subset, subsets, usage
from warraq.editions.web.palette import palettes
from warraq.theme import Theme

#: In the order in which they run.
SCRIPTS = ("search.js", "notes.js", "reader.js")
#: The words that the script shows.
WORDS = ("search-hint", "search-none", "search-count", "search-more", "close")


def set_unit(unit: Unit, templates: Templates, turn: object, top: int = 2) -> Markup:
    """Set a part's title, a chapter, an index or the colophon; `top` is the level of their titles.

    On a page of its own (`top` 1) the chapter has the title, and the part's is none.
    """
    if unit.part:
        tag = "p" if top == 1 else f"h{top}"
        return templates.text("web/part.html", part=unit.part, number=unit.number, tag=tag)
    if unit.index:
        return templates.text("web/index.html", index=unit.index, turn=turn, level=top)
    name = "web/colophon.html" if unit.id == "colophon" else "web/chapter.html"
    return templates.text(name, page=unit.page, turn=turn, level=unit.page.level if unit.page else top)


def faces(document: Document, theme: Theme, book: Book, templates: Templates, units: Iterable[Markup]) -> list[Subset]:
    """Cut the faces down to the characters of the publication and of the words around it."""
    words = str(templates.value("words"))
    about = str(document.publication.settings.publication)
    own = [title for unit in book.units if unit.index or unit is book.units[-1] for title in unit.title.values()]
    titles = [*display_titles(document), *own, templates.word("contents")]
    titles += [templates.value("words")["labels"][f"list-of-{kind}s"] for kind, _ in document.exhibit_lists]
    used = usage("".join([*units, words, about]), book.trees, titles, bold_names(document))
    data = math_face(book.trees)
    return [*subsets(theme, used), *([Subset(FAMILY, 400, False, data, "math.woff2")] if data else [])]  # noqa: FBT003


def style(document: Document, templates: Templates, rules: Iterable[str]) -> Markup:
    """Write the style sheet: rules for faces and pictures, ours, and the publication's own."""
    sheet = templates.text("css/web.css", palettes=palettes(document.publication.settings.theme))
    custom = templates.text("css/custom.css")
    return Markup("\n").join([*map(Markup, rules), sheet, custom])


def reader_data(document: Document, templates: Templates) -> dict[str, object]:
    """Give the values that `reader.js` reads: its words, the digits, and whose place it keeps."""
    about = document.publication.settings.publication
    return {
        "book": about.identifier or document.publication.slug,
        "digits": SYSTEMS[about.numerals],
        "words": {name: templates.word(name) for name in WORDS},
    }
