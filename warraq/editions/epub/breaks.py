"""The printed pages marked in an e-book's text, word for word where they begin."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from xml.etree.ElementTree import Element

from warraq.editions import PageStart
from warraq.editions.epub.strict import FOREIGN

#: Elements that hold no marks, before which one is put instead.
CLOSED = FOREIGN | {"br", "col", "colgroup", "hr", "img", "ruby", "wbr"}


def identity(start: PageStart) -> str:
    """Give the id of a page's mark."""
    return f"page-{start.name}"


def mark(start: PageStart) -> Element:
    """Make the mark of a printed page (EPUB 3.3 §7.5, DPUB-ARIA `doc-pagebreak`)."""
    return Element(
        "span",
        {"epub:type": "pagebreak", "role": "doc-pagebreak", "id": identity(start), "aria-label": start.folio},
    )


def place(body: Element, elements: Sequence[Element], starts: Iterable[PageStart]) -> list[PageStart]:
    """Put marks into a chapter's body; give the starts that lie in its opening, before it.

    `elements` are those of the body as the Document counts them. A page that begins after
    the body (in what a template adds) is marked at its end.
    """
    before: list[PageStart] = []
    parents = {child: parent for parent in body.iter() for child in parent}
    entered = False
    for start in starts:
        if start.element is None and not entered:
            before.append(start)
            continue
        entered = True
        if start.element is None or start.element >= len(elements):
            body.append(mark(start))
        else:
            _place_one(elements[start.element], parents, start)
    return before


def _place_one(element: Element, parents: dict[Element, Element], start: PageStart) -> None:
    """Put one mark before the word that the start names, or before a picture."""
    made = mark(start)
    closed = _closed(element, parents)
    if closed is not None:
        parent = parents[closed]
        parent.insert(list(parent).index(closed), made)
        return
    owner, at = _find(element, start.offset)
    if owner is element:
        text = element.text or ""
        made.tail, element.text = text[at:], text[:at]
        element.insert(0, made)
    else:
        text = owner.tail or ""
        made.tail, owner.tail = text[at:], text[:at]
        element.insert(list(element).index(owner) + 1, made)


def _closed(element: Element, parents: dict[Element, Element]) -> Element | None:
    """Give the outermost element that holds no marks, of an element and those around it."""
    found = None
    around: Element | None = element
    while around in parents:
        if around.tag in CLOSED:
            found = around
        around = parents[around]
    return found


def _find(element: Element, offset: int) -> tuple[Element, int]:
    """Find so many characters in the element's own text: the owner of the text, and where.

    The owner is the element itself, or the child after which the text stands. The place
    is that of a whole word: code that the layout broke amid a word is marked before it.
    """
    last = (element, len(element.text or ""))
    for owner in (element, *element):
        text = (element.text if owner is element else owner.tail) or ""
        for at, char in enumerate(text):
            if char.isspace():
                continue
            if offset == 0:
                return owner, _word(text, at)
            offset -= 1
        last = (owner, len(text))
    return last


def _word(text: str, at: int) -> int:
    """Give where the word begins that a place lies in."""
    while at and not text[at - 1].isspace():
        at -= 1
    return at
