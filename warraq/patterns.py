"""Regular expressions compiled before.

Python compiles the patterns of all modules anew in each process: 90 ms of an edit's build, in
which not much else is left. What its compiler makes of a pattern are numbers, which it hands to
`_sre.compile` at the end. Here they are taken down there, kept, and handed over at once the
next time. They depend on the pattern, its flags and this Python. Where the compiler has not
the parts that it has in Python 3.11 to 3.14, patterns are compiled as ever.
"""

from __future__ import annotations

import marshal
import re
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from warraq import fingerprint
from warraq.cache import Cache

#: Patterns met for the first time that are worth a new entry; some hold words of the text, and never come again.
WORTH = 24
#: More patterns than all our modules have.
MOST = 4000
#: What these patterns mean is not settled when they are compiled, or is said aloud then.
NEVER = int(re.LOCALE | re.DEBUG)

#: A pattern with its flags, and what `_sre.compile` is given for them.
Key = tuple[str | bytes, int]
Made = tuple[Any, ...]


class _Sre:
    """In the place of `_sre` for the compiler: takes down what it hands over."""

    def __init__(self, sre: Any) -> None:  # noqa: ANN401 - a module without types
        self.sre = sre
        self.last: Made = ()

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - as above
        value = getattr(self.sre, name)
        setattr(self, name, value)
        return value

    def compile(self, *made: Any) -> re.Pattern[Any]:  # noqa: ANN401 - as above
        pattern, flags, code, *groups = made
        self.last = (pattern, int(flags), [*map(int, code)], *groups)  # without the names that some numbers have
        compiled: re.Pattern[Any] = self.sre.compile(*made)
        return compiled


@contextmanager
def kept(cache: Cache, process: str = "") -> Iterator[None]:
    """Compile no pattern within this block that was compiled in an earlier one in such a process."""
    compiler: Any = getattr(re, "_compiler", None)
    if not cache.folder or not hasattr(compiler, "_sre") or not hasattr(compiler, "compile"):
        yield
        return
    key = fingerprint.digest("patterns", process, sys.version, getattr(compiler, "MAGIC", 0))
    data = cache.get(key)
    known: dict[Key, Made] = marshal.loads(data) if data else {}  # noqa: S302 - our own, and checked
    used: dict[Key, Made] = {}
    sre, compile_ = compiler._sre, compiler.compile  # noqa: SLF001 - see above
    compiler._sre = recorder = _Sre(sre)  # noqa: SLF001 - see above
    compiler.compile = _compiling(compile_, recorder, known, used)
    try:
        yield
    finally:
        compiler._sre, compiler.compile = sre, compile_  # noqa: SLF001 - see above
    if len(used.keys() - known.keys()) > WORTH:
        whole = known | used
        cache.put(key, marshal.dumps(whole if len(whole) <= MOST else used))


def _compiling(
    compile_: Callable[[Any, int], re.Pattern[Any]], recorder: _Sre, known: dict[Key, Made], used: dict[Key, Made]
) -> Callable[..., re.Pattern[Any]]:
    """Make the function in the place of `re._compiler.compile`."""
    one_at_a_time, sre = threading.RLock(), recorder.sre

    def compiled(pattern: Any, flags: int = 0) -> re.Pattern[Any]:  # noqa: ANN401 - a text, or one that is parsed
        if type(pattern) not in {str, bytes} or int(flags) & NEVER:
            return compile_(pattern, flags)
        key = pattern, int(flags)
        with one_at_a_time:
            made = known.get(key)
            found = sre.compile(*made) if made else compile_(pattern, flags)
            used[key] = made or recorder.last
            return found

    return compiled
