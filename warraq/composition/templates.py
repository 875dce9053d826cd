"""Single templates, for editions that are made of many files."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import jinja2

from warraq.composition.environment import MISUSE, environment, template_fault
from warraq.composition.names import filters, names
from warraq.diagnostics import BookError
from warraq.document import Document
from warraq.editions.geometry import geometry
from warraq.theme import Theme


class Templates:
    """The templates of a Theme with the values of one Document, for an edition of files.

    What a template names as `geometry` is that of the edition `screen`.
    """

    def __init__(self, document: Document, theme: Theme, edition: str, **more: Callable[..., Any]) -> None:
        """Open the templates; `more` are filters of the edition, which win over the usual ones."""
        self._theme = theme
        self._templates = environment(theme)
        self._templates.filters.update(filters(document, theme) | more)
        self._templates.globals.update(names(document, theme, edition, geometry(document.publication, "screen")))

    def value(self, name: str) -> Any:  # noqa: ANN401 - templates may name values of many kinds
        """Give a value that every template may name."""
        return self._templates.globals[name]

    def render(self, name: str, **values: object) -> str:
        """Render a template; raises BookError (W302) if it cannot be used."""
        try:
            return self._templates.get_template(name).render(**values)
        except (jinja2.TemplateError, *MISUSE) as error:
            raise BookError(template_fault(error, self._theme)) from None
