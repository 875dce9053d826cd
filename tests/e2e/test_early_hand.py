"""A build that calls a process before the book is read gives what one without gives, and does not load WeasyPrint."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import BOOKS

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = """
import sys
from warraq.cli import main
code = main(sys.argv[1:])
print(code, "weasyprint" in sys.modules)
"""


def built(folder: Path, *options: str) -> tuple[str, dict[str, bytes]]:
    command = [sys.executable, "-c", PROGRAM, str(BOOKS / "essay"), "-o", str(folder), "-q", "--no-cache"]
    done = subprocess.run([*command, *options], cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    assert not done.stderr
    return done.stdout.strip(), {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.skipif(sys.platform != "linux", reason="copies of a process are safe on Linux alone")
def test_an_early_process_gives_the_same_bytes(essay: Path, tmp_path: Path) -> None:
    said, files = built(tmp_path, "--jobs", "2", "--only", "screen,print")
    assert said == "0 False"
    assert files == {name: (essay / name).read_bytes() for name in files}
    assert len(files) == 2
