"""Font programs by their names, and what a unit used of a face: plain data, which binding works with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from warraq.theme import FONTS


@dataclass(frozen=True, slots=True)
class Numbers:
    """Numbers of the objects of a font (ISO 32000-1 §9.7): itself and its descendant, which are made at binding.

    `widths` are those of its cells; `texts` is the map from codes to text, if it is the document's own, else 0.
    """

    font: int
    descendant: int
    widths: int
    texts: int

    def renumbered(self, new: Callable[[int], int]) -> Numbers:
        """Give the numbers that the same objects have elsewhere."""
        return Numbers(new(self.font), new(self.descendant), new(self.widths), new(self.texts) if self.texts else 0)


@dataclass(frozen=True, slots=True)
class Used:
    """What a document used of a face: plain data, made to be stored and to be bound.

    `cells` are written as bytes, a line each, in the order of their codes, which come in `runs`: the
    first code and how many there are from it on. If these stand for the same text in all documents,
    there are `counts` of them (`codes.Counts`). `digest` is that of cells and codes. `program` is the
    path of a font file of our theme, or the SHA-256 of another; `index` is the face in it, and
    `variations` are the values of its axes.
    """

    numbers: Numbers
    cells: bytes
    runs: tuple[tuple[int, int], ...]
    counts: bytes
    digest: str
    program: str
    index: int
    variations: tuple[tuple[str, float], ...]
    base_font: bytes
    family: str
    flags: int
    ascent: int
    descent: int


def is_ours(program: str) -> bool:
    """Tell whether that is the name of a font file of our theme."""
    return "." in program


def font_file(program: str, brought: Mapping[str, bytes]) -> bytes:
    """Give a font file by its name, of those that a publication brought or of our theme's."""
    return brought[program] if program in brought else (FONTS / program).read_bytes()
