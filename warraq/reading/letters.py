"""The characters of a chapter that reach a page."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from warraq.reading.draft import Draft


def characters(draft: Draft) -> str:
    """Give the characters of a chapter's text, each once, in the order of their code points."""
    return "".join(sorted(set[str]().union(*_texts(draft))))


def _texts(draft: Draft) -> Iterator[str]:
    yield from draft.title.values()
    for tree in (draft.heading, draft.body, *(note.body for note in draft.notes)):
        yield from _words(tree)


def _words(tree: Element) -> Iterator[str]:
    """Give the text of a tree without its formulas, which have a face of their own."""
    if tree.tag == "math":
        return
    yield tree.text or ""
    for child in tree:
        yield from _words(child)
        yield child.tail or ""
