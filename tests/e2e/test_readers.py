"""The e-book in reading systems, foliate-js and epub.js, and before DAISY Ace."""

from __future__ import annotations

import json
import os
import re
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.support import BOOKS, CHROMIUM, NODE, TOOLS, missing, warraq
from warraq.arabic.digits import to_int

ROOT = Path(__file__).resolve().parents[2]
READERS = ROOT / "tests" / "validators" / "readers.mjs"
ACE = TOOLS / "node_modules" / ".bin" / "ace-cli"

needs_readers = missing("foliate-js", "epubjs", "jszip", "playwright-core")
needs_ace = missing("@daisy/ace-cli")


@pytest.fixture(scope="module")
def seen(essay: Path) -> dict[str, Any]:
    """Open the essay, at a chapter with notes, in both reading systems."""
    with zipfile.ZipFile(essay / "essay.epub") as archive:
        names = [name for name in archive.namelist() if b"doc-noteref" in archive.read(name)]
    assert NODE is not None
    assert CHROMIUM is not None
    given = [str(TOOLS), CHROMIUM, str(essay / "essay.epub"), Path(names[0]).name]
    done = subprocess.run([NODE, str(READERS), *given], capture_output=True, encoding="utf-8", check=True, timeout=120)
    told: dict[str, Any] = json.loads(done.stdout)
    return told


@needs_readers
def test_nothing_fails_and_nothing_is_asked_of_the_network(seen: dict[str, Any]) -> None:
    assert (seen["outside"], seen["errors"]) == ([], [])


@needs_readers
@pytest.mark.parametrize("name", ["foliate", "epubjs"])
def test_a_reading_system_turns_pages_to_the_left(seen: dict[str, Any], name: str) -> None:
    told = seen[name]
    assert (told["direction"], told["dir"], told["flows"]) == ("rtl", "rtl", "rtl")
    assert told["left"]
    assert told["opens"] > 0.5, "the first column of a spread is that at the right"
    assert (told["family"], "Amiri" in told["loaded"]) == ("Amiri", True)
    assert re.search("[\u0621-\u064a]{3}", told["words"])


@needs_readers
@pytest.mark.parametrize("name", ["foliate", "epubjs"])
def test_a_reading_system_knows_contents_landmarks_and_printed_pages(seen: dict[str, Any], name: str) -> None:
    told = seen[name]
    assert told["toc"] == 4
    assert told["landmarks"] == ["cover", "titlepage", "toc", "bodymatter", "colophon"]
    # epub.js reads the numbers of pages by parseInt, which knows no Arabic digits.
    folios = [folio for folio in told["pages"] if str(folio)[0] in "٠١٢٣٤٥٦٧٨٩"] if name == "foliate" else []
    assert len(told["pages"]) > 10
    assert [to_int(folio) for folio in folios] == sorted(to_int(folio) for folio in folios)


@needs_readers
def test_a_call_opens_its_note_in_a_window(seen: dict[str, Any]) -> None:
    assert seen["foliate"]["note"] == ["footnote", True]


@needs_ace
@pytest.mark.parametrize("book", [ROOT / "book", BOOKS / "raw"], ids=lambda path: path.name)
def test_ace_finds_no_violation(book: Path, tmp_path: Path) -> None:
    warraq(book, "-o", tmp_path, "--only", "epub")
    [made] = tmp_path.glob("*.epub")
    assert NODE is not None
    environment = os.environ | {"PUPPETEER_EXECUTABLE_PATH": str(CHROMIUM), "XDG_CONFIG_HOME": str(tmp_path)}
    command = [NODE, str(ACE), "-E", "-f", "-o", str(tmp_path / "ace"), str(made)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, env=environment, timeout=300)
    assert (tmp_path / "ace" / "report.json").is_file(), done.stdout + done.stderr
    report = json.loads((tmp_path / "ace" / "report.json").read_text("utf-8"))
    found = [
        (page["earl:testSubject"]["url"], fault["earl:test"]["dct:title"])
        for page in report["assertions"]
        for fault in page["assertions"]
    ]
    assert (found, done.returncode) == ([], 0)
