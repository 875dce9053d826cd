"""Patterns of Markdown that are looked for only in texts that hold a sign without which none matches.

Python-Markdown looks for twenty inline patterns in every text, most of them from character to
character; a paragraph has few of their signs or none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

#: What is in every text that a pattern matches in, by the name that it is registered under.
SIGNS = {
    "backtick": "`", "arithmatex-inline": "\\(", "keys-custom": "+", "escape": "\\", "footnote": "[^",
    "reference": "[", "link": "[", "image_link": "![", "image_reference": "![", "short_reference": "[",
    "short_image_ref": "![", "bracket_span": "[", "autolink": "<", "automail": "<", "linebreak": "  \n",
    "html": "<", "entity": "&", "emoji": ":", "keys": "++",
}  # fmt: skip


class Sought:
    """A compiled pattern that is looked for only where a sign is."""

    def __init__(self, pattern: re.Pattern[str], sign: str) -> None:
        """Take a pattern, and what is in every text that it matches in."""
        self._pattern, self._sign = pattern, sign

    def finditer(self, text: str, start: int = 0) -> Iterable[re.Match[str]]:
        """Find the matches in a text, from an index on."""
        return self._pattern.finditer(text, start) if self._sign in text else ()

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - as the pattern has it
        """Give all else that the pattern has."""
        return getattr(self._pattern, name)
