"""Structure elements of a PDF, written from a tree of Nodes (ISO 32000-1 §14.7.2 to §14.7.4).

Puts itself in the place of WeasyPrint's `add_tags`. The tree comes out as WeasyPrint's does: a
StructTreeRoot with one Document, its ParentTree with one entry a page and one an annotation.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pydyf
from weasyprint import pdf as drawing

from warraq.engine.guard import wrap
from warraq.engine.structure import Annotated, Content, Kid, Node, Reader
from warraq.engine.structure_grammar import settle

ADD_TAGS = "f0e74575b0bafaf3"
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


def mend() -> list[str]:
    """Replace the function, once; give its name if it is not the one we know."""
    return wrap(drawing, "add_tags", ADD_TAGS, lambda _stock: add_tags)


def add_tags(pdf: pydyf.PDF, document: Any, _version: str, streams: list[Any]) -> None:
    """Add the structure tree of a laid-out document to its PDF."""
    reader = Reader(document.metadata.lang or "")
    for number, (page, stream) in enumerate(zip(document.pages, streams, strict=True)):
        reader.read(number, page._page_box, stream._tags)  # noqa: SLF001 - there is no public way to the boxes
    settle(reader.root)
    root = pydyf.Dictionary({"Type": "/StructTreeRoot"})
    pdf.add_object(root)
    writer = _Writer(pdf, len(document.pages))
    root["K"] = pydyf.Array([writer.write(reader.root, root.reference)])
    root["ParentTree"] = writer.parent_tree()
    if writer.ids:
        root["IDTree"] = writer.id_tree()
    pdf.catalog["StructTreeRoot"] = root.reference
    pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})


class _Writer:
    """Writes nodes as objects of a PDF, and keeps what the trees of the root need."""

    def __init__(self, pdf: pydyf.PDF, pages: int) -> None:
        self.pdf = pdf
        self.page_references = tuple(pdf.page_references)
        self.marked: list[dict[int, bytes]] = [{} for _ in range(pages)]
        self.annotations: list[tuple[bytes, Any]] = []
        self.ids: dict[str, bytes] = {}

    def write(self, node: Node, parent: bytes) -> bytes:
        """Write a node and all below it; give its reference."""
        element = pydyf.Dictionary({"Type": "/StructElem", "S": f"/{node.type}", "P": parent})
        self.pdf.add_object(element)
        reference: bytes = element.reference
        element.update(self._entries(node, reference))
        home = next((kid.page for kid in node.kids if isinstance(kid, Content)), None)
        if home is not None:
            element["Pg"] = self.page_references[home]
        holder, held = (element, reference) if "ActualText" not in element else self._inner(element, reference)
        holder["K"] = pydyf.Array([self._kid(kid, held, home) for kid in node.kids])
        self._describe_links(node)
        return reference

    def _inner(self, element: pydyf.Dictionary, reference: bytes) -> tuple[pydyf.Dictionary, bytes]:
        """Put a Span between an element with an ActualText and its content.

        MuPDF gives an ActualText once for each piece of content right below its element, and reversed.
        """
        inner = pydyf.Dictionary({"Type": "/StructElem", "S": "/Span", "P": reference})
        if "Pg" in element:
            inner["Pg"] = element["Pg"]
        element["K"] = pydyf.Array([self._added(inner)])
        return inner, inner.reference

    def _entries(self, node: Node, reference: bytes) -> Mapping[str, Any]:
        entries = dict(node.entries)
        if identity := entries.pop("ID", None):
            entries["ID"] = pydyf.String(identity)
            self.ids[identity] = reference
        if RIGHT_TO_LEFT.search(node.text):
            entries["ActualText"] = pydyf.String(node.text)
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
            if text:
                annotation["Contents"] = pydyf.String(text)

    def parent_tree(self) -> bytes:
        """Write the tree that leads from pieces of content and annotations to their elements."""
        numbers: list[Any] = []
        for page, marked in enumerate(self.marked):
            numbers += [page, pydyf.Array([marked.get(mcid, "null") for mcid in range(max(marked, default=-1) + 1)])]
        for number, (reference, annotation) in enumerate(self.annotations, start=len(self.marked)):
            annotation["StructParent"] = number
            numbers += [number, reference]
        return self._added(pydyf.Dictionary({"Nums": pydyf.Array(numbers)}))

    def id_tree(self) -> bytes:
        """Write the tree that leads from ids to their elements."""
        names: list[Any] = []
        for encoded, reference in sorted((pydyf.String(identity).data, ref) for identity, ref in self.ids.items()):
            names += [encoded, reference]
        return self._added(pydyf.Dictionary({"Names": pydyf.Array(names)}))

    def _added(self, dictionary: pydyf.Dictionary) -> bytes:
        self.pdf.add_object(dictionary)
        reference: bytes = dictionary.reference
        return reference
