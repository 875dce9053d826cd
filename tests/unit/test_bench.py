"""The book that benchmarks are run on, and the counting of what a command costs."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.bench.book import write_book
from tests.bench.measuring import CommandError, measure
from tests.support import warraq

#: A child spends 0.3 s of CPU and more on a process that it does not wait for.
ORPHAN = """
import subprocess, sys
subprocess.Popen([sys.executable, "-c", "import time\\nwhile time.process_time() < 0.3: pass"])
"""


def test_the_same_book_is_written_every_time(tmp_path: Path) -> None:
    written = [[chapter.read_bytes() for chapter in write_book(tmp_path / name, 36)] for name in ("a", "b")]
    assert written[0] == written[1]
    assert len(written[0]) == 2


def test_the_book_has_no_faults(tmp_path: Path) -> None:
    write_book(tmp_path / "book", 36)
    outcome = warraq(tmp_path / "book", "-o", tmp_path, "--only", "web", "--strict")
    assert outcome.code == 0, outcome.err


@pytest.mark.skipif(sys.platform != "linux", reason="counts the processes of Linux")
def test_the_cost_counts_processes_that_nobody_waits_for(tmp_path: Path) -> None:
    assert measure([sys.executable, "-c", ORPHAN], tmp_path).cpu >= 0.3


@pytest.mark.skipif(sys.platform != "linux", reason="counts the processes of Linux")
def test_a_command_that_fails_has_no_cost(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="wrong"):
        measure([sys.executable, "-c", "import sys; sys.exit('wrong')"], tmp_path)
