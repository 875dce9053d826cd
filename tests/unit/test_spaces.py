"""Justified lines are drawn as wide as they were laid out."""

from __future__ import annotations

import random
from typing import Any

import pytest

import warraq.engine  # isort: skip - fonts are fixed before WeasyPrint loads
import weasyprint
from weasyprint.draw import text as drawing
from weasyprint.text.line_break import line_size

from warraq.engine import spaces

assert warraq.engine

#: Amiri kerns between a space and some of these letters, which justification loses.
WORDS = "ثالثة أكلت مكانها وتركت في الورقة ثقبًا يُحكى عنه في سوق الورّاقين أنه كان يكتري دكّانًا ثم"
KERNED = " ".join(
    " ".join(random.Random(seed).sample(WORDS.split(), k=len(WORDS.split())))  # noqa: S311 - the same every time
    for seed in range(40)
)


def drawn_widths(monkeypatch: pytest.MonkeyPatch, *, mended: bool) -> list[float]:
    spaces.mend()
    stock, excess = drawing.draw_first_line.__wrapped__, []

    def measured(stream: Any, textbox: Any, *rest: Any) -> Any:
        if mended and textbox.justification_spacing:
            spaces._fit(textbox)
        first_line, _ = textbox.pango_layout.get_first_line()
        excess.append(line_size(first_line, textbox.style)[0] - textbox.width)
        return stock(stream, textbox, *rest)

    monkeypatch.setattr(drawing, "draw_first_line", measured)
    style = "html { font: 12pt/20pt Amiri; text-align: justify } @page { size: 110mm 200mm; margin: 10mm }"
    weasyprint.HTML(string=f"<html dir=rtl lang=ar><style>{style}</style><p>{KERNED}").write_pdf()
    return excess


def test_the_stock_engine_draws_some_lines_too_wide(monkeypatch: pytest.MonkeyPatch) -> None:
    assert max(drawn_widths(monkeypatch, mended=False)) > 1


def test_no_line_is_drawn_wider_or_narrower_than_it_was_laid_out(monkeypatch: pytest.MonkeyPatch) -> None:
    assert max(map(abs, drawn_widths(monkeypatch, mended=True))) < 2 * spaces.TOLERANCE
