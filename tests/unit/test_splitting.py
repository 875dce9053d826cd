"""Splitting text: long vowelled paragraphs cost no more than others, no line stops after a word."""

from __future__ import annotations

import inspect
import random
from typing import Any

import pytest

import warraq.engine  # isort: skip - fonts are fixed before WeasyPrint loads
import weasyprint
from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline

from warraq.engine import splitting

assert warraq.engine

VOWELLED = "كَتَبَ النَّاسِخُ سَطْرًا مُحْكَمًا ثُمَّ نَظَرَ إِلَيْهِ طَوِيلًا"
MEASURE = 300.0


def paragraph(words: int) -> str:
    choice = random.Random(words)  # noqa: S311 - the same text every time
    return " ".join(choice.choices(VOWELLED.split(), k=words))


def style_of(text: str) -> Any:
    html = f"<html dir=rtl lang=ar><style>html {{ font: 12pt Amiri }}</style><p>{text}"
    page = weasyprint.HTML(string=html).render().pages[0]._page_box
    return next(box for box in page.descendants() if isinstance(box, boxes.TextBox)).style


def lines(split: Any, text: str, style: Any) -> list[tuple[int, float]]:
    found = []
    while text:
        _, length, resume, width, *_ = split(text, style, None, MEASURE, 0)
        found.append((length, round(width, 3)))
        text = text.encode()[resume:].decode() if resume is not None else ""
    return found


def test_lines_are_those_of_the_stock_function() -> None:
    stock, text = inspect.unwrap(inline.split_first_line), paragraph(400)
    style = style_of(VOWELLED)
    assert lines(splitting._mended(stock), text, style) == lines(stock, text, style)


def test_only_what_a_line_needs_is_shaped() -> None:
    seen: list[int] = []

    def stock(text: str, *_rest: Any, **_named: Any) -> tuple[None, int, int]:
        seen.append(len(text))
        return None, 40, 41

    split = splitting._cut_first(stock)
    split(paragraph(5000), style_of(VOWELLED), None, MEASURE, 0)
    assert seen[0] < MEASURE / 16 * splitting.DENSEST + 20
    assert len(seen) == 1


def test_a_line_that_needs_more_is_given_everything() -> None:
    seen: list[int] = []

    def stock(text: str, *_rest: Any, **_named: Any) -> tuple[None, int, None]:
        seen.append(len(text))
        return None, len(text), None

    text = paragraph(5000)
    splitting._cut_first(stock)(text, style_of(VOWELLED), None, MEASURE, 0)
    assert seen[-1] == len(text)


#: At some widths the run of English does not fit, and the text before it is split anew.
CORNERED = (
    "ومن قاسه بغير ذلك وجد له آثارًا. صار عمل كلّ جندي مقيّدًا بوصف يُسأل عنه: "
    '<span dir="ltr"><em>advise and assist</em></span>، فإذا تجاوزه كان التجاوز مخالفة'
)


def first_line(width: int) -> str:
    style = f"@page {{ size: {width}px 400px; margin: 0 }} html {{ font: 13pt Amiri }}"
    html = f"<html dir=rtl lang=ar><style>{style} em {{ font-family: Crimson Text; font-size: .93em }}</style>"
    page = weasyprint.HTML(string=f"{html}<p style='margin: 0'>{CORNERED}").render().pages[0]._page_box
    line = next(box for box in page.descendants() if isinstance(box, boxes.LineBox))
    return "".join(box.text for box in line.descendants() if isinstance(box, boxes.TextBox))


def test_no_line_is_left_with_one_word_because_markup_does_not_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    widths = range(440, 480, 2)
    splitting.mend()
    assert min(len(first_line(width)) for width in widths) > 40
    for name in ("split_first_line", "split_inline_box", "split_text_box"):
        monkeypatch.setattr(inline, name, inspect.unwrap(getattr(inline, name)))
    assert min(len(first_line(width)) for width in widths) < 10, "WeasyPrint has mended it: drop the patch"
