"""What stands where on a line of two directions, from the reading of markup to the glyphs on the page.

An expectation is the line as it is read, with `|` around what runs from left to right.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any
from xml.etree.ElementTree import fromstring, tostring

import pytest

from warraq.engine import text_layer  # isort: skip - fonts are fixed before WeasyPrint loads
import weasyprint
from weasyprint.formatting_structure import boxes

from warraq.engine.shaping import read_line
from warraq.reading.direction import isolate_runs, marked

MIRRORED = str.maketrans("()[]{}<>«»", ")(][}{><»«")
STYLE = "@page { size: 300mm 100mm } * { margin: 0; padding: 0 } body { font: 12pt Amiri } sup { font-size: 0.7em }"

ARABIC = [
    # Runs across markup.
    ("قرأت كتاب The <i>Big</i> Book أمس", "قرأت كتاب |The Big Book| أمس"),
    ("شربت H<sub>2</sub>O ثم", "شربت |H2O| ثم"),
    ("كتب E=mc<sup>2</sup> على", "كتب |E=mc2| على"),
    ("و<b>English</b> then العربية", "و|English then| العربية"),
    ("قال <b><i>The</i> End</b>, or not ومضى", "قال |The End, or not| ومضى"),
    ("في <b>كتابًا The big</b> story وانصرف", "في كتابًا |The big story| وانصرف"),
    ("رابط <a href='#a'>The <i>Link</i></a> page هنا", "رابط |The Link page| هنا"),
    ("كتاب <cite>On the <b>Origin</b> of Species</cite> لداروين", "كتاب |On the Origin of Species| لداروين"),
    ("دون Knuth, <i>The TeXbook</i>, 1984 في", "دون |Knuth, The TeXbook, 1984| في"),
    ("م<b>ح</b>مد", "محمد"),
    # Brackets and quotation marks.
    ("قال (hello) ثم", "قال (|hello|) ثم"),
    ("قال hello (world) ثم", "قال |hello (world)| ثم"),
    ("قال «The <i>Book</i>»، ثم", "قال «|The Book|»، ثم"),
    ("(قال «نعم [أو لا]» ثم)", "(قال «نعم [أو لا]» ثم)"),
    ("(كتاب The Book (1984) هنا)", "(كتاب |The Book (1984)| هنا)"),
    ("دالة f(g(x), [y]) هنا", "دالة |f(g(x), [y])| هنا"),
    ("قال “The End” ثم", "قال “|The End|” ثم"),
    ("نصّ (<b>The</b> End) هنا", "نصّ (|The End|) هنا"),
    # Tokens.
    ("هاتفه +966 50 123 4567 فاتصل", "هاتفه |+966 50 123 4567| فاتصل"),
    ("هاتفه +٩٦٦ ٥٠ ١٢٣ ٤٥٦٧ فاتصل", "هاتفه |+٩٦٦ ٥٠ ١٢٣ ٤٥٦٧| فاتصل"),
    ("هاتفه ٠٧٧٠-١٢٣-٤٥٦٧ فاتصل", "هاتفه |٠٧٧٠-١٢٣-٤٥٦٧| فاتصل"),
    ("ردمك 978-3-16-148410-0 هنا", "ردمك |978-3-16-148410-0| هنا"),
    ("ردمك ٩٧٨-٣-١٦-١٤٨٤١٠-٠ هنا", "ردمك |٩٧٨-٣-١٦-١٤٨٤١٠-٠| هنا"),
    ("بلغة C++ على", "بلغة |C++| على"),
    ("بلغة C# على", "بلغة |C#| على"),
    ("منصة .NET هنا", "منصة |.NET| هنا"),
    ("إصدار 1.2.3-beta هنا", "إصدار |1.2.3-beta| هنا"),
    ("ملف <code dir='ltr'>book/ink.md</code> هنا", "ملف |book/ink.md| هنا"),
    ("ملف /etc/hosts هنا", "ملف |/etc/hosts| هنا"),
    ("بريد a.b@example.org، ثم", "بريد |a.b@example.org|، ثم"),
    ("موقع https://example.org/a?b=c#d. ثم", "موقع |https://example.org/a?b=c#d|. ثم"),
    ("خيار --strict يوقف", "خيار |--strict| يوقف"),
    ("يوم 2026-11-23 كان", "يوم |2026-11-23| كان"),
    ("حجمه 12 pt هنا", "حجمه |12 pt| هنا"),
    # Ranges, years, dates, percent signs.
    ("بين 2003–2011 كان", "بين |2003|–|2011| كان"),
    ("2003-2011 كان", "|2003|-|2011| كان"),
    ("في <b>2003-2011</b> كان", "في |2003|-|2011| كان"),
    ("كتاب Book 2003–2011 ثم", "كتاب |Book| |2003|–|2011| ثم"),
    ("انظر pp. 20–30 هنا", "انظر |pp. 20–30| هنا"),
    ("الصفحات ١٠–٢٠ هنا", "الصفحات |١٠|–|٢٠| هنا"),
    ("١٠-٢٠ صفحة", "|١٠|-|٢٠| صفحة"),
    ("سنة ١٤٤٥/١٤٤٦ هنا", "سنة |١٤٤٥|/|١٤٤٦| هنا"),
    ("سنة 1990/91 هنا", "سنة |1990|/|91| هنا"),
    ("في ٢٣/١١/٢٠٢٦ كان", "في |٢٣|/|١١|/|٢٠٢٦| كان"),
    ("كسره ١/٢ منه", "كسره |١/٢| منه"),
    ("50% منهم", "|50|% منهم"),
    ("نسبة 50% منهم", "نسبة |50|% منهم"),
    ("نسبة ٥٠٪ منهم", "نسبة |٥٠|٪ منهم"),
    ("نسبة GDP 5.5% هنا", "نسبة |GDP| |5.5|% هنا"),
    ("زاد 1.5–2.5% هنا", "زاد |1.5|–|2.5|% هنا"),
    ("ثمنه 1,234.56 دينارًا", "ثمنه |1,234.56| دينارًا"),
    ("ثمنه ١٬٢٣٤٫٥٦ دينارًا", "ثمنه |١٬٢٣٤٫٥٦| دينارًا"),
    ("معيار ISO 8859-6 هنا", "معيار |ISO 8859-6| هنا"),
    # Calls of notes, lists of words, whole lines.
    ("كتاب The Book<sup><a href='#n'>(١)</a></sup> هنا", "كتاب |The Book|(|١|) هنا"),
    ("Knuth, <i>The TeXbook</i>. 1984.", "|Knuth, The TeXbook. 1984.|"),
    ("تقنية Wi-Fi و Bluetooth هنا", "تقنية |Wi-Fi| و |Bluetooth| هنا"),
    ("عام 1984 ثم 1990", "عام |1984| ثم |1990|"),
]
PERSIAN = [
    ("سال ۱۳۸۰–۱۳۹۰ بود", "سال |۱۳۸۰–۱۳۹۰| بود"),
    ("۱۳۸۰-۱۳۹۰ بود", "|۱۳۸۰-۱۳۹۰| بود"),
    ("۵۰٪ از", "|۵۰|٪ از"),
    ("در ۱۴۰۲/۰۳/۱۲ بود", "در |۱۴۰۲/۰۳/۱۲| بود"),
]


@pytest.fixture(scope="module", autouse=True)
def mended() -> None:
    assert text_layer.mend() == []


def seen(html: str, language: str) -> str:
    """Read and lay a line out; give what stands on it from left to right."""
    root = fromstring(f"<div><p>{html}</p></div>")
    isolate_runs(root, "rtl", language)
    return shown(tostring(root, encoding="unicode"), language)


def shown(html: str, language: str) -> str:
    """Lay a line out; give what stands on it from left to right."""
    page = f"<html dir=rtl lang={language}><style>{STYLE}</style><body>{html}"
    laid_out = weasyprint.HTML(string=page).render().pages[0]._page_box
    texts = [box for box in laid_out.descendants() if isinstance(box, boxes.TextBox)]
    return "".join("".join(drawn(box)) for box in sorted(texts, key=lambda box: box.position_x))


def drawn(box: Any) -> Iterator[str]:
    """Give the characters of a box from left to right, brackets as they look."""
    box.pango_layout.reactivate(box.style)
    stream = type("Stream", (), {"_fonts": {}})()
    for run in read_line(stream, box.pango_layout, ()):
        for group in run.groups():
            texts = {code: cell.text for cell, code in run.face.codes.items()}
            shown = "".join(texts[group.codes[at : at + 4]] for at in range(0, len(group.codes), 4))
            text = group.space or shown
            yield text.translate(MIRRORED) if run.is_rtl else text


def visual(expectation: str) -> str:
    """Give an expectation as it stands on the line from left to right."""
    parts = expectation.split("|")
    turned = [part if at % 2 else part[::-1].translate(MIRRORED) for at, part in enumerate(parts)]
    return "".join(reversed(turned))


@pytest.mark.parametrize(("html", "expected"), ARABIC, ids=[html for html, _ in ARABIC])
def test_arabic_lines_read_in_order(html: str, expected: str) -> None:
    assert seen(html, "ar") == visual(expected)


@pytest.mark.parametrize(("html", "expected"), ARABIC, ids=[html for html, _ in ARABIC])
def test_running_heads_and_bookmarks_read_in_order_without_markup(html: str, expected: str) -> None:
    text = "".join(fromstring(f"<p>{html}</p>").itertext())
    assert shown(f"<p>{escape(marked(text, 'rtl', 'ar'))}", "ar") == visual(expected)


def test_plain_arabic_needs_no_characters_of_direction() -> None:
    assert marked("كتاب الحبر والورق: في صناعتهما", "rtl", "ar") == "كتاب الحبر والورق: في صناعتهما"


@pytest.mark.parametrize(("html", "expected"), PERSIAN)
def test_persian_ranges_run_rightwards(html: str, expected: str) -> None:
    assert seen(html, "fa") == visual(expected)


def test_a_line_that_breaks_within_a_run_reads_in_order() -> None:
    page = "<p style='width: 30mm'>قال The quick brown fox ثم مضى إلى داره</p>"
    root = fromstring(f"<div>{page}</div>")
    isolate_runs(root, "rtl", "ar")
    html = f"<html dir=rtl lang=ar><style>{STYLE}</style><body>{tostring(root, encoding='unicode')}"
    laid_out = weasyprint.HTML(string=html).render().pages[0]._page_box
    lines = [box for box in laid_out.descendants() if isinstance(box, boxes.LineBox)]
    assert len(lines) > 1
    texts = [[box for box in line.descendants() if isinstance(box, boxes.TextBox)] for line in lines]
    first, second = (
        "".join("".join(drawn(box)) for box in sorted(line, key=lambda box: box.position_x)) for line in texts[:2]
    )
    assert first.strip().startswith("The quick")
    assert second.rstrip().endswith("fox") or second.lstrip().endswith("fox")
