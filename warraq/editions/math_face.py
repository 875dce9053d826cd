"""The face of formulas in editions that set MathML: STIX Two Math, cut to what they hold.

It comes with ziamath, which draws the same formulas for paged media; its licence (OFL 1.1)
stands in the font's own names.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable, Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

from warraq.font_files import cut

FAMILY = "STIX Two Math"
#: Where the slanted forms of letters begin, in which a lone letter is shown (MathML Core §2.1.2).
_SLANTED = (("A", "Z", 0x1D434), ("a", "z", 0x1D44E), ("\u0391", "\u03a9", 0x1D6E2), ("\u03b1", "\u03c9", 0x1D6FC))
#: Signs that readers put in by themselves: roots, bars, brackets, an empty place.
_ALWAYS = "√‾_()[]{}|‖⟨⟩∑∫=+−×·\u2061\u2062 "


def math_face(trees: Iterable[Element]) -> bytes:
    """Give the face for the formulas of trees as WOFF2; nothing where there are none."""
    chars = {char for tree in trees for math in tree.iter("math") for text in math.itertext() for char in text}
    if not chars - set("\n "):
        return b""
    found = importlib.util.find_spec("ziamath")
    folder = Path(found.origin).parent if found and found.origin else Path()
    path = folder / "fonts" / "STIXTwoMath-Regular.ttf"
    return cut(path, frozenset(map(ord, {*chars, *_slanted(chars), *_ALWAYS}))) if path.is_file() else b""


def _slanted(chars: Iterable[str]) -> Iterator[str]:
    for char in chars:
        for first, last, start in _SLANTED:
            if first <= char <= last:
                yield "\u210e" if char == "h" else chr(start + ord(char) - ord(first))
