"""Everything that touches WeasyPrint: layout, the finish of the PDF, its fonts and files.

Import nothing from here before it is needed: WeasyPrint takes 0.4 s to load, and reads
its fonts when it is loaded (`warraq.engine.fontset`).

A Composition comes as units that each begin on a page of their own. Today they are laid
out together, in one process; an engine that lays them out apart from each other needs
page numbers from outside (folios, cross-references, contents) and fonts with glyph ids
that all units share, which WeasyPrint keeps (Identity-H, RETAIN_GIDS).
"""
