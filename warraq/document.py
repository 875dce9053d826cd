"""The Document: a publication read and understood, before any edition sets it.

Nothing here has logic. Trees are `xml.etree.ElementTree.Element` of HTML elements
without a namespace, and nobody changes one after reading. Beyond plain HTML a tree holds:

    <a class="note-call" href="#ID" data-note="ID">       a call for the Note with that id
    <figure id class="figure"><img/><figcaption/>         a picture with its caption
    <figure class="table"><figcaption/><table/>           a table with its caption
    <div class="verse"><div class="bayt of-2"><span class="hemistich">  verse, one div a line: `of-2` to
        `of-6` hemistichs, `single`, or `free`; `stanza` begins a new one, `in-1` to `in-12` are
        indents, `data-number` is its number; before the lines `p.poem-title`, `p.poem-about`
    <blockquote>… <footer>                                a quotation and its attribution
    <blockquote class="quran"> (hadith, epigraph), <span class="quran">, <div class="dedication">
    <aside class="margin-note">, <span class="margin-note">  a note in the margin
    <a class="index-link" href="#ID">                     an entry of an index; pages are added in print
    <span class="citation"><a class="cited" href="#ref-KEY">  a citation, its works linked to their entries
    <div class="bibliography"><p class="entry" id="ref-KEY">  the entries of the works cited
    <span dir="ltr" lang="en"> (or rtl, in a left-to-right chapter)  an opposite run of text
    <span class="index-term" id>                          a place that an index leads to, with its words or none
    <span dir="ltr" class="number">                       a number that the line orders as a word

An `href` is `#id` for a place in the publication (ids are unique in the whole
publication), else an absolute URL. An `img` has as `src` a key of `Document.images`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from xml.etree.ElementTree import Element

from warraq.diagnostics import Place
from warraq.publication import Publication

#: A text by BCP 47 language tag; the first one is the one shown first.
Localized = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote; `number` counts from 1 in its chapter, `body` is a `div` of blocks.

    `mark` is what calls it, without brackets: a number in the publication's digits, a symbol
    or a letter. `series` names the series it is counted in (`ed`, `tr` …), or is empty.
    """

    id: str
    number: int
    body: Element
    mark: str = ""
    series: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading within a chapter, levels 2 to 6; `text` is for bookmarks and heads."""

    id: str
    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A figure or table that a list shows; `kind` is `figure` or `table`, `number` may be empty.

    `in_front` tells that it stands on pages that front matter counts.
    """

    kind: str
    id: str
    number: str
    caption: str
    language: str
    in_front: bool = False


@dataclass(frozen=True, slots=True)
class IndexPlace:
    """A place that an index leads to, by its id; `title` is that of its chapter, whose id is `chapter`."""

    id: str
    chapter: str
    title: str
    language: str
    is_main: bool = False


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """A term of an index with its places in reading order, and the entries below it.

    `see` and `also` send readers to other entries: each is the id of one (empty if it is not
    there) and its terms from the outermost. `letter` is what it stands under.
    """

    id: str
    term: str
    letter: str
    places: tuple[IndexPlace, ...] = ()
    see: tuple[tuple[str, tuple[str, ...]], ...] = ()
    also: tuple[tuple[str, tuple[str, ...]], ...] = ()
    below: tuple[IndexEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class IndexGroup:
    """The entries under one letter; terms that begin with none stand under an empty one."""

    letter: str
    entries: tuple[IndexEntry, ...]


@dataclass(frozen=True, slots=True)
class Index:
    """An index; one without a title of its author's is titled by its name."""

    id: str
    name: str
    title: Localized | None
    groups: tuple[IndexGroup, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """One article or chapter; `body` is a `div` that does not repeat the title.

    `direction` and `language` are the body's. `heading` is the title as a tree, with
    whatever markup and note calls it has; `title` is its plain text by language. `kind` is
    `bibliography` for the one that the program writes, else empty. `characters` are those of its
    text, each once; `key` is a digest of all of it, or empty where nothing is kept.
    """

    id: str
    title: Localized
    heading: Element
    body: Element
    direction: str
    language: str
    place: Place
    words: int
    notes: tuple[Note, ...] = ()
    headings: tuple[Heading, ...] = ()
    subtitle: Localized | None = None
    authors: tuple[Localized, ...] = ()
    date: date | None = None
    abstract: tuple[tuple[str, Element], ...] = ()
    kind: str = ""
    characters: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """Chapters under a part title; a part without a title has no opening page."""

    id: str
    title: Localized | None
    chapters: tuple[Chapter, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A whole publication: front matter, parts, back matter and the colophon's text."""

    publication: Publication
    front: tuple[Chapter, ...]
    parts: tuple[Part, ...]
    back: tuple[Chapter, ...]
    colophon: Chapter | None
    images: Mapping[str, Path]
    exhibits: tuple[Exhibit, ...] = ()
    indexes: tuple[Index, ...] = ()

    @property
    def chapters(self) -> tuple[Chapter, ...]:
        """All chapters in reading order, the colophon last."""
        body = [chapter for part in self.parts for chapter in part.chapters]
        last = [self.colophon] if self.colophon else []
        return (*self.front, *body, *self.back, *last)

    @property
    def is_single(self) -> bool:
        """Tell whether there is but one chapter beside the colophon."""
        return len(self.chapters) - bool(self.colophon) <= 1

    @property
    def exhibit_lists(self) -> tuple[tuple[str, tuple[Exhibit, ...]], ...]:
        """The lists of figures and of tables that the publication asks for, by kind."""
        lists = ((kind, tuple(e for e in self.exhibits if e.kind == kind)) for kind in ("figure", "table"))
        return tuple((kind, found) for kind, found in lists if found)

    @property
    def words(self) -> int:
        """The number of words in all chapters, notes and titles included."""
        return sum(chapter.words for chapter in self.chapters)
