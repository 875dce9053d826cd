"""The structure tree of a tagged PDF, read from laid-out boxes (ISO 32000-1 §14.7, ISO 14289-1).

WeasyPrint 70 makes an element of every box (`pdf.tags.add_tags`), so that a paragraph, list or
table parted by a page becomes two, notes lose their calls, running heads hang in the air and
every element walks over all pages to find its own. Here an element of HTML is one element of
the tree, however many boxes it fell into:

    boxes ─► tree of Nodes (`Reader`) ─► in order (`structure_grammar`) ─► elements of the PDF (`structure_writing`)

What is no content (running heads, leaders, repeated table heads, ornaments) was drawn as an
artifact (`artifacts`) and never comes here. The runs of text of an element become one `Span`
with their text in logical order: glyphs of right-to-left text stand in the content in visual
order, and the Span's ActualText is what assistive technology reads instead.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pydyf
from weasyprint.formatting_structure import boxes

from warraq.engine.roles import HEADINGS, LIST_ITEM_PARTS, Role, role_of
from warraq.engine.strings import standing_for
from warraq.engine.walks import placed

#: What a note would be read in the middle of, if it stood at its call.
CLOSED = HEADINGS | {"Caption", "TH", "Lbl"}
#: What a line that is hyphenated ends with.
HYPHEN = "\u2010"
#: Characters of a Span: PDF/A takes strings of 32,767 bytes (ISO 19005-3 §6.1.13), two or four a character.
LONGEST = 4000
#: pt to a CSS px.
SCALE = 0.75


@dataclass(frozen=True, slots=True)
class Content:
    """A marked piece of a page's content."""

    page: int
    mcid: int


@dataclass(frozen=True, slots=True)
class Annotated:
    """A link annotation on a page."""

    page: int
    annotation: Any


@dataclass(eq=False, slots=True)
class Node:
    """An element of the structure tree; `entries` are those of its dictionary besides the usual.

    A Span of text only has its text, and the line that it ends on.
    """

    type: str
    entries: dict[str, Any] = field(default_factory=dict)
    parent: Node | None = None
    kids: list[Kid] = field(default_factory=list)
    text: str = ""
    line: int = 0

    def add(self, kid: Node) -> Node:
        """Hang a node in; what a list item holds besides its label goes into its body."""
        home = self.body() if self.type == "LI" and kid.type not in LIST_ITEM_PARTS else self
        kid.parent = home
        home.kids.append(kid)
        return kid

    def add_after(self, sibling: Node, kid: Node) -> None:
        """Hang a node in right after another."""
        kid.parent = self
        self.kids.insert(self.kids.index(sibling) + 1, kid)

    @property
    def link(self) -> Node:
        """Give the link that this node is or stands in, made within it if there is none."""
        links = (node for node in (self, *self.ancestors) if node.type == "Link")
        return next(links, None) or self.add(Node("Link"))

    def annotate(self, annotated: Annotated) -> None:
        """Put an annotation before what it lies on, so that it parts no text."""
        index = next((i for i, kid in enumerate(self.kids) if not isinstance(kid, Annotated)), len(self.kids))
        self.kids.insert(index, annotated)

    def body(self) -> Node:
        """Give the body of a list item, made if there is none."""
        bodies = (kid for kid in self.kids if isinstance(kid, Node) and kid.type == "LBody")
        return next(bodies, None) or self.add(Node("LBody"))

    @property
    def ancestors(self) -> Iterator[Node]:
        """Give the nodes around this one, the nearest first."""
        node = self.parent
        while node is not None:
            yield node
            node = node.parent

    def walk(self) -> Iterator[Node]:
        """Give this node and all below it, in reading order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Node):
                yield from kid.walk()


Kid = Node | Content | Annotated


class Reader:
    """Reads the boxes of pages into one tree, page by page."""

    def __init__(self, language: str) -> None:
        """Begin a tree in a language (BCP 47)."""
        self.root = Node("Document")
        self._language = language
        self._nodes: dict[tuple[int, str], Node] = {}
        self._tags: Mapping[Any, Mapping[str, Any]] = {}
        self._page = self._line = 0
        self._height = 0.0

    def read(self, page: int, page_box: Any, tags: Mapping[Any, Mapping[str, Any]]) -> None:
        """Read a page; `tags` are the marked pieces of its content, by box.

        Notes come last: their calls have made places for them by then.
        """
        self._page, self._tags, self._height = page, tags, page_box.margin_height()
        children = [child for child in page_box.children if not isinstance(child, boxes.MarginBox)]
        for child in sorted(children, key=lambda child: isinstance(child, boxes.FootnoteAreaBox)):
            self._read(child, self.root)

    def _read(self, box: Any, parent: Node) -> None:
        box = placed(box)
        if isinstance(box, boxes.TextBox):
            self._read_text(box, parent)
            return
        picture = isinstance(box, boxes.ReplacedBox)
        parent = self._read_picture(box, parent) if picture else self._node(box, parent)
        if box.link_annotation:
            link = parent.link
            link.annotate(Annotated(self._page, box.link_annotation))
            # What a call or a marker of a note says stands within its link.
            parent = link if link.parent is parent and "::" in box.element_tag else parent
        self._line += isinstance(box, boxes.LineBox)
        for child in getattr(box, "children", ()):
            self._read(child, parent)

    def _read_text(self, box: Any, parent: Node) -> None:
        """Add a piece of text to the Span that it goes on with, or to a new one."""
        if box not in self._tags:
            return
        home = parent.body() if parent.type == "LI" else parent
        last = home.kids[-1] if home.kids else None
        open_ended = isinstance(last, Node) and 0 < len(last.text) < LONGEST
        span = last if isinstance(last, Node) and open_ended else home.add(Node("Span", line=self._line))
        span.text = _joined(span.text, source_text(box), same_line=span.line == self._line)
        span.line = self._line
        span.kids.append(Content(self._page, self._tags[box]["mcid"]))

    def _read_picture(self, box: Any, parent: Node) -> Node:
        """Add a picture; the element `figure` around it, if there is one, is its node."""
        if box not in self._tags:
            return parent
        kind = "Formula" if box.element.get("class") == "math" else "Figure"
        own = parent.type == kind == "Figure" and "Alt" not in parent.entries
        node = parent if own else parent.add(Node(kind))
        x, y = box.content_box_x(), box.content_box_y()
        corners = (x, self._height - y - box.height, x + box.width, self._height - y)
        layout = {"O": "/Layout", "BBox": pydyf.Array([round(corner * SCALE, 3) for corner in corners])}
        node.entries |= {"Alt": pydyf.String(alternative(box.element)), "A": pydyf.Dictionary(layout)}
        node.kids.append(Content(self._page, self._tags[box]["mcid"]))
        return node

    def _node(self, box: Any, parent: Node) -> Node:
        """Find the node of a box, or make it; a box that means nothing is what is around it."""
        element, tag = box.element, box.element_tag
        if tag is None or element is None or isinstance(element, str) or tag in {"html", "body"}:
            return parent
        key = (id(element), tag)
        if key not in self._nodes:
            self._nodes[key] = self._made(box, parent, role_of(box))
        return self._nodes[key]

    def _made(self, box: Any, parent: Node, role: Role) -> Node:
        if role.type == "Reference":
            return self._called(box.element, parent)
        if role.type == parent.type == "Table":  # the table within a figure
            return parent
        written = {} if "::" in box.element_tag else box.element.attrib
        language = self._foreign(written.get("lang", ""), parent)
        if not role.type and not language:
            return parent
        kind = "TOCI" if role.type == "LI" and parent.type == "TOC" else role.type
        node = Node(kind or "Span", dict(role.entries))
        if language:
            node.entries["Lang"] = pydyf.String(language)
        if identity := written.get("id"):
            node.entries["ID"] = identity
        return _item(parent, node, box.element_tag).add(node)

    def _called(self, element: Any, parent: Node) -> Node:
        """Make a note's call and, after it, the place of the note (ISO 14289-1 §7.9)."""
        call = parent.add(Node("Reference"))
        note = Node("Note", {"ID": element.get("id", f"note-{len(self._nodes)}")})
        self._nodes[id(element), element.tag] = note
        sibling = next((node for node in call.ancestors if node.type in CLOSED), call)
        if sibling.parent is not None:
            sibling.parent.add_after(sibling, note)
        return call

    def _foreign(self, declared: str, parent: Node) -> str:
        """Give the language of an element where it is not that of what is around it."""
        if not declared:
            return ""
        languages = (node.entries["Lang"].string for node in (parent, *parent.ancestors) if "Lang" in node.entries)
        return "" if declared == next(languages, self._language) else declared


def _item(parent: Node, node: Node, tag: str) -> Node:
    """Find where a node hangs: terms and definitions of a list stand in items (`dt`, `dd`)."""
    if parent.type != "L" or node.type not in LIST_ITEM_PARTS:
        return parent
    last = parent.kids[-1] if parent.kids else None
    return last if tag == "dd" and isinstance(last, Node) else parent.add(Node("LI"))


def _joined(before: str, text: str, *, same_line: bool) -> str:
    """Join two pieces of text; layout took the space away where a line ends."""
    if same_line or not before or before[-1].isspace() or text[:1].isspace():
        return before + text
    return before.removesuffix(HYPHEN) + text if before.endswith(HYPHEN) else f"{before} {text}"


def source_text(box: Any) -> str:
    """Give the text of a box as it was written, without the strokes of justification.

    Characters for private use stand for the digits of a page number that can change.
    """
    if hasattr(box, "cited"):
        return standing_for(box.cited[1], box.text)
    text: str = box.text
    strokes = sorted(getattr(box, "kashidas", ()))
    if not strokes:
        return text
    return "".join([text[after + 1 : at] for after, at in pairwise((-1, *strokes, len(text)))])


def source_length(box: Any) -> int:
    """Tell how many characters the text of a box had as it was written, without blanks."""
    return sum(map(len, box.text.split())) - len(getattr(box, "kashidas", ()))


def alternative(element: Any) -> str:
    """Give the text that stands for a picture, or nothing where it is an ornament."""
    title = element.find("{http://www.w3.org/2000/svg}title")
    return element.get("alt") or element.get("aria-label") or (title.text if title is not None else "") or ""
