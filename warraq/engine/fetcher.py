"""The files that the engine may read: those of the publication and of the theme."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from weasyprint.urls import URLFetcher

from warraq.theme import HOME


class Fetcher(URLFetcher):  # type: ignore[misc]
    """Refuse whatever lies outside the publication and the theme, and the network.

    Pictures from the network are let in where the publication allows it.
    """

    def __init__(self, root: Path, *, remote: bool = False) -> None:
        """Allow the folders of one publication and of the theme, and the network if it is `remote`."""
        network = {"http", "https"} if remote else set()
        super().__init__(allowed_protocols={"file", "data"} | network)
        self.folders = (root.resolve(), HOME.resolve())

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
        """Fetch a URL; raises ValueError for one that may not be read."""
        if url.lower().startswith("file:"):
            path = Path(url2pathname(unquote(urlsplit(url).path))).resolve()
            if not any(path.is_relative_to(folder) for folder in self.folders):
                msg = f"{path} is outside the publication and the theme"
                raise ValueError(msg)
        return super().fetch(url, headers)
