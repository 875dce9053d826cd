"""What is to be laid out: a unit of a Composition, and all that its layout depends on.

Plain data, so that a job travels to whoever does it; nobody needs WeasyPrint to make one.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from warraq.editions.geometry import Geometry
from warraq.editions.style import Sheet


@dataclass(frozen=True, slots=True)
class Job:
    """A unit to be laid out.

    `html` is a whole document that holds it alone. `side` is the side of its first page if that
    is not a recto; `number` is that of its first page, where
    numbers are drawn in it that cannot move.
    """

    unit: str
    html: str
    sheets: tuple[Sheet, ...]
    geometry: Geometry
    root: Path
    name: str
    remote: bool = False
    side: str = ""
    number: int = 0
    archival: bool = False
