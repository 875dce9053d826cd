"""Page numbers put into the text, and those of an index joined."""

from __future__ import annotations

import re

from warraq.engine.references import Numbering, filled, has_references

PAGES = {"front": 2, "a": 10, "b": 11, "c": 12, "c2": 12, "e": 14, "f": 15, "last": 9, "ف&": 20}


def link(target: str, more: str = "") -> str:
    return f'<a class="page-ref{more}" href="#{target}"></a>'


def listed(*links: str, language: str = "ar") -> str:
    spans = f'<span class="page-refs" lang="{language}" data-comma="، " data-range="–">{"".join(links)}</span>'
    assert has_references(spans)
    return filled(spans, Numbering(PAGES, 4, "arab"), is_fixed=True).html


def words(html: str) -> str:
    return re.sub("<[^>]*>", "", html)


def test_a_link_gets_a_folio() -> None:
    numbering = Numbering(PAGES, 4, "arab")
    assert filled(f"<p>{link('a')}</p>", numbering, is_fixed=True).html == '<p><a class="page-ref" href="#a">٧</a></p>'
    assert ">ج</a>" in filled(link("front"), numbering).html
    assert ">١٧</a>" in filled(link("ف&amp;"), numbering, is_fixed=True).html
    assert ">٨٨٨</a>" in filled(link("nowhere"), numbering).html


def test_pages_are_told_once_and_in_order() -> None:
    assert words(listed(link("c"), link("last"), link("c2"))) == "٦، ٩"


def test_pages_that_follow_each_other_are_a_range() -> None:
    html = listed(link("a"), link("b"), link("c"), link("c2"), link("e"))
    assert words(html) == "٧–٩، ١١"
    assert '<bdi><a class="page-ref" href="#a">٧</a>–<a class="page-ref" href="#c">٩</a></bdi>' in html
    assert words(listed(link("e"), link("f"))) == "١١–١٢"


def test_a_range_of_persian_runs_to_the_right() -> None:
    assert '<bdi dir="ltr">' in listed(link("a"), link("b"), language="fa")


def test_front_matter_and_chief_places_stay_out_of_ranges() -> None:
    pages = {"x": 2, "y": 3, "z": 4}
    text = f'<span class="page-refs" data-comma=", " data-range="–">{"".join(map(link, pages))}</span>'
    assert words(filled(text, Numbering(pages, 4, "latn"), is_fixed=True).html) == "ج, د, 1"
    html = listed(link("a"), link("b", " main"), link("c"), link("c2", " main"))
    assert words(html) == "٧، ٨، ٩"
    assert 'class="page-ref main" href="#c2"' in html


def test_nothing_is_joined_before_pages_are_known() -> None:
    assert words(listed(link("a"), link("new"), link("a"))) == "٧، ٨٨٨، ٧"
