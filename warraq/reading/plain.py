"""A plain `.txt` manuscript: a title, a navigation mark, paragraphs, a last line.

    The Title

    <--

    first paragraph …

    About this publication

Its words are not touched: no character means anything but itself.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, SubElement

from warraq.diagnostics import Diagnostic
from warraq.manuscript import Source
from warraq.reading.marks import NAVIGATION
from warraq.reading.markup import verbatim

_ABOUT = re.compile(
    r"about (this|the) (publication|issue|book|magazine)|"
    r"(عن|حول) (هذه|هذا) (المطبوعة|المنشور|الإصدار|الإصدارة|العدد|الكتاب|المجلة|النشرة|المطبوع)",
    re.IGNORECASE,
)


def read_plain(source: Source) -> tuple[Element, list[Diagnostic]]:
    """Make a body of a plain manuscript: its title as an H1, then a `p` a paragraph.

    A lone navigation mark is dropped with W214, and a last line "About this publication"
    (or its Arabic like) becomes a link to the colophon.
    """
    text, faults = _without_marks(source)
    body = verbatim(text)
    if "title" not in source.front and len(body):
        _part_title(body)
    if len(body) > 1 and _ABOUT.fullmatch((body[-1].text or "").strip(" .:")):
        last = body[-1]
        link = Element("a", {"href": "#colophon"})
        link.text, last.text = last.text, None
        last.set("class", "about-link")
        last.append(link)
    return body, faults


def _without_marks(source: Source) -> tuple[str, list[Diagnostic]]:
    lines, faults, offset = [], [], 0
    for line in source.text.split("\n"):
        is_mark = bool(NAVIGATION.fullmatch(line))
        if is_mark:
            place = source.place_at(offset + len(line) - len(line.lstrip()))
            faults.append(Diagnostic("W214", f"the navigation mark {line.strip()} was dropped", place))
        lines.append("" if is_mark else line)
        offset += len(line) + 1
    return "\n".join(lines), faults


def _part_title(body: Element) -> None:
    """Make the first line an H1; what follows it without a blank line is a paragraph."""
    title, _, rest = (body[0].text or "").partition("\n")
    body[0].tag, body[0].text = "h1", title.strip()
    if rest.strip():
        paragraph = SubElement(Element("div"), "p")
        paragraph.text = rest.strip()
        body.insert(1, paragraph)
