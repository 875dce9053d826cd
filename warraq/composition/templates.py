"""The templates of a Theme with the names of one Document, for every edition."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import jinja2
from markupsafe import Markup

from warraq.composition.environment import MISUSE, environment, shown, template_fault, unfolded
from warraq.composition.names import filters, names
from warraq.diagnostics import BookError
from warraq.document import Document
from warraq.editions.geometry import Geometry, geometry
from warraq.theme import Theme


class Templates:
    """Sets values in templates; raises BookError (W302) for one that cannot be used.

    What a template names as `geometry` is `shape`, by default that of the edition `screen`.
    """

    def __init__(
        self,
        document: Document,
        theme: Theme,
        edition: str,
        shape: Geometry | None = None,
        *,
        filters_too: Mapping[str, Callable[..., Any]] | None = None,
        **values: object,
    ) -> None:
        """Open the templates; `filters_too` and `values` are the edition's own, and win over the usual ones."""
        self._theme = theme
        self._templates = environment(theme)
        given = filters(document, theme) | dict(filters_too or {})
        self._templates.filters.update({name: unfolded(function) for name, function in given.items()})
        self._templates.globals.update(
            names(document, theme, edition, shape or geometry(document.publication, "screen")) | values
        )

    @property
    def theme(self) -> Theme:
        """The theme that the templates are of."""
        return self._theme

    def value(self, name: str) -> Any:  # noqa: ANN401 - templates may name values of many kinds
        """Give a value that every template may name."""
        return self._templates.globals[name]

    def word(self, name: str) -> str:
        """Give a word that readers see, in the language of the publication."""
        words: dict[str, str] = self.value("words")
        return words[name]

    def render(self, name: str, **values: object) -> str:
        """Render a template as text."""
        try:
            return self._templates.get_template(name).render(**values)
        except (jinja2.TemplateError, *MISUSE) as error:
            raise BookError(template_fault(error, self._theme)) from None

    def text(self, name: str, **values: object) -> Markup:
        """Render a template, which escapes what it must, as a piece of another."""
        return Markup(self.render(name, **values))  # noqa: S704 - templates escape

    def verbatim(self, name: str) -> Markup:
        """Give a file of the theme as it is, such as a script."""
        return Markup(self._source(name)[0])  # noqa: S704 - the theme's own

    def file(self, name: str) -> str:
        """Name the file that a template comes from, as messages do."""
        return shown(self._theme, self._source(name)[1])

    def _source(self, name: str) -> tuple[str, str | None]:
        try:
            loader = self._templates.loader
            source, file, _ = loader.get_source(self._templates, name) if loader else ("", None, None)
        except jinja2.TemplateNotFound as error:
            raise BookError(template_fault(error, self._theme)) from None
        return source, file
