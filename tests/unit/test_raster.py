"""Pictures brought down to a size: only where they are larger, and only what can be."""

from __future__ import annotations

import io
import random

import pytest
from PIL import Image

from warraq.editions.raster import size, sized


def picture(kind: str, mode: str = "RGB", shape: tuple[int, int] = (900, 300)) -> bytes:
    """Draw a picture of noise, which compresses badly, as a photograph does."""
    noise = random.Random(1).randbytes(shape[0] * shape[1])  # noqa: S311 - no secret
    drawn = Image.frombytes("L", shape, noise).convert(mode)
    file = io.BytesIO()
    drawn.save(file, kind)
    return file.getvalue()


@pytest.mark.parametrize(
    ("kind", "mode"), [("JPEG", "RGB"), ("JPEG", "L"), ("PNG", "RGB"), ("PNG", "RGBA"), ("PNG", "P"), ("WEBP", "RGB")]
)
def test_a_large_picture_is_brought_down_and_stays_of_its_kind(kind: str, mode: str) -> None:
    data = picture(kind, mode)
    made = sized(data, 450)
    assert size(made) == (450, 150)
    assert len(made) < len(data)
    with Image.open(io.BytesIO(made)) as opened:
        assert (opened.format, opened.mode) == (kind, mode)
    assert made == sized(data, 450)


def test_nothing_is_written_anew_that_need_not_be() -> None:
    data = picture("JPEG")
    assert sized(data, None) is data
    assert sized(data, 900) is data
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>'
    assert (size(drawing), sized(drawing, 100)) == (None, drawing)


def test_what_moves_is_left_whole() -> None:
    file = io.BytesIO()
    first, second = Image.new("P", (300, 300), 0), Image.new("P", (300, 300), 1)
    first.save(file, "GIF", save_all=True, append_images=[second])
    assert sized(file.getvalue(), 100) == file.getvalue()


def test_a_photograph_taken_on_its_side_stands_upright() -> None:
    turned = Image.new("RGB", (800, 200), "white")
    turned.paste((255, 0, 0), (0, 0, 400, 200))
    exif = turned.getexif()
    exif[0x0112] = 6
    file = io.BytesIO()
    turned.save(file, "JPEG", exif=exif, quality=100)
    with Image.open(io.BytesIO(sized(file.getvalue(), 400))) as opened:
        assert opened.size == (100, 400)
        red, green, _ = opened.convert("RGB").getpixel((50, 50))  # type: ignore[misc]
    assert red - green > 100
