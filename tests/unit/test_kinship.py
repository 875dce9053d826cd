"""Kinship: which editions share a layout, and what is told of how they differ."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from warraq.composition import Composition, Unit
from warraq.editions.geometry import Geometry
from warraq.editions.style import Sheet
from warraq.engine.jobs import Job
from warraq.engine.kinship import Difference, Kinship, Twin

SHAPE = Geometry(420, 595, 58, 69, 50, 61, 12, 20.4, 0, (), "right")
COMMON = "p { color: black; margin: 0 }"


def composition(css: str = "", edition: str = "screen", shape: Geometry = SHAPE, *, text: str = "متن") -> Composition:
    frame = (f'<html class="{edition}"><body>', "</body></html>")
    sheets = (Sheet("page.css", COMMON), Sheet(f"{edition}.css", css))
    return Composition(frame, sheets, (Unit("one", text), Unit("two", "")), shape, "one")  # type: ignore[arg-type]


def twin(one: Composition, other: Composition, unit: str = "one", html: str = "متن") -> Twin | None:
    job = Job(unit, one.document(html), one.sheets, one.geometry, Path(), "book")
    return Kinship(one, lambda: other).twin(job)


def difference(mine: str, theirs: str) -> Difference | None:
    found = twin(composition(mine), composition(theirs, "print"))
    return found.difference if found else None


def test_the_twin_is_the_same_unit_with_all_that_is_the_other_editions() -> None:
    other = composition("", "print", replace(SHAPE, bleed=8.5, marks=("crop",)))
    found = twin(composition(), other, html="متن ٧")
    assert found
    assert found.job.html == other.document("متن ٧")
    assert (found.job.geometry, found.job.sheets) == (other.geometry, other.sheets)
    assert found.difference == Difference()


@pytest.mark.parametrize(
    ("mine", "theirs", "expected"),
    [
        ("", "", Difference()),
        ("a { color: red }", "", Difference(("color",), ("a",))),
        ("a[href], b { color: red }", "img { image-rendering: pixelated }",
         Difference(("color", "image-rendering"), ("a[href], b", "img"))),
        ("", "@page { bleed: 3mm }", Difference()),
        ("", "@page { marks: crop; bleed-left: 3mm }", Difference()),
        ("h1 { font-size: 2em }", "h1 { font-size: 3em }", Difference(apart=("h1",))),
        ("h1 { color: red; margin: 0 }", "", Difference(apart=("h1",))),
        ("h1 { --ink: red }", "", Difference(apart=("h1",))),
        ("a::after { color: red }", "", Difference(("color",), ("*",))),
        ("a:::b { color: red }", "", Difference()),
    ],
)  # fmt: skip
def test_what_rules_make_different(mine: str, theirs: str, expected: Difference) -> None:
    assert difference(mine, theirs) == expected


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ("", "@page { margin: 3mm }"),
        ("", "@page { @top-center { content: none } }"),
        ("", "@media print { p { margin: 0 } }"),
        ("", "@font-face { font-family: x; src: url(x.ttf) }"),
        ("a { margin: 0 } b { margin: 0 }", "b { margin: 0 } a { margin: 0 }"),
        (".print p { margin: 0 }", ".print p { margin: 0 }"),
        ("html[class=screen] p { margin: 0 }", "html[class=screen] p { margin: 0 }"),
        ("p { background: CurrentColor }", "p { background: CurrentColor }"),
    ],
)
def test_what_no_layout_can_be_shared_with(mine: str, theirs: str) -> None:
    assert difference(mine, theirs) is None


@pytest.mark.parametrize("changes", [{"width": 400}, {"inner": 60}, {"size": 11}, {"binding": "left"}])
def test_another_type_area_is_another_layout(changes: dict[str, float | str]) -> None:
    assert twin(composition(), composition("", "print", replace(SHAPE, **changes))) is None  # type: ignore[arg-type]


def test_a_unit_that_reads_otherwise_is_set_otherwise() -> None:
    one, other = composition(), composition("", "print", text="غيره")
    assert twin(one, other) is None
    assert twin(one, other, "two", "")
    assert twin(one, other, "", "blank")
