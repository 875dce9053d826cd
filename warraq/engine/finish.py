"""The last touch on a PDF before it is written: what WeasyPrint leaves out.

Page labels, the binding side, the two-page view and the metadata packet (ISO 32000-1
§12.4.2, §12.2, §7.7.2, §14.3.2).
"""

from __future__ import annotations

import re
from typing import Any

import pydyf
from weasyprint import VERSION

from warraq.arabic.digits import abjad
from warraq.composition import Composition
from warraq.engine import archive
from warraq.engine.references import ABJAD_LIMIT


def dress(pdf: pydyf.PDF, metadata: Any, composition: Composition) -> None:
    """Tell viewers how to show the book, and what it is; `metadata` is WeasyPrint's."""
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary(
        {"DisplayDocTitle": "true", "Direction": "/R2L" if composition.geometry.binding == "right" else "/L2R"}
    )
    # "TwoPageRight": the first page alone, then spreads; R2L mirrors them.
    pdf.catalog["PageLayout"] = "/TwoPageRight"
    pdf.catalog["PageMode"] = "/UseOutlines" if "Outlines" in pdf.catalog else "/UseNone"
    pdf.info.update(information(metadata))
    if composition.archival:
        archive.claim(pdf, metadata)
    else:
        metadata.include_in_pdf(pdf, None, None, None, compress=False)


def information(metadata: Any) -> dict[str, pydyf.String]:
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
    return {key: pydyf.String(text) for key, text in texts.items() if text}


def _moment(moment: str | None) -> str:
    """Write `2026-11-23T00:00:00Z` as a PDF does (§7.9.4)."""
    return f"D:{re.sub('[-:T]', '', moment)}" if moment else ""


def page_labels(front: int) -> pydyf.Dictionary:
    """Label front pages in abjad letters and the body in digits from 1.

    A PDF knows no abjad numbering, so each front page has a label of its own; body labels
    are Latin digits, which a reader can type.
    """
    numbers: list[Any] = []
    for index in range(front):
        numbers += [index, pydyf.Dictionary({"P": pydyf.String(abjad(min(index + 1, ABJAD_LIMIT)))})]
    numbers += [front, pydyf.Dictionary({"S": "/D", "St": 1})]
    return pydyf.Dictionary({"Nums": pydyf.Array(numbers)})
