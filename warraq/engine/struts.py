"""The height of a line by its style, which WeasyPrint 70 looks up for each box of text.

`text.line_break.strut` keeps what it works out under a text written of fourteen properties,
which costs more than all else that it does. Here a style keeps its own. No upstream issue
is known. The function is wrapped, not replaced.
"""

from __future__ import annotations

from typing import Any

from weasyprint.layout import inline

from warraq.engine.guard import wrap

STRUT = "b57885b70dd08efe"


def mend() -> list[str]:
    """Wrap the function, once; give its name if it is not the one we know."""
    return wrap(inline, "strut", STRUT, _kept)


def _kept(stock: Any) -> Any:
    def strut(style: Any) -> Any:
        known = vars(style)
        if "warraq_strut" not in known:
            known["warraq_strut"] = stock(style)
        return known["warraq_strut"]

    return strut
