"""The folder: a page a chapter."""

from __future__ import annotations

from warraq.diagnostics import Diagnostic
from warraq.document import Document
from warraq.editions import Artifact
from warraq.editions.web.book import Progress
from warraq.theme import Theme


def render(
    document: Document, theme: Theme, edition: str, modified: str, progress: Progress
) -> tuple[Artifact, list[Diagnostic]]:
    """Render a Document as a folder of pages."""
    raise NotImplementedError
