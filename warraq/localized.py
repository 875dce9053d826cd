"""Texts by language, where a plain one was typed."""

from __future__ import annotations

import re
from typing import Any

ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc]")


def by_language(value: Any) -> Any:  # noqa: ANN401 - whatever the file holds
    """Turn a plain text into a text by language, judged by its letters."""
    if isinstance(value, str):
        return {"ar" if ARABIC.search(value) else "en": value}
    return value
