"""What keeps our patches of WeasyPrint honest.

A patch replaces a function that was read line by line. Where the installed WeasyPrint has
another text there, the patch steps back, the stock behaviour stays, and the build says so.
"""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Callable
from typing import Any


def written_for(function: Callable[..., Any], digest: str) -> bool:
    """Tell whether a function's source is the one whose SHA-256 begins with `digest`."""
    try:
        source = inspect.getsource(function)
    except (OSError, TypeError):
        return False
    return hashlib.sha256(source.encode()).hexdigest().startswith(digest)
