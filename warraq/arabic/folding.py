"""Spellings made one, so that a search finds a word however it is written.

`fold` takes away what readers leave out when they type: tashkeel, tatweel, the forms of
alef, hamza's seat, the dots of a final ya or ta marbuta, the set of the digits. The
search in the page folds what is typed in the same way: `templates/web/reader.js` mirrors
this module, and a test compares the two.
"""

from __future__ import annotations

import re
import unicodedata

#: What is written in more ways than one, after decomposition. All hamzas off an alef are
#: one letter: مسؤول and مسئول, شؤون and شئون are the same words.
LETTERS = str.maketrans(
    {
        "\u0624": "ء", "\u0626": "ء",  # hamza on waw and on ya
        "\u0622": "ا", "\u0623": "ا", "\u0625": "ا", "\u0671": "ا", "\u0672": "ا", "\u0673": "ا",  # alefs
        "ى": "ي", "ی": "ي", "ې": "ي", "ے": "ي",
        "ة": "ه", "ۃ": "ه", "ہ": "ه", "ھ": "ه", "ە": "ه", "ۀ": "ه",
        "ک": "ك", "ڪ": "ك",
    }
)  # fmt: skip
TATWEEL, DAGGER_ALEF = "\u0640", "\u0670"
#: Letters of a word, with the marks and joiners that stand in it; no signs of recitation.
MARKS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u08d3-\u08e1\u08e3-\u08ff"
WORD = re.compile(f"[^\\W_](?:[^\\W_]|[{MARKS}\u200c\u200d])*")
#: Small letters of the Quran's orthography, which stand for a sound and not for a letter.
SMALL = {"\u06e5", "\u06e6"}


def fold(word: str) -> str:
    """Give the one spelling that all spellings of a word share.

    Compatibility forms are resolved (Unicode NFKD: ﻻ is لا), marks (category M), tatweel
    and format characters dropped, digits of every set become ASCII ones.
    """
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFC", word).translate(LETTERS)).translate(LETTERS)
    return "".join(_plain(char) for char in text.lower())


def _plain(char: str) -> str:
    if char == TATWEEL or char in SMALL or unicodedata.category(char) in {"Mn", "Mc", "Me", "Cf"}:
        return ""
    value = unicodedata.decimal(char, None)
    return char if value is None else str(value)


def forms(word: str) -> list[str]:
    """Give the folded words that a word of the text is found by.

    A dagger alef may be typed or not (الرحمٰن, الرحمان), and a sign such as ﷺ is several
    words.
    """
    found = fold(word).split()
    if DAGGER_ALEF in word:
        found += fold(word.replace(TATWEEL, "").replace(DAGGER_ALEF, "ا")).split()
    return list(dict.fromkeys(found))


def words(text: str) -> list[str]:
    """List the words of a text as they are written."""
    return WORD.findall(text)
