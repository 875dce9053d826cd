"""A finished PDF, opened as a reader opens it: by PDFium, which Chrome has too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pypdfium2
from PIL import Image

#: PDFium holds what it has read of a file until it is closed, so that a long one is opened anew after so many pages.
MOST = 300


class Reader:
    """Copies the text of pages."""

    def __init__(self, data: bytes) -> None:
        """Open a PDF."""
        self._data = data
        self._read = 0
        self._pdf = pypdfium2.PdfDocument(data)

    def texts(self, pages: Iterable[int]) -> Iterator[str]:
        """Give the texts of pages, by their indexes."""
        for number in pages:
            if self._read == MOST:
                self._pdf.close()
                self._pdf, self._read = pypdfium2.PdfDocument(self._data), 0
            self._read += 1
            page = self._pdf[number]
            copied = page.get_textpage()
            text: str = copied.get_text_range()
            copied.close()
            page.close()
            yield text.replace("\r\n", "\n")


def pages(data: bytes) -> Iterator[str]:
    """Give the text that can be copied from each page of a PDF."""
    with pypdfium2.PdfDocument(data) as pdf:
        count = len(pdf)
    return Reader(data).texts(range(count))


def drawn(data: bytes, width: int) -> Iterator[Image.Image]:
    """Draw the pages of a PDF, `width` pixels wide, as they are before viewers turn them."""
    with pypdfium2.PdfDocument(data) as pdf:
        for sheet in pdf:
            sheet.set_rotation(0)
            picture: Image.Image = sheet.render(scale=width / sheet.get_width()).to_pil().convert("RGB")
            yield picture
