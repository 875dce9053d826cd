"""Text drawn as cells: what is copied, and where lines end."""

from __future__ import annotations

import random
import re
import unicodedata
from typing import Any

import pydyf
import pytest

from warraq.engine import text_layer  # isort: skip - fonts are fixed before WeasyPrint loads
import weasyprint
from weasyprint.formatting_structure import boxes

from warraq.engine import readback, replaced

PAGE = "@page { size: 110mm 200mm; margin: 10mm } html { font: 12pt/22pt Amiri; text-align: justify }"
#: Amiri kerns between a space and some of these letters, which justification would lose.
WORDS = "ثالثة أكلت مكانها وتركت في الورقة ثقبًا يُحكى عنه في سوق الورّاقين أنه كان يكتري دكّانًا ثم"
KERNED = " ".join(
    " ".join(random.Random(seed).sample(WORDS.split(), k=len(WORDS.split())))  # noqa: S311 - the same every time
    for seed in range(20)
)


@pytest.fixture(autouse=True)
def mended() -> None:
    assert text_layer.mend() == []
    replaced.mend()


def document(html: str, style: str = "") -> Any:
    return weasyprint.HTML(string=f"<html dir=rtl lang=ar><style>{PAGE}{style}</style>{html}").render()


def rightwards(_document: Any, pdf: Any) -> None:
    """Let viewers know, as they do of every Arabic book, that the file reads from right to left."""
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"Direction": "/R2L"})


def copied(html: str, style: str = "") -> str:
    text = "\n".join(readback.pages(document(html, style).write_pdf(finisher=rightwards)))
    # PDFium orders the marks of a letter as Unicode's canonical form does.
    return unicodedata.normalize("NFC", " ".join(text.replace(text_layer.PARTING.text, "").split()))


@pytest.mark.parametrize(
    "text",
    [
        "الطاقة الكبيرة طويلة والإنجليزية والأدبية لا تُستهلك",
        "مُحَمَّدٌ رَسُولٌ كَرِيمٌ، وَالْكِتَابُ مُبِينٌ",
        "بيـــت ومـحـمـد",
        "في عام ١٩٨٤ كان ٢٥ كتابًا",
        "می‌خواهم کتاب‌ها را",
    ],
)
def test_what_is_copied_is_what_was_written(text: str) -> None:
    assert copied(f"<p>{text}") == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize("family", ["Amiri", "Reem Kufi", "Crimson Text", "IBM Plex Mono"])
def test_all_fonts_of_the_theme_give_their_text_back(family: str) -> None:
    latin = family in {"Crimson Text", "IBM Plex Mono"}
    text = "difficult offices AVATAR fjord" if latin else "الأمة الإسلامية لله الحمد"
    direction = "ltr" if latin else "rtl"
    assert copied(f"<p dir={direction}>{text}", f"p {{ font-family: '{family}' }}") == text


def test_the_letters_of_a_picture_are_drawn() -> None:
    picture = "%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 60 9'%3E%3Ctext y='8'%3EA1%3C/text%3E%3C/svg%3E"
    assert "".join(copied(f'<p>قبل <img alt="" width=60 src="data:image/svg+xml,{picture}">').split()) == "قبلA1"


def test_what_stands_above_the_line_is_read_where_it_stands() -> None:
    assert copied("<p>نصّ فيه كلمة <sup style='vertical-align: 0.4em'>حاشية</sup> وكلام بعدها") == (
        "نصّ فيه كلمة حاشية وكلام بعدها"
    )


@pytest.mark.parametrize(
    "text",
    ["Biden Follows in Obama and the Wake of a New One", "of a in it to be or so as we go by"],
)
def test_words_of_a_left_to_right_line_come_back_in_order(text: str) -> None:
    assert copied(f'<p dir="ltr" style="font-family: Crimson Text">{text}') == text


def test_words_in_another_language_come_back_in_order() -> None:
    foreign = '<span dir="ltr" style="font-family: Crimson Text">{}</span>'
    text = "قرأت كتاب {} ثم لغة {} بترميز {} ومضيت"
    words = ("The Big Book of Ink", "C++", "UTF-8")
    assert copied("<p>" + text.format(*map(foreign.format, words))) == text.format(*words)


def test_the_marks_of_a_whole_book_come_back_in_order() -> None:
    text = "بَيْنَ كُلِّ سَطْرٍ وَسَطْرٍ فُسْحَةٌ، وَفِي كُلِّ حَاشِيَةٍ خَبَرٌ عَنِ الكَاتِبِ وَعَنْ قَلَمِهِ وَمِدَادِهِ " * 6
    assert copied(f"<p>{text}") == unicodedata.normalize("NFC", text.strip())


def test_kashidas_of_justification_are_not_copied() -> None:
    laid_out = document("<p>محـــمد بيـت")
    for box in laid_out.pages[0]._page_box.descendants():
        if isinstance(box, boxes.TextBox):
            box.kashidas = (3, 4)
    assert " ".join("".join(readback.pages(laid_out.write_pdf())).split()) == "محـمد بيـت"


def test_lines_are_drawn_as_wide_as_they_were_laid_out(monkeypatch: pytest.MonkeyPatch) -> None:
    draw, drawn = text_layer._draw, list[float]()

    def measured(stream: Any, runs: Any, justification: float, rise: float) -> None:
        width = sum(group.width * run.size / 1000 for run in runs for group in run.groups())
        spaces = sum(group.space in text_layer.JUSTIFIED for run in runs for group in run.groups())
        drawn.append(width + spaces * justification)
        draw(stream, runs, justification, rise)

    monkeypatch.setattr(text_layer, "_draw", measured)
    laid_out = document(f"<p>{KERNED}")
    laid_out.write_pdf()
    page_boxes = [box for page in laid_out.pages for box in page._page_box.descendants()]
    texts = [box for box in page_boxes if isinstance(box, boxes.TextBox)]
    excess = [wide - box.width for wide, box in zip(drawn, texts, strict=True)]
    assert max(map(abs, excess)) < 0.1


def test_the_pen_stays_where_the_text_is() -> None:
    stream = next(iter(document(f"<p>{KERNED}").write_pdf(uncompressed_pdf=True).split(b"endstream")))
    gaps = [int(gap) for gap in re.findall(rb">(-?\d+)<", stream)]
    assert b">] TJ" in stream
    assert max(map(abs, gaps), default=0) <= text_layer.STEP
