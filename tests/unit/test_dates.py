"""Dates in two calendars and by five sets of names, from one day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from warraq.arabic.calendar import from_hijri, to_hijri
from warraq.composition.dates import written_date
from warraq.publication import open_publication
from warraq.settings import Dates
from warraq.theme import open_theme
from warraq.words import words

DAY = date(2026, 12, 23)


def said(folder: Path, **wish: str) -> str:
    (folder / "a.md").write_text("# أ\n\nب\n", "utf-8")
    theme = open_theme(open_publication(folder)[0])
    return written_date(DAY, Dates.model_validate(wish), words(theme, "ar"), "arab")


@pytest.mark.parametrize(
    ("wish", "text"),
    [
        ({}, "٢٣ ديسمبر ٢٠٢٦"),
        ({"months": "levantine"}, "٢٣ كانون الأول ٢٠٢٦"),
        ({"months": "levantine-egyptian"}, "٢٣ كانون الأول (ديسمبر) ٢٠٢٦"),
        ({"months": "moroccan"}, "٢٣ دجنبر ٢٠٢٦"),
        ({"calendar": "hijri"}, "١٤ رجب ١٤٤٨هـ"),
        ({"calendar": "hijri-gregorian"}, "١٤ رجب ١٤٤٨هـ / ٢٣ ديسمبر ٢٠٢٦م"),
        ({"calendar": "gregorian-hijri", "months": "tunisian"}, "٢٣ ديسمبر ٢٠٢٦م / ١٤ رجب ١٤٤٨هـ"),
    ],
)
def test_one_day_is_written_as_the_settings_ask(tmp_path: Path, wish: dict[str, str], text: str) -> None:
    assert said(tmp_path, **wish) == text


def test_a_day_outside_the_tables_stays_gregorian(tmp_path: Path) -> None:
    assert to_hijri(date(1800, 1, 1)) is None
    theme = open_theme(open_publication(_one(tmp_path))[0])
    old = written_date(date(1800, 1, 1), Dates(calendar="hijri-gregorian"), words(theme, "ar"), "latn")
    assert old == "1 يناير 1800"


def _one(folder: Path) -> Path:
    (folder / "a.md").write_text("# أ\n\nب\n", "utf-8")
    return folder


def test_hijri_days_are_read_in_any_digits() -> None:
    assert from_hijri("١٤٤٨-٠٧-١٤ هـ") == from_hijri("1448-07-14AH") == DAY
    assert from_hijri("2026-12-23") is None
    with pytest.raises(ValueError, match="month"):
        from_hijri("1448-13-01هـ")
    with pytest.raises(ValueError, match=r"range|year"):
        from_hijri("1200-01-01هـ")
