"""Drawing with the answers that styles keep, beside WeasyPrint's own."""

from __future__ import annotations

from typing import Any

import pytest
import weasyprint
from weasyprint import draw, images, stacking
from weasyprint.pdf.stream import Stream

from warraq.engine import text_layer, undrawn, vectors

PATCHED: list[tuple[Any, str]] = [
    (draw, "draw_border"), (draw, "draw_outline"), (draw, "draw_text"),
    (stacking, "_dispatch_children"), (Stream, "set_color"), (images.SVGImage, "draw"),
]  # fmt: skip
BARS = "%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 4 4'%3E%3Crect width='2' height='3'/%3E%3C/svg%3E"
LETTER = "%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'%3E%3Ctext y='8'%3Ea%3C/text%3E%3C/svg%3E"
PAGE = f"""<html dir=rtl lang=ar><style>
  p {{ font: 16px/2 Amiri }} .ruled {{ columns: 2; column-rule: 1px solid red; border-bottom: 1px dotted }}
  img {{ width: 9px; opacity: .5 }} i {{ color: navy }}
</style><body>
<p>سطر <i>وسطر</i> <u>تحته خط</u> <s style="text-decoration-color: red">مشطوب</s></p>
<p>سطر <b style="outline: 1px solid">مؤطّر</b></p>
<p class=ruled>عمود وعمود <i style="position: relative; z-index: -1; left: 1px">خلفهما</i> وبينهما خط</p>
<p style="overflow: hidden; color: #123">داخل <b style="display: inline-block; border-top: 2px solid">وداخله</b></p>
<p style="visibility: hidden">خفيّ <i style="visibility: visible; float: left">ظاهر</i></p>
<p><img alt="" src="data:image/svg+xml,{BARS}"> <img alt="" src="data:image/svg+xml,{BARS}"> كتاب
<img alt="" style="width: 12px" src="data:image/svg+xml,{BARS}"> <img alt="" src="data:image/svg+xml,{LETTER}">
<img alt="" src="data:image/svg+xml,{LETTER}"></p>
"""


@pytest.fixture(autouse=True)
def mended() -> None:
    assert text_layer.mend() == undrawn.mend() == vectors.mend() == []


def drawn() -> bytes:
    written: bytes = weasyprint.HTML(string=PAGE).write_pdf(uncompressed_pdf=True)
    return written


def test_nothing_is_drawn_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    ours = drawn()
    for owner, name in PATCHED:
        monkeypatch.setattr(owner, name, getattr(owner, name).__wrapped__)
    assert drawn() == ours


def test_a_picture_is_read_once_for_each_size_unless_it_holds_text(monkeypatch: pytest.MonkeyPatch) -> None:
    stock, read = images.SVGImage.draw.__wrapped__, list[Any]()

    def counted(self: Any, *rest: Any) -> None:
        read.append(self)
        stock(self, *rest)

    monkeypatch.setattr(images.SVGImage, "draw", vectors._repeated(counted))
    drawn()
    bars, letter = (read.count(picture) for picture in dict.fromkeys(read))
    assert (bars, letter) == (2, 2)
