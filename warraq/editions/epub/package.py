"""What the package document says of a publication, beyond what templates can name."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from warraq.composition.names import first_text
from warraq.document import Document
from warraq.editions.epub.pictures import Picture
from warraq.editions.epub.sheets import Sheet

if TYPE_CHECKING:
    from warraq.settings import EpubOutput

#: The moment of a publication that tells none; the clock is never asked.
NO_MOMENT = "1970-01-01T00:00:00Z"
_ISBN = re.compile(r"(?:urn:isbn:|isbn[:\s]*)?((?:97[89][-\s]?)?(?:\d[-\s]?){9}[\dXx])", re.IGNORECASE)
#: Marks that lists do not sort by: vowels, Quranic signs, tatweel.
_MARKS = re.compile("[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]")
_ARTICLE = re.compile(r"(the|an?)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Item:
    """A file of the manifest."""

    id: str
    href: str
    media_type: str
    properties: str = ""


def identifier(document: Document) -> str:
    """Give the publication's identifier; one made of slug and title, the same each time, if it has none."""
    about = document.publication.settings.publication
    if not about.identifier:
        name = f"{document.publication.slug}\n{first_text(about.title)}"
        return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, name)}"
    if isbn := _ISBN.fullmatch(about.identifier.strip()):
        return "urn:isbn:" + re.sub(r"[-\s]", "", isbn[1]).upper()
    return about.identifier


def file_as(text: str, language: str) -> str:
    """Write a text as lists sort it: without vowels and without the article at its head.

    Arabic lists pass over ال; English ones set the article at the end.
    """
    bare = _MARKS.sub("", text).strip()
    if language.startswith("ar"):
        return re.sub(r"^ال(?=\w{2})", "", bare)
    found = _ARTICLE.match(bare) if language.startswith("en") else None
    return f"{bare[found.end() :]}, {found[1]}" if found else bare


def sort_name(name: Mapping[str, str], sort: Mapping[str, str] | None) -> str:
    """Give the name of a maker as lists sort it."""
    language, text = next(iter(name.items()))
    return sort.get(language, first_text(sort)) if sort else file_as(text, language)


def accessibility(sheets: Sequence[Sheet], pictures: Sequence[Picture], *, pages: bool) -> dict[str, Any]:
    """Derive what EPUB Accessibility 1.1 §2.2 asks for from what the e-book holds."""
    elements = [element for sheet in sheets if sheet.name != "cover" for element in sheet.root.iter()]
    tags = {element.tag for element in elements}
    seen = [element for element in elements if element.tag in {"img", "svg"}]
    described = all(element.get("alt", "").strip() or element.get("aria-label") for element in seen)
    features = ["tableOfContents", "readingOrder", "structuralNavigation", "displayTransformability", "ARIA"]
    features += ["alternativeText"] if seen and described else []
    features += ["index"] if any(element.get("role") == "doc-index" for element in elements) else []
    features += ["MathML"] if "math" in tags else []
    features += ["pageBreakMarkers", "pageNavigation"] if pages else []
    return {
        "modes": ["textual", *(["visual"] if seen else [])],
        "sufficient": ["textual"] if described else ["textual,visual"],
        "features": features,
        "hazards": ["unknown"] if any(picture.may_move for picture in pictures) else ["none"],
        "pictures": bool(seen),
        "described": described,
        "pages": pages,
    }


def claims(output: EpubOutput) -> list[tuple[str, str]]:
    """Give what the publisher claims of the e-book, as properties and values."""
    said = (
        ("dcterms:conformsTo", output.accessibility_conforms_to),
        ("a11y:certifiedBy", output.accessibility_certifier),
    )
    return [(name, value) for name, value in said if value]


def values(
    document: Document, sheets: Sequence[Sheet], pictures: Sequence[Picture], cover: Picture, paths: Sequence[str]
) -> dict[str, Any]:
    """Give what `package.opf` and `toc.ncx` name beside what every template may name."""
    fonts = [path for path in paths if path.startswith("fonts/")]
    pages = any(element.get("role") == "doc-pagebreak" for sheet in sheets for element in sheet.root.iter())
    return {
        "identifier": identifier(document),
        "manifest": list(manifest(sheets, pictures, cover, fonts)),
        "spine": [sheet.name for sheet in sheets],
        "access": accessibility(sheets, pictures, pages=pages),
        "claims": claims(document.publication.settings.output.epub),
        "printed": f"{document.publication.slug}-print.pdf" if pages else "",
    }


def manifest(
    sheets: Sequence[Sheet], pictures: Sequence[Picture], cover: Picture, fonts: Sequence[str]
) -> Iterator[Item]:
    """List all files but the package document itself."""
    for sheet in sheets:
        yield Item(sheet.name, sheet.path, "application/xhtml+xml", sheet.properties)
    yield Item("ncx", "toc.ncx", "application/x-dtbncx+xml")
    yield Item("style", "styles/epub.css", "text/css")
    for number, picture in enumerate(pictures, 1):
        name, properties = ("cover-image",) * 2 if picture is cover else (f"picture-{number}", "")
        yield Item(name, picture.path, picture.media_type, properties)
    for number, path in enumerate(fonts, 1):
        yield Item(f"font-{number}", path, "font/woff2" if path.endswith(".woff2") else "text/plain")
