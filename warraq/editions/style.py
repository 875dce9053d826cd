"""A style sheet of a paged edition, as it goes from the templates to the press."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sheet:
    """A style sheet, and the file it comes from as messages name it."""

    file: str
    css: str
