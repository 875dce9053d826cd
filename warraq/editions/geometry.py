"""The geometry of a paged edition: page, margins, type area and baseline grid.

All numbers are in pt (1/72 in). What the publication leaves open is set in proportion to
the page: the outer margin wider than the inner, the foot wider than the head, and a type
area that holds a whole number of lines.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from warraq.arabic.languages import direction_in
from warraq.publication import Publication

if TYPE_CHECKING:
    from warraq.settings import Output

POINTS = {"mm": 72 / 25.4, "cm": 720 / 25.4, "in": 72.0, "pt": 1.0, "px": 0.75}
#: Trim width up to which a text size and leading suit (size, leading).
TYPE_SIZES = ((112.0, 10.5, 18.0), (155.0, 12.0, 20.4), (185.0, 13.0, 21.6), (math.inf, 14.0, 23.0))
#: Margins as shares of the trim width (inner, outer) and height (head, foot).
INNER, OUTER, HEAD, FOOT = 0.118, 0.146, 0.098, 0.116
#: The slug beyond the bleed that holds printer's marks, 7 mm.
SLUG = 7 * 72 / 25.4
#: A line of Arabic text stays readable up to about this many times the size of the text.
WIDEST_MEASURE = 30.0


@dataclass(frozen=True, slots=True)
class Geometry:
    """Measures in pt of one edition; `binding` is the side of the spine."""

    width: float
    height: float
    head: float
    foot: float
    inner: float
    outer: float
    size: float
    leading: float
    bleed: float
    marks: tuple[str, ...]
    binding: str

    @property
    def recto(self) -> str:
        """The side that odd pages lie on: left where books are bound at the right."""
        return "left" if self.binding == "right" else "right"

    @property
    def verso(self) -> str:
        """The side that even pages lie on."""
        return "right" if self.binding == "right" else "left"

    @property
    def apron(self) -> float:
        """What lies around the trim on every side: the bleed, and the slug if it has marks."""
        return self.bleed + (SLUG if self.marks else 0)

    @property
    def measure(self) -> float:
        """The width of the type area."""
        return self.width - self.inner - self.outer

    @property
    def lines(self) -> int:
        """The number of lines on a full page."""
        return round((self.height - self.head - self.foot) / self.leading)


def points(length: str, size: float = 12.0) -> float:
    """Turn a CSS length such as `3mm` into pt; `em` is taken of `size`."""
    number = length.rstrip("cehimnptx")
    unit = length[len(number) :]
    return float(number) * (size if unit == "em" else POINTS[unit])


def geometry(publication: Publication, edition: str) -> Geometry:
    """Work out the geometry of the edition `screen` or `print`."""
    outputs, theme = publication.settings.output, publication.settings.theme
    output: Output = getattr(outputs, edition)
    page = output.page or outputs.screen.page
    width, height = (points(length) for length in page)
    size, leading = _type_size(width, output.size or theme.size, output.leading or theme.leading)
    head, foot, inner, outer = _margins(output, width, height, size)
    lines = max(1, math.floor((height - head - foot) / leading + 0.01))
    right = direction_in(publication.settings.publication.language) == "rtl"
    return Geometry(
        width=width,
        height=height,
        head=head,
        foot=height - head - lines * leading,
        inner=inner,
        outer=outer,
        size=size,
        leading=leading,
        bleed=points(output.bleed, size),
        marks=tuple(output.marks),
        binding=output.binding or ("right" if right else "left"),
    )


def _type_size(width: float, size: str | None, leading: str | None) -> tuple[float, float]:
    """Choose the size and leading that suit a trim width, unless they are set."""
    millimetres = width / POINTS["mm"]
    usual, between = next((s, lead) for limit, s, lead in TYPE_SIZES if millimetres <= limit)
    chosen = points(size, usual) if size else usual
    return chosen, points(leading, chosen) if leading else chosen * between / usual


def _margins(output: Output, width: float, height: float, size: float) -> tuple[float, float, float, float]:
    """Give head, foot, inner and outer margin."""
    if output.margins:
        set_by_hand = output.margins
        head, foot, inner, outer = (
            points(length, size)
            for length in (set_by_hand.head, set_by_hand.foot, set_by_hand.inner, set_by_hand.outer)
        )
        return head, foot, inner, outer
    inner, outer = width * INNER, width * OUTER
    spare = max(0.0, width - inner - outer - WIDEST_MEASURE * size)
    return height * HEAD, height * FOOT, inner + spare * 0.42, outer + spare * 0.58
