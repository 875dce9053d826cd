"""Where each printed page begins, in terms of the Document: for page lists of other editions.

The composition numbers the elements of a chapter's body (`data-n`), and the boxes of a
laid-out page know their elements. A page begins with its first box of text or first
picture; how far into its element that is, is told by the text of the element that stood
on earlier pages. Blanks are not counted, for layout drops and joins them; neither is what
style sheets add, nor a table's head where it is repeated. So the place is exact, to the
word, inside paragraphs too. A page without text of the publication (a blank one, or one
that holds but the end of a long note) has no start.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from warraq.engine.artifacts import is_repeated
from warraq.engine.record import Start
from warraq.engine.structure import source_length


def read_starts(pages: list[Any]) -> tuple[Start, ...]:
    """Tell what each of WeasyPrint's pages begins with; pages without text are left out."""
    reader = _Reader()
    starts: list[Start] = []
    for index, page in enumerate(pages):
        reader.first = None
        for box in page._page_box.children:  # noqa: SLF001 - there is no public way to the boxes
            if box.element is not None and box.element_tag == "html":
                reader.read(box, "", None)
        if reader.first:
            starts.append((index, reader.first))
    return tuple(starts)


@dataclass(slots=True)
class _Reader:
    """Reads the boxes of all pages in order, and notes what each page has first."""

    first: tuple[str, int | None, int] | None = None
    read_before: Counter[int] = field(default_factory=Counter)
    heads: set[int] = field(default_factory=set)

    def read(self, box: Any, unit: str, numbered: Any) -> None:
        """Read a box and all within it; `numbered` is the nearest element with a number."""
        element, tag = box.element, box.element_tag or ""
        if "::" in tag or is_repeated(box, self.heads):
            return
        if element is not None and not isinstance(element, str):
            if element.tag == "section" and "id" in element.attrib:
                unit, numbered = element.attrib["id"], None
            elif "data-n" in element.attrib:
                numbered = element
        if hasattr(box, "text"):
            self._meet(unit, numbered, element, source_length(box))
        elif hasattr(box, "replacement"):
            self._meet(unit, numbered, element, 1)
        else:
            for child in getattr(box, "children", ()):
                self.read(child, unit, numbered)

    def _meet(self, unit: str, numbered: Any, element: Any, length: int) -> None:
        if not length or not unit:
            return
        if self.first is None:
            number = None if numbered is None else int(numbered.attrib["data-n"])
            self.first = (unit, number, self.read_before[id(element)] if element is numbered else 0)
        self.read_before[id(element)] += length
