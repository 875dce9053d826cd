"""Questions that WeasyPrint 70 asks of every box many times, answered in fewer steps.

`Box.descendants` goes through a tree by a generator in a generator for each level, so that
each box is handed up as many times as it is deep; one with a stack gives the same boxes in
the same order. `Box.is_in_normal_flow` asks five methods where nearly all boxes are told by
two properties. `anchors.gather_anchors` asks each for links, forms and bookmarks, which a piece
of text has none of. No upstream issue is known.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from weasyprint import anchors
from weasyprint.formatting_structure.boxes import Box, TextBox
from weasyprint.layout.absolute import AbsolutePlaceholder

from warraq.engine.guard import wrap_all

DESCENDANTS, IN_FLOW, ANCHORS = "c15a877f61361343", "5f49d6ab23da7e51", "373f8c676f27da3b"
IN_PLACE = frozenset({"static", "relative"})


def mend() -> list[str]:
    """Wrap the methods, once; give the names of those that are not the ones we know."""
    return wrap_all(
        (Box, "descendants", DESCENDANTS, _by_a_stack),
        (Box, "is_in_normal_flow", IN_FLOW, _by_two_properties),
        (anchors, "gather_anchors", ANCHORS, _but_of_text),
    )


def placed(box: Any) -> Any:
    """Give the box itself where there is a placeholder for one that is positioned absolutely."""
    return box._box if isinstance(box, AbsolutePlaceholder) else box  # noqa: SLF001 - there is no other way to it


def _by_a_stack(stock: Any) -> Any:
    del stock

    def descendants(self: Any, placeholders: bool = False) -> Iterator[Any]:  # noqa: FBT001, FBT002 - as it is called
        yield self
        # Children are asked for after their parent was given: whoever takes it may change them.
        stack = [iter(self.children)]
        while stack:
            for child in stack[-1]:
                if isinstance(child, Box):
                    yield child
                    if child.children:
                        stack.append(iter(child.children))
                        break
                elif placeholders:
                    yield from child.descendants(placeholders)
                else:
                    yield child
            else:
                stack.pop()

    return descendants


def _by_two_properties(stock: Any) -> Any:
    def is_in_normal_flow(self: Any) -> bool:
        style = self.style
        return (style["float"] == "none" and style["position"] in IN_PLACE) or stock(self)

    return is_in_normal_flow


def _but_of_text(stock: Any) -> Any:
    def gather_anchors(box: Any, *rest: Any) -> None:
        if type(box) is not TextBox or box.bookmark_label or box.style["anchor"] or box.style["transform"]:
            stock(box, *rest)

    return gather_anchors
