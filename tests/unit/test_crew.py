"""The crew: whoever does the work, the same comes out; and what goes wrong ends it, with a reason."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import time
import weakref
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from warraq.cache import Cache
from warraq.diagnostics import BookError, Diagnostic
from warraq.engine.crew import LITTLE, Crew
from warraq.engine.hands import Hand, early, memory
from warraq.engine.keys import Keys
from warraq.engine.tasks import Garbage, do
from warraq.job import Means

ROOT = Path(__file__).resolve().parents[2]
MUCH = "م" * LITTLE
#: A program that is stopped amid its work; it writes the process of its worker first.
STOPPED = """
import sys, time
from warraq.engine.crew import Crew
from warraq.job import Means
from tests.unit.test_crew import MUCH, Task, slow
try:
    with Crew(Means(jobs=1), slow) as crew:
        for _ in crew([Task("a", MUCH)]):
            pass
except KeyboardInterrupt:
    print("stopped")
"""


@dataclass(frozen=True, slots=True)
class Task:
    """A job as small as can be."""

    unit: str
    html: str = ""
    sheets: tuple[Any, ...] = ()
    root: Path = ROOT
    remote: bool = False


def work(task: Task) -> tuple[str, int, int]:
    """Give something that depends on the task alone, and the process that did it."""
    return task.unit, len(task.html), os.getpid()


def has_loaded(module: str) -> bool:
    """Tell whether this process has loaded a module."""
    return module in sys.modules


def slow(task: Task) -> str:
    """Tell which process this is, and take long."""
    print(os.getpid(), flush=True)  # noqa: T201 - for the one who waits
    time.sleep(60)
    return task.unit


def fail(task: Task) -> str:
    """Fail at one unit as WeasyPrint might, at another as our code does, at a third without a word."""
    if task.unit == "broken":
        msg = "no such box"
        raise AttributeError(msg)
    if task.unit == "faulty":
        raise BookError(Diagnostic("W302", "the template cannot be used", help="mend it"))
    if task.unit == "deadly":
        os._exit(9)
    return task.unit


def tasks(count: int) -> list[Task]:
    return [Task(f"unit-{number}", MUCH[: LITTLE // 2 + number]) for number in range(count)]


def done(means: Means, jobs: list[Task], function: Any = work) -> list[tuple[int, Any]]:
    with Crew(means, function) as crew:
        return list(crew(jobs))


def test_little_work_is_done_here_the_longest_first() -> None:
    jobs = [Task("a", "م"), Task("b", "ممم"), Task("c", "مم")]
    here = os.getpid()
    assert done(Means(jobs=2), jobs) == [(1, ("b", 3, here)), (2, ("c", 2, here)), (0, ("a", 1, here))]


def test_much_work_is_done_by_as_many_processes_as_asked_for() -> None:
    results = sorted(done(Means(jobs=2), tasks(6)))
    assert [(index, unit) for index, (unit, _, _) in results] == [(number, f"unit-{number}") for number in range(6)]
    processes = {process for _, (_, _, process) in results}
    assert os.getpid() not in processes
    assert len(processes) == 2


def test_a_process_that_has_grown_is_replaced() -> None:
    assert 1_000_000 < memory() < 10**10
    hand = Hand(grown=1)
    pids = set()
    for _ in range(3):
        pids.add(hand.submit(os.getpid).result())
        hand.done(2)
    hand.rest()
    assert len(pids) == 3


#: A program without threads, which calls a hand before there is work for it, and gives it little.
EARLY = """
import os, sys
from warraq.cache import Cache
from warraq.engine import hands
from warraq.engine.crew import Crew
from warraq.job import Means
from tests.unit.test_crew import Task, has_loaded, work
from dataclasses import replace
means = Means(jobs=2)
with hands.early(means.jobs, Cache(None)) as hand:
    pids = set()
    for _ in range(2):
        with Crew(replace(means, hand=hand), work) as crew:
            pids |= {pid for _, (_, _, pid) in crew([Task("a"), Task("b")])}
    assert len(pids) == 1 and os.getpid() not in pids, pids
    print(*pids, has_loaded("weasyprint"), hand.submit(has_loaded, "weasyprint").result(), flush=True)
    end = hand.submit(os._exit, 1)
    assert end.exception()
    print(hand.submit(os.getpid).result() not in pids)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="copies of a process are safe on Linux alone")
def test_a_hand_called_early_has_loaded_the_engine_and_does_even_little() -> None:
    done = subprocess.run([sys.executable, "-c", EARLY], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert not done.stderr
    process, *said = done.stdout.split()
    assert said == ["False", "True", "True"]
    assert _ended(int(process))


def test_no_hand_is_called_early_for_one_process() -> None:
    with early(1, Cache(None)) as hand:
        assert hand is None


def test_nothing_of_the_users_folder_stands_in_for_the_program(tmp_path: Path) -> None:
    for name in ("warraq", "weasyprint"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text("raise SystemExit('not this one')", "utf-8")
    (tmp_path / "book.py").write_text(
        f"import sys; sys.path.insert(0, {str(ROOT)!r}); sys.path.remove({str(tmp_path)!r})\n"
        "from warraq.engine.crew import Crew\n"
        "from warraq.job import Means\n"
        "from tests.unit.test_crew import MUCH, Task, work\n"
        "with Crew(Means(), work) as crew:\n"  # with no guard of the main module
        "    print([unit for _, (unit, *_) in crew([Task('a', MUCH)])])\n",
        "utf-8",
    )
    done = subprocess.run([sys.executable, "book.py"], cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
    assert (done.stdout, done.stderr) == ("['a']\n", "")


@pytest.mark.parametrize(
    ("unit", "code", "said"),
    [
        ("broken", "W404", "broken could not be laid out: AttributeError: no such box"),
        ("faulty", "W302", "the template cannot be used"),
        ("deadly", "W404", "deadly could not be laid out: the process that laid it out ended"),
    ],
)
def test_a_unit_that_fails_is_named_and_ends_the_work(unit: str, code: str, said: str) -> None:
    with pytest.raises(BookError) as caught:
        done(Means(jobs=2), [*tasks(2), Task(unit, MUCH + MUCH)], fail)
    (fault,) = caught.value.diagnostics
    assert fault.code == code
    assert fault.message.startswith(said)


def test_a_unit_that_fails_here_is_named_too() -> None:
    with pytest.raises(BookError, match="broken could not be laid out"):
        done(Means(), [Task("broken")], fail)


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_whoever_stops_the_program_stops_its_processes(how: signal.Signals) -> None:
    pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "encoding": "utf-8"}
    with subprocess.Popen([sys.executable, "-c", STOPPED], cwd=ROOT, start_new_session=True, **pipes) as program:
        assert program.stdout
        worker = int(program.stdout.readline())
        if how == signal.SIGINT:
            os.killpg(program.pid, how)  # as a terminal does
        else:
            program.kill()
        out, err = program.communicate(timeout=20)
    assert out == ("stopped\n" if how == signal.SIGINT else "")
    assert "Traceback" not in err
    assert _ended(worker)


def _ended(process: int) -> bool:
    for _ in range(100):
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    os.kill(process, signal.SIGKILL)
    return False


def test_what_the_cache_knows_is_not_done_again(tmp_path: Path) -> None:
    means, jobs = Means(cache=Cache(tmp_path)), [Task("a", "م"), Task("b", "مم")]
    first = sorted(done(means, jobs))
    assert sorted(done(means, jobs, fail)) == first
    changed = [jobs[0], replace(jobs[1], html="مم مم")]
    assert [result for _, (*result, _) in sorted(done(means, changed))] == [["a", 1], ["b", 5]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A style sheet."""

    css: str


def test_a_key_changes_with_every_file_that_a_job_names(tmp_path: Path) -> None:
    named = ["a (1).png", "b.png", "نقش.svg", "d.svg", "e.css", "f.ttf", "g.png", "h.png"]
    for name in named:
        (tmp_path / name).write_text("", "utf-8")
    (tmp_path / named[2]).write_text("<svg><image href='d.svg'/></svg>", "utf-8")
    html = (
        """<img src="a (1).png"><img src=b.png alt=""><p style="background: url(&quot;g.png&quot;)">"""
        f"""<object data='{(tmp_path / named[2]).as_uri()}'></object><a href="#x">x</a><a href="https://example.org">"""
    )
    sheets = (Sheet('@import "e.css";'), Sheet("@font-face { src: url('f.ttf') } p { background: url(h.png) }"))
    job = Task("a", html, sheets, tmp_path)
    seen = {Keys().of(job)}
    for name in named:
        with (tmp_path / name).open("a", encoding="utf-8") as file:
            file.write(" ")
        seen.add(Keys().of(job))
    (tmp_path / "b.png").unlink()
    seen.add(Keys().of(job))
    assert len(seen) == len(named) + 2
    assert None not in seen


def test_what_cannot_be_digested_has_no_key(tmp_path: Path) -> None:
    remote = Task("a", '<img src="https://example.org/a.png">', (), tmp_path, remote=True)
    assert Keys().of(remote) is None
    assert Keys().of(replace(remote, html='<a href="https://example.org">'))
    assert Keys().of(Task("a", r"<p style='background: url(a\ b.png)'>", (), tmp_path)) is None


def test_a_file_that_changes_meanwhile_makes_keys_stale(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"1")
    keys = Keys()
    keys.of(Task("a", '<img src="a.png">', (), tmp_path))
    assert not keys.are_stale()
    (tmp_path / "a.png").write_bytes(b"22")
    assert keys.are_stale()


@pytest.mark.filterwarnings("ignore")
def test_a_cluster_of_others_gives_the_same(cluster: str) -> None:
    results = sorted(done(Means(executor=f"dask={cluster}"), tasks(5)))
    assert [(index, unit) for index, (unit, _, _) in results] == [(number, f"unit-{number}") for number in range(5)]
    assert os.getpid() not in {process for _, (_, _, process) in results}


@pytest.mark.filterwarnings("ignore")
def test_a_unit_that_fails_on_a_cluster_is_named(cluster: str) -> None:
    with pytest.raises(BookError, match="broken could not be laid out: AttributeError"):
        done(Means(executor=f"dask={cluster}"), [Task("broken")], fail)


def tangled(_task: Task) -> str:
    """Leave garbage that refers to itself."""
    _left.append(weakref.ref(knot := Knot()))
    knot.itself = knot
    return "done"


class Knot:
    """An object that may be bound to itself."""

    itself: Knot | None = None


_left: list[weakref.ref[Knot]] = []


def test_what_a_job_leaves_is_freed_and_what_stays_is_no_longer_looked_at() -> None:
    try:
        do(tangled, Task("a"))
        for _ in range(Garbage.OFTEN):
            do(work, Task("b"))
        assert _left.pop()() is None
        assert gc.get_freeze_count() > 0
    finally:
        gc.unfreeze()
