"""A publication without `publication.toml` takes after its articles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from warraq.document import Chapter
from warraq.folders import FIRST
from warraq.manuscript import Manuscript
from warraq.publication import Publication
from warraq.values import author, changed


def adopted(publication: Publication, manuscript: Manuscript, chapters: Mapping[Path, Chapter]) -> Publication:
    """Give an undeclared publication the title of its one article, or of its index.

    From a single article it takes authors, date and language too; with several, it is set
    in the language of the first if none of them is in the publication's direction.
    """
    about = publication.settings.publication
    if publication.declared or not chapters or publication.settings.contributor:
        return publication
    articles = [source.path for part in manuscript.parts for source in part.sources]
    single = chapters[articles[0]] if len(articles) == 1 else None
    index = next((path for path in articles if path.stem.lower() in FIRST), None)
    named = single or (chapters[index] if index else None)
    changes: dict[str, object] = {"title": dict(named.title)} if named else {}
    if single:
        changes["date"] = single.date or about.date
    if all(chapter.direction == "ltr" for chapter in chapters.values()):
        changes["language"] = chapters[articles[0]].language
    authors = [author(name) for name in single.authors] if single else []
    settings = changed(publication.settings, publication=changed(about, **changes), contributor=authors)
    return replace(publication, settings=settings)
