"""The words that readers see and no author wrote, by language: `words.toml`."""

from __future__ import annotations

import functools
import tomllib
from pathlib import Path
from typing import Any

from warraq.diagnostics import BookError
from warraq.publication import toml_fault
from warraq.theme import TEMPLATES, Theme


def words(theme: Theme, language: str) -> dict[str, Any]:
    """Read the words of a language, those of the publication's theme over ours."""
    found: dict[str, Any] = {}
    for folder in filter(None, (TEMPLATES, theme.own)):
        path = folder / "words.toml"
        if path.is_file():
            table = _table(path, theme)
            found |= table.get(language.partition("-")[0], {} if found else table["en"])
    return found


@functools.lru_cache(maxsize=8)
def _parsed(text: str) -> dict[str, Any]:
    return tomllib.loads(text)


def _table(path: Path, theme: Theme) -> dict[str, Any]:
    """Read a file of words; raises BookError (W102) with the place of what is not TOML."""
    text = path.read_text("utf-8-sig")
    try:
        return _parsed(text)
    except tomllib.TOMLDecodeError as error:
        raise BookError(toml_fault(str(error), text, theme.publication.shown(path))) from None
