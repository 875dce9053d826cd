"""HTML as writers type it, brought to what EPUB readers and EPUBCheck take.

Changes are made in place and no element is replaced, so that whoever counted the elements
of a tree before still has them.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from warraq.arabic.digits import to_int
from warraq.reading.trees import BLOCKS, add_class

GLOBAL = frozenset({"class", "dir", "id", "lang", "style", "title"})
#: What elements may have beside the global attributes (HTML, "Attributes" index).
OWN = {
    "a": {"href", "data-note"},
    "col": {"span"},
    "div": {"data-number"},
    "colgroup": {"span"},
    "img": {"alt", "height", "src", "width"},
    "li": {"value"},
    "math": {"xmlns", "display"},
    "ol": {"reversed", "start", "type"},
    "td": {"colspan", "headers", "rowspan"},
    "th": {"abbr", "colspan", "headers", "rowspan", "scope"},
}
NUMBERS = {"colspan", "height", "rowspan", "span", "start", "value", "width"}
RENAMED = {"big": "span", "data": "span", "hgroup": "div", "nav": "div", "rb": "span", "rtc": "span", "strike": "s",
           "time": "span", "tt": "code"}  # fmt: skip
#: Elements that are nothing without their parents.
PARENTS = {
    "caption": {"table"},
    "col": {"colgroup", "table"},
    "colgroup": {"table"},
    "dd": {"dl"},
    "dt": {"dl"},
    "figcaption": {"figure"},
    "li": {"ol", "ul"},
    "rp": {"ruby"},
    "rt": {"ruby"},
    "summary": {"details"},
    "tbody": {"table"},
    "td": {"tr"},
    "tfoot": {"table"},
    "th": {"tr"},
    "thead": {"table"},
    "tr": {"table", "tbody", "tfoot", "thead"},
}
#: Elements with one kind of child only, and what that is.
ONLY = {"ol": ("li", {"li"}), "ul": ("li", {"li"}), "dl": ("dd", {"dd", "dt", "div"})}
#: Blocks that hold words only; what is a block in them becomes a part of the line.
LINES = frozenset({"dt", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "summary"})
FOREIGN = frozenset({"math", "svg"})
_NUMBER = re.compile(r"\s*-?\d+\s*")
_SHARE = re.compile(r"\s*\d+(\.\d+)?%\s*")


def mend(root: Element) -> None:
    """Mend a tree below its root, which holds blocks."""
    for child in root:
        _mend(child, root)


def _mend(element: Element, parent: Element) -> bool:
    """Mend an element; tell whether it is a block or holds one."""
    if element.tag in FOREIGN:
        return False
    element.tag = RENAMED.get(element.tag, element.tag)
    if parent.tag not in PARENTS.get(element.tag, {parent.tag}):
        element.tag = "span" if element.tag in {"rp", "rt"} else "div"
    _mend_attributes(element)
    _mend_children(element)
    inner = [_mend(child, element) for child in element]
    _mend_whole(element)
    is_block = element.tag in BLOCKS
    if any(inner) and element.tag in LINES:
        _flatten(element)
    elif any(inner) and (element.tag == "p" or not is_block) and element.tag != "a":
        if element.tag != "p":
            add_class(element, element.tag)
        element.tag = "div"
    return is_block or any(inner)


def _mend_children(element: Element) -> None:
    """Mend what may hold but certain children, in a certain order."""
    if element.tag in ONLY:
        _wrap(element, *ONLY[element.tag])
    if element.tag == "dl":
        _mend_terms(element)
    if element.tag == "figure":
        amid = [child for child in element[1:-1] if child.tag == "figcaption"]
        for caption in (*amid, *element.findall("figcaption")[1:]):
            caption.tag = "div"


def _mend_whole(element: Element) -> None:
    """Mend an element by what its mended children have become."""
    if element.tag == "ruby" and element.find("rt") is None:
        element.tag = "span"
    if element.tag == "a" and "href" in element.attrib:
        _unnest(element)
    if element.tag == "aside":
        element.set("role", "note")  # in HTML it would be a landmark, each with a name of its own


def _mend_attributes(element: Element) -> None:
    allowed = OWN.get(element.tag, set())
    for name, value in list(element.attrib.items()):
        if name not in GLOBAL and name not in allowed:
            del element.attrib[name]
        elif name in NUMBERS:
            _mend_number(element, name, value)
    if not element.get("class", "-").strip():
        del element.attrib["class"]
    if element.tag == "img":
        element.attrib.setdefault("alt", "")
    if element.tag == "bdo":
        element.attrib.setdefault("dir", "ltr")
    if element.get("type", "1") not in {"1", "a", "A", "i", "I"}:
        del element.attrib["type"]
    if element.get("scope", "row") not in {"row", "col", "rowgroup", "colgroup"}:
        del element.attrib["scope"]
    element.attrib.pop("headers", None)


def _mend_number(element: Element, name: str, value: str) -> None:
    """Write a number in ASCII digits; a share of the width becomes a style."""
    if name == "width" and _SHARE.fullmatch(value):
        element.set("style", f"width: {value.strip()}")
        del element.attrib[name]
    elif _NUMBER.fullmatch(value) and to_int(value) >= (1 if name.endswith("span") else -(10**6)):
        element.set(name, str(to_int(value)))
    else:
        del element.attrib[name]


def _wrap(element: Element, tag: str, allowed: set[str]) -> None:
    """Put what a list may not hold into items of it."""
    for at, child in enumerate(list(element)):
        if child.tag not in allowed:
            item = Element(tag)
            item.tail, child.tail = child.tail, None
            element[at] = item
            item.append(child)
    loose = [child for child in element if (child.tail or "").strip()]
    for child in loose:
        item = Element(tag)
        item.text, child.tail = child.tail, None
        element.insert(list(element).index(child) + 1, item)
    if (element.text or "").strip():
        item = Element(tag)
        item.text, element.text = element.text, None
        element.insert(0, item)


def _mend_terms(terms: Element) -> None:
    """Make plain blocks of a list of terms that does not begin with a term or end with what it means."""
    kinds = [child.tag for child in terms if child.tag != "div"]
    if kinds and (kinds[0] != "dt" or kinds[-1] != "dd"):
        terms.tag = "div"
        for child in terms:
            child.tag = "div"


def _unnest(link: Element) -> None:
    """Leave of links within a link the words."""
    for nested in link.iter("a"):
        if nested is not link:
            nested.tag = "span"
            nested.attrib = {name: value for name, value in nested.attrib.items() if name in GLOBAL}


def _flatten(element: Element) -> None:
    for inner in element.iter():
        if inner is not element and inner.tag in BLOCKS:
            inner.tag = "br" if inner.tag == "hr" else "span"
            inner.attrib = {name: value for name, value in inner.attrib.items() if name in GLOBAL}
