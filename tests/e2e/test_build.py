"""The command line from end to end: what is built, what is said, and what is left alone."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from tests.support import BOOKS, Outcome, bookmarks, destinations, families, warraq
from warraq import manuscript, reading
from warraq.publication import open_publication

ROOT = Path(__file__).resolve().parents[2]
SOURCES = {".md", ".toml", ".txt"}
SUMMARY = re.compile(r"(?P<path>.+?)  (?:(?P<pages>\d+) pages  )?(?P<words>\d+) words  (?P<size>\d+) KB  \d+\.\d s")

#: Each folder of `books/faults`: the code and place of its fault, and a piece of the hint.
FAULTS = {
    "bad-encoding": ("W201", "one.md:3:5", "save the file as UTF-8"),
    "broken-front-matter": ("W202", "one.md:2:8", "one `key: value` a line"),
    "broken-toml": ("W102", "publication.toml:2:14", "double quotes"),
    "dead-link": ("W207", "one.md:3:23", "did you mean \u2068two.md\u2069?"),
    "duplicate-id": ("W208", "one.md:7:15", "it is first given at duplicate-id/one.md:3:11"),
    "empty-chapter": ("W209", "one.md:1:1", "write it"),
    "image-outside": ("W106", "one.md:5:9", "into the folder"),
    "missing-file": ("W107", "publication.toml:6:1", "did you mean 'two.md'?"),
    "missing-image": ("W204", "one.md:5:9", "images/well.svg"),
    "no-glyph": ("W301", "one.md:3:15", "theme/fonts/"),
    "path-outside": ("W106", "publication.toml:6:1", "into the folder"),
    "remote-image": ("W205", "one.md:5:8", "remote = true"),
    "template-missing": ("W302", "theme/article.html:1", "begin with warraq/"),
    "template-name": ("W302", "theme/article.html:4", "README"),
    "template-syntax": ("W302", "theme/article.html:3", "README"),
    "template-value": ("W302", "theme/article.html:3", "README"),
    "unknown-key": ("W103", "publication.toml:4:1", "did you mean 'numerals'?"),
    "words-broken": ("W102", "theme/words.toml:2:19", "double quotes"),
}


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    """Give a publication that was built once without faults, and has one now."""
    shutil.copytree(BOOKS / "plain", tmp_path / "book")
    assert warraq(tmp_path / "book", "-o", tmp_path / "dist").code == 0
    with (tmp_path / "book" / "10-last.md").open("a", encoding="utf-8") as file:
        file.write("\nانظر [هنا](nowhere.md).\n")
    return tmp_path


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def elsewhere(*arguments: str | Path, folder: Path, **surroundings: str) -> Outcome:
    """Run the command line in a process of its own."""
    command = [sys.executable, "-c", "import sys; from warraq.cli import main; sys.exit(main())", *map(str, arguments)]
    done = subprocess.run(
        command,
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"} | surroundings,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return Outcome(done.returncode, done.stdout, done.stderr)


def test_a_build_gives_all_editions_and_a_line_about_each(tmp_path: Path) -> None:
    outcome = warraq("build", BOOKS / "plain", "-o", tmp_path / "new" / "dist")
    assert outcome.code == 0
    assert outcome.out == ""
    assert files(tmp_path / "new" / "dist") == ["plain-print.pdf", "plain.epub", "plain.html", "plain.pdf"]
    lines = [found for line in outcome.err.splitlines() if (found := SUMMARY.fullmatch(line))]
    assert [Path(found["path"]).name for found in lines] == ["plain.pdf", "plain-print.pdf", "plain.epub", "plain.html"]
    for found in lines:
        path = Path(found["path"])
        if path.suffix == ".pdf":
            with pikepdf.open(path) as pdf:
                assert int(found["pages"]) == len(pdf.pages)
        assert int(found["size"]) == round(path.stat().st_size / 1024)
        assert int(found["words"]) == 31


def test_build_is_the_default_command_and_dist_the_default_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(BOOKS / "plain", tmp_path / "book")
    monkeypatch.chdir(tmp_path)
    assert warraq("--only", "screen").code == 0
    assert files(tmp_path / "dist") == ["book.pdf"]


def test_only_builds_only_what_is_asked_for(tmp_path: Path) -> None:
    assert warraq(BOOKS / "plain", "-o", tmp_path, "--only", "print").code == 0
    assert files(tmp_path) == ["plain-print.pdf"]


@pytest.mark.parametrize(
    "arguments", [["--only", "scroll"], ["--fast"], ["-q", "-v"], ["one", "two"], ["-o"]], ids=" ".join
)
def test_wrong_usage_is_told_apart_from_faults(arguments: list[str]) -> None:
    outcome = warraq(*arguments)
    assert outcome.code == 2
    assert outcome.err.startswith("usage: warraq")


def test_a_machine_without_pango_is_told_apart_from_faults(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("warraq.native.missing_libraries", lambda: ["pango"])
    monkeypatch.setattr("warraq.native.complaint", lambda missing: f"{missing[0]} is missing")
    outcome = warraq(BOOKS / "plain", "-o", tmp_path)
    assert (outcome.code, outcome.err) == (3, "pango is missing\n")
    assert files(tmp_path) == []


def test_quiet_says_nothing_but_faults(tmp_path: Path) -> None:
    assert warraq(BOOKS / "plain", "-o", tmp_path, "-q", "--only", "screen").err == ""
    lines = warraq(BOOKS / "faults" / "dead-link", "-o", tmp_path, "-q", "--only", "screen").err.splitlines()
    assert len(lines) == 3
    assert "error[W207]" in lines[0]
    assert lines[2] == "1 error"


def test_verbose_says_where_time_goes(tmp_path: Path) -> None:
    last = warraq(BOOKS / "plain", "-o", tmp_path, "-v", "--only", "screen").err.splitlines()[-1]
    assert re.fullmatch(r"reading \d+\.\d\d s  screen \d+\.\d\d s  reading back \d+\.\d\d s", last)


def test_every_folder_of_faults_has_its_expectation() -> None:
    assert set(files(BOOKS / "faults")) == {*FAULTS, "several"}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_told_with_its_place_and_a_hint(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(BOOKS / "faults")
    code, place, hint = FAULTS[name]
    outcome = warraq(name, "-o", tmp_path, "--only", "screen")
    assert outcome.code == 1
    assert "Traceback" not in outcome.err
    lines = outcome.err.splitlines()
    at = next((i for i, line in enumerate(lines) if line.startswith(f"{name}/{place}: error[{code}]: ")), None)
    assert at is not None, outcome.err
    assert lines[at + 1].startswith("  help: ")
    assert hint in lines[at + 1]
    assert set(files(tmp_path)) <= {"faulty-draft.pdf"}


def test_the_fault_of_a_glyph_names_the_character(tmp_path: Path) -> None:
    err = warraq(BOOKS / "faults" / "no-glyph", "-o", tmp_path, "--only", "screen").err
    assert "U+6F22 \u2068漢\u2069" in err
    assert "is in no font of the theme" in err


def test_all_faults_are_told_in_one_run(tmp_path: Path) -> None:
    outcome = warraq(BOOKS / "faults" / "several", "-o", tmp_path, "--only", "screen")
    assert outcome.code == 1
    assert sorted(re.findall(r"error\[(W\d+)\]", outcome.err)) == ["W204", "W207", "W209", "W301"]
    assert "4 errors" in outcome.err.splitlines()
    with pikepdf.open(tmp_path / "faulty-draft.pdf") as draft:
        assert len(draft.pages) > 3


def test_a_path_to_nothing_is_a_fault_with_a_suggestion(tmp_path: Path) -> None:
    outcome = warraq(BOOKS / "plane", "-o", tmp_path)
    assert outcome.code == 1
    assert "error[W101]" in outcome.err
    assert "did you mean" in outcome.err
    assert str(BOOKS / "plain") in outcome.err


def test_a_folder_that_cannot_be_written_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "dist").write_bytes(b"")
    outcome = warraq(BOOKS / "plain", "-o", tmp_path / "dist", "--only", "screen")
    assert outcome.code == 1
    assert "error[W403]" in outcome.err


def test_a_failing_build_leaves_the_good_files_and_writes_drafts(faulty: Path) -> None:
    before = {name: (faulty / "dist" / name).read_bytes() for name in files(faulty / "dist")}
    outcome = warraq(faulty / "book", "-o", faulty / "dist")
    assert outcome.code == 1
    assert files(faulty / "dist") == [
        *("book-draft.epub", "book-draft.html", "book-draft.pdf", "book-print-draft.pdf"),
        *("book-print.pdf", "book.epub", "book.html", "book.pdf"),
    ]
    assert {name: (faulty / "dist" / name).read_bytes() for name in before} == before
    assert "left as they are" in outcome.err


def test_an_interrupted_build_leaves_the_good_files(faulty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    before = (faulty / "dist" / "book.pdf").read_bytes()
    monkeypatch.setattr("warraq.editions.pdf.render", stopped)
    outcome = warraq(faulty / "book", "-o", faulty / "dist")
    assert outcome.code == 130
    assert "Traceback" not in outcome.err
    assert files(faulty / "dist") == ["book-print.pdf", "book.epub", "book.html", "book.pdf"]
    assert (faulty / "dist" / "book.pdf").read_bytes() == before


def test_strict_makes_faults_of_warnings(tmp_path: Path) -> None:
    (tmp_path / "untitled.md").write_text("سطر بلا عنوان فوقه.\n", "utf-8")
    mild = warraq(tmp_path / "untitled.md", "-o", tmp_path / "mild", "--only", "screen")
    strict = warraq(tmp_path / "untitled.md", "-o", tmp_path / "strict", "--only", "screen", "--strict")
    assert (mild.code, files(tmp_path / "mild")) == (0, ["untitled.pdf"])
    assert (strict.code, files(tmp_path / "strict")) == (1, ["untitled-draft.pdf"])
    assert "warning[W213]" in mild.err
    assert "1 warning (--strict: warnings fail the build)" in strict.err


def test_a_folder_without_settings_is_built_in_natural_order(tmp_path: Path) -> None:
    outcome = warraq(BOOKS / "plain", "-o", tmp_path, "--only", "screen")
    assert "note[W110]" in outcome.err
    titles = [title for level, title in bookmarks(tmp_path / "plain.pdf") if level == 1]
    assert [title for title in titles if title in {"البداية", "الختام"}] == ["البداية", "الختام"]


def test_a_letter_becomes_a_publication(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(BOOKS)
    outcome = warraq("letter.txt", "-o", tmp_path, "--only", "screen")
    assert outcome.code == 0
    assert "letter.txt:3:1: note[W214]: the navigation mark <-- was dropped" in outcome.err.splitlines()
    with pikepdf.open(tmp_path / "letter.pdf") as pdf:
        assert str(pdf.docinfo.Title) == "A Letter from the Printing House"
        links = [(page, link) for page in pdf.pages for link in page.get("/Annots", [])]
        assert [str(link.Dest) for _, link in links] == ["colophon"]
        page, link = links[0]
        assert destinations(pdf)["colophon"] == len(pdf.pages) - 1
        x1, y1, x2, y2 = (float(side) for side in link.Rect)
        number, box = page.index, (min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))
    words = words_in(tmp_path / "letter.pdf", number, box)
    assert sorted(words) == ["About", "publication", "this"]


def words_in(path: Path, number: int, box: tuple[float, float, float, float]) -> list[str]:
    """Read the words inside a box (left, bottom, right, top) of a page."""
    pdf = pypdfium2.PdfDocument(path)
    left, bottom, right, top = box
    text: str = pdf[number].get_textpage().get_text_bounded(left, bottom, right, top)
    pdf.close()
    return text.split()


def test_a_letter_keeps_every_word() -> None:
    publication, _ = open_publication(BOOKS / "letter.txt")
    document, _ = reading.read(publication, manuscript.collect(publication)[0])
    chapter = document.chapters[0]
    typed = (BOOKS / "letter.txt").read_text("utf-8").split("\n\n")
    set_in_type = ["".join(tree.itertext()) for tree in (chapter.heading, *chapter.body)]
    assert set_in_type == [part.strip() for part in typed if part != "<--"]


def test_a_theme_of_the_publication_wins_over_ours(tmp_path: Path) -> None:
    outcome = warraq(BOOKS / "themed", "-o", tmp_path, "--only", "screen", "--strict")
    assert outcome.code == 0, outcome.err
    path = tmp_path / "themed.pdf"
    assert "الدليل" in [title for _, title in bookmarks(path)]
    with pikepdf.open(path) as pdf:
        width, height = (round(float(side) / 72 * 25.4, 2) for side in pdf.pages[0].MediaBox[2:])
        assert (width, height) == (105, 148)
        assert not [name for name in families(pdf) if "Kufi" in name]
        pages = [index for index, page in enumerate(pdf.pages) if (0xAA, 0x00, 0x55) in colours(page)]
        places = destinations(pdf)
    assert {places["one"], places["two"]} <= set(pages)


def colours(page: pikepdf.Page) -> set[tuple[int, ...]]:
    """Give the colours that a page fills shapes and letters with, of 255."""
    steps = pikepdf.parse_content_stream(page, "rg")
    return {tuple(round(float(value) * 255) for value in step.operands) for step in steps}


def test_the_words_of_an_own_template_are_set(tmp_path: Path) -> None:
    shutil.copytree(BOOKS / "themed", tmp_path / "book")
    template = tmp_path / "book" / "theme" / "article.html"
    with_words = warraq(tmp_path / "book", "-o", tmp_path / "with", "--only", "screen")
    template.unlink()
    without = warraq(tmp_path / "book", "-o", tmp_path / "without", "--only", "screen")
    assert (with_words.code, without.code) == (0, 0)
    letters = [letters_of(tmp_path / name / "themed.pdf") for name in ("with", "without")]
    assert letters[0] > letters[1] + 2 * len("انتهت مقالة")


def letters_of(path: Path) -> int:
    pdf = pypdfium2.PdfDocument(path)
    number = sum(int(page.get_textpage().count_chars()) for page in pdf)
    pdf.close()
    return number


def test_two_runs_give_the_same_bytes(essay: Path, tmp_path: Path) -> None:
    assert warraq(BOOKS / "essay", "-o", tmp_path).code == 0
    assert same_files(essay, tmp_path)


def test_another_folder_another_clock_and_another_order_of_sets_give_the_same_bytes(
    essay: Path, tmp_path: Path
) -> None:
    shutil.copytree(BOOKS / "essay", tmp_path / "far away" / "كتاب")
    moved = {"SOURCE_DATE_EPOCH": "86400", "PYTHONHASHSEED": "77", "TZ": "Asia/Tokyo"}
    outcome = elsewhere("far away/كتاب", folder=tmp_path, **moved)
    assert outcome.code == 0, outcome.err
    assert same_files(essay, tmp_path / "dist")


def same_files(one: Path, other: Path) -> bool:
    assert files(one) == files(other)
    return all((one / name).read_bytes() == (other / name).read_bytes() for name in files(one))


def test_a_byte_order_mark_and_windows_line_ends_change_nothing(essay: Path, tmp_path: Path) -> None:
    shutil.copytree(BOOKS / "essay", tmp_path / "book")
    for path in (tmp_path / "book").iterdir():
        if path.suffix in SOURCES:
            path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert warraq(tmp_path / "book", "-o", tmp_path, "--only", "screen", "--strict").err.count("warning") == 0
    assert (tmp_path / "essay.pdf").read_bytes() == (essay / "essay.pdf").read_bytes()


def test_without_modified_the_date_is_that_of_the_sources_or_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    warraq(BOOKS / "plain", "-o", tmp_path / "dated", "--only", "screen")
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    warraq(BOOKS / "plain", "-o", tmp_path / "bare", "--only", "screen")
    with pikepdf.open(tmp_path / "dated" / "plain.pdf") as dated, pikepdf.open(tmp_path / "bare" / "plain.pdf") as bare:
        assert str(dated.docinfo.ModDate).startswith("D:19700102")
        assert "/ModDate" not in bare.docinfo
        assert "/CreationDate" not in bare.docinfo


@pytest.mark.parametrize("surroundings", [{}, {"NO_COLOR": "1"}], ids=["a pipe", "NO_COLOR"])
def test_away_from_a_terminal_lines_are_plain(tmp_path: Path, surroundings: dict[str, str]) -> None:
    outcome = elsewhere(
        BOOKS / "faults" / "dead-link", "-o", tmp_path, "--only", "screen", folder=tmp_path, **surroundings
    )
    assert outcome.code == 1
    assert "error[W207]" in outcome.err
    assert not {"\x1b", "\r"} & set(outcome.err)
    assert outcome.out == ""


def test_a_good_build_takes_its_stale_draft_away(tmp_path: Path) -> None:
    article = tmp_path / "a.md"
    article.write_text("# نص\n\n![قلم](none.png)\n", "utf-8")
    out = tmp_path / "out"
    assert warraq(article, "-o", out, "--only", "screen").code == 1
    assert [path.name for path in out.iterdir()] == ["a-draft.pdf"]
    article.write_text("# نص\n\nسطر واحد.\n", "utf-8")
    assert warraq(article, "-o", out, "--only", "screen").code == 0
    assert [path.name for path in out.iterdir()] == ["a.pdf"]


def test_a_theme_that_is_not_utf8_is_a_fault_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# نص\n\nسطر.\n", "utf-8")
    (tmp_path / "theme").mkdir()
    (tmp_path / "theme" / "article.html").write_bytes(b"<p>\n\xc7</p>")
    outcome = warraq(tmp_path, "-o", tmp_path / "out")
    assert outcome.code == 1
    assert "theme/article.html:2:1: error[W201]" in outcome.err


def test_a_broken_picture_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# نص\n\n![قلم](pen.png)\n", "utf-8")
    (tmp_path / "pen.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    outcome = warraq(tmp_path, "-o", tmp_path / "out", "--only", "screen")
    assert outcome.code == 1
    assert "a.md:3:8: error[W206]" in outcome.err


def test_a_style_sheet_of_the_theme_is_named_with_its_own_line(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# نص\n\nسطر.\n", "utf-8")
    (tmp_path / "theme" / "css").mkdir(parents=True)
    (tmp_path / "theme" / "css" / "custom.css").write_text("p { color: red;\n  colour: blue }\n", "utf-8")
    outcome = warraq(tmp_path, "-o", tmp_path / "out", "--only", "screen")
    assert "theme/css/custom.css:2:3: warning[W401]" in outcome.err
