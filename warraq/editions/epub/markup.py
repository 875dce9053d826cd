"""XHTML read and written as it stands: names with their prefixes, `xmlns` as attributes.

The content documents of an EPUB are XML (EPUB 3.3 §6.1). A rendered template becomes a tree
here, so that a template that is not well-formed is met at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote, urlsplit
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
#: What XML 1.0 §2.2 has no place for.
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_VALUE = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#10;", "\t": "&#9;"})


_OUTSIDE_URL = re.compile(r"[\s<>\"{}|\\^`\[\]]|%(?![0-9A-Fa-f]{2})")


class MalformedError(ValueError):
    """A text that is not well-formed XML; the message says why."""


def parse(text: str) -> Element:
    """Read markup into a tree; raises MalformedError."""
    builder = TreeBuilder()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.data
    try:
        parser.Parse(_UNFIT.sub("", text), True)  # noqa: FBT003 - expat's own signature
    except expat.ExpatError as error:
        raise MalformedError(str(error)) from None
    root: Element = builder.close()
    return root


def sound_address(address: str) -> str | None:
    """Give an address outside the book as a valid URL, or nothing where it cannot be one."""
    try:
        host = urlsplit(address).netloc
    except ValueError:
        return None
    head, host, tail = address.partition(host) if host else ("", "", address)
    return None if re.search(r"\s", host) else head + host + _OUTSIDE_URL.sub(lambda found: quote(found[0]), tail)


def document(root: Element) -> bytes:
    """Write a tree as an XHTML file."""
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n{write(root)}\n'.encode()


def write(root: Element) -> str:
    """Write an element and what is in it, without its tail."""
    return "".join(_pieces(root))


def inner(root: Element) -> str:
    """Write what is in an element."""
    return "".join(_inner(root))


def _pieces(element: Element) -> Iterator[str]:
    tag = element.tag
    attributes = "".join(f' {name}="{value.translate(_VALUE)}"' for name, value in element.attrib.items())
    if tag in VOID:
        yield f"<{tag}{attributes}/>"
        return
    yield f"<{tag}{attributes}>"
    yield from _inner(element)
    yield f"</{tag}>"


def _inner(element: Element) -> Iterator[str]:
    if element.text:
        yield element.text.translate(_TEXT)
    for child in element:
        yield from _pieces(child)
        if child.tail:
            yield child.tail.translate(_TEXT)
