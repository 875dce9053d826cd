"""What the script in the page is told: its words, the digits, and whose place it keeps."""

from __future__ import annotations

from warraq.arabic.digits import SYSTEMS
from warraq.composition.pages import Setter
from warraq.document import Document

WORDS = ("search-hint", "search-none", "search-count", "search-more", "close")


def reader_data(document: Document, templates: Setter) -> dict[str, object]:
    """Give the values that `reader.js` reads."""
    about = document.publication.settings.publication
    return {
        "book": about.identifier or document.publication.slug,
        "digits": SYSTEMS[about.numerals],
        "words": {name: templates.word(name) for name in WORDS},
    }
