"""Figures, tables, quotations and code in the forms that `document` promises."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, SubElement

from warraq.arabic.bidi import ARABIC, LATIN
from warraq.reading.trees import add_class, contents, fill, has_class, replace, text_of

_CAPTION = re.compile(r"\s*(?:ال)?(?:جدول|Table)(?P<number>\s*[0-9٠-٩۰-۹]+)?\s*[:：]\s*")
_DASH = re.compile(r"\s*(?:—|–|―|--)\s*\S")


def shape(root: Element, direction: str) -> None:
    """Bring all figures, tables, quotations and code of a tree into form."""
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag == "p":
                _picture(parent, child)
            elif child.tag == "table" and parent.tag != "figure":
                _table(parent, child)
            elif child.tag == "blockquote":
                _attributions(parent, child)
            elif child.tag in {"pre", "code", "kbd", "samp"}:
                _code(parent, child, direction)
            elif child.tag == "figure":
                add_class(child, "table" if child.find("table") is not None else "figure")
    for table in root.iter("table"):
        _drop_empty_head(table)
        _scopes(table)


def _picture(parent: Element, paragraph: Element) -> None:
    """Make a figure of a paragraph that holds one picture, linked or not, and no words."""
    if text_of(paragraph) or len(paragraph) != 1 or parent.tag == "figure":
        return
    image = paragraph[0] if paragraph[0].tag == "img" else paragraph[0].find("img")
    if image is None or len(paragraph[0]) > 1:
        return
    figure = Element("figure", {"class": "figure"})
    if identifier := image.attrib.pop("id", "") or paragraph.get("id", ""):
        figure.set("id", identifier)
    figure.extend(paragraph)
    if title := image.attrib.pop("title", "").strip():
        SubElement(figure, "figcaption").text = title
    replace(parent, paragraph, [figure])


def _table(parent: Element, table: Element) -> None:
    """Put a table into a figure, with the paragraph beside it that is its caption."""
    siblings = list(parent)
    at = siblings.index(table)
    caption = table.find("caption")
    if caption is not None:
        table.remove(caption)
    figure = Element("figure", {"class": "table"})
    beside = [sibling for sibling in siblings[max(at - 1, 0) : at] + siblings[at + 1 : at + 2] if _is_caption(sibling)]
    if caption is None and beside:
        caption = beside[0]
        parent.remove(caption)
    replace(parent, table, [figure])
    if caption is not None:
        legend = SubElement(figure, "figcaption")
        fill(legend, contents(caption))
        _strip_word(legend)
        if identifier := caption.get("id"):
            figure.set("id", identifier)
    figure.append(table)


def _is_caption(element: Element) -> bool:
    return element.tag == "p" and bool(_CAPTION.match(element.text or ""))


def _strip_word(caption: Element) -> None:
    """Take `جدول:` off a caption; with a number of the author's it stays."""
    found = _CAPTION.match(caption.text or "")
    if found and not found["number"]:
        caption.text = (caption.text or "")[found.end() :]


def _drop_empty_head(table: Element) -> None:
    """Drop a row of heads without words, which pipe tables need and readers do not."""
    head = table.find("thead")
    if head is not None and not text_of(head) and head.find(".//img") is None:
        table.remove(head)


def _scopes(table: Element) -> None:
    for cell in table.iterfind("thead/tr/th"):
        cell.attrib.setdefault("scope", "col")
    for row in table.iterfind("tbody/tr"):
        if len(row) and row[0].tag == "th":
            row[0].attrib.setdefault("scope", "row")


def _attributions(parent: Element, quotation: Element) -> None:
    """Make footers of paragraphs, or of last lines, that begin with a dash.

    Markdown runs quotations together that only a blank line parts; an attribution ends
    one, so what follows it is a quotation of its own.
    """
    quotations = [Element("blockquote", dict(quotation.attrib))]
    for child in list(quotation):
        if len(quotations[-1]) and quotations[-1][-1].tag == "footer":
            quotations.append(Element("blockquote"))
        quotations[-1].append(child)
        if child.tag == "p":
            _attribution(quotations[-1], child)
    if len(quotations) > 1 or quotations[0].find("footer") is not None:
        replace(parent, quotation, quotations)


def _attribution(quotation: Element, paragraph: Element) -> None:
    if len(quotation) > 1 and _DASH.match("".join(paragraph.itertext())):
        paragraph.tag = "footer"
        return
    before, after = _last_line(contents(paragraph))
    fill(paragraph, before)
    if after:
        fill(SubElement(quotation, "footer"), after)


def _last_line(nodes: list[Element | str]) -> tuple[list[Element | str], list[Element | str]]:
    """Part the content of a paragraph before its last line, if that begins with a dash."""
    for at in range(len(nodes) - 1, -1, -1):
        node = nodes[at]
        if not isinstance(node, str) or "\n" not in node:
            continue
        before, _, line = node.rpartition("\n")
        if not _DASH.match(line):
            break
        rest = [*nodes[:at], before.rstrip()]
        while rest and (rest[-1] == "" or (isinstance(rest[-1], Element) and rest[-1].tag == "br")):
            rest.pop()
        return rest, [line.lstrip(), *nodes[at + 1 :]]
    return nodes, []


def _code(parent: Element, element: Element, direction: str) -> None:
    """Give code its own direction: left to right, unless a phrase of it is Arabic."""
    if element.tag == "pre":
        element.attrib = {"dir": "ltr"} | {key: element.attrib[key] for key in ("id",) if key in element.attrib}
        if element.find("code") is None:
            code = Element("code")
            fill(code, contents(element))
            fill(element, [code])
        if has_class(parent, "highlight"):
            parent.attrib.pop("class")
    elif parent.tag == "pre":
        return
    else:
        words = "".join(element.itertext())
        script = "rtl" if len(ARABIC.findall(words)) > len(LATIN.findall(words)) else "ltr"
        if script == "ltr" or direction == "ltr":
            element.set("dir", script)

