"""One job done, in whatever process: what came of it, or what went wrong; and what it leaves behind."""

from __future__ import annotations

import gc
import pickle
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from warraq import fingerprint
from warraq.diagnostics import BookError, Diagnostic
from warraq.engine.hands import memory

_ONE_AT_A_TIME = threading.Lock()


class Task(Protocol):
    """What the crew has to know of a job."""

    @property
    def unit(self) -> str:
        """The id of the unit, for messages."""

    @property
    def html(self) -> str:
        """A document; the longer it is, the more work it is."""


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a job: a pickled record, and one of its twin, or faults; and the memory of the process, in bytes."""

    data: bytes = b""
    twin: bytes = b""
    faults: tuple[Diagnostic, ...] = ()
    memory: int = 0


def do(work: Callable[..., Any], task: Task, program: str = "", twin: Any = None) -> Done:
    """Do one job, in whatever process; `program` is the fingerprint that ours must have.

    WeasyPrint is mended for the whole process, so that a worker with threads does one after
    another. Garbage of jobs before is collected first: what a layout makes lives until its
    end, and after the last one nobody needs the room.
    """
    if program and program != fingerprint.code():
        hint = "install the same Warraq and the same libraries on all machines"
        return Done(faults=(Diagnostic("W405", "a worker has another version of the program", help=hint),))
    with _ONE_AT_A_TIME:
        is_collecting = gc.isenabled()
        gc.disable()
        Garbage.collect()
        try:
            record, other = work(task, twin) if twin else (work(task), None)
            return Done(_pickled(record), _pickled(other) if other else b"", (), memory())
        except BookError as error:
            return Done(faults=error.diagnostics)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is told with the unit that it was met in
            return Done(faults=(failed(task, f"{type(error).__name__}: {error}"),))
        finally:
            if is_collecting:
                gc.enable()


def rehearse(work: Callable[[Any], Any], task: Task) -> None:
    """Do a job for nothing: what the first of a process needs is then loaded and read."""
    do(work, task)


class Garbage:
    """What jobs leave behind: little, for what holds most of it is cut (`rings`).

    What outlives a job, such as style sheets and fonts, is left out of later collections, which
    would go through all of it. It is looked at again now and then.
    """

    #: In jobs: a collection, and one that looks at all.
    OFTEN, SELDOM = 8, 40
    _times = 0

    @classmethod
    def collect(cls) -> None:
        """Free what the last jobs have left, if it is time."""
        cls._times += 1
        if cls._times % cls.SELDOM == 0:
            gc.unfreeze()
        if cls._times % cls.OFTEN == 0:
            gc.collect()
            gc.freeze()


def _pickled(record: Any) -> bytes:
    return pickle.dumps(record, pickle.HIGHEST_PROTOCOL)


def failed(task: Task, reason: str) -> Diagnostic:
    """Tell that a unit could not be laid out, and why."""
    hint = "this is a fault of the program, unless a style sheet or raw HTML of yours asks for the impossible"
    return Diagnostic("W404", f"{task.unit} could not be laid out: {reason}", help=hint)
