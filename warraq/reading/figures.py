"""Figures: a picture or a table with the words that are its caption.

    ![alt](a.svg "caption"){#fig-a width=60%}      شكل: التعليق {#fig-a}

    ![alt](a.svg)                                  ![alt](a.svg)

A caption is the picture's title, or a paragraph beside it that begins with a word such as
`شكل:` or `جدول:`; an id and classes stand at its end, in braces.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, SubElement

from warraq.arabic.digits import to_digits
from warraq.reading.trees import add_class, contents, fill, replace, text_of

_NUMBER = r"(?P<number>\s*[0-9٠-٩۰-۹]+(?:[-–.][0-9٠-٩۰-۹]+)?)?\s*[:：]\s*"
_CAPTIONS = {
    "figure": re.compile(r"\s*(?:ال)?(?:شكل|صورة|رسم|خريطة|Figure|Fig\.)" + _NUMBER),
    "table": re.compile(r"\s*(?:ال)?(?:جدول|Table)" + _NUMBER),
}
_ATTRIBUTES = re.compile(r"\s*\{:?\s*(?P<list>[#.][^{}]*)\}\s*$")
_SHARE = re.compile(r"\d+(\.\d+)?(%|mm|cm|in|pt|em)")
#: Classes that are about the figure rather than about the picture in it.
_OF_FIGURE = frozenset({"unnumbered", "turned", "small"})


def picture(parent: Element, paragraph: Element) -> None:
    """Make a figure of a paragraph that holds one picture, linked or not, and no words."""
    if len(paragraph) != 1 or parent.tag == "figure" or text_of(paragraph):
        return
    image = paragraph[0] if paragraph[0].tag == "img" else paragraph[0].find("img")
    if image is None or len(paragraph[0]) > 1:
        return
    figure = Element("figure", {"class": "figure"})
    if identifier := image.attrib.pop("id", "") or paragraph.get("id", ""):
        figure.set("id", identifier)
    _lift_classes(image, figure)
    title = image.attrib.pop("title", "").strip()
    caption = None if title else caption_beside(parent, paragraph, "figure")
    figure.extend(paragraph)
    replace(parent, paragraph, [figure])
    if title:
        SubElement(figure, "figcaption").text = title
    elif caption is not None:
        figure.append(_legend(caption, figure, "figure"))


def table(parent: Element, element: Element) -> None:
    """Put a table into a figure, with the caption that it has or that stands beside it."""
    caption = element.find("caption")
    if caption is not None:
        element.remove(caption)
    else:
        caption = caption_beside(parent, element, "table")
    figure = Element("figure", {"class": "table"})
    _lift_classes(element, figure)
    if identifier := element.attrib.pop("id", ""):
        figure.set("id", identifier)
    replace(parent, element, [figure])
    if caption is not None:
        figure.append(_legend(caption, figure, "table"))
    figure.append(element)


def caption_beside(parent: Element, element: Element, kind: str) -> Element | None:
    """Take the paragraph right before or after an element that is its caption out of the parent.

    That of a picture is looked for below it first, that of a table above.
    """
    siblings = list(parent)
    at = siblings.index(element)
    beside = [*siblings[max(at - 1, 0) : at], *siblings[at + 1 : at + 2]]
    for sibling in beside if kind == "table" else reversed(beside):
        if sibling.tag == "p" and _CAPTIONS[kind].match(sibling.text or ""):
            parent.remove(sibling)
            return sibling
    return None


def _legend(caption: Element, figure: Element, kind: str) -> Element:
    """Make the figcaption of a caption; an id and classes at its end go to the figure."""
    legend = Element("figcaption")
    fill(legend, contents(caption))
    found = _CAPTIONS[kind].match(legend.text or "")
    if found and not found["number"]:
        legend.text = (legend.text or "")[found.end() :]
    elif found:
        add_class(figure, "unnumbered")  # the author counts by hand
    if identifier := caption.get("id"):
        figure.set("id", identifier)
    for name in caption.get("class", "").split():
        add_class(figure, name)
    take_attributes(legend, figure)
    return legend


def take_attributes(words: Element, target: Element) -> None:
    """Move `{#id .class}` from the end of an element's words to the element they are about."""
    last = words[-1].tail if len(words) else words.text
    found = _ATTRIBUTES.search(last or "")
    if not found or not last:
        return
    if len(words):
        words[-1].tail = last[: found.start()]
    else:
        words.text = last[: found.start()]
    for word in found["list"].split():
        if word.startswith("#") and len(word) > 1:
            target.set("id", word[1:])
        elif word.startswith(".") and len(word) > 1:
            add_class(target, word[1:])


def _lift_classes(element: Element, figure: Element) -> None:
    """Give the figure the classes that are about it."""
    for name in element.get("class", "").split():
        if name in _OF_FIGURE:
            add_class(figure, name)


def size(image: Element) -> None:
    """Turn a width such as `60%` or `8cm` into a style; one in pixels stays an attribute."""
    width = to_digits(image.get("width", ""), "latn").strip().replace("٪", "%")
    if _SHARE.fullmatch(width):
        image.set("style", f"width: {width}")
        image.attrib.pop("width")
        image.attrib.pop("height", None)

