"""What pyproject.toml asks for, and whether it is installed.

Standard library only: it is asked before the dependencies are there.
"""

from __future__ import annotations

import hashlib
import os
import re
import sys
import sysconfig
import tomllib
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

#: `Jinja2-3.1.6.dist-info`, or as setuptools of old wrote it: `Jinja2-3.1.6-py3.11.egg-info`.
_INFO = re.compile(r"(?P<name>[^-]+)-(?P<version>[^-]+)(?:-py[^-]*)?\.(?:dist|egg)-info")


@dataclass(frozen=True)
class Project:
    """What pyproject.toml says about the things that must be installed."""

    root: Path

    def table(self) -> dict[str, Any]:
        """Read the `[project]` table."""
        table: dict[str, Any] = tomllib.loads((self.root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        return table

    def requirements(self, extra: str = "") -> list[str]:
        """List the requirements, those of an optional group included."""
        table = self.table()
        return [*table["dependencies"], *(table["optional-dependencies"][extra] if extra else [])]

    def lacking(self, search: Sequence[str], extra: str = "") -> list[str]:
        """List the requirements that the folders of `search` do not hold."""
        there = _installed(search)
        return [wish for wish in self.requirements(extra) if not _met(wish, there)]

    def stamp(self) -> str:
        """Give the mark of an environment made for this project, here, by this Python."""
        # The folder counts because scripts and the link to the tree hold its path, and the
        # platform because one tree may be mounted in two machines.
        marks = (self.table(), sys.version_info[:2], sysconfig.get_platform(), str(self.root))
        return hashlib.sha256(repr(marks).encode()).hexdigest()


def satisfied(requirement: str, search: Sequence[str]) -> bool:
    """Tell whether a requirement such as `name>=1.2,<3` is installed in one of the folders of `search`."""
    return _met(requirement, _installed(search))


def _met(requirement: str, there: Mapping[str, str]) -> bool:
    name = re.split("[=<>]", requirement)[0]
    clauses = filter(None, requirement.removeprefix(name).split(","))
    version = there.get(_normal(name.strip()))
    return version is not None and all(_fits(version, clause) for clause in clauses)


def _installed(search: Sequence[str]) -> dict[str, str]:
    """Give the versions of what folders hold, by normal names; of two, what comes first is imported.

    The names of the folders tell (binary distribution format, `.dist-info`), which is all that
    is needed of `importlib.metadata`, at a tenth of the time.
    """
    found: dict[str, str] = {}
    for folder in search:
        with suppress(OSError):
            for entry in os.scandir(folder or "."):
                if known := _INFO.fullmatch(entry.name):
                    found.setdefault(_normal(known["name"]), known["version"])
    return found


def _normal(name: str) -> str:
    """Write a name as all its spellings are compared (PEP 503)."""
    return re.sub("[-_.]+", "-", name).lower()


def _fits(version: str, clause: str) -> bool:
    """Tell whether a version is within a clause; pyproject.toml needs only `==N.*`, `>=` and `<`."""
    numbers, bound = _numbers(version), _numbers(clause)
    answers = {"==": numbers[: len(bound)] == bound, ">=": numbers >= bound, "<": numbers < bound}
    return answers[clause.strip(" .*0123456789")]


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, re.findall(r"\d+", version)))
