"""The two PDF editions: `screen`, to read, and `print`, for the press.

Both come from one Document and one theme; they differ in geometry and in one style sheet.
"""

from __future__ import annotations

from collections.abc import Callable

from warraq.composition import compose
from warraq.diagnostics import Diagnostic
from warraq.document import Document
from warraq.editions import Artifact
from warraq.job import Means
from warraq.theme import Theme

#: In words: if a book of more was not read before, other processes will be wanted.
MUCH = 10_000
SUFFIX = {"screen": "", "print": "-print"}


def render(  # noqa: PLR0913, PLR0917 - each part of the flow is a value of its own
    document: Document, theme: Theme, edition: str, modified: str, progress: Callable[[int], None], means: Means
) -> tuple[Artifact, list[Diagnostic]]:
    """Render a Document as the PDF edition `screen` or `print`.

    `modified` is the ISO 8601 moment that the file bears, or nothing; `progress` hears
    the number of pages laid out so far.
    """
    from warraq.engine import hands  # noqa: PLC0415

    if document.words > MUCH and means.cache.missed > len(document.chapters):  # each is looked for twice
        hands.prepare()
    from warraq.engine import press  # noqa: PLC0415 - WeasyPrint is loaded only where it is needed
    from warraq.engine.crew import Crew  # noqa: PLC0415
    from warraq.engine.layout import lay_out  # noqa: PLC0415

    composition = compose(document, theme, edition, modified)
    with Crew(means, lay_out) as crew:
        printed = press.run(composition, document.publication, progress, crew)
    name = f"{document.publication.slug}{SUFFIX[edition]}.pdf"
    return Artifact(edition, name, printed.data, printed.pages, printed.starts), printed.diagnostics
