"""What elements of HTML are in the structure tree of a PDF (ISO 32000-1 §14.8.4).

A role without a type says that an element adds nothing for a reader: its content belongs to
the element around it. Emphasis has no type in PDF 1.7, so it is such a one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pydyf

TYPES = {
    "section": "Sect", "article": "Art", "div": "Div", "aside": "Div", "details": "Div",
    "p": "P", "pre": "P", "summary": "P", "address": "P", "footer": "P",
    "h1": "H1", "h2": "H2", "h3": "H3", "h4": "H4", "h5": "H5", "h6": "H6",
    "blockquote": "BlockQuote", "q": "Quote", "code": "Code", "cite": "Span",
    "ul": "L", "ol": "L", "dl": "L", "li": "LI", "dt": "Lbl", "dd": "LBody",
    "table": "Table", "thead": "THead", "tbody": "TBody", "tfoot": "TFoot", "tr": "TR", "th": "TH", "td": "TD",
    "caption": "Caption", "figcaption": "Caption", "a": "Link",
}  # fmt: skip
PSEUDO = {"marker": "Lbl", "footnote-marker": "Lbl", "footnote-call": "Reference"}
#: By class, since templates set them in elements of HTML that mean less.
CLASSES = {
    "bayt": "P", "entries": "TOC", "entry-headings": "TOC",
    "as-p": "P", "as-div": "Div", "as-blockquote": "BlockQuote", "as-footer": "P", "as-pre": "P", "as-figure": "Div",
    "as-ul": "L", "as-ol": "L", "as-li": "LI", "as-table": "Table", "as-thead": "THead", "as-tbody": "TBody",
    "as-tr": "TR", "as-td": "TD", "as-th": "TH",
}  # fmt: skip
#: What may stand in a list item beside its body (ISO 32000-1 table 336).
LIST_ITEM_PARTS = frozenset({"Lbl", "LBody"})
HEADINGS = frozenset({"H1", "H2", "H3", "H4", "H5", "H6"})
PICTURES = ("img", "svg", "{http://www.w3.org/2000/svg}svg")


@dataclass(frozen=True, slots=True)
class Role:
    """The type of an element in the tree, or nothing, and entries of its dictionary."""

    type: str
    entries: Mapping[str, Any] = field(default_factory=dict)


def role_of(box: Any) -> Role:
    """Tell what a box of WeasyPrint is in the structure tree."""
    tag, _, pseudo = box.element_tag.partition("::")
    if pseudo:
        return Role(PSEUDO.get(pseudo, ""))
    kind = _type(box.element, tag)
    return Role(kind, _entries(kind, box))


def _type(element: Any, tag: str) -> str:
    for name in element.get("class", "").split():
        if name in CLASSES:
            return CLASSES[name]
    if tag == "figure":
        return _figure(element)
    return "" if tag == "a" and not element.get("href") else TYPES.get(tag, "")


def _figure(element: Any) -> str:
    """Take a figure for what it holds: a table or a picture, with its caption."""
    if element.find(".//table") is not None:
        return "Table"
    return "Figure" if any(element.find(f".//{tag}") is not None for tag in PICTURES) else "Div"


def _entries(kind: str, box: Any) -> dict[str, Any]:
    """Give the attributes that assistive technology asks for (ISO 14289-1 §7.5, §7.6)."""
    if kind in {"TH", "TD"}:
        return _cell(kind, box)
    if kind == "L":
        style = box.style["list_style_type"]
        numbering = "None" if style == "none" else "Disc" if box.element.tag == "ul" else "Decimal"
        return {"A": pydyf.Dictionary({"O": "/List", "ListNumbering": f"/{numbering}"})}
    if kind == "Span" and (expansion := box.element.get("title")):
        return {"E": pydyf.String(expansion)}
    return {}


def _cell(kind: str, box: Any) -> dict[str, Any]:
    attributes: dict[str, Any] = {"O": "/Table"}
    for key, name in (("ColSpan", "colspan"), ("RowSpan", "rowspan")):
        if getattr(box, name, 1) != 1:
            attributes[key] = getattr(box, name)
    if kind == "TH" and (scope := SCOPES.get(box.element.get("scope", ""))):
        attributes["Scope"] = scope
    return {"A": pydyf.Dictionary(attributes)} if len(attributes) > 1 or kind == "TH" else {}


SCOPES = {"row": "/Row", "rowgroup": "/Row", "col": "/Column", "colgroup": "/Column"}
