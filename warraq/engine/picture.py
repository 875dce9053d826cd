"""Pages as pictures, drawn by the press: the cover for shelves of e-books, cards for links."""

from __future__ import annotations

import io
from collections.abc import Sequence

from PIL import Image

from warraq.composition import Card, Composition, compose_cards, compose_cover
from warraq.document import Document
from warraq.engine import press
from warraq.engine.readback import drawn
from warraq.theme import Theme

#: Pixels; what shops and shelves ask for, and no more than a cheap reader can hold.
WIDTH = 1400
COLOURS = 96
#: Pixels of a card, as Open Graph has them.
CARD_WIDTH = 1200


def cover(document: Document, theme: Theme) -> bytes:
<<<<<<< HEAD
    """Draw the cover."""
    return _drawn(document, compose_cover(document, theme), WIDTH)[0]


def cards(document: Document, theme: Theme, wanted: Sequence[Card]) -> list[bytes]:
    """Draw the cards of links."""
    return _drawn(document, compose_cards(document, theme, wanted), CARD_WIDTH) if wanted else []


def _drawn(document: Document, composition: Composition, width: int) -> list[bytes]:
    """Draw pages so many pixels wide, and give each as a PNG with a palette, which suits flat colours."""
    printed = press.run(composition, document.publication, lambda _pages: None)
    with pypdfium2.PdfDocument(printed.data) as pdf:
        return [_png(page, width) for page in pdf]


def _png(page: pypdfium2.PdfPage, width: int) -> bytes:
    page.set_rotation(0)  # wide pages of the PDF lie on their side
    drawn = page.render(scale=width / page.get_width()).to_pil().convert("RGB")
    flat = drawn.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
=======
    """Draw the cover and give it as a PNG with a palette, which suits flat colours."""
    printed = press.run(compose_cover(document, theme), document.publication, lambda _pages: None)
    flat = drawn(printed.data, WIDTH).quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
>>>>>>> main
    file = io.BytesIO()
    flat.save(file, "PNG")
    return file.getvalue()
