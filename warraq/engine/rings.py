"""Rings of objects that hold each other, cut when a unit is done: Python frees the rest by itself at once.

Its collector, which alone finds rings, would have to go through all that a unit is made of: a
fortieth of the time of a build. Of WeasyPrint 70's there are three that hold nearly all of it.

* `LayoutContext` holds a function that holds it, and with it boxes and styles; only pictures ask it
  for something after the layout (`layout.layout_document`, which is wrapped);
* the area of notes holds the page that it stands on;
* a drawn SVG picture holds the stream that it was drawn on, which holds all boxes drawn there.

No upstream issue is known. What is left is collected now and then (`tasks`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from weasyprint import document
from weasyprint.pdf.stream import Stream

from warraq.engine.guard import wrap

LAYOUT = "a5cbf437e99caf72"
#: What pictures ask a context for.
ASKED = frozenset({"get_image_from_uri", "font_config", "dictionaries"})


def mend() -> list[str]:
    """Wrap the function, once; give its name if it is not the one we know."""
    return wrap(document, "layout_document", LAYOUT, _parted)


def cut(objects: list[Any]) -> None:
    """Take the streams apart among the objects of a PDF that nobody needs any more."""
    for thing in objects:
        if isinstance(thing, Stream):
            vars(thing).clear()


def _parted(stock: Any) -> Any:
    def layout_document(html: Any, root_box: Any, context: Any, *rest: Any) -> Iterator[Any]:
        for page in stock(html, root_box, context, *rest):
            for area in page.children:
                vars(area).pop("page", None)
            yield page
        for name in vars(context).keys() - ASKED:
            delattr(context, name)

    return layout_document
