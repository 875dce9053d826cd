"""What the finished PDFs say of themselves, read by programs that did not make them."""

from __future__ import annotations

import re
import shutil
import subprocess
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from tests.support import bookmarks, destinations, families, warraq

EDITIONS = ("essay.pdf", "essay-print.pdf")
MM = 72 / 25.4
FAMILIES = {"Amiri", "Crimson-Text", "Reem-Kufi", "IBM-Plex-Mono"}
BOOKMARKS = [
    (1, "الغلاف"),
    (1, "المحتويات"),
    (1, "فاتحة"),
    (1, "ما في اليد"),
    (2, "القصبة تُبرى"),
    (3, "ميل القطع"),
    (2, "الدواة واللِّيقة"),
    (3, "وصيّة المعلّم"),
    (1, "ما على الطاولة"),
    (2, "الورقة قبل الكتابة"),
    (3, "الهوامش"),
    (4, "الأرقام"),
    (3, "السطر"),
    (1, "عن هذا الكتاب"),
]
#: Units that open on a recto, by their ids, and the running heads of their pages.
CHAPTERS = {"preface": "فاتحة", "reed": "القصبة تُبرى", "well": "الدواة واللِّيقة", "sheet": "الورقة قبل الكتابة"}
RECTOS = {"contents", "part-1", "part-2", *CHAPTERS}
TITLE = "أدوات الكاتب"


@pytest.fixture(params=EDITIONS)
def pdf(essay: Path, request: pytest.FixtureRequest) -> Iterator[pikepdf.Pdf]:
    """Open each edition of the essay in turn."""
    with pikepdf.open(essay / request.param) as opened:
        yield opened


@pytest.fixture
def screen(essay: Path) -> Iterator[pikepdf.Pdf]:
    """Open the edition to read."""
    with pikepdf.open(essay / "essay.pdf") as opened:
        yield opened


@pytest.fixture
def text(essay: Path) -> Iterator[pypdfium2.PdfDocument]:
    """Open the edition to read for its text."""
    opened = pypdfium2.PdfDocument(essay / "essay.pdf")
    yield opened
    opened.close()


def test_the_language_and_the_title_are_declared(pdf: pikepdf.Pdf) -> None:
    assert str(pdf.Root.Lang) == "ar"
    with pdf.open_metadata() as xmp:
        assert xmp["dc:title"] == TITLE
        assert list(xmp["dc:creator"]) == ["سعاد القلّام"]
        assert xmp["xmp:ModifyDate"] == "2026-11-23T00:00:00Z"
    assert str(pdf.docinfo.Title) == TITLE


def test_readers_are_told_to_show_a_book_bound_at_the_right(pdf: pikepdf.Pdf) -> None:
    assert pdf.Root.ViewerPreferences.Direction == "/R2L"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    assert pdf.Root.PageLayout == "/TwoPageRight"
    assert pdf.Root.PageMode == "/UseOutlines"


def test_the_pages_are_tagged(pdf: pikepdf.Pdf) -> None:
    assert pdf.Root.MarkInfo.Marked
    assert pdf.Root.StructTreeRoot.Type == "/StructTreeRoot"
    roles = {str(element.S) for element in elements(pdf.Root.StructTreeRoot)}
    assert {"/H1", "/H2", "/P", "/Table", "/TR", "/TD", "/L", "/LI", "/Figure", "/Link"} <= roles


def elements(node: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """Walk over the elements of a structure tree."""
    children: list[pikepdf.Object] = list(node.get("/K", pikepdf.Array()).wrap_in_array())
    for child in children:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            yield child
            yield from elements(child)


def test_pictures_have_their_words_in_the_tags(pdf: pikepdf.Pdf) -> None:
    told = [str(element.get("/Alt", "")) for element in elements(pdf.Root.StructTreeRoot) if element.S == "/Figure"]
    assert any("دواة" in words for words in told)


@pytest.mark.parametrize("name", EDITIONS)
def test_the_bookmarks_are_the_tree_of_headings_in_logical_text(essay: Path, name: str) -> None:
    assert bookmarks(essay / name) == BOOKMARKS


def test_front_pages_are_labelled_in_abjad_and_the_body_from_one(
    text: pypdfium2.PdfDocument, screen: pikepdf.Pdf
) -> None:
    labels = [text.get_page_label(number) for number in range(len(text))]
    start = destinations(screen)["part-1"]
    assert labels[:start] == ["أ", "ب", "ج", "د", "هـ", "و", "ز", "ح"]
    assert labels[start:] == [str(number) for number in range(1, len(text) - start + 1)]


def test_every_font_is_of_the_theme_embedded_and_subset(pdf: pikepdf.Pdf) -> None:
    fonts = [font for page in pdf.pages for font in page.Resources.get("/Font", {}).values()]
    for font in fonts:
        assert re.match(r"/[A-Z]{6}\+", str(font.BaseFont)), font.BaseFont
        descriptor = font.DescendantFonts[0].FontDescriptor
        assert {"/FontFile2", "/FontFile3"} & set(descriptor.keys()), font.BaseFont
    used = {re.sub(r"-(Bold|Italic|BoldItalic|Medium)$", "", name[8:]) for name in families(pdf)}
    assert {"Amiri", "Crimson-Text", "Reem-Kufi"} <= used <= FAMILIES


def test_the_pages_to_read_are_of_their_size(screen: pikepdf.Pdf) -> None:
    for page in screen.pages:
        assert millimetres(page.MediaBox) == pytest.approx([0, 0, 148, 210], abs=0.01)
        assert millimetres(page.trimbox) == millimetres(page.MediaBox)


def test_the_pages_to_print_have_trim_bleed_and_slug(essay: Path) -> None:
    with pikepdf.open(essay / "essay-print.pdf") as pdf:
        for page in pdf.pages:
            trim, bleed, media = (millimetres(page[name]) for name in ("/TrimBox", "/BleedBox", "/MediaBox"))
            assert [trim[2] - trim[0], trim[3] - trim[1]] == pytest.approx([140, 210], abs=0.01)
            for outer, inner, distance in ((bleed, trim, 3), (media, bleed, 7)):
                around = [inner[0] - outer[0], inner[1] - outer[1], outer[2] - inner[2], outer[3] - inner[3]]
                assert around == pytest.approx([distance] * 4, abs=0.01)


def millimetres(box: pikepdf.Object) -> list[float]:
    return [float(side) / MM for side in box]


def test_chapters_open_on_rectos_and_the_body_on_page_one(pdf: pikepdf.Pdf) -> None:
    places = destinations(pdf)
    assert {name: places[name] % 2 for name in RECTOS} == dict.fromkeys(RECTOS, 0)
    assert places["imprint"] % 2 == 1


def test_the_numbers_of_the_contents_are_those_of_the_pages(text: pypdfium2.PdfDocument, screen: pikepdf.Pdf) -> None:
    places = destinations(screen)
    labels = [text.get_page_label(number) for number in range(len(text))]
    goals = dict.fromkeys(str(link.Dest) for link in screen.pages[places["contents"]].Annots)
    expected = [labels[places[goal]] for goal in goals if not goal.startswith("part-")]
    lines = text[places["contents"]].get_textpage().get_text_range().splitlines()
    printed = [line.split()[-1] for line in lines if " . . . " in line]
    assert len(expected) == 9
    assert [latin(number) for number in printed] == expected


def latin(number: str) -> str:
    """Write a number in Latin digits, whichever digits it has."""
    return "".join(str(unicodedata.digit(char, char)) for char in number)


def test_folios_are_the_labels_of_their_pages(text: pypdfium2.PdfDocument, screen: pikepdf.Pdf) -> None:
    places = destinations(screen)
    parts = {places["part-1"], places["part-2"]}
    written = [number for number in range(places["reed"], len(text)) if words_on(text, number) and number not in parts]
    assert len(written) == 8
    for number in written:
        assert latin(band(text, number, bottom=True)) == text.get_page_label(number)


def test_running_heads_stand_on_all_pages_but_openings_and_blanks(
    text: pypdfium2.PdfDocument, screen: pikepdf.Pdf
) -> None:
    places = destinations(screen)
    starts = sorted({places[name] for name in (*RECTOS, "colophon", "cover", "title-page", "imprint")})
    seen = set()
    for name, title in CHAPTERS.items():
        end = min(start for start in [*starts, len(text)] if start > places[name])
        assert band(text, places[name]) == "", name
        for number in range(places[name] + 1, end):
            if not words_on(text, number):
                continue
            head = letters(band(text, number))
            assert head == letters(title if number % 2 == 0 else TITLE), number
            seen.add(number % 2)
    assert seen == {0, 1}


def words_on(text: pypdfium2.PdfDocument, number: int) -> str:
    """Read all that stands on a page; a blank one gives an empty text."""
    return str(text[number].get_textpage().get_text_range()).strip()


def band(text: pypdfium2.PdfDocument, number: int, *, bottom: bool = False) -> str:
    """Read what stands in the head or in the foot of a page."""
    page = text[number]
    width, height = page.get_size()
    edges = {"top": 66, "bottom": 0} if bottom else {"top": height, "bottom": height - 50}
    return str(page.get_textpage().get_text_bounded(0, edges["bottom"], width, edges["top"])).strip()


def letters(words: str) -> str:
    """Keep the letters of a text: marks and spaces come out of a PDF in any order."""
    return "".join(char for char in unicodedata.normalize("NFKC", words) if unicodedata.category(char) == "Lo")


@pytest.mark.skipif(not shutil.which("qpdf"), reason="qpdf is not installed: apt install qpdf")
@pytest.mark.parametrize("name", EDITIONS)
def test_qpdf_finds_nothing_wrong(essay: Path, name: str) -> None:
    done = subprocess.run(["qpdf", "--check", essay / name], capture_output=True, text=True, check=False)  # noqa: S607
    assert done.returncode == 0, done.stdout + done.stderr
    assert "No syntax or stream encoding errors found" in done.stdout


def test_verse_is_read_where_it_stands(tmp_path: Path) -> None:
    """Viewers go by the order of drawing, and what is positioned is drawn after all else on its page."""
    written = """# باب

قبل القصيدة.

~~~ verse {numbers=1}
السيف أصدق أنباء *** في حده الحد
والعلم في شهب *** بين الخميسين
~~~

بعد القصيدة.
"""
    folder = tmp_path / "verse"
    folder.mkdir()
    (folder / "one.md").write_text(written, "utf-8")
    warraq(folder, "-o", tmp_path, "--only", "screen")
    with pypdfium2.PdfDocument(tmp_path / "verse.pdf") as opened:
        read = " ".join(" ".join(page.get_textpage().get_text_range() for page in opened).split())
    assert "قبل القصيدة. ١ السيف أصدق أنباء في حده الحد ٢ والعلم في شهب بين الخميسين بعد القصيدة." in read
