"""The zip that an EPUB is (EPUB 3.3 §4.2, OCF): the same bytes from the same files."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

MIMETYPE = b"application/epub+zip"
#: The earliest moment that a zip can tell.
EPOCH = (1980, 1, 1, 0, 0, 0)
#: Files that are compressed in themselves.
STORED = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".woff2")


def pack(files: Mapping[str, bytes]) -> bytes:
    """Pack files by their paths: the media type first and bare, then all in order."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        _add(archive, "mimetype", MIMETYPE, zipfile.ZIP_STORED)
        for path in sorted(files):
            stored = path.lower().endswith(STORED)
            _add(archive, path, files[path], zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED)
    return file.getvalue()


def _add(archive: zipfile.ZipFile, path: str, data: bytes, method: int) -> None:
    entry = zipfile.ZipInfo(path, EPOCH)
    entry.compress_type = method
    entry.create_system = 3  # Unix, on every system
    entry.external_attr = 0o100644 << 16
    archive.writestr(entry, data, compresslevel=9)
