"""Words on both sides of a seam, as poppler and pdf.js part them; PDFium sees no mark of ours."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.support import NODE, TOOLS

from warraq.engine import lines, text_layer  # isort: skip - fonts are fixed before WeasyPrint loads
import weasyprint

from warraq.engine import readback

POPPLER = shutil.which("pdftotext")
PDFJS = TOOLS / "node_modules" / "pdfjs-dist" / "legacy" / "build" / "pdf.mjs"
READ = """
const {getDocument} = await import(process.argv[1]);
const data = new Uint8Array((await import('fs')).readFileSync(process.argv[2]));
const page = await (await getDocument({data, verbosity: 0}).promise).getPage(1);
console.log((await page.getTextContent()).items.map(item => item.str + (item.hasEOL ? '\\n' : '')).join(''));
"""
PAGE = """@page { size: 110mm 200mm; margin: 10mm } html { font: 12pt/22pt Amiri; text-align: justify }
td { padding: 1em }"""
LATIN = '<span dir="ltr" lang="en" style="font-family: Crimson Text">{}</span>'
HTML = f"""
<p>ثم قال أحمد {LATIN.format("AL khalil")} هنا سنة ١٩٨٤ أيضًا، ومضى <b>عام</b> <i>كامل</i>
ثم {LATIN.format("Book")}: وكان {LATIN.format("Ink")}، في <span dir="ltr">٢٥</span> يومًا.
<table><tr><td>زراوند<td>{LATIN.format("Aristolochia")}<td>دواء</table>
"""
TEXT = (
    "ثم قال أحمد AL khalil هنا سنة ١٩٨٤ أيضًا ومضى عام كامل ثم Book وكان Ink في ٢٥ يومًا زراوند Aristolochia دواء"
)
WORDS = TEXT.split()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    assert [*text_layer.mend(), *lines.mend()] == []
    path = tmp_path_factory.mktemp("seams") / "seams.pdf"
    laid_out: Any = weasyprint.HTML(string=f"<html dir=rtl lang=ar><style>{PAGE}</style>{HTML}").render()
    path.write_bytes(laid_out.write_pdf())
    return path


def words(text: str) -> list[str]:
    return re.sub(r"[^\w\u064b-\u0652]+", " ", re.sub("[\u200e\u200f\u202a-\u202c]", "", text)).split()


def test_pdfium_sees_no_mark(made: Path) -> None:
    [text] = readback.pages(made.read_bytes())
    assert not re.search("[\u200e\u200f]|  ", text)
    assert sorted(words(text)) == sorted(WORDS)


@pytest.mark.skipif(not POPPLER, reason="apt-get install -y poppler-utils")
def test_poppler_parts_words_where_they_were_parted(made: Path) -> None:
    read = [str(POPPLER), str(made), "-"]
    assert words(subprocess.run(read, capture_output=True, encoding="utf-8", check=True).stdout) == WORDS


@pytest.mark.skipif(not (NODE and PDFJS.is_file()), reason=f"npm install --prefix {TOOLS} pdfjs-dist")
def test_pdf_js_parts_words_where_they_were_parted(made: Path) -> None:
    read = [str(NODE), "--input-type=module", "-e", READ, str(PDFJS), str(made)]
    assert words(subprocess.run(read, capture_output=True, encoding="utf-8", check=True).stdout) == WORDS
