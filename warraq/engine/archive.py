"""What the edition to read says of itself: PDF/UA-1 and PDF/A-3a in one file.

ISO 14289-1 §5 and ISO 19005-3 §6.6.4 want identification in the metadata packet; PDF/A wants
the schema of the former described there too (ISO 19005-3 §6.6.2.3), annotations that print
(§6.3.2), an output intent for its colours (§6.2.3) and a file identifier (§6.1.3).
"""

from __future__ import annotations

from importlib.resources import files
from typing import Any

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


def claim(pdf: pydyf.PDF, metadata: Any) -> None:
    """Let a tagged PDF claim both standards, and give it what they want of a whole file."""
    pdf.catalog["OutputIntents"] = pydyf.Array([_intent(pdf)])
    rdf = metadata.generate_rdf_metadata("a", 3, "A").replace(b"</rdf:RDF>", _UA + b"</rdf:RDF>")
    packet = b'<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>\n<x:xmpmeta xmlns:x="adobe:ns:meta/">%s</x:xmpmeta>\n'
    # The packet stays readable without unpacking (ISO 19005-3 §6.6.2.1).
    packed = pydyf.Stream([packet % rdf + b'<?xpacket end="r"?>'], {"Type": "/Metadata", "Subtype": "/XML"})
    pdf.add_object(packed)
    pdf.catalog["Metadata"] = packed.reference


def _intent(pdf: pydyf.PDF) -> pydyf.Dictionary:
    """Add the profile of the colours that the file is written in: sRGB."""
    data = files("weasyprint.pdf").joinpath(PROFILE).read_bytes()
    profile = pydyf.Stream([data], {"N": 3}, compress=True)
    pdf.add_object(profile)
    name = pydyf.String(CONDITION)
    return pydyf.Dictionary({
        "Type": "/OutputIntent",
        "S": "/GTS_PDFA1",
        "OutputConditionIdentifier": name,
        "Info": name,
        "DestOutputProfile": profile.reference,
    })
