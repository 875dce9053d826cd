"""Tables: heads that head something, and numbers that stand under each other.

In a column of numbers the cells get the class `numeric`; where some have a decimal part,
all numbers of the column are

    <span class="decimal" dir="ltr" style="min-width: …em">١٬٠٠٠<span class="fraction" style="width: …em">٫٥</span>

with fractions of one width, so that the decimal signs lie below each other, whichever way
the column is aligned.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element, SubElement

from warraq.reading.trees import add_class, text_of

_DIGIT = "[0-9٠-٩۰-۹]"
_NUMBER = re.compile(
    rf"(?P<whole>[+\-−–]?(?:{_DIGIT}{{1,3}}(?:[٬،,'’\u00a0\u202f ]{_DIGIT}{{3}})+|{_DIGIT}+))"
    rf"(?P<fraction>[٫.,،]{_DIGIT}+)?(?P<sign>\s?[%٪‰°])?"
)
#: Width in em of a digit and of a sign in the fraction of a number.
_DIGIT_WIDTH, _SIGN_WIDTH = 0.56, 0.3
#: The share of the cells of a column that must be numbers; the others may be dashes or words.
_ENOUGH = 0.7


def shape(table: Element) -> None:
    """Bring the heads and the numbers of a table into form."""
    head = table.find("thead")
    # Pipe tables need a row of heads, and readers do not where it has no words.
    if head is not None and not text_of(head) and head.find(".//img") is None:
        table.remove(head)
    for cell in table.iterfind("thead/tr/th"):
        cell.attrib.setdefault("scope", "col")
    for row in table.iterfind("tbody/tr"):
        if len(row) and row[0].tag == "th":
            row[0].attrib.setdefault("scope", "row")
    if all(cell.get("colspan", "1") == "1" and cell.get("rowspan", "1") == "1" for cell in _cells(table)):
        _align_numbers(table)


def _cells(table: Element) -> Iterator[Element]:
    return (cell for row in table.iter("tr") for cell in row)


def _align_numbers(table: Element) -> None:
    rows = [row for body in table.iterfind("tbody") for row in body.iterfind("tr")]
    heads = list(table.iterfind("thead/tr"))
    for at in range(max(map(len, rows), default=0)):
        cells = [row[at] for row in rows if at < len(row) and text_of(row[at])]
        numbers = [(cell, found) for cell in cells if (found := _number(cell))]
        if len(numbers) < 2 or len(numbers) < _ENOUGH * len(cells):
            continue
        _align_column([cell for cell, _ in numbers], [found for _, found in numbers])
        for row in heads:
            if at < len(row) and "style" not in row[at].attrib:
                add_class(row[at], "numeric")


def _number(cell: Element) -> re.Match[str] | None:
    """Read a cell that holds a number and nothing else."""
    return None if len(cell) else _NUMBER.fullmatch((cell.text or "").strip())


def _align_column(cells: Sequence[Element], numbers: Sequence[re.Match[str]]) -> None:
    """Set the numbers of a column under each other by their decimal signs."""
    width = max(map(_width, numbers))
    total = width + max(_drawn(number["whole"]) for number in numbers)
    for cell, number in zip(cells, numbers, strict=True):
        if "style" not in cell.attrib:
            add_class(cell, "numeric")
        if not any(number["fraction"] for number in numbers):
            continue
        whole = SubElement(cell, "span", {"class": "decimal", "dir": "ltr", "style": f"min-width: {total:.2f}em"})
        cell.text, whole.text = None, number["whole"]
        fraction = SubElement(whole, "span", {"class": "fraction", "style": f"width: {width:.2f}em"})
        fraction.text = (number["fraction"] or "") + (number["sign"] or "")


def _width(number: re.Match[str]) -> float:
    """Give the width in em of what stands behind the whole part."""
    return _drawn(number["fraction"] or "") + (2.6 * _SIGN_WIDTH if number["sign"] else 0)


def _drawn(text: str) -> float:
    """Estimate the width in em of digits and the signs between them."""
    return sum(_DIGIT_WIDTH if char.isdigit() else _SIGN_WIDTH for char in text)
