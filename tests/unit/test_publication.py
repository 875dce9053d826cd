"""publication.toml: what is read, what is refused, and where each fault is."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from warraq.diagnostics import BookError, Place
from warraq.publication import modified, open_publication
from warraq.toml_places import place_of


def publish(folder: Path, text: str | bytes) -> Path:
    data = text.encode() if isinstance(text, str) else text
    (folder / "publication.toml").write_bytes(data)
    return folder


def faults(folder: Path) -> list[tuple[str, int, int, str]]:
    with pytest.raises(BookError) as caught:
        open_publication(folder)
    return [(d.code, d.place.line, d.place.column, d.help) for d in caught.value.diagnostics if d.place]


def test_a_title_is_enough(tmp_path: Path) -> None:
    publication, found = open_publication(publish(tmp_path, '[publication]\ntitle = "كتاب"\n'))
    assert publication.settings.publication.title == {"ar": "كتاب"}
    assert publication.settings.output.screen.page == ("148mm", "210mm")
    assert publication.settings.output.print.marks == ["crop", "cross"]
    assert not found


def test_a_latin_title_is_taken_for_english(tmp_path: Path) -> None:
    publication, _ = open_publication(publish(tmp_path, '[publication]\ntitle = "A Book"\n'))
    assert publication.settings.publication.title == {"en": "A Book"}


def test_bom_and_crlf_are_fine(tmp_path: Path) -> None:
    publication, _ = open_publication(publish(tmp_path, b'\xef\xbb\xbf[publication]\r\ntitle = "x"\r\n'))
    assert publication.declared


def test_every_fault_is_reported_at_once_with_its_place(tmp_path: Path) -> None:
    text = '[publication]\ntitel = "x"\nnumerals = "roman"\n\n[output.print]\nbleed = "3"\n'
    found = faults(publish(tmp_path, text))
    assert ("W103", 2, 1, "did you mean 'title'?") in found
    assert [(code, line) for code, line, _, _ in found] == [("W105", 1), ("W104", 3), ("W103", 2), ("W104", 6)]


def test_a_key_of_a_part_is_found_by_its_index(tmp_path: Path) -> None:
    text = '[publication]\ntitle = "x"\n[[contents.part]]\nfiles = []\n[[contents.part]]\nfiles = "a.md"\n'
    assert [(code, line) for code, line, _, _ in faults(publish(tmp_path, text))] == [("W104", 6)]


def test_broken_toml_names_line_and_column(tmp_path: Path) -> None:
    assert faults(publish(tmp_path, '[publication]\ntitle = "x\n'))[0][:3] == ("W102", 2, 11)


def test_a_byte_that_is_not_utf8_names_line_and_column(tmp_path: Path) -> None:
    assert faults(publish(tmp_path, b'[publication]\ntitle = "\xc7"\n'))[0][:3] == ("W201", 2, 10)


def test_a_path_that_does_not_exist_suggests_a_near_one(tmp_path: Path) -> None:
    (tmp_path / "kitab").mkdir()
    with pytest.raises(BookError) as caught:
        open_publication(tmp_path / "kitabb")
    assert caught.value.diagnostics[0].code == "W101"
    assert "kitab?" in caught.value.diagnostics[0].help


def test_a_plain_folder_is_named_after_itself(tmp_path: Path) -> None:
    folder = tmp_path / "my-essays"
    folder.mkdir()
    publication, found = open_publication(folder)
    assert (publication.slug, publication.declared) == ("my-essays", False)
    assert [d.code for d in found] == ["W110"]


def test_one_file_is_a_publication(tmp_path: Path) -> None:
    path = tmp_path / "مقال واحد.txt"
    path.write_text("x", "utf-8")
    publication, _ = open_publication(path)
    assert (publication.slug, publication.single) == ("مقال-واحد", path)


@pytest.mark.parametrize(
    ("lines", "epoch", "expected"),
    [
        ("modified = 2026-01-02T03:04:05Z", "86400", datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)),
        ("modified = 2026-01-02T03:04:05+03:00", None, datetime(2026, 1, 2, 0, 4, 5, tzinfo=UTC)),
        ("", "86400", datetime(1970, 1, 2, tzinfo=UTC)),
        ("date = 2026-05-06", None, datetime(2026, 5, 6, tzinfo=UTC)),
        ("", None, None),
    ],
)
def test_the_date_of_the_files_never_comes_from_the_clock(
    tmp_path: Path, lines: str, epoch: str | None, expected: datetime | None
) -> None:
    publication, _ = open_publication(publish(tmp_path, f'[publication]\ntitle = "x"\n{lines}\n'))
    assert modified(publication, epoch) == expected


def test_a_place_falls_back_to_the_nearest_table() -> None:
    text = '[a]\nx = 1\n[a.b]\n"quoted key" = 2\n'
    assert place_of(text, ("a", "b", "quoted key"), "f") == Place("f", 4, 1)
    assert place_of(text, ("a", "b", "absent"), "f") == Place("f", 3, 2)
    assert place_of(text, ("none",), "f") == Place("f", 1, 1)
