"""From a path to a Publication: find `publication.toml`, read it, check it, or do without.

Nothing else is read here; which articles there are is the business of `manuscript`.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from warraq.cache import Cache
from warraq.diagnostics import BookError, Diagnostic, Place
from warraq.toml_places import place_of
from warraq.values import UnusableError, checked

if TYPE_CHECKING:
    from warraq.settings import Settings

CONFIG_NAME = "publication.toml"
ARTICLE_SUFFIXES = (".md", ".markdown", ".mdx", ".txt")


@dataclass(frozen=True, slots=True)
class Publication:
    """What is to be built: its folder, its settings, and the one file if it is only one.

    `root` is the folder that nothing may lead out of; `name` is how its files are called
    in messages; `declared` tells whether a `publication.toml` was there.
    """

    root: Path
    name: str
    slug: str
    settings: Settings
    declared: bool
    single: Path | None = None

    def shown(self, path: Path) -> str:
        """Name a file as the user would: relative to where they stand, if below it."""
        if not path.is_relative_to(self.root):
            return str(path)
        relative = path.relative_to(self.root).as_posix()
        return f"{self.name}/{relative}" if self.name else relative

    def config_place(self, *keys: str | int) -> Place:
        """Find where a key stands in `publication.toml` (its start if it is not there)."""
        path = self.root / CONFIG_NAME
        if not self.declared:
            return Place(self.name or str(self.root))
        return place_of(path.read_text("utf-8-sig"), keys, self.shown(path))


def open_publication(path: Path, cache: Cache | None = None) -> tuple[Publication, list[Diagnostic]]:
    """Open a publication folder, a plain folder of Markdown, or one `.md`/`.txt` file.

    Settings that the cache knows are not checked again.
    Raises BookError with every fault of the settings at once.
    """
    if path.is_file() and path.name == CONFIG_NAME:
        path = path.parent
    if path.is_file() and path.suffix.lower() in ARTICLE_SUFFIXES:
        return _undeclared(path.parent, path.parent, path, cache), []
    if not path.is_dir():
        raise BookError(_nothing_at(path))
    if (path / CONFIG_NAME).is_file():
        return _declared(path, cache), []
    publication = _undeclared(path, path, None, cache)
    said = "no publication.toml here: files are taken in natural order, with defaults"
    return publication, [Diagnostic("W110", said, Place(_shown(path)))]


def _shown(path: Path) -> str:
    """Name a folder as the user typed it, with forward slashes."""
    name = path.as_posix()
    return "" if name == "." else name


def _nothing_at(path: Path) -> Diagnostic:
    if path.exists():
        text = f"{path} is neither a folder nor a .md or .txt file"
        return Diagnostic("W101", text, help="give a publication's folder or one article")
    beside = [other.name for other in path.parent.iterdir()] if path.parent.is_dir() else []
    near = difflib.get_close_matches(path.name, beside, 1)
    usual = "give a folder with publication.toml or Markdown files, or one .md or .txt file"
    hint = f"did you mean {path.parent / near[0]}?" if near else usual
    return Diagnostic("W101", f"{path} does not exist", help=hint)


def _undeclared(root: Path, named: Path, single: Path | None, cache: Cache | None) -> Publication:
    about = single.stem if single else root.resolve().name
    title = " ".join(re.split(r"[-_\s]+", about)).strip() or about
    settings = (None if single else _mdbook(root, cache)) or checked({"publication": {"title": title}}, cache)
    whole = single.resolve() if single else None
    return Publication(root.resolve(), _shown(named), _slug(about), settings, declared=False, single=whole)


def _mdbook(root: Path, cache: Cache | None) -> Settings | None:
    """Take title, authors and language from the `book.toml` of mdBook, if that is what it is."""
    path = root / "book.toml"
    try:
        book = tomllib.loads(path.read_text("utf-8-sig"))["book"] if path.is_file() else {}
        about = {key: book[key] for key in ("title", "language", "description") if isinstance(book.get(key), str)}
        authors = [{"name": name} for name in book.get("authors", [])]
        return checked({"publication": about, "contributor": authors}, cache) if "title" in about else None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, LookupError, TypeError, AttributeError, UnusableError):
        return None


def _declared(folder: Path, cache: Cache | None) -> Publication:
    shown = f"{_shown(folder)}/{CONFIG_NAME}" if _shown(folder) else CONFIG_NAME
    text = _decoded(folder / CONFIG_NAME, shown)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BookError(toml_fault(str(error), text, shown)) from None
    try:
        settings = checked(data, cache)
    except UnusableError as error:
        faults = [_fault(item, text, shown) for item in error.findings]
        raise BookError(*faults) from None
    slug = settings.publication.slug or _slug(folder.resolve().name)
    return Publication(folder.resolve(), _shown(folder), slug, settings, declared=True)


def _slug(name: str) -> str:
    return re.sub(r"[\s/\\:]+", "-", name.strip()).strip("-.") or "publication"


def _decoded(path: Path, shown: str) -> str:
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise BookError(encoding_fault(data, error, shown)) from None


def encoding_fault(data: bytes, error: UnicodeDecodeError, shown: str) -> Diagnostic:
    """Describe a byte that is not UTF-8, with its line and column."""
    before = data[: error.start].decode("utf-8", "replace").removeprefix("\ufeff")
    line, column = before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1
    text = f"byte 0x{data[error.start]:02x} is not UTF-8"
    return Diagnostic("W201", text, Place(shown, line, column), "save the file as UTF-8 (it may be Windows-1256)")


def toml_fault(message: str, text: str, shown: str) -> Diagnostic:
    """Describe what tomllib finds wrong with a text, with its line and column."""
    found = re.search(r"\(at line (\d+), column (\d+)\)", message)
    line, column = (int(found[1]), int(found[2])) if found else (text.count("\n") + 1, 1)
    sentence = re.sub(r"\s*\(at [^)]*\)", "", message)
    said = f"not valid TOML: {sentence[:1].lower()}{sentence[1:]}"
    return Diagnostic("W102", said, Place(shown, line, column), "texts stand in double quotes; see https://toml.io")


def _fault(item: dict[str, Any], text: str, shown: str) -> Diagnostic:
    """Word one finding of the check of settings as ours, with its place."""
    # The check names the kind of a value between brackets; that is no key of the file.
    keys = tuple(key for key in item["loc"] if isinstance(key, int) or "[" not in key)
    key = next((str(name) for name in reversed(keys) if isinstance(name, str)), "")
    place = place_of(text, keys, shown)
    if item["type"] == "extra_forbidden":
        return Diagnostic("W103", f"unknown key {key!r}", place, _near_key(keys))
    if item["type"] == "missing":
        table = ".".join(map(str, keys[:-1]))
        hint = f"add {key} = … to [{table}]" if table else f"add a table [{key}]"
        return Diagnostic("W105", f"{'.'.join(map(str, keys))} is missing", place, hint)
    wanted = item["msg"].removeprefix("Value error, ")
    said = f"{key} = {item['input']!r} cannot be used"
    return Diagnostic("W104", said, place, f"expected: {wanted[:1].lower()}{wanted[1:]}")


def _near_key(keys: tuple[str | int, ...]) -> str:
    """Suggest the key that was meant, among those of the same table."""
    known = _known_keys(keys[:-1])
    near = difflib.get_close_matches(str(keys[-1]), known, 1, 0.5)
    return f"did you mean {near[0]!r}?" if near else f"known keys here: {', '.join(known)}"


def _known_keys(keys: tuple[str | int, ...]) -> list[str]:
    """List the keys that a table may hold, by following its path through the schema."""
    from warraq.settings import schema  # noqa: PLC0415 - only needed for a hint

    whole = schema()
    node: dict[str, Any] = whole
    for key in keys:
        node = node.get("items", {}) if isinstance(key, int) else node.get("properties", {}).get(key, {})
        options = [node, *node.get("anyOf", []), *node.get("allOf", [])]
        name = next((option["$ref"] for option in options if "$ref" in option), "")
        node = whole["$defs"].get(name.rpartition("/")[2], node)
    return sorted(node.get("properties", {}))


def modified(publication: Publication, source_date_epoch: str | None) -> datetime | None:
    """Give the date that the files bear: `modified`, else SOURCE_DATE_EPOCH, else `date`.

    Never the clock: the same sources must give the same bytes.
    """
    about = publication.settings.publication
    if about.modified:
        return about.modified.astimezone(UTC) if about.modified.tzinfo else about.modified.replace(tzinfo=UTC)
    if source_date_epoch and source_date_epoch.isdigit():
        return datetime.fromtimestamp(int(source_date_epoch), UTC)
    return datetime(about.date.year, about.date.month, about.date.day, tzinfo=UTC) if about.date else None
