"""Pictures: each is found, looked at (by Pillow), and named by its path in the publication.

A picture that cannot be used becomes `<span class="missing">` with its alternative text,
so that a draft can still be set.
"""

from __future__ import annotations

import difflib
import functools
import os
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element

from PIL import Image

from warraq.diagnostics import Diagnostic, Place, isolate
from warraq.publication import Publication
from warraq.reading.draft import Draft
from warraq.reading.paths import file_meant, is_remote, plain
from warraq.reading.trees import has_class, replace, with_parents

KINDS = "PNG, JPEG, GIF, WebP and SVG can be used"
_BROKEN = (OSError, SyntaxError, ValueError, Image.DecompressionBombError)
_MAGIC = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a")


def resolve(draft: Draft, publication: Publication) -> dict[str, Path]:
    """Find the pictures of a chapter, and give them by their keys.

    Faults: W106 outside the publication, W204 missing, W205 remote, W206 not a whole picture
    (PNG, JPEG, GIF, WebP or SVG), W215 without alternative text.
    """
    found: dict[str, Path] = {}
    counts = Counter[str]()
    for root in draft.text_roots:
        for parent, image in with_parents(root):
            if image.tag != "img":
                continue
            _find_embed(draft, publication, image)
            address = image.get("src", "")
            counts[address] += 1
            place = _place(draft, image, counts[address])
            fault = _fault(draft, publication, address, place, found)
            if fault:
                draft.faults.append(fault)
                replace(parent, image, [_missing(image)])
            else:
                _finish(draft, publication, image, place)
    return found


def _find_embed(draft: Draft, publication: Publication, image: Element) -> None:
    """Find a picture that Obsidian embeds by its name alone, in whatever folder it stands."""
    if image.get("class") != "wiki":
        return
    del image.attrib["class"]
    address = image.get("src", "")
    if not file_meant(publication, draft.source.path, address).is_file():
        name = plain(address).rpartition("/")[2].lower()
        known = next((path for path in _pictures(publication.root) if path.rpartition("/")[2].lower() == name), "")
        image.set("src", f"/{known}" if known else address)


def _place(draft: Draft, image: Element, nth: int) -> Place:
    address = image.get("src", "")
    place = draft.place(image, address, nth)
    return place if place.line else draft.source.place_of(address.replace("&", "&amp;"), nth)


def _fault(
    draft: Draft, publication: Publication, address: str, place: Place, found: dict[str, Path]
) -> Diagnostic | None:
    if is_remote(address):
        hint = "put a copy beside the article, or set `remote = true` in [images]"
        allowed = publication.settings.images.remote and address.startswith(("http:", "https:"))
        return None if allowed else Diagnostic("W205", f"the image {isolate(address[:80])} is remote", place, hint)
    article = draft.source.path
    path = file_meant(publication, article, address)
    if not path.is_relative_to(publication.root):
        message = f"the image {isolate(address)} leads outside the publication"
        return Diagnostic("W106", message, place, "put a copy of it into the folder")
    name = path.relative_to(publication.root).as_posix()
    if not path.is_file():
        hint = _near(publication, address, article)
        return Diagnostic("W204", f"image {isolate(address or name)} is missing", place, hint)
    if not is_picture(path):
        message = f"{isolate(address)} is not a whole image"
        return Diagnostic("W206", message, place, KINDS)
    found[name] = path
    return None


def _finish(draft: Draft, publication: Publication, image: Element, place: Place) -> None:
    address = image.get("src", "")
    if not is_remote(address):
        path = file_meant(publication, draft.source.path, address)
        image.set("src", path.relative_to(publication.root).as_posix())
    if not image.get("alt", "").strip() and not has_class(image, "decorative"):
        hint = "say between the brackets what it shows, or write {.decorative} after a picture that says nothing"
        draft.say("W215", f"the image {isolate(plain(address))} has no alternative text", place, hint)


def is_picture(path: Path) -> bool:
    """Tell whether a file is a whole picture of a kind that can be set."""
    state = path.stat()
    return _is_picture(path, state.st_mtime_ns, state.st_size)


@functools.lru_cache(maxsize=4096)
def _is_picture(path: Path, _changed: int, _size: int) -> bool:
    with path.open("rb") as file:
        head = file.read(1024)
    try:
        if head.startswith(_MAGIC) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP"):
            with Image.open(path) as image:
                image.verify()
            return True
        return ET.parse(path).getroot().tag.rpartition("}")[2] == "svg"
    except _BROKEN:
        return False


def _missing(image: Element) -> Element:
    span = Element("span", {"class": "missing"})
    span.text = f"[{image.get('alt') or plain(image.get('src', '')).rpartition('/')[2]}]"
    return span


def _near(publication: Publication, address: str, article: Path) -> str:
    """Suggest the picture that was meant by its name, as the article would write it."""
    by_name: dict[str, str] = {}
    for known in _pictures(publication.root):
        by_name.setdefault(known.rpartition("/")[2].lower(), known)
    alike = difflib.get_close_matches(plain(address).rpartition("/")[2].lower(), by_name, 1, 0.7)
    if not alike:
        return "paths are relative to the article, or with / to the publication"
    meant = publication.root / by_name[alike[0]]
    written = f"/{by_name[alike[0]]}" if address.startswith("/") else os.path.relpath(meant, article.parent)
    return f"did you mean {isolate(Path(written).as_posix())}?"


def _pictures(root: Path) -> list[str]:
    names = []
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name != "node_modules")
        kept = [name for name in files if name.lower().endswith((".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg"))]
        names += [(Path(folder) / name).relative_to(root).as_posix() for name in sorted(kept)]
    return names


def cover(publication: Publication) -> tuple[Mapping[str, Path], list[Diagnostic]]:
    """Find the picture of the cover that `publication.toml` names."""
    name = publication.settings.publication.cover
    if not name:
        return {}, []
    path = (publication.root / name).resolve()
    place = publication.config_place("publication", "cover")
    if not path.is_relative_to(publication.root):
        return {}, [Diagnostic("W106", f"{name} leads outside the publication", place, "put a copy into the folder")]
    if not path.is_file():
        hint = _near(publication, name, publication.root / name)
        return {}, [Diagnostic("W204", f"image {name} is missing", place, hint)]
    if not is_picture(path):
        return {}, [Diagnostic("W206", f"{name} is not a whole image", place, KINDS)]
    return {name: path}, []
