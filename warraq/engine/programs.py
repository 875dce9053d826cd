"""Font programs by their names, and what a unit used of a face: plain data, which binding works with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from warraq.theme import FONTS


@dataclass(frozen=True, slots=True)
class Used:
    """What a document used of a face: plain data, made to be stored and to be bound.

    `number` is that of its descendant font (ISO 32000-1 §9.7.4), which is made when all cells
    are known, and `widths` that of their widths. `cells` are written as bytes, a line each, in
    the order of their codes from 1. `program` is the path of a font file of our theme, or the
    SHA-256 of another; `index` is the face in it, and `variations` are the values of its axes.
    """

    number: int
    widths: int
    cells: bytes
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
