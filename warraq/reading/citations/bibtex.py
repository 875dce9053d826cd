"""BibTeX and BibLaTeX read as the items of CSL-JSON, each with the line it stands at."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from warraq.localized import by_language

KINDS = {
    "article": "article-journal", "inbook": "chapter", "incollection": "chapter", "bookinbook": "chapter",
    "inproceedings": "paper-conference", "conference": "paper-conference", "online": "webpage",
    "electronic": "webpage", "www": "webpage", "phdthesis": "thesis", "mastersthesis": "thesis", "thesis": "thesis",
    "techreport": "report", "report": "report", "unpublished": "manuscript",
}  # fmt: skip
FIELDS = {
    "title": "title", "shorttitle": "title-short", "journal": "container-title", "journaltitle": "container-title",
    "booktitle": "container-title", "publisher": "publisher", "institution": "publisher", "school": "publisher",
    "organization": "publisher", "address": "publisher-place", "location": "publisher-place", "edition": "edition",
    "volume": "volume", "number": "issue", "pages": "page", "series": "collection-title", "url": "URL", "doi": "DOI",
    "isbn": "ISBN", "note": "note", "type": "genre",
}  # fmt: skip
PEOPLE = ("author", "editor", "translator")
LANGUAGES = {"arabic": "ar", "persian": "fa", "english": "en", "french": "fr", "german": "de", "spanish": "es"}
#: Accents of LaTeX, by the combining characters of Unicode.
ACCENTS = {
    '"': "\u0308", "'": "\u0301", "`": "\u0300", "^": "\u0302", "~": "\u0303", "=": "\u0304", ".": "\u0307",
    "c": "\u0327", "v": "\u030c", "u": "\u0306", "d": "\u0323", "b": "\u0331", "r": "\u030a", "H": "\u030b",
    "k": "\u0328",
}  # fmt: skip
_ENTRY = re.compile(r"@\s*(\w+)\s*([{(])\s*")
_KEY = re.compile(r"([^\s,{}]+)\s*,")
_NAME = re.compile(r"\s*,?\s*([\w-]+)\s*=\s*")
_BARE = re.compile(r"[^\s,{}()#\"]+")
_ACCENT = re.compile(r"""\\([`'"^~=.]|[cvudbrHk](?![A-Za-z]))\s*(?:\{\\?(\w)\}|\\?(\w))""")
_COMMAND = re.compile(r"\\(?:emph|textit|textbf|textsc|url)\b\s*|(?<!\\)[{}]")


class BibtexError(Exception):
    """What is not BibTeX: a sentence, and the offset in the text."""

    def __init__(self, message: str, offset: int) -> None:
        """Keep both."""
        super().__init__(message)
        self.offset = offset


def items(text: str) -> Iterator[dict[str, Any]]:
    """Yield the works of a `.bib` file as items of CSL-JSON; raises BibtexError."""
    strings: dict[str, str] = {}
    at = 0
    while found := _ENTRY.search(text, at):
        kind, at = found[1].lower(), found.end()
        if kind in {"comment", "preamble"}:
            at = _closed(text, found.end(2) - 1)
        elif kind == "string":
            fields, at = _fields(text, at, strings)
            strings |= fields
        elif key := _KEY.match(text, at):
            fields, at = _fields(text, key.end(), strings)
            yield _item(kind, key[1], fields)
        else:
            message = f"the entry @{kind} has no key"
            raise BibtexError(message, found.start())


def _fields(text: str, at: int, strings: Mapping[str, str]) -> tuple[dict[str, str], int]:
    fields: dict[str, str] = {}
    start = at
    while found := _NAME.match(text, at):
        value, at = _value(text, found.end(), strings)
        fields.setdefault(found[1].lower(), value)
    end = re.compile(r"\s*,?\s*[})]").match(text, at)
    if not end:
        message = "in this entry a brace, a comma or the end is missing"
        raise BibtexError(message, start)
    return fields, end.end()


def _value(text: str, at: int, strings: Mapping[str, str]) -> tuple[str, int]:
    """Read a value: texts in braces or quotes, numbers and names of strings, joined by `#`."""
    parts = []
    while True:
        if text[at : at + 1] == "{":
            end = _closed(text, at)
            parts.append(text[at + 1 : end - 1])
        elif text[at : at + 1] == '"':
            end = _quoted(text, at)
            parts.append(text[at + 1 : end - 1])
        elif bare := _BARE.match(text, at):
            end = bare.end()
            parts.append(strings.get(bare[0].lower(), bare[0]))
        else:
            message = "a field has no value"
            raise BibtexError(message, min(at, len(text) - 1))
        more = re.compile(r"\s*#\s*").match(text, end)
        if not more:
            return "".join(parts), end
        at = more.end()


def _closed(text: str, at: int) -> int:
    """Give the offset behind the bracket that closes the one at an offset."""
    depth = 0
    for found in re.compile(r"\\.|[{}()]", re.DOTALL).finditer(text, at):
        opens, closes = ("(", ")") if text[at] == "(" else ("{", "}")
        depth += (found[0] == opens) - (found[0] == closes)
        if not depth and found[0] == closes:
            return found.end()
    message = "a brace is never closed"
    raise BibtexError(message, at)


def _quoted(text: str, at: int) -> int:
    depth = 0
    for found in re.compile(r'\\.|[{}"]', re.DOTALL).finditer(text, at + 1):
        depth += (found[0] == "{") - (found[0] == "}")
        if found[0] == '"' and not depth:
            return found.end()
    message = "a quotation mark is never closed"
    raise BibtexError(message, at)


def _item(kind: str, key: str, fields: Mapping[str, str]) -> dict[str, Any]:
    item: dict[str, Any] = {"id": key, "type": KINDS.get(kind, "book")}
    for name, ours in FIELDS.items():
        if value := plain(fields.get(name, "")):
            item.setdefault(ours, value)
    for role in PEOPLE:
        if people := [_person(name) for name in _people(fields.get(role, ""))]:
            item[role] = people
    for name, ours in (("year", "issued"), ("date", "issued"), ("urldate", "accessed")):
        if day := plain(fields.get(name, "")):
            item[ours] = {"raw": day}
    language = plain(fields.get("langid") or fields.get("language", "")).lower()
    if language:
        item["language"] = LANGUAGES.get(language, language)
    return item


def _people(text: str) -> list[str]:
    """Part names at ` and ` where it stands in no brace."""
    parts, depth, start = [], 0, 0
    for found in re.finditer(r"[{}]|\sand\s", text):
        depth += (found[0] == "{") - (found[0] == "}")
        if found[0].strip() == "and" and not depth:
            parts.append(text[start : found.start()])
            start = found.end()
    return [part.strip() for part in (*parts, text[start:]) if part.strip()]


def _person(name: str) -> dict[str, str]:
    """Part a name: `family, given`, `given family` in Latin letters; in braces or Arabic it is whole."""
    if name.startswith("{") and _closed(name, 0) == len(name):
        return {"literal": plain(name)}
    family, comma, given = (part.strip() for part in plain(name).replace("،", ",").partition(","))
    if comma:
        return {"family": family, "given": given}
    if "ar" in by_language(family) or " " not in family:
        return {"literal": family}
    given, _, family = family.rpartition(" ")
    return {"family": family, "given": given}


def plain(text: str) -> str:
    """Turn the markup of LaTeX that titles have into characters."""
    text = _ACCENT.sub(lambda found: unicodedata.normalize("NFC", (found[2] or found[3]) + ACCENTS[found[1]]), text)
    text = re.sub(r"\\([&%$#_{}])", r"\1", _COMMAND.sub("", text))
    return " ".join(text.replace("---", "—").replace("--", "–").replace("~", " ").split())
