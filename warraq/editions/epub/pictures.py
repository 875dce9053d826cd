"""The pictures of an e-book: only those that are shown, as they are or brought down to a size."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from warraq.editions.raster import sized

FOLDER = "images"
#: Core media types of pictures by the first bytes of a file (EPUB 3.3 §3.2).
KINDS = (
    (b"\x89PNG\r\n\x1a\n", "image/png", "png"),
    (b"\xff\xd8\xff", "image/jpeg", "jpg"),
    (b"GIF8", "image/gif", "gif"),
    (b"RIFF", "image/webp", "webp"),
    (b"", "image/svg+xml", "svg"),
)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in the container: its path, media type and bytes."""

    path: str
    media_type: str
    data: bytes

    @property
    def may_move(self) -> bool:
        """Tell whether the picture is one of several that follow each other (a GIF)."""
        return self.media_type == "image/gif" and self.data.count(b"\x21\xf9\x04") > 1


@dataclass(slots=True)
class Pictures:
    """The pictures met so far, by their keys in the Document; `largest` is in pixels."""

    sources: Mapping[str, Path]
    largest: int | None = None
    found: dict[str, Picture] = field(default_factory=dict)

    def address(self, key: str) -> str | None:
        """Give a picture's address for files of the text's folder; nothing if it is none of ours."""
        if key not in self.found:
            if key not in self.sources:
                return None
            self.found[key] = self._take(key)
        return f"../{self.found[key].path}"

    def _take(self, key: str) -> Picture:
        data = sized(self.sources[key].read_bytes(), self.largest)
        media_type, suffix = next((kind, suffix) for magic, kind, suffix in KINDS if data.startswith(magic))
        # Names in ASCII: some readers lose others.
        name = re.sub(r"[^a-z0-9]+", "-", Path(key).stem.lower()).strip("-")
        path = f"{FOLDER}/{len(self.found) + 1:03}{f'-{name}' if name else ''}.{suffix}"
        return Picture(path, media_type, data)
