"""The Theme: where templates and fonts are found, and what the fonts can draw.

A file of the publication's own `theme/` folder wins over ours of the same name, and may
begin with `{% extends "warraq/article.html" %}` to build on it. Fonts in `theme/fonts/`
stand beside ours.
"""

from __future__ import annotations

import difflib
import pickle
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from warraq import fingerprint
from warraq.cache import Cache
from warraq.diagnostics import BookError, Diagnostic, Place
from warraq.publication import Publication, encoding_fault

PACKAGE = Path(__file__).resolve().parent
#: In a wheel the theme lies inside the package, in a checkout beside it.
HOME = PACKAGE / "_theme" if (PACKAGE / "_theme").is_dir() else PACKAGE.parent
TEMPLATES = HOME / "templates"
FONTS = HOME / "fonts"
FONT_SUFFIXES = {".ttf", ".otf"}
TEXT_SUFFIXES = {".html", ".css", ".svg", ".toml"}


@dataclass(frozen=True, slots=True)
class Face:
    """One font file: its family name, CSS weight and style."""

    path: Path
    family: str
    weight: int
    italic: bool


@dataclass(frozen=True, slots=True)
class Theme:
    """The templates and fonts of one publication; `own` is its `theme/` folder, if any.

    `cache` keeps what is made of them; `key` is a digest of all fonts and this program.
    """

    publication: Publication
    own: Path | None
    faces: tuple[Face, ...]
    cache: Cache | None = field(default=None, repr=False, compare=False)
    key: str = ""

    @property
    def own_faces(self) -> tuple[Face, ...]:
        """The faces that the publication brings."""
        return tuple(face for face in self.faces if not face.path.is_relative_to(FONTS))

    def undrawable(self, chars: Iterable[str]) -> set[str]:
        """Give those characters that no face can draw and a reader would miss."""
        wanted = "".join(sorted(char for char in chars if not _invisible(char)))
        if not self.cache:
            return self._missing(wanted)
        key = fingerprint.digest("undrawable", self.key, wanted)
        if (kept := self.cache.get(key)) is not None:
            return set(kept.decode())
        missing = self._missing(wanted)
        self.cache.put(key, "".join(sorted(missing)).encode())
        return missing

    def _missing(self, wanted: Iterable[str]) -> set[str]:
        from warraq.font_files import characters  # noqa: PLC0415 - fontTools is loaded only where a font is read

        missing = set(wanted)
        for face in sorted(self.faces, key=lambda face: face.family != self.publication.settings.theme.body):
            if missing:  # few faces draw all that a book has
                missing = {char for char in missing if ord(char) not in characters(face.path)}
        return missing


def open_theme(publication: Publication, cache: Cache | None = None) -> Theme:
    """Find the fonts of a publication and check that its families are among them.

    Fonts that the cache knows are not opened.
    Raises BookError for a family that no font has (W303), a broken font file (W304), or a
    template that is not UTF-8 (W201).
    """
    own = publication.root / "theme"
    folders = [FONTS, own / "fonts"]
    paths = [path for folder in folders for path in sorted(folder.rglob("*")) if path.suffix.lower() in FONT_SUFFIXES]
    theme = _theme(publication, own if own.is_dir() else None, paths, cache)
    if faults := [*_unreadable(own, publication), *_unknown_families(theme)]:
        raise BookError(*faults)
    return theme


def _theme(publication: Publication, own: Path | None, paths: list[Path], cache: Cache | None) -> Theme:
    if not cache or not cache.folder:
        return Theme(publication, own, tuple(_face(path, publication) for path in paths))
    # Ours are part of the program.
    content = [b"" if path.is_relative_to(FONTS) else path.read_bytes() for path in paths]
    key = fingerprint.digest("fonts", fingerprint.program(), [str(path) for path in paths], *content)
    if kept := cache.get(key):
        faces: tuple[Face, ...] = pickle.loads(kept)  # noqa: S301 - our own, and checked
    else:
        faces = tuple(_face(path, publication) for path in paths)
        cache.put(key, pickle.dumps(faces, pickle.HIGHEST_PROTOCOL))
    return Theme(publication, own, faces, cache, key)


def _unreadable(own: Path, publication: Publication) -> list[Diagnostic]:
    """Report each text of the publication's theme that is not UTF-8."""
    faults = []
    for path in sorted(own.rglob("*")):
        if path.suffix.lower() in TEXT_SUFFIXES:
            data = path.read_bytes()
            try:
                data.decode()
            except UnicodeDecodeError as error:
                faults.append(encoding_fault(data, error, publication.shown(path)))
    return faults


def _unknown_families(theme: Theme) -> list[Diagnostic]:
    """Report each family token that no font of the theme has."""
    families = sorted({face.family for face in theme.faces})
    settings = theme.publication.settings.theme
    chosen = {key: getattr(settings, key) for key in ("body", "display", "latin", "mono")}
    return [
        Diagnostic(
            "W303",
            f"no font of the family {family!r}",
            theme.publication.config_place("theme", key),
            _family_hint(family, families),
        )
        for key, family in chosen.items()
        if family not in families
    ]


def _family_hint(family: str, families: list[str]) -> str:
    near = difflib.get_close_matches(family, families, 1)
    known = f"known families: {', '.join(families)}; others go into theme/fonts/"
    return f"did you mean {near[0]!r}?" if near else known


def _face(path: Path, publication: Publication) -> Face:
    from warraq.font_files import BROKEN, description  # noqa: PLC0415 - as above

    try:
        return Face(path, *description(path))
    except BROKEN as error:
        fault = Diagnostic("W304", f"the font cannot be read: {error}", Place(publication.shown(path)))
        raise BookError(fault) from None


def _invisible(char: str) -> bool:
    """Tell whether a character draws nothing: spaces, controls, format characters.

    Unicode general categories Z*, Cc, Cf, and the variation selectors.
    """
    return unicodedata.category(char) in {"Zs", "Zl", "Zp", "Cc", "Cf"} or 0xFE00 <= ord(char) <= 0xFE0F
