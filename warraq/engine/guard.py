"""What keeps our patches of WeasyPrint honest.

A patch replaces a function that was read line by line. Where the installed WeasyPrint has
another text there, the patch steps back, the stock behaviour stays, and the build says so.
"""

from __future__ import annotations

import functools
import hashlib
import inspect
import linecache
from collections.abc import Callable
from types import ModuleType
from typing import Any


def wrap_all(*patches: tuple[ModuleType | type, str, str, Callable[[Any], Any]]) -> list[str]:
    """Put wrappers around functions that must be patched together: all of them or none.

    Each patch is what `wrap` takes. Gives the names of the functions that are not as known.
    """
    unknown = [
        f"{module.__name__}.{name}"
        for module, name, digest, _wrapper in patches
        if not written_for(inspect.unwrap(getattr(module, name)), digest)
    ]
    return unknown or [name for patch in patches for name in wrap(*patch)]


def wrap(module: ModuleType | type, name: str, digest: str, wrapper: Callable[[Any], Any]) -> list[str]:
    """Put a wrapper around a function of a module, once; several patches may share a function.

    `digest` begins the SHA-256 of the source that the wrapper was written for. Gives the
    function's name if the installed one is another: then nothing is done.
    """
    function = getattr(module, name)
    patch = f"{wrapper.__module__}.{wrapper.__qualname__}"
    if patch in _patches(function):
        return []
    if not written_for(inspect.unwrap(function), digest):
        return [f"{module.__name__}.{name}"]
    wrapped: Any = functools.wraps(function)(wrapper(function))
    wrapped.warraq_patch = patch
    setattr(module, name, wrapped)
    return []


def _patches(function: Any) -> list[str]:
    """Name the patches that a function wears, the outermost first."""
    worn = []
    while hasattr(function, "__wrapped__"):
        worn.append(getattr(function, "warraq_patch", ""))
        function = function.__wrapped__
    return worn


def written_for(function: Callable[..., Any], digest: str) -> bool:
    """Tell whether a function's source is the one whose SHA-256 begins with `digest`.

    `inspect` parses a file to find where a function ends, which takes 50 ms for all patches; it is
    asked only if the lines that are indented deeper are not the source that was sought.
    """
    try:
        return _digest(_indented(inspect.unwrap(function))).startswith(digest) or _digest(
            inspect.getsource(function)
        ).startswith(digest)
    except (AttributeError, IndexError, OSError, StopIteration, TypeError):
        return False


def _digest(source: str) -> str:
    return hashlib.sha256(source.encode()).hexdigest()


def _indented(function: Any) -> str:
    """Give the head of a function and the lines below it that are indented deeper."""
    lines = linecache.getlines(function.__code__.co_filename)[function.__code__.co_firstlineno - 1 :]
    edge = len(lines[0]) - len(lines[0].lstrip())
    at = next(at for at, line in enumerate(lines) if line.lstrip().startswith("def ")) + 1
    while at < len(lines) and (not lines[at].strip() or lines[at][: edge + 1].isspace() or lines[at][edge] == ")"):
        at += 1
    return "".join(lines[:at]).rstrip() + "\n"
