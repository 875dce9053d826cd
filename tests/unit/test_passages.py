"""Sacred text keeps its brackets and signs, and notes stand in the outer margin."""

from __future__ import annotations

from xml.etree.ElementTree import Element, fromstring, tostring

import warraq.engine  # isort: skip - fonts are fixed before WeasyPrint loads
import pytest
import weasyprint

from warraq.engine import margin_notes
from warraq.reading import passages

assert warraq.engine


def shaped(html: str) -> str:
    root: Element = fromstring(f"<div>{html}</div>")
    passages.shape(root)
    return tostring(root, encoding="unicode")[5:-6]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("<p>قال ﴿ن﴾ ثم</p>", '<p>قال <span class="quran">﴿ن﴾</span> ثم</p>'),
        ("<p>قال ﴾ن﴿ ثم ﴿ق﴾</p>", '<p>قال <span class="quran">﴿ن﴾</span> ثم <span class="quran">﴿ق﴾</span></p>'),
        ("<p><b>أ</b> ﴿ن ۝١﴾<i>ب</i></p>", '<p><b>أ</b> <span class="quran">﴿ن\u00a0۝١﴾</span><i>ب</i></p>'),
        ("<p><code>﴿ن﴾</code></p>", "<p><code>﴿ن﴾</code></p>"),
    ],
)
def test_verses_within_lines_are_marked_and_their_brackets_turned(typed: str, read: str) -> None:
    assert shaped(typed) == read


def test_a_passage_gets_brackets_signs_and_reference() -> None:
    typed = '<div class="quran" title="الإخلاص"><p>قل هو الله أحد (١) الله الصمد [2]</p></div>'
    words = '<p><span class="quran">﴿قل هو الله أحد\u00a0۝١ الله الصمد\u00a0۝2﴾</span></p>'
    assert shaped(typed) == f'<blockquote class="quran">{words}<footer>الإخلاص</footer></blockquote>'


def test_margin_notes_stand_at_the_outer_side_and_apart() -> None:
    note = '<span class="margin-note">حاشية قريبة من أختها</span>'
    page = f"<p>كلام{note} ثم كلام{note} في السطر نفسه</p>"
    style = """@page { size: 300px; margin: 20px } @page :left { margin-left: 60px } @page :right { margin-right: 60px }
               p { break-after: page } .margin-note { position: absolute; width: 40px }"""
    pages = weasyprint.HTML(string=f"<html dir=rtl><style>{style}</style>{page}{page}").render().pages[:2]
    margin_notes.move_outwards(pages)
    for sheet in pages:
        box = sheet._page_box
        first, second = list(margin_notes._notes(box))
        assert first.position_y + first.margin_height() <= second.position_y
        is_left = box.margin_left > box.margin_right
        far = box.margin_left - 40 if is_left else box.margin_left + box.width
        assert first.position_x <= far if is_left else first.position_x >= far
