"""Passages with a name of their own, in a fence or in a `:::` container.

    ~~~ quran البقرة: ٢٥٥      ::: epigraph           ~~~ dedication      ::: first-lines
    ﴿ … ﴾                       text                    text                :::
    ~~~                         :::                     ~~~

What stands after the name is the reference: where a passage is from.
"""

from __future__ import annotations

import re

#: Names that authors use, by the class that the passage gets.
NAMES = {
    "quran": "quran قرآن قران آية آيات",
    "hadith": "hadith حديث",
    "epigraph": "epigraph تصدير استهلال",
    "dedication": "dedication إهداء اهداء",
    "margin-note": "margin margin-note هامش",
    "glossary": "glossary مسرد",
    "abbreviations": "abbreviations مختصرات رموز",
    "contributors": "contributors المشاركون مشاركون",
    "first-lines": "first-lines مطالع فهرس-المطالع",
    "rhymes": "rhymes قواف قوافي القوافي فهرس-القوافي",
}
_NAMED = {name: kind for kind, names in NAMES.items() for name in names.split()}
_INFO = re.compile(r"\{?\.?(?P<name>[\w-]+)\}?[ \t]*(?P<rest>.*?)[ \t]*")


def of_info(info: str) -> tuple[str, str] | None:
    """Give the class and the reference that the words after a mark mean, if they name a passage."""
    found = _INFO.fullmatch(info.strip())
    kind = _NAMED.get(found["name"].lower()) if found else None
    return (kind, found["rest"].strip('[]{}«»" ')) if found and kind else None
