"""Formulas drawn for paged media: MathML to SVG paths, on the base line of the text.

The only importer of ziamath, which draws by STIX Two Math, and of uharfbuzz, by which
Arabic words and digits within a formula are shaped, for the mathematical font has none.
"""

from __future__ import annotations

import base64
import functools
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element

import uharfbuzz
import ziafont
from fontTools.pens.svgPathPen import SVGPathPen
from ziafont.fonttypes import BBox
from ziamath import zmath
from ziamath.nodes.mnode import Mnode

from warraq.arabic.bidi import ARABIC
from warraq.theme import Theme

#: The size in which formulas are drawn, and the room around them, in pt; they are scaled
#: in em where they are set. TeX gives some distances in pt, which are right at this size.
SIZE, MARGIN = 12.0, 0.25
_TOKENS = frozenset({"mi", "mn", "mo", "mtext", "ms"})
_ARABIC_DIGITS = frozenset("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫٬٪")
_NO_DIGITS = {ord(char): None for char in _ARABIC_DIGITS}
_ARABIC_TAG = "arabictext"
# Plain paths, which every drawer of SVG knows.
zmath.config.svg2 = False  # type: ignore[attr-defined]
ziafont.config.precision = 4  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawn formula: its SVG, and its width, height and depth below the base line in em."""

    svg: str
    width: float
    height: float
    depth: float


@dataclass(frozen=True, slots=True)
class Formulas:
    """Draws the formulas of a publication in its ink and with its Arabic face."""

    face: Path
    ink: str
    scale: float

    def place(self, tree: Element) -> None:
        """Turn each `math` of a tree into an `img` with the TeX as its alternative text."""
        for math in list(tree.iter("math")):
            drawing = _drawn(ET.tostring(math, encoding="unicode").rpartition(">")[0] + ">", self.face, self.ink)
            kept = {name: value for name, value in math.attrib.items() if name in {"id", "data-n"}}
            shown = math.get("display") == "block"
            alt = math.get("alttext") or " ".join("".join(math.itertext()).split())
            for child in list(math):
                math.remove(child)
            math.tag, math.text = "img", None
            own = {"class": "math", "alt": alt, "src": _uri(drawing), "style": self._style(drawing, shown)}
            math.attrib = kept | own

    def _style(self, drawing: Drawing, shown: bool) -> str:  # noqa: FBT001 - display or inline
        width, height, depth = (value * self.scale for value in (drawing.width, drawing.height, drawing.depth))
        if shown:
            return f"width: {width:.3f}em; max-width: 100%"
        return f"width: {width:.3f}em; height: {height:.3f}em; vertical-align: {-depth:.3f}em"


def formulas(theme: Theme) -> Formulas:
    """Give what draws the formulas of a publication set in a theme."""
    tokens = theme.publication.settings.theme
    family = [face for face in theme.faces if face.family == tokens.body]
    face = min(family, key=lambda face: (face.italic, abs(face.weight - 400)))
    return Formulas(face.path, tokens.ink, tokens.latin_scale)


@functools.lru_cache(maxsize=4096)
def _drawn(mathml: str, face: Path, ink: str) -> Drawing:
    math = ET.fromstring(mathml)
    for element in math.iter():
        element.tag = element.tag.rpartition("}")[2]
        if element.tag in _TOKENS and _is_arabic("".join(element.itertext())):
            element.tag = _ARABIC_TAG
            element.set("face", str(face))
    math.attrib = {"mathcolor": ink, "display": math.get("display", "inline")}
    image = zmath.Math(math, size=SIZE, margin=MARGIN)
    svg = image.svgxml()
    bbox = image.node.bbox
    width, height = bbox.xmax - bbox.xmin + 2 * MARGIN, bbox.ymax - bbox.ymin + 2 * MARGIN
    return Drawing(ET.tostring(svg, encoding="unicode"), width / SIZE, height / SIZE, (MARGIN - bbox.ymin) / SIZE)


def _is_arabic(text: str) -> bool:
    return bool(ARABIC.search(text)) or not _ARABIC_DIGITS.isdisjoint(text)


def _uri(drawing: Drawing) -> str:
    return "data:image/svg+xml;base64," + base64.b64encode(drawing.svg.encode()).decode()


class _Arabic(Mnode, tag=_ARABIC_TAG):
    """A token in Arabic script, as a node of ziamath: shaped whole, drawn as one path."""

    def __init__(self, element: Element, parent: Any, **kwargs: Any) -> None:  # noqa: ANN401 - ziamath's own
        super().__init__(element, parent, **kwargs)
        text = " ".join("".join(element.itertext()).split())
        self.string = text
        self.path, width, self.per_em, (low, high) = _shaped(text, element.attrib["face"])
        scale = self.glyphsize / self.per_em
        lead = self.glyphsize * 0.05
        self.bbox = BBox(0, width * scale + 2 * lead, low * scale, high * scale)

    def draw(self, x: float, y: float, svg: Element) -> tuple[float, float]:
        """Draw the path with its base line at `y`."""
        scale = self.glyphsize / self.per_em
        place = f"translate({x + self.glyphsize * 0.05:.3f} {y:.3f}) scale({scale:.5f} {-scale:.5f})"
        ET.SubElement(svg, "path", {"d": self.path, "transform": place, "fill": str(self.style.mathcolor)})
        return x + self.bbox.xmax, y


@functools.lru_cache(maxsize=1024)
def _shaped(text: str, face: str) -> tuple[str, float, int, tuple[float, float]]:
    """Shape a text; give its outline and width in font units, the units of an em, its depth and height."""
    font = _font(face)
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    if not ARABIC.search(text.translate(_NO_DIGITS)):
        buffer.direction = "ltr"
    uharfbuzz.shape(font, buffer)
    pieces, x, edges = [], 0, [0.0]
    for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        pen = _Shifted(x + position.x_offset, position.y_offset)
        font.draw_glyph_with_pen(info.codepoint, pen)
        pieces.append(pen.getCommands())
        x += position.x_advance
        if extents := font.get_glyph_extents(info.codepoint):
            top = extents.y_bearing + position.y_offset
            edges += [top, top + extents.height]
    return "".join(pieces), x, font.face.upem, (min(edges), max(edges))


@functools.lru_cache(maxsize=8)
def _font(face: str) -> Any:  # noqa: ANN401 - uharfbuzz has no types
    return uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(face)))


class _Shifted(SVGPathPen):  # type: ignore[misc]
    """A pen that draws a glyph at its place in the line."""

    def __init__(self, x: float, y: float) -> None:
        super().__init__(None)
        self._by = (x, y)

    def _at(self, point: tuple[float, float]) -> tuple[float, float]:
        return point[0] + self._by[0], point[1] + self._by[1]

    def _moveTo(self, pt: tuple[float, float]) -> None:  # noqa: N802 - fontTools' name
        super()._moveTo(self._at(pt))

    def _lineTo(self, pt: tuple[float, float]) -> None:  # noqa: N802
        super()._lineTo(self._at(pt))

    def _curveToOne(self, *points: tuple[float, float]) -> None:  # noqa: N802
        super()._curveToOne(*map(self._at, points))

    def _qCurveToOne(self, *points: tuple[float, float]) -> None:  # noqa: N802
        super()._qCurveToOne(*map(self._at, points))
