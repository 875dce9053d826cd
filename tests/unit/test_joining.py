"""Which letters join across a boundary."""

from __future__ import annotations

import pytest

from warraq.arabic.joining import joins


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("م", "ح", True),  # both join on both sides
        ("د", "ح", False),  # dal joins only what is before it
        ("ل", "ا", True),  # alef is joined from before
        ("ا", "ل", False),
        ("ء", "ب", False),  # a hamza on the line joins nothing
        ("ب", "ء", False),
        ("مَّ", "حَ", True),  # vowel signs are looked through
        ("مٰ", "ـ", True),  # tatweel joins
        ("م\u200c", "ح", False),  # a non-joiner parts
        ("م\u200d", "ح", True),
        ("م ", "ح", False),
        ("م", " ح", False),
        ("", "ح", False),
        ("م", "", False),
        ("a", "b", False),
        ("٣", "٤", False),
        ("گ", "ی", True),  # Persian letters
        ("ژ", "ی", False),
        ("ة", "ب", False),
    ],
)
def test_joins(before: str, after: str, *, expected: bool) -> None:
    assert joins(before, after) is expected
