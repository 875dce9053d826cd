"""Pictures with too few pixels for the press: fewer than 300 to the inch where they are printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

from PIL import Image, UnidentifiedImageError

from warraq.diagnostics import Diagnostic, Place, isolate
from warraq.document import Document
from warraq.editions.geometry import Geometry, geometry, points
from warraq.manuscript import Manuscript

#: What printers ask of pictures in tones, in pixels to the inch.
WANTED = 300
#: The size of a pixel on paper where nothing else is said (CSS Values 4 §6.2), in pt.
PIXEL = 0.75
#: Lines that a picture may be high (`templates/css/type.css`).
HIGHEST = 14
_WIDTH = re.compile(r"width:\s*(?P<number>[\d.]+)(?P<unit>%|[a-z]+)")


def check(manuscript: Manuscript, document: Document) -> list[Diagnostic]:
    """Report each picture (W232) that the print edition sets larger than its pixels allow."""
    shape = geometry(document.publication, "print")
    worst: dict[str, int] = {}
    for image in _pictures(document):
        key = image.get("src", "")
        if (path := document.images.get(key)) and (size := _size(path)):
            reached = round(size[0] / (printed_width(image, size, shape) / 72))
            worst[key] = min(reached, worst.get(key, reached))
    return [_fault(manuscript, key, reached) for key, reached in worst.items() if reached < WANTED]


def _pictures(document: Document) -> Iterator[Element]:
    for chapter in document.chapters:
        for tree in (chapter.body, *(note.body for note in chapter.notes)):
            yield from tree.iter("img")


def _size(path: Path) -> tuple[int, int] | None:
    """Give the pixels of a picture; a drawing has none."""
    try:
        with Image.open(path) as picture:
            return picture.size
    except (UnidentifiedImageError, OSError):
        return None


def printed_width(image: Element, size: tuple[int, int], shape: Geometry) -> float:
    """Work out how wide a picture is printed, in pt: as it asks, within measure and height."""
    pixels, high = size
    width = (int(image.get("width", "0")) if image.get("width", "").isdigit() else pixels) * PIXEL
    if asked := _WIDTH.search(image.get("style", "")):
        share = asked["unit"] == "%"
        length = f"{asked['number']}{asked['unit']}"
        width = shape.measure * float(asked["number"]) / 100 if share else points(length, shape.size)
    return max(min(width, shape.measure, HIGHEST * shape.leading * pixels / max(high, 1)), 1.0)


def _fault(manuscript: Manuscript, key: str, reached: int) -> Diagnostic:
    name = key.rpartition("/")[2]
    found = (source.find(name) for source in manuscript.sources)
    place = next(filter(None, found), Place(key))
    message = f"the picture {isolate(key)} is printed with {reached} pixels to the inch"
    hint = f"{WANTED} are wanted: take a larger picture, or set it smaller with {{width=…}}"
    return Diagnostic("W232", message, place, hint)
