"""Font files: what is in them, and what is left of them for a reader. Only fontTools is asked.

Everything is kept per file, for editions and builds ask for the same again.
"""

from __future__ import annotations

import functools
import io
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont, TTLibError

#: What reading a broken font file raises.
BROKEN = (TTLibError, OSError, KeyError)
#: Tables that no reader needs.
USELESS = ["DSIG", "FFTM", "meta"]
#: Copyright, family, style, full name, PostScript name, licence and its address.
NAMES = [0, 1, 2, 4, 6, 13, 14]


@functools.lru_cache(maxsize=256)
def description(path: Path) -> tuple[str, int, bool]:
    """Read a font's family name, weight (100 to 900) and whether it is slanted.

    Raises one of `BROKEN` for a file that is no font.
    """
    with path.open("rb") as file, TTFont(file, lazy=True) as font:
        names, os2, mac_style = font["name"], font["OS/2"], font["head"].macStyle
        family = names.getDebugName(16) or names.getDebugName(1)
        return family, os2.usWeightClass, bool(mac_style & 2)


@functools.lru_cache(maxsize=256)
def characters(path: Path) -> frozenset[int]:
    """Give the code points that a font draws."""
    with path.open("rb") as file, TTFont(file, lazy=True) as font:
        return frozenset(font.getBestCmap())


@functools.lru_cache(maxsize=64)
def cut(path: Path, codes: frozenset[int]) -> bytes:
    """Cut a font down to some code points and what layout makes of them, as WOFF2.

    The layout features that fontTools keeps by default are those that scripts need: joining
    forms, ligatures, marks, kerning. The licence stays in the names, hints go. Nothing is
    given where the font has none of the characters.
    """
    kept = codes & characters(path)
    if not kept:
        return b""
    options = subset.Options(flavor="woff2", hinting=False, notdef_outline=True, recalc_timestamp=False)
    options.drop_tables += USELESS
    options.name_IDs = NAMES
    with subset.load_font(str(path), options) as font:
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=sorted(kept))
        cutter.subset(font)
        file = io.BytesIO()
        subset.save_font(font, file, options)
    return file.getvalue()
