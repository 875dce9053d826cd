"""The editions: what is made of a Document, each by one function to an Artifact."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

#: All editions, in the order of a build.
EDITIONS = ("screen", "print", "web")


@dataclass(frozen=True, slots=True)
class Artifact:
    """A finished edition: its name and bytes, and its pages where it has pages.

    An edition of one file has `data`; an edition that is a folder has `files` instead, by
    their paths in it, with forward slashes.
    """

    edition: str
    name: str
    data: bytes = b""
    pages: int = 0
    files: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """The number of bytes in all."""
        return len(self.data) + sum(map(len, self.files.values()))
