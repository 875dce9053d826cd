"""Texts in a PDF: whatever they are, they are read as they were written."""

from __future__ import annotations

import pikepdf
import pydyf
import pytest

from warraq.engine.strings import Text

TEXTS = ["ورّاق", "a (b) \\ c", "نصّ (بين) قوسين \\", "\u0d0a \u280d \u285c", "سطر\r\nثانٍ", "", "𐤀ب", "㜷㜷㜷㜷㜷"]


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_is_read_as_it_was_written(text: str) -> None:
    assert str(pikepdf.Object.parse(Text(text).data)) == text


def test_arabic_takes_half_of_what_it_takes_in_hexadecimal() -> None:
    text = "كتاب في صناعة الكتاب"
    assert len(Text(text).data) < 0.55 * len(pydyf.String(text).data)


def test_no_text_is_taken_for_the_number_of_an_object() -> None:
    assert b"7777777777" not in Text("㜷㜷㜷㜷㜷").data
