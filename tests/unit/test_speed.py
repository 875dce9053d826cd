"""Patches that save time: what is printed is the same byte for byte, and unknown functions stay as they are."""

from __future__ import annotations

import gc
import inspect
import re
import weakref
import zlib
from types import ModuleType
from typing import Any
from xml.etree import ElementTree as ET

import pydyf
import pytest
import tinyhtml5
from tinyhtml5 import inputstream

import warraq.engine  # isort: skip - fonts are fixed before WeasyPrint loads
import weasyprint
from weasyprint import document
from weasyprint.css import AnonymousStyle, ComputedStyle, StyleFor, get_all_computed_styles
from weasyprint.formatting_structure import boxes
from weasyprint.layout import LayoutContext, background, block, inline, page, preferred, table
from weasyprint.text import line_break
from weasyprint.text.fonts import FontConfiguration
from weasyprint.text.line_break import Layout

from tests.bench.words import Writer
from warraq.engine import (
    areas,
    backgrounds,
    cascade,
    compression,
    leaders,
    lengths,
    line_search,
    note_heights,
    once,
    page_kinds,
    parsing,
    rings,
    shaped,
    struts,
    styles,
    walks,
)

assert warraq.engine

#: Each module, with the functions that it changes.
PATCHES: dict[ModuleType, list[tuple[Any, str]]] = {
    shaped: [
        *((Layout, name) for name in ("setup", "set_text", "get_first_line", "deactivate")),
        (line_break, "first_line_metrics"),
    ],
    line_search: [(inline, "split_first_line"), (preferred, "split_first_line")],
    note_heights: [(LayoutContext, "_update_footnote_area")],
    leaders: [(inline, "handle_leader")],
    lengths: [
        *((style, "copy") for style in (ComputedStyle, AnonymousStyle)),
        *((module, "resolve_percentages") for module in (inline, block, page, table)),
    ],
    struts: [(inline, "strut")],
    styles: [(StyleFor, "set_computed_styles")],
    cascade: [(StyleFor, "__init__")],
    page_kinds: [(page, "set_page_type_computed_styles")],
    walks: [(boxes.Box, "descendants"), (boxes.Box, "is_in_normal_flow")],
    once: [(inline, "avoid_collisions"), (inline, "get_next_linebox")],
    backgrounds: [(background, "layout_box_backgrounds")],
    rings: [(document, "layout_document")],
    areas: [(page, "block_level_layout")],
}
FUNCTIONS = [place for places in PATCHES.values() for place in places]
STYLE = """
@page { size: 330px 400px; margin: 20px; @bottom-center { content: counter(page) } }
html { font: 12pt/22px Amiri, "Crimson Text"; text-align: justify }
.note { float: footnote; font-size: 9pt } .spaced { letter-spacing: 2px; word-spacing: 4px }
.old { font-variant-numeric: oldstyle-nums } .line { text-decoration: underline }
.anywhere { overflow-wrap: anywhere } pre { white-space: pre-wrap } h2::first-letter { font-size: 20pt }
.kept { white-space: nowrap } h2 { font-kerning: none } p.first::first-line { font-weight: bold }
a::after { content: leader(" . ") "12" }
"""


@pytest.fixture
def stock(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Take all patches off for a while."""
    for owner, name in FUNCTIONS:
        monkeypatch.setattr(owner, name, inspect.unwrap(getattr(owner, name)))
    return monkeypatch


def book() -> str:
    """Write pages that hold what is usual, and much of what is not."""
    writer = Writer(3)
    odd = ["spaced", "old", "line", "anywhere", "kept", "first"]
    parts = []
    for number in range(6):
        note = f"<span class=note>{writer.sentence()}</span>" if number % 2 else ""
        parts.append(
            f"<h2>{writer.words(3)}</h2><p class={odd[number % len(odd)]}>{writer.words(4)} "
            f"<b>{writer.words(2)}</b>{note} {writer.paragraph()} <i>reed-pen</i> «{writer.words(3)}» "
            f"{writer.words(9)} — {writer.words(5)} a/b/c {writer.words(9)}<br>{writer.word()}‎ (1–2) {writer.words(9)}"
            f"<pre>{writer.words(3)}\t{writer.words(2)}\n  {writer.words(12)}</pre>"
            f"<table><tr><td>{writer.words(5)}<td>{writer.words(6)}</table>"
        )
    return f"<html dir=rtl lang=ar><style>{STYLE}</style>{''.join(parts)}"


def printed(html: str, fonts: FontConfiguration | None = None) -> bytes:
    data: bytes = weasyprint.HTML(string=html).write_pdf(pdf_identifier=b"", font_config=fonts)
    return data


@pytest.mark.usefixtures("stock")
def test_the_same_bytes_are_printed() -> None:
    # Before a kaf the space of the font is kept (`warraq.engine.harfbuzz.parted`).
    html = re.sub("(?<=[ةه]) ك", " ل", book())
    before = printed(html)
    for patch in [patch for patch in PATCHES if patch is not leaders]:
        assert patch.mend() == []
        assert printed(html) == before


@pytest.mark.usefixtures("stock")
def test_documents_of_one_style_are_printed_as_each_alone() -> None:
    wide = "<style>p { margin-left: 5vw } @page { size: 500px 300px }</style>"
    documents = [book(), book() + wide, book().replace("<p ", "<p id=there lang=fa "), book()]
    before = [printed(html, FontConfiguration()) for html in documents]
    assert styles.mend() == []
    shared = FontConfiguration()
    assert [printed(html, shared) for html in documents] == before


@pytest.mark.usefixtures("stock")
def test_pages_and_anchors_share_styles() -> None:
    styles.mend()
    text = f"<html dir=rtl lang=ar><style>{STYLE}</style><p id=one>{Writer(5).words(9)}<p id=two>{Writer(5).words(9)}"
    pages = [page._page_box for page in weasyprint.HTML(string=text + book()).render().pages]
    assert len(pages) > 3
    assert len({id(page.children[-1].style) for page in pages}) == 1
    anchored = [box.style for box in pages[0].descendants() if box.style["anchor"]]
    assert {style["anchor"] for style in anchored} == {"one", "two"}
    assert len({id(style.anonymous_style) for style in anchored}) == 1


SELECTORS = """
p:first-child { color: red } p + p { color: blue } b ~ i { color: green } p > b { margin: 1px }
p:last-child:not(.a) { padding: 1px } [title] i { padding: 2px } #one b { padding: 3px }
p:nth-child(2n) { margin: 5px } :lang(ar) i { top: 1px } [lang|=fa] { top: 2px } p:empty { top: 3px }
p:has(b) { left: 1px } .a::before { content: "x" } div .a > b::after { content: "y" } i, .c b { left: 2px }
.a.b { margin: 4px } A[href^=x] { top: 4px } * { right: 1px } div p b { margin: 2px }
"""


@pytest.mark.usefixtures("stock")
def test_elements_have_the_styles_that_each_would_have_alone() -> None:
    sheet = weasyprint.CSS(string=SELECTORS)
    some = "<p>x<b>y</b><p class=a>x<i>z</i><p class='a b' title=t><b>y</b><i>z</i><a href=xy>l</a><p>"
    all_ = f"<div class=c>{some}</div>{some}<p lang=fa><b>y</b><div id=one>{some}</div>"
    texts = [f"<html lang=ar>{text}" for text in (all_, some * 2, f"{some}<span></span>", "")]
    before = [styled(text, sheet) for text in texts]
    assert cascade.mend() == []
    assert [styled(text, sheet) for text in texts * 2] == before * 2


def styled(html: str, sheet: Any) -> list[Any]:
    """List what selectors gave to the elements of a document and their pseudo-elements."""
    document = weasyprint.HTML(string=html)
    computed = get_all_computed_styles(document, [sheet]).get_computed_styles().items()
    order = list(document.etree_element.iter())
    names = ("color", "margin_top", "padding_top", "top", "left", "right", "content")
    rows = ((order.index(node), str(kind), [str(style[name]) for name in names]) for (node, kind), style in computed)
    return sorted(rows)


@pytest.mark.usefixtures("stock")
def test_an_anchor_is_found_though_a_document_before_had_the_style_without_one() -> None:
    styles.mend()
    shared = FontConfiguration()
    for start, anchors in (("<p>", set()), ("<p id=one>", {"one"})):
        document = weasyprint.HTML(string=start + Writer(5).words(9)).render(font_config=shared)
        assert set(document.pages[0].anchors) == anchors


@pytest.mark.usefixtures("stock")
def test_most_lines_are_looked_up(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    split = inline.split_first_line

    def counted(text: str, *rest: Any, **named: Any) -> Any:
        asked.append(text)
        return split(text, *rest, **named)

    shaped.mend()
    monkeypatch.setattr(inline, "split_first_line", line_search._looked_up(counted))
    html = f"<html dir=rtl lang=ar><style>{STYLE}</style><p>{Writer(5).paragraph() * 6}"
    pages = weasyprint.HTML(string=html).render().pages
    lines = [box for one in pages for box in one._page_box.descendants() if isinstance(box, boxes.LineBox)]
    assert len(lines) > 20
    assert len(asked) < len(lines) / 2


@pytest.mark.usefixtures("stock")
def test_a_leader_is_one_box_as_wide_as_its_dots() -> None:
    html = f"<html dir=rtl lang=ar><style>{STYLE}</style><p>{Writer(5).words(3)}<a></a>"
    dots = leader_boxes(html)
    assert leaders.mend() == []
    (joined,) = leader_boxes(html)
    assert len(dots) > 10
    assert joined.text == "".join(dot.text for dot in dots)
    assert joined.position_x == pytest.approx(min(dot.position_x for dot in dots))
    assert joined.width == pytest.approx(sum(dot.width for dot in dots))


def leader_boxes(html: str) -> list[Any]:
    first = weasyprint.HTML(string=html).render().pages[0]._page_box
    return [box for box in first.descendants() if isinstance(box, boxes.TextBox) and "." in box.text]


@pytest.mark.parametrize("patch", PATCHES)
def test_functions_that_we_do_not_know_are_left_alone_and_named(stock: pytest.MonkeyPatch, patch: ModuleType) -> None:
    def changed() -> None:
        """Stand for the function of another WeasyPrint."""

    owner, name = PATCHES[patch][-1]
    stock.setattr(owner, name, changed)
    (named,) = patch.mend()
    assert named.endswith(name)
    assert getattr(owner, name) is changed
    assert all(not hasattr(getattr(*place), "warraq_patch") for place in PATCHES[patch])


@pytest.mark.usefixtures("stock")
def test_boxes_are_walked_in_order_even_if_their_children_change() -> None:
    root = weasyprint.HTML(string=book()).render().pages[0]._page_box
    before = [id(box) for box in root.descendants()], [id(box) for box in root.descendants(placeholders=True)]
    walks.mend()
    assert ([id(box) for box in root.descendants()], [id(box) for box in root.descendants(placeholders=True)]) == before
    for box in root.descendants():
        box.children = box.children[:1]
    assert [id(box) for box in root.descendants()] == [id(box) for box in inspect.unwrap(boxes.Box.descendants)(root)]


@pytest.mark.usefixtures("stock")
def test_pages_are_freed_at_once_when_nobody_needs_them() -> None:
    rings.mend()
    gc.disable()
    try:
        pages = [page._page_box for page in weasyprint.HTML(string=book()).render().pages]
        assert any("footnote" in repr(area) for page in pages for area in page.children)
        left = [weakref.ref(page) for page in pages]
        pages.clear()
        assert not any(page() for page in left)
    finally:
        gc.enable()


def test_character_classes_are_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inputstream, "characters_until_regex", {})
    text = book() + "<p title='one &amp; two' class=a>&lt;x\0</p><script>1 < 2</script><!-- - -->" * 3
    before = ET.tostring(tinyhtml5.parse(text))
    assert parsing.mend() == []
    assert ET.tostring(tinyhtml5.parse(text)) == before
    assert all(isinstance(characters, (tuple, str, frozenset)) for characters, _ in inputstream.characters_until_regex)
    assert len(inputstream.characters_until_regex) < 20


def test_another_parser_of_html_stays_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    kept: dict[object, object] = {}
    monkeypatch.setattr(inputstream, "characters_until_regex", kept)
    monkeypatch.setattr(inputstream.HTMLUnicodeInputStream, "chars_until", lambda _self: "")
    assert len(parsing.mend()) == 1
    assert inputstream.characters_until_regex is kept


def test_streams_hold_what_they_held(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = pydyf.Stream([Writer(9).paragraph().encode()] * 40, compress=True)
    monkeypatch.setattr(pydyf, "zlib", zlib)
    before = streams(stream)
    assert compression.mend() == []
    assert streams(stream) == before


def streams(stream: pydyf.Stream) -> bytes:
    """Read the content of a stream of a PDF back."""
    return zlib.decompress(stream.data.partition(b"stream\n")[2].rpartition(b"\nendstream")[0])


def test_streams_of_another_pydyf_stay_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pydyf, "zlib", zlib)
    monkeypatch.setattr(pydyf.Stream, "data", property(lambda _self: b""))
    assert compression.mend() == ["pydyf.Stream.data"]
    assert pydyf.zlib is zlib
