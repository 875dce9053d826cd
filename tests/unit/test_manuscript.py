"""Which files make a publication, in which order, and where things stand in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from warraq.diagnostics import BookError, Diagnostic, Place
from warraq.manuscript import Manuscript, Source, collect, natural_files
from warraq.publication import open_publication
from warraq.reading import read


def write(folder: Path, **texts: str) -> None:
    for name, text in texts.items():
        path = folder / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def declare(folder: Path, contents: str = "") -> None:
    (folder / "publication.toml").write_text(f'[publication]\ntitle = "كتاب"\n{contents}', "utf-8")


def collected(folder: Path) -> tuple[Manuscript, list[Diagnostic]]:
    return collect(open_publication(folder)[0])


def stems(manuscript: Manuscript) -> list[str]:
    return [source.path.stem for source in manuscript.sources]


def test_files_are_found_in_natural_order(tmp_path: Path) -> None:
    for name in ("10", "9", "١٢", "١١", "b", "a/2", "a/index", "README", ".git/x", "theme/x", "node_modules/x"):
        write(tmp_path, **{name: "نص"})
    names = [path.relative_to(tmp_path).with_suffix("").as_posix() for path in natural_files(tmp_path)]
    assert names == ["README", "9", "10", "١١", "١٢", "a/index", "a/2", "b"]


def test_a_declared_publication_follows_its_contents(tmp_path: Path) -> None:
    write(tmp_path, a="أ", b="ب", c="ج", d="د", e="هـ", extra="زائد")
    declare(
        tmp_path,
        '[contents]\nfront = ["d.md"]\nfiles = ["c.md"]\nback = ["a.md"]\ncolophon = "e.md"\n'
        '[[contents.part]]\ntitle = "باب"\nfiles = ["b.md"]\n',
    )
    manuscript, faults = collected(tmp_path)
    assert stems(manuscript) == ["d", "c", "b", "a", "e"]
    assert [part.title for part in manuscript.parts] == [None, {"ar": "باب"}]
    assert faults == []


def test_a_body_that_is_not_listed_is_what_else_there_is(tmp_path: Path) -> None:
    write(tmp_path, a="أ", opening="فاتحة", README="اقرأ")
    declare(tmp_path, '[contents]\nfront = ["opening.md"]\n')
    manuscript, _ = collected(tmp_path)
    assert [source.path.stem for source in manuscript.front] == ["opening"]
    assert stems(manuscript) == ["opening", "a"]


def test_a_readme_alone_is_an_article(tmp_path: Path) -> None:
    write(tmp_path, README="نص")
    declare(tmp_path)
    assert stems(collected(tmp_path)[0]) == ["README"]


def test_about_is_the_colophon_unless_it_is_alone(tmp_path: Path) -> None:
    write(tmp_path, about="عن")
    alone, _ = collected(tmp_path)
    write(tmp_path, z="نص")
    manuscript, _ = collected(tmp_path)
    assert alone.colophon is None
    assert manuscript.colophon
    assert stems(manuscript) == ["z", "about"]


def test_all_faults_of_a_list_are_told_with_the_place_of_its_key(tmp_path: Path) -> None:
    folder = tmp_path / "book"
    write(folder, a="أ", paper="ورق")
    write(tmp_path, diary="سر")
    declare(folder, '[contents]\nfiles = ["a.md", "a.md", "papr.md", "../diary.md"]\n')
    _, faults = collected(folder)
    assert [fault.code for fault in faults] == ["W108", "W107", "W106"]
    assert {(fault.place.line, fault.place.column) for fault in faults if fault.place} == {(4, 1)}
    assert faults[1].help == "did you mean 'paper.md'?"


def test_a_link_of_the_file_system_cannot_lead_out(tmp_path: Path) -> None:
    folder = tmp_path / "book"
    write(folder, a="أ")
    write(tmp_path, diary="سر")
    (folder / "b.md").symlink_to(tmp_path / "diary.md")
    manuscript, faults = collected(folder)
    assert stems(manuscript) == ["a"]
    assert [fault.code for fault in faults] == ["W106"]


def test_nothing_to_build_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(BookError) as caught:
        collected(tmp_path)
    assert [fault.code for fault in caught.value.diagnostics] == ["W109"]


def test_only_missing_files_are_told_without_saying_that_there_is_nothing(tmp_path: Path) -> None:
    declare(tmp_path, '[contents]\nfiles = ["a.md"]\n')
    with pytest.raises(BookError) as caught:
        collected(tmp_path)
    assert [fault.code for fault in caught.value.diagnostics] == ["W107"]


def test_a_byte_order_mark_and_crlf_are_fine(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"\xef\xbb\xbf---\r\ntitle: 1984\r\n---\r\n\r\ntext\r\n")
    source = collected(tmp_path)[0].sources[0]
    assert (source.front, source.text, source.first_line) == ({"title": "1984"}, "\ntext\n", 4)


def test_a_bad_byte_has_its_line_and_column(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes("# أ\nنص ".encode() + b"\xe4\n")
    _, faults = collected(tmp_path)
    assert [(fault.code, str(fault.place).rpartition("/")[2]) for fault in faults] == [("W201", "a.md:2:4")]


@pytest.mark.parametrize(
    ("head", "line", "column"),
    [
        ("---\ntitle: a: b\n---\n", 2, 9),
        ('---\nid: x\ntitle: "open\n---\n', 3, 8),
        ("+++\nid = 'x'\ntitle = \n+++\n", 3, 9),
        ("---\n- a\n---\n", 2, 1),
    ],
)
def test_broken_front_matter_has_its_place(tmp_path: Path, head: str, line: int, column: int) -> None:
    write(tmp_path, a=f"{head}نص\n")
    manuscript, faults = collected(tmp_path)
    assert [(fault.code, fault.place) for fault in faults] == [
        ("W202", Place(f"{tmp_path.as_posix()}/a.md", line, column))
    ]
    assert manuscript.sources[0].text == "نص\n"


def test_a_rule_at_the_top_is_not_front_matter(tmp_path: Path) -> None:
    write(tmp_path, a="---\n\nنص\n\n---\n", b="---\nنص بلا خاتمة\n")
    sources = collected(tmp_path)[0].sources
    assert [source.first_line for source in sources] == [1, 1]


def test_a_source_finds_the_places_of_its_text() -> None:
    source = Source(Path("a.md"), "a.md", text="واحد\nاثنان واحد\n", first_line=4, head="---\ntitle: ثلاثة\n---\n")
    assert source.find("واحد") == Place("a.md", 4, 1)
    assert source.find("واحد", 2) == Place("a.md", 5, 7)
    assert source.find("ثلاثة") == Place("a.md", 2, 8)
    assert source.find("أربعة") is None
    assert source.place_of("أربعة") == Place("a.md")
    assert source.place_of_key("title") == Place("a.md", 2, 1)
    assert source.place_matching(r"^اثنان (?P<at>واحد)") == Place("a.md", 5, 7)


def test_markdown_that_an_extension_cannot_take_is_read_without_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(_self: object, _md: object) -> None:
        raise IndexError

    monkeypatch.setattr("markdown.extensions.def_list.DefListExtension.extendMarkdown", stumble)
    write(tmp_path, a='# أ\n\nنص *مائل*.\n\n<div markdown="1">*حرفي*</div>\n')
    publication, _ = open_publication(tmp_path / "a.md")
    document, faults = read(publication, collect(publication)[0])
    assert [fault.code for fault in faults] == ["W218"]
    assert document.words == 4
