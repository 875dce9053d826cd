"""Pages filled to their foot by paragraphs of a line more or less."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from warraq.engine.justification import depth  # isort: skip - fonts are fixed before WeasyPrint loads
import weasyprint
from weasyprint.formatting_structure import boxes
from weasyprint.layout import page as pages

from warraq.engine.patches import PATCHES

TEXT = (
    "كان الورّاق في بغداد ينسخ الكتاب ويجلده ويبيعه، وكانت دكاكين الورّاقين مجالس للعلماء والشعراء يقرؤون فيها ما "
    "جدّ من الكتب ويتناظرون، ومنهم من كان يكتري الدكان ليلة كاملة ليقرأ ما فيه من صحائف العلم والأدب. "
)
#: Paragraphs of different lengths, so that pages end at all places of them.
BOOK = "".join(f"<p>{TEXT * (1 + number % 4)}{TEXT[: 40 + 23 * (number % 5)]}.</p>" for number in range(40))
LEADING = 24
STYLE = f"""
@page {{ size: 400px 580px; margin: 50px }}
html {{ font: 16px/{LEADING}px Amiri; text-align: justify; --justification: %s }}
body, p {{ margin: 0; orphans: 2; widows: 2 }}
"""


@pytest.fixture(autouse=True)
def mended() -> None:
    """Mend WeasyPrint as the press does, whatever tests before have put back."""
    for patch in PATCHES:
        assert patch.mend() == []


def laid_out(html: str = BOOK, justification: str = "fine") -> Any:
    return weasyprint.HTML(string=f"<style>{STYLE % justification}</style><body dir=rtl lang=ar>{html}").render()


def walk(box: Any) -> Iterator[Any]:
    yield box
    for child in getattr(box, "children", ()):
        yield from walk(child)


def lines(page: Any) -> list[Any]:
    return [box for box in walk(page._page_box) if isinstance(box, boxes.LineBox)]


def words(document: Any) -> list[str]:
    found = [box for page in document.pages for line in lines(page) for box in walk(line)]
    return " ".join(box.text for box in found if isinstance(box, boxes.TextBox)).split()


def short(document: Any) -> int:
    """Count the pages but the last whose foot is empty by a line or more."""
    return sum(len(lines(page)) < 480 / LEADING for page in document.pages[:-1])


def test_fewer_pages_end_early_and_no_word_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    filled = laid_out()
    monkeypatch.setattr(depth, "TRIALS", 0)
    plain = laid_out()
    assert short(filled) < short(plain)
    assert words(filled) == words(plain)


def test_what_is_chosen_is_chosen_again() -> None:
    assert [[line.position_y for line in lines(page)] for page in laid_out().pages] == [
        [line.position_y for line in lines(page)] for page in laid_out().pages
    ]


def test_notes_stay_with_their_pages() -> None:
    noted = BOOK.replace("مجالس", 'مجالس<span style="float: footnote">حاشية قصيرة.</span>', 60)
    document = laid_out(noted)
    assert words(document).count("حاشية") == noted.count("footnote")
    for page in document.pages:
        inside = list(walk(page._page_box))
        calls = [box for box in inside if isinstance(box, boxes.InlineBox) and box.element_tag.endswith("-call")]
        assert len(calls) == sum("حاشية" in box.text for box in inside if isinstance(box, boxes.TextBox))


def test_a_page_before_a_break_stays_as_it_is() -> None:
    broken = "".join(f'<p style="break-after: page">{TEXT * 3}</p>' for _page in range(3))
    assert words(laid_out(broken)) == (TEXT * 9).split()


def test_without_justification_nothing_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []
    stock = pages.make_page

    def counting(*given: Any) -> Any:
        made.append(given[4])
        return stock(*given)

    monkeypatch.setattr(pages, "make_page", counting)
    assert len(laid_out(justification="none").pages) == len(made)
