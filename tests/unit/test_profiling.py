"""The table of `--profile`: who is at work when the clock looks."""

from __future__ import annotations

import signal
import sys
import time
from pathlib import Path

import pytest

from tests.support import BOOKS, warraq
from warraq import profiling
from warraq.profiling import Profile

pytestmark = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="has no clock of CPU time")


def test_time_goes_to_the_room_of_the_innermost_function() -> None:
    profile = Profile()
    with profile.watching():
        profiling._file.cache_clear()
        started = time.process_time()
        while time.process_time() - started < 0.05:
            sys.getsizeof("")
    assert set(profile.rooms) == {"all else"}
    assert 0.03 < sum(profile.rooms.values()) < 0.2


def test_a_build_tells_where_its_time_went(tmp_path: Path) -> None:
    outcome = warraq(BOOKS / "letter.txt", "-o", tmp_path, "--only", "screen", "-q", "--profile")
    assert outcome.code == 0, outcome.err
    rows = outcome.err.split(" 100.0%  all\n")[0].splitlines()
    seen = {row.rpartition("%  ")[2] for row in rows[:-1]}
    assert seen & {room for part, room in profiling.ROOMS if part.startswith("warraq/")}
    assert seen & {room for part, room in profiling.ROOMS if part.startswith("weasyprint/")}, "all is in one process"


def test_nothing_is_said_without_being_asked(tmp_path: Path) -> None:
    assert warraq(BOOKS / "letter.txt", "-o", tmp_path, "--only", "web", "-q").err == ""
