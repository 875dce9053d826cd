"""Building again: what did not change is not made again, and no reader can tell."""

from __future__ import annotations

import random
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support import BOOKS, warraq

HEAVY = ("jinja2", "markdown", "pydantic", "weasyprint", "fontTools", "PIL")
#: Arguments: the publication's path, the output, the cache. Prints which heavy libraries were loaded.
PROBE = """
import sys
from warraq.cli import main
code = main(["build", sys.argv[1], "-o", sys.argv[2], "--cache", sys.argv[3], "-q"])
print(code, *(name for name in sys.argv[4:] if name in sys.modules))
"""
#: Edits of a manuscript, each a change of one of its texts.
EDITS: tuple[Callable[[str], str], ...] = (
    lambda text: text + "\nفقرة جديدة في آخر الفصل، فيها حاشية[^n].\n\n[^n]: نص الحاشية.\n",
    lambda text: text.replace("النص", "النص نفسه", 1),
    lambda text: text.replace("\n\n", "\n\n## عنوان جديد\n\n", 1),
    lambda text: text + "\nكلمات كثيرة تدفع الصفحات. " * 400,
    lambda text: text.rpartition("\n\n")[0] + "\n",
    lambda text: text + "\n### مستور\n\nفقرة بعد ما لا يرى.\n",
    lambda text: text.replace("### ", ""),
)


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Give a publication of three short chapters that lead to each other."""
    root = tmp_path / "book"
    root.mkdir()
    for number in (1, 2, 3):
        text = f"# الفصل {number}\n\nهذا النص يقود إلى [غيره]({number % 3 + 1}.md).\n\n## فيه\n\nآخر الفصل.\n"
        (root / f"{number}.md").write_text(text, "utf-8")
    return root


def test_random_edits_give_what_a_cold_build_gives(book: Path, tmp_path: Path) -> None:
    chance = random.Random(4)  # noqa: S311 - no secret
    warraq(book, "-o", tmp_path / "kept", "--cache", tmp_path / "cache", "--only", "screen")
    for _ in range(3):
        path = book / f"{chance.randint(1, 3)}.md"
        path.write_text(chance.choice(EDITS)(path.read_text("utf-8")), "utf-8")
        outcome = warraq(book, "-o", tmp_path / "kept", "--cache", tmp_path / "cache", "--only", "screen")
        cold = warraq(book, "-o", tmp_path / "cold", "--no-cache", "--only", "screen")
        assert (outcome.code, cold.code) == (0, 0), outcome.err
        assert files(tmp_path / "kept") == files(tmp_path / "cold")


def test_an_edit_is_told_the_warnings_of_a_cold_build(book: Path, tmp_path: Path) -> None:
    (book / "theme" / "css").mkdir(parents=True)
    # What is hidden is not copied from the PDF (W406).
    (book / "theme" / "css" / "custom.css").write_text("h3 { display: none }\n", "utf-8")
    pages = []
    for edits in ({"3.md": EDITS[-2]}, {"1.md": EDITS[3], "2.md": EDITS[-2]}, {"3.md": EDITS[-1]}):
        for name, edit in edits.items():
            (book / name).write_text(edit((book / name).read_text("utf-8")), "utf-8")
        kept, cold = (
            warraq(book, "-o", tmp_path / "out", *cache, "--only", "screen").err.splitlines()
            for cache in (("--cache", tmp_path / "cache"), ("--no-cache",))
        )
        assert [line for line in kept if "[W" in line] == [line for line in cold if "[W" in line]
        pages.append([line.partition("from page ")[2].split()[0] for line in kept if "[W406]" in line])
    first, pushed, last = map(set, pages)
    assert (len(first), len(pushed), len(last)) == (1, 2, 1)
    assert last < pushed
    assert not first & pushed


def test_nothing_changed_loads_nothing_heavy_and_leaves_the_files_as_they_are(book: Path, tmp_path: Path) -> None:
    out, cache = tmp_path / "dist", tmp_path / "cache"
    assert warraq(book, "-o", out, "--cache", cache).code == 0
    written = {path: path.stat().st_mtime_ns for path in out.iterdir()}
    command = [sys.executable, "-c", PROBE, *map(str, (book, out, cache)), *HEAVY]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.split() == ["0"]
    assert {path: path.stat().st_mtime_ns for path in out.iterdir()} == written


def test_a_build_from_the_cache_says_what_the_first_one_said(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("نص بلا عنوان.\n\n[^x]: حاشية لا تدعوها كلمة.\n", "utf-8")
    arguments = (tmp_path / "a.md", "-o", tmp_path / "out", "--cache", tmp_path / "cache", "--only", "screen")
    first = warraq(*arguments)
    (tmp_path / "out" / "a.pdf").unlink()
    (tmp_path / "out" / "a-draft.pdf").write_bytes(b"stale")
    second = warraq(*arguments)
    assert "warning[" in first.err
    assert re.sub(r"\d\.\d s", "", second.err) == re.sub(r"\d\.\d s", "", first.err)
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["a.pdf"]
    assert warraq(*arguments, "--strict").code == 1


def test_a_changed_moment_is_a_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.md").write_text("# نص\n\nسطر.\n", "utf-8")
    arguments = (tmp_path / "a.md", "-o", tmp_path, "--cache", tmp_path / "cache", "--only", "screen")
    made = []
    for moment in ("86400", "172800", "86400"):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", moment)
        assert warraq(*arguments).code == 0
        made.append((tmp_path / "a.pdf").read_bytes())
    assert made[0] == made[2] != made[1]


def test_a_book_built_amid_its_sources_is_known_again(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# نص\n\nسطر.\n", "utf-8")
    arguments = (tmp_path / "a.md", "-o", tmp_path, "--cache", tmp_path / "cache", "--only", "screen", "-v")
    # The first build has put a file among the sources, so that the second one is not sure yet.
    said = [warraq(*arguments).err.splitlines()[-1] for _ in range(3)]
    assert [line.split()[0] for line in said] == ["reading", "reading", "cache"]


def test_damaged_entries_are_made_again_with_a_warning(book: Path, tmp_path: Path) -> None:
    arguments = (book, "-o", tmp_path / "dist", "--cache", tmp_path / "cache", "--only", "screen", "--strict")
    warraq(*arguments)
    good = files(tmp_path / "dist")
    entries = list((tmp_path / "cache").glob("[0-9a-f][0-9a-f]/*"))
    for path in entries:
        with path.open("r+b") as file:
            file.truncate(path.stat().st_size - 1)
    outcome = warraq(*arguments)
    assert outcome.code == 0
    assert outcome.err.count("warning[W411]") == len(entries)
    assert files(tmp_path / "dist") == good
    assert "W411" not in warraq(*arguments).err


def test_without_a_cache_nothing_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    (tmp_path / "a.md").write_text("# نص\n\nسطر.\n", "utf-8")
    warraq(tmp_path / "a.md", "-o", tmp_path, "--only", "screen", "--no-cache")
    assert not (tmp_path / "home" / "warraq" / "builds").exists()
    warraq(tmp_path / "a.md", "-o", tmp_path, "--only", "screen")
    assert (tmp_path / "home" / "warraq" / "builds").is_dir()


def test_a_cache_that_cannot_be_used_makes_a_build_no_worse(tmp_path: Path) -> None:
    (tmp_path / "cache").write_bytes(b"a file")
    outcome = warraq(BOOKS / "letter.txt", "-o", tmp_path / "out", "--cache", tmp_path / "cache", "--only", "screen")
    assert outcome.code == 0
    assert outcome.err.count("warning[W412]") == 1
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["letter.pdf"]
