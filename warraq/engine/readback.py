"""A finished PDF, opened as a reader opens it: by PDFium, which Chrome has too."""

from __future__ import annotations

from collections.abc import Iterator

import pypdfium2
from PIL import Image


def page_labels(data: bytes) -> list[str]:
    """Give the label of each page of a PDF."""
    with pypdfium2.PdfDocument(data) as pdf:
        return [pdf.get_page_label(number) for number in range(len(pdf))]


def page_texts(data: bytes) -> Iterator[str]:
    """Give the text that can be copied from each page of a PDF."""
    with pypdfium2.PdfDocument(data) as pdf:
        for number in range(len(pdf)):
            text: str = pdf[number].get_textpage().get_text_range()
            yield text.replace("\r\n", "\n")


def drawn(data: bytes, width: int) -> Iterator[Image.Image]:
    """Draw the pages of a PDF, `width` pixels wide, as they are before viewers turn them."""
    with pypdfium2.PdfDocument(data) as pdf:
        for sheet in pdf:
            sheet.set_rotation(0)
            picture: Image.Image = sheet.render(scale=width / sheet.get_width()).to_pil().convert("RGB")
            yield picture
