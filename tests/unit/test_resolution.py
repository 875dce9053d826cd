"""Pictures against the measure of the print edition."""

from __future__ import annotations

from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from PIL import Image

from warraq.checks.resolution import check, printed_width
from warraq.editions.geometry import geometry
from warraq.manuscript import collect
from warraq.publication import open_publication
from warraq.reading import read


@pytest.mark.parametrize(
    ("attributes", "size", "inches"),
    [
        ({}, (96, 96), 1.0),
        ({"width": "48"}, (96, 96), 0.5),
        ({"style": "width: 72pt"}, (3000, 300), 1.0),
    ],
)
def test_a_picture_is_as_wide_as_it_asks(
    tmp_path: Path, attributes: dict[str, str], size: tuple[int, int], inches: float
) -> None:
    (tmp_path / "a.md").write_text("# أ\n\nب\n", "utf-8")
    shape = geometry(open_publication(tmp_path)[0], "print")
    assert printed_width(Element("img", attributes), size, shape) == pytest.approx(inches * 72)
    assert printed_width(Element("img", {"style": "width: 50%"}), size, shape) == pytest.approx(shape.measure / 2)


def test_too_few_pixels_are_told_of_with_their_place(tmp_path: Path) -> None:
    for name, pixels in (("few.png", 200), ("enough.png", 2000)):
        Image.new("RGB", (pixels, pixels)).save(tmp_path / name)
    (tmp_path / "a.md").write_text("# أ\n\n![س](few.png)\n\n![ص](enough.png)\n", "utf-8")
    publication, _ = open_publication(tmp_path)
    manuscript, _ = collect(publication)
    faults = check(manuscript, read(publication, manuscript)[0])
    assert [(fault.code, fault.place and fault.place.line) for fault in faults] == [("W232", 3)]
    assert "96 pixels" in faults[0].message
