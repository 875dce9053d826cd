"""Structure elements of a PDF, written from a tree of Nodes (ISO 32000-1 §14.7.2 to §14.7.4).

Puts itself in the place of WeasyPrint's `add_tags`: a StructTreeRoot with one Document, its
ParentTree with an entry for each page and each annotation, its IDTree. The tree of a unit alone has
no root; binding hangs it in.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pydyf
from weasyprint import pdf as drawing

from warraq.engine.guard import wrap
from warraq.engine.marks import page_dictionaries
from warraq.engine.strings import RIGHT_TO_LEFT, Text
from warraq.engine.structure import Annotated, Content, Kid, Node, Reader
from warraq.engine.structure_grammar import settle
from warraq.engine.terse import shorten
from warraq.engine.trees import document_element, name_tree

ADD_TAGS = "f0e74575b0bafaf3"


def mend() -> list[str]:
    """Replace the function, once; give its name if it is not the one we know."""
    return wrap(drawing, "add_tags", ADD_TAGS, lambda _stock: add_tags)


@dataclass(frozen=True, slots=True)
class Tree:
    """What the tree of a unit is hung in by: its elements, its entries of the two other trees.

    `parents` is the object that leads from its entries, `entries` of them, to their elements.
    """

    elements: tuple[bytes, ...] = ()
    parents: bytes = b""
    entries: int = 0
    ids: Mapping[str, bytes] = field(default_factory=dict)


def read_tree(pdf: pydyf.PDF, document: Any, streams: list[Any], parent: bytes, first: int) -> Tree:
    """Write the structure of a laid-out document under an element of that reference.

    `first` is the number of its first page in the tree of parents.
    """
    reader = Reader(document.metadata.lang or "")
    for number, (page, stream) in enumerate(zip(document.pages, streams, strict=True)):
        reader.read(number, page._page_box, stream._tags)  # noqa: SLF001 - there is no public way to the boxes
    settle(reader.root)
    shorten(reader.root, streams)
    writer = _Writer(pdf, len(document.pages), first)
    elements = tuple(writer.write(kid, parent) for kid in reader.root.kids if isinstance(kid, Node))
    parents, entries = writer.parent_tree()
    for page, entry in zip(page_dictionaries(pdf), itertools.count(first)):
        page["StructParents"] = entry
    return Tree(elements, parents, entries, writer.ids)


def add_tags(pdf: pydyf.PDF, document: Any, _version: str, streams: list[Any]) -> None:
    """Add the structure tree of a laid-out document to its PDF, and a root to it."""
    root, whole = pydyf.Dictionary({"Type": "/StructTreeRoot"}), pydyf.Dictionary()
    pdf.add_object(root)
    pdf.add_object(whole)
    tree = read_tree(pdf, document, streams, whole.reference, 0)
    whole.update(document_element(tree.elements, root.reference))
    root.update({"K": pydyf.Array([whole.reference]), "ParentTree": tree.parents})
    if tree.ids:
        root["IDTree"] = name_tree(tree.ids)
    pdf.catalog["StructTreeRoot"] = root.reference
    pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})


class _Writer:
    """Writes nodes as objects of a PDF, and keeps what the trees of the root need."""

    def __init__(self, pdf: pydyf.PDF, pages: int, first: int) -> None:
        self.pdf, self.first = pdf, first
        self.page_references = tuple(pdf.page_references)
        self.marked: list[dict[int, bytes]] = [{} for _ in range(pages)]
        self.annotations: list[tuple[bytes, Any]] = []
        self.ids: dict[str, bytes] = {}

    def write(self, node: Node, parent: bytes) -> bytes:
        """Write a node and all below it; give its reference."""
        element = pydyf.Dictionary({"S": f"/{node.type}", "P": parent})
        self.pdf.add_object(element)
        reference: bytes = element.reference
        element.update(self._entries(node, reference))
        home = next((kid.page for kid in node.kids if isinstance(kid, Content)), None)
        if home is not None:
            element["Pg"] = self.page_references[home]
        holder, held = (element, reference) if "ActualText" not in element else self._inner(element, reference)
        holder["K"] = pydyf.Array([self._kid(kid, held, home) for kid in node.kids])
        self._describe_links(node)
        node.parent = None
        return reference

    def _inner(self, element: pydyf.Dictionary, reference: bytes) -> tuple[pydyf.Dictionary, bytes]:
        """Put a Span between an element with an ActualText and its content.

        MuPDF gives an ActualText once for each piece of content right below its element, and reversed.
        """
        inner = pydyf.Dictionary({"S": "/Span", "P": reference})
        if "Pg" in element:
            inner["Pg"] = element["Pg"]
        self.pdf.add_object(inner)
        element["K"] = pydyf.Array([inner.reference])
        return inner, inner.reference

    def _entries(self, node: Node, reference: bytes) -> Mapping[str, Any]:
        entries = dict(node.entries)
        if identity := entries.pop("ID", None):
            entries["ID"] = Text(identity)
            self.ids[identity] = reference
        if RIGHT_TO_LEFT.search(node.text):
            entries["ActualText"] = Text(node.text)
        return entries

    def _kid(self, kid: Kid, reference: bytes, home: int | None) -> Any:
        if isinstance(kid, Node):
            return self.write(kid, reference)
        if isinstance(kid, Annotated):
            self.annotations.append((reference, kid.annotation))
            return pydyf.Dictionary(
                {"Type": "/OBJR", "Obj": kid.annotation.reference, "Pg": self.page_references[kid.page]}
            )
        self.marked[kid.page][kid.mcid] = reference
        if kid.page == home:
            return kid.mcid
        return pydyf.Dictionary({"Type": "/MCR", "Pg": self.page_references[kid.page], "MCID": kid.mcid})

    def _describe_links(self, node: Node) -> None:
        """Describe annotations by the text that they lie on (ISO 14289-1 §7.18.5)."""
        annotations = [kid.annotation for kid in node.kids if isinstance(kid, Annotated)]
        text = " ".join("".join(part.text for part in node.walk()).split()) if annotations else ""
        for annotation in annotations:
            annotation["Rect"] = pydyf.Array(round(edge, 3) for edge in annotation["Rect"])
            if text:
                annotation["Contents"] = Text(text)

    def parent_tree(self) -> tuple[bytes, int]:
        """Write the tree that leads from content and annotations to their elements; count its entries."""
        numbers: list[Any] = []
        for entry, marked in enumerate(self.marked, start=self.first):
            numbers += [entry, pydyf.Array([marked.get(mcid, "null") for mcid in range(max(marked, default=-1) + 1)])]
        for entry, (reference, annotation) in enumerate(self.annotations, start=self.first + len(self.marked)):
            annotation["StructParent"] = entry
            numbers += [entry, reference]
        limits = pydyf.Array([numbers[0], numbers[-2]])
        tree = pydyf.Dictionary({"Nums": pydyf.Array(numbers), "Limits": limits})
        self.pdf.add_object(tree)
        return tree.reference, len(numbers) // 2
