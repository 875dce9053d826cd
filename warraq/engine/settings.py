"""What Pango needs to know of a style before it shapes text, made once for all equal styles.

WeasyPrint 70 makes a context and a font description for each piece of text that it shapes
(`text.line_break.Layout.setup`). Pango's lists of attributes are shared too, but for texts with
spacing or breaks of their own, for which WeasyPrint changes the list in place.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from weasyprint.css import Style
from weasyprint.text.constants import LST_TO_ISO, PANGO_DIRECTION
from weasyprint.text.ffi import FROM_UNITS, ffi, gobject, pango, unicode_to_char_p
from weasyprint.text.fonts import font_features, get_font_description

#: Properties that decide what Pango makes of a text.
SHAPING = (
    *("font_family", "font_size", "font_style", "font_stretch", "font_weight", "font_variant_caps"),
    *("font_variation_settings", "font_language_override", "lang", "direction", "text_decoration_line"),
    *("letter_spacing", "word_spacing", "overflow_wrap"),
)
FEATURES = (
    *("font_kerning", "font_variant_ligatures", "font_variant_position", "font_variant_caps"),
    *("font_variant_numeric", "font_variant_alternates", "font_variant_east_asian", "font_feature_settings"),
)
LINES = ("ascent", "underline_position", "strikethrough_position", "underline_thickness", "strikethrough_thickness")


@dataclass(slots=True)
class Seen:
    """The characters of Arabic text that Pango was seen to set in a font (`warraq.engine.items`)."""

    font: Any = None
    layout: Any = None
    leftwards: Any = None
    rightwards: Any = None
    characters: set[str] = field(default_factory=set)


class Setting(NamedTuple):
    """A context, a font description and a list of attributes.

    `decoration` are the fields of a Layout for lines along the text. A text of a setting that
    `is_changing` is given attributes of its own. `heights` are kept by `warraq.engine.pieces`.
    """

    key: int
    context: Any
    description: Any
    language: Any
    features: bytes
    attributes: Any
    decoration: dict[str, Any]
    is_changing: bool
    heights: dict[int, tuple[Any, float, float]]
    seen: Seen


def setting(style: Any) -> Setting | None:
    """Give the setting of a style, or None where it has to be set up as ever."""
    if not isinstance(style, Style):
        return None
    known = vars(style)
    if "warraq_setting" not in known:
        known["warraq_setting"] = _setting(style)
    found: Setting | None = known["warraq_setting"]
    return found


def attributes(features: bytes) -> Any:
    """Make a list of attributes that asks for features of fonts, or None where there are none."""
    if not features:
        return None
    made = ffi.gc(pango.pango_attr_list_new(), pango.pango_attr_list_unref)
    pango.pango_attr_list_insert(made, pango.pango_attr_font_features_new(features))
    return made


def _setting(style: Any) -> Setting:
    settings = vars(style.font_config).setdefault("warraq_settings", {})
    features = font_features(*(style[name] for name in FEATURES))
    values = (*map(style.__getitem__, SHAPING), tuple(features.items()))
    key = tuple(tuple(value) if isinstance(value, (list, set)) else value for value in values)
    if key not in settings:
        settings[key] = _made(style, ",".join(f"{name} {value}" for name, value in features.items()).encode())
    made: Setting = settings[key]
    return made


def _made(style: Any, features: bytes) -> Setting:
    context = ffi.gc(pango.pango_font_map_create_context(style.font_config.font_map), gobject.g_object_unref)
    pango.pango_context_set_round_glyph_positions(context, 0)
    pango.pango_context_set_base_dir(context, PANGO_DIRECTION[style["direction"]])
    language = _language(style)
    if language is None:
        language = pango.pango_language_get_default()
    else:
        pango.pango_context_set_language(context, language)
    description = get_font_description(style)
    decoration = _decoration(style, context, description, language)
    is_changing = style["overflow_wrap"] != "normal" or (style["letter_spacing"], style["word_spacing"]) != (
        "normal",
        0,
    )
    _Keys.last += 1
    return Setting(
        key=_Keys.last,
        context=context,
        description=description,
        language=language,
        features=features,
        attributes=attributes(features),
        decoration=decoration,
        is_changing=is_changing,
        heights={},
        seen=Seen(),
    )


def _decoration(style: Any, context: Any, description: Any, language: Any) -> dict[str, Any]:
    if style["text_decoration_line"] == "none":
        return dict.fromkeys(("ascent", "underline_position", "strikethrough_position"))
    metrics = ffi.gc(pango.pango_context_get_metrics(context, description, language), pango.pango_font_metrics_unref)
    return {name: FROM_UNITS * getattr(pango, f"pango_font_metrics_get_{name}")(metrics) for name in LINES}


class _Keys:
    """The key given last; keys are never given again, so that settings of two documents cannot meet."""

    last = 0


def _language(style: Any) -> Any:
    """Give Pango's language of a style, or None for the default."""
    override, lang = style["font_language_override"], style["lang"]
    name = lang if override == "normal" else LST_TO_ISO.get(override.lower(), override)
    if not name:
        return None
    pointer, _bytes = unicode_to_char_p(name)
    return pango.pango_language_from_string(pointer)
