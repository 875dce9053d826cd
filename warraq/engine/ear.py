"""What WeasyPrint says while it works, as diagnostics."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager

from warraq.diagnostics import Diagnostic, Place

WHERE = re.compile(r" at (\d+):(\d+)")


class Ear(logging.Handler):
    """Hear WeasyPrint: its warnings as diagnostics about a file."""

    def __init__(self, file: str) -> None:
        """Begin with the file that warnings are about."""
        super().__init__(logging.WARNING)
        self.file = file
        self.heard: list[Diagnostic] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Take a warning down."""
        message = record.getMessage()
        # Missing glyphs are reported with their places already (`warraq.checks.glyphs`).
        if ".notdef glyph" not in message:
            self.heard.append(_diagnostic(message, self.file))


def _diagnostic(message: str, file: str) -> Diagnostic:
    """Turn a message such as `Ignored … at 12:3, unknown property` into a diagnostic."""
    if not message.startswith("Ignored"):
        return Diagnostic("W402", message.rstrip("."), Place(file))
    where = WHERE.search(message)
    place = Place(file, int(where[1]), int(where[2])) if where else Place(file)
    return Diagnostic("W401", WHERE.sub("", message).rstrip("."), place, "see what WeasyPrint knows of CSS")


@contextmanager
def attached(ear: Ear) -> Iterator[None]:
    """Attach an ear to WeasyPrint's logger alone, and put all back as it was."""
    logger = logging.getLogger("weasyprint")
    handlers, level, propagate = logger.handlers, logger.level, logger.propagate
    logger.handlers, logger.propagate = [ear], False
    logger.setLevel(logging.WARNING)
    try:
        yield
    finally:
        logger.handlers, logger.propagate = handlers, propagate
        logger.setLevel(level)
