"""Figures, tables, quotations and code in the forms that `document` promises."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, SubElement

from warraq.reading import code, figures, tables
from warraq.reading.trees import add_class, contents, fill, replace

_DASH = re.compile(r"\s*(?:—|–|―|--)\s*\S")


def shape(root: Element, direction: str) -> None:
    """Bring all figures, tables, quotations and code of a tree into form."""
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag == "p":
                figures.picture(parent, child)
            elif child.tag == "table" and parent.tag != "figure":
                figures.table(parent, child)
            elif child.tag == "blockquote":
                _attributions(parent, child)
            elif child.tag in {"pre", "code", "kbd", "samp"}:
                code.shape(parent, child, direction)
            elif child.tag == "figure":
                add_class(child, "table" if child.find("table") is not None else "figure")
    for table in root.iter("table"):
        tables.shape(table)
    for image in root.iter("img"):
        figures.size(image)


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
