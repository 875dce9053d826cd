"""Which letters join, by the Joining_Type of Unicode (ArabicShaping.txt, version 15).

Only what stands in the Arabic blocks is known here: other joining scripts (Syriac, N'Ko,
Mongolian) are not set by this program.
"""

from __future__ import annotations

import unicodedata

ZWJ = "\u200d"

#: Right_Joining: letters that join the one before them only (ا د ر و …).
RIGHT = (
    "0622-0625 0627 0629 062F-0632 0648 0671-0673 0675-0677 0688-0699 06C0 06C3-06CB 06CD 06CF 06D2-06D3 06D5 "
    "06EE-06EF 0759-075B 076B-076C 0771 0773-0774 0778-0779 0870-0882 088E 08AA-08AC 08AE 08B1-08B2 08B9"
)
#: Dual_Joining and Join_Causing: letters that join both neighbours, tatweel and ZWJ.
DUAL = (
    "0620 0626 0628 062A-062E 0633-063F 0640-0647 0649-064A 066E-066F 0678-0687 069A-06BF 06C1-06C2 06CC 06CE "
    "06D0-06D1 06FA-06FC 06FF 0750-0758 075C-076A 076D-0770 0772 0775-0777 077A-077F 0883-0886 0889-088D "
    "08A0-08A9 08AF-08B0 08B3-08B8 08BA-08C8 200D"
)


def _characters(ranges: str) -> frozenset[str]:
    """Spell out ranges of code points written as in the Unicode data files."""
    bounds = [(int(first, 16), int(last or first, 16)) for first, _, last in (r.partition("-") for r in ranges.split())]
    return frozenset(chr(code) for first, last in bounds for code in range(first, last + 1))


DUAL_JOINING = _characters(DUAL)
JOINING = DUAL_JOINING | _characters(RIGHT)


def is_transparent(character: str) -> bool:
    """Tell whether joining looks through a character: vowel signs and format controls.

    Joining_Type is Transparent for Mn, Me and Cf, save for the joiner and non-joiner.
    """
    if character in "\u200c\u200d":
        return False
    return unicodedata.category(character) in {"Mn", "Me"} or character in "\u200b\u200e\u200f\u061c\u2060\ufeff\u00ad"


def joins(before: str, after: str) -> bool:
    """Tell whether the last letter of one text joins the first letter of the next.

    Both texts are in logical order, as they stand in a line of Arabic.
    """
    left = next((character for character in reversed(before) if not is_transparent(character)), "")
    right = next((character for character in after if not is_transparent(character)), "")
    return left in DUAL_JOINING and right in JOINING
