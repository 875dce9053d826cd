"""The last touch on a PDF before it is written: what WeasyPrint leaves out.

Page labels, the binding side, the two-page view and the metadata packet (ISO 32000-1
§12.4.2, §12.2, §7.7.2, §14.3.2).
"""

from __future__ import annotations

from typing import Any

import pydyf

from warraq.arabic.digits import abjad
from warraq.composition import Composition
from warraq.engine import archive
from warraq.engine.record import About
from warraq.engine.references import ABJAD_LIMIT


def dress(pdf: pydyf.PDF, about: About, composition: Composition) -> None:
    """Tell viewers how to show the book, and what it is."""
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary(
        {"DisplayDocTitle": "true", "Direction": "/R2L" if composition.geometry.binding == "right" else "/L2R"}
    )
    # "TwoPageRight": the first page alone, then spreads; R2L mirrors them.
    pdf.catalog["PageLayout"] = "/TwoPageRight"
    pdf.catalog["PageMode"] = "/UseOutlines" if "Outlines" in pdf.catalog else "/UseNone"
    pdf.info.update({key: pydyf.String(text) for key, text in about.information.items()})
    if composition.archival:
        archive.claim(pdf)
    _add_packet(pdf, about.rdf)


def _add_packet(pdf: pydyf.PDF, rdf: bytes) -> None:
    """Add the metadata; they stay readable without unpacking (ISO 19005-3 §6.6.2.1)."""
    packet = b'<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>\n<x:xmpmeta xmlns:x="adobe:ns:meta/">%s</x:xmpmeta>\n'
    stream = pydyf.Stream([packet % rdf + b'<?xpacket end="r"?>'], {"Type": "/Metadata", "Subtype": "/XML"})
    pdf.add_object(stream)
    pdf.catalog["Metadata"] = stream.reference


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
