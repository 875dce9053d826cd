"""The two PDF editions: `screen`, to read, and `print`, for the press.

Both come from one Document and one theme; they differ in geometry and in one style sheet.
"""

from __future__ import annotations

from collections.abc import Callable

from warraq.composition import compose
from warraq.diagnostics import Diagnostic
from warraq.document import Document
from warraq.editions import Artifact
from warraq.theme import Theme

SUFFIX = {"screen": "", "print": "-print"}


def render(
    document: Document, theme: Theme, edition: str, modified: str, progress: Callable[[int], None]
) -> tuple[Artifact, list[Diagnostic]]:
    """Render a Document as the PDF edition `screen` or `print`.

    `modified` is the ISO 8601 moment that the file bears, or nothing; `progress` hears
    the number of pages laid out so far.
    """
    from warraq.engine import press  # noqa: PLC0415 - WeasyPrint is loaded only where it is needed

    composition = compose(document, theme, edition, modified)
    printed = press.run(composition, document.publication, progress)
    name = f"{document.publication.slug}{SUFFIX[edition]}.pdf"
    return Artifact(edition, name, printed.data, printed.pages, printed.starts), printed.diagnostics
