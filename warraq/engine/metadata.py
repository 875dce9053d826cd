"""What a laid-out document says of itself, as the file will: read where WeasyPrint is at hand."""

from __future__ import annotations

import re
from typing import Any

from weasyprint import VERSION

from warraq.engine import archive
from warraq.engine.record import About


def about(metadata: Any, *, is_archival: bool) -> About:
    """Put what WeasyPrint found in the HTML into the forms of a PDF (ISO 32000-1 §14.3)."""
    rdf = (
        metadata.generate_rdf_metadata("a", 3, "A") if is_archival else metadata.generate_rdf_metadata(None, None, None)
    )
    return About(metadata.lang or "", _information(metadata), archive.described(rdf) if is_archival else rdf)


def _information(metadata: Any) -> dict[str, str]:
    """Give the entries of the information dictionary (§14.3.3)."""
    texts = {
        "Producer": f"WeasyPrint {VERSION}",
        "Title": metadata.title,
        "Author": ", ".join(metadata.authors),
        "Subject": metadata.description,
        "Keywords": ", ".join(metadata.keywords),
        "Creator": metadata.generator,
        "CreationDate": _moment(metadata.created),
        "ModDate": _moment(metadata.modified),
    }
    return {key: text for key, text in texts.items() if text}


def _moment(moment: str | None) -> str:
    """Write `2026-11-23T00:00:00Z` as a PDF does (§7.9.4)."""
    return f"D:{re.sub('[-:T]', '', moment)}" if moment else ""
