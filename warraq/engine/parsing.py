"""Character classes of the HTML parser, which tinyhtml5 2.1 puts together anew for each run of text.

`HTMLUnicodeInputStream.chars_until` means to keep the regular expression of each set of
characters, and keeps it under itself: `characters = kept[characters, opposite] = regex` sets
`characters` before it is used as the key. Half of the time that parsing takes goes into that.
No upstream issue is known. What it keeps them in is replaced by a dictionary that makes
those it lacks.
"""

from __future__ import annotations

import re

from tinyhtml5 import inputstream

from warraq.engine.guard import written_for

UNTIL = "dfe353323dff1fdc"


def mend() -> list[str]:
    """Put the dictionary in place, once; give the name of the method if it is not the one we know."""
    if not written_for(inputstream.HTMLUnicodeInputStream.chars_until, UNTIL):
        return ["tinyhtml5.inputstream.HTMLUnicodeInputStream.chars_until"]
    if not isinstance(inputstream.characters_until_regex, _Classes):
        inputstream.characters_until_regex = _Classes()
    return []


class _Classes(dict[tuple[tuple[str, ...], bool], re.Pattern[str]]):
    """Expressions by characters, and whether these are wanted or all others."""

    def __missing__(self, key: tuple[tuple[str, ...], bool]) -> re.Pattern[str]:
        characters, wanted = key
        listed = "".join(f"\\x{ord(character):02x}" for character in characters)
        self[key] = made = re.compile(f"[{'' if wanted else '^'}{listed}]+")
        return made
