"""Lines of right-to-left text: where they begin, where they end, and how patches step back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from warraq.engine import lines  # isort: skip - fonts are fixed before WeasyPrint loads
import weasyprint
from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline

LEFT, WIDTH, INDENT = 30.0, 300.0, 20.0
WORDS = "كان يكتب السطر وهو ينظر إلى آخره لا إلى أوله كمن يعبر جدولا فينظر إلى الضفة البعيدة"
STYLE = f"""
@page {{ size: 400px 600px; margin: 0 }}
p {{ margin: 0 {400 - LEFT - WIDTH}px 0 {LEFT}px; font: 16px Amiri; text-align: justify; text-indent: {INDENT}px }}
"""
STOCK = {"get_next_linebox": inline.get_next_linebox, "remove_last_whitespace": inline.remove_last_whitespace}


@pytest.fixture(autouse=True)
def patched(monkeypatch: pytest.MonkeyPatch) -> None:
    """Begin from WeasyPrint as it came, mend it, and put all back afterwards."""
    for name, function in STOCK.items():
        monkeypatch.setattr(inline, name, getattr(function, "__wrapped__", function))
    assert lines.mend() == []


def spans(html: str, direction: str = "rtl") -> list[tuple[float, float]]:
    """Lay a paragraph out; give the left and right edge of the text of each line."""
    document = weasyprint.HTML(string=f"<style>{STYLE}</style><body style='margin: 0' dir={direction}><p>{html}")
    page = document.render().pages[0]._page_box
    found = []
    for line in page.descendants():
        if isinstance(line, boxes.LineBox):
            texts = [box for box in walk(line) if isinstance(box, boxes.TextBox)]
            found.append((min(box.position_x for box in texts), max(box.position_x + box.width for box in texts)))
    return found


def walk(box: Any) -> Iterator[Any]:
    yield box
    for child in getattr(box, "children", ()):
        yield from walk(child)


def test_the_first_line_begins_late_at_the_right_and_ends_with_the_others() -> None:
    first, second, *_ = spans(WORDS * 2)
    assert first == pytest.approx((LEFT, LEFT + WIDTH - INDENT), abs=0.05)
    assert second == pytest.approx((LEFT, LEFT + WIDTH), abs=0.05)


def test_left_to_right_text_is_left_as_it_was() -> None:
    first, second, *_ = spans("the line is written by one who looks at its end and not at its beginning " * 3, "ltr")
    assert first == pytest.approx((LEFT + INDENT, LEFT + WIDTH), abs=0.05)
    assert second[0] == pytest.approx(LEFT, abs=0.05)


def test_no_line_sticks_out_where_it_ends_after_inline_markup() -> None:
    forms = ("<em>{}</em>", "<b><i>{}</i></b>")
    marked = " ".join(forms[at % 2].format(word) for at, word in enumerate(WORDS.split()))
    found = spans(f"{marked} {marked}")
    assert len(found) > 3
    for left, right in found[1:-1]:
        assert (left, right) == pytest.approx((LEFT, LEFT + WIDTH), abs=0.05)


def test_the_last_box_is_drawn_without_the_space_that_was_taken_off() -> None:
    marked = " ".join(f"<em>{word}،</em>" for word in WORDS.split())
    html = f"<style>{STYLE}</style><body style='margin: 0' dir=rtl><p>{marked} {marked}"
    page = weasyprint.HTML(string=html).render().pages[0]._page_box
    texts = [box for box in walk(page) if isinstance(box, boxes.TextBox)]
    assert [box.pango_layout.text for box in texts] == [box.text for box in texts]


def test_without_the_patch_the_first_line_ends_early(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inline, "get_next_linebox", inline.get_next_linebox.__wrapped__)
    assert spans(WORDS * 2)[0] == pytest.approx((LEFT + INDENT, LEFT + WIDTH), abs=0.05)


def test_mending_twice_wraps_once() -> None:
    once = inline.get_next_linebox
    assert lines.mend() == []
    assert inline.get_next_linebox is once


def test_a_function_that_we_do_not_know_is_left_alone_and_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def changed(*_: object) -> None:
        """Stand for another release of WeasyPrint."""

    monkeypatch.setattr(inline, "get_next_linebox", changed)
    assert lines.mend() == ["weasyprint.layout.inline.get_next_linebox"]
    assert inline.get_next_linebox is changed
