"""Settings once they are checked: plain values, which need nothing of what checked them.

The check itself takes longer to load than an edited chapter to read, so its result is kept.
"""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar, cast

from warraq import fingerprint
from warraq.cache import Cache

if TYPE_CHECKING:
    from warraq.settings import Contributor, Settings

Table = TypeVar("Table")


class Values(SimpleNamespace):
    """A table of settings: its keys are attributes, and never change."""

    def __setattr__(self, name: str, value: object) -> NoReturn:
        """Refuse to change."""
        raise AttributeError(name)

    def __delattr__(self, name: str) -> NoReturn:
        """Refuse to change."""
        raise AttributeError(name)


class UnusableError(ValueError):
    """Settings that cannot be used; `findings` say why, each with `loc`, `type`, `msg` and `input`."""

    def __init__(self, findings: list[dict[str, Any]]) -> None:
        """Tell what is wrong."""
        super().__init__(f"{len(findings)} settings cannot be used")
        self.findings = findings


def checked(data: Mapping[str, Any], cache: Cache | None) -> Settings:
    """Check the content of a `publication.toml`, unless the cache knows it. Raises UnusableError."""
    key = fingerprint.digest("settings", fingerprint.program(), data) if cache and cache.folder else ""
    if cache and key and (kept := cache.get(key)):
        return cast("Settings", pickle.loads(kept))  # noqa: S301 - our own, and checked
    from warraq.settings import validated  # noqa: PLC0415 - see above

    values = plain(validated(data))
    if cache and key:
        cache.put(key, pickle.dumps(values, pickle.HIGHEST_PROTOCOL))
    return cast("Settings", values)


def plain(value: Any) -> Any:  # noqa: ANN401 - a table, or what stands in one
    """Turn tables into plain values, with all that stands in them."""
    if hasattr(value, "model_fields_set"):
        return Values(**{name: plain(inner) for name, inner in vars(value).items()})
    return [*map(plain, value)] if isinstance(value, list) else value


def changed(table: Table, **changes: object) -> Table:
    """Give a table with some of its keys changed."""
    return cast("Table", Values(**(vars(table) | changes)))


def author(name: Mapping[str, str]) -> Contributor:
    """Give who is named as an author in an article as a contributor of the publication."""
    return cast("Contributor", Values(role="aut", name=dict(name), sort=None))
