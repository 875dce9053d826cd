"""Addresses in an article: which are of the network, and which file the others mean."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

from warraq.publication import Publication

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
#: Where generators keep what they serve from the root of a site.
_ROOTS = ("", "static", "src", "docs", "public", "content")
#: Marks of direction that copying leaves in addresses without anybody seeing them.
_UNSEEN = {ord(mark): None for mark in "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"}


def is_remote(address: str) -> bool:
    """Tell whether an address has a scheme or a host of its own."""
    return bool(_SCHEME.match(address)) or address.startswith("//")


def plain(address: str) -> str:
    """Undo percent-encoding, and take out marks of direction that nobody sees."""
    return unquote(address).translate(_UNSEEN).strip()


def file_meant(publication: Publication, article: Path, address: str) -> Path:
    """Give the file that an address means: beside the article, or with `/` from the root.

    An address is first taken as it is typed, so that a name may hold `%` or `#`. What site
    generators take for their root counts as ours too, as far as the file is there.
    """
    typed, read = (name.lstrip("/") for name in (address.translate(_UNSEEN).strip(), plain(address)))
    folders = [publication.root / name for name in _ROOTS] if address.startswith("/") else [article.parent]
    tried = [_joined(folder, name) for folder in folders for name in (typed, read)]
    return next((path for path in tried if path.is_file()), tried[1])


def _joined(folder: Path, name: str) -> Path:
    # A NUL or an over-long name is no file on any system; ask none about it.
    return (folder / name.replace("\0", "")[:1000]).resolve()
