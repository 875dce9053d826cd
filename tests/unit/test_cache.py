"""The cache: whole entries or none, within its limit, under many builds at once."""

from __future__ import annotations

import os
import random
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from warraq.cache import ASIDE, CHECK, LEDGER, STALE, Cache, default_folder

KEY, OTHER = "ab12", "cd34"


def entries(folder: Path) -> list[Path]:
    return sorted(folder.glob("[0-9a-f][0-9a-f]/*"))


def test_what_is_put_is_given_again_by_any_cache_of_the_folder(tmp_path: Path) -> None:
    Cache(tmp_path / "new" / "cache").put(KEY, b"data")
    later = Cache(tmp_path / "new" / "cache")
    assert (later.get(KEY), later.get(OTHER), later.faults) == (b"data", None, [])


def test_without_a_folder_nothing_is_kept() -> None:
    cache = Cache(None)
    cache.put(KEY, b"data")
    cache.tidy()
    assert cache.get(KEY) is None


@pytest.mark.parametrize("damage", [lambda entry: entry[:-1], lambda entry: entry[:CHECK] + b"lies", lambda _: b""])
def test_a_damaged_entry_is_told_of_dropped_and_can_be_made_again(tmp_path: Path, damage: object) -> None:
    Cache(tmp_path).put(KEY, b"data")
    (path,) = entries(tmp_path)
    path.write_bytes(damage(path.read_bytes()))  # type: ignore[operator]
    cache = Cache(tmp_path)
    assert cache.get(KEY) is None
    assert [fault.code for fault in cache.faults] == ["W411"]
    assert str(path) in cache.faults[0].message
    assert entries(tmp_path) == []
    cache.put(KEY, b"data")
    assert Cache(tmp_path).get(KEY) == b"data"


def test_what_was_not_used_for_longest_goes_first(tmp_path: Path) -> None:
    cache = Cache(tmp_path, limit=10 * (CHECK + 100))
    for number in range(10):
        cache.put(f"ee{number}", bytes(100))
        stamp = time.time() - 10_000 + number
        os.utime(tmp_path / "ee" / str(number), (stamp, stamp))
    assert cache.get("ee0")
    cache.put("eea", bytes(100))
    cache.tidy()
    assert [path.name for path in entries(tmp_path)] == ["0", "4", "5", "6", "7", "8", "9", "a"]


def test_a_full_cache_that_did_not_grow_is_left_alone(tmp_path: Path) -> None:
    Cache(tmp_path).put(KEY, bytes(100))
    cache = Cache(tmp_path, limit=1)
    cache.tidy()
    assert cache.get(KEY)


def test_builds_that_put_little_fill_the_cache_together_and_stay_within_its_limit(tmp_path: Path) -> None:
    for number in range(25):
        cache = Cache(tmp_path, limit=10 * (CHECK + 100))
        cache.put(f"ee{number:02}", bytes(100))
        cache.tidy()
        assert len(entries(tmp_path)) <= 10
    assert len(entries(tmp_path)) >= 8


def test_a_ledger_that_says_nothing_of_use_is_made_again(tmp_path: Path) -> None:
    cache = Cache(tmp_path, limit=10 * (CHECK + 100))
    for number, content in enumerate((b"", b"\xff", b"7 7", b"x\n1\n")):
        (tmp_path / LEDGER).write_bytes(content)
        cache.put(f"ee{number}", bytes(100))
        cache.tidy()
        assert (tmp_path / LEDGER).read_bytes().split()[1:] == [str((number + 1) * (CHECK + 100)).encode()]


def test_what_an_ended_build_left_aside_is_taken_away_in_time(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.put(KEY, b"data")
    old, fresh = tmp_path / "ab" / f"{ASIDE}1", tmp_path / "ab" / f"{ASIDE}2"
    for path, age in ((old, 2 * STALE), (fresh, 1)):
        path.write_bytes(b"half")
        os.utime(path, (time.time() - age,) * 2)
    cache.tidy()
    assert (old.exists(), fresh.exists(), cache.get(KEY)) == (False, True, b"data")


def test_a_folder_that_cannot_be_used_is_told_once_and_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "cache").write_bytes(b"a file")
    cache = Cache(tmp_path / "cache")
    cache.put(KEY, b"data")
    cache.put(OTHER, b"data")
    assert cache.get(KEY) is None
    assert [fault.code for fault in cache.faults] == ["W412"]
    assert "--no-cache" in cache.faults[0].help


def test_many_that_write_read_and_tidy_at_once_never_see_half_an_entry(tmp_path: Path) -> None:
    def work(seed: int) -> list[str]:
        chance, cache = random.Random(seed), Cache(tmp_path, limit=20_000)  # noqa: S311 - no secret
        for _ in range(150):
            letter = chance.randrange(6)
            found = cache.get(f"aa{letter}")
            assert found in (None, bytes([letter]) * 5000)
            cache.put(f"aa{letter}", bytes([letter]) * 5000)
            cache.tidy()
        return [fault.code for fault in cache.faults]

    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(work, range(4))) == [[]] * 4


def test_the_folder_is_where_the_system_has_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert default_folder() == tmp_path / "warraq" / "builds"
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setattr("warraq.cache.sys.platform", "linux")
    assert default_folder() == Path.home() / ".cache" / "warraq" / "builds"
    monkeypatch.setattr("warraq.cache.sys.platform", "darwin")
    assert default_folder() == Path.home() / "Library" / "Caches" / "warraq" / "builds"
