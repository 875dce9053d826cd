"""What stands on a page but is no content of the publication: artifacts (ISO 32000-1 §14.8.2.2).

Running heads and folios, leaders, the head of a table where it is repeated, and pictures that
say nothing. WeasyPrint 70 tags them as content (`pdf.stream.Stream.marked`), running heads
even outside of the structure tree. No upstream issue is known. The function is wrapped: boxes
that `designate` marked are drawn as artifacts.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pydyf
from weasyprint.formatting_structure import boxes
from weasyprint.pdf import stream

from warraq.engine.guard import wrap
from warraq.engine.structure import alternative
from warraq.engine.walks import placed

MARKED = "3fa3acacbbf66422"
#: Of margin boxes at the head of a page; others are footers.
HEAD = "@top"


def mend() -> list[str]:
    """Wrap the function, once; give its name if it is not the one we know."""
    return wrap(stream.Stream, "marked", MARKED, _discerning)


def _discerning(stock: Any) -> Any:
    def marked(self: Any, box: Any, tag: str) -> AbstractContextManager[None]:
        known = vars(box)
        if self._tags is None:
            untagged: AbstractContextManager[None] = stock(self, box, tag)
            return untagged
        if (kind := known.get("artifact")) is None:
            found = _Marked(self, box, tag)
            return _cited(self, box, found) if "cited" in known else found
        return _moving(self, kind, box) if hasattr(box, "folio") else _artifact(self, kind)

    return marked


class _Marked:
    """Content marked as stock does it, in a third of the time."""

    __slots__ = ("_box", "_drawn", "_tag")

    def __init__(self, drawn: Any, box: Any, tag: str) -> None:
        self._drawn, self._box, self._tag = drawn, box, tag

    def __enter__(self) -> None:
        tags, tag = self._drawn._tags, self._tag  # noqa: SLF001 - stock's
        mcid = len(tags)
        tags[self._box] = {"tag": tag, "mcid": mcid}
        self._drawn.stream += (b"/" + tag.encode(), b"<</MCID %d>>" % mcid, b"BDC")

    def __exit__(self, *_error: object) -> None:
        self._drawn.stream.append(b"EMC")


@contextmanager
def _artifact(drawn: Any, kind: dict[str, str]) -> Iterator[None]:
    pydyf.Stream.begin_marked_content(drawn, "Artifact", pydyf.Dictionary(kind) if kind else None)
    try:
        yield
    finally:
        pydyf.Stream.end_marked_content(drawn)


@contextmanager
def _cited(drawn: Any, box: Any, stock: AbstractContextManager[None]) -> Iterator[None]:
    """Draw a page number amid the text, and hand it over."""
    start = len(drawn.stream)
    with stock:
        yield
    box.cited[0].keep(drawn, box, start)


@contextmanager
def _moving(drawn: Any, kind: dict[str, str], box: Any) -> Iterator[None]:
    """Draw a page number in a state of its own, and hand it over; it stays where it cannot move."""
    folios, page = box.folio
    start = len(drawn.stream)
    drawn.push_state()
    drawn._current_color = drawn._current_alpha = drawn._current_font = None  # noqa: SLF001 - what it was drawn in is not kept
    with _artifact(drawn, kind):
        yield
    drawn.pop_state()
    if folios.keep(page, drawn, box, drawn.stream[start:]):
        del drawn.stream[start:]


def designate(pages: list[Any]) -> None:
    """Mark the boxes of laid-out pages that are to be drawn as artifacts."""
    heads: set[int] = set()
    for page in pages:
        for child in page._page_box.children:  # noqa: SLF001 - there is no public way to the boxes
            if isinstance(child, boxes.MarginBox):
                side = "Header" if child.at_keyword.startswith(HEAD) else "Footer"
                _mark(child, {"Type": "/Pagination", "Subtype": f"/{side}"})
            else:
                _search(child, heads)


def _search(box: Any, heads: set[int]) -> None:
    """Find artifacts among the content; `heads` are the table heads met so far."""
    box = placed(box)
    ornament = isinstance(box, boxes.ReplacedBox) and not alternative(box.element)
    if ornament or box.is_leader or (isinstance(box, boxes.TableRowGroupBox) and is_repeated(box, heads)):
        _mark(box, {})
        return
    for child in box.children:
        # Most boxes are text.
        if type(child) is not boxes.TextBox or child.is_leader:
            _search(child, heads)


def is_repeated(box: Any, heads: set[int]) -> bool:
    """Tell whether this is a table's head or foot that an earlier page has shown."""
    if not (getattr(box, "is_header", False) or getattr(box, "is_footer", False)):
        return False
    if id(box.element) in heads:
        return True
    heads.add(id(box.element))
    return False


def _mark(box: Any, kind: dict[str, str]) -> None:
    box = placed(box)
    box.artifact = kind
    for child in getattr(box, "children", ()):
        _mark(child, kind)
