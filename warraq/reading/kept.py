"""Sources that were read before: a Draft as it was when its source was understood by itself.

That depends on the source, on how messages name it, on the publication's language and on
this program; what all chapters together settle comes later and is done each time.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import replace

from warraq import fingerprint
from warraq.cache import Cache
from warraq.reading.draft import Draft
from warraq.source import Source


def draft(source: Source, main: str, cache: Cache | None, read: Callable[[Source, str], Draft]) -> Draft:
    """Give the Draft of a source, from the cache if it is there, else by reading it."""
    if not cache:
        return read(source, main)
    key = fingerprint.digest("draft", fingerprint.program(), main, source) if cache.folder else ""
    if data := cache.get(key):
        found: Draft = pickle.loads(data)  # noqa: S301 - our own, and checked
        return replace(found, source=source)
    made = read(source, main)
    # The source is at hand whenever the Draft is asked for.
    cache.put(key, pickle.dumps(replace(made, source=None), pickle.HIGHEST_PROTOCOL))  # type: ignore[arg-type]
    return made
