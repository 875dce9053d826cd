"""Tables that a page is too narrow for."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, fromstring

import pytest

from warraq.editions.geometry import Geometry
from warraq.editions.tables import fit

PAGE = Geometry(420, 595, 58, 70, 50, 61, 12, 20.4, 0, (), "right")


def figure(columns: int, word: str, rows: int = 2, classes: str = "table") -> Element:
    cells = f"<td>{word}</td>" * columns
    body = f"<tr>{cells}</tr>" * rows
    return fromstring(f'<figure class="{classes}"><table><tbody>{body}</tbody></table></figure>')


@pytest.mark.parametrize(
    ("columns", "word", "rows", "classes"),
    [
        (4, "كلمة", 9, "table"),
        (6, "الاستثناءات", 9, "table small"),
        (7, "الاستثناءات", 9, "table turned"),
        (30, "٣", 9, "table turned"),
        (30, "٣", 2, "table small"),
        (40, "٣", 2, "table turned"),
    ],
)
def test_a_table_is_as_large_as_the_page_allows(columns: int, word: str, rows: int, classes: str) -> None:
    root = Element("div")
    root.append(figure(columns, word, rows))
    fit(root, PAGE)
    assert root[0].get("class") == classes


def test_the_author_has_the_last_word() -> None:
    root = Element("div")
    root.append(figure(30, "كلمة", classes="table wide"))
    spread = SubElement(root, "figure", {"class": "table"})
    spread.append(fromstring(f'<table><tr><td colspan="4">{"كلمة" * 30}</td></tr></table>'))
    fit(root, PAGE)
    assert [child.get("class") for child in root] == ["table wide", "table"]
