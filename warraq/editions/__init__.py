"""The editions: what is made of a Document, each by one function to an Artifact."""

from __future__ import annotations

from dataclasses import dataclass

#: All editions, in the order of a build.
EDITIONS = ("screen", "print")


@dataclass(frozen=True, slots=True)
class Artifact:
    """A finished edition: its file name, its bytes, and its pages where it has pages."""

    edition: str
    name: str
    data: bytes
    pages: int = 0
