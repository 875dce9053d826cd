"""The shelf: finished files are whole, and good ones are never broken."""

from __future__ import annotations

from pathlib import Path

import pytest

from warraq import shelf
from warraq.diagnostics import BookError
from warraq.editions import Artifact


def test_artifacts_are_written_and_nothing_else_is_left(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "dist"
    paths = shelf.put([Artifact("screen", "a.pdf", b"1"), Artifact("print", "b.pdf", b"2")], folder)
    assert [path.read_bytes() for path in paths] == [b"1", b"2"]
    assert sorted(path.name for path in folder.iterdir()) == ["a.pdf", "b.pdf"]


def test_an_interruption_leaves_the_old_files_whole(tmp_path: Path) -> None:
    def interrupted() -> object:
        yield Artifact("screen", "a.pdf", b"new")
        raise KeyboardInterrupt

    (tmp_path / "a.pdf").write_bytes(b"old")
    with pytest.raises(KeyboardInterrupt):
        shelf.put(interrupted(), tmp_path)  # type: ignore[arg-type]
    assert (tmp_path / "a.pdf").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.pdf"]


def test_a_folder_that_is_a_file_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "dist").write_bytes(b"")
    with pytest.raises(BookError) as caught:
        shelf.put([Artifact("screen", "a.pdf", b"1")], tmp_path / "dist")
    assert caught.value.diagnostics[0].code == "W403"


def test_a_folder_is_replaced_as_a_whole(tmp_path: Path) -> None:
    for files in ({"a.html": b"1", "old/b.css": b"2"}, {"a.html": b"3", "new/c.css": b"4"}):
        (path,) = shelf.put([Artifact("web", "site", files=files)], tmp_path)
    found = {file.relative_to(path).as_posix(): file.read_bytes() for file in path.rglob("*") if file.is_file()}
    assert found == {"a.html": b"3", "new/c.css": b"4"}
    assert [entry.name for entry in tmp_path.iterdir()] == ["site"]
