"""Calls of notes that lead to their notes, and back.

WeasyPrint 70 makes links of `<a>` elements alone (`html.handle_a`), and the calls and
markers of notes are made by style sheets (`formatting_structure.build.make_box`). No
upstream issue is known. The function is wrapped: the box of a call gets a link to the note,
and a place of its own, which the marker of the note leads back to.
"""

from __future__ import annotations

from typing import Any

from weasyprint.formatting_structure import build

from warraq.engine.guard import wrap

MAKE = "197b63dcf2afeaa6"
CALL, MARKER = "::footnote-call", "::footnote-marker"
#: Of a note whose call stands elsewhere.
UNCALLED = "uncalled"


def mend() -> list[str]:
    """Wrap the function, once; give its name if it is not the one we know."""
    return wrap(build, "make_box", MAKE, _linked)


def _linked(stock: Any) -> Any:
    def make_box(element_tag: str, style: Any, content: Any, element: Any) -> Any:
        is_call = element_tag.endswith(CALL)
        if not (is_call or element_tag.endswith(MARKER)):
            return stock(element_tag, style, content, element)
        note = element.get("id")
        if not note or UNCALLED in element.get("class", "").split():
            return stock(element_tag, style, content, element)
        place = f"{note}-call"
        if is_call:
            style = style.copy()
            style["anchor"] = place
        box = stock(element_tag, style, content, element)
        box.link = ("url", ("internal", note if is_call else place))
        return box

    return make_box
