"""Citations of works, and the bibliography of those that are cited.

    [@jahiz، ص 12]  ─►  <span class="citation">(<a href="#ref-jahiz">الجاحظ ١٩٩٨، ص ١٢</a>)</span>

Loaded only where a publication names sources. The bibliography stands where an element
has the id `refs`, else as a chapter after the others, or at the end of the only one. Works
in the script of the publication come first, each script in its own order.
"""

from __future__ import annotations

import difflib
import html
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from warraq.arabic.languages import direction_in, language_for
from warraq.diagnostics import BookError, Diagnostic, isolate
from warraq.publication import Publication
from warraq.reading.citations import placing, sources, style, typed
from warraq.reading.citations.sources import Work
from warraq.reading.citations.style import Cite, Style
from warraq.reading.draft import Draft
from warraq.reading.markup import from_html
from warraq.reading.trees import add_class
from warraq.theme import TEMPLATES, open_theme
from warraq.words import words


def settle(
    publication: Publication, drafts: Sequence[Draft], colophon: Path | None
) -> tuple[Draft | None, list[Diagnostic]]:
    """Write all citations of the chapters, and give the bibliography if it is a chapter of its own."""
    works = sources.collect(publication)
    try:
        sources.tell_apart(_cited(drafts, works.by_key))
        writer = _Writer(publication, works.by_key)
        for draft in drafts:
            writer.chapter(draft)
        chapters = [draft for draft in drafts if draft.source.path != colophon]
        return placing.place(publication, drafts, chapters, writer), works.faults
    except style.STUMBLES as error:
        return None, [*works.faults, _unusable(publication, str(error))]


def _cited(drafts: Sequence[Draft], works: Mapping[str, Work]) -> list[Work]:
    """List the works that the chapters cite, before anything is written."""
    keys: dict[str, None] = {}

    def note(group: typed.Group) -> None:
        keys.update(dict.fromkeys(cite.key for cite in group.cites))

    for draft in drafts:
        for root in _roots(draft):
            typed.rewrite(root, note)
    return [works[key] for key in keys if key in works]


def _roots(draft: Draft) -> list[Element]:
    """List the trees of a chapter in which works are cited."""
    return [] if draft.source.is_plain else [root for root in draft.text_roots if root is not draft.heading]


class _Writer:
    """The citations of a publication, in the order of reading."""

    def __init__(self, publication: Publication, works: dict[str, Work]) -> None:
        about = publication.settings.publication
        self.works = works
        self.main = about.language
        self.cited: dict[str, Work] = {}
        theme = open_theme(publication)
        text = _style_text(publication)
        self.said: dict[str, dict[str, Any]] = {}
        self.styles: dict[str, Style] = {}
        for direction in ("rtl", "ltr"):
            language = self.main if direction_in(self.main) == direction else language_for(direction, self.main)
            said = words(theme, language)
            self.said[direction] = said
            terms = said["citations"]["terms"]
            self.styles[direction] = Style(text, language, about.numerals, terms, list(works.values()))

    def chapter(self, draft: Draft) -> None:
        """Write the citations of a chapter; W240 for works that no source has."""
        counts: dict[str, int] = {}

        def write(group: typed.Group) -> Element | None:
            unknown = [cite.key for cite in group.cites if cite.key not in self.works]
            if unknown and group.told:
                return None
            for cite in group.cites:
                counts[cite.key] = counts.get(cite.key, 0) + 1
                if cite.key in unknown:
                    self._report(draft, cite.key, counts[cite.key])
            return _dead(group) if unknown else self._written(group, draft.direction)

        for root in _roots(draft):
            typed.rewrite(root, write)

    def _written(self, group: typed.Group, direction: str) -> Element:
        for cite in group.cites:
            self.cited.setdefault(cite.key, self.works[cite.key])
        ours, other = self.styles[direction], self.styles["ltr" if direction == "rtl" else "rtl"]
        comma = self.said[direction]["comma"]
        cites = [
            Cite(
                self.works[cite.key], cite.before, cite.pages, ours.digits(f"{comma}{cite.after}") if cite.after else ""
            )
            for cite in group.cites
        ]
        other.register(cites)
        if ours.is_numeric or not (group.told or (len(cites) == 1 and group.cites[0].bare)):
            written = ours.cite(cites)
            if group.told:
                written.text = f"{self._names(cites[0].work, direction)} {written.text or ''}"
        else:
            ours.register(cites)
            written = self._told(cites[0], direction, bare=not group.told)
        add_class(written, "citation")
        for link in written.iter("a"):
            link.attrib |= {"class": "cited", "role": "doc-biblioref"}
        return written

    def _told(self, cite: Cite, direction: str, *, bare: bool) -> Element:
        """Write a citation whose author is told in the sentence, or has been."""
        said, ours = self.said[direction], self.styles[direction]
        terms = said["citations"]
        pages = ours.digits(terms["pages"].format(pages=cite.pages)) if cite.pages else ""
        year = (ours.digits(cite.work.year) or terms["no-date"]) + cite.work.item.get("year-suffix", "")
        inside = said["comma"].join(filter(None, (year, pages))) + cite.after
        form = "({year})" if bare else terms["told"]
        names = ours.isolated(html.escape(self._names(cite.work, direction), quote=False))
        link = from_html(form.format(names=names, year=html.escape(inside, quote=False)))
        link.tag, link.attrib["href"] = "a", f"#ref-{cite.work.key}"
        span = Element("span")
        span.text = cite.before
        span.append(link)
        return span

    def _names(self, work: Work, direction: str) -> str:
        said = self.said[direction]
        names = [html.unescape(re.sub(r"<[^>]*>", "", name)) for name in work.names]
        if len(names) > 2 or names[-1] == sources.OTHERS:
            return f"{names[0]} {said['citations']['et-al']}"
        return str(said["and"]).join(names)

    def _report(self, draft: Draft, key: str, nth: int) -> None:
        near = difflib.get_close_matches(key, self.works, 1, 0.5)
        known = f"known keys: {', '.join(list(self.works)[:6])}" if self.works else "the sources have no works"
        hint = f"did you mean {isolate('@' + near[0])}?" if near else known
        place = draft.source.place_matching(rf"{typed.AT}-?(?P<at>@{re.escape(key)})(?![\w:/+-])", nth)
        draft.say("W240", f"no source has the work {isolate('@' + key)}", place, hint)

    def title(self, direction: str) -> str:
        """Give what the bibliography is called."""
        return str(self.said[direction]["citations"]["title"])

    def entries(self, direction: str) -> list[Element]:
        """Write the entries of all cited works for a chapter of a direction."""
        cited = list(self.cited.values())
        if self.styles[direction].is_numeric:
            cited.sort(key=self.styles[direction].number)
        else:
            main = direction_in(self.main)
            cited.sort(key=lambda work: (work.direction != main, work.order))
        return [self._entry(work, direction) for work in cited]

    def _entry(self, work: Work, direction: str) -> Element:
        entry = self.styles[work.direction].entry(work)
        entry.tag = "p"
        entry.attrib |= {"class": "entry", "id": f"ref-{work.key}"}
        if work.direction != direction:
            entry.attrib |= {"dir": work.direction, "lang": work.language}
        return entry


def _dead(group: typed.Group) -> Element:
    span = Element("span", {"class": "dead"})
    span.text = group.typed
    return span


def _style_text(publication: Publication) -> str:
    """Read the style: a file of the publication, or one of the theme by its name."""
    name = publication.settings.citations.style
    root = publication.root
    paths = [root / name, root / "theme" / f"{name}.csl", TEMPLATES / f"{name}.csl"]
    found = next((path for path in paths if path.is_file() and path.suffix == ".csl"), None)
    if found is None or not found.resolve().is_relative_to(TEMPLATES if found == paths[2] else root):
        hint = "name a .csl file of the publication, or author-date"
        place = publication.config_place("citations", "style")
        raise BookError(Diagnostic("W107", f"the style {name} is missing", place, hint))
    return found.read_text("utf-8-sig")


def _unusable(publication: Publication, message: str) -> Diagnostic:
    said = f"the style {publication.settings.citations.style} cannot be used: {message}"
    return Diagnostic("W242", said, publication.config_place("citations", "style"), "take another CSL style")
