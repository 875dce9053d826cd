"""A tree of Nodes brought to what a structure tree may be (ISO 32000-1 §14.8.4, ISO 14289-1 §7.2).

HTML takes more than PDF does: items without a list, text between items, heads of tables that
do not say what they head, captions of pictures that tell nothing.
"""

from __future__ import annotations

from collections.abc import Container, Sequence

from warraq.engine.structure import Annotated, Kid, Node

#: Cells may be empty: without them the rows of a table would not be of one length.
KEPT_EMPTY = frozenset({"TD", "TH", "Document"})
SECTIONS = frozenset({"THead", "TBody", "TFoot"})
#: Where an element must stand; elsewhere it is a Div.
PARENTS = {
    "LI": {"L"}, "LBody": {"LI"}, "TOCI": {"TOC"}, "TR": {"Table", *SECTIONS}, "TH": {"TR"}, "TD": {"TR"},
    **{section: {"Table"} for section in SECTIONS},
}  # fmt: skip
#: What an element may hold besides annotations, and what is put around anything else.
CHILDREN: dict[str, tuple[Container[str], Sequence[str]]] = {
    "L": ({"L", "LI", "Caption"}, ("LI", "LBody")),
    "LI": ({"Lbl", "LBody"}, ("LBody",)),
    "TOC": ({"TOC", "TOCI", "Caption"}, ("TOCI",)),
    "Table": ({"TR", "Caption", *SECTIONS}, ("TR", "TD")),
    **{section: ({"TR"}, ("TR", "TD")) for section in SECTIONS},
    "TR": ({"TH", "TD"}, ("TD",)),
}


def settle(root: Node) -> None:
    """Bring a whole tree into order."""
    _prune(root)
    _order(root)
    for node in root.walk():
        if node.type == "TR":
            _settle_scopes(node)
        elif node.type == "Figure" and "Alt" not in node.entries:
            _settle_captions(node)


def _prune(node: Node) -> bool:
    """Take out nodes without content; tell whether this one has any."""
    node.kids = [kid for kid in node.kids if not isinstance(kid, Node) or _prune(kid)]
    return bool(node.kids) or node.type in KEPT_EMPTY


def _order(node: Node) -> None:
    """Put every node where it may stand, from the top down."""
    parent = node.parent.type if node.parent else ""
    if parent not in PARENTS.get(node.type, {parent}):
        node.type = "Div"
        node.entries.pop("A", None)
    if node.type in CHILDREN:
        allowed, around = CHILDREN[node.type]
        node.kids = [_wrapped(kid, node, allowed, around) for kid in node.kids]
    for kid in node.kids:
        if isinstance(kid, Node):
            _order(kid)


def _wrapped(kid: Kid, parent: Node, allowed: Container[str], around: Sequence[str]) -> Kid:
    """Put elements around a kid that may not stand in its parent as it is."""
    if isinstance(kid, Annotated) or (isinstance(kid, Node) and kid.type in allowed):
        return kid
    for name in reversed(around):
        outer = Node(name, kids=[kid])
        if isinstance(kid, Node):
            kid.parent = outer
        kid = outer
    outer.parent = parent
    return outer


def _settle_captions(figure: Node) -> None:
    """Let the caption of a picture that tells nothing be read as text: there is no figure then."""
    figure.type = "Div"
    for kid in figure.kids:
        if isinstance(kid, Node) and kid.type == "Caption":
            kid.type = "P"


def _settle_scopes(row: Node) -> None:
    """Let a row of heads alone, or one in the head of its table, head columns, and any other head itself."""
    cells = [kid for kid in row.kids if isinstance(kid, Node)]
    in_head = row.parent is not None and row.parent.type == "THead"
    scope = "/Column" if in_head or all(cell.type == "TH" for cell in cells) else "/Row"
    for cell in cells:
        if cell.type == "TH":
            cell.entries["A"].setdefault("Scope", scope)
