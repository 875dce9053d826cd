"""Footnotes: their texts are taken out of the body, and their calls numbered.

Python-Markdown gives a `div.footnote` at the end with one `li` a note, and for each call
a `sup` with a link; numbers here follow the order of the calls in each chapter.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from warraq.reading.draft import Draft, DraftNote
from warraq.reading.trees import is_empty, is_note_call, prose, replace, with_parents

_UNWRITTEN = re.compile(r"\[\^([^\]\n]+)\]")
_DEFINED = r"^[ ]{0,3}(?P<at>\[\^%s\]:)"


def take(draft: Draft) -> None:
    """Move the notes of a chapter's body into the draft, and mark their calls.

    A call is then `a.note-call` with the author's label in `data-note`.
    """
    for parent, child in with_parents(draft.body):
        if child.tag == "div" and child.get("class") == "footnote" and child.find("ol/li[@id]") is not None:
            draft.notes = [DraftNote(_label(item), _body(item)) for item in child.iterfind("ol/li")]
            replace(parent, child, [])
            break
    labels = {note.label for note in draft.notes}
    for root in draft.text_roots:
        _mark_calls(root, labels)


def _label(item: Element) -> str:
    return item.get("id", "").removeprefix("fn:")


def _body(item: Element) -> Element:
    """Make the body of a note, without the links back that a book does not need."""
    body = Element("div")
    body.extend(item)
    for parent, child in with_parents(body):
        if child.get("class") == "footnote-backref":
            replace(parent, child, [])
    for paragraph in [child for child in body if child.tag == "p"]:
        if not len(paragraph):
            paragraph.text = (paragraph.text or "").rstrip("\u00a0")
        else:
            paragraph[-1].tail = (paragraph[-1].tail or "").rstrip("\u00a0") or None
        if is_empty(paragraph):
            body.remove(paragraph)
    return body


def _mark_calls(root: Element, labels: set[str]) -> None:
    for parent, child in with_parents(root):
        link = child.find("a[@class='footnote-ref']") if child.tag == "sup" else None
        if link is not None:
            label = link.get("href", "").removeprefix("#fn:")
            call = Element("a", {"class": "note-call", "data-note": label})
            replace(parent, child, [call if label in labels else f"[^{label}]"])


def number(draft: Draft) -> None:
    """Count the notes in the order of their calls; calls within notes come after.

    A note without a call is left out with W211, and a call without a note is W210.
    """
    by_label = {note.label: note for note in draft.notes}
    order: list[DraftNote] = []
    queue = [draft.heading, draft.body]
    while queue:
        for call in filter(is_note_call, queue.pop(0).iter()):
            note = by_label[call.attrib["data-note"]]
            if not note.number:
                order.append(note)
                note.number = len(order)
                queue.append(note.body)
    for note in draft.notes:
        if not note.number:
            place = draft.source.place_matching(_DEFINED % re.escape(note.label))
            hint = f"write [^{note.label}] where it belongs"
            draft.say("W211", f"the note [^{note.label}] is not called", place, hint)
    draft.notes = order
    _report_unwritten(draft)


def _report_unwritten(draft: Draft) -> None:
    seen: dict[str, int] = {}
    for root in draft.text_roots:
        for text in prose(root):
            for found in _UNWRITTEN.finditer(text):
                label = found[1]
                seen[label] = seen.get(label, 0) + 1
                place = draft.source.place_of(found[0], seen[label])
                draft.say("W210", f"the note [^{label}] is not written", place, f"add a line `[^{label}]: …`")


def finish_calls(draft: Draft) -> None:
    """Give the calls their final links and marks, once the notes have their ids."""
    by_label = {note.label: note for note in draft.notes}
    for root in draft.text_roots:
        for call in list(filter(is_note_call, root.iter())):
            note = by_label[call.attrib["data-note"]]
            call.attrib = {"class": "note-call", "href": f"#{note.id}", "data-note": note.id}
            call.text = note.mark
