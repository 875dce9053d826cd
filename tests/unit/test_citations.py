"""Works and citations: BibTeX read, names filed, keys told from addresses."""

from __future__ import annotations

from xml.etree.ElementTree import Element

import pytest

from warraq.reading.citations import bibtex, typed
from warraq.reading.citations.sources import filed
from warraq.reading.citations.typed import Group, Typed


@pytest.mark.parametrize(
    ("typed_name", "person"),
    [
        ("الجاحظ، عمرو بن بحر", {"family": "الجاحظ", "given": "عمرو بن بحر"}),
        ("ابن النديم", {"literal": "ابن النديم"}),
        ("Jonathan M. Bloom", {"family": "Bloom", "given": "Jonathan M."}),
        ("{Leiden University}", {"literal": "Leiden University"}),
    ],
)
def test_a_name_is_parted(typed_name: str, person: dict[str, str]) -> None:
    (item,) = bibtex.items(f"@book{{k, author = {{{typed_name}}}}}")
    assert item["author"] == [person]


def test_the_markup_of_latex_becomes_characters() -> None:
    assert bibtex.plain(r"Fran\c{c}ois M{\"u}ller \& {\'E}tudes, 3--4") == "François Müller & Études, 3–4"


def test_braces_within_braces_and_joined_strings() -> None:
    (item,) = bibtex.items('@string{y = "Yale"} @Book(k, title = {A {B} C}, publisher = y # " Press")')
    assert (item["title"], item["publisher"]) == ("A {B} C".replace("{", "").replace("}", ""), "Yale Press")


@pytest.mark.parametrize("text", ["@book{k, title = {a}", "@book{k, title = {a", '@book{k, title = "a', "@book{}"])
def test_what_is_not_closed_is_told(text: str) -> None:
    with pytest.raises(bibtex.BibtexError):
        list(bibtex.items(text))


def test_names_are_filed_without_the_article_and_with_hamzas_as_one() -> None:
    names = ["الزمخشري", "آدم", "ابن النديم", "إبراهيم", "ابن خلدون", "الألوسي", "ألفونس"]
    assert sorted(names, key=filed) == ["إبراهيم", "ابن خلدون", "ابن النديم", "آدم", "ألفونس", "الألوسي", "الزمخشري"]


def _groups(text: str) -> list[Group]:
    found: list[Group] = []

    def write(group: Group) -> Element:
        found.append(group)
        return Element("span")

    line = Element("p")
    line.text = text
    typed.rewrite(line, write)
    return found


@pytest.mark.parametrize("text", ["a@b.org", "[a@b.org]", "<https://x.org/@k>", "@", "[^a]", "a/@b"])
def test_addresses_are_no_citations(text: str) -> None:
    assert _groups(text) == []


def test_separators_of_both_scripts_part_works_and_pages() -> None:
    (group,) = _groups("[انظر @a، ص ٣-٥؛ @b, p. 7, n. 2; -@c]")
    assert group.cites == (
        Typed("a", "انظر ", "٣-٥", ""),
        Typed("b", "", "7", "n. 2"),
        Typed("c", "", "", "", bare=True),
    )


def test_what_is_no_page_stays_as_it_is_typed() -> None:
    (group,) = _groups("@a [ج ٢، ص ٧]")
    assert (group.told, group.cites) == (True, (Typed("a", "", "", "ج ٢، ص ٧"),))
