"""What is read of a manuscript, and what is told of that."""

from __future__ import annotations

from pathlib import Path

import pytest

from warraq.cache import Cache
from warraq.manuscript import collect
from warraq.publication import open_publication
from warraq.reading import kept, read
from warraq.reading.draft import Draft
from warraq.source import Source


@pytest.mark.parametrize("words", [3, 400])
def test_much_to_read_is_announced_half_way(tmp_path: Path, words: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MUCH", 2000)
    book = tmp_path / "book"
    book.mkdir()
    for number in range(4):
        (book / f"{number}.md").write_text(f"# فصل {number}\n\n{'كلمة ' * words}\n", "utf-8")
    publication, _ = open_publication(book)
    manuscript, _ = collect(publication)
    made, told = list[str](), list[list[str]]()
    _read = kept._read

    def noted(source: Source, main: str, reader: kept.Reader) -> Draft:
        made.append(source.name)
        return _read(source, main, reader)

    def announce() -> None:
        told.append(list(made))

    monkeypatch.setattr(kept, "_read", noted)
    for _ in range(2):
        document, _ = read(publication, manuscript, Cache(tmp_path / "cache"), announce)
        assert [chapter.title["ar"] for chapter in document.chapters] == [f"فصل {number}" for number in range(4)]
    assert len(made) == 4
    assert told == ([made[:2]] if words > 3 else [])
