"""One build of the essay, for all tests that look at finished pages; and a cache apart for each test."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.support import BOOKS, warraq


@pytest.fixture(scope="session", autouse=True)
def _cache_of_the_session(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep builds that several tests share away from the cache of whoever runs the tests."""
    os.environ["XDG_CACHE_HOME"] = str(tmp_path_factory.mktemp("cache"))


@pytest.fixture(autouse=True)
def _cache_of_its_own(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no test have from a cache what another one made."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))


@pytest.fixture(scope="session")
def essay(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build both editions of the essay once; give the folder that holds them."""
    folder = tmp_path_factory.mktemp("essay")
    outcome = warraq(BOOKS / "essay", "-o", folder, "--strict")
    assert outcome.code == 0, outcome.err
    return folder
