"""The cover as a picture, for shelves of e-books: drawn by the press, as it is in the PDF."""

from __future__ import annotations

import io

from PIL import Image

from warraq.composition import compose_cover
from warraq.document import Document
from warraq.engine import press
from warraq.engine.readback import drawn
from warraq.theme import Theme

#: Pixels; what shops and shelves ask for, and no more than a cheap reader can hold.
WIDTH = 1400
COLOURS = 96


def cover(document: Document, theme: Theme) -> bytes:
    """Draw the cover and give it as a PNG with a palette, which suits flat colours."""
    printed = press.run(compose_cover(document, theme), document.publication, lambda _pages: None)
    flat = drawn(printed.data, WIDTH).quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    file = io.BytesIO()
    flat.save(file, "PNG")
    return file.getvalue()
