"""Chapters set in `article.html`; those that were set before come from the cache.

What our templates make of a chapter depends on the chapter, the settings, the edition, pictures
and fonts. What a publication's own templates make of it may depend on anything, so that
there nothing is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from warraq import fingerprint
from warraq.composition.names import first_text
from warraq.composition.templates import Templates
from warraq.document import Chapter, Document
from warraq.editions import paged

TEMPLATE = "article.html"


@dataclass(frozen=True, slots=True)
class Articles:
    """Sets the chapters of a Document; `key` is a digest of all that is the same for all, or empty."""

    document: Document
    templates: Templates
    pages: paged.Setting
    key: str

    def html(self, chapter: Chapter, place: str, *, start: bool = False, in_part: bool = False) -> Markup:
        """Set a chapter that stands in `front`, `body` or `back`; `start` is set where page 1 of the body is."""
        about: dict[str, Any] = {"head": self._head(chapter), "place": place, "start": start, "in_part": in_part}
        cache = self.templates.theme.cache
        if not (cache and self.key and chapter.key):
            return self._set(chapter, about)
        key = fingerprint.digest("article", self.key, chapter.key, about)
        if data := cache.get(key):
            return Markup(data.decode())  # noqa: S704 - the templates escaped it
        html = self._set(chapter, about)
        cache.put(key, html.encode())
        return html

    def _set(self, chapter: Chapter, about: dict[str, Any]) -> Markup:
        where = self.document.publication.settings.notes.place
        composed = self.pages.chapter(chapter, where)
        endnotes = composed.endnotes if where == "chapter" else ()
        values = {"chapter": chapter, "heading": composed.heading, "body": composed.body, "endnotes": endnotes}
        return self.templates.text(TEMPLATE, **values, **about)

    def _head(self, chapter: Chapter) -> str:
        """Give the running head of odd pages: a chapter that is called as the publication has its author there."""
        title = first_text(chapter.title)
        author = first_text(chapter.authors[0]) if chapter.authors else ""
        repeated = title == first_text(self.document.publication.settings.publication.title)
        return author if repeated and author else title


def articles(document: Document, templates: Templates, pages: paged.Setting) -> Articles:
    """Give what sets the chapters of a Document."""
    return Articles(document, templates, pages, _key(document, templates))


def _key(document: Document, templates: Templates) -> str:
    theme = templates.theme
    if not theme.cache or not theme.cache.folder or theme.own:
        return ""
    about = (templates.value("edition"), templates.value("geometry"), document.publication.settings)
    pictures = sorted((name, str(path)) for name, path in document.images.items())
    return fingerprint.digest("articles", fingerprint.program(), theme.key, about, pictures)
