"""WeasyPrint loaded without a search for libraries that it can do without.

It asks for each native library by several names, the optional ones too. For a name that the
loader does not know, `ctypes.util.find_library` starts three processes on Linux (ldconfig,
gcc, ld), 54 in all: half of the time of a small rebuild. The loader alone finds what
`warraq.native` has found before, so the search is left out while WeasyPrint is loaded.
"""

from __future__ import annotations

import ctypes.util
import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager


def load_weasyprint() -> None:
    """Load WeasyPrint; where the loader alone does not find its libraries, let it search."""
    if sys.platform == "linux" and "weasyprint" not in sys.modules:
        try:
            with _unsearched():
                importlib.import_module("weasyprint.text.ffi")
        except OSError:
            for name in [name for name in sys.modules if name.partition(".")[0] == "weasyprint"]:
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
