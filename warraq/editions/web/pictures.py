"""Pictures inside the page: each stands in it once, as a data URI.

A picture that is shown more than once stands in the style sheet, and its places name it
by a class; else it stands where it is shown.
"""

from __future__ import annotations

import base64
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree.ElementTree import Element

from warraq.diagnostics import Diagnostic, isolate
from warraq.editions.raster import size, sized
from warraq.reading.paths import is_remote

KINDS = {b"\x89PNG": "png", b"\xff\xd8\xff": "jpeg", b"GIF8": "gif", b"RIFF": "webp"}
SUFFIXES = {"svg+xml": "svg", "jpeg": "jpg"}
#: Seconds to wait for a picture from the network, where the publication allows one.
PATIENCE = 30


@dataclass(slots=True)
class Gallery:
    """The pictures of an edition: bytes by key, what could not be had; `largest` is in pixels."""

    files: Mapping[str, Path]
    largest: int | None = None
    data: dict[str, bytes] = field(default_factory=dict)
    faults: list[Diagnostic] = field(default_factory=list)

    def embed(self, trees: Iterable[Element]) -> str:
        """Put data URIs into the trees; give the rules for pictures shown more than once."""
        images = self._found(trees)
        counts = Counter(key for _, key in images)
        shared = {key: f"picture-{number}" for number, key in enumerate(k for k, n in counts.items() if n > 1)}
        for image, key in images:
            if key in shared:
                image.set("class", f"{image.get('class', '')} {shared[key]}".strip())
                image.set("src", _empty(image))
            else:
                image.set("src", data_uri(self.data[key]))
        return "\n".join(f'.{name} {{ content: url("{data_uri(self.data[key])}"); }}' for key, name in shared.items())

    def store(self, trees: Iterable[Element], folder: str) -> dict[str, bytes]:
        """Point the trees at files in a folder, and give those files."""
        files: dict[str, bytes] = {}
        names: dict[str, str] = {}
        for image, key in self._found(trees):
            names.setdefault(key, f"{folder}/{len(names) + 1:03}.{_suffix(self.data[key])}")
            image.set("src", names[key])
            files[names[key]] = self.data[key]
        return files

    def read(self, path: Path) -> bytes:
        """Read a picture that no tree shows, such as that of the cover."""
        return sized(path.read_bytes(), self.largest)

    def _found(self, trees: Iterable[Element]) -> list[tuple[Element, str]]:
        """List the pictures of the trees that can be had; the others become their words."""
        found = []
        for tree in trees:
            for image in list(tree.iter("img")):
                key = image.get("src", "")
                if self._load(key):
                    _measure(image, self.data[key])
                    found.append((image, key))
                else:
                    image.tag, image.text = "span", f"[{image.get('alt', '')}]"
                    image.attrib.clear()
                    image.set("class", "missing")
        return found

    def _load(self, key: str) -> bool:
        if key not in self.data:
            try:
                data = self.files[key].read_bytes() if key in self.files else _fetched(key)
                self.data[key] = sized(data, self.largest)
            except (OSError, ValueError, urllib.error.URLError) as error:
                message = f"the image {isolate(key[:80])} cannot be read: {error}"
                fault = Diagnostic("W206", message, help="put a copy beside the article")
                self.faults += [] if fault in self.faults else [fault]
                return False
        return True


def _fetched(address: str) -> bytes:
    """Fetch a picture from the network; reading lets one through only where it is allowed."""
    if not is_remote(address) or not address.startswith(("http:", "https:")):
        msg = "it is not a picture of the publication"
        raise ValueError(msg)
    with urllib.request.urlopen(address, timeout=PATIENCE) as answer:  # noqa: S310 - scheme checked above
        data: bytes = answer.read()
    return data


def data_uri(data: bytes) -> str:
    """Write a picture as a data URI."""
    return f"data:image/{kind(data)};base64,{base64.b64encode(data).decode()}"


def kind(data: bytes) -> str:
    """Name the kind of a picture by its first bytes, as media types call it."""
    return next((name for magic, name in KINDS.items() if data.startswith(magic)), "svg+xml")


def _suffix(data: bytes) -> str:
    return SUFFIXES.get(kind(data), kind(data))


def _measure(image: Element, data: bytes) -> None:
    """Give an image its size, so that the page keeps its place before it is drawn."""
    image.set("decoding", "async")
    if image.get("width") or image.get("height") or kind(data) == "svg+xml":
        return
    if shape := size(data):
        image.set("width", str(shape[0]))
        image.set("height", str(shape[1]))


def _empty(image: Element) -> str:
    """Give an empty picture of the image's size."""
    size = f"width='{image.get('width', '1')}' height='{image.get('height', '1')}'"
    return f"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' {size}%3E%3C/svg%3E".replace(" ", "%20")
