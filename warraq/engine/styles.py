"""Computed styles shared by all units of a book, where WeasyPrint 70 computes them for each document.

A style follows from what is declared for an element and from its parent's style. WeasyPrint
shares one between elements of a document that the same rules match, but neither between
pseudo-elements nor between pages, whose margin boxes have fifteen styles a page, nor between
elements that differ only by their anchor. Here those are shared too, and kept with the fonts
for the next document of the same style sheets, with what other patches keep in a style. The
pseudo-elements of notes and of list items, which WeasyPrint's own style sheet has rules for,
get styles where there are notes and list items, not at every element.

The styles of the root and the body, which WeasyPrint changes for the document that it lays
out, and those with anchors are copies: what they lack they ask of the shared one. Where
lengths in terms of the page have been asked for, nothing is kept for the next document. No
upstream issue is known.
"""

from __future__ import annotations

import inspect
import itertools
from collections.abc import Callable
from typing import Any

from weasyprint.css import ComputedStyle, InitialStyle, StyleFor

from warraq.engine.guard import wrap, written_for

SET = "b5b15856b8beff3f"
#: What the copies rely on.
RELIED_ON = {"__init__": "ffbc48647d0d85e2", "copy": "4398a49b631bf992", "__missing__": "b318d8efc8ac79d7"}
#: Styles kept for the next document.
MOST = 500
#: Properties that are set by attributes of elements, of which each has a value of its own.
ATTRIBUTES = ("lang",)
#: Pseudo-elements that only some elements have, by what tells these.
HAD_BY: dict[str, Callable[[Any], bool]] = {
    "marker": lambda style: "list-item" in style["display"],
    **dict.fromkeys(("footnote-call", "footnote-marker"), lambda style: style["float"] == "footnote"),
    **dict.fromkeys(("note-call", "note-marker", "note-callback"), lambda style: style["position"][0] == "note()"),
}


def mend() -> list[str]:
    """Wrap the method, once; give the names of those that are not the ones we know."""
    unknown = [
        f"ComputedStyle.{name}"
        for name, digest in RELIED_ON.items()
        if not written_for(inspect.unwrap(getattr(ComputedStyle, name)), digest)
    ]
    return unknown or wrap(StyleFor, "set_computed_styles", SET, _sharing)


class _Sizes(dict[str, Any]):
    """The sizes of a document's first page; knows whether they were asked for."""

    asked = False

    def __getitem__(self, key: str) -> Any:
        self.asked = True
        return super().__getitem__(key)


class _Pool(dict[Any, Any]):
    """The styles of one set of style sheets by what they follow from, and the sizes that they may ask for."""

    def __init__(self) -> None:
        super().__init__()
        self.sizes = _Sizes()


class _Own(ComputedStyle):  # type: ignore[misc]
    """The style of one element, which asks another for what it lacks."""

    def __init__(self, shared: Any, cascaded: Any) -> None:
        """Begin with all that the shared style knows."""
        self.__dict__.update(vars(shared), warraq_shared=shared, cascaded=cascaded)
        self.update(shared)

    @property
    def anonymous_style(self) -> Any:
        """The style of boxes that no element stands for, which inherit alike."""
        return vars(self)["warraq_shared"].anonymous_style

    def __missing__(self, key: str) -> Any:
        value = self[key] = vars(self)["warraq_shared"][key]
        return value


def _sharing(stock: Any) -> Any:
    def set_computed_styles(self: Any, element: Any, parent: Any, **named: Any) -> None:
        root, pseudo_type, base_url = map(named.get, ("root", "pseudo_type", "base_url"))
        styles, cascaded = self.get_computed_styles(), self.get_cascaded_styles().get((element, pseudo_type), {})
        if pseudo_type in HAD_BY and not HAD_BY[pseudo_type](styles[element, None]):
            return
        pool = _pool(self, is_new=parent is None)
        if _is_changed(cascaded):
            stock(self, element, parent, **named)
            return
        above = None if parent is None else styles[parent, None]
        top = InitialStyle(self.font_config) if parent is None else styles[root, None]
        anchor = cascaded.get("anchor")
        declared = {name: value for name, value in cascaded.items() if name != "anchor"} if anchor else cascaded
        key = (id(_shared(above)), pseudo_type, base_url, *itertools.starmap(_declaration, declared.items()))
        if key not in pool:
            pool[key] = ComputedStyle(above, declared, pseudo_type, top, base_url, self.font_config, pool.sizes)
        is_own = anchor or parent is None or parent is root
        styles[element, pseudo_type] = style = _Own(pool[key], cascaded) if is_own else pool[key]
        if anchor:
            style.pop("anchor", None)  # what the shared one has been asked: it has none
            style["anchor"] = ComputedStyle.__missing__(style, "anchor")
            if (collector := named.get("target_collector")) and style["anchor"]:
                collector.collect_anchor(style["anchor"])

    return set_computed_styles


def _is_changed(cascaded: Any) -> bool:
    """Tell whether a style is of a note in the margin, which WeasyPrint gives an anchor of its own."""
    return "position" in cascaded and cascaded["position"][0][0] == "note()"


def _pool(style_for: Any, *, is_new: bool) -> _Pool:
    """Give the styles known so far; a new document begins with those that do not depend on the last one."""
    known = vars(style_for.font_config)
    pool: _Pool | None = known.get("warraq_styles")
    if is_new or pool is None:
        if pool is None or pool.sizes.asked or len(pool) > MOST:
            pool = known["warraq_styles"] = _Pool()
        pool.sizes.update(style_for.initial_page_sizes)
        style_for.initial_page_sizes = pool.sizes
    return pool


def _shared(style: Any) -> Any:
    """Give what a style asks for what it lacks, or the style itself."""
    return None if style is None else vars(style).get("warraq_shared", style)


def _declaration(name: str, declaration: tuple[Any, Any]) -> tuple[Any, ...]:
    """Tell declarations apart: by what is declared, which style sheets hold and styles hold on to."""
    value, weight = declaration
    precedence, layer, specificity = weight
    kept = value if name in ATTRIBUTES or isinstance(value, str) else id(value)
    return name, kept, precedence, layer, *specificity
