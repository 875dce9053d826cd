"""Poems as wide as their longest hemistich asks, and never a broken hemistich."""

from __future__ import annotations

from typing import Any

import warraq.engine  # isort: skip - fonts are fixed before WeasyPrint loads
import pytest
import weasyprint
from weasyprint.formatting_structure import boxes
from weasyprint.layout import block

from warraq.engine import verse

assert warraq.engine

STYLE = """
@page { size: %dpx 300px; margin: 20px } body { margin: 0 } html { font: 12pt/20pt Amiri; text-align: justify }
.verse, .bayt, .hemistich { display: block } .verse { margin: 0 4%% }
.hemistich { white-space: nowrap; width: 45%%; text-align-last: justify }
.hemistich + .hemistich { margin-inline-start: 55%%; margin-block-start: -20pt }
"""
LINES = (("السيف أصدق أنباء من الكتب", "في حده الحد بين الجد واللعب"), ("والعلم في شهب الأرماح لامعة", "بين الخميسين"))


def poem(width: int) -> list[Any]:
    """Lay a poem of two lines out on pages of a width in px, and list its line boxes."""
    lines = ["".join(f"<span class=hemistich>{half}</span>" for half in line) for line in LINES]
    bayts = "".join(f'<div class="bayt of-2">{line}</div>' for line in lines)
    html = f'<html dir=rtl lang=ar><style>{STYLE % width}</style><div class="verse">{bayts}</div>'
    page = weasyprint.HTML(string=html).render().pages[0]
    return [box for box in page._page_box.descendants() if isinstance(box, boxes.LineBox)]


def edges(lines: list[Any]) -> list[tuple[float, float]]:
    return [(round(line.position_x, 1), round(line.position_x + line.width, 1)) for line in lines]


def test_columns_are_equal_and_as_wide_as_the_longest_hemistich() -> None:
    assert verse.mend() == []
    lines = poem(500)
    right, left = edges(lines)[::2], edges(lines)[1::2]
    assert len(set(right)) == len(set(left)) == 1
    (right_start, right_end), (left_start, left_end) = right[0], left[0]
    assert abs((right_end - right_start) - (left_end - left_start)) < 0.2
    assert abs((left_start - 20) - (480 - right_end)) < 0.5, "the poem is in the middle"
    stretch = min(line.children[0].justification_spacing for line in lines if line.children)
    assert 0 <= stretch < 1


def test_the_space_between_columns_is_narrowed_before_lines_are_parted() -> None:
    assert verse.mend() == []
    first, second = edges(poem(390))[:2]
    assert 14 < first[0] - second[1] < 35
    assert (second[0], first[1]) == (20, 370)


def test_hemistichs_that_do_not_fit_stand_below_each_other_whole() -> None:
    assert verse.mend() == []
    lines = poem(230)
    tops = [line.position_y for line in lines]
    assert len(lines) == 4
    assert tops == sorted(set(tops))
    assert min(start for start, _ in edges(lines)) == edges(lines)[1][0] == edges(lines)[3][0]
    assert all(start >= 20 and end <= 210.1 for start, end in edges(lines))


def test_a_function_that_we_do_not_know_is_left_alone_and_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def changed() -> None:
        """Stand for the function of another WeasyPrint."""

    monkeypatch.setattr(block, "block_box_layout", changed)
    assert verse.mend() == ["weasyprint.layout.block.block_box_layout"]
