"""Page numbers in the text: contents, cross-references, indexes.

An empty link of the class `page-ref` gets the folio of the page that it leads to. Which
page that is, is known when all is laid out; what is laid out depends on it in turn. So
units with such links are laid out again for as long as a number in them changes its length,
or changes at all where it cannot be changed by itself (`cited`).

    <span class="page-refs" lang="ar" data-comma="، " data-range="–"><a class="page-ref" …></a>…</span>

is the list of places of an index: pages in their order, each once, pages of the body that
follow each other as a range, which runs as the language has it. A link of the class `main`
too keeps its page out of ranges.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from warraq.arabic.digits import abjad, to_digits
from warraq.arabic.numbers import RANGES_RIGHTWARDS
from warraq.engine.strings import MOST_CITED, MOST_DIGITS

REFERENCE = re.compile(r'<a\b[^>]*\bclass="[^"]*\bpage-ref\b[^"]*"[^>]*></a>')
_LIST = re.compile(r'(<span\b[^>]*\bclass="[^"]*\bpage-refs\b[^"]*"[^>]*>)(.*?)</span>', re.DOTALL)
_TARGET = re.compile(r'\bhref="#([^"]*)"')
_MAIN = re.compile(r'\bclass="[^"]*\bmain\b')
#: What stands where a number is not known yet: as wide as most are.
UNKNOWN, EIGHT = 888, "8"
ABJAD_LIMIT = 1999


@dataclass(frozen=True, slots=True)
class Numbering:
    """The indexes of pages by the ids on them, how many of them are front matter, and the digits."""

    pages: Mapping[str, int]
    front: int
    numerals: str

    def page(self, link: str) -> int | None:
        """Give the index of the page that a link leads to, if it is known."""
        target = _TARGET.search(link)
        return self.pages.get(html.unescape(target[1])) if target else None

    def folio(self, link: str) -> str:
        """Give the folio for an empty link."""
        return folio(self.page(link), self.front, self.numerals)


def has_references(text: str) -> bool:
    """Tell whether a unit's HTML asks for a page number."""
    return "page-ref" in text and REFERENCE.search(text) is not None


def knows(text: str, pages: Mapping[str, int]) -> bool:
    """Tell whether all pages are known that a unit's HTML asks for."""
    targets = (_TARGET.search(link) for link in REFERENCE.findall(text))
    return all(html.unescape(target[1]) in pages for target in targets if target)


@dataclass(frozen=True, slots=True)
class Filled:
    """A unit's HTML with its page numbers, or with as many eights and the numbers by their index."""

    html: str
    cited: tuple[str, ...] = ()


def filled(text: str, numbering: Numbering, *, is_fixed: bool = False) -> Filled:
    """Put folios into a unit's HTML, and join those that stand in a list.

    Numbers in digits are told apart (`cited`) unless they are to be fixed.
    """
    cited: list[str] = []

    def fill(found: re.Match[str]) -> str:
        if not _TARGET.search(found[0]):
            return found[0]
        number = numbering.folio(found[0])
        if is_fixed or not number.isdecimal() or len(number) > MOST_DIGITS or len(cited) == MOST_CITED:
            return found[0].replace("></a>", f">{number}</a>")
        cited.append(number)
        eights = to_digits(EIGHT * len(number), numbering.numerals)
        return found[0].replace("></a>", f' data-folio="{len(cited) - 1}">{eights}</a>')

    if "page-refs" in text:
        text = _LIST.sub(lambda found: _joined(found[1], REFERENCE.findall(found[2]), numbering), text)
    return Filled(REFERENCE.sub(fill, text), tuple(cited))


def _joined(opening: str, links: Sequence[str], numbering: Numbering) -> str:
    """Write a list of pages: each once, and runs of pages as ranges; nothing is joined before all are known."""
    found = [(page, link) for link in links if (page := numbering.page(link)) is not None]
    if len(found) < len(links):
        runs = [[link] for link in links]
    else:
        pages = [_chief([link for _, link in same]) for _, same in groupby(sorted(found), lambda one: one[0])]
        runs = list(_runs(pages, numbering))
    comma, dash = (_attribute(opening, name) for name in ("data-comma", "data-range"))
    turned = ' dir="ltr"' if _attribute(opening, "lang").partition("-")[0] in RANGES_RIGHTWARDS else ""
    ranges = [f"<bdi{turned}>{run[0]}{dash}{run[-1]}</bdi>" if len(run) > 1 else run[0] for run in runs]
    # A space of its own goes whole at the end of a line: one that ends a text leaves the comma over its number.
    between = f"<span>{comma.rstrip()}</span> " if comma.endswith(" ") else comma
    return f"{opening}{between.join(ranges)}</span>"


def _chief(links: Sequence[str]) -> str:
    """Choose among links to one page: the chief place of the term, else the first."""
    return next((link for link in links if _MAIN.search(link)), links[0])


def _runs(links: Sequence[str], numbering: Numbering) -> Iterator[list[str]]:
    """Part links to rising pages into runs: each page follows the one before, and stands in the body."""
    run: list[str] = []
    for link in links:
        if run and not _follows(run[-1], link, numbering):
            yield run
            run = []
        run.append(link)
    if run:
        yield run


def _follows(first: str, second: str, numbering: Numbering) -> bool:
    before, after = numbering.page(first), numbering.page(second)
    plain = not (_MAIN.search(first) or _MAIN.search(second))
    return plain and before is not None and before >= numbering.front and after == before + 1


def _attribute(opening: str, name: str) -> str:
    found = re.search(rf'\b{name}="([^"]*)"', opening)
    return found[1] if found else ""


def folio(index: int | None, front: int, numerals: str) -> str:
    """Write the number of the page with that index as it is printed: abjad in front, then digits."""
    if index is None:
        return to_digits(UNKNOWN, numerals)
    number = page_number(index, front)
    return abjad(min(number, ABJAD_LIMIT)) if index < front else to_digits(number, numerals)


def page_number(index: int, front: int) -> int:
    """Give the number of the page with that index: front matter and body count from 1."""
    return index + 1 if index < front else index - front + 1
