"""The parts of a PDF's trees that belong to the whole file: names, and the root of its structure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pydyf

from warraq.engine.strings import Text, in_bytes


def document_element(elements: Iterable[bytes], parent: bytes) -> Mapping[str, Any]:
    """Give the entries of the element that holds the whole publication."""
    return {"Type": "/StructElem", "S": "/Document", "P": parent, "K": pydyf.Array(elements)}


def name_tree(values: Mapping[str, Any]) -> pydyf.Dictionary:
    """Make a name tree (ISO 32000-1 §7.9.6); names are in the order of their bytes, which readers search by."""
    pairs = ((Text(name), values[name]) for name in sorted(values, key=in_bytes))
    return pydyf.Dictionary({"Names": pydyf.Array(part for pair in pairs for part in pair)})
