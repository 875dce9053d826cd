"""The content documents of an e-book, in the order of its spine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

from warraq.composition.names import first_text
from warraq.composition.templates import Templates
from warraq.diagnostics import BookError, Diagnostic, Place, isolate
from warraq.document import Chapter, Document
from warraq.editions import PageStart
from warraq.editions.epub import chapters, markup
from warraq.editions.epub.pictures import Pictures
from warraq.editions.labels import Labels

NAV = "contents"


@dataclass(slots=True)
class Sheet:
    """One content document: its name (manifest id and file), and its tree."""

    name: str
    root: Element

    @property
    def path(self) -> str:
        """The file's path in the container, below the package's folder."""
        return f"text/{self.name}.xhtml"

    @property
    def properties(self) -> str:
        """What the manifest must say of the file (EPUB 3.3 §D.7.2)."""
        tags = {element.tag for element in self.root.iter()}
        known = (("math", "mathml"), ("svg", "svg"))
        return " ".join([*(["nav"] if self.name == NAV else []), *(word for tag, word in known if tag in tags)])


@dataclass(slots=True)
class Writer:
    """Writes the content documents of one Document; faults met on the way are gathered."""

    document: Document
    templates: Templates
    pictures: Pictures
    cover: str
    starts: Sequence[PageStart]
    labels: Mapping[str, Labels]
    folios: Mapping[str, str]
    faults: list[Diagnostic] = field(default_factory=list)

    def sheets(self, values: Mapping[str, Any]) -> list[Sheet]:
        """Write all content documents, as they follow each other."""
        return list(self._sheets(values))

    def _sheets(self, values: Mapping[str, Any]) -> Iterator[Sheet]:
        document = self.document
        slim = document.is_single
        where = "none" if slim else document.publication.settings.contents.place
        numbers = iter(range(1, len(document.chapters) + 1))
        yield self._sheet("cover", picture=f"../{self.cover}")
        if not slim:
            yield self._sheet("title-page")
            yield self._sheet("imprint")
        if where == "front":
            yield self._sheet(NAV, **values)
            yield from self._exhibit_lists()
        for chapter in document.front:
            yield from self._chapter(chapter, next(numbers), "frontmatter")
        yield from self._body(numbers)
        for chapter in document.back:
            yield from self._chapter(chapter, next(numbers), "backmatter")
        if where == "back":
            yield from self._exhibit_lists()
            yield self._sheet(NAV, **values)
        for number, index in enumerate(document.indexes, 1):
            yield self._sheet("index", index.id, f"index-{number}", index=index)
        yield self._colophon()
        if where == "none":
            yield self._sheet(NAV, **values)

    def _exhibit_lists(self) -> Iterator[Sheet]:
        for kind, exhibits in self.document.exhibit_lists:
            yield self._sheet("exhibits", f"list-of-{kind}s", kind=kind, exhibits=exhibits)

    def _body(self, numbers: Iterator[int]) -> Iterator[Sheet]:
        titled = 0
        for part in self.document.parts:
            if part.title:
                titled += 1
                yield self._sheet("part", part.id, part=part, number=titled)
            for chapter in part.chapters:
                yield from self._chapter(chapter, next(numbers), "bodymatter")

    def _sheet(self, template: str, unit: str = "", name: str = "", **values: object) -> Sheet:
        """Render a template as a file; pages that begin with the unit are marked first."""
        unit = unit or template
        before = values.pop("before") if "before" in values else self._starts(unit)
        text = self.templates.render(f"epub/{template}.xhtml", before=before, **values)
        try:
            return Sheet(name or unit, markup.parse(text))
        except markup.MalformedError as error:
            message = f"epub/{template}.xhtml is not well-formed: {error}"
            hint = "XHTML closes every tag, and knows &#160; rather than &nbsp;"
            raise BookError(Diagnostic("W302", message, Place("theme"), hint)) from None

    def _starts(self, unit: str) -> list[PageStart]:
        return [start for start in self.starts if start.unit == unit]

    def _trees(self, chapter: Chapter) -> chapters.ChapterTrees:
        labels, folio = self.labels[chapter.language], self.folios.get
        trees = chapters.trees(chapter, self._starts(chapter.id), self.pictures.address, labels, folio)
        for address in trees.remote:
            message = f"the remote image {isolate(address[:80])} became a link in the e-book"
            self.faults.append(Diagnostic("W410", message, chapter.place, "put a copy beside the article"))
        return trees

    def _chapter(self, chapter: Chapter, number: int, matter: str) -> Iterator[Sheet]:
        trees = self._trees(chapter)
        for at, file in enumerate(trees.files, 1):
            yield self._sheet(
                "chapter",
                chapter.id,
                f"chapter-{number:02}{f'-{at}' if at > 1 else ''}",
                before=trees.starts if at == 1 else [],
                chapter=chapter,
                trees=trees,
                file=file,
                opens=at == 1,
                matter=matter,
                title=first_text(chapter.title),
            )

    def _colophon(self) -> Sheet:
        about = self.document.colophon
        trees = self._trees(about) if about else None
        return self._sheet("colophon", before=trees.starts if trees else self._starts("colophon"), trees=trees)


def resolve_links(sheets: Sequence[Sheet]) -> dict[str, str]:
    """Lead each link to its file, and say the language in XML's way too; give ids with their files.

    A link to what the e-book does not have leaves its words.
    """
    where: dict[str, Sheet] = {}
    for sheet in sheets:
        for element in sheet.root.iter():
            if "id" in element.attrib:
                where[element.attrib["id"]] = sheet
    for sheet in sheets:
        for element in sheet.root.iter():
            if "lang" in element.attrib:
                element.attrib["xml:lang"] = element.attrib["lang"]
            if element.tag == "a" and "href" in element.attrib:
                _resolve(element, sheet, where)
    return {identity: sheet.path for identity, sheet in where.items()}


def _resolve(link: Element, sheet: Sheet, where: Mapping[str, Sheet]) -> None:
    address = link.attrib["href"]
    if not address.startswith("#"):
        _set_address(link, markup.sound_address(address))
        return
    identity = address[1:]
    target = where.get(identity)
    if target is None:
        _set_address(link, None)
    elif target is not sheet or sheet.name == NAV:
        # DAISY Ace looks for printed pages by whole addresses.
        link.set("href", f"{target.name}.xhtml#{identity}")
    else:
        link.set("href", f"#{identity}")


def _set_address(link: Element, address: str | None) -> None:
    """Lead a link to an address, or leave its words."""
    if address:
        link.set("href", address)
    else:
        link.tag = "span"
        del link.attrib["href"]
