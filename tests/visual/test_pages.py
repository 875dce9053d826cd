"""Pieces of finished pages look as they did when somebody last looked at them.

Where a change of the page is meant: `WARRAQ_BLESS=1 python3 build.py test tests/visual`,
then look at the new pictures in `golden/` before they are committed.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageFilter

from tests.support import destinations
from tests.visual.comparison import Report, compare, overlay

HERE = Path(__file__).resolve().parent
GOLDEN = HERE / "golden"
REPORT = HERE.parent / "out" / "visual.html"
LARGEST = 15 * 1024
BLESS = bool(os.environ.get("WARRAQ_BLESS"))


@dataclass(frozen=True, slots=True)
class Region:
    """A piece of a page: the unit that it is in, pages after its first, and a box.

    The box is left, top, right and bottom in pt from the page's upper left corner; `scale`
    is pixels a pt.
    """

    unit: str
    page: int
    box: tuple[int, int, int, int]
    scale: float = 1.5
    edition: str = "essay"


REGIONS = {
    "opening": Region("reed", 0, (40, 130, 390, 335)),
    "running-head-verso": Region("reed", 1, (40, 20, 390, 84)),
    "running-head-recto": Region("reed", 2, (40, 20, 390, 84)),
    "table": Region("reed", 1, (40, 258, 390, 385)),
    "notes-and-folio": Region("reed", 0, (40, 440, 390, 545)),
    "list": Region("reed", 1, (190, 392, 390, 492)),
    "heading-and-quotation": Region("well", 1, (40, 54, 390, 138)),
    "verse": Region("well", 1, (40, 164, 390, 222)),
    "figure": Region("well", 0, (120, 325, 310, 445)),
    "contents": Region("contents", 0, (40, 60, 390, 263), 1.2),
    "part": Region("part-1", 0, (90, 150, 340, 290)),
    "colophon": Region("colophon", 0, (40, 60, 390, 460), 0.8),
    "cover": Region("cover", 0, (0, 0, 419, 595), 0.36),
    "printers-marks": Region("reed", 0, (0, 0, 70, 70), 2, "essay-print"),
}


class Pages:
    """The editions of the essay, open for looking at."""

    def __init__(self, folder: Path) -> None:
        """Open what lies in a folder."""
        self.drawn = {name: pypdfium2.PdfDocument(folder / f"{name}.pdf") for name in ("essay", "essay-print")}
        with pikepdf.open(folder / "essay.pdf") as pdf:
            self.places = destinations(pdf)

    def crop(self, region: Region) -> Image.Image:
        """Draw a region in 16 greys."""
        page = self.drawn[region.edition][self.places[region.unit] + region.page]
        whole: Image.Image = page.render(scale=region.scale, grayscale=True).to_pil()
        left, top, right, bottom = (round(side * region.scale) for side in region.box)
        return whole.crop((left, top, right, bottom)).point([grey // 16 * 17 for grey in range(256)])


@pytest.fixture(scope="module")
def pages(essay: Path) -> Iterator[Pages]:
    """Open the essay once for all regions."""
    opened = Pages(essay)
    yield opened
    for pdf in opened.drawn.values():
        pdf.close()


@pytest.fixture(scope="module")
def report() -> Report:
    """Begin a report; the one of an earlier run goes."""
    REPORT.unlink(missing_ok=True)
    return Report(REPORT)


@pytest.mark.parametrize("name", REGIONS)
def test_a_piece_of_a_page_looks_as_before(name: str, pages: Pages, report: Report) -> None:
    got, path = pages.crop(REGIONS[name]), GOLDEN / f"{name}.png"
    if BLESS:
        path.parent.mkdir(exist_ok=True)
        got.save(path, optimize=True)
    known = Image.open(path).convert("L") if path.exists() else Image.new("L", got.size, 255)
    found = compare(known, got)
    if found.why:
        report.add(name, known, got, found)
    assert not found.why, f"{name}: {found.why}; look at {REPORT}"


def test_the_pictures_are_those_of_the_regions_and_small() -> None:
    assert {path.stem for path in GOLDEN.iterdir()} == set(REGIONS)
    assert not [path.name for path in GOLDEN.iterdir() if path.stat().st_size > LARGEST]


@pytest.mark.parametrize("name", REGIONS)
def test_a_shift_of_two_pixels_is_seen_in_every_region(name: str, pages: Pages) -> None:
    got = pages.crop(REGIONS[name])
    for across, down in ((2, 0), (0, 2)):
        shifted = Image.new("L", got.size, 255)
        shifted.paste(got, (across, down))
        assert compare(got, shifted).why


@pytest.mark.parametrize("name", REGIONS)
def test_heavier_letters_are_seen_in_every_region(name: str, pages: Pages) -> None:
    got = pages.crop(REGIONS[name])
    assert compare(got, got.filter(ImageFilter.MinFilter(3))).why


@pytest.mark.parametrize("name", REGIONS)
def test_a_third_of_a_pixel_and_softer_edges_are_let_pass(name: str, pages: Pages) -> None:
    got = pages.crop(REGIONS[name])
    moved = got.transform(got.size, Image.Transform.AFFINE, (1, 0, 0.3, 0, 1, 0.2), Image.Resampling.BICUBIC)
    softer = Image.blend(got, got.filter(ImageFilter.GaussianBlur(0.6)), 0.4)
    assert not compare(got, moved).why
    assert not compare(got, softer).why


def test_a_report_shows_both_pictures_and_the_reason(tmp_path: Path) -> None:
    white, black = Image.new("L", (4, 4), 255), Image.new("L", (4, 4), 0)
    Report(tmp_path / "out" / "visual.html").add("<name>", white, black, compare(white, black))
    page = (tmp_path / "out" / "visual.html").read_text("utf-8")
    assert page.count("data:image/png;base64,") == 3
    assert "&lt;name&gt;" in page
    assert "limit" in page


def test_in_the_report_new_ink_is_blue_and_gone_ink_is_red() -> None:
    white, black = Image.new("L", (1, 1), 255), Image.new("L", (1, 1), 0)
    assert overlay(white, black).getpixel((0, 0)) == (0, 0, 255)
    assert overlay(black, white).getpixel((0, 0)) == (255, 0, 0)
    assert overlay(black, black).getpixel((0, 0)) == (0, 0, 0)
