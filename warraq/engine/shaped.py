"""Lines of text shaped once, where WeasyPrint 70 shapes them up to five times.

`text.line_break` makes a Pango layout of a line to find its end, another to measure it, and
another to draw it, each with a context and a font description of its own; lines that are
laid out again, as those beside notes are, go through all of it again. What Pango makes of a
text depends on the text and on some properties of its style alone (`warraq.engine.settings`).
So here

* `Layout.setup` takes context and font description from the setting of the style;
* `Layout.deactivate` keeps the Pango layout of a line that is shaped to its end;
* `first_line_metrics` and `Layout.setup`, when a line is to be drawn, look for the kept one.

A kept layout is given out to one taker, who may change it. What is drawn is the same, byte
for byte. Slowness is known upstream (issue #578 and others); no issue is about this.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

from weasyprint.text import line_break
from weasyprint.text.ffi import FROM_UNITS, gobject, pango
from weasyprint.text.ffi import ffi as pango_ffi
from weasyprint.text.line_break import Layout

from warraq.engine.guard import wrap, written_for
from warraq.engine.settings import attributes, setting

#: Lines kept until they are drawn: those of some dozen pages, in about 10 MB.
MOST = 2048
DIGESTS = {
    "setup": "fb227a55094f41d4",
    "set_text": "fe23ca9937dbf520",
    "get_first_line": "bb65cbda0e27f135",
    "deactivate": "bfec3ec8406e1c82",
    "first_line_metrics": "55ec5d0b58b29a8b",
}


class _Kept:
    """Shaped layouts by setting and text, the longest kept first."""

    def __init__(self) -> None:
        self.layouts = OrderedDict[tuple[int, str], Any]()

    def put(self, key: int, text: str, layout: Any) -> None:
        self.layouts[key, text] = layout
        if len(self.layouts) > MOST:
            self.layouts.popitem(last=False)

    def take(self, key: int, text: str) -> Any:
        return self.layouts.pop((key, text), None)


kept = _Kept()


def mend() -> list[str]:
    """Wrap the functions, all or none; give the names of those that are not the ones we know."""
    methods = {"setup": _set_up, "set_text": _set_text, "get_first_line": _first_line, "deactivate": _deactivated}
    unknown = [name for name in methods if not written_for(_stock(Layout, name), DIGESTS[name])]
    metrics = "first_line_metrics"
    if not written_for(_stock(line_break, metrics), DIGESTS[metrics]):
        unknown.append(metrics)
    if unknown:
        return [f"weasyprint.text.line_break.{name}" for name in unknown]
    for name, wrapper in methods.items():
        wrap(Layout, name, DIGESTS[name], wrapper)
    return wrap(line_break, metrics, DIGESTS[metrics], _measured)


def _stock(owner: Any, name: str) -> Any:
    """Give a function without the patches that it wears."""
    function = getattr(owner, name)
    while hasattr(function, "__wrapped__"):
        function = function.__wrapped__
    return function


def _set_up(stock: Any) -> Any:
    def setup(self: Any, style: Any) -> None:
        found = self.setting = setting(style)
        self.shaped, self.has_lines = None, False
        if found is None:
            stock(self, style)
            return
        self.style, self.language, self.first_line_direction = style, found.language, 0
        vars(self).update(found.decoration)
        # A layout that has a text before it is set up is about to be drawn.
        text = vars(self).get("text")
        self.is_drawn = text is not None
        self.layout = kept.take(found.key, text) if text is not None else None
        if self.layout:
            self.shaped, self.has_lines = text, True
        else:
            self.layout = pango_ffi.gc(pango.pango_layout_new(found.context), gobject.g_object_unref)
            pango.pango_layout_set_auto_dir(self.layout, 0)
            pango.pango_layout_set_font_description(self.layout, found.description)
            if found.attributes:
                pango.pango_layout_set_attributes(self.layout, found.attributes)

    return setup


def _set_text(stock: Any) -> Any:
    def set_text(self: Any, text: str, justify: bool = False) -> None:  # noqa: FBT001, FBT002 - stock's
        spaced = justify and self.justification_spacing
        if self.shaped == text and not spaced:
            return
        if self.setting and self.setting.features and (spaced or self.setting.is_changing):
            # An equal list is not taken, so the shared one is to be put away first.
            pango.pango_layout_set_attributes(self.layout, pango_ffi.NULL)
            pango.pango_layout_set_attributes(self.layout, attributes(self.setting.features))
        stock(self, text, justify)
        self.has_lines = False
        plain = self.setting and not spaced and self.text == text and "\n" not in text and "\t" not in text
        self.shaped = text if plain else None

    return set_text


def _first_line(stock: Any) -> Any:
    def get_first_line(self: Any) -> Any:
        first_line, index = stock(self)
        self.has_lines = True
        if index is not None:
            self.shaped = None
        return first_line, index

    return get_first_line


def _deactivated(stock: Any) -> Any:
    def deactivate(self: Any) -> None:
        # A layout that nobody asked for its lines has none: the one that is kept is better.
        if self.shaped and self.has_lines and not self.is_drawn:
            kept.put(self.setting.key, self.shaped, self.layout)
        stock(self)

    return deactivate


def _measured(stock: Any) -> Any:
    def first_line_metrics(  # noqa: PLR0913, PLR0917 - stock's
        first_line: Any,
        text: str,
        layout: Any,
        resume_at: int | None,
        space_collapse: bool,  # noqa: FBT001 - stock's
        style: Any,
        hyphenated: bool = False,  # noqa: FBT001, FBT002 - stock's
        *rest: Any,
    ) -> Any:
        if not resume_at or hyphenated or layout.setting is None:
            return stock(first_line, text, layout, resume_at, space_collapse, style, hyphenated, *rest)
        line = text.encode()[: first_line.length].decode()
        line = line.rstrip(" ") if space_collapse else line
        if layout.shaped != line:
            found = kept.take(layout.setting.key, line)
            if found is None:
                return stock(first_line, text, layout, resume_at, space_collapse, style, hyphenated, *rest)
            layout.layout, layout.text, layout.shaped, layout.has_lines = found, line, line, True
        return measured(layout, style, resume_at)

    return first_line_metrics


def measured(layout: Any, style: Any, resume_at: int | None) -> tuple[Any, int, int | None, float, float, float]:
    """Give what `first_line_metrics` gives of a layout that holds the line alone."""
    first_line, _index = layout.get_first_line()
    width, height = line_break.line_size(first_line, style)
    baseline = pango.pango_layout_get_baseline(layout.layout) * FROM_UNITS
    length = first_line.length
    layout.deactivate()
    return layout, length, resume_at, width, height, baseline
