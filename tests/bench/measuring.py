"""What a command costs, with all processes that it starts (Linux)."""

from __future__ import annotations

import ctypes
import os
import resource
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

#: prctl(2): processes whose parent has ended become ours, so that none escapes the count.
PR_SET_CHILD_SUBREAPER = 36


class CommandError(Exception):
    """A measured command failed; what it wrote to standard error."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Wall and CPU time in s, and the peak memory of the largest single process in MiB."""

    wall: float
    cpu: float
    memory: float


def measure(command: Sequence[str | Path], folder: Path) -> Cost:
    """Run a command in a folder, wait for all it started, and give the cost. Raises CommandError."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    others = _children()
    with tempfile.TemporaryFile() as said:
        started = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, stdout=said, stderr=said)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        usages = [usage, *_orphans(others)]
        if process.returncode:
            said.seek(0)
            raise CommandError(said.read().decode(errors="replace"))
    cpu = sum(one.ru_utime + one.ru_stime for one in usages)
    return Cost(wall, cpu, max(one.ru_maxrss for one in usages) / 1024)


def _orphans(others: set[int]) -> list[resource.struct_rusage]:
    """Wait for processes that outlived the one that started them; `others` are not its business."""
    usages = []
    while orphans := _children() - others:
        usages += [os.wait4(orphan, 0)[2] for orphan in orphans]
    return usages


def _children() -> set[int]:
    """List the processes that this one would wait for (proc(5))."""
    files = Path("/proc/self/task").glob("*/children")
    return {int(child) for file in files for child in file.read_text(encoding="ascii").split()}
