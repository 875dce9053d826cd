"""One build of the essay, for all tests that look at finished pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support import BOOKS, warraq


@pytest.fixture(scope="session")
def essay(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build both editions of the essay once; give the folder that holds them."""
    folder = tmp_path_factory.mktemp("essay")
    outcome = warraq(BOOKS / "essay", "-o", folder, "--strict")
    assert outcome.code == 0, outcome.err
    return folder
