"""What is copied out of a PDF is what was written: each page read back and compared with the Document.

The words of the Document are dealt out to pages by where pages begin (`PageStart`). A word
counts as found on its page or on one beside it, a note's word on any page, for notes run on
and may stand at the end. Code and formulas are left out: lines of code are parted where they
end, and formulas are drawn.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from warraq.arabic.folding import MARKS, words
from warraq.diagnostics import Diagnostic, Place, isolate
from warraq.document import Chapter, Document
from warraq.editions import Artifact, PageStart
from warraq.manuscript import Manuscript

#: Of one edition; what is beyond is only counted.
MOST = 20
_CODE = {"pre", "code", "kbd", "samp"}
_INLINE = {
    *("a", "abbr", "b", "bdi", "bdo", "cite", "del", "dfn", "em", "i", "ins", "mark", "q", "s", "small"),
    *("span", "strong", "sub", "sup", "time", "u", "var"),
}
_LINES = {"hemistich", "footer", "margin-note"}
_HYPHENATED = re.compile("[-\u00ad\u2010\u0002\ufffe]\\s*\n")
_LATIN = "A-Za-z\u00c0-\u024f"
_ONE_SCRIPT = re.compile(rf"\d+|[{_LATIN}]+|[^\d{_LATIN}]+")
_MARKS = re.compile(f"[{MARKS}]{{2,}}")
_UNSEEN = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


@dataclass(slots=True)
class Sheet:
    """A page of a PDF with what can be copied from it, and what should be there.

    `label` is its page label. `joined` is all that is found without blanks: where readers put
    those is their own affair.
    """

    label: str
    text: str
    expected: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    joined: str = ""

    def __post_init__(self) -> None:
        """Count the words that are found, and join them."""
        words_found = _words(_HYPHENATED.sub("", self.text))
        self.found.update(words_found)
        self.joined = "".join(words_found)

    def expect(self, text: str) -> None:
        """Add a piece of the Document to what should be on the page."""
        self.expected.update(_words(text))

    def surplus(self, word: str) -> int:
        """Tell how often a word is found beyond what is expected."""
        return self.found[word] - self.expected[word]


def sheets(data: bytes) -> list[Sheet]:
    """Read the pages of a PDF."""
    from warraq.engine import readback  # noqa: PLC0415 - PDFium is loaded only where it is needed

    return [Sheet(label, text) for label, text in readback.pages(data)]


def check(manuscript: Manuscript, document: Document, artifact: Artifact, pages: Sequence[Sheet]) -> list[Diagnostic]:
    """Report the words of a Document that do not come back from the pages of a PDF edition."""
    at = {sheet.label: index for index, sheet in enumerate(pages)}
    everywhere = Counter(word for sheet in pages for word in sheet.found)
    faults: list[Diagnostic] = []
    for chapter in document.chapters:
        starts = [start for start in artifact.starts if start.unit == chapter.id and _label(start) in at]
        own = [at[_label(start)] for start in starts]
        for page, text in zip(own, _dealt(chapter, starts), strict=True):
            pages[page].expect(text)
        lost = [(page, word) for page in own for word in _lost(pages, page)]
        lost += [(own[-1], word) for word in _lost_in_notes(chapter, everywhere) if own]
        faults += [_fault(manuscript, chapter, word, pages[page].label, artifact.name) for page, word in lost]
    return _shortened(faults, artifact.name)


def _label(start: PageStart) -> str:
    """Give the page label of a page: body pages have theirs in Latin digits (`finish.page_labels`)."""
    return start.folio if start.name.startswith("i") else start.name


def _dealt(chapter: Chapter, starts: Sequence[PageStart]) -> Iterator[str]:
    """Part the text of a chapter at the places where its pages begin."""
    text, places = _linear(chapter)
    # A later page that begins with no element of the text has what templates add after it.
    cuts = [len(text) if at and start.element is None else _cut(start, places) for at, start in enumerate(starts)]
    for begin, end in zip(cuts, [*cuts[1:], len(text)], strict=True):
        yield text[begin:end]


def _linear(chapter: Chapter) -> tuple[str, dict[int, list[tuple[int, str]]]]:
    """Give the text of a chapter, and by element of its body where the pieces of the element's own text stand."""
    pieces = [_text(chapter.heading), "\n"]
    places: dict[int, list[tuple[int, str]]] = {}
    length = sum(map(len, pieces))
    numbers = {element: number for number, element in enumerate(chapter.body.iter())}
    for element, text, is_compared in _flow(chapter.body):
        places.setdefault(numbers[element], []).append((length, text))
        if is_compared:
            pieces.append(text)
            length += len(text)
    return "".join(pieces), places


def _text(tree: Element) -> str:
    return "".join(text for _element, text, is_compared in _flow(tree) if is_compared)


def _flow(tree: Element, *, is_compared: bool = True) -> Iterator[tuple[Element, str, bool]]:
    """Give the pieces of text in a tree with the elements whose own they are, and if they are to be compared."""
    if "note-call" in tree.get("class", "") or tree.tag in {"svg", "math"}:
        return
    is_compared = is_compared and tree.tag not in _CODE
    is_apart = tree.get("class") in _LINES
    yield tree, f"\n{tree.text or ''}" if is_apart else tree.text or "", is_compared
    for child in tree:
        yield from _flow(child, is_compared=is_compared)
        yield tree, child.tail or "", is_compared
    if tree.tag not in _INLINE or is_apart:
        yield tree, "\n", True


def _cut(start: PageStart, places: dict[int, list[tuple[int, str]]]) -> int:
    """Find where in the text of a chapter a page begins: so many characters into an element's own text."""
    if start.element is None:
        return 0
    left = start.offset
    for position, text in places.get(start.element, ()):
        for index, character in enumerate(text):
            if not character.isspace():
                if not left:
                    return position + index
                left -= 1
    return places[start.element][-1][0] if places.get(start.element) else 0


def _lost(sheets: Sequence[Sheet], page: int) -> Iterator[str]:
    """Give the words of a page that are found neither there nor on a page beside it."""
    sheet = sheets[page]
    beside = [sheets[at] for at in (page - 1, page + 1) if 0 <= at < len(sheets)]
    for word, lacking in (sheet.expected - sheet.found).items():
        is_there = any(word in other.joined for other in (sheet, *beside))
        if not is_there and lacking > sum(max(0, other.surplus(word)) for other in beside):
            yield word


def _lost_in_notes(chapter: Chapter, everywhere: Counter[str]) -> Iterator[str]:
    for note in chapter.notes:
        yield from (word for word in _words(_text(note.body)) if not everywhere[word])


def _words(text: str) -> list[str]:
    """Give the words of a text as they are compared: in compatibility form, as PDFium has them, and bare.

    Scripts and digits are words apart, for PDFium moves digits of foreign words (`UTF-8` in
    a line of Arabic is `8UTF`); single foreign letters may belong to such a word. Of the
    order in which it has the marks of a letter nothing is said.
    """
    plain = unicodedata.normalize("NFKC", _UNSEEN.sub("", text))
    plain = _MARKS.sub(lambda marks: "".join(sorted(marks[0])), plain)
    parts = (part for word in words(plain) for part in _ONE_SCRIPT.findall(word))
    return [part for part in parts if len(part) > 1 or not part.isascii() or part.isdigit()]


def _fault(manuscript: Manuscript, chapter: Chapter, word: str, page: str, name: str) -> Diagnostic:
    source = next((source for source in manuscript.sources if source.name == chapter.place.file), None)
    place = (source.find(word) if source else None) or Place(chapter.place.file)
    return Diagnostic(
        "W406", f"{isolate(word)} is copied from page {page} of {name} as something else", place,
        "a font whose glyphs cannot be told apart by letters may be why",
    )  # fmt: skip


def _shortened(faults: list[Diagnostic], name: str) -> list[Diagnostic]:
    faults = list(dict.fromkeys(faults))
    if len(faults) <= MOST:
        return faults
    return [*faults[:MOST], Diagnostic("W406", f"{len(faults) - MOST} more words are copied from {name} as others")]
