"""Notes stand on the page of their calls, wherever paragraphs happen to end."""

from __future__ import annotations

from typing import Any

import pytest

import warraq.engine  # isort: skip - fonts are fixed before WeasyPrint loads
import weasyprint
from weasyprint.formatting_structure import boxes
from weasyprint.layout import block

from warraq.engine import notes

assert warraq.engine

STYLE = """
@page {{ size: 300px {}px; margin: 20px }}
html {{ font: 12pt/20px Amiri }} p {{ margin: 0; orphans: 2; widows: 2 }}
.note {{ float: footnote; footnote-policy: line; font-size: 9pt }}
"""
SENTENCE = "كان الناسخ يضع العلامة في المتن ويكتب الحاشية في ذيل الصفحة نفسها لا في غيرها "


def book(height: int) -> str:
    """Write paragraphs of four lines, every second one with a note, for pages of a height in px."""
    note = f"<span class=note id=n{{}}>{SENTENCE}</span>"
    paragraphs = [f"<p>{SENTENCE * 2}{note.format(k) if k % 2 else ''} {SENTENCE}</p>" for k in range(10)]
    return f"<html dir=rtl lang=ar><style>{STYLE.format(height)}</style>{''.join(paragraphs)}"


def misplaced(html: str) -> list[str]:
    calls: dict[str, int] = {}
    places: dict[str, int] = {}
    for number, page in enumerate(weasyprint.HTML(string=html).render().pages):
        for box in page._page_box.descendants():
            if (note := getattr(box, "footnote", None)) is not None:
                calls[note.element.get("id")] = number
            if isinstance(box, boxes.BlockBox) and box.element is not None and box.element.get("class") == "note":
                places.setdefault(box.element.get("id"), number)
    return [name for name, page in calls.items() if places[name] != page]


def all_misplaced() -> list[str]:
    """Try pages of many heights, so that every kind of page foot occurs."""
    return [name for height in range(300, 420, 20) for name in misplaced(book(height))]


def test_every_note_is_on_the_page_of_its_call(monkeypatch: pytest.MonkeyPatch) -> None:
    assert notes.mend() == []
    assert all_misplaced() == []
    stock: Any = block._linebox_layout
    monkeypatch.setattr(block, "_linebox_layout", stock.__wrapped__)
    assert all_misplaced(), "WeasyPrint has mended it: drop the patch"


def test_a_function_that_we_do_not_know_is_left_alone_and_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def changed() -> None:
        """Stand for the function of another WeasyPrint."""

    monkeypatch.setattr(block, "_linebox_layout", changed)
    assert notes.mend() == ["weasyprint.layout.block._linebox_layout"]
    assert block._linebox_layout is changed
