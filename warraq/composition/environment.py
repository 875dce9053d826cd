"""The environment of templates: where they are found, and what their errors mean."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from pathlib import Path
from types import CodeType
from typing import Any, ClassVar

import jinja2

from warraq import fingerprint
from warraq.cache import Cache
from warraq.diagnostics import Diagnostic, Place
from warraq.theme import TEMPLATES, Theme

#: Templates that are written in markup, where values are escaped; style sheets are not.
MARKUP = (".html", ".svg", ".xhtml", ".opf", ".ncx", ".xml")
#: What Python raises where a template gives a value to something that cannot take it.
MISUSE = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)


class _Compiled(jinja2.BytecodeCache):
    """Templates compiled before; Jinja knows them by their files and what stands in these.

    Each edition opens them anew, so that they are remembered where nothing is kept, too.
    """

    MOST = 200
    _made: ClassVar[dict[tuple[str, str], CodeType]] = {}

    def __init__(self, cache: Cache | None) -> None:
        """Keep them in the cache of builds, if there is one."""
        self._cache = cache if cache and cache.folder else None

    def load_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        """Take a template out of the cache."""
        if made := self._made.get((bucket.key, bucket.checksum)):
            bucket.code = made
        elif self._cache and (data := self._cache.get(self._key(bucket))):
            bucket.bytecode_from_string(data)

    def dump_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        """Put a template into the cache."""
        if bucket.code and len(self._made) < self.MOST:
            self._made[bucket.key, bucket.checksum] = bucket.code
        if self._cache:
            self._cache.put(self._key(bucket), bucket.bytecode_to_string())

    def _key(self, bucket: jinja2.bccache.Bucket) -> str:
        return fingerprint.digest("template", fingerprint.program(), bucket.key, bucket.checksum)


def environment(theme: Theme) -> jinja2.Environment:
    """Make the environment: the publication's own theme first, ours also as `warraq/…`.

    A name that is not defined is an error, not an empty text.
    """
    ours = jinja2.FileSystemLoader(TEMPLATES)
    loaders: list[jinja2.BaseLoader] = [ours, jinja2.PrefixLoader({"warraq": ours})]
    if theme.own:
        loaders.insert(0, jinja2.FileSystemLoader(theme.own))
    return jinja2.Environment(
        bytecode_cache=_Compiled(theme.cache),
        loader=jinja2.ChoiceLoader(loaders),
        autoescape=lambda name: bool(name and name.endswith(MARKUP)),  # noqa: S701 - style sheets are no markup
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        keep_trailing_newline=True,
    )


def unfolded(function: Callable[..., Any]) -> Callable[..., Any]:
    """Make a filter that is called each time, and not once for all when `{{ 3 | number }}` is compiled."""

    @jinja2.pass_context
    def call(_context: object, *arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - whatever the filter takes
        return function(*arguments, **named)

    return call


def template_fault(error: Exception, theme: Theme) -> Diagnostic:
    """Point at the line of the template where an error was met.

    Raises the error again if no template is to blame for it.
    """
    place = _place(error, theme)
    if isinstance(error, jinja2.TemplateNotFound):
        hint = "names are relative to theme/; those of the default theme begin with warraq/"
        return Diagnostic("W302", f"there is no template {error.name!r}", place, hint)
    if not (place or isinstance(error, jinja2.TemplateError)):
        raise error
    message = f"the template cannot be used: {getattr(error, 'message', None) or error}"
    hint = "the README lists the names that templates may use"
    return Diagnostic("W302", message, place, hint)


def _place(error: Exception, theme: Theme) -> Place | None:
    """Find the template's file and line: a syntax error tells, else the stack does."""
    if isinstance(error, jinja2.TemplateSyntaxError):
        return Place(shown(theme, error.filename), error.lineno)
    stack = traceback.extract_tb(error.__traceback__)
    frames = [frame for frame in stack if frame.filename.endswith((*MARKUP, ".css"))]
    return Place(shown(theme, frames[-1].filename), frames[-1].lineno or 0) if frames else None


def shown(theme: Theme, filename: str | None) -> str:
    """Name a file of a theme as messages do."""
    return theme.publication.shown(Path(filename)) if filename else "theme"
