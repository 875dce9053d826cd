"""What a line draws, parted so that each glyph of the PDF stands for one character of the text.

A reader copies characters in the order of the glyphs on the page, so a glyph that stands
for two letters, or two that stand for one, come back wrong. A cell is what one character
draws: the outlines at their places, kerning and kashida included, its advance width, and
the character. The PDF's font gets one glyph for each cell (`warraq.engine.truetype`).
"""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

#: A glyph id with its offset from the left edge of its cell on the baseline, in font units, y
#: upwards; a kashida may have a fourth number, its own width in those of `AS_IT_IS`.
Part = tuple[int, ...]
#: The width of a glyph that is not stretched (1.0 in F2DOT14, OpenType 1.9 `glyf`).
AS_IT_IS = 1 << 14
#: Cells whose lines are remembered, in about 2 MB.
MOST = 8192

ZWNJ = "\u200c"


class Cell(NamedTuple):
    """What one character draws; the advance is in 1/1000 em, as widths are in a PDF."""

    text: str
    advance: int
    parts: tuple[Part, ...]


class Shape(NamedTuple):
    """A glyph that the shaper placed: offsets from the left edge of its group, in font units.

    It is drawn `stretch` / AS_IT_IS times as wide as it is in the font.
    """

    glyph: int
    x: int
    y: int
    width: int
    stretch: int = AS_IT_IS


class Cluster(NamedTuple):
    """Characters that the shaper did not part, with their glyphs from left to right.

    The text of a cluster of kashidas that justification put in is empty.
    """

    text: str
    shapes: Sequence[Shape]


class _Letter(NamedTuple):
    text: str
    shapes: list[Shape]
    marks: list[tuple[str, list[Shape]]]


@functools.lru_cache(maxsize=MOST)
def write_cell(cell: Cell) -> bytes:
    """Write a cell as a line of ASCII: bytes are stored and compared much faster than tuples."""
    parts = " ".join(",".join(map(str, part)) for part in cell.parts)
    return f"{cell.text.encode('utf-16-be').hex()};{cell.advance};{parts}".encode()


def read_outline(line: bytes) -> Cell:
    """Read a cell that was written as a line, but for its text, which does not change how it is drawn."""
    _text, advance, parts = line.split(b";")
    placed = tuple([tuple(map(int, part.split(b","))) for part in parts.split()])
    return Cell("", int(advance), placed)


def is_mark(character: str) -> bool:
    """Tell whether a character is drawn above or below the letter before it."""
    return unicodedata.category(character) in {"Mn", "Me"}


def is_read(character: str) -> bool:
    """Tell whether a character belongs to what people read: format controls do not, ZWNJ does."""
    return unicodedata.category(character) != "Cf" or character == ZWNJ or "\u0600" <= character <= "\u08e2"


def cells(clusters: Sequence[Cluster], width: int, upem: int, *, rtl: bool) -> list[Cell]:
    """Part a letter with all that belongs to it into cells, from left to right.

    `clusters` are in reading order, `width` is that of the whole group in font units of
    which `upem` make an em. A ligature gives each of its letters a share of its width;
    marks have none.
    """
    first = clusters[0].text
    if len(first) == 1 and is_read(first) and not any(cluster.text for cluster in clusters[1:]):
        return [_cell(first, width, [shape for cluster in clusters for shape in cluster.shapes], 0, upem)]
    letters = _letters(clusters)
    if not letters:
        return []
    bounds = [width * at // len(letters) for at in range(len(letters) + 1)]
    if rtl:
        return list(_leftwards(letters[::-1], bounds, upem))
    return list(_rightwards(letters, bounds, upem))


def _letters(clusters: Sequence[Cluster]) -> list[_Letter]:
    """Gather the letters of a group with their marks; what has no text joins the letter before it."""
    letters: list[_Letter] = []
    waiting: list[Shape] = []
    for cluster in clusters:
        for character, shapes in _parted(cluster):
            if not character and not letters:
                waiting += shapes
            elif not character:
                letters[-1].shapes.extend(shapes)
            elif letters and is_mark(character):
                letters[-1].marks.append((character, shapes))
            else:
                letters.append(_Letter(character, shapes, []))
    if letters:
        letters[0].shapes.extend(waiting)
    return letters


def _parted(cluster: Cluster) -> Iterator[tuple[str, list[Shape]]]:
    """Give each character of a cluster its glyphs, as far as that can be told.

    Glyphs without a width are the marks', in order; a ligature's outline goes to the letter
    that is drawn first, with which every offset fits.
    """
    text = "".join(filter(is_read, cluster.text))
    if len(text) < 2:
        yield text, list(cluster.shapes)
        return
    marks = [character for character in text if is_mark(character)]
    floating = [shape for shape in cluster.shapes if not shape.width] if marks else []
    taken = floating[::-1][: len(marks)]
    rest = [shape for shape in cluster.shapes if shape not in taken]
    for character in text:
        if is_mark(character):
            yield character, [taken.pop(0)] if taken else []
        else:
            yield character, rest
            rest = []


def _leftwards(letters: Sequence[_Letter], bounds: Sequence[int], upem: int) -> Iterator[Cell]:
    """Place letters of a right-to-left group, the last one read first: its marks, then itself."""
    for letter, left, right in zip(letters, bounds, bounds[1:], strict=False):
        for text, shapes in reversed(letter.marks):
            yield _cell(text, 0, shapes, left, upem)
        yield _cell(letter.text, right - left, letter.shapes, left, upem)


def _rightwards(letters: Sequence[_Letter], bounds: Sequence[int], upem: int) -> Iterator[Cell]:
    """Place letters of a left-to-right group, each followed by its marks."""
    for letter, left, right in zip(letters, bounds, bounds[1:], strict=False):
        yield _cell(letter.text, right - left, letter.shapes, left, upem)
        for text, shapes in letter.marks:
            yield _cell(text, 0, shapes, right, upem)


def _cell(text: str, advance: int, shapes: Sequence[Shape], left: int, upem: int) -> Cell:
    parts = tuple(_part(shape, left) for shape in shapes)
    return Cell(text, max(0, round(advance * 1000 / upem)), parts)


def _part(shape: Shape, left: int) -> Part:
    part = (shape.glyph, shape.x - left, shape.y)
    return part if shape.stretch == AS_IT_IS else (*part, shape.stretch)
