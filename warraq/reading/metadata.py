"""What an article says of itself in its front matter, checked key by key.

A value that its key cannot take is W203, with the place of the key; keys that are not
ours belong to other programs and are passed over.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from warraq.arabic.calendar import from_hijri
from warraq.arabic.digits import to_digits
from warraq.arabic.languages import direction_in, language_for, language_of, language_of_chapter, main_first
from warraq.diagnostics import isolate
from warraq.document import Localized
from warraq.reading.draft import Draft
from warraq.reading.markup import to_tree
from warraq.reading.trees import prose

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]+)*")
_UNSET = (None, "", "~", "null")


def take(draft: Draft, main: str) -> None:
    """Take author, date, subtitle, abstract and id of a chapter from its front matter."""
    draft.subtitle = localized(draft, "subtitle", main)
    draft.authors = _authors(draft, main)
    draft.date = _date(draft)
    abstract = localized(draft, "abstract", main) or {}
    draft.abstract = [(language, to_tree(text)[0]) for language, text in abstract.items()]
    draft.id = _matching(draft, "id", re.compile(r"[^\s#%?]+"), "a name without blanks") or ""


def judge(draft: Draft, main: str) -> None:
    """Settle language and direction: what the front matter says, else what the letters say.

    Code does not count: an Arabic article about a program may hold more of it than of Arabic.
    """
    language = _matching(draft, "lang", _LANGUAGE, "a language tag such as ar or en")
    direction = _matching(draft, "dir", re.compile("ltr|rtl"), "ltr or rtl")
    words = "".join(prose(draft.body))
    title = next(iter(draft.title.values()))
    judged = language_of_chapter(words if words.strip() else title, title, main)
    draft.direction = direction or direction_in(language or judged)
    draft.language = language or language_for(draft.direction, main)


def localized(draft: Draft, key: str, main: str) -> Localized | None:
    """Read a text, or a table of texts by language, whose main language comes first."""
    value = draft.source.front.get(key)
    if value in _UNSET:
        return None
    texts = _texts(value, main)
    if texts is None:
        _refuse(draft, key, "a text, or a table of texts by language")
    return texts


def _texts(value: Any, main: str) -> Localized | None:  # noqa: ANN401 - whatever the file holds
    if isinstance(value, dict):
        texts = {str(key): " ".join(str(text).split()) for key, text in value.items() if text not in _UNSET}
        known = all(_LANGUAGE.fullmatch(key) and not isinstance(value[key], dict | list) for key in texts)
        return main_first(texts, main) if texts and known else None
    if isinstance(value, list):
        return None
    text = str(value).strip()
    return {language_of(text, main): text}


def _authors(draft: Draft, main: str) -> tuple[Localized, ...]:
    """Read one author or several: texts, tables by language, or tables with a `name`."""
    key = "author" if draft.source.front.get("author") not in _UNSET else "authors"
    value = draft.source.front.get(key)
    if value in _UNSET:
        return ()
    names = [item.get("name", item) if isinstance(item, dict) else item for item in _as_list(value)]
    authors = [_texts(name, main) for name in names]
    if None in authors:
        _refuse(draft, key, "a name, a table of names by language, or a list of these")
    return tuple(author for author in authors if author)


def _as_list(value: Any) -> list[Any]:  # noqa: ANN401 - whatever the file holds
    return value if isinstance(value, list) else [value]


def _date(draft: Draft) -> date | None:
    value = draft.source.front.get("date")
    if value in _UNSET:
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        if there := from_hijri(str(value)):
            return there
        return datetime.fromisoformat(to_digits(str(value), "latn").strip()).date()
    except ValueError:
        return _first_date(draft, str(value))


def _first_date(draft: Draft, value: str) -> date | None:
    """Read the day that a longer text begins with (`2023-5-1 10:00 +0300`); others are left out."""
    if found := re.match(r"\s*(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?!\d)", to_digits(value, "latn")):
        try:
            return date(*map(int, found.groups()))
        except ValueError:
            pass
    message, hint = f"the date {isolate(value)} was left out", "write it as 2026-11-23"
    draft.say("W229", message, draft.source.place_of_key("date"), hint)
    return None


def _matching(draft: Draft, key: str, pattern: re.Pattern[str], wanted: str) -> str | None:
    value = draft.source.front.get(key)
    if value in _UNSET:
        return None
    if isinstance(value, str):
        # Other programs write `ar_SA`, `AR` and `RTL`.
        value = re.sub("^[A-Z]+", lambda found: found[0].lower(), value.replace("_", "-")) if key != "id" else value
        if pattern.fullmatch(value):
            return value
    _refuse(draft, key, wanted)
    return None


def _refuse(draft: Draft, key: str, wanted: str) -> None:
    value = draft.source.front[key]
    draft.say("W203", f"{key} = {value!r} cannot be used", draft.source.place_of_key(key), f"expected: {wanted}")


