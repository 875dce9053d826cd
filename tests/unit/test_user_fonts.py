"""Fonts of a publication's own: text comes back through CFF and variable ones too."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from fontTools import varLib
from fontTools.designspaceLib import DesignSpaceDocument
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.qu2cuPen import Qu2CuPen
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.ttLib import TTFont

from warraq.engine import text_layer  # isort: skip - fonts are fixed before WeasyPrint loads
import weasyprint
from weasyprint.text.fonts import FontConfiguration

from warraq.engine import readback
from warraq.theme import FONTS


def converted(path: Path) -> Path:
    """Make a CFF font of a TrueType font."""
    font = TTFont(FONTS / "reem-kufi" / "ReemKufi-Regular.ttf")
    glyphs, charstrings = font.getGlyphSet(), {}
    for name in font.getGlyphOrder():
        pen = T2CharStringPen(round(glyphs[name].width), glyphs)
        glyphs[name].draw(Qu2CuPen(pen, 0.5, all_cubic=True))
        charstrings[name] = pen.getCharString()
    builder = FontBuilder(font=font)
    builder.isTTF = False
    for table in {"glyf", "loca", "prep", "fpgm", "cvt ", "gasp"} & set(font.keys()):
        del font[table]
    builder.setupCFF("ReemCFF", {}, charstrings, {})
    font["maxp"].tableVersion = 0x5000
    font.sfntVersion = "OTTO"
    font.save(path / "cff.otf")
    return path / "cff.otf"


def variable(path: Path) -> Path:
    """Make a variable font of two weights."""
    space = DesignSpaceDocument()
    space.addAxisDescriptor(name="Weight", tag="wght", minimum=400, default=400, maximum=700)
    for style, weight in (("Regular", 400), ("Bold", 700)):
        source = TTFont(FONTS / "reem-kufi" / f"ReemKufi-{style}.ttf")
        space.addSourceDescriptor(font=source, location={"Weight": weight}, familyName="Reem")
    made, *_ = varLib.build(space, exclude=["GPOS", "GSUB", "GDEF", "MVAR"])
    made["GSUB"] = TTFont(FONTS / "reem-kufi" / "ReemKufi-Regular.ttf")["GSUB"]
    made.save(path / "variable.ttf")
    return path / "variable.ttf"


@pytest.mark.parametrize("make", [converted, variable])
def test_cff_and_variable_fonts_give_their_text_back(make: Callable[[Path], Path], tmp_path: Path) -> None:
    assert text_layer.mend() == []
    text, config = "الطاقة الكبيرة طويلة والإنجليزية والأدبية", FontConfiguration()
    face = f"@font-face {{ font-family: X; font-weight: 400 700; src: url({make(tmp_path).as_uri()}) }}"
    sheet = weasyprint.CSS(string=f"{face} html {{ font: 700 20pt X }}", font_config=config)
    page = weasyprint.HTML(string=f"<html dir=rtl lang=ar><p>{text}")
    data = page.write_pdf(stylesheets=[sheet], font_config=config)
    assert " ".join("".join(readback.pages(data)).split()) == text
