"""WeasyPrint loaded, when this module is, without what it can do without.

It asks for each native library by several names, the optional ones too. For a name that the
loader does not know, `ctypes.util.find_library` starts three processes on Linux (ldconfig,
gcc, ld), 54 in all: half of the time of a small rebuild. The loader alone finds what
`warraq.native` has found before, so the search is left out while WeasyPrint is loaded.

It also loads the larger half of fontTools, which cuts fonts down, for machines that have no
HarfBuzz to do it. That is loaded when it is called.
"""

from __future__ import annotations

import ctypes.util
import importlib
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

#: Modules whose functions WeasyPrint calls late, if ever.
LATE = ("fontTools.subset", "fontTools.varLib.instancer")


def load_weasyprint() -> None:
    """Load WeasyPrint; where the loader alone does not find its libraries, let it search."""
    if "weasyprint" in sys.modules:
        return
    with _late():
        if sys.platform == "linux":
            try:
                with _unsearched():
                    importlib.import_module("weasyprint.text.ffi")
            except OSError:
                for name in [name for name in sys.modules if name.partition(".")[0] == "weasyprint"]:
                    del sys.modules[name]
        importlib.import_module("weasyprint")


class _Late(ModuleType):
    """A module in whose place this one stands until something of it is called."""

    def __getattr__(self, name: str) -> Callable[..., Any]:
        """Give a function that calls the module's own."""
        if name.startswith("__"):
            raise AttributeError(name)

        def call(*arguments: Any, **named: Any) -> Any:
            return getattr(importlib.import_module(self.__name__), name)(*arguments, **named)

        return call


@contextmanager
def _late() -> Iterator[None]:
    """Let modules stand aside that are not there yet, and be found again by all others."""
    aside = {name: _Late(name) for name in LATE if name not in sys.modules}
    sys.modules.update(aside)
    try:
        yield
    finally:
        for name in aside:
            del sys.modules[name]


def _nothing(name: str) -> str | None:  # noqa: ARG001 - in the place of find_library
    return None


@contextmanager
def _unsearched() -> Iterator[None]:
    find = ctypes.util.find_library
    ctypes.util.find_library = _nothing
    try:
        yield
    finally:
        ctypes.util.find_library = find


load_weasyprint()
