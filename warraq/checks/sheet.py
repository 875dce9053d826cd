"""A page of a PDF as it is compared: what is copied from it, and what should be there."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property

from warraq.arabic.folding import MARKS, words

_HYPHENATED = re.compile("[-\u00ad\u2010\u0002\ufffe]\\s*\n")
_NUMBER = re.compile(r"\d+")
_LATIN = "A-Za-z\u00c0-\u024f"
_ONE_SCRIPT = re.compile(rf"\d+|[{_LATIN}]+|[^\d{_LATIN}]+")
_MARKS = re.compile(f"[{MARKS}]{{2,}}")
_UNSEEN = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


class Sheet:
    """A page of a PDF with what can be copied from it, and what should be there.

    Words are counted as they are first, parted at blanks: pages where all are found so need
    no closer look.
    """

    def __init__(self, found: str, numbers: Sequence[str] = (), expected: str = "") -> None:
        """Take what is found, and the page numbers that binding has put there."""
        self._found = _HYPHENATED.sub("", _without(found, numbers)).split()
        self._expected = expected.split()

    def lacking(self) -> Counter[str]:
        """Count the words that are not found, as they are compared."""
        found, expected = Counter(self._found), Counter(self._expected)
        rest = expected - found
        return Counter(compared(rest.elements())) - Counter(compared((found - expected).elements())) if rest else rest

    def has(self, word: str) -> bool:
        """Tell whether a word is found, wherever blanks are: where readers put those is their own affair."""
        return word in self._joined

    def surplus(self, word: str) -> int:
        """Tell how often a word is found beyond what is expected."""
        return max(0, self._counts[0][word] - self._counts[1][word])

    def without(self, words_sought: set[str]) -> set[str]:
        """Leave those of some words, parted at blanks, that are not found as they are."""
        return words_sought.difference(self._found)

    @cached_property
    def words(self) -> list[str]:
        """The words that are found, as they are compared."""
        return compared(self._found)

    @cached_property
    def _joined(self) -> str:
        return "".join(self.words)

    @cached_property
    def _counts(self) -> tuple[Counter[str], Counter[str]]:
        return Counter(self.words), Counter(compared(self._expected))


def _without(text: str, numbers: Sequence[str]) -> str:
    """Take numbers out of a text, each once."""
    left = list(numbers)

    def taken(found: re.Match[str]) -> str:
        if found[0] not in left:
            return found[0]
        left.remove(found[0])
        return ""

    return _NUMBER.sub(taken, text) if left else text


def compared(parts: Iterable[str]) -> list[str]:
    """Give the words of a text as they are compared: in compatibility form, as PDFium has them, and bare.

    Scripts and digits are words apart, for PDFium moves digits of foreign words (`UTF-8` in
    a line of Arabic is `8UTF`); single foreign letters may belong to such a word. Of the
    order in which it has the marks of a letter nothing is said.
    """
    plain = unicodedata.normalize("NFKC", _UNSEEN.sub("", " ".join(parts)))
    plain = _MARKS.sub(lambda marks: "".join(sorted(marks[0])), plain)
    found = (part for word in words(plain) for part in _ONE_SCRIPT.findall(word))
    return [part for part in found if len(part) > 1 or not part.isascii() or part.isdigit()]
