"""The HTML edition: one file that needs nothing else, or a folder; found, linked and valid."""

from __future__ import annotations

import base64
import functools
import http.server
import io
import itertools
import json
import re
import shutil
import subprocess
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
import tinyhtml5
from fontTools.ttLib import TTFont

from tests.support import BOOKS, CHROMIUM, NODE, TOOLS, missing, warraq
from warraq.arabic.folding import fold
from warraq.editions.raster import size
from warraq.editions.web.palette import TEXT, contrast, palettes
from warraq.editions.web.search import ALPHABET, BLOCKS, Index
from warraq.settings import Theme

ROOT = Path(__file__).resolve().parents[2]
VNU = TOOLS / "node_modules/vnu-jar/build/dist/vnu.jar"
AXE = TOOLS / "node_modules/axe-core/axe.js"
#: Attributes that make a browser fetch something.
FETCHING = ("src", "srcset", "poster", "data", "background")

needs_nu = pytest.mark.skipif(
    not (VNU.is_file() and shutil.which("java")),
    reason=f"the Nu checker is missing: npm install --prefix {TOOLS} vnu-jar; apt-get install -y default-jre",
)
needs_browser = missing("playwright-core", "axe-core")


@pytest.fixture(scope="module")
def page(essay: Path) -> Path:
    """Give the essay as one HTML file."""
    return next(essay.glob("*.html"))


@pytest.fixture(scope="module")
def tree(page: Path) -> Element:
    """Give the file as a browser would read it."""
    return parsed(page)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the essay as a folder for a web server."""
    home = tmp_path_factory.mktemp("site")
    shutil.copytree(BOOKS / "essay", home / "book")
    with (home / "book" / "publication.toml").open("a", encoding="utf-8") as file:
        file.write('\n[output.web]\nsingle-file = false\nbase-url = "https://example.org/essay"\n')
    outcome = warraq(home / "book", "-o", home / "dist", "--only", "web")
    assert outcome.code == 0, outcome.err
    return next((home / "dist").glob("*-web"))


def parsed(path: Path) -> Element:
    root: Element = tinyhtml5.parse(io.StringIO(path.read_text("utf-8")), namespace_html_elements=False)
    return root


def script(tree: Element, identity: str) -> str:
    return next(element.text or "" for element in tree.iter("script") if element.get("id") == identity)


def by_id(tree: Element) -> dict[str, Element]:
    return {identity: element for element in tree.iter() if (identity := element.get("id"))}


def resources(tree: Element) -> Iterator[str]:
    """List all addresses that a page fetches."""
    for element in tree.iter():
        yield from (element.attrib[name] for name in FETCHING if name in element.attrib)
        if element.tag == "link" and element.get("rel") in ("stylesheet", "icon", "preload"):
            yield element.get("href", "")
        for text in (element.get("style", ""), (element.text or "") if element.tag == "style" else ""):
            yield from re.findall(r"""url\(\s*["']?([^"')]+)""", text)
            yield from re.findall(r"""@import\s+["']([^"']+)""", text)


def unpacked(index: dict[str, str]) -> dict[str, list[int]]:
    """Read an index as the script in the page does."""
    before, words = "", []
    for entry in index["words"].split(" "):
        before = before[: int(entry[0], 36)] + entry[1:]
        words.append(before)
    return {word: numbers(packed) for word, packed in zip(words, index["places"].split(" "), strict=True)}


def numbers(packed: str) -> list[int]:
    found, last, value = [], 0, 0
    for letter in packed:
        digit = ALPHABET.index(letter)
        value = value * 32 + (digit & 31)
        if digit > 31:
            last, value = last + value, 0
            found.append(last)
    return found


def test_everything_is_in_the_one_file(tree: Element) -> None:
    fetched = list(resources(tree))
    assert any(address.startswith("data:font/woff2") for address in fetched)
    assert any(address.startswith("data:image/svg+xml") for address in fetched)
    assert [address[:60] for address in fetched if not address.startswith("data:")] == []


def test_ids_are_unique_and_links_within_lead_somewhere(tree: Element) -> None:
    ids = Counter(identity for element in tree.iter() if (identity := element.get("id")))
    assert [identity for identity, times in ids.items() if times > 1] == []
    goals = {link.get("href", "")[1:] for link in tree.iter("a") if link.get("href", "").startswith("#")}
    assert goals <= set(ids)


def test_notes_are_linked_both_ways(tree: Element) -> None:
    known = by_id(tree)
    calls = [link for link in tree.iter("a") if link.get("role") == "doc-noteref"]
    assert calls
    for call in calls:
        note = known[call.get("href", "")[1:]]
        assert note.get("role") == "doc-footnote"
        back = next(link for link in note.iter("a") if link.get("role") == "doc-backlink")
        assert known[back.get("href", "")[1:]].get("href") == call.get("href")


def test_languages_and_directions_are_told(tree: Element) -> None:
    assert (tree.get("lang"), tree.get("dir")) == ("ar", "rtl")
    chapters = [element for element in tree.iter("article") if element.get("class") == "chapter"]
    assert chapters
    assert all(chapter.get("lang") and chapter.get("dir") in ("rtl", "ltr") for chapter in chapters)


def test_headings_skip_no_level(tree: Element) -> None:
    levels = [int(element.tag[1]) for element in tree.iter() if re.fullmatch("h[1-6]", str(element.tag))]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_a_word_is_found_in_every_block_that_has_it_however_it_is_spelt(tree: Element) -> None:
    places = unpacked(json.loads(script(tree, "search-index")))
    blocks = {int(element.attrib["data-b"]): element for element in tree.iter() if "data-b" in element.attrib}
    assert len(blocks) > 5
    for number, block in list(blocks.items()):
        text = "".join(block.itertext()) if not any(e.tag in BLOCKS for e in block.iter() if e is not block) else ""
        for word in re.findall(r"[\u0621-\u0652\u200d]{4,}", text):
            assert number in places[fold(word)], (word, number)


def test_spellings_share_an_entry() -> None:
    index, tree = Index(), Element("div")
    for text in ("كِتَابُ الأَدَبِ", "كتاب الادب", "مكتبة ١٢", "مكتبه 12"):
        paragraph = Element("p")
        paragraph.text = text
        tree.append(paragraph)
    index.add(tree)
    places = unpacked(index.packed())
    assert (places["كتاب"], places["الادب"], places["مكتبه"], places["12"]) == ([0, 1], [0, 1], [2, 3], [2, 3])


def test_fonts_are_cut_to_the_book_and_still_join_letters(tree: Element) -> None:
    faces = [
        TTFont(io.BytesIO(base64.b64decode(address.partition(",")[2])))
        for address in resources(tree)
        if address.startswith("data:font/woff2")
    ]
    amiri = next(font for font in faces if font["name"].getDebugName(1) == "Amiri")
    features = {record.FeatureTag for record in amiri["GSUB"].table.FeatureList.FeatureRecord}
    assert {"init", "medi", "fina", "rlig", "ccmp"} <= features
    assert {"mark", "mkmk"} <= {record.FeatureTag for record in amiri["GPOS"].table.FeatureList.FeatureRecord}
    assert amiri["maxp"].numGlyphs < 3000
    assert ord("ع") in amiri.getBestCmap()
    assert 0x6FC not in amiri.getBestCmap()


@pytest.mark.parametrize(
    "tokens", [{}, {"accent": "#ffe27a", "second": "yellow", "ink": "#999999", "paper": "#ffffff"}]
)
def test_colours_of_every_theme_can_be_read(tokens: dict[str, str]) -> None:
    found = palettes(Theme(**tokens))
    for name in ("light", "sepia", "dark"):
        colours = found[name]
        for page in ("page", "panel"):
            for ink in ("ink", "quiet", "accent", "second"):
                assert contrast(colours[ink], colours[page]) >= TEXT - 0.2, (name, page, ink)
        assert contrast(colours["ink"], colours["hit"]) >= 4.5


def test_two_builds_give_the_same_bytes(page: Path, tmp_path: Path) -> None:
    assert warraq(BOOKS / "essay", "-o", tmp_path, "--only", "web").code == 0
    assert (tmp_path / page.name).read_bytes() == page.read_bytes()


def test_a_theme_may_change_a_template_and_use_its_own_files(tmp_path: Path) -> None:
    shutil.copytree(BOOKS / "plain", tmp_path / "book")
    theme = tmp_path / "book" / "theme"
    (theme / "web").mkdir(parents=True)
    (theme / "css").mkdir()
    (theme / "web" / "chapter.html").write_text(
        '{% extends "warraq/web/chapter.html" %}{% block body %}<hr>{{ super() }}{% endblock %}', "utf-8"
    )
    (theme / "rule.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>', "utf-8")
    (theme / "css" / "custom.css").write_text('hr { background: url("{{ asset("rule.svg") }}"); }', "utf-8")
    assert warraq(tmp_path / "book", "-o", tmp_path, "--only", "web").code == 0
    tree = parsed(tmp_path / "book.html")
    assert next(tree.iter("hr"), None) is not None
    assert all(address.startswith("data:") for address in resources(tree))


def test_the_folder_has_a_page_a_chapter_and_what_servers_ask_for(folder: Path) -> None:
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert {"index.html", "colophon.html", "style.css", "search.js", "reader.js", "search.json", "sitemap.xml"} <= names
    assert any(name.startswith("fonts/") for name in names)
    pages = sorted(folder.glob("*.html"))
    assert (folder / "sitemap.xml").read_text("utf-8").count("<loc>https://example.org/essay/") == len(pages)
    for page in pages:
        tree = parsed(page)
        assert all(address in names or address.startswith("data:") for address in resources(tree)), page
        known = {link.get("hreflang") for link in tree.iter("link")}
        assert {"ar", "x-default"} <= known
        assert {"og:title", "og:url"} <= {meta.get("property") for meta in tree.iter("meta")}
        told = {meta.get("property", ""): meta.get("content", "") for meta in tree.iter("meta")}
        picture = folder / told["og:image"].removeprefix("https://example.org/essay/")
        assert size(picture.read_bytes()) == (int(told["og:image:width"]), int(told["og:image:height"])) == (1200, 630)
        for link in tree.iter("a"):
            goal, _, place = link.get("href", "").partition("#")
            if "://" not in goal and not goal.startswith(("mailto:", "tel:")):
                assert not goal or goal in names, (page, goal)
                assert not place or place in by_id(parsed(folder / goal) if goal else tree), (page, goal, place)


def test_a_folder_takes_the_place_of_the_one_before(folder: Path) -> None:
    home = folder.parent
    (folder / "left-over.html").write_text("", "utf-8")
    assert warraq(home.parent / "book", "-o", home, "--only", "web").code == 0
    assert not (folder / "left-over.html").exists()
    assert [path.name for path in home.iterdir()] == [folder.name]


@needs_nu
def test_the_nu_checker_finds_no_error(page: Path, folder: Path) -> None:
    command = ["java", "-jar", str(VNU), "--errors-only", str(page), *map(str, sorted(folder.glob("*.html")))]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.stderr == ""


BROWSE = """
import fs from "fs"; import { createRequire } from "module";
const { chromium } = createRequire(process.argv[2])("playwright-core");
const options = { executablePath: process.argv[3], args: ["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND"] };
const browser = await chromium.launch(options), page = await browser.newPage(), asked = [], errors = [];
page.on("request", request => asked.push(request.url()));
page.on("pageerror", error => errors.push(error.message));
await page.goto(process.argv[5]);
await page.waitForTimeout(300);
// axe takes joined letters for an icon font and skips their contrast: that filter is lifted.
const filter = "vChild.props.nodeName === '#text' && !_isIconLigature(vChild)";
const parts = fs.readFileSync(process.argv[4], "utf8").split(filter);
if (parts.length !== 2) throw new Error("axe-core changed: its filter is no longer where it was");
const axe = parts.join("vChild.props.nodeName === '#text'");
await page.evaluate(axe);
const violations = await page.evaluate(async () => (await axe.run(document)).violations.map(found => found.id));
await page.click("#search-button");
const found = {};
for (const word of JSON.parse(process.argv[6])) {
  await page.fill("#search-words", word);
  await page.waitForTimeout(100);
  found[word] = await page.evaluate(() => document.querySelectorAll("#search-hits a").length
    && [...document.querySelectorAll("#search-hits a")].every(hit => hit.querySelector("mark")));
}
await page.click("#search-hits a");
await page.waitForTimeout(200);
const shown = await page.evaluate(() => [!!document.querySelector(".found"), CSS.highlights.get("hits")?.size > 0]);
const call = page.locator(".note-call").first();
await call.scrollIntoViewIfNeeded();
await call.click();
const note = await page.evaluate(() => document.getElementById("note-window").matches(":popover-open"));
console.log(JSON.stringify({ asked, errors, violations, found, shown, note }));
await browser.close();
"""


@needs_browser
def test_a_browser_with_the_network_shut_reads_searches_and_finds(page: Path, tmp_path: Path) -> None:
    text = " ".join(parsed(page).find("body").itertext())  # type: ignore[union-attr]
    word = next(found for found in re.findall("[\u0621-\u064a]{6,}", text) if not found.startswith("ال"))
    spellings = [word, f"ال{word}", word.replace("أ", "ا"), "\u0640".join(word), "َ".join(word)]
    (tmp_path / "browse.mjs").write_text(BROWSE, "utf-8")
    assert NODE is not None
    assert CHROMIUM is not None
    given = [str(TOOLS / "package.json"), CHROMIUM, str(AXE), page.as_uri(), json.dumps(spellings)]
    command = [NODE, str(tmp_path / "browse.mjs"), *given]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True, timeout=120)
    seen = json.loads(done.stdout)
    assert [url[:60] for url in seen["asked"] if not url.startswith(("file:", "data:"))] == []
    assert seen["errors"] == []
    assert seen["violations"] == []
    assert all(seen["found"].values()), seen["found"]
    assert seen["shown"] == [True, True]
    assert seen["note"]


@needs_browser
def test_a_search_in_the_folder_leads_to_other_pages(folder: Path, tmp_path: Path) -> None:
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(folder))
    index = json.loads((folder / "search.json").read_text("utf-8"))
    word = next(w for w, places in unpacked(index).items() if len(places) == 1 and len(w) > 5 and places[0] > 3)
    (tmp_path / "folder.mjs").write_text(
        """
import { createRequire } from "module";
const { chromium } = createRequire(process.argv[2])("playwright-core");
const browser = await chromium.launch({ executablePath: process.argv[3], args: ["--no-sandbox"] });
const page = await browser.newPage();
await page.goto(process.argv[4]);
await page.click("#search-button");
await page.fill("#search-words", process.argv[5]);
await page.waitForSelector("#search-hits a");
await page.click("#search-hits a");
await page.waitForSelector(".found");
console.log(JSON.stringify([page.url(), await page.textContent(".found")]));
await browser.close();
""",
        "utf-8",
    )
    assert NODE is not None
    assert CHROMIUM is not None
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        given = [str(TOOLS / "package.json"), CHROMIUM, f"http://127.0.0.1:{server.server_port}/", word]
        command = [NODE, str(tmp_path / "folder.mjs"), *given]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True, timeout=120)
        server.shutdown()
    url, text = json.loads(done.stdout)
    assert "#b" in url
    assert word in fold(text)
