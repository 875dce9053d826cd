"""A chapter's trees made ready for a browser.

Notes become links both ways, headings take the levels that their place in the page asks
for, wide tables scroll in a frame of their own, and what old HTML says of looks is
dropped. Each tree's first block bears its number (`data-b`), by which a search finds it.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from warraq.document import Chapter, Note
from warraq.editions.labels import Labels
from warraq.editions.web.search import Index, block_texts
from warraq.reading.trees import with_parents

HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
#: Attributes of HTML 3 to 4 that HTML 5 took out (WHATWG HTML §16.2); style sheets do this.
OLD = {
    *("align", "bgcolor", "border", "cellpadding", "cellspacing", "char", "charoff", "clear", "compact", "face"),
    *("frame", "frameborder", "hspace", "longdesc", "marginheight", "nowrap", "noshade", "rules", "size", "summary"),
    *("valign", "vspace", "srcset", "sizes", "loading", "name", "markdown", "color", "background"),
}
OLD_TAGS = {"center": "div", "font": "span", "big": "span", "tt": "code", "strike": "s", "acronym": "abbr"}
#: Where `width` and `height` are still of HTML.
SIZED = {"img"}


@dataclass(frozen=True, slots=True)
class WebNote:
    """A note as a page sets it: `call` is the id of its first call, which it leads back to.

    `number` is its mark, which need not be a number.
    """

    id: str
    number: str
    call: str
    body: Element


@dataclass(frozen=True, slots=True)
class WebChapter:
    """A chapter as a page sets it; `level` is that of its title, `block` the title's number."""

    chapter: Chapter
    heading: Element
    body: Element
    notes: tuple[WebNote, ...]
    level: int
    block: int
    abstract: tuple[tuple[str, Element], ...] = ()

    @property
    def trees(self) -> Iterator[Element]:
        """All trees of the chapter, in the order of the page."""
        yield self.heading
        yield from (tree for _, tree in self.abstract)
        yield self.body
        yield from (note.body for note in self.notes)


def web_chapter(chapter: Chapter, level: int, table_name: str, labels: Labels, index: Index) -> WebChapter:
    """Copy the trees of a chapter, make them ready, and put their words into the index."""
    notes = {note.id: note for note in chapter.notes}
    called: dict[str, int] = {}

    def ready(tree: Element) -> Element:
        own = copy.deepcopy(tree)
        _call_notes(own, notes, called)
        labels.fill(own)
        _clean(own)
        _frame_tables(own, table_name)
        return own

    heading = ready(chapter.heading)
    abstract = tuple((language, ready(tree)) for language, tree in chapter.abstract)
    body, *bodies = map(ready, (chapter.body, *(note.body for note in chapter.notes)))
    _set_levels(body, level)
    block = index.add_line(heading)
    for tree in (*(tree for _, tree in abstract), body):
        index.add(tree)
    for tree in bodies:
        _set_levels(tree, level + 1)
        index.add(tree)
    written = tuple(
        WebNote(note.id, note.mark, _call_id(note.id, 1) if note.id in called else "", tree)
        for note, tree in zip(chapter.notes, bodies, strict=True)
    )
    return WebChapter(chapter, heading, body, written, level, block, abstract)


def _call_id(note: str, nth: int) -> str:
    return f"call-{note}" if nth == 1 else f"call-{note}-{nth}"


def _call_notes(tree: Element, notes: dict[str, Note], called: dict[str, int]) -> None:
    """Make each call a link with its number, and an id to come back to."""
    for call in tree.iter("a"):
        note = notes.get(call.attrib.pop("data-note", ""))
        if note is None:
            continue
        called[note.id] = called.get(note.id, 0) + 1
        call.set("id", _call_id(note.id, called[note.id]))
        call.set("role", "doc-noteref")
        call.text = f"({note.mark})"


def _clean(tree: Element) -> None:
    """Drop what HTML 5 does not know."""
    for element in tree.iter():
        element.tag = OLD_TAGS.get(element.tag, element.tag)
        for name in list(element.attrib):
            sized = name in ("width", "height") and not (element.tag in SIZED and element.attrib[name].isdigit())
            if sized or name in OLD or name.startswith("on"):
                del element.attrib[name]
    for cell in tree.iter("th"):
        if not len(cell) and not (cell.text or "").strip():
            cell.tag = "td"  # a header that says nothing heads nothing
            cell.attrib.pop("scope", None)
    for image in tree.iter("img"):
        if image.get("alt") is None:
            image.set("alt", "")
    for aside in tree.iter("aside"):
        aside.set("role", "note")  # else it would be a landmark, each with a name of its own


def _frame_tables(tree: Element, name: str) -> None:
    """Put each table into a frame that scrolls when the table is wider than the page."""
    for parent, table in list(with_parents(tree)):
        if table.tag != "table":
            continue
        caption = parent.find("figcaption") if parent.tag == "figure" else None
        label = " ".join("".join(caption.itertext()).split()) if caption is not None else name
        frame = Element("div", {"class": "frame", "role": "group", "tabindex": "0", "aria-label": label})
        at = list(parent).index(table)
        frame.tail, table.tail = table.tail, None
        parent[at] = frame
        frame.append(table)


def _set_levels(tree: Element, above: int) -> None:
    """Give headings levels without a gap below `above`; their looks keep the author's level."""
    open_levels: list[int] = []
    for element in tree.iter():
        if element.tag not in HEADINGS:
            continue
        level = int(element.tag[1])
        while open_levels and open_levels[-1] >= level:
            open_levels.pop()
        open_levels.append(level)
        element.set("class", f"level-{level} {element.get('class', '')}".strip())
        element.tag = f"h{min(6, above + len(open_levels))}"


def ids(page: WebChapter) -> Iterator[str]:
    """Give all ids that stand on the page of a chapter."""
    yield page.chapter.id
    yield from (note.id for note in page.notes)
    for tree in page.trees:
        yield from (found for element in tree.iter() if (found := element.get("id")))


def own_words(tree: Element, limit: int) -> str:
    """Give the beginning of a tree's text without calls of notes, cut at a word."""
    texts = (text for text in block_texts(tree) if text.strip())
    words = " ".join(" ".join(texts).split()[:limit])
    return words if len(words) <= limit else words[:limit].rpartition(" ")[0] + " …"
