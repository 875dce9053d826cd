"""How the pages of a bound book are called: by their numbers, and by what begins on them."""

from __future__ import annotations

from collections.abc import Iterable

from warraq.editions import PageStart, UnitPages
from warraq.engine.binding import Placed
from warraq.engine.record import Start
from warraq.engine.references import folio, page_number


def page_starts(starts: Iterable[Start], front: int, numerals: str) -> tuple[PageStart, ...]:
    """Name the starts of the pages of a book, the first `front` of which are front matter."""
    return tuple(
        PageStart(*_numbers(index, front, numerals), unit, element, offset, index)
        for index, (unit, element, offset) in starts
    )


def unit_pages(unit: Placed, front: int) -> UnitPages:
    """Tell which pages a unit has, and which page numbers are put on them."""
    numbers = []
    for index, page in enumerate(unit.record.pages, unit.start):
        own = (page.folio.text(page_number(index, front)),) if page.folio else ()
        numbers.append(own + tuple(unit.cited[number] for number in page.cites))
    return UnitPages(unit.id, unit.start, tuple(numbers))


def _numbers(index: int, front: int, numerals: str) -> tuple[str, str]:
    """Name the page with this index, in ASCII and as its folio is printed."""
    name = f"{'i' if index < front else ''}{page_number(index, front)}"
    return name, folio(index, front, numerals)
