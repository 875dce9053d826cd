"""Machines of others that lay out: `--executor dask=ADDRESS`, by Dask Distributed.

Its workers need this program in the same version, the same libraries below it, and the
publication's folder under the same path; what comes back is the same, byte for byte. Dask
is not among the dependencies: who has a cluster installs it.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any

from warraq.diagnostics import BookError, Diagnostic

#: In s: who does not answer for so long is not there.
PATIENCE = 10


class Cluster:
    """Any executor that carries jobs, as many at once as it likes."""

    def __init__(self, executor: Executor, close: Callable[[], None]) -> None:
        """Hand jobs to an executor; `close` ends the connection to it."""
        self._executor, self._close = executor, close
        self._jobs: list[Future[Any]] = []

    def submit(self, function: Callable[..., Any], *arguments: Any) -> Future[Any]:
        """Have a function called somewhere."""
        self._jobs.append(self._executor.submit(function, *arguments))
        return self._jobs[-1]

    def done(self, used: int) -> None:
        """Hear how much memory a process has: whoever runs the cluster looks after that."""

    def rest(self, *, at_once: bool = False) -> None:
        """End the connection, and give up what has not been done if `at_once`."""
        for job in self._jobs if at_once else ():
            job.cancel()
        self._close()


def connect(executor: str) -> Cluster:
    """Give the cluster of `dask=ADDRESS`, such as `dask=tcp://127.0.0.1:8786`.

    Raises BookError (W405) where Dask is not installed or no scheduler answers.
    """
    address = executor.partition("=")[2]
    try:
        # Not by name: type checkers need not have it.
        distributed: Any = importlib.import_module("distributed")
    except ImportError:
        fault = Diagnostic("W405", "Dask is not installed here", help="pip install 'warraq[dask]'")
        raise BookError(fault) from None
    try:
        client = distributed.Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        hint = "start one with `dask scheduler`, and workers with `dask worker ADDRESS`"
        raise BookError(Diagnostic("W405", f"no scheduler answers at {address}: {error}", help=hint)) from None
    return Cluster(client.get_executor(pure=False, retries=0), client.close)
