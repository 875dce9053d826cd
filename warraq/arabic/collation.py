"""The order of indexes: letters by the alphabet, whatever else a word is written with.

The key of a term tells its place among others, word by word, as Arabic indexes have it: the
article ال at its head does not count, nor do tashkeel and tatweel; hamzas stand with the
letter that carries them (أ إ آ are ا), ة with ه, ى with ي. Letters that Persian adds stand
in their places among the Arabic ones.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

from warraq.arabic.folding import fold, words

_ARABIC = "ءابپتٹثجچحخدڈذرڑزژسشصضطظعغفڤقكگلمنهوي"
#: Persian has waw before ha.
_PERSIAN = _ARABIC.replace("هو", "وه")
_ROWS = {"ar": _ARABIC, "fa": _PERSIAN}
_RANKS = {language: {letter: at for at, letter in enumerate(row)} for language, row in _ROWS.items()}
#: An article: no hamza on its alef, and a word behind it; the name of God is none.
_ARTICLE = re.compile(r"[\u0627\u0671][\u064b-\u0652]*ل[\u064b-\u0652]*(?=\w[\u064b-\u0652]*\w)")
_GOD = {"الله", "اللهم"}
_WRITTEN = {"ا": "أ", "ه": "هـ"}

#: Words as lists of (script, letter); equal terms are told apart by how they are written.
Key = tuple[tuple[tuple[tuple[int, int], ...], ...], str]


def key(term: str, language: str = "ar", ignored: Collection[str] = ()) -> Key:
    """Give the sorting key of a term; `ignored` are words at its head that do not count (ابن, أبو).

    A term of nothing but such words keeps the last of them.
    """
    found = [_ranked(word, language) for word in _counted(term, ignored)]
    return tuple(word for word in found if word), term


def letter(term: str, ignored: Collection[str] = ()) -> str:
    """Give the letter that a term stands under as indexes write it (أ, هـ, A); digits and signs have none."""
    first = fold(next(iter(_counted(term, ignored)), ""))[:1]
    return _WRITTEN.get(first, first.upper()) if first.isalpha() else ""


def _counted(term: str, ignored: Collection[str]) -> list[str]:
    """List the words of a term from the first that counts, which has no article."""
    found = words(unicodedata.normalize("NFC", term).replace("\u0640", ""))
    passed = {fold(word) for word in ignored}
    while len(found) > 1 and fold(found[0]) in passed:
        found = found[1:]
    if found and fold(found[0]) not in _GOD:
        found[0] = _ARTICLE.sub("", found[0], count=1)
    return found


def _ranked(word: str, language: str) -> tuple[tuple[int, int], ...]:
    ranks = _RANKS["fa" if language.partition("-")[0] == "fa" else "ar"]
    return tuple(_rank(character, ranks) for character in fold(word))


def _rank(character: str, ranks: dict[str, int]) -> tuple[int, int]:
    """Put digits before the letters of Arabic script, and these before all others."""
    if character in ranks:
        return 1, ranks[character]
    return (0 if character.isdecimal() else 2), ord(character)
