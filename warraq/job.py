"""What a build is asked for, by what means it is done, and what it gives: plain values.

Nothing heavy is loaded for them: a build that has nothing to do is over before that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from warraq.cache import Cache
from warraq.diagnostics import Diagnostic
from warraq.editions import EDITIONS, Artifact

if TYPE_CHECKING:
    from warraq.engine.hands import Hand


@dataclass(frozen=True, slots=True)
class Means:
    """How the work is done, which changes nothing in what comes out of it.

    `jobs` is the number of processes that lay out at once; `executor` names who carries the
    work (`warraq.engine.crew`), or is empty for processes of this machine. What one edition
    leaves for the next lies in the cache, or `aside` where there is none. A `hand` is a process
    that was called before there was work. Where all is to be seen, this process does all `alone`.
    """

    jobs: int = 1
    executor: str = ""
    cache: Cache = field(default_factory=lambda: Cache(None))
    aside: Cache = field(default_factory=lambda: Cache(None))
    hand: Hand | None = field(default=None, repr=False, compare=False)
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Job:
    """What is asked for: the publication's path, where its editions go, which, and by what means."""

    path: Path
    folder: Path
    editions: Sequence[str] = EDITIONS
    strict: bool = False
    means: Means = field(default_factory=Means)


@dataclass(slots=True)
class Result:
    """What a build gave: artifacts with their paths, every fault met, and times in s.

    `inputs` are the texts and pictures that it was made from, or None where not all of them
    are files of the publication.
    """

    artifacts: list[tuple[Artifact, Path]] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    times: dict[str, float] = field(default_factory=dict)
    words: int = 0
    failed: bool = False
    inputs: frozenset[Path] | None = None
