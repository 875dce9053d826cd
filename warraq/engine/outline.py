"""The outline of a PDF: its bookmarks as a tree (ISO 32000-1 §12.3.3)."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import pydyf

from warraq.engine.record import Bookmark
from warraq.engine.strings import Text


@dataclass(slots=True)
class _Item:
    """A bookmark with the reference of its page, and those below it."""

    bookmark: Bookmark
    page: bytes
    items: list[_Item] = field(default_factory=list)
    entries: pydyf.Dictionary = field(default_factory=pydyf.Dictionary)


def add_outline(pdf: pydyf.PDF, bookmarks: Iterable[tuple[Bookmark, bytes]]) -> None:
    """Add the bookmarks of a book, each with the reference of its page."""
    items = _nested(bookmarks)
    if not items:
        return
    root = pydyf.Dictionary({"Type": "/Outlines"})
    pdf.add_object(root)
    root["Count"] = _hang(pdf, items, root)
    pdf.catalog["Outlines"] = root.reference


def _nested(bookmarks: Iterable[tuple[Bookmark, bytes]]) -> list[_Item]:
    """Put each bookmark under the nearest one before it of a higher level; levels may be left out."""
    top: list[_Item] = []
    open_items: list[_Item] = []
    for bookmark, page in bookmarks:
        while open_items and open_items[-1].bookmark.level >= bookmark.level:
            open_items.pop()
        item = _Item(bookmark, page)
        (open_items[-1].items if open_items else top).append(item)
        open_items.append(item)
    return top


def _hang(pdf: pydyf.PDF, items: list[_Item], parent: pydyf.Dictionary) -> int:
    """Write items and all below them under their parent; count those that show."""
    shown = len(items)
    for item in items:
        pdf.add_object(item.entries)
        shown += _write(pdf, item, parent)
    for before, after in itertools.pairwise(items):
        before.entries["Next"], after.entries["Prev"] = after.entries.reference, before.entries.reference
    parent["First"], parent["Last"] = items[0].entries.reference, items[-1].entries.reference
    return shown


def _write(pdf: pydyf.PDF, item: _Item, parent: pydyf.Dictionary) -> int:
    """Write an item and all below it; count those below it that show."""
    bookmark = item.bookmark
    place: list[Any] = [item.page, "/XYZ", round(bookmark.x, 2), round(bookmark.y, 2), 0]
    item.entries |= {"Title": Text(bookmark.label), "Dest": pydyf.Array(place), "Parent": parent.reference}
    if not item.items:
        return 0
    count = _hang(pdf, item.items, item.entries)
    item.entries["Count"] = count if bookmark.is_open else -count
    return count if bookmark.is_open else 0
