"""Printer's marks: clear of the bleed, within the slug, and only those asked for."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pydyf
import pytest

from warraq.editions.geometry import Geometry, geometry
from warraq.engine.marks import add_marks, stand_up
from warraq.publication import Publication
from warraq.settings import Settings

NUMBER = r"-?\d+\.\d+"
LINE = re.compile(rf"({NUMBER}) ({NUMBER}) m ({NUMBER}) ({NUMBER}) l S")


def drawn(*marks: str, turned: bool = False) -> tuple[Geometry, str, pydyf.PDF]:
    """Put marks on a PDF of one empty page; give the stream that draws them."""
    output = {"print": {"page": "A5", "bleed": "3mm", "marks": list(marks)}}
    settings = Settings.model_validate({"publication": {"title": "x"}, "output": output})
    shape = geometry(Publication(Path(), "", "x", settings, declared=False), "print")
    pdf = pydyf.PDF()
    content = pydyf.Stream([b"0 0 m"])
    pdf.add_object(content)
    box = (shape.height, shape.width) if turned else (shape.width, shape.height)
    page = {"Type": "/Page", "Parent": pdf.pages.reference, "Contents": content.reference, "MediaBox": (0, 0, *box)}
    pdf.add_page(pydyf.Dictionary(page))
    stand_up(pdf, shape)
    add_marks(pdf, shape)
    stream = next(o for o in pdf.objects if isinstance(o, pydyf.Stream) and "/Artifact BMC" in o.stream)
    return shape, "\n".join(map(str, stream.stream)), pdf


def ends(text: str) -> list[tuple[float, float]]:
    """Give the ends of all straight lines."""
    found = [tuple(map(float, line)) for line in LINE.findall(text)]
    return [(line[at], line[at + 1]) for line in found for at in (0, 2)]


def test_a_page_that_lies_on_its_side_is_marked_and_stands_up() -> None:
    shape, text, pdf = drawn("crop", turned=True)
    assert {round(shape.height, 3), round(shape.width, 3)} <= {value for point in ends(text) for value in point}
    page = next(o for o in pdf.objects if isinstance(o, pydyf.Dictionary) and o.get("Type") == "/Page")
    assert page["Rotate"] == 270


def test_crop_marks_are_eight_lines_on_the_edges_of_the_trim() -> None:
    shape, text, _ = drawn("crop")
    points = ends(text)
    assert len(points) == 16
    for (x1, y1), (x2, y2) in list(pairwise(points))[::2]:
        upright = x1 == x2
        assert upright != (y1 == y2)
        side = shape.width if upright else shape.height
        assert (x1 if upright else y1) in (0, round(side, 3))


@pytest.mark.parametrize("marks", [("crop",), ("cross",), ("crop", "cross")])
def test_no_mark_reaches_into_the_bleed_or_out_of_the_slug(marks: tuple[str, ...]) -> None:
    shape, text, _ = drawn(*marks)
    for x, y in ends(text):
        beyond = max(-x, x - shape.width, -y, y - shape.height)
        assert shape.bleed - 0.001 <= beyond <= shape.apron + 0.001


def test_registration_marks_are_four_circles() -> None:
    assert drawn("cross")[1].count(" c S") == 4
    assert drawn("crop")[1].count(" c S") == 0


def test_marks_are_an_artifact_drawn_after_the_page_and_untouched_by_it() -> None:
    shape, text, pdf = drawn("crop")
    page = next(o for o in pdf.objects if isinstance(o, pydyf.Dictionary) and o.get("Type") == "/Page")
    assert len(page["Contents"]) == 3
    assert text.splitlines()[:2] == ["Q", "/Artifact BMC"]
    assert text.endswith("EMC")
    expected = [-shape.bleed, -shape.bleed, shape.width + shape.bleed, shape.height + shape.bleed]
    assert list(page["BleedBox"]) == pytest.approx(expected)
