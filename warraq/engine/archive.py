"""What the edition to read says of itself: PDF/UA-1 and PDF/A-3a in one file.

ISO 14289-1 §5 and ISO 19005-3 §6.6.4 want identification in the metadata packet; PDF/A wants
the schema of the former described there too (ISO 19005-3 §6.6.2.3), annotations that print
(§6.3.2), an output intent for its colours (§6.2.3) and a file identifier (§6.1.3).
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pydyf

#: Of annotations: print (ISO 32000-1 table 165).
PRINTED = 4
#: The colour profile that WeasyPrint ships with, by the name that it has in its registry.
PROFILE, CONDITION = "sRGB2014.icc", "sRGB2014"
_UA = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""


def let_print(pdf: pydyf.PDF) -> None:
    """Let the annotations of a PDF be printed."""
    for entry in pdf.objects:
        if isinstance(entry, dict) and entry.get("Type") == "/Annot":
            entry["F"] = PRINTED


def claim(pdf: pydyf.PDF) -> None:
    """Give a tagged PDF what both standards want of a whole file, beside its metadata."""
    pdf.catalog["OutputIntents"] = pydyf.Array([_intent(pdf)])


def described(rdf: bytes) -> bytes:
    """Let metadata that claim PDF/A claim PDF/UA too."""
    return rdf.replace(b"</rdf:RDF>", _UA + b"</rdf:RDF>")


def _intent(pdf: pydyf.PDF) -> pydyf.Dictionary:
    """Add the profile of the colours that the file is written in: sRGB."""
    data = _profile().read_bytes()
    profile = pydyf.Stream([data], {"N": 3}, compress=True)
    pdf.add_object(profile)
    name = pydyf.String(CONDITION)
    return pydyf.Dictionary(
        {
            "Type": "/OutputIntent",
            "S": "/GTS_PDFA1",
            "OutputConditionIdentifier": name,
            "Info": name,
            "DestOutputProfile": profile.reference,
        }
    )


def _profile() -> Path:
    """Find the profile where WeasyPrint is installed, which need not be loaded for that."""
    package = find_spec("weasyprint")
    if not package or not package.origin:
        message = "WeasyPrint is not installed as files"
        raise FileNotFoundError(message)
    return Path(package.origin).parent / "pdf" / PROFILE
