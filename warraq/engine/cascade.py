"""Elements that are alike given styles at one stroke, pseudo-elements and all.

WeasyPrint 70 goes through all declarations that match an element, and an element and its
pseudo-elements have a hundred, before it finds out that another element, with the same parent style
and the same rules, has a style already (`css.StyleFor.__init__`). Here that is asked first.
No upstream issue is known. The method is replaced by one that gives the same styles.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import inf
from typing import Any

from weasyprint import css
from weasyprint.css import StyleFor

from warraq.engine import matching
from warraq.engine.guard import wrap

INIT = "b1e725a7552502aa"
#: A rule that matches: its weight in its style sheet, its origin, its pseudo-element, its declarations.
Rule = tuple[Any, ...]


def mend() -> list[str]:
    """Replace the method, once; give the names of those that are not the ones we know."""
    return matching.unknown() or wrap(StyleFor, "__init__", INIT, _begun)


def _begun(stock: Any) -> Any:
    del stock

    def __init__(  # noqa: N807, PLR0913, PLR0917 - stock's
        self: Any, html: Any, sheets: Any, presentational_hints: Any, font_config: Any, target_collector: Any
    ) -> None:
        self._cascaded_styles, self._computed_styles = {}, {}
        self.initial_page_sizes = {"box": None, "area": None}
        self._sheets, self.font_config = sheets, font_config
        css.PROGRESS_LOGGER.info("Step 3 - Applying CSS")
        declared = _declared(self, html, presentational_hints)
        alike: dict[Any, list[tuple[Any, Any]]] = {}
        rules = matching.rules(tuple(sheet.matcher for sheet, *_ in sheets))
        rules.begin()
        named = {"root": html.etree_element, "base_url": html.base_url, "target_collector": target_collector}
        for element in html.wrapper_element.iter_subtree():
            node, parent = element.etree_element, element.parent.etree_element if element.parent else None
            above = self._computed_styles.get((parent, None))
            found = rules.matching(element)
            matched = ((id(entry[-1]), entry[0]) for entries in found for entry in entries)
            key = (id(above), declared.get(node), *matched)
            if key not in alike:
                alike[key] = list(_styles(self, node, parent, zip(sheets, found, strict=True), named))
            self._computed_styles.update(((node, pseudo), style) for pseudo, style in alike[key])
        self._cascaded_styles.clear()

    return __init__


def _declared(style_for: Any, html: Any, presentational_hints: Any) -> dict[Any, tuple[Any, ...]]:
    """Cascade what attributes of elements declare; give the declarations by elements."""
    found = {}
    for specificity, element, declarations, base_url in css.find_style_attributes(
        html.etree_element, presentational_hints, html.base_url
    ):
        found[element] = tuple(declarations)
        made = css.preprocess_declarations(base_url, declarations)
        _cascade(style_for, (element, None), "author", (inf, specificity), made)
    return found


def _styles(style_for: Any, node: Any, parent: Any, found: Any, named: Any) -> Iterator[tuple[Any, Any]]:
    """Compute the style of an element, then those of its pseudo-elements."""
    pseudo_types: dict[Any, None] = {}
    for (sheet, origin, own_specificity), entries in found:
        for specificity, _order, pseudo_type, (declarations, layer) in entries:
            weight = inf if layer is None else sheet.layers.index(layer), own_specificity or specificity
            _cascade(style_for, (node, pseudo_type), origin, weight, declarations)
            pseudo_types[pseudo_type] = None
    style_for.set_computed_styles(node, parent=parent, **named)
    for pseudo_type in pseudo_types:
        if pseudo_type:
            style_for.set_computed_styles(node, pseudo_type=pseudo_type, parent=node, **named)
    computed = style_for.get_computed_styles()
    yield from ((name, computed[node, name]) for name in (None, *pseudo_types) if (node, name) in computed)


def _cascade(style_for: Any, place: Any, origin: str, weight: Any, declarations: Any) -> None:
    """Let declarations of some weight take the places of lighter ones."""
    style = style_for.get_cascaded_styles().setdefault(place, {})
    for name, values, importance in declarations:
        whole = (css.declaration_precedence(origin, importance), *weight)
        before = style.get(name)
        if before is None or before[1] <= whole:
            style[name] = values, whole
