"""What a chapter says, dealt out to the pages that it was laid out on.

Code and formulas are left out: lines of code are parted where they end, and formulas are drawn.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from warraq.document import Chapter
from warraq.editions import PageStart

_CODE = {"pre", "code", "kbd", "samp"}
_INLINE = {
    *("a", "abbr", "b", "bdi", "bdo", "cite", "del", "dfn", "em", "i", "ins", "mark", "q", "s", "small"),
    *("span", "strong", "sub", "sup", "time", "u", "var"),
}
_LINES = {"hemistich", "footer", "margin-note"}
_UNBROKEN = re.compile(r"\S+")

#: A piece of text with the element whose own it is, and if it is to be compared.
Piece = tuple[Element, str, bool]


def dealt(chapter: Chapter, starts: Sequence[PageStart]) -> Iterator[str]:
    """Part the text of a chapter at the places where its pages begin."""
    text, places = _linear(chapter, {start.element for start in starts})
    # A later page that begins with no element of the text has what templates add after it.
    cuts = [len(text) if at and start.element is None else _cut(start, places) for at, start in enumerate(starts)]
    for begin, end in zip(cuts, [*cuts[1:], len(text)], strict=True):
        yield text[begin:end]


def text_of(tree: Element) -> str:
    """Give what a tree says, as it is compared."""
    return "".join(text for _element, text, is_compared in _flow(tree, [], is_compared=True) if is_compared)


def _linear(chapter: Chapter, wanted: set[int | None]) -> tuple[str, dict[int, list[tuple[int, str]]]]:
    """Give the text of a chapter, and where the own text of elements stands, piece by piece.

    `wanted` are the numbers of those elements in its body.
    """
    pieces = [text_of(chapter.heading), "\n"]
    numbers = {element: number for number, element in enumerate(chapter.body.iter()) if number in wanted}
    places: dict[int, list[tuple[int, str]]] = {number: [] for number in numbers.values()}
    length = sum(map(len, pieces))
    for element, text, is_compared in _flow(chapter.body, [], is_compared=True):
        if element in numbers:
            places[numbers[element]].append((length, text))
        if is_compared:
            pieces.append(text)
            length += len(text)
    return "".join(pieces), places


def _flow(tree: Element, pieces: list[Piece], *, is_compared: bool) -> list[Piece]:
    """Add the pieces of text in a tree, in their order."""
    kind, tag = tree.get("class", ""), tree.tag
    if "note-call" in kind or tag in {"svg", "math"}:
        return pieces
    is_compared = is_compared and tag not in _CODE
    is_apart = kind in _LINES
    pieces.append((tree, f"\n{tree.text or ''}" if is_apart else tree.text or "", is_compared))
    for child in tree:
        _flow(child, pieces, is_compared=is_compared)
        if child.tail:
            pieces.append((tree, child.tail, is_compared))
    if tag not in _INLINE or is_apart:
        pieces.append((tree, "\n", True))
    return pieces


def _cut(start: PageStart, places: dict[int, list[tuple[int, str]]]) -> int:
    """Find where in the text of a chapter a page begins: so many characters into an element's own text."""
    if start.element is None:
        return 0
    left = start.offset
    for position, text in places.get(start.element, ()):
        for part in _UNBROKEN.finditer(text):
            if left < part.end() - part.start():
                return position + part.start() + left
            left -= part.end() - part.start()
    return places[start.element][-1][0] if places.get(start.element) else 0
