"""Small operations on trees of HTML elements, whose text after an element is its tail."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

#: Elements that stand below each other; all others stand in a line of text.
BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "caption", "col", "colgroup", "dd", "details", "div", "dl", "dt",
    "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "li", "nav",
    "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
})  # fmt: skip
#: Elements whose text is code and is not read as language.
CODE = frozenset({"pre", "code", "kbd", "samp"})


_FRACTION, _ROOT = re.compile(r"\\frac\{([^{}]*)\}\{([^{}]*)\}"), re.compile(r"\\sqrt\{([^{}]*)\}")


def is_note_call(element: Element) -> bool:
    """Tell whether an element is a call for a note."""
    return "data-note" in element.attrib


def stands_apart(element: Element) -> bool:
    """Tell whether an element stands below or beside others rather than in a line of text."""
    return element.tag in BLOCKS or element.get("class") == "hemistich"


def texts(element: Element) -> Iterator[str]:
    """Yield the texts within an element, with blanks around blocks and without note calls."""
    if is_note_call(element):
        return
    if element.tag == "math":
        yield plain_formula(element)
        return
    apart = stands_apart(element) or element.tag == "br"
    if apart:
        yield " "
    if element.text:
        yield element.text
    for child in element:
        yield from texts(child)
        if child.tail:
            yield child.tail
    if apart:
        yield " "


def plain_formula(math: Element) -> str:
    """Write a formula in a line of plain text, for bookmarks and running heads: `x^2`, `a/b`."""
    tex = _ROOT.sub(r"√\1", _FRACTION.sub(r"\1/\2", math.get("alttext", "\\")))
    return " ".join(math.itertext()) if "\\" in tex else tex.replace("{", "").replace("}", "")


def prose(element: Element) -> Iterator[str]:
    """Yield the texts of a tree that are not code."""
    if element.tag in CODE:
        return
    if element.text:
        yield element.text
    for child in element:
        yield from prose(child)
        if child.tail:
            yield child.tail


def text_of(element: Element) -> str:
    """Give the text of an element in one line, without note calls."""
    return " ".join("".join(texts(element)).split())


def is_empty(element: Element) -> bool:
    """Tell whether an element holds neither text nor a picture."""
    has_text = any(text.strip() for text in texts(element))
    return not has_text and element.find(".//img") is None and element.find(".//svg") is None


def append_text(parent: Element, text: str) -> None:
    """Add text at the end of an element."""
    if not text:
        return
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def replace(parent: Element, child: Element, nodes: Sequence[Element | str]) -> None:
    """Put texts and elements where a child stood; the text after it stays."""
    at = list(parent).index(child)
    tail, child.tail = child.tail or "", None
    elements: list[Element] = []
    for node in (*nodes, tail):
        if not isinstance(node, str):
            elements.append(node)
        elif node and (last := elements[-1] if elements else (parent[at - 1] if at else None)) is not None:
            last.tail = (last.tail or "") + node
        elif node:
            parent.text = (parent.text or "") + node
    parent[at : at + 1] = elements


def contents(element: Element) -> list[Element | str]:
    """Give the texts and children of an element in order, the children without tails."""
    nodes: list[Element | str] = [element.text] if element.text else []
    for child in list(element):
        nodes.append(child)
        if child.tail:
            nodes.append(child.tail)
            child.tail = None
    return nodes


def fill(element: Element, nodes: Sequence[Element | str]) -> None:
    """Make texts and elements the whole content of an element."""
    for child in list(element):
        element.remove(child)
    element.text = None
    for node in nodes:
        if isinstance(node, str):
            append_text(element, node)
        else:
            element.append(node)


def with_parents(root: Element) -> list[tuple[Element, Element]]:
    """List every element below a root after its parent, in document order."""
    return [(parent, child) for parent in root.iter() for child in parent]


def add_class(element: Element, name: str) -> None:
    """Add a class, if it is not there."""
    names = element.get("class", "").split()
    if name not in names:
        element.set("class", " ".join([*names, name]))


def has_class(element: Element, name: str) -> bool:
    """Tell whether an element has a class."""
    return name in element.get("class", "").split()
