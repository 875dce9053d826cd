"""The native libraries that WeasyPrint loads: which are missing here, and how this system gets them.

Standard library only: it is asked before the dependencies are there, and before anything renders.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import os
import platform
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

#: The file names of each library on Linux, macOS and Windows, as `weasyprint.text.ffi` tries
#: them; the last is the bare name with which the linker is asked if none of the files is found.
LIBRARIES: dict[str, tuple[str, ...]] = {
    "gobject": ("libgobject-2.0.so.0", "libgobject-2.0.0.dylib", "libgobject-2.0-0.dll", "gobject-2.0"),
    "fontconfig": ("libfontconfig.so.1", "libfontconfig.1.dylib", "libfontconfig-1.dll", "fontconfig"),
    "harfbuzz": ("libharfbuzz.so.0", "libharfbuzz.0.dylib", "libharfbuzz-0.dll", "harfbuzz"),
    "harfbuzz-subset": (
        "libharfbuzz-subset.so.0",
        "libharfbuzz-subset.0.dylib",
        "libharfbuzz-subset-0.dll",
        "harfbuzz-subset",
    ),
    "pango": ("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll", "pango-1.0"),
    "pangoft2": ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib", "libpangoft2-1.0-0.dll", "pangoft2-1.0"),
}

#: What each library tells its version by, and how.
VERSIONS: dict[str, tuple[str, type[ctypes.c_char_p | ctypes.c_int]]] = {
    "fontconfig": ("FcGetVersion", ctypes.c_int),
    "harfbuzz": ("hb_version_string", ctypes.c_char_p),
    "pango": ("pango_version_string", ctypes.c_char_p),
}

#: What stands among the missing things when Python cannot make a virtual environment.
VENV = "python-venv"


class Family(NamedTuple):
    """A family of systems: its installing command and its packages, in the order of `LIBRARIES`, then `VENV`."""

    command: str
    packages: tuple[str, ...]

    def line(self, missing: Iterable[str], privilege: str = "") -> str:
        """Write the command that installs what is missing, each package once."""
        shelf = dict(zip((*LIBRARIES, VENV), self.packages, strict=True))
        packages = dict.fromkeys(shelf[name] for name in missing)
        return self.command.format(su=privilege, packages=" ".join(packages))


_GLIB_ORDER = ("glib2", "fontconfig", "harfbuzz", "harfbuzz", "pango", "pango")
FAMILIES = {
    # A fresh container has no package lists, hence the update.
    "debian": Family(
        "{su}apt update && {su}apt install {packages}",
        (
            "libglib2.0-0",
            "libfontconfig1",
            "libharfbuzz0b",
            "libharfbuzz-subset0",
            "libpango-1.0-0",
            "libpangoft2-1.0-0",
            f"python{sys.version_info.major}.{sys.version_info.minor}-venv",
        ),
    ),
    "fedora": Family("{su}dnf install {packages}", (*_GLIB_ORDER, "python3-pip")),
    "arch": Family("{su}pacman -S {packages}", (*_GLIB_ORDER, "python-pip")),
    "alpine": Family(
        "{su}apk add {packages}",
        ("glib", "fontconfig", "harfbuzz", "harfbuzz-subset", "pango", "pango", "py3-pip"),
    ),
}
#: Homebrew's pango brings the other libraries along.
MACOS = Family("brew install {packages}", ("pango",) * len(LIBRARIES) + ("python",))
WINDOWS = Family(
    "install MSYS2, and in its shell: pacman -S {packages}",
    ("mingw-w64-ucrt-x86_64-pango",) * len(LIBRARIES) + ("mingw-w64-ucrt-x86_64-python",),
)


def missing_libraries() -> tuple[str, ...]:
    """Name the libraries of `LIBRARIES` that this machine cannot load."""
    _see_windows_folders()
    return tuple(name for name, files in LIBRARIES.items() if not _loads(files))


def versions() -> tuple[str, ...]:
    """Give the versions of the libraries that decide how text is laid out and drawn, as far as they tell."""
    return tuple(filter(None, (_version(*VERSIONS[name], LIBRARIES[name]) for name in VERSIONS)))


def _version(function: str, kind: type[ctypes.c_char_p | ctypes.c_int], files: tuple[str, ...]) -> str:
    for file in files:
        with suppress(OSError, AttributeError):
            ask = getattr(ctypes.CDLL(file), function)
            ask.restype = kind
            return f"{function} {ask()}"
    return ""


def remedy(missing: Iterable[str], os_release: Mapping[str, str], platform: str, *, root: bool) -> str:
    """Give the command that installs what is missing on the system described.

    `os_release` is the content of /etc/os-release, `platform` is `sys.platform`.
    """
    missing = tuple(missing)
    if platform == "darwin":
        return MACOS.line(missing)
    if platform == "win32":
        return WINDOWS.line(missing)
    for system in (os_release.get("ID", ""), *os_release.get("ID_LIKE", "").split()):
        if system in FAMILIES:
            superuser = "doas " if system == "alpine" else "sudo "
            return FAMILIES[system].line(missing, "" if root else superuser)
    return f"install the packages of your system that hold {', '.join(missing)}"


def complaint(missing: Iterable[str]) -> str:
    """Say what this machine lacks, and below it the command that mends it; nothing if it lacks nothing."""
    missing = tuple(missing)
    if not missing:
        return ""
    line = f"error: this machine lacks {', '.join(missing)}\n  help: {_remedy_here(missing)}"
    if sys.platform == "darwin" and missing != (VENV,):
        # A Python that is not Homebrew's does not look where Homebrew puts libraries.
        line += "\n  help: if that is done already: export DYLD_FALLBACK_LIBRARY_PATH=$(brew --prefix)/lib"
    return line


def _remedy_here(missing: tuple[str, ...]) -> str:
    """Give the command for the system that runs this."""
    os_release: dict[str, str] = {}
    with suppress(OSError):
        os_release = platform.freedesktop_os_release()
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    return remedy(missing, os_release, sys.platform, root=root)


def _loads(names: tuple[str, ...]) -> bool:
    """Tell whether a library loads by one of its names."""
    if any(map(_opens, names)):
        return True
    # The linker is slow to answer (it starts programs), so it is asked last.
    found = ctypes.util.find_library(names[-1])
    return found is not None and _opens(found)


def _opens(name: str) -> bool:
    """Tell whether the loader opens a library by exactly this name."""
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def _see_windows_folders() -> None:
    """Let Windows look where WeasyPrint looks: it searches no folder that was not named to it."""
    if sys.platform == "win32":
        folders = os.getenv("WEASYPRINT_DLL_DIRECTORIES", "C:\\msys64\\ucrt64\\bin;C:\\msys64\\mingw64\\bin")
        for folder in folders.split(";"):
            with suppress(OSError):
                os.add_dll_directory(folder)
