"""One build of the essay, for all tests that look at finished pages; and a cache apart for each test."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support import BOOKS, warraq
from warraq.engine import loading  # noqa: F401 - WeasyPrint is loaded before a test does that in its own way

ROOT = Path(__file__).resolve().parent.parent
#: A program that holds a cluster until it is told to end.
CLUSTER = """
from distributed import LocalCluster
if __name__ == "__main__":
    with LocalCluster(n_workers=2, threads_per_worker=2, dashboard_address=None) as cluster:
        print(cluster.scheduler_address, flush=True)
        input()
"""


@pytest.fixture(scope="session", autouse=True)
def _cache_of_the_session(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep builds that several tests share away from the cache of whoever runs the tests."""
    os.environ["XDG_CACHE_HOME"] = str(tmp_path_factory.mktemp("cache"))


@pytest.fixture(autouse=True)
def _cache_of_its_own(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no test have from a cache what another one made."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))


@pytest.fixture(scope="session")
def cluster() -> Iterator[str]:
    """Start a cluster of two processes of this machine, and give its address."""
    if not importlib.util.find_spec("distributed"):
        pytest.skip("Dask is not installed: pip install 'warraq[dask]'")
    command = [sys.executable, "-W", "ignore", "-c", CLUSTER]
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "encoding": "utf-8"}
    with subprocess.Popen(command, cwd=ROOT, **pipes) as program:
        assert program.stdout
        yield program.stdout.readline().strip()
        program.communicate("\n", timeout=20)


@pytest.fixture(scope="session")
def essay(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build both editions of the essay once; give the folder that holds them."""
    folder = tmp_path_factory.mktemp("essay")
    outcome = warraq(BOOKS / "essay", "-o", folder, "--strict")
    assert outcome.code == 0, outcome.err
    return folder
