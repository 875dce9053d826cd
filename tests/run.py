"""Run everything that `python3 build.py test` promises: ruff, mypy, pytest with coverage.

All of them run even if one fails. The last line counts what passed, ruff and mypy as one each.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree as ET

ROOT = Path(__file__).resolve().parent.parent
LINTERS = {"ruff": ["ruff", "check", "--quiet", "."], "mypy": ["mypy", "--no-error-summary"]}
COVERAGE = ["--cov=warraq", "--cov-report=term:skip-covered"]
#: A test on each core; tests of one file that share a costly fixture stay together.
WORKERS = ["--numprocesses=auto", "--dist=loadfile"]
#: Programs that tests use if they are there, and the packages of Debian that hold them.
VALIDATORS = {"qpdf": "qpdf", "pdffonts": "poppler-utils", "pdfinfo": "poppler-utils"}


def main(arguments: list[str]) -> int:
    """Run all checks; give the arguments to pytest."""
    counts = Counter[str]()
    for name, command in LINTERS.items():
        counts["failed" if _run(name, command) else "passed"] += 1
    for name, package in VALIDATORS.items():
        if not shutil.which(name):
            _say(f"{name}: not installed, its checks are skipped (Debian, Ubuntu: sudo apt install {package})")
    failed = _pytest(arguments, counts) or counts["failed"]
    _say(", ".join(f"{counts[outcome]} {outcome}" for outcome in ("passed", "failed", "skipped")))
    return 1 if failed else 0


def _pytest(arguments: list[str], counts: Counter[str]) -> int:
    """Run pytest, and add its outcomes to the counts."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report.xml")
        status = _run("pytest", ["pytest", "-rs", *COVERAGE, *WORKERS, f"--junitxml={report}", *arguments])
        # No report: pytest did not understand its arguments, and counts as one failure.
        counts += outcomes(report) if report.exists() else Counter(failed=1)
    return status


def outcomes(report: Path) -> Counter[str]:
    """Count the outcomes in a JUnit report."""
    counts = Counter[str]()
    for suite in ET.parse(report).iter("testsuite"):
        tests, failures, errors, skipped = (
            int(suite.get(key, 0)) for key in ("tests", "failures", "errors", "skipped")
        )
        failed = failures + errors
        counts.update(passed=tests - failed - skipped, failed=failed, skipped=skipped)
    return counts


def _run(name: str, command: list[str]) -> int:
    """Run a tool of this Python over the tree, under a heading."""
    _say(f"== {name}")
    return subprocess.run([sys.executable, "-m", *command], cwd=ROOT, check=False).returncode


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
