"""Paragraphs that are broken as a whole, in WeasyPrint's own layout."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from warraq.engine.justification import breaking  # isort: skip - fonts are fixed before WeasyPrint loads
import weasyprint
from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline

from warraq.engine import lines

WIDTH = 300.0
WORDS = (
    "كان الورّاق في بغداد ينسخ الكتاب ويجلده ويبيعه، وكانت دكاكين الورّاقين مجالس للعلماء والشعراء يقرؤون فيها ما "
    "جدّ من الكتب ويتناظرون، ومنهم من كان يكتري الدكان ليلة كاملة ليقرأ ما فيه. "
)
STYLE = """
@page {{ size: 400px 600px; margin: 50px }}
html {{ font: 16px/24px Amiri; text-align: justify; --justification: {} }}
body, p {{ margin: 0; text-indent: 20px }}
"""
NAMES = ("split_inline_box", "split_text_box", "text_align", "get_next_linebox", "remove_last_whitespace")
STOCK = {name: getattr(inline, name) for name in NAMES}


@pytest.fixture(autouse=True)
def patched(monkeypatch: pytest.MonkeyPatch) -> None:
    """Begin from WeasyPrint as it came, mend it, and put all back afterwards."""
    for name, function in STOCK.items():
        while hasattr(function, "__wrapped__"):
            function = function.__wrapped__  # noqa: PLW2901 - the innermost is stock
        monkeypatch.setattr(inline, name, function)
    assert breaking.mend() == lines.mend() == []


def walk(box: Any) -> Iterator[Any]:
    yield box
    for child in getattr(box, "children", ()):
        yield from walk(child)


def laid_out(html: str, justification: str = "spaces", direction: str = "rtl") -> list[list[Any]]:
    """Give the boxes of text of each line of a document."""
    style = STYLE.format(justification)
    document = weasyprint.HTML(string=f"<style>{style}</style><body dir={direction} lang=ar>{html}").render()
    return [
        [box for box in walk(line) if isinstance(box, boxes.TextBox)]
        for page in document.pages
        for line in page._page_box.descendants()
        if isinstance(line, boxes.LineBox)
    ]


def texts(html: str, justification: str = "spaces") -> list[str]:
    return ["".join(box.text for box in line) for line in laid_out(html, justification)]


def spread(html: str, justification: str) -> float:
    """Give how far apart the widest and the narrowest spaces of full lines are, in px."""
    spacing = [float(max(box.justification_spacing for box in line)) for line in laid_out(html, justification)[:-1]]
    return max(spacing) - min(spacing)


def test_all_words_are_there_and_in_order() -> None:
    assert " ".join(" ".join(texts(f"<p>{WORDS * 6}")).split()) == " ".join((WORDS * 6).split())


def test_spaces_are_more_even_than_line_by_line() -> None:
    assert spread(f"<p>{WORDS * 6}", "spaces") < spread(f"<p>{WORDS * 6}", "none")


def test_every_line_but_the_last_fills_the_measure() -> None:
    for number, line in enumerate(laid_out(f"<p>{WORDS * 6}")[:-1]):
        left = min(box.position_x for box in line)
        right = max(box.position_x + box.width for box in line)
        assert (left, right) == pytest.approx((50, 350 - (0 if number else 20)), abs=0.05)


@pytest.mark.parametrize(
    "html",
    [
        "<p>" + WORDS.replace("بغداد", "<b>بغداد</b>").replace("الكتب", "<i>الك<b>ت</b>ب</i>") * 5,
        "<p>" + WORDS.replace("،", '<a href="#x" style="padding: 0 3px; border-left: 1px solid">(١)</a>،') * 5,
        "<p>" + WORDS.replace("الكتاب", '<span dir="ltr" lang="en">the book of ink, pens and paper</span>') * 5,
        "<p>" + WORDS.replace("ليلة", "ليلة<br>") * 3,
        "<p>" + WORDS.replace("الدكان", '<span style="white-space: nowrap">دكان كبير جدا</span>') * 5,
        f"<ul><li>{WORDS * 2}<li>{WORDS * 2}</ul>",
        f'<div style="width: 70px">{WORDS}</div>',
        f'<p>{WORDS}<span style="float: footnote">{WORDS}</span>{WORDS}',
    ],
)
def test_markup_keeps_all_words_and_stays_within_the_measure(html: str) -> None:
    found, stock = laid_out(html), laid_out(html, "none")
    assert "".join("".join(box.text for box in line) for line in found).replace(" ", "") == "".join(
        "".join(box.text for box in line) for line in stock
    ).replace(" ", "")
    widest = max(box.position_x + box.width for line in stock for box in line)
    assert max(box.position_x + box.width for line in found for box in line) <= widest + 0.05
    assert min(box.position_x for line in found for box in line) >= min(
        box.position_x for line in stock for box in line
    ) - 0.05


@pytest.mark.parametrize(
    "html",
    [
        f'<p><span style="float: left; width: 60px; height: 60px"></span>{WORDS}',
        f'<p>{WORDS}<span style="display: inline-block; width: 60px"></span>{WORDS}',
        f'<p style="white-space: pre-wrap">{WORDS}',
        f'<p style="text-align: start">{WORDS}',
    ],
)
def test_what_cannot_be_planned_is_as_stock_has_it(html: str) -> None:
    assert texts(html) == texts(html, "none")


def test_a_number_stays_with_its_unit_and_a_word_with_its_reference() -> None:
    text = "<p>" + "اشترى الوراق ٢٥ رطلا من الكاغد وقال المؤرخ [١٢] إن ذلك كثير " * 12
    ends = [line.split()[-1] for line in texts(text)[:-1]]
    assert "٢٥" not in ends
    assert not any(line.startswith("[١٢]") for line in texts(text))


def test_a_function_that_we_do_not_know_leaves_all_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def changed(*_: object) -> None:
        """Stand for another release of WeasyPrint."""

    for name in NAMES[:2]:
        monkeypatch.setattr(inline, name, inline.__dict__[name].__wrapped__)
    monkeypatch.setattr(inline, "text_align", changed)
    assert breaking.mend() == ["weasyprint.layout.inline.text_align"]
    assert not hasattr(inline.split_inline_box, "__wrapped__")


def test_a_paragraph_without_arabic_stays_ragged() -> None:
    text = "Identifying and protecting assets against ransomware, pseudo-random numbers and other events " * 4
    for line in laid_out(f"<p lang=en>{text}"):
        assert {box.justification_spacing for box in line} == {0}
