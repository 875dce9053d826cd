"""Printer's marks: crop and registration marks beyond the bleed, and the boxes of a page.

WeasyPrint draws its marks inside the bleed, where the knife or the ink may meet them, and
lets backgrounds run below them. Here a page has a slug around its bleed: it is kept white
and the marks stand in it, clear of the bleed (ISO 32000-1 §14.11.2 page boundaries).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pydyf

from warraq.editions.geometry import Geometry

LINE, RADIUS = 0.25, 4.0
#: Crop marks stop this far from the end of the slug; registration marks stand amid it.
CLEAR = 2.0

Box = tuple[float, float, float, float]


def add_marks(pdf: pydyf.PDF, geometry: Geometry) -> None:
    """Set TrimBox and BleedBox of each page and draw the marks as an artifact.

    The page's own stream moves the origin and never restores it, so it is wrapped in q/Q.
    """
    opening = pydyf.Stream([b"q"])
    pdf.add_object(opening)
    closings: dict[bool, pydyf.Stream] = {}
    for page in page_dictionaries(pdf):
        turned = is_turned(page, geometry)
        shape = replace(geometry, width=geometry.height, height=geometry.width) if turned else geometry
        if turned not in closings:
            closings[turned] = pydyf.Stream(["Q", "/Artifact BMC", *_drawing(shape), "EMC"])
            pdf.add_object(closings[turned])
        page["Contents"] = pydyf.Array([opening.reference, page["Contents"], closings[turned].reference])
        page["BleedBox"] = pydyf.Array(_grown(shape, geometry.bleed))


def stand_up(pdf: pydyf.PDF, geometry: Geometry) -> None:
    """Turn the pages that lie on their side a quarter to the left, so that all have one trim.

    ISO 32000-1 table 30: `Rotate` is in degrees clockwise.
    """
    for page in page_dictionaries(pdf):
        if is_turned(page, geometry):
            page["Rotate"] = 270


def is_turned(page: Any, geometry: Geometry) -> bool:
    """Tell whether a page lies on its side: it is as wide as the others are high."""
    left, bottom, right, top = page["MediaBox"]
    return bool((right - left > top - bottom) != (geometry.width > geometry.height))


def page_dictionaries(pdf: pydyf.PDF) -> Iterator[Any]:
    """Give the page dictionaries."""
    return (entry for entry in pdf.objects if isinstance(entry, dict) and entry.get("Type") == "/Page")


def _grown(geometry: Geometry, by: float) -> Box:
    """Give the trim rectangle grown by a distance on every side: left, bottom, right, top."""
    return -by, -by, geometry.width + by, geometry.height + by


def _drawing(geometry: Geometry) -> Iterator[str]:
    """Draw a white slug, and the marks that the edition asks for."""
    yield from ("1 1 1 rg", *_frame(_grown(geometry, geometry.bleed), _grown(geometry, geometry.apron)), "f*")
    yield from (f"{LINE} w", "0 0 0 RG")
    if "crop" in geometry.marks:
        yield from _crop_marks(geometry)
    if "cross" in geometry.marks:
        yield from _registration_marks(geometry)


def _frame(inner: Box, outer: Box) -> Iterator[str]:
    """Outline what lies between two rectangles, for filling by the even-odd rule."""
    for left, bottom, right, top in (outer, inner):
        yield f"{left:.3f} {bottom:.3f} {right - left:.3f} {top - bottom:.3f} re"


def _crop_marks(geometry: Geometry) -> Iterator[str]:
    """Draw two lines at each corner, on the trim's edges, from the bleed outwards."""
    near, far = geometry.bleed, geometry.apron - CLEAR
    for x, out in ((0.0, -1), (geometry.width, 1)):
        for y, up in ((0.0, -1), (geometry.height, 1)):
            yield _line(x + out * near, y, x + out * far, y)
            yield _line(x, y + up * near, x, y + up * far)


def _registration_marks(geometry: Geometry) -> Iterator[str]:
    """Draw a circle with a cross amid each side of the slug."""
    middle = (geometry.bleed + geometry.apron) / 2
    for x, y in (
        (geometry.width / 2, -middle),
        (geometry.width / 2, geometry.height + middle),
        (-middle, geometry.height / 2),
        (geometry.width + middle, geometry.height / 2),
    ):
        yield _line(x - RADIUS * 1.6, y, x + RADIUS * 1.6, y)
        yield _line(x, y - RADIUS * 1.6, x, y + RADIUS * 1.6)
        yield _circle(x, y, RADIUS)


def _line(x1: float, y1: float, x2: float, y2: float) -> str:
    return f"{x1:.3f} {y1:.3f} m {x2:.3f} {y2:.3f} l S"


def _circle(x: float, y: float, r: float) -> str:
    """Draw a circle by four Bézier curves, whose control points lie at 0.5523 r."""
    k = 0.5523 * r
    return (
        f"{x + r:.3f} {y:.3f} m "
        f"{x + r:.3f} {y + k:.3f} {x + k:.3f} {y + r:.3f} {x:.3f} {y + r:.3f} c "
        f"{x - k:.3f} {y + r:.3f} {x - r:.3f} {y + k:.3f} {x - r:.3f} {y:.3f} c "
        f"{x - r:.3f} {y - k:.3f} {x - k:.3f} {y - r:.3f} {x:.3f} {y - r:.3f} c "
        f"{x + k:.3f} {y - r:.3f} {x + r:.3f} {y - k:.3f} {x + r:.3f} {y:.3f} c S"
    )
