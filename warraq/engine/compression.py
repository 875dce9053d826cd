"""Streams compressed three times as fast as pydyf 0.12 does it, by one part in a hundred less.

`pydyf.Stream.data` asks zlib for level 9, which on page streams takes three times the time
of level 7 to save one per cent. No upstream issue is known. What is changed is the name
`zlib` in pydyf.
"""

from __future__ import annotations

import zlib
from types import SimpleNamespace
from typing import Any

import pydyf

from warraq.engine.guard import written_for

DATA = "bdc2bc513f286de7"
LEVEL = 7


def mend() -> list[str]:
    """Put the level in place; give the property's name if it is not the one we know."""
    if not written_for(pydyf.Stream.data.fget, DATA):
        return ["pydyf.Stream.data"]
    pydyf.zlib = SimpleNamespace(compress=zlib.compress, compressobj=_compressor)
    return []


def _compressor(level: int) -> Any:
    return zlib.compressobj(level=min(level, LEVEL))
