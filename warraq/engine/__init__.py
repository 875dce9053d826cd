"""Everything that touches WeasyPrint: layout, the finish of the PDF, its fonts and files.

WeasyPrint takes 0.2 s to load. What hands work out and binds what comes of it does without:
`press` and all that it imports name the other half by way of `workbench`. The fonts that
WeasyPrint may see are fixed here, before that: those of the theme, and no other. fontconfig reads
FONTCONFIG_FILE once, when it is loaded; two machines then lay out the same bytes.

A Composition comes as units that each begin on a page of their own. Each is laid out and
drawn by itself, in any process, to a record of plain data, and records are bound:

    press ─► layout ─► (passes over boxes) ─► capture ─► record ─► binding ─► writing

Contracts that other rooms rely on:
    crew         whoever does the jobs: this process, `hands` of this machine, a `cluster`; a job
                 and its record are plain data, and the function between them can be imported
    keys         what a unit depends on: a file that layout reads must be named in its job
    kinship      a unit that two editions set alike is laid out once and drawn for both
    sheaf        units laid out until their page numbers are true
    references   an empty `<a class="page-ref" href="#ID">` gets the folio of ID's page; a unit
                 that consists of such is `late`, and is set when the others have pages
    cited        page numbers amid the text move without a new layout where no digits change it
    folios       page numbers that stand alone in a margin box move without a new layout
    patches      the modules that mend WeasyPrint, each guarded
    layout       `prepared` is where passes over laid-out boxes run, before they are drawn; what
                 is kept while they are drawn is kept for one drawing
    record       whatever a unit needs at binding travels in its record
    movable      objects, texts and packs have places for what binding knows: numbers and digits
    embedding    each unit has codes of its own (`codes`), and one font program serves all
    binding      one place where the structure tree, the metadata and the claims of the whole
                 file are made

How text is drawn: `shaping` (Pango's line) ─► `groups`, `cells` (a glyph for each character) ─►
`text_layer` (codes on the page) ─► `typefaces` (what was used) ─► `truetype`, `embedding`.
"""

from __future__ import annotations

import os

from warraq.theme import FONTS

os.environ["FONTCONFIG_FILE"] = str(FONTS / "fonts.conf")
