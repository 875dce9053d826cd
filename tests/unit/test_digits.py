"""Numbers in the digits of a publication, and in abjad letters."""

from __future__ import annotations

import pytest

from warraq.arabic.digits import abjad, to_digits, to_int


@pytest.mark.parametrize(("system", "written"), [("arab", "٢٠٢٦"), ("arabext", "۲۰۲۶"), ("latn", "2026")])
def test_a_number_is_written_in_each_system(system: str, written: str) -> None:
    assert to_digits(2026, system) == written


def test_digits_of_any_system_are_turned_and_the_rest_stays() -> None:
    assert to_digits("ص 12–١٣، ۱۴", "arab") == "ص ١٢–١٣، ١٤"


def test_an_unknown_system_is_refused() -> None:
    with pytest.raises(KeyError):
        to_digits(1, "roman")


def test_a_number_is_read_in_any_digits() -> None:
    assert [to_int(text) for text in ("10", "١٠", "۱۰")] == [10, 10, 10]


@pytest.mark.parametrize(
    ("number", "letters"),
    [
        (1, "أ"), (2, "ب"), (5, "هـ"), (10, "ي"), (11, "يا"), (15, "يه"), (16, "يو"), (21, "كا"), (99, "صط"),
        (100, "ق"), (111, "قيا"), (999, "ظصط"), (1000, "غ"), (1447, "غتمز"),
    ],
)  # fmt: skip
def test_abjad_letters(number: int, letters: str) -> None:
    assert abjad(number) == letters


def test_abjad_letters_differ_for_all_numbers() -> None:
    assert len({abjad(number) for number in range(1, 2000)}) == 1999


@pytest.mark.parametrize("number", [0, -1, 2000])
def test_abjad_has_no_letters_beyond_its_range(number: int) -> None:
    with pytest.raises(ValueError, match="1 to 1999"):
        abjad(number)
