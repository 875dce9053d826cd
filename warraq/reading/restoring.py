"""Signs taken out of the tree again, and what they say set on its elements.

`data-at` on a heading, a link or a picture is the offset of its mark in the source's text; it
stays until the chapter is done (`forget`).
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from warraq.arabic.digits import to_int
from warraq.reading.trees import add_class, replace, with_parents
from warraq.reading.typed import signs

AT = "data-at"
_PLACE = re.compile(signs.pattern(signs.PLACE))
_VALUE = re.compile(signs.pattern(signs.VALUE))


def restore(root: Element) -> None:
    """Take all signs out of a tree that Markdown made."""
    for element in root.iter():
        for name, value in list(element.attrib.items()):
            if signs.MARK in value:
                _restore_attribute(element, name, value)
        if element.text and signs.MARK in element.text:
            _restore_text(element, element.text)
        if element.tail and signs.MARK in element.tail:
            element.tail = signs.without(element.tail)
    _restore_lists(root)


def forget(root: Element) -> None:
    """Take off what only reading needs to know."""
    for element in root.iter():
        element.attrib.pop(AT, None)


def _restore_attribute(element: Element, name: str, value: str) -> None:
    if (found := _PLACE.search(value)) and name in {"href", "src"}:
        element.set(AT, str(signs.number_of(found[1])))
    element.set(name, signs.without(value))


def _restore_text(element: Element, text: str) -> None:
    if found := _PLACE.search(text):
        element.set(AT, str(signs.number_of(found[1])))
    if found := _VALUE.search(text):
        element.set("data-value", str(signs.number_of(found[1])))
    element.text = signs.without(text) or None


def _mark_width(ordered: Element) -> None:
    """Say in a class how many digits the widest number of a list has, if more than one."""
    start = _number(ordered, "start")
    number, widest = (1 if start is None else start) - 1, 0
    for item in ordered.iterfind("li"):
        said = _number(item, "value")
        number = number + 1 if said is None else said
        widest = max(widest, number)
    if widest > 9:
        add_class(ordered, f"digits-{min(len(str(widest)), 4)}")


def _number(element: Element, name: str) -> int | None:
    """Read a number in any digits, and write it in those of HTML; what is none goes."""
    if name not in element.attrib:
        return None
    try:
        number = to_int(element.attrib[name])
    except ValueError:
        del element.attrib[name]
        return None
    element.set(name, str(number))
    return number


def _restore_lists(root: Element) -> None:
    for item in root.iter("li"):
        for element in (item, *item[:1]):
            if value := element.attrib.pop("data-value", None):
                item.set("value", value)
    for ordered in root.iter("ol"):
        _mark_width(ordered)
    for parent, child in with_parents(root):
        if child.get("class") == "lettered" and child.tag == "div":
            for inner in child:
                add_class(inner, "lettered")
            replace(parent, child, list(child))
