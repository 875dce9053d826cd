"""Who lays units out: this process, others of this machine, or a cluster; and what need not be done.

    jobs ─► known to the cache? ─► given at once
              │ no
              └─► little to do: here ─ much: processes (`hands`) ─ `--executor`: a cluster

A unit needs nothing of the others to be laid out, so whoever is free takes the longest that
is left. Records come in the order in which they are done, and travel and are kept pickled.
"""

from __future__ import annotations

import gc
import pickle
from collections import deque
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, wait
from dataclasses import dataclass
from typing import Any, Self

from warraq import fingerprint
from warraq.diagnostics import BookError
from warraq.engine import cluster
from warraq.engine.hands import Hand
from warraq.engine.keys import Kept
from warraq.engine.tasks import Done, Task, do, failed
from warraq.job import Means

#: In characters of HTML, about 30 pages: to start processes for less than this takes longer than it saves; for one
#: unit alone they save nothing but memory.
LITTLE, ALONE = 60_000, 4
#: In characters of HTML: a page, such as the cover.
SHORT = 2_500


#: Whoever takes a job.
Worker = Hand | cluster.Cluster
#: The twins of jobs, by the indexes of these.
Twins = Mapping[int, Any]
#: Gives jobs that come to mind meanwhile, and their indexes.
More = Callable[[], Sequence[Any]]
Added = Callable[[], Iterator[int]]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Jobs that are done for two editions at once.

    `twin` gives what `both` is to be called with besides a job, or None; `both` gives two records,
    or one and None.
    """

    twin: Callable[[Any], Any | None]
    both: Callable[[Any, Any], tuple[Any, Any]]


class Crew:
    """Does jobs by the means of a build. A context manager: at its end nobody works any more.

    `keys` has for each unit the key of the last record that was given of it, if it has one.
    """

    def __init__(
        self,
        means: Means,
        work: Callable[[Any], Any],
        pairs: Pairs | None = None,
        meanwhile: Callable[[], object] | None = None,
    ) -> None:
        """Take the function that makes a record of a job; it must be one that other processes can import.

        With `pairs`, a job's twin is done with it, and its record kept for when that is asked for.
        What is to be done `meanwhile` is done once, as soon as others are at work.
        """
        self._means, self._work, self._pairs, self._meanwhile = means, work, pairs, meanwhile
        self._workers: list[Worker] = [means.hand] if means.hand else []
        self.keys: dict[str, str] = {}

    def __enter__(self) -> Self:
        """Begin; nobody is called before there is work."""
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """End; if something went wrong, whoever still works is stopped."""
        for worker in self._workers:
            if worker is not self._means.hand:
                worker.rest(at_once=kind is not None)

    def __call__(self, tasks: Sequence[Task], more: More = tuple) -> Iterator[tuple[int, Any]]:
        """Give the records of jobs with their indexes, as they are done.

        `more` is asked, once, when little is left for several workers: it gives jobs that are
        worth trying by then, whose indexes go on where those of `tasks` end.
        Raises BookError: W404 for a unit that cannot be laid out, W405 for a cluster that cannot
        be used.
        """
        kept, tasks = Kept(self._means), list(tasks)
        wanted = {index for index, task in enumerate(tasks) if not kept.has(task)}
        made = self._new(tasks, wanted, kept, more)
        if wanted and self._meanwhile:
            self._meanwhile()
            self._meanwhile = None
        damaged: set[int] = set()
        for index in sorted(set(range(len(tasks))) - wanted):
            if data := kept.get(tasks[index]):
                self.keys[tasks[index].unit] = kept.key(tasks[index])
                yield index, pickle.loads(data)  # noqa: S301 - our own, and checked
            else:
                damaged.add(index)
        yield from made
        yield from self._new(tasks, damaged, kept)

    def _new(
        self, tasks: list[Task], wanted: Collection[int], kept: Kept, more: More = tuple
    ) -> Iterator[tuple[int, Any]]:
        """Have jobs done, and keep the records; others begin at once.

        The longest come first, so that all end together, but after those of a page: they cost
        nothing, and by them others are placed.
        """
        order = sorted(wanted, key=lambda index: (len(tasks[index].html) > SHORT, -len(tasks[index].html), index))
        twins = {index: twin for index in order if (twin := self._twin(tasks[index], kept))}

        def added() -> Iterator[int]:
            for index, task in enumerate(more(), len(tasks)):
                tasks.append(task)
                if not kept.has(task):
                    if twin := self._twin(task, kept):
                        twins[index] = twin
                    yield index

        return self._kept(self._made(tasks, order, twins, added), tasks, twins, kept)

    def _kept(
        self, made: Iterator[tuple[int, Done]], tasks: Sequence[Task], twins: Twins, kept: Kept
    ) -> Iterator[tuple[int, Any]]:
        for index, done in made:
            self.keys[tasks[index].unit] = kept.put(tasks[index], done.data)
            if done.twin:
                kept.put_aside(twins[index].job, done.twin)
            yield index, pickle.loads(done.data)  # noqa: S301 - our own

    def _twin(self, task: Task, kept: Kept) -> Any | None:
        """Give the twin of a job, if its record can be kept and is not there yet."""
        twin = self._pairs.twin(task) if self._pairs and kept.keeps else None
        return twin if twin and kept.lacks(twin.job) else None

    def _call(self, task: Task, twin: Any | None, program: str = "") -> tuple[Any, ...]:
        """Give what `do` is called with for a job."""
        work = self._pairs.both if twin and self._pairs else self._work
        return work, task, program, twin

    def _made(
        self, tasks: Sequence[Task], order: Sequence[int], twins: Twins, added: Added
    ) -> Iterator[tuple[int, Done]]:
        """Do jobs in this order, the longest first; who has been called for us takes even little."""
        few = LITTLE * (ALONE if len(order) == 1 else 1)
        is_little = not self._means.executor and sum(len(tasks[index].html) for index in order) < few
        if self._means.alone or (is_little and not self._workers):
            return self._here(tasks, order, twins)
        free = self._free(min(len(order), len(self._workers)) if is_little else len(order))
        return self._elsewhere(tasks, order, twins, free, added)

    def _here(self, tasks: Sequence[Task], order: Sequence[int], twins: Twins) -> Iterator[tuple[int, Done]]:
        """Do jobs in this process; what it holds already is no garbage."""
        gc.freeze()
        try:
            for index in order:
                yield index, _sound(do(*self._call(tasks[index], twins.get(index))))
        finally:
            gc.unfreeze()

    def _elsewhere(
        self, tasks: Sequence[Task], order: Sequence[int], twins: Twins, free: list[Worker], added: Added
    ) -> Iterator[tuple[int, Done]]:
        """Hand out jobs to whoever is free, the first at once, the others as they are asked for."""
        program = fingerprint.code() if self._means.executor else ""
        waiting, later = deque(order), added()
        busy: dict[Future[Done], tuple[Worker, int]] = {}

        def hand_out() -> None:
            while waiting and free:
                worker, index = free.pop(), waiting.popleft()
                busy[worker.submit(do, *self._call(tasks[index], twins.get(index), program))] = worker, index

        def results() -> Iterator[tuple[int, Done]]:
            if waiting:
                gc.collect()  # what reading a long book has left; all are at work now
            while busy:
                finished = []
                for future in wait(busy, return_when=FIRST_COMPLETED).done:
                    worker, index = busy.pop(future)
                    finished.append((index, _sound(_result(future, tasks[index], worker))))
                    free.append(worker)
                hand_out()
                yield from finished
                if (free or len(busy) > 1) and busy and sum(len(tasks[index].html) for index in waiting) <= LITTLE:
                    waiting.extendleft(later)
                    hand_out()

        hand_out()
        return results()

    def _free(self, jobs: int) -> list[Worker]:
        """Give whoever can take a job now; a cluster takes all at once."""
        if self._means.executor:
            self._workers = self._workers or [cluster.connect(self._means.executor)]
            return self._workers * jobs
        while len(self._workers) < min(self._means.jobs, jobs):
            self._workers.append(Hand())
        return self._workers[:jobs]


def _result(future: Future[Done], task: Task, worker: Worker) -> Done:
    """Take what came of a job; who did it may have grown, or be gone."""
    try:
        done = future.result()
    except BrokenExecutor:
        done = Done(faults=(failed(task, "the process that laid it out ended; the machine may lack memory"),))
    worker.done(done.memory)
    return done


def _sound(done: Done) -> Done:
    if done.faults:
        raise BookError(*done.faults)
    return done
