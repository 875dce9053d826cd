"""A note as a float inside the paragraph that calls it.

HTML allows no block in a paragraph, so the blocks of a note become `span`s of the class
`as-TAG`, which the style sheet sets as blocks again.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from xml.etree.ElementTree import Element

from warraq.document import Note
from warraq.reading.trees import BLOCKS, is_note_call

#: What is kept of a list's numbers, which spans have no attributes for.
_START = {"ol": ("counter-reset", "start"), "li": ("counter-set", "value")}


def floats(call: Element, note: Note, notes: Mapping[str, Note], placed: set[str]) -> list[Element]:
    """Make the float of a note, and after it those of the notes that it calls itself.

    A float in a float is beyond CSS: the inner note stands beside the outer one, without a
    call in the text.
    """
    placed.add(note.id)
    outer, found = _float(note), list[Element]()
    for parent in list(outer.iter()):
        for at, child in enumerate(parent):
            inner = notes.get(child.get("data-note", "")) if is_note_call(child) else None
            if inner is None:
                continue
            link = Element("a", {"class": "note-again", "href": f"#{inner.id}"})
            link.text, link.tail = f"({inner.mark})", child.tail
            parent[at] = link
            if inner.id not in placed:
                found += floats(Element("a"), inner, notes, placed)
    for inner_float in found:
        inner_float.set("class", inner_float.get("class", "") + " uncalled")
    whole = [outer, *found]
    whole[-1].tail = call.tail
    return whole


def _float(note: Note) -> Element:
    span = copy.deepcopy(note.body)
    for element in span.iter():
        if element.tag in BLOCKS:
            _as_span(element)
    span.text = (span.text or "").strip() or None
    span.attrib = {"class": "note", "id": note.id, "data-number": note.mark}
    if note.series:
        span.set("data-series", note.series)
    if len(span) and "as-p" in span[0].get("class", ""):
        span[0].set("class", "as-p opening-words")
    return span


def _as_span(element: Element) -> None:
    element.set("class", f"as-{element.tag} {element.get('class', '')}".strip())
    counter, key = _START.get(element.tag, ("", ""))
    if number := element.get(key, ""):
        element.set("style", f"{counter}: list-item {int(number) - (key == 'start')}")
    element.tag = "span"
    # White space between blocks would make a line of its own beside an inline one.
    element.text = element.text if (element.text or "").strip() else None
    element.tail = (element.tail or "").strip() or None
