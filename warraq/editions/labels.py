"""Numbers and cross-references put into words, by the language of a chapter.

The Document tells what bears a number and what a link leads to; what is printed for it
stands in `words.toml`. Trees are changed in place: each edition has its own copies.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from warraq.arabic.bidi import direction_of
from warraq.arabic.digits import to_digits
from warraq.arabic.languages import direction_in
from warraq.document import Document
from warraq.reading.direction import isolate_runs
from warraq.reading.trees import contents, fill, has_class

#: Gives the printed folio of a place by its id, or nothing where that is not known.
Folio = Callable[[str], str | None]
_FIGURES = ("figure", "table", "listing")


@dataclass(frozen=True, slots=True)
class Labels:
    """The words of one language, and the digits that it is set with."""

    said: Mapping[str, str]
    numerals: str
    language: str
    callouts: Mapping[str, str] = field(default_factory=dict)

    def number(self, number: str) -> str:
        """Write a number, `3` or `2.3`, in digits and signs of the language."""
        chapter, _, rest = number.rpartition(".")
        joined = self.said["chapter-number"].format(chapter=chapter, number=rest) if chapter else number
        return to_digits(joined, self.numerals)

    def label(self, kind: str, number: str) -> str:
        """Name what bears a number: `الشكل ٣`."""
        return self.said[kind].format(number=self.number(number))

    def fill(self, tree: Element, folio: Folio | None = None, *, paged: bool = False) -> None:
        """Put labels into captions and words into references.

        Where pages are laid out (`paged`), a reference to a page holds an empty `a.page-ref`
        that the press fills; else it gives the folio that `folio` knows, or a title.
        """
        for element in list(tree.iter()):
            if number := element.get("data-count") if element.tag != "a" else None:
                self._caption(element, number)
            if element.tag == "a" and has_class(element, "reference"):
                self._refer(element, folio, paged=paged)
            if has_class(element, "callout") and has_class(element, "untitled"):
                self._title(element)

    def _title(self, callout: Element) -> None:
        """Give a call-out without a title of its author's the word for its kind."""
        names = callout.get("class", "").split()
        kind = next((name[8:] for name in names if name.startswith("callout-")), "note")
        callout.set("class", " ".join(name for name in names if name != "untitled"))
        if callout.tag == "p":
            words = Element("p")
            fill(words, contents(callout))
            fill(callout, [words])
            callout.tag = "aside"
        title = Element("p", {"class": "callout-title"})
        SubElement(title, "b").text = self.callouts.get(kind, self.callouts["note"])
        callout.insert(0, title)

    def _caption(self, element: Element, number: str) -> None:
        kind = next((name for name in _FIGURES if has_class(element, name)), "equation")
        del element.attrib["data-count"]
        if kind == "equation":
            _number_equation(element, self.said["equation-number"].format(number=self.number(number)))
            return
        # In a note at the foot of a page it has become a span.
        legends = (child for child in element if child.tag == "figcaption" or has_class(child, "as-figcaption"))
        caption = next(legends, None)
        if caption is None:
            return
        mark = Element("b", {"class": "caption-label"})
        mark.text = self.said["caption"].format(label=self.label(kind, number))
        fill(caption, [mark, *contents(caption)])

    def _refer(self, link: Element, folio: Folio | None, *, paged: bool) -> None:
        target, front = link.get("href", "#")[1:], link.attrib.pop("data-front", "")
        words, own = self._name(link), bool(len(link) or (link.text or "").strip())
        if not has_class(link, "page"):
            fill(link, words)
            return
        link.attrib.pop("class")
        before, after = self.said["page"].split("{number}")
        known = None if paged or folio is None else folio(target)
        if paged:
            page = Element("a", {"class": f"page-ref{' in-front' if front else ''}", "href": f"#{target}"})
            _ask_for_page(link, page, before, after, own=own)
        elif not own:
            fill(link, [f"{before}{known}{after}"] if known else words)

    def _name(self, link: Element) -> list[Element | str]:
        """Name what a link leads to by its number, else by its title, which has its own direction."""
        kind, number = link.attrib.pop("data-kind", ""), link.attrib.pop("data-count", "")
        title = link.attrib.pop("data-title", "")
        if number:
            return [self.label(kind, number)]
        before, after = self.said["section"].split("{title}")
        words = Element("span")
        words.text = title
        if direction_of(title) != direction_in(self.language):
            words.set("dir", direction_of(title))
        isolate_runs(words, direction_in(self.language), self.language)
        return [before, words, after] if title else []


def labels(document: Document, words: Callable[[str], Mapping[str, Any]]) -> Mapping[str, Labels]:
    """Give the labels of all languages that chapters are written in; `words` are those of a language."""
    about = document.publication.settings.publication
    languages = {chapter.language for chapter in document.chapters} | {about.language}
    found = {}
    for language in sorted(languages):
        said: dict[str, str] = words(language)["labels"]
        callouts: dict[str, str] = words(language)["callouts"]
        # Digits of Arabic script do not stand in words of another.
        numerals = about.numerals if direction_in(language) == "rtl" else "latn"
        found[language] = Labels(said, numerals, language, callouts)
    return found


def _number_equation(equation: Element, number: str) -> None:
    formula = Element("span", {"class": "formula"})
    fill(formula, contents(equation))
    fill(equation, [formula])
    equation.set("class", f"{equation.get('class', '')} numbered".strip())
    SubElement(equation, "span", {"class": "equation-number"}).text = number


def _ask_for_page(link: Element, page: Element, before: str, after: str, *, own: bool) -> None:
    """Make a span of a link, with a place for the number of the page that it leads to."""
    link.tag = "span"
    del link.attrib["href"]
    link.set("class", "reference-page")
    words_before = f"\u00a0({before}" if own else before
    fill(link, [*(contents(link) if own else []), words_before, page, f"{after})" if own else after])
