"""The fonts that the engine may see: those of the theme, and no other.

fontconfig reads FONTCONFIG_FILE once, when WeasyPrint loads it, so this module must be
imported before WeasyPrint. Two machines then lay out the same bytes.
"""

from __future__ import annotations

import os

from warraq.theme import FONTS

os.environ["FONTCONFIG_FILE"] = str(FONTS / "fonts.conf")
