"""A date in words: in the calendars and by the names of months that a publication asks for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from warraq.arabic.calendar import to_hijri
from warraq.arabic.digits import to_digits

if TYPE_CHECKING:
    from warraq.settings import Dates


def written_date(day: date, wish: Dates, words: Mapping[str, Any], numerals: str) -> str:
    """Write a Gregorian day; outside the tables of the Hijri calendar it stays Gregorian alone.

    Names of months and the forms of dates come from `words` (templates/words.toml).
    """
    months = words.get("months-of", {}).get(wish.months, words["months"])
    gregorian = _filled(words["date-form"], day.year, months[day.month - 1], day.day, numerals)
    there = to_hijri(day) if wish.calendar != "gregorian" else None
    if there is None:
        return gregorian
    hijri = _filled(words["hijri-form"], there.year, words["hijri-months"][there.month - 1], there.day, numerals)
    if wish.calendar == "hijri":
        return hijri
    form: str = words["both-form" if wish.calendar == "hijri-gregorian" else "both-form-gregorian-first"]
    return form.format(hijri=hijri, gregorian=gregorian)


def _filled(form: str, year: int, month: str, day: int, numerals: str) -> str:
    return form.format(day=to_digits(day, numerals), month=month, year=to_digits(year, numerals))
