"""The fonts of an e-book: only faces that its text is set in, only the glyphs that it needs.

Which face sets a text is told by the rules of `css/epub.css` in short: display faces for
titles, the Latin face for spans of Latin text, bold and italic where markup asks for them.
A character goes to the first family that has it. Layout features are kept, without which
Arabic does not join; the licence of each family goes with it, as the OFL asks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from warraq.arabic.languages import direction_in
from warraq.editions.math_face import FAMILY, math_face
from warraq.font_files import characters, cut
from warraq.theme import Face, Theme

if TYPE_CHECKING:
    from warraq.settings import Theme as Tokens

FOLDER = "fonts"
LICENCE = "OFL.txt"
BOLD = frozenset({"b", "strong", "th", "dt", "summary", "h3", "h4", "h5", "h6", "em", "i", "cite"})
ITALIC = frozenset({"em", "i", "cite", "dfn", "var"})
MONO = frozenset({"code", "kbd", "pre", "samp"})
#: Classes whose text is in the display face.
DISPLAY = ("-title", "part-title", "facts-title", "chapter-title")


@dataclass(frozen=True, slots=True)
class Style:
    """How a text is set: the role of its family, its weight and slope."""

    role: str = "body"
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Font:
    """A subset in the container, for one `@font-face`."""

    family: str
    weight: int
    italic: bool
    path: str
    data: bytes


def fonts(roots: Iterable[Element], theme: Theme) -> list[Font]:
    """Subset the faces that trees are set in."""
    trees = list(roots)
    wanted = _by_face(trees, theme)
    found = [_font(face, wanted[face]) for face in theme.faces if face in wanted]
    data = math_face(trees)
    return [*found, *([Font(FAMILY, 400, False, f"{FOLDER}/math.woff2", data)] if data else [])]  # noqa: FBT003


def licences(made: Iterable[Font], theme: Theme) -> dict[str, bytes]:
    """Give the licences of the families, with their paths in the container."""
    families = {font.family for font in made}
    found = {}
    for face in theme.faces:
        text = face.path.parent / LICENCE
        if face.family in families and text.is_file():
            found[f"{FOLDER}/{_slug(face.family)}-{LICENCE}"] = text.read_bytes()
    return found


def _by_face(roots: Iterable[Element], theme: Theme) -> dict[Face, set[str]]:
    """Give the characters that each face is to draw."""
    texts: dict[Style, set[str]] = defaultdict(set)
    for root in roots:
        _gather(root, Style(), texts)
    wanted: dict[Face, set[str]] = defaultdict(set)
    tokens = theme.publication.settings.theme
    for style, chars in texts.items():
        left = set(chars)
        for family in _families(style.role, tokens):
            face = _nearest(theme.faces, family, style)
            drawn = {char for char in left if ord(char) in characters(face.path)}
            if drawn - {" ", "\n", "\u00a0"}:
                # Numbers, spaces and marks of a line may be asked of any face of it.
                wanted[face] |= drawn | {" "}
            left -= drawn
    return wanted


def _gather(element: Element, style: Style, texts: dict[Style, set[str]]) -> None:
    own = _style(element, style)
    if element.tag == "pre" and "numbered" in element.get("class", "").split():
        texts[own].update("0123456789")
    if element.text:
        texts[own].update(element.text)
    for child in element:
        heads_table = child.tag == "figcaption" and "table" in element.get("class", "").split()
        _gather(child, replace(own, bold=True) if heads_table else own, texts)
        if child.tail:
            texts[own].update(child.tail)


def _style(element: Element, style: Style) -> Style:
    tag, classes = element.tag, element.get("class", "").split()
    language = element.get("lang", "").partition("-")[0]
    if language and direction_in(language) == "ltr" and style.role != "mono":
        style = replace(style, role="latin")
    elif language and style.role == "latin":
        style = replace(style, role="body")
    if tag in MONO:
        style = replace(style, role="mono", bold=False, italic=False)
    elif tag in {"h1", "h2"} or any(name.endswith(DISPLAY) for name in classes):
        style = replace(style, role="latin" if style.role == "latin" else "display")
    elif tag == "span" and element.get("dir") == "ltr" and style.role != "mono":
        style = replace(style, role="latin")
    italic = style.italic or tag in ITALIC or any(name.endswith("-beside") for name in classes)
    bold = style.bold or tag in BOLD or bool({"name", "imprint-title"} & set(classes))
    return replace(style, bold=bold, italic=italic)


def _families(role: str, tokens: Tokens) -> Iterator[str]:
    """Give the families of a role in the order of the style sheet."""
    first = {"display": tokens.display, "latin": tokens.latin, "mono": tokens.mono}.get(role)
    yield from dict.fromkeys(filter(None, (first, tokens.body, tokens.latin)))


def _nearest(faces: Iterable[Face], family: str, style: Style) -> Face:
    """Choose a face of a family; Arabic families are never set in their slanted ones."""
    slanted = style.italic and style.role == "latin"
    weight = 700 if style.bold and not slanted and style.role != "display" else 400
    ours = [face for face in faces if face.family == family]
    return min(ours, key=lambda face: (face.italic != slanted, abs(face.weight - weight), face.path.name))


def _font(face: Face, chars: set[str]) -> Font:
    """Cut a face down to characters, and give it its place in the container."""
    slope = "-italic" if face.italic else ""
    path = f"{FOLDER}/{_slug(face.family)}-{face.weight}{slope}.woff2"
    return Font(face.family, face.weight, face.italic, path, cut(face.path, frozenset(map(ord, chars))))


def _slug(family: str) -> str:
    return "".join(char if char.isascii() and char.isalnum() else "-" for char in family.lower())
