"""Page numbers in the text: contents, cross-references, indexes.

An empty link of the class `page-ref` gets the folio of the page that it leads to. Which
page that is, is known when all is laid out; what is laid out depends on it in turn. So
units with such links are laid out again for as long as a number in them changes.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable

from warraq.arabic.digits import abjad, to_digits

REFERENCE = re.compile(r'<a\b[^>]*\bclass="[^"]*\bpage-ref\b[^"]*"[^>]*></a>')
_TARGET = re.compile(r'\bhref="#([^"]*)"')
#: What stands where a number is not known yet: as wide as most are.
UNKNOWN = 888
ABJAD_LIMIT = 1999


def has_references(text: str) -> bool:
    """Tell whether a unit's HTML asks for a page number."""
    return "page-ref" in text and REFERENCE.search(text) is not None


def filled(text: str, folio: Callable[[str], str]) -> str:
    """Put folios into a unit's HTML; `folio` gives that of an id."""

    def fill(match: re.Match[str]) -> str:
        target = _TARGET.search(match[0])
        return match[0].replace("></a>", f">{folio(html.unescape(target[1]))}</a>") if target else match[0]

    return REFERENCE.sub(fill, text)


def folio(index: int | None, front: int, numerals: str) -> str:
    """Write the number of the page with that index as it is printed: abjad in front, then digits."""
    if index is None:
        return to_digits(UNKNOWN, numerals)
    if index < front:
        return abjad(min(index + 1, ABJAD_LIMIT))
    return to_digits(index - front + 1, numerals)
