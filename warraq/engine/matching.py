"""Which rules match an element, found at little cost where another element was alike.

cssselect2 0.10 tries for each element, in each of eight style sheets, all selectors that no name,
class or id leads to, and those that one does lead to (`Matcher.match`). Nearly all of them ask for
names and attributes alone, of the element and of those around it. Their answers are kept by
these, for all documents of the same style sheets; those that ask for siblings, children or
places are tried each time. No upstream issue is known.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from types import CodeType
from typing import Any

from weasyprint.css import cssselect2

from warraq.engine.guard import written_for

KNOWN = (
    (cssselect2.Matcher.match, "f7a761027c24ba61"),
    (cssselect2.Matcher.add_relevant_selectors, "dc6060bb377bdeb1"),
    (cssselect2.compiler.CompiledSelector.__init__, "0ffdd24204c5cdc1"),
)
#: Names in the code of a compiled selector that asks for nothing but names and attributes.
ASKED = frozenset({
    *("local_name", "namespace_url", "in_html_document", "classes", "id", "etree_element", "attrib", "get", "tag"),
    *("lower", "startswith", "endswith", "split_whitespace", "ascii_lower", "parent", "ancestors", "any", "next"),
})  # fmt: skip
#: Kinds of elements kept; a chapter has some hundred.
MOST = 4000
#: A selector as a matcher keeps it: its test, its specificity, its place, its pseudo-element, its declarations.
Entry = tuple[Any, ...]


def unknown() -> list[str]:
    """Name the functions of cssselect2 that are not the ones we know."""
    return [f"cssselect2.{function.__qualname__}" for function, digest in KNOWN if not written_for(function, digest)]


@functools.lru_cache(maxsize=8)
def rules(matchers: tuple[Any, ...]) -> Rules:
    """Give the selectors of some style sheets, with what is known of them from earlier documents."""
    return Rules(matchers)


class Rules:
    """The selectors of some style sheets, and what they gave for elements of each kind.

    The kind of an element is its own name, its attributes that selectors ask for, and its parent's kind.
    """

    def __init__(self, matchers: tuple[Any, ...]) -> None:
        """Find what attributes they ask for."""
        self._matchers = matchers
        codes = [code for matcher in matchers for entry in _entries(matcher) for code in _codes(entry[0].__code__)]
        texts = {text for code in codes for text in code.co_consts if isinstance(text, str)}
        self._names = texts | {"class", "lang"} | ({"id"} if any("id" in code.co_names for code in codes) else set())
        self._kinds: dict[Any, int] = {}
        self._found: list[list[tuple[list[Entry], list[Entry]]]] = []

    def begin(self) -> None:
        """Begin a document; what is known is forgotten where it has become much."""
        if len(self._kinds) > MOST:
            self._kinds.clear()
            self._found.clear()

    def matching(self, element: Any) -> list[list[Entry]]:
        """Give the entries that match an element for each style sheet, by rising specificity, without their tests.

        Its parent has been asked about before.
        """
        above = -1 if element.parent is None else element.parent.warraq_kind
        attributes = [pair for pair in element.etree_element.attrib.items() if pair[0] in self._names]
        look = above, element.etree_element.tag, *attributes
        kind = self._kinds.get(look)
        if kind is None:
            kind = self._kinds[look] = len(self._found)
            self._found.append([_parted(matcher, element) for matcher in self._matchers])
        element.warraq_kind = kind
        return [_joined(element, *found) for found in self._found[kind]]


def _joined(element: Any, settled: list[Entry], tried: list[Entry]) -> list[Entry]:
    more = [entry[1:] for entry in tried if entry[0](element)]
    return sorted([*settled, *more]) if more else settled


def _parted(matcher: Any, element: Any) -> tuple[list[Entry], list[Entry]]:
    """Give the entries that match all elements of the kind of one, and those that are to be tried with each."""
    entries = list(_led_to(matcher, element))
    settled = sorted(entry[1:] for entry in entries if _is_of_kinds(entry) and entry[0](element))
    return settled, [entry for entry in entries if not _is_of_kinds(entry)]


def _led_to(matcher: Any, element: Any) -> Iterator[Entry]:
    """Give the selectors that the id, the classes, the name and the namespace of an element lead to, and the rest."""
    yield from matcher.id_selectors.get(element.id, ())
    for name in element.classes:
        yield from matcher.class_selectors.get(name, ())
    yield from matcher.lower_local_name_selectors.get(element.local_name.lower(), ())
    yield from matcher.namespace_selectors.get(element.namespace_url, ())
    if "lang" in element.etree_element.attrib:
        yield from matcher.lang_attr_selectors
    yield from matcher.other_selectors


def _entries(matcher: Any) -> Iterator[Entry]:
    """Give all selectors of a style sheet."""
    names = ("id_selectors", "class_selectors", "lower_local_name_selectors", "namespace_selectors")
    for name in names:
        for entries in getattr(matcher, name).values():
            yield from entries
    yield from matcher.lang_attr_selectors
    yield from matcher.other_selectors


def _is_of_kinds(entry: Entry) -> bool:
    """Tell whether a selector gives one answer for all elements of a kind."""
    return all(ASKED.issuperset(code.co_names) for code in _codes(entry[0].__code__))


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _codes(inner)
