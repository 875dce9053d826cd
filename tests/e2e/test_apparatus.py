"""Figures, tables, code, formulas and references to them, in all editions of one small book."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from tests.support import warraq

ROWS = "\n".join("|" + "١٬٠٠٠٫٥|" * 16 for _ in range(8))
ONE = """# الأوّل

في [المطبعة]{.index} و[المطابع]{.index see="المطبعة"}.

انظر [](#eq-p) و[](two.md#tab-w) و[](two.md#tab-w){.page} و[](two.md).

$$ \\frac{س}{٢} = 7 $$ {#eq-p}

```python title="مثال" linenums
print("مرحبا")  # تعليق
```
"""
TWO = f"""# الثاني

جدول: أعداد {{#tab-w}}

{"|ع" * 16}|
{"|---" * 16}|
{ROWS}

وبعده \\(x^2\\) في [المطبعة]{{.index}}.
"""
CONFIG = """
[publication]
title = "أدوات"
slug = "tools"
[contents]
files = ["one.md", "two.md"]
[tables]
list = true
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the book once; give the folder that holds its editions."""
    folder = tmp_path_factory.mktemp("tools")
    for name, text in (("one.md", ONE), ("two.md", TWO), ("publication.toml", CONFIG)):
        (folder / name).write_text(text, "utf-8")
    outcome = warraq(folder, "-o", folder / "dist", "--strict")
    assert outcome.code == 0, outcome.err
    return folder / "dist"


def text_of(path: Path) -> list[str]:
    with pypdfium2.PdfDocument(path) as pdf:
        # Where readers see blanks in Arabic is their own affair.
        return ["".join(page.get_textpage().get_text_bounded().split()) for page in pdf]


def test_references_are_worded_and_name_the_page_that_the_goal_is_on(built: Path) -> None:
    pages = text_of(built / "tools.pdf")
    opening = next(page for page in pages if "انظر" in page)
    assert "الجدول١" in opening
    assert "المعادلة" in opening
    assert "«الثاني»" in opening or "»الثاني«" in opening
    with pikepdf.open(built / "tools.pdf") as pdf:
        goal = next(at for at, page in enumerate(pdf.pages) if page.MediaBox[2] > page.MediaBox[3])
    first = next(at for at, page in enumerate(pages) if "انظر" in page)
    folio = "٠١٢٣٤٥٦٧٨٩"[goal - first + 1]
    assert f"وص{folio}" in opening
    listed = next(page for page in pages[:first] if "أعداد" in page)
    assert folio in listed, listed


def test_a_wide_table_lies_on_the_screen_and_stands_in_print(built: Path) -> None:
    with pikepdf.open(built / "tools-print.pdf") as pdf:
        turned = [page for page in pdf.pages if page.get("/Rotate", 0) == 270]
        assert len(turned) == 1
        left, bottom, right, top = (float(value) for value in turned[0].TrimBox)
        box = [float(value) for value in pdf.pages[0].TrimBox]
        assert (top - bottom, right - left) == pytest.approx((box[2] - box[0], box[3] - box[1]))


def test_an_index_tells_pages_and_leads_to_chapters(built: Path) -> None:
    pages = text_of(built / "tools.pdf")
    index = pages[-2] if "الكش" in pages[-2] else pages[-3]
    first, second = (next(at for at, page in enumerate(pages) if word in page) for word in ("انظر", "وبعده"))
    told = re.findall("[٠-٩]", index.partition("المطبعة:")[2])
    assert told[:2] == ["١", "٠١٢٣٤٥٦٧٨٩"[second - first + 1]], index
    assert "انظر:المطبعة" in index
    with zipfile.ZipFile(built / "tools.epub") as book:
        listed = book.read("EPUB/text/index-1.xhtml").decode()
    page = (built / "tools.html").read_text("utf-8")
    for place, href in (("الأوّل", "chapter-01.xhtml#one-term-1"), ("الثاني", "chapter-02.xhtml#two-term-1")):
        assert re.search(f'<a class="index-place" href="{href}"[^>]*>{place}</a>', listed), listed
        assert re.search(f'<a class="index-place" href="#{href.partition("#")[2]}"[^>]*>{place}</a>', page)


def test_formulas_are_outlines_tagged_with_their_tex(built: Path) -> None:
    with pikepdf.open(built / "tools.pdf") as pdf:
        found = [
            str(item.Alt)
            for item in pdf.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Formula"
        ]
    assert sorted(found) == [r"\frac{س}{٢} = 7", "x^2"]


def test_the_ebook_has_mathml_and_names_printed_pages(built: Path) -> None:
    with zipfile.ZipFile(built / "tools.epub") as book:
        package = book.read("EPUB/package.opf").decode()
        one = book.read("EPUB/text/chapter-01.xhtml").decode().replace("\u00a0", " ")
        names = book.namelist()
    assert re.search(r'href="text/chapter-01.xhtml"[^>]*properties="mathml"', package)
    assert '<math xmlns="http://www.w3.org/1998/Math/MathML" dir="ltr" display="block"' in one
    assert re.search(r'<a[^>]*href="chapter-02.xhtml#tab-w"[^>]*>ص [٠-٩]</a>', one)
    assert ">الجدول ١</a>" in one
    assert "EPUB/fonts/math.woff2" in names
    assert "EPUB/text/list-of-tables.xhtml" in names


def test_the_html_edition_has_the_same_words(built: Path) -> None:
    page = (built / "tools.html").read_text("utf-8").replace("\u00a0", " ")
    assert page.count(">الجدول ١</a>") == 2  # it has no pages, so a reference to one gives the name
    assert ">«<span>الثاني</span>»</a>" in page
    assert 'id="list-of-tables"' in page
    assert '<span class="hl-comment"># <span dir="rtl">تعليق</span></span>' in page
