"""What templates may name: the values and the filters, all in one place.

The README lists them for writers of themes; keep the two together.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element, tostring

from markupsafe import Markup, escape

from warraq import __version__
from warraq.arabic.digits import SYSTEMS, abjad, to_digits
from warraq.arabic.languages import direction_in
from warraq.composition.dates import written_date
from warraq.document import Document, Exhibit, Index, Localized
from warraq.editions.geometry import Geometry
from warraq.editions.labels import Labels, labels
from warraq.reading.direction import isolate_runs, marked
from warraq.theme import TEMPLATES, Theme
from warraq.values import author
from warraq.words import words

if TYPE_CHECKING:
    from warraq.settings import Contributor

#: Lines that a line of code may go on over with a sign at the head of each.
WRAPPED = 60
#: More front pages than any book has.
ABJAD_PAGES = 400


def names(document: Document, theme: Theme, edition: str, shape: Geometry) -> dict[str, Any]:
    """Give the values that every template may name."""
    settings = document.publication.settings
    about = settings.publication
    return {
        "document": document,
        "publication": about,
        "contributors": settings.contributor or _authors(document),
        "contents": settings.contents,
        "has_endnotes": settings.notes.place == "book"
        and any(chapter.notes for chapter in document.chapters if chapter is not document.colophon),
        "tokens": settings.theme,
        "families": _families(document),
        "geometry": shape,
        "edition": edition,
        "version": __version__,
        "words": words(theme, about.language),
        "cover_image": (document.publication.root / about.cover).as_uri() if about.cover else "",
        "colophon_title": _colophon_title(document, theme),
        "verso_head": marked(first_text(about.title), direction_in(about.language), about.language),
        "digits": " ".join(f'"{digit}"' for digit in SYSTEMS[about.numerals]),
        "abjad_symbols": " ".join(f'"{abjad(number)}"' for number in range(1, ABJAD_PAGES)),
        "note_rule": _note_rule(shape, settings.theme.ink),
        "wrap_signs": _wrap_signs(),
        "wrap_lines": WRAPPED + 1,
        "code_colours": settings.code.colours == "colour" or (settings.code.colours == "auto" and edition != "print"),
        "asset": lambda name: asset_path(theme, name).as_uri(),
    }


def filters(document: Document, theme: Theme) -> dict[str, Callable[..., Any]]:
    """Give the filters that every template may use."""
    about = document.publication.settings.publication
    said = words(theme, about.language)
    spoken = labels(document, functools.partial(words, theme))
    return {
        "direction": direction_in,
        "first_text": first_text,
        "first_language": lambda texts: next(iter(texts)),
        "isolated": lambda text, language: _isolated(text, language, about.language),
        "marked": lambda text: marked(text, direction_in(about.language), about.language),
        "inner": inner,
        "number": lambda number: to_digits(number, about.numerals),
        "ordinal": lambda number: _ordinal(number, said["ordinals"], about.numerals),
        "date": lambda day: written_date(day, document.publication.settings.dates, said, about.numerals),
        "css_string": _css_string,
        "index_title": lambda index: index_title(index, said),
        "exhibit_label": lambda exhibit: _exhibit_label(exhibit, spoken[about.language]),
    }


def first_text(texts: Localized) -> str:
    """Give the text in the first of its languages."""
    return next(iter(texts.values()))


def inner(tree: Element) -> Markup:
    """Write what is inside a tree as HTML, without the tree's own tag."""
    whole = Element("x")
    whole.extend(tree)
    html = tostring(whole, encoding="unicode", method="html").removeprefix("<x>").removesuffix("</x>")
    return Markup(escape(tree.text or "") + Markup(html))  # noqa: S704 - the serialiser escapes


def _families(document: Document) -> list[str]:
    """Name the families that the publication is set in; that of code only if it has code."""
    tokens = document.publication.settings.theme
    has_code = any(chapter.body.find(".//code") is not None for chapter in document.chapters)
    families = [tokens.body, tokens.display, tokens.latin, *([tokens.mono] if has_code else [])]
    return list(dict.fromkeys(families))


def _isolated(text: str, language: str, main: str) -> Markup:
    """Write a plain text as HTML, its opposite runs in spans of their own direction."""
    line = Element("span")
    line.text = text
    isolate_runs(line, direction_in(language), main)
    return inner(line)


def _authors(document: Document) -> list[Contributor]:
    """Name the writers of the articles where the settings name nobody."""
    names = {tuple(name.items()) for chapter in document.chapters for name in chapter.authors}
    return [author(dict(name)) for name in sorted(names)]


def _colophon_title(document: Document, theme: Theme) -> Localized:
    """Title the page about the publication: by its own text, else in our words."""
    if document.colophon:
        return document.colophon.title
    language = document.publication.settings.publication.language
    return {tag: words(theme, tag)["colophon"] for tag in dict.fromkeys((language, "en"))}


def _note_rule(shape: Geometry, ink: str) -> str:
    """Draw the short rule above notes, as a picture: a footnote area takes no short border."""
    size = f"width='{shape.measure * 0.2:.2f}pt' height='0.4pt'"
    rule = f"%3Crect width='100%25' height='100%25' fill='{ink.replace('#', '%23')}'/%3E"
    return f"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' {size}%3E{rule}%3C/svg%3E"


def asset_path(theme: Theme, name: str) -> Path:
    """Find a file of the theme, the publication's own before ours."""
    folders = [folder for folder in (theme.own, TEMPLATES) if folder]
    return next((folder / name for folder in folders if (folder / name).is_file()), TEMPLATES / name)


def index_title(index: Index, said: Mapping[str, Any]) -> str:
    """Title an index: by its author, else in our words, else by its name."""
    titles: Mapping[str, str] = said["indexes"]
    return first_text(index.title) if index.title else titles.get(index.name, index.name)


def _exhibit_label(exhibit: Exhibit, spoken: Labels) -> str:
    return spoken.said["caption"].format(label=spoken.label(exhibit.kind, exhibit.number))


def _wrap_signs() -> str:
    """Draw what stands behind a line of code: nothing on its first line, a turning arrow on those after it."""
    arrows = "".join(f"M3 {16 * at + 3}v5h6M6.5 {16 * at + 5.5:g}L9 {16 * at + 8}l-2.5 2.5" for at in range(1, WRAPPED))
    size = f"width='12' height='{16 * (WRAPPED + 1)}' viewBox='0 0 12 {16 * (WRAPPED + 1)}' preserveAspectRatio='none'"
    path = f"%3Cpath d='{arrows}' fill='none' stroke='%238a8378'/%3E"
    return f"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' {size}%3E{path}%3C/svg%3E"


def _ordinal(number: int, ordinals: list[str], numerals: str) -> str:
    return ordinals[number - 1] if number <= len(ordinals) else to_digits(number, numerals)


def _css_string(text: str) -> str:
    """Quote a text for a style sheet (CSS Syntax 3 §4.3.5)."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
    return f'"{escaped}"'
