"""The structure tree: one element of the publication, one element of the tree."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pikepdf
import pytest

from warraq.engine import artifacts, note_links, structure, structure_writing  # isort: skip - fonts are fixed before WeasyPrint loads
import weasyprint

LONG = "كان يكتب السطر وهو ينظر إلى آخره لا إلى أوله كمن يعبر جدولا فينظر إلى الضفة البعيدة. " * 12
PAGE = """
@page { size: 300px 220px; margin: 40px 20px 30px; @top-center { content: "رأس الصفحة" } }
body { font: 14px Amiri; margin: 0 }
.note { float: footnote }
a.to::after { content: leader(".") }
"""
SVG = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='20' height='20'/%3E"


def tree(html: str) -> pikepdf.Pdf:
    """Draw a text in Arabic with our structure tree; give the PDF."""
    assert [*structure_writing.mend(), *artifacts.mend(), *note_links.mend()] == []
    page = f"<html lang=ar dir=rtl><style>{PAGE}</style><title>-</title><body>{html}"
    laid_out = weasyprint.HTML(string=page).render(pdf_tags=True)
    artifacts.designate(laid_out.pages)
    return pikepdf.open(io.BytesIO(laid_out.write_pdf(pdf_tags=True, pdf_version="1.7")))


def elements(pdf: pikepdf.Pdf, kind: str = "") -> list[pikepdf.Object]:
    """Give the elements of a type, or all, in reading order."""
    return [element for element in _below(pdf.Root.StructTreeRoot.K[0]) if kind in {"", str(element.S)[1:]}]


def _below(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
    for kid in element.K.wrap_in_array():
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from _below(kid)


def marked(page: pikepdf.Page) -> list[tuple[str, pikepdf.Object]]:
    """Give the tags and the properties of marked content, where it has any."""
    pieces = (piece for piece in pikepdf.parse_content_stream(page) if str(piece.operator) == "BDC")
    operands = [piece.operands for piece in pieces if isinstance(piece, pikepdf.ContentStreamInstruction)]
    return [(str(tag), properties) for tag, properties in operands]


def words(element: pikepdf.Object) -> str:
    """Read an element as assistive technology does."""
    parts = [str(part.get("/ActualText", "")) for part in (element, *_below(element))]
    return " ".join("".join(parts).split())


def outline(pdf: pikepdf.Pdf) -> str:
    """Write the types of all elements with brackets around what they hold."""

    def write(element: pikepdf.Object) -> str:
        inner = [write(kid) for kid in element.K if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]
        kept = [kid for kid in inner if kid != "Span"]
        return f"{str(element.S)[1:]}({' '.join(kept)})" if kept else str(element.S)[1:]

    return write(pdf.Root.StructTreeRoot.K[0])


def test_a_paragraph_parted_by_pages_is_one_with_its_whole_text() -> None:
    pdf = tree(f"<p>{LONG}</p>")
    (paragraph,) = elements(pdf, "P")
    assert len(pdf.pages) > 1
    assert words(paragraph) == " ".join(LONG.split())
    pages = {kid.Pg.objgen for kid in paragraph.K[0].K[0].K if isinstance(kid, pikepdf.Dictionary)}
    assert pages == {page.objgen for page in pdf.pages[1:]}


def test_no_text_of_the_tree_is_longer_than_archives_take() -> None:
    pdf = tree(f"<p>{LONG * 12}</p>")
    (paragraph,) = elements(pdf, "P")
    parts = [str(part.ActualText) for part in paragraph.K]
    assert len(parts) > 1
    assert max(map(len, parts)) < 2**15 / 4
    assert " ".join(" ".join(parts).split()) == " ".join((LONG * 12).split())


def test_a_list_parted_by_pages_is_one_with_labels_and_bodies() -> None:
    pdf = tree("<ol>" + "<li>بند<p>وشرحه</p></li>" * 8 + "</ol>")
    assert len(pdf.pages) > 1
    assert outline(pdf) == f"Document(L({' '.join(['LI(Lbl LBody(P))'] * 8)}))"
    assert elements(pdf, "L")[0].A.ListNumbering == "/Decimal"


def test_what_html_lets_stand_anywhere_is_put_where_it_may_stand() -> None:
    pdf = tree("<ul>نصّ<p>فقرة</p></ul><li>بند</li><div style='display: table'><p>خليّة</p></div>")
    assert outline(pdf) == "Document(L(LI(LBody) LI(LBody(P))) Div(Lbl Div) Div(P))"


def test_a_definition_list_has_terms_as_labels() -> None:
    pdf = tree("<dl><dt>حبر</dt><dd>سائل</dd><dt>ورق</dt><dd>صفحة</dd><dd>ورقة</dd></dl>")
    assert outline(pdf) == "Document(L(LI(Lbl LBody) LI(Lbl LBody LBody)))"


def test_a_table_parted_by_pages_is_one_and_its_repeated_head_is_read_once() -> None:
    row = "<tr><td>خط</td><td>حبر</td></tr>"
    pdf = tree(f"<table><thead><tr><th>أ</th><th>ب</th></tr></thead><tbody>{row * 20}</tbody></table>")
    assert len(pdf.pages) > 1
    assert len(elements(pdf, "Table")) == len(elements(pdf, "THead")) == 1
    assert [words(cell) for cell in elements(pdf, "TH")] == ["أ", "ب"]
    assert len(elements(pdf, "TR")) == 21


def test_heads_of_tables_say_what_they_head() -> None:
    pdf = tree("<table><tr><th>أ</th><th>ب</th></tr><tr><th>ج</th><td>د</td></tr></table>")
    assert [str(cell.A.Scope) for cell in elements(pdf, "TH")] == ["/Column", "/Column", "/Row"]


def test_a_caption_stands_in_its_table() -> None:
    pdf = tree("<figure><figcaption>عنوان</figcaption><table><tr><td>خط</td></tr></table></figure>")
    assert outline(pdf) == "Document(Table(Caption TBody(TR(TD))))"


def test_the_caption_of_a_picture_that_tells_nothing_is_text() -> None:
    pdf = tree(f'<figure><img src="{SVG}" alt=""><figcaption>شرح</figcaption></figure>')
    assert outline(pdf) == "Document(Div(P))"


def test_a_note_follows_its_call_and_the_text_goes_on_after_it() -> None:
    pdf = tree('<p>قبل<span class="note" id="n1">نصّ الحاشية</span> بعد</p>')
    paragraph, note = elements(pdf, "P")[0], elements(pdf, "Note")[0]
    assert [str(kid.S) for kid in paragraph.K] == ["/Span", "/Reference", "/Note", "/Span"]
    assert str(note.ID) == "n1"
    assert words(note).endswith("نصّ الحاشية")
    assert pdf.Root.StructTreeRoot.IDTree.Names[1].objgen == note.objgen


def test_a_call_leads_to_its_note_and_the_note_back() -> None:
    pdf = tree('<p>قبل<span class="note" id="n1">نصّ الحاشية</span> بعد</p>')
    call, label = elements(pdf, "Reference")[0], elements(pdf, "Lbl")[0]
    goals = pikepdf.NameTree(pdf.Root.Names.Dests)
    for element, goal in ((call, "n1"), (label, "n1-call")):
        [link] = [kid for kid in element.K.wrap_in_array() if str(kid.get("/S")) == "/Link"]
        annotation = next(kid.Obj for kid in link.K if "/Obj" in kid)
        assert str(annotation.Dest) == goal
        assert "1" in str(annotation.Contents)
        assert goals[goal][0].objgen in {page.obj.objgen for page in pdf.pages}
    assert float(goals["n1"][3]) < float(goals["n1-call"][3]), "the note stands below its call"


def test_a_note_in_a_heading_is_read_after_the_heading() -> None:
    pdf = tree('<h2>عنوان<span class="note">حاشية</span></h2><p>متن</p>')
    assert outline(pdf) == "Document(H2(Reference) Note(Lbl) P)"


def test_running_heads_and_leaders_are_artifacts() -> None:
    pdf = tree('<p id="p">متن <a class="to" href="#p">هنا</a></p>')
    read = " ".join(words(element) for element in elements(pdf, "P"))
    assert "رأس" not in read
    assert ". ." not in read
    told = [properties for tag, properties in marked(pdf.pages[0]) if tag == "/Artifact"]
    assert any(properties.Type == "/Pagination" and properties.Subtype == "/Header" for properties in told)


@pytest.mark.parametrize(("attributes", "expected"), [('alt="رسم دواة"', ["رسم دواة"]), ('alt=""', []), ("", [])])
def test_a_picture_with_words_is_a_figure_and_one_without_an_ornament(attributes: str, expected: list[str]) -> None:
    pdf = tree(f'<p>متن <img src="{SVG}" {attributes}></p>')
    assert [str(figure.Alt) for figure in elements(pdf, "Figure")] == expected


def test_foreign_phrases_tell_their_language_and_others_do_not() -> None:
    pdf = tree('<p>قال <span dir="ltr" lang="en">Hello</span> ثم <span lang="ar">مضى</span></p>')
    assert [str(element.Lang) for element in elements(pdf) if "/Lang" in element] == ["en"]


def test_emphasis_parts_no_text() -> None:
    pdf = tree("<p>كلمة <b>سميكة</b> و<i>أخرى</i> هنا</p>")
    (span,) = elements(pdf, "P")[0].K
    assert str(span.ActualText) == "كلمة سميكة وأخرى هنا"


def test_strokes_of_justification_are_no_text() -> None:
    box = type("Box", (), {"text": "كتـاب", "kashidas": (2,)})
    assert structure.source_text(box) == "كتاب"


@pytest.mark.parametrize("text", ["الموقع", '<span lang="fa">الموقع</span>'])
def test_links_are_described_by_their_words(text: str) -> None:
    pdf = tree(f'<p>انظر <a href="https://example.org/">{text}</a></p>')
    (link,) = elements(pdf, "Link")
    numbers = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
    for annotation in pdf.pages[0].Annots:
        assert str(annotation.Contents) == "الموقع"
        assert numbers[int(annotation.StructParent)].objgen == link.objgen


def test_every_piece_of_content_leads_to_its_element() -> None:
    pdf = tree(f"<h1>عنوان</h1><p>{LONG}</p><ul><li>بند</li></ul>")
    numbers = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
    for page in pdf.pages:
        parents = numbers[int(page.StructParents)]
        pieces = [int(properties.MCID) for _, properties in marked(page) if "/MCID" in properties]
        assert pieces
        assert {str(parents[piece].S) for piece in pieces} == {"/Span"}
