"""The marks of notes: what series they are counted in, and where counting begins again."""

from __future__ import annotations

import functools
from pathlib import Path

import pytest

from warraq.document import Document
from warraq.editions.geometry import geometry
from warraq.editions.paged import PagedChapter, setting
from warraq.manuscript import collect
from warraq.publication import open_publication
from warraq.reading import read
from warraq.reading.note_marks import mark
from warraq.reading.trees import text_of
from warraq.theme import open_theme
from warraq.words import words

CHAPTERS = {
    "a.md": "# أول\n\nقال[^1] ثم[^tr:1] ثم[^ed:x] ثم[^2].\n\n[^1]: و.\n[^2]: ب.\n[^tr:1]: ت.\n[^ed:x]: ج.\n",
    "b.md": "# ثان\n\nقال[^1] ثم[^tr:1].\n\n[^1]: د، وانظر[^في].\n[^tr:1]: ه.\n[^في]: ز.\n",
}


def document(folder: Path, notes: str = "") -> Document:
    for name, text in CHAPTERS.items():
        (folder / name).write_text(text, "utf-8")
    (folder / "publication.toml").write_text(f'[publication]\ntitle = "ك"\n{notes}', "utf-8")
    publication, _ = open_publication(folder)
    found, diagnostics = read(publication, collect(publication)[0])
    assert diagnostics == []
    return found


def marks(found: Document) -> list[list[str]]:
    return [[note.mark for note in chapter.notes] for chapter in found.chapters]


def test_each_series_is_counted_by_itself(tmp_path: Path) -> None:
    found = document(tmp_path)
    assert marks(found) == [["١", "*", "أ", "٢"], ["١", "*", "٢"]]
    assert [note.series for note in found.chapters[0].notes] == ["", "tr", "ed", ""]


def test_counting_goes_through_the_book(tmp_path: Path) -> None:
    assert marks(document(tmp_path, '[notes]\nnumbering = "book"')) == [["١", "*", "أ", "٢"], ["٣", "**", "٤"]]


def test_the_authors_notes_may_have_symbols_and_others_a_signature(tmp_path: Path) -> None:
    notes = '[notes]\nmarks = "symbols"\n[[notes.series]]\nlabels = ["tr"]\nmarks = "digits"\nsignature = "المترجم"'
    found = document(tmp_path, notes)
    assert marks(found)[0] == ["*", "١", "**", "***"]
    assert text_of(found.chapters[0].notes[1].body) == "ت. (المترجم)"


@pytest.mark.parametrize(("number", "symbol"), [(1, "*"), (3, "***"), (4, "†"), (12, "§§§"), (13, "****")])
def test_symbols_are_doubled_and_trebled(number: int, symbol: str) -> None:
    assert mark(number, "symbols", "arab") == symbol


def second(folder: Path, place: str) -> PagedChapter:
    book = document(folder)
    theme = open_theme(book.publication)
    pages = setting(book, theme, geometry(book.publication, "screen"), functools.partial(words, theme))
    return pages.chapter(book.chapters[1], place)


def test_a_note_of_a_note_is_on_the_page_too(tmp_path: Path) -> None:
    body = second(tmp_path, "foot").body
    floats = [span for span in body.iter("span") if span.get("class", "").startswith("note")]
    assert [span.get("class") for span in floats] == ["note", "note uncalled", "note"]
    assert [text_of(span) for span in floats] == ["د، وانظر(٢).", "ز.", "ه."]


@pytest.mark.parametrize("place", ["chapter", "book"])
def test_calls_lead_to_notes_at_an_end_and_back(tmp_path: Path, place: str) -> None:
    paged = second(tmp_path, place)
    links = {link.get("href", ""): link.get("id") for link in paged.body.iter("a")}
    inner = {link.get("href", ""): link.get("id") for end in paged.endnotes for link in end.body.iter("a")}
    assert {f"#{end.note.id}": end.call for end in paged.endnotes} == links | inner
    assert len(inner) == 1
