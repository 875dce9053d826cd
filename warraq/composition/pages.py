"""Templates for editions that are not paged: values in, text out."""

from __future__ import annotations

from dataclasses import dataclass

import jinja2
from markupsafe import Markup

from warraq.composition.environment import MISUSE, environment, template_fault
from warraq.composition.names import filters, names
from warraq.diagnostics import BookError
from warraq.document import Document
from warraq.editions.geometry import geometry
from warraq.theme import Theme


@dataclass(frozen=True, slots=True)
class Setter:
    """Sets values in the templates of a theme; raises BookError (W302) if one cannot be used."""

    theme: Theme
    templates: jinja2.Environment

    def text(self, name: str, **values: object) -> Markup:
        """Render a template, which escapes what it must."""
        try:
            return Markup(self.templates.get_template(name).render(**values))  # noqa: S704 - templates escape
        except (jinja2.TemplateError, *MISUSE) as error:
            raise BookError(template_fault(error, self.theme)) from None

    def verbatim(self, name: str) -> Markup:
        """Give a file of the theme as it is, such as a script."""
        try:
            loader = self.templates.loader
            return Markup(loader.get_source(self.templates, name)[0] if loader else "")  # noqa: S704 - the theme's own
        except jinja2.TemplateNotFound as error:
            raise BookError(template_fault(error, self.theme)) from None

    def word(self, name: str) -> str:
        """Give a word that readers see, in the language of the publication."""
        words: dict[str, str] = self.templates.globals["words"]  # type: ignore[assignment]
        return words[name]


def setter(document: Document, theme: Theme, edition: str, **values: object) -> Setter:
    """Open the templates for an edition; `values` are named beside those of every template.

    The geometry that templates name is that of the edition to read on a screen.
    """
    templates = environment(theme)
    templates.filters.update(filters(document, theme))
    templates.globals.update(names(document, theme, edition, geometry(document.publication, "screen")))
    templates.globals.update(values)
    return Setter(theme, templates)
