"""The table of values at the head of an article, in YAML (`---`) or TOML (`+++`), or as others have it."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from warraq.diagnostics import Diagnostic, Place

_YAML = re.compile(r"---[ \t]*\n(?=[^\s])(.*?\n)?(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_JSON = re.compile(r"\{\s*\"[^\"\n]+\"\s*:")
_TITLE_BLOCK = re.compile(
    r"%[ \t]*(?P<title>[^\n]*(?:\n[ \t]+\S[^\n]*)*)\n"
    r"(?:%[ \t]*(?P<authors>[^\n]*(?:\n[ \t]+\S[^\n]*)*)(?:\n|\Z)(?:%[ \t]*(?P<date>[^\n]*)(?:\n|\Z))?)?"
)
_OPENITI = re.compile(r"######OpenITI#.*?(?:^#META#Header#End#[^\n]*(?:\n|\Z)|(?=^### ))", re.DOTALL | re.MULTILINE)
_META = re.compile(r"^#META#\s*\d+\.(BookTITLE|AuthorNAME|AuthorAKA)\s*::[ \t]*(.*?)[ \t]*$", re.MULTILINE)
_TOML = re.compile(r"\+\+\+[ \t]*\n(.*?\n)?\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The values of a head, the lines it takes up, and what was wrong with it."""

    values: Mapping[str, Any] = field(default_factory=dict)
    lines: int = 0
    length: int = 0
    fault: Diagnostic | None = None


def split(text: str, shown: str) -> FrontMatter:
    """Read the head of an article; a text without one gives an empty table.

    YAML values are all texts, lists and tables: a title `1984` or `no` stays what the
    author typed. Dates of TOML are kept as it reads them.
    """
    if head := _YAML.match(text):
        return _head(head, shown, _yaml)
    if head := _TOML.match(text):
        return _head(head, shown, _toml)
    return _other(text)


def _other(text: str) -> FrontMatter:
    """Read the heads of other programs: a table of JSON (Hugo), Pandoc's title block, OpenITI's."""
    if _JSON.match(text):
        try:
            values, end = json.JSONDecoder().raw_decode(text)
        except json.JSONDecodeError:
            return FrontMatter()
        return FrontMatter(values, text.count("\n", 0, end), end)
    if (found := _TITLE_BLOCK.match(text)) and found["title"].strip():
        authors = [name.strip() for name in re.split(r";|\n[ \t]+", found["authors"] or "") if name.strip()]
        date = (found["date"] or "").strip()
        values = {"title": " ".join(found["title"].split()), "author": authors or None}
        values |= {"date": date} if re.match(r"[0-9]{4}-", date) else {}
        return FrontMatter(values, found[0].count("\n"), found.end())
    if found := _OPENITI.match(text):
        named = {key: value.strip() for key, value in _META.findall(found[0])}
        known = {"title": named.get("BookTITLE"), "author": named.get("AuthorNAME") or named.get("AuthorAKA")}
        values = {key: value for key, value in known.items() if value and value != "NODATA"}
        return FrontMatter(values, found[0].count("\n"), found.end())
    return FrontMatter()


class _Unreadable(Exception):  # noqa: N818 - it is a place, not an error to be shown
    """The line and column, counted from 1 in the head's own text, and what is wrong there."""

    def __init__(self, sentence: str, line: int, column: int) -> None:
        super().__init__(sentence)
        self.line, self.column = line, column


def _head(head: re.Match[str], shown: str, read: Any) -> FrontMatter:  # noqa: ANN401 - _yaml or _toml
    lines = head[0].count("\n") + (not head[0].endswith("\n"))
    try:
        values = read(head[1] or "")
    except _Unreadable as error:
        place = Place(shown, error.line + 1, error.column)
        fault = Diagnostic("W202", f"the front matter cannot be read: {error}", place, _HINT[read])
        return FrontMatter({}, lines, head.end(), fault)
    return FrontMatter(values, lines, head.end())


def _yaml(text: str) -> dict[str, Any]:
    """Read YAML with every scalar as a text (the failsafe schema of YAML 1.2)."""
    import yaml  # noqa: PLC0415 - loaded only where there is any

    try:
        values = yaml.BaseLoader(text).get_single_data()
    except yaml.MarkedYAMLError as error:
        # What is not closed is missed only at the end; the place to look at is where it opens.
        unclosed = error.context_mark if "end of stream" in str(error.problem) else None
        mark = unclosed or error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        sentence = " ".join(part for part in (error.problem, error.context) if part)
        raise _Unreadable(sentence, line, column) from None
    except yaml.YAMLError as error:
        raise _Unreadable(str(error).splitlines()[0], *_position(text, getattr(error, "position", 0))) from None
    if values in (None, ""):
        return {}
    if not isinstance(values, dict):
        sentence = "it is not a table of keys and values"
        raise _Unreadable(sentence, 1, 1)
    return {str(key): value for key, value in values.items()}


def _toml(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"\s*\(at line (\d+), column (\d+)\)", str(error))
        place = (int(found[1]), int(found[2])) if found else _position(text, len(text))
        sentence = re.sub(r"\s*\(at [^)]*\)", "", str(error))
        raise _Unreadable(sentence[:1].lower() + sentence[1:], *place) from None


_HINT = {
    _yaml: "one `key: value` a line; a value with a colon stands in quotes",
    _toml: "one `key = value` a line; texts stand in double quotes",
}


def _position(text: str, offset: int) -> tuple[int, int]:
    before = text[:offset]
    return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1
