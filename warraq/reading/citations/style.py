"""Works and citations in the words of a CSL style: the only importer of citeproc-py.

A style is read once for each direction of writing: its words are those of the language, its
commas and semicolons those of the script. What the program writes comes in the digits of the
publication, while digits in titles and names stay as they are typed.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element

from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, Locator, formatter
from citeproc.source.json import CiteProcJSON

from warraq.arabic.digits import to_digits
from warraq.arabic.languages import direction_in, language_for
from warraq.localized import ARABIC
from warraq.reading.citations.sources import NUMBERS, OTHERS, TEXTS, Work
from warraq.reading.markup import from_html

CSL = "{http://purl.org/net/xbiblio/csl}"
ET.register_namespace("", CSL[1:-1])
#: What a style may raise on works or terms that its writer did not think of.
STUMBLES = (ET.ParseError, ValueError, TypeError, AttributeError, LookupError, NotImplementedError, SyntaxError)
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_AFFIXES = ("prefix", "suffix", "delimiter", "sort-separator", "cite-group-delimiter")
_ARABIC = str.maketrans(",;?", "،؛؟")
#: Digits that are not for us to turn, and the ends of what links to an entry, in the private use area.
_KEPT = {0x30 + digit: 0xE100 + digit for digit in range(10)}
_BACK = {kept: digit for digit, kept in _KEPT.items()}
_START, _MIDDLE, _END = "\ue110", "\ue111", "\ue112"
_LINK = re.compile(f"{_START}(.*?){_MIDDLE}(.*?){_END}", re.DOTALL)
_OTHERS = "\ue114"
#: Ends a word that the next one is written to, such as و.
_JOINED = "\u2060"
_NAMES = re.compile(rf"{ARABIC.pattern}(?:{ARABIC.pattern}|\s)*(?<=\S)")
#: The number of an entry, where the style puts it into a column of its own.
_NUMBER = re.compile(r"^[\[(]?\d+(?:[\])]\.?|\.)(?=[^\s\d])")
_ADDRESS = re.compile(r"https?://[^\s<]+?(?=[.,،؛;]?(?:[\s<]|$))")


@dataclass(frozen=True, slots=True)
class Cite:
    """A work in a citation, with what is written before and after it, and its pages."""

    work: Work
    before: str = ""
    pages: str = ""
    after: str = ""


class Style:
    """A style in one language; works must be cited in the order of the text."""

    def __init__(
        self, text: str, language: str, numerals: str, terms: Mapping[str, str], works: Sequence[Work]
    ) -> None:
        """Read a style from the text of a `.csl` file; raises one of STUMBLES if it is none."""
        root = ET.fromstring(text)
        if root.tag != f"{CSL}style" or root.find(f"{CSL}bibliography") is None:
            message = "it is not a CSL style with a bibliography"
            raise ValueError(message)
        info = root.find(f"{CSL}info/{CSL}category[@citation-format]")
        self.is_numeric = info is not None and info.get("citation-format") == "numeric"
        self._direction = direction_in(language)
        self._numerals = numerals if self._direction == "rtl" else "latn"
        self._et_al = f" {terms['et-al']}"
        self._others = re.compile(rf"[,،]?(?:\s+(?:{re.escape(terms.get('and', 'and'))}|and|&amp;|&))?\s*{_OTHERS}")
        self._other = language_for("rtl", language)
        _localise(root, language, terms)
        self._ids = {work.key: f"work{number}" for number, work in enumerate(works)}
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of parts of items that the processor does not know
            style = CitationStylesStyle(io.BytesIO(ET.tostring(root, "utf-8")), language, validate=False)
            source = CiteProcJSON([_guarded(work.item) | {"id": self._ids[work.key]} for work in works])
            self._processor = CitationStylesBibliography(style, source, formatter.html)

    def cite(self, cites: Sequence[Cite]) -> Element:
        """Write a citation in a `span`; each work in it is a link to `#ref-KEY`."""
        citation = self.register(cites)
        return self._tree(self.isolated(str(self._processor.cite(citation, lambda _item: None))))

    def register(self, cites: Sequence[Cite]) -> Any:  # noqa: ANN401 - of a library without types
        """Count a citation that is written in another language."""
        citation = Citation([self._item(cite) for cite in cites])
        self._processor.register(citation)
        return citation

    def entry(self, work: Work) -> Element:
        """Write the entry of a work that has been cited, in a `span`."""
        item = CitationItem(self._ids[work.key])
        Citation([item]).bibliography = self._processor
        written = "".join(map(str, self._processor.style.render_bibliography([item])))
        return self._tree(_ADDRESS.sub(r'<a href="\g<0>">\g<0></a>', _NUMBER.sub(r"\g<0> ", written)))

    def number(self, work: Work) -> int:
        """Give the place of a work in the order of the citations."""
        return int(self._processor.keys.index(self._ids[work.key]))

    def digits(self, text: str) -> str:
        """Write a text in the digits of the publication."""
        return to_digits(text, self._numerals)

    def _item(self, cite: Cite) -> Any:  # noqa: ANN401 - of a library without types
        before = f"{cite.before.translate(_KEPT)}{_START}{cite.work.key.translate(_KEPT)}{_MIDDLE}"
        extra = {"locator": Locator("page", to_digits(cite.pages, "latn"))} if cite.pages else {}
        return CitationItem(self._ids[cite.work.key], prefix=before, suffix=_END + cite.after, **extra)

    def isolated(self, html: str) -> str:
        """Set Arabic names apart in a line of Latin letters, lest they draw the year to their other side."""
        if self._direction == "rtl":
            return html
        return _NAMES.sub(rf'<span dir="rtl" lang="{self._other}">\g<0></span>', html)

    def _tree(self, html: str) -> Element:
        html = self._others.sub(self._et_al, html)
        html = self.digits(html.replace(f"{_JOINED} ", "").replace(_JOINED, ""))
        html = _LINK.sub(lambda found: f'<a href="#ref-{found[1]}">{found[2]}</a>', html)
        span = from_html(html.translate(_BACK))
        span.tag = "span"
        return span


def _guarded(item: Mapping[str, Any]) -> dict[str, Any]:
    """Guard the digits of an item that an author typed for readers, and sign what stands for names left out."""
    found = dict(item)
    for name, value in item.items():
        if name in TEXTS:
            found[name] = value.translate(_KEPT)
        elif name not in NUMBERS and isinstance(value, list):
            people = [{part: text.translate(_KEPT) for part, text in person.items()} for person in value]
            found[name] = [{"literal": _OTHERS} if person.get("literal") == OTHERS else person for person in people]
    return found


def _localise(root: Element, language: str, terms: Mapping[str, str]) -> None:
    """Give a style the terms of a language, and the punctuation of its script."""
    if terms and not any(locale.get(_LANG) == language for locale in root.findall(f"{CSL}locale")):
        locale = Element(f"{CSL}locale", {_LANG: language})
        table = ET.SubElement(locale, f"{CSL}terms")
        for name, said in terms.items():
            _term(table, name, said)
        root.insert(1, locale)
    if direction_in(language) == "rtl":
        for element in root.iter():
            _mirror(element)


def _mirror(element: Element) -> None:
    """Take off an element of a style what only Latin letters have: initials, &, and their punctuation."""
    if element.tag == f"{CSL}name":
        element.attrib |= {"sort-separator": element.get("sort-separator", ", ")}
        element.attrib |= {"delimiter": element.get("delimiter", ", ")}
    for name in ("initialize-with", "initialize"):
        element.attrib.pop(name, None)
    if element.get("and") == "symbol":
        element.set("and", "text")
    for affix in _AFFIXES:
        if affix in element.attrib:
            element.set(affix, element.attrib[affix].translate(_ARABIC))


def _term(table: Element, name: str, said: str) -> None:
    bare, _, form = name.partition("/")
    ET.SubElement(table, f"{CSL}term", {"name": bare} | ({"form": form} if form else {})).text = said
