"""A line of text with markup as a flat list of pieces, and back to a tree.

What lies across the tags of a tree (runs of a direction, hemistichs, joined letters) is
easier seen in pieces: each has its text and the stack of elements that it stands in.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from warraq.reading.trees import append_text, is_note_call

_OPAQUE = frozenset({"br", "img", "svg", "wbr", "math"})


@dataclass(frozen=True, slots=True)
class Piece:
    """A text, or an element taken as a whole, in its stack of elements, outermost first."""

    content: str | Element
    stack: tuple[Element, ...] = ()


def is_opaque(element: Element) -> bool:
    """Tell whether an element counts as one object: pictures, note calls, isolates."""
    if element.tag in _OPAQUE or "dir" in element.attrib or is_note_call(element):
        return True
    return not element.text and not len(element)


def pieces_of(element: Element) -> list[Piece]:
    """Flatten the content of an element."""
    return flatten(element.text, element)


def flatten(text: str | None, children: Iterable[Element]) -> list[Piece]:
    """Flatten a text and the elements after it, each with its tail."""
    pieces: list[Piece] = []
    _add(pieces, text, children, ())
    return pieces


def _add(pieces: list[Piece], text: str | None, children: Iterable[Element], stack: tuple[Element, ...]) -> None:
    if text:
        pieces.append(Piece(text, stack))
    for child in list(children):
        tail, child.tail = child.tail, None
        if is_opaque(child):
            pieces.append(Piece(child, stack))
        else:
            _add(pieces, child.text, child, (*stack, child))
        if tail:
            pieces.append(Piece(tail, stack))


def filled(element: Element, pieces: Sequence[Piece]) -> Element:
    """Make pieces the content of an element; an element that was split is made twice.

    The second half of a split element does not repeat its id.
    """
    for child in list(element):
        element.remove(child)
    element.text = None
    append_pieces(element, pieces)
    return element


def append_pieces(element: Element, pieces: Sequence[Piece]) -> None:
    """Add pieces at the end of an element."""
    opened: list[tuple[Element, Element]] = []
    seen: set[int] = set()
    for piece in pieces:
        common = _common(opened, piece.stack)
        del opened[common:]
        for original in piece.stack[common:]:
            parent = opened[-1][1] if opened else element
            opened.append((original, _copy(original, parent, again=id(original) in seen)))
            seen.add(id(original))
        into = opened[-1][1] if opened else element
        if isinstance(piece.content, str):
            append_text(into, piece.content)
        else:
            into.append(piece.content)


def _common(opened: list[tuple[Element, Element]], stack: tuple[Element, ...]) -> int:
    """Count the open elements that a stack shares."""
    count = 0
    for (original, _), wanted in zip(opened, stack, strict=False):
        if original is not wanted:
            break
        count += 1
    return count


def _copy(original: Element, parent: Element, *, again: bool) -> Element:
    attributes = {key: value for key, value in original.attrib.items() if not (again and key == "id")}
    return SubElement(parent, original.tag, attributes)
