"""The geometry of pages: proportions, the grid, and the sides."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from warraq.editions.geometry import geometry, points
from warraq.publication import Publication
from warraq.settings import Settings


def publication(**tables: object) -> Publication:
    settings = Settings.model_validate({"publication": {"title": "x", **tables.pop("about", {})}, **tables})  # type: ignore[dict-item]
    return Publication(Path(), "", "x", settings, declared=False)


LENGTHS = [("25.4mm", 72), ("2.54cm", 72), ("1in", 72), ("96px", 72), ("2em", 24)]


@pytest.mark.parametrize(("length", "expected"), LENGTHS)
def test_lengths_become_points(length: str, expected: float) -> None:
    assert math.isclose(points(length), expected)


@pytest.mark.parametrize("page", ["A4", "A5", "A6", "B5", "14x21", "17x24"])
def test_the_type_area_holds_whole_lines_between_fine_margins(page: str) -> None:
    shape = geometry(publication(output={"screen": {"page": page}}), "screen")
    lines = (shape.height - shape.head - shape.foot) / shape.leading
    assert math.isclose(lines, round(lines), abs_tol=1e-6)
    assert shape.outer > shape.inner
    assert shape.foot > shape.head
    assert 18 * shape.size < shape.measure < 31 * shape.size


def test_arabic_is_bound_at_the_right_and_english_at_the_left() -> None:
    arabic, english = geometry(publication(), "screen"), geometry(publication(about={"language": "en"}), "screen")
    assert (arabic.binding, arabic.recto, arabic.verso) == ("right", "left", "right")
    assert (english.binding, english.recto, english.verso) == ("left", "right", "left")


def test_print_takes_the_page_of_the_screen_unless_it_has_its_own() -> None:
    outputs = {"screen": {"page": "A6"}}
    same, own = publication(output=outputs), publication(output=outputs | {"print": {"page": "A4"}})
    assert geometry(same, "print").width == geometry(same, "screen").width
    assert geometry(own, "print").width > geometry(own, "screen").width
    assert geometry(same, "print").bleed == pytest.approx(points("3mm"))


def test_margins_set_by_hand_are_kept() -> None:
    margins = {"head": "20mm", "foot": "25mm", "inner": "15mm", "outer": "18mm"}
    shape = geometry(publication(output={"screen": {"page": "A5", "margins": margins}}), "screen")
    assert (shape.inner, shape.outer) == (points("15mm"), points("18mm"))
