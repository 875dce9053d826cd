"""The last touch on a PDF before it is written: what WeasyPrint leaves out.

Page labels, the binding side, the two-page view and the metadata packet (ISO 32000-1
§12.4.2, §12.2, §7.7.2, §14.3.2).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pydyf

from warraq.arabic.digits import abjad
from warraq.composition import Composition
from warraq.engine import archive
from warraq.engine.marks import add_marks, stand_up

ABJAD_LIMIT = 1999


def finisher(composition: Composition) -> Callable[[Any, pydyf.PDF], None]:
    """Make the function that WeasyPrint calls with its document and the PDF."""

    def finish(document: Any, pdf: pydyf.PDF) -> None:
        pdf.catalog["ViewerPreferences"] = pydyf.Dictionary(
            {"DisplayDocTitle": "true", "Direction": "/R2L" if composition.geometry.binding == "right" else "/L2R"}
        )
        # "TwoPageRight": the first page alone, then spreads; R2L mirrors them.
        pdf.catalog["PageLayout"] = "/TwoPageRight"
        pdf.catalog["PageMode"] = "/UseOutlines" if "Outlines" in pdf.catalog else "/UseNone"
        pdf.catalog["PageLabels"] = page_labels(front_pages(document.pages, composition.body_start))
        if not composition.archival:
            stand_up(pdf, composition.geometry)
        if composition.geometry.marks:
            add_marks(pdf, composition.geometry)
        if composition.archival:
            archive.claim(pdf, document.metadata)
        else:
            document.metadata.include_in_pdf(pdf, None, None, None, compress=False)

    return finish


def front_pages(pages: list[Any], body_start: str) -> int:
    """Count the pages before the body, by the page that its anchor is on."""
    return next((index for index, page in enumerate(pages) if body_start in page.anchors), 0)


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
