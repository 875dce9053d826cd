"""Processes of this machine that lay out, each one job at a time.

They come from a server that has loaded WeasyPrint once and nothing else (the start method
`forkserver`), so that one is there at once, holds nothing of this process, and none of its
threads is copied. Where there is no such server, or where it is not safe (Windows, macOS,
whose fonts belong to threads of the system), each is started anew.

The memory of a process grows with the largest unit that it has laid out and does not
shrink. One that has grown much is replaced when its job is done.
"""

from __future__ import annotations

import functools
import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from contextlib import contextmanager, suppress
from multiprocessing.connection import wait
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import ModuleType
from typing import Any

from warraq.cache import Cache
from warraq.engine import workbench

if sys.platform != "win32":
    import resource

#: In bytes: with more than this, a process is replaced.
GROWN = 160 * 1024 * 1024
ROOT = Path(__file__).resolve().parents[2]


class Hand:
    """A process that does one job at a time; another takes its place when it has grown."""

    def __init__(self, grown: int = GROWN) -> None:
        """Begin without a process; one with more than `grown` bytes is replaced."""
        self._grown = grown
        self._pool: ProcessPoolExecutor | None = None
        self._processes: list[BaseProcess] = []

    def submit(self, function: Callable[..., Any], *arguments: Any) -> Future[Any]:
        """Have a function called; its process is started if there is none."""
        if self._pool:
            with suppress(BrokenExecutor):
                return self._pool.submit(function, *arguments)
        prepare()
        with _apart():
            return self._start(_context(), function, *arguments)

    def _start(self, context: BaseContext, function: Callable[..., Any], *arguments: Any) -> Future[Any]:
        before = multiprocessing.active_children()
        with _undisturbed():
            self._pool = ProcessPoolExecutor(1, context, _begin)
            future = self._pool.submit(function, *arguments)
        self._processes = [process for process in multiprocessing.active_children() if process not in before]
        return future

    def split_off(self, cache: Cache) -> None:
        """Start its process as a copy of this one, which must not have other threads; it loads what it will need."""
        self._start(multiprocessing.get_context("fork"), workbench.load, cache)

    def done(self, used: int) -> None:
        """Hear that the job is done and how much memory the process has now."""
        if used > self._grown:
            self.rest()

    def rest(self, *, at_once: bool = False) -> None:
        """End the process, amid its job if `at_once`."""
        if not self._pool:
            return
        pool, self._pool = self._pool, None
        pool.shutdown(wait=False, cancel_futures=True)
        for process in self._processes if at_once else ():
            process.terminate()


@contextmanager
def early(jobs: int, cache: Cache) -> Iterator[Hand | None]:
    """Call a hand before there is work for it: it loads the engine while this process reads the book.

    There is none where one process is to do all, and where copies of processes are not safe.
    """
    if jobs == 1 or sys.platform != "linux" or threading.active_count() > 1:
        yield None
        return
    hand = Hand()
    hand.split_off(cache)
    try:
        yield hand
    finally:
        hand.rest(at_once=True)


def _begin() -> None:
    """Prepare a new process: the program alone stops it, and what is loaded is no garbage."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_program, daemon=True).start()
    gc.freeze()


def _end_with_program() -> None:
    """End this process when the program has ended, however that came about."""
    if program := multiprocessing.parent_process():
        wait([program.sentinel])
        os._exit(1)


@functools.cache
def _context() -> BaseContext:
    """Choose how processes are started."""
    if sys.platform in {"darwin", "win32"} or "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(workbench.MODULES))
    return context


@contextmanager
def _apart() -> Iterator[None]:
    """Let new processes find this program, wherever it is, and nothing of the user's in its place.

    The server of Python 3.11 takes no other path from us than that of the environment, and
    looks into the current folder first if it is not told otherwise. The main module is
    whatever a user started; a copy of it would start processes in its turn.
    """
    main, before = sys.modules["__main__"], dict(os.environ)
    path = os.pathsep.join(filter(None, (str(ROOT), before.get("PYTHONPATH"))))
    os.environ.update(PYTHONPATH=path, PYTHONSAFEPATH="1")
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main
        for name in ("PYTHONPATH", "PYTHONSAFEPATH"):
            os.environ.pop(name)
            if name in before:
                os.environ[name] = before[name]


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Let Ctrl-C not reach what is started here: it ends with the program, without a word of its own."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def prepare() -> None:
    """Start the server of processes where there is one: it loads what they need while this one does other things."""
    if _context().get_start_method() != "forkserver":
        return
    from multiprocessing import forkserver, resource_tracker  # noqa: PLC0415 - a process more, and an end that takes longer

    resource_tracker.ensure_running()  # before: it would let Ctrl-C through again
    with _apart(), _undisturbed():
        forkserver.ensure_running()


def memory() -> int:
    """Tell how much memory this process has, in bytes, as well as the system tells it."""
    with suppress(OSError):
        return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * resource.getpagesize()
    if sys.platform == "win32":
        return 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024
