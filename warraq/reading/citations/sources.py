"""The works that a publication may cite, from its BibTeX and CSL-JSON files.

Every work becomes an item of CSL-JSON 1.0 of a kind that the processor of styles takes:
names and dates in one form, texts as HTML, nothing in it that the standard does not know.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from warraq.arabic.digits import abjad, to_digits
from warraq.arabic.folding import fold
from warraq.arabic.languages import direction_in, language_for
from warraq.diagnostics import Diagnostic, Place
from warraq.localized import by_language
from warraq.publication import Publication, encoding_fault
from warraq.reading.citations import bibtex

PEOPLE = ("author", "editor", "translator")
TEXTS = (
    "title", "title-short", "container-title", "collection-title", "publisher", "publisher-place", "genre", "URL",
    "DOI", "ISBN", "note",
)  # fmt: skip
NUMBERS = ("volume", "issue", "edition", "page", "number-of-volumes")
#: What BibTeX has in place of names that are left out.
OTHERS = "others"
#: The markup that CSL-JSON has in its texts.
_MARKUP = re.compile(r"&lt;(/?(?:i|b|sup|sub))&gt;")
_YEARS = re.compile(r"(-?\d{1,4})(?:[-/](\d{1,2}))?(?:[-/](\d{1,2}))?$")
_ARTICLE = re.compile("(?<!\\w)[اٱ]\u064e?ل\u0652?(?=\\w\\w)")


@dataclass(frozen=True, slots=True)
class Work:
    """A work by its key; `item` is what the processor of styles takes."""

    key: str
    item: dict[str, Any]
    language: str

    @property
    def direction(self) -> str:
        """The direction that the work is written in."""
        return direction_in(self.language)

    @property
    def people(self) -> list[dict[str, str]]:
        """Those whom the work is called by: authors, else editors, else translators."""
        return next((self.item[role] for role in PEOPLE if role in self.item), [])

    @property
    def year(self) -> str:
        """The year of publication, or nothing."""
        issued = self.item.get("issued", {})
        return str(issued["date-parts"][0][0]) if "date-parts" in issued else str(issued.get("literal", ""))

    @property
    def names(self) -> list[str]:
        """What the work is called by in a citation: names of its people, else its title."""
        return [name.get("literal") or name["family"] for name in self.people] or [self.item.get("title", self.key)]

    @property
    def order(self) -> tuple[list[str], str, str]:
        """What works of one script are sorted by: names, year, title."""
        names = [filed(name.get("literal") or f"{name['family']} {name.get('given', '')}") for name in self.people]
        return names or [filed(self.item.get("title", ""))], self.year, filed(self.item.get("title", ""))


@dataclass(slots=True)
class Works:
    """All works by key, and what was wrong with the files."""

    by_key: dict[str, Work] = field(default_factory=dict)
    faults: list[Diagnostic] = field(default_factory=list)


def filed(text: str) -> str:
    """Write a text as lists are sorted by it: no word with ال, the forms of hamza as one."""
    return fold(_ARTICLE.sub("", html.unescape(text)))


def tell_apart(works: Iterable[Work]) -> None:
    """Give works of the same people and year a letter behind the year: ١٩٩٨أ, ١٩٩٨ب; 2001a, 2001b."""
    alike: dict[tuple[str, ...], list[Work]] = {}
    for work in works:
        alike.setdefault((*work.names, work.year), []).append(work)
    for several in alike.values():
        for number, work in enumerate(sorted(several, key=lambda work: work.order), 1):
            if len(several) > 1 and work.year:
                letter = abjad(number) if work.direction == "rtl" else chr(ord("a") + (number - 1) % 26)
                work.item["year-suffix"] = letter


def files(publication: Publication) -> list[tuple[Path, Place]]:
    """List the files of sources that `publication.toml` names, with the places of the names."""
    names = publication.settings.citations.sources
    place = publication.config_place("citations", "sources") if names else Place("")
    return [((publication.root / name).resolve(), place) for name in names]


def collect(publication: Publication) -> Works:
    """Read all sources; W106, W107 and W201 as for chapters, W241 for what cannot be understood."""
    works = Works()
    for path, place in files(publication):
        if not path.is_relative_to(publication.root):
            works.faults.append(Diagnostic("W106", f"{path.name} leads outside the publication", place))
        elif not path.is_file():
            hint = "paths are relative to publication.toml"
            works.faults.append(Diagnostic("W107", f"{path.name} is missing", place, hint))
        else:
            _read(publication, path, works)
    return works


def _read(publication: Publication, path: Path, works: Works) -> None:
    shown, data = publication.shown(path), path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        works.faults.append(encoding_fault(data, error, shown))
        return
    try:
        for item in _json(text) if path.suffix.lower() == ".json" else bibtex.items(text):
            work = _work(item, publication.settings.publication.language)
            works.by_key.setdefault(work.key, work)
    except json.JSONDecodeError as error:
        _say(works, f"not valid JSON: {error.msg[:1].lower()}{error.msg[1:]}", Place(shown, error.lineno, error.colno))
    except bibtex.BibtexError as error:
        before = text[: error.offset]
        _say(works, str(error), Place(shown, before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1))
    except (TypeError, KeyError, AttributeError, ValueError):
        _say(works, "this is not CSL-JSON: a list of works, each with an id", Place(shown))


def _say(works: Works, message: str, place: Place) -> None:
    works.faults.append(Diagnostic("W241", message, place, "the works from here on are not known"))


def _json(text: str) -> Iterator[dict[str, Any]]:
    data = json.loads(text)
    yield from data["items"] if isinstance(data, dict) else data


def _work(item: dict[str, Any], main: str) -> Work:
    """Bring an item into the one form, whatever program wrote it."""
    found: dict[str, Any] = {"type": str(item.get("type", "book"))}
    for name in TEXTS:
        if item.get(name):
            found[name] = _MARKUP.sub(r"<\1>", html.escape(str(item[name]), quote=False))
    for name in NUMBERS:
        if item.get(name):
            found[name] = html.escape(to_digits(str(item[name]), "latn"), quote=False)
    for role in PEOPLE:
        if people := _names(item.get(role) or []):
            found[role] = people
    for name in ("issued", "accessed"):
        if item.get(name):
            found[name] = _date(item[name])
    found["language"] = _language(item, main)
    return Work(str(item["id"]), found, found["language"])


def _names(people: list[dict[str, str]]) -> list[dict[str, str]]:
    names = []
    for person in people:
        literal = person.get("literal") or ("" if "family" in person else person.get("given", ""))
        kept = {"literal": literal} if literal else {}
        for part in () if literal else ("family", "given", "suffix", "non-dropping-particle", "dropping-particle"):
            if person.get(part):
                kept[part] = person[part]
        if "literal" in kept or "family" in kept:
            names.append({part: html.escape(str(value), quote=False) for part, value in kept.items()})
    return names


def _date(value: dict[str, Any]) -> dict[str, Any]:
    """Bring a date into parts; what is no date stays as it is written."""
    if parts := [[int(part) for part in day if part] for day in value.get("date-parts", []) if day]:
        return {"date-parts": parts}
    text = to_digits(str(value.get("raw") or value.get("literal", "")), "latn").strip()
    if found := _YEARS.match(text):
        return {"date-parts": [[int(part) for part in found.groups() if part]]}
    years = re.sub(r"(?<=\d{4})/(?=\d{4}$)", "–", text)  # EDTF, as BibLaTeX has it: 1913/1919
    return {"literal": html.escape(years, quote=False)}


def _language(item: dict[str, Any], main: str) -> str:
    """Tell the language of a work: the one it names, else by the letters of its title."""
    if isinstance(named := item.get("language"), str) and re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]+)*", named):
        return named
    return language_for("rtl" if "ar" in by_language(str(item.get("title", ""))) else "ltr", main)
