"""A finished PDF, opened as a reader opens it: by PDFium, which Chrome has too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Future
from contextlib import ExitStack

import pypdfium2
from PIL import Image

from warraq.engine.hands import Hand

#: In pages: to start a process for fewer takes longer than it saves.
FEW = 150
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


def texts(data: bytes, wanted: Sequence[range], jobs: int, hand: Hand | None = None) -> Iterator[Sequence[str]]:
    """Give the texts of some ranges of pages, in their order, read by so many processes at most.

    A `hand` that is there already is one of them.
    """
    shares = _dealt(wanted, max(1, min(jobs, sum(map(len, wanted)) // FEW)))
    with ExitStack() as called:
        others: list[Future[list[Sequence[str]]]] = []
        for share in shares[1:]:
            if not hand or others:
                hand = Hand()
                called.callback(hand.rest)
            others.append(hand.submit(_read, data, share))
        yield from _each(data, shares[0])
        for share, other in zip(shares[1:], others, strict=True):
            yield from _results(data, share, other)


def begun(data: bytes, wanted: Sequence[range], hand: Hand) -> Iterator[Sequence[str]]:
    """Have the texts of ranges of pages read elsewhere from now on, and give them when they are asked for."""
    return _results(data, wanted, hand.submit(_read, data, wanted))


def _results(data: bytes, share: Sequence[range], other: Future[list[Sequence[str]]]) -> Iterator[Sequence[str]]:
    """Wait for what a process has read; where it has ended, read here."""
    try:
        yield from other.result()
    except BrokenExecutor:  # the machine may lack memory
        yield from _each(data, share)


def _dealt(wanted: Sequence[range], parts: int) -> list[list[range]]:
    """Part ranges of pages into lists of about as many pages, in their order."""
    whole = sum(map(len, wanted)) or 1
    shares: list[list[range]] = [[] for _ in range(parts)]
    before = 0
    for one in wanted:
        shares[min((2 * before + len(one)) * parts // (2 * whole), parts - 1)].append(one)
        before += len(one)
    return shares


def _each(data: bytes, wanted: Iterable[range]) -> Iterator[Sequence[str]]:
    reader = Reader(data)
    return ([*reader.texts(one)] for one in wanted)


def _read(data: bytes, wanted: Iterable[range]) -> list[Sequence[str]]:
    return [*_each(data, wanted)]


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
