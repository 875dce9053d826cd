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
    """Draw the cover."""
    return _pictures(document, compose_cover(document, theme), WIDTH)[0]


def cards(document: Document, theme: Theme, wanted: Sequence[Card]) -> list[bytes]:
    """Draw the cards of links."""
    return _pictures(document, compose_cards(document, theme, wanted), CARD_WIDTH) if wanted else []


def _pictures(document: Document, composition: Composition, width: int) -> list[bytes]:
    """Draw pages so many pixels wide, and give each as a PNG with a palette, which suits flat colours."""
    printed = press.run(composition, document.publication, lambda _pages: None)
    return [_png(page) for page in drawn(printed.data, width)]


def _png(page: Image.Image) -> bytes:
    flat = page.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    file = io.BytesIO()
    flat.save(file, "PNG")
    return file.getvalue()
