"""The place where the work is done: a Python that has all the dependencies, made once if there is none.

`build.py` comes here first. A Python that has what pyproject.toml asks for is used as it is; otherwise
a private environment, `.venv` beside build.py, is made and build.py starts again inside it. Standard
library only, for nothing else is there yet.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import sysconfig
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from warraq import native
from warraq.requirements import Project

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import IO

ROOT = Path(__file__).resolve().parent.parent
#: This Python; without a PATH it does not know its own name.
PYTHON = sys.executable or f"{sys.base_exec_prefix}/bin/python{sys.version_info.major}.{sys.version_info.minor}"
MACHINE_LACKS_SOMETHING = 3
INTERRUPTED = 130


class WorkshopError(Exception):
    """The environment cannot be made; the message says why, and what helps."""


def main(arguments: Sequence[str]) -> int:
    """Run the command line, or with `test` the tests, in a Python that has the dependencies."""
    extra = "test" if arguments[:1] == ["test"] else ""
    project = Project(ROOT)
    missing = project.lacking(sys.path, extra)
    if not missing:
        return _work(arguments)
    try:
        environment = _ready_environment(project, extra, missing)
    except WorkshopError as fault:
        say(str(fault))
        return MACHINE_LACKS_SOMETHING
    except OSError as fault:
        say(f"error: the environment could not be set up: {fault}")
        return MACHINE_LACKS_SOMETHING
    except KeyboardInterrupt:
        return INTERRUPTED
    return _start_again(environment.python, arguments)


def leave(code: int) -> NoReturn:
    """End the program at once: to take apart all that it holds takes 0.1 s.

    Processes that are copies of it end with it (`warraq.engine.hands`); of others, and what they
    share with it, it is taken leave.
    """
    if {"multiprocessing.resource_tracker", "distributed"} & sys.modules.keys():
        sys.exit(code)
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    os._exit(code)


def say(message: str) -> None:
    """Tell the user something about the set-up."""
    sys.stderr.write(f"{message}\n")
    sys.stderr.flush()


@dataclass(frozen=True)
class Environment:
    """The private environment of a project, in `.venv`."""

    project: Project

    @property
    def folder(self) -> Path:
        """The folder of the environment."""
        return self.project.root / ".venv"

    @property
    def python(self) -> Path:
        """The Python of the environment."""
        return self.folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

    @property
    def packages(self) -> Path:
        """The folder that holds the installed packages."""
        base = str(self.folder)
        return Path(sysconfig.get_path("purelib", "venv", {"base": base, "platbase": base}))

    @property
    def seal(self) -> Path:
        """The file that is written last: an environment without it, or with another stamp, is not whole."""
        return self.folder / "warraq.stamp"

    def whole(self) -> bool:
        """Tell whether the environment was made to the end, for this project as it is now."""
        with suppress(OSError):
            return self.python.exists() and self.seal.read_text(encoding="ascii") == self.project.stamp()
        return False

    def ready(self, extra: str) -> bool:
        """Tell whether the environment can be used as it is."""
        return self.whole() and not self.project.lacking([str(self.packages)], extra)

    def make(self, extra: str) -> None:
        """Make the environment, or add what a whole one lacks."""
        if not self.whole():
            self._found()
        self._install(extra)
        self._link_relatively()
        self.seal.write_text(self.project.stamp(), encoding="ascii")

    def _found(self) -> None:
        """Make an environment that is empty but for pip, in place of any that is there."""
        for entry in self.folder.iterdir():
            if entry.is_dir() and not entry.is_symlink():
                shutil.rmtree(entry)
            elif entry.name != "lock":
                entry.unlink()
        _run([PYTHON, "-m", "venv", *([] if _has("ensurepip") else ["--without-pip"]), str(self.folder)])

    def _install(self, extra: str) -> None:
        """Install the project, linked to its tree, and its dependencies."""
        tree = f"{self.project.root}[{extra}]" if extra else str(self.project.root)
        options = ["--quiet", "--no-input", "--disable-pip-version-check"]
        pip, pip_too = [str(self.python), "-m", "pip"], []
        if not (self.packages / "pip").is_dir():
            # Debian without python3-venv: the pip that runs beside this Python does it.
            pip, pip_too = [PYTHON, "-m", "pip", "--python", str(self.python)], ["pip"]
        _run([*pip, "install", *options, *pip_too, "--editable", tree])

    def _link_relatively(self) -> None:
        """Write the link to the tree as a relative path.

        Python before 3.13 reads .pth files in the locale's encoding, so that an Arabic path
        in one of them stops it at once under LC_ALL=C.
        """
        for link in self.packages.glob("*.pth"):
            if link.read_text(encoding="utf-8").strip() == str(self.project.root):
                link.write_text(os.path.relpath(self.project.root, self.packages) + "\n", encoding="ascii")


def _ready_environment(project: Project, extra: str, missing: Sequence[str]) -> Environment:
    """Give the environment of the project, made or mended if it must be."""
    environment = Environment(project)
    if Path(sys.prefix).resolve() == environment.folder.resolve():
        # It cannot be made anew from within, and to start again would go on for ever.
        message = f"error: {environment.folder} lacks {', '.join(missing)}\n  help: delete it and run build.py again"
        raise WorkshopError(message)
    if not environment.ready(extra):
        environment.folder.mkdir(exist_ok=True)
        with _locked(environment.folder / "lock"):
            _make_if_still_needed(environment, extra)
    return environment


def _make_if_still_needed(environment: Environment, extra: str) -> None:
    """Make the environment, unless another run made it while this one waited."""
    if environment.ready(extra):
        return
    lacks = native.missing_libraries()
    if not (_has("ensurepip") or _has("pip")):
        lacks = (*lacks, native.VENV)
    if lacks:
        raise WorkshopError(native.complaint(lacks))
    say(f"setting up {environment.folder} for {'the tests' if extra else 'building'} (this is done once)")
    environment.make(extra)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Hold a lock that the system frees when its holders end, however they end."""
    with path.open("a", encoding="ascii") as file:
        if not _lock(file):
            say("waiting for another run, which is setting up the environment")
            while not _lock(file):
                time.sleep(0.1)
        # pip holds it too: if this process is killed, pip may still be writing.
        os.set_inheritable(file.fileno(), True)  # noqa: FBT003 - the signature is the standard library's
        yield


def _lock(file: IO[str]) -> bool:
    """Lock an open file for this process and its heirs, unless others hold it."""
    try:
        if sys.platform == "win32":
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


def _has(module: str) -> bool:
    return importlib.util.find_spec(module) is not None


def _run(command: list[str]) -> None:
    """Run a step of the set-up; if it fails, its last lines are the error."""
    done = subprocess.run(  # noqa: S603 - our own Python, with arguments that we wrote
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
        close_fds=False,
    )
    if done.returncode:
        last = "\n".join(done.stdout.strip().splitlines()[-16:])
        # The word after -m is the module that failed: venv or pip.
        message = (
            f"error: the environment could not be set up; {command[2]} says:\n{last}\n"
            "  help: what is needed is fetched once, and that takes a network and room on the disk"
        )
        raise WorkshopError(message)


def _work(arguments: Sequence[str]) -> int:
    """Run the tests or the command line in this Python."""
    if arguments[:1] == ["test"]:
        return _call([PYTHON, str(ROOT / "tests" / "run.py"), *arguments[1:]])
    from warraq import cli  # noqa: PLC0415 - it needs the dependencies, which are here only now

    return cli.main(list(arguments))


def _start_again(python: Path, arguments: Sequence[str]) -> int:
    """Run build.py again, in another Python."""
    command = [str(python), str(ROOT / "build.py"), *arguments]
    if os.name == "posix":
        os.execv(command[0], command)  # noqa: S606 - no shell is wanted
    return _call(command)


def _call(command: list[str]) -> int:
    return subprocess.run(command, check=False).returncode  # noqa: S603 - our own program, started anew
