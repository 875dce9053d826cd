"""A finished PDF, opened as a reader opens it: by PDFium, which Chrome has too."""

from __future__ import annotations

from collections.abc import Iterator

import pypdfium2
from PIL import Image


def pages(data: bytes) -> Iterator[tuple[str, str]]:
    """Give each page's label and the text that can be copied from it."""
    with pypdfium2.PdfDocument(data) as pdf:
        for number in range(len(pdf)):
            text: str = pdf[number].get_textpage().get_text_range()
            yield pdf.get_page_label(number), text.replace("\r\n", "\n")


def drawn(data: bytes, width: int) -> Iterator[Image.Image]:
    """Draw the pages of a PDF, `width` pixels wide, as they are before viewers turn them."""
    with pypdfium2.PdfDocument(data) as pdf:
        for sheet in pdf:
            sheet.set_rotation(0)
            picture: Image.Image = sheet.render(scale=width / sheet.get_width()).to_pil().convert("RGB")
            yield picture
