"""The Hijri calendar of Umm al-Qura: the only importer of hijridate.

It is the civil calendar of Saudi Arabia, tabulated from 1343 to 1500 AH (1924 to 2077 CE);
before and after that only the sighting of the moon would tell the day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

import hijridate

from warraq.arabic.digits import to_digits

_TYPED = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})\s*(?:هـ?|ﻫ|AH)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class HijriDay:
    """A day of the Hijri calendar; months and days count from 1."""

    year: int
    month: int
    day: int


def to_hijri(day: date) -> HijriDay | None:
    """Give the Hijri day that a Gregorian one is, or nothing outside the tables."""
    try:
        found = hijridate.Gregorian(day.year, day.month, day.day).to_hijri()
    except (OverflowError, ValueError):
        return None
    return HijriDay(found.year, found.month, found.day)


def from_hijri(text: str) -> date | None:
    """Read a Hijri day as authors write it, `1448-07-14هـ` in any digits, as a Gregorian one.

    Gives nothing for another form. Raises ValueError for a day that is not in the calendar,
    or not in its tables.
    """
    found = _TYPED.fullmatch(to_digits(text, "latn").strip())
    if not found:
        return None
    try:
        day = hijridate.Hijri(int(found[1]), int(found[2]), int(found[3])).to_gregorian()
    except OverflowError as error:
        raise ValueError(str(error)) from None
    return date(day.year, day.month, day.day)
