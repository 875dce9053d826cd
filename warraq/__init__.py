"""Warraq: from Markdown sources to a finished Arabic publication, with one command.

The whole program is one flow of values. Every arrow is one function, which takes a
value and gives back a value and the diagnostics it met:

    path ─► Publication ─► Manuscript ─► Document ─┬─► screen ─► Artifact (PDF to read)
                                                   ├─► print  ─► Artifact (PDF to print)
                                                   ├─► epub   ─► Artifact (e-book)
                                                   └─► web    ─► Artifact (HTML, one file or a folder)

    Publication   what `publication.toml` says, or its defaults     warraq.publication
    Manuscript    the source files in reading order                 warraq.manuscript
    Document      chapters as trees, notes, headings, pictures      warraq.reading
    Composition   the Document set in the HTML of a Theme           warraq.composition
    Artifact      one finished edition as bytes                     warraq.editions

`warraq.pipeline` is that flow in code; `warraq.finished` stands before it, and gives again
what was built when nothing has changed since. Files are read only by `publication` and
`manuscript` (pictures and fonts by the editions), and written only at the end, by
`warraq.shelf`, under a temporary name that is then moved into place. The editions
branch at the Document, never at HTML text. Faults are values (`warraq.diagnostics`),
gathered along the way and reported together. Only `warraq.cli` and `warraq.report` write
to people.
"""

from __future__ import annotations

__version__ = "0.1.0"
