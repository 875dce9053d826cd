"""Where units are laid out: the way into the half of the engine that works with WeasyPrint.

What is here can be named without loading it, so that a process which only hands work out and
binds what comes of it does without. WeasyPrint is loaded when the first job is done.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from warraq import methods, patterns

if TYPE_CHECKING:
    from warraq.cache import Cache
    from warraq.engine.jobs import Job
    from warraq.engine.kinship import Twin
    from warraq.engine.record import Record

#: What a process loads before its first job, in this order; the last is at work.
MODULES = ("warraq.engine.loading", "warraq.engine.layout")


def lay_out(job: Job) -> Record:
    """Lay a unit out and draw it, as `layout.lay_out` does."""
    record: Record = _layout().lay_out(job)
    return record


def lay_out_both(job: Job, twin: Twin) -> tuple[Record, Record | None]:
    """Lay a unit out once and draw it for two editions, as `layout.lay_out_both` does."""
    records: tuple[Record, Record | None] = _layout().lay_out_both(job, twin)
    return records


def load(cache: Cache) -> None:
    """Load all that a first job needs."""
    # Apart from those of the process that reads: both end at once, and would overwrite each other's.
    with patterns.kept(cache, "press"), methods.kept(cache, "press"):
        _layout()


def _layout() -> Any:
    return [importlib.import_module(name) for name in MODULES][-1]
