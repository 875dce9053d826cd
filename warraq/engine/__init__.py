"""Everything that touches WeasyPrint: layout, the finish of the PDF, its fonts and files.

Import nothing from here before it is needed: WeasyPrint takes 0.4 s to load. The fonts that
it may see are fixed here, before that: those of the theme, and no other. fontconfig reads
FONTCONFIG_FILE once, when it is loaded; two machines then lay out the same bytes.

A Composition comes as units that each begin on a page of their own. Today they are laid
out together, in one process; an engine that lays them out apart from each other needs
page numbers from outside (folios, cross-references, contents). Its fonts are bound then as
they are now: each unit has codes of its own, and one program serves all (`embedding.embed`).

How text is drawn: `shaping` (Pango's line) ─► `cells` (a glyph for each character) ─►
`text_layer` (codes on the page) ─► `typefaces` (what was used) ─► `truetype`, `embedding`.
"""

from __future__ import annotations

import os

from warraq.theme import FONTS

os.environ["FONTCONFIG_FILE"] = str(FONTS / "fonts.conf")
