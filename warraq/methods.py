"""Methods of dataclasses compiled before.

`dataclasses` writes the source of each method of each class and compiles it, anew in each
process: 600 methods and 30 ms in ours. What is compiled depends on the source and this
Python alone, so it is kept. `dataclasses` finds the built-in `exec` as a global name; within
the block it finds ours.
"""

from __future__ import annotations

import dataclasses
import marshal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import CodeType
from typing import Any

from warraq import fingerprint
from warraq.cache import Cache

#: Methods met for the first time that are worth a new entry.
WORTH = 24
#: More methods than all our classes have.
MOST = 6000


@contextmanager
def kept(cache: Cache, process: str = "") -> Iterator[None]:
    """Compile no method within this block that was compiled in an earlier one in such a process."""
    names = vars(dataclasses)
    if not cache.folder or "exec" in names:
        yield
        return
    key = fingerprint.digest("methods", process, sys.version)
    data = cache.get(key)
    known: dict[str, CodeType] = marshal.loads(data) if data else {}  # noqa: S302 - our own, and checked
    made: dict[str, CodeType] = {}
    names["exec"] = _executing(known, made)
    try:
        yield
    finally:
        del names["exec"]
    if len(made) > WORTH:
        whole = known | made
        cache.put(key, marshal.dumps(whole if len(whole) <= MOST else made))


def _executing(known: dict[str, CodeType], made: dict[str, CodeType]) -> Callable[..., None]:
    """Make the function in the place of `exec`."""

    def execute(source: str, *names: Any) -> None:  # noqa: ANN401 - global and local names
        if (code := known.get(source) or made.get(source)) is None:
            code = made[source] = compile(source, "<string>", "exec", dont_inherit=True)
        exec(code, *names)  # noqa: S102 - what dataclasses would execute

    return execute
