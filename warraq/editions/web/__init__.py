"""The HTML edition: one file that opens anywhere offline, or a folder for a web server.

book       chapters copied and made ready, in the order of reading
trees      what a browser needs of a chapter's trees
search     the index of words, folded by `warraq.arabic.folding`
fonts      faces cut down to the characters of the book
pictures   data URIs, or files
palette    colours for light, sepia and dark pages, with enough contrast
setting    units, faces and the style sheet
single     the one file
folder     a page a chapter, for a web server
"""

from __future__ import annotations

from collections.abc import Callable

from warraq.diagnostics import Diagnostic
from warraq.document import Document
from warraq.editions import Artifact
from warraq.editions.web import folder, single
from warraq.theme import Theme


def render(
    document: Document, theme: Theme, edition: str, modified: str, progress: Callable[[int], None]
) -> tuple[Artifact, list[Diagnostic]]:
    """Render a Document as HTML: one file, or a folder if the publication says so.

    `modified` is the ISO 8601 moment that the pages bear, or nothing; `progress` hears
    the number of chapters made ready so far.
    """
    if document.publication.settings.output.web.single_file:
        return single.render(document, theme, edition, modified, progress)
    return folder.render(document, theme, edition, modified, progress)
