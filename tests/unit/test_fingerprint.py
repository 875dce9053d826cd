"""Fingerprints: the same for the same content, another for any change."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from warraq import fingerprint
from warraq.fingerprint import covers, digest, folder


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Give a small folder."""
    root = tmp_path.resolve() / "book"
    (root / "images").mkdir(parents=True)
    (root / "a.md").write_text("نص", "utf-8")
    (root / "images" / "a.svg").write_bytes(b"<svg/>")
    return root


def test_parts_are_told_apart() -> None:
    made = {digest("ab", "c"), digest("a", "bc"), digest("abc"), digest(b"ab", b"c"), digest(b"abc"), digest()}
    assert len(made) == 6
    assert digest("a", 1, None) == digest("a", 1, None)


def test_a_copy_at_another_time_has_the_same_fingerprint(book: Path, tmp_path: Path) -> None:
    shutil.copytree(book, tmp_path / "copy")
    os.utime(tmp_path / "copy" / "a.md", (1, 1))
    assert folder(book) == folder(tmp_path / "copy")


def test_any_change_changes_the_fingerprint(book: Path) -> None:
    seen = {folder(book)}
    (book / "a.md").write_text("نَص", "utf-8")
    seen.add(folder(book))
    (book / "a.md").rename(book / "b.md")
    seen.add(folder(book))
    (book / "images" / "b.svg").write_bytes(b"<svg/>")
    seen.add(folder(book))
    (book / ".hidden").write_bytes(b"")
    seen.add(folder(book))
    assert len(seen) == 5
    assert None not in seen


def test_folders_that_no_publication_reads_from_do_not_count(book: Path) -> None:
    before = folder(book, [book / "dist"])
    for name in ("dist", ".git", "node_modules"):
        (book / name).mkdir()
        (book / name / "file").write_bytes(b"data")
    assert folder(book, [book / "dist"]) == before
    assert folder(book) != before
    assert covers(book, [book / "dist"], book / "images" / "a.svg")
    assert not covers(book, [book / "dist"], book / "dist" / "file")
    assert not covers(book, [book / "dist"], book / ".git" / "file")
    assert not covers(book, [], book.parent / "other.png")


def test_what_cannot_be_known_this_way_has_no_fingerprint(
    book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "elsewhere").mkdir()
    (book / "link").symlink_to(tmp_path / "elsewhere")
    assert folder(book) is None
    (book / "link").unlink()
    (book / "link").symlink_to(book / "images")
    assert folder(book)
    monkeypatch.setattr(fingerprint, "MOST_BYTES", 3)
    assert folder(book) is None


def test_a_programme_is_the_same_from_call_to_call() -> None:
    first = fingerprint.program()
    fingerprint.code.cache_clear()
    fingerprint.program.cache_clear()
    assert fingerprint.program() == first
