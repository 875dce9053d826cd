"""HTML read in fewer steps than tinyhtml5 2.1 takes.

1. `HTMLUnicodeInputStream.chars_until` means to keep the regular expression of each set of
   characters, and keeps it under itself: `characters = kept[characters, opposite] = regex` sets
   `characters` before it is used as the key. What it keeps them in is replaced by a dictionary
   that makes those it lacks.
2. `HTMLUnicodeInputStream.read_chunk` counts characters that HTML does not allow, by a class of so
   many ranges in and beyond the Basic Multilingual Plane that each character is compared with
   each. Python has a table for a class within that plane; the others are looked for apart.
3. `HTMLTokenizer.tag_open_state` leads through a state for each part of a tag. Tags as they are
   usually written are read at one stroke, all others as before. The method is wrapped.

No upstream issue is known.
"""

from __future__ import annotations

import re
from typing import Any

from tinyhtml5 import inputstream
from tinyhtml5.constants import Token
from tinyhtml5.inputstream import HTMLUnicodeInputStream
from tinyhtml5.tokenizer import HTMLTokenizer

from warraq.engine.guard import wrap, written_for

UNTIL, READ, OPEN, EMIT = "dfe353323dff1fdc", "1dc3d7d4ac3cf7e1", "3f854018becfa688", "c02d94737d6b773e"
NAME = "[a-z][a-z0-9-]*"
#: After `<`: names in small letters, values in double quotes and without references to characters.
START = re.compile(rf'({NAME})((?: {NAME}="[^"&\0]*")*) ?(/?)>')
END = re.compile(rf"/({NAME})>")
ATTRIBUTE = re.compile(rf' ({NAME})="([^"]*)"')
BEYOND = re.compile("[\U00010000-\U0010ffff]")


def mend() -> list[str]:
    """Put all three in place, once; give the names of the methods that are not the ones we know."""
    relied_on = ((HTMLUnicodeInputStream.chars_until, UNTIL), (HTMLUnicodeInputStream.read_chunk, READ))
    unknown = [function.__qualname__ for function, digest in relied_on if not written_for(function, digest)]
    if not written_for(HTMLTokenizer.emit_current_token, EMIT):
        unknown.append(HTMLTokenizer.emit_current_token.__qualname__)
    if unknown:
        return [f"tinyhtml5.{name}" for name in unknown]
    if not isinstance(inputstream.characters_until_regex, _Classes):
        inputstream.characters_until_regex = _Classes()
        inputstream.invalid_unicode_re = _Invalid(inputstream.invalid_unicode_re.pattern)
    return wrap(HTMLTokenizer, "tag_open_state", OPEN, _at_one_stroke)


class _Classes(dict[tuple[tuple[str, ...], bool], re.Pattern[str]]):
    """Expressions by characters, and whether these are wanted or all others."""

    def __missing__(self, key: tuple[tuple[str, ...], bool]) -> re.Pattern[str]:
        characters, wanted = key
        listed = "".join(f"\\x{ord(character):02x}" for character in characters)
        self[key] = made = re.compile(f"[{'' if wanted else '^'}{listed}]+")
        return made


class _Invalid:
    """The expression of a class of characters, in the place of one."""

    def __init__(self, pattern: str) -> None:
        """Part the class by planes; it has no ranges beyond the first."""
        self.pattern = pattern
        self._near = re.compile(BEYOND.sub("", pattern))
        self._far = re.compile(f"[{''.join(BEYOND.findall(pattern))}]")

    def findall(self, text: str) -> list[str]:
        """Find all characters of the class in a text; those beyond the first plane come last."""
        return self._near.findall(text) + (self._far.findall(text) if BEYOND.search(text) else [])


def _at_one_stroke(stock: Any) -> Any:
    def tag_open_state(self: Any) -> bool:
        stream = self.stream
        if found := START.match(stream.chunk, stream.chunk_offset):
            name, attributes, slash = found.groups()
            data = ATTRIBUTE.findall(attributes)
            if len(dict(data)) < len(data):
                return bool(stock(self))
            token = {"type": Token.START_TAG, "name": name, "data": data, "selfClosing": bool(slash)}
            self.current_token = token | {"selfClosingAcknowledged": False}
        elif found := END.match(stream.chunk, stream.chunk_offset):
            self.current_token = {"type": Token.END_TAG, "name": found[1], "data": [], "selfClosing": False}
        else:
            return bool(stock(self))
        stream.chunk_offset = found.end()
        self.emit_current_token()
        return True

    return tag_open_state
