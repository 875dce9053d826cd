"""Pictures of pixels: their size, and what is left of one that is larger than readers need."""

from __future__ import annotations

import io

from PIL import Image, ImageOps

#: Pillow's names of the kinds that are written anew; what moves, and what is drawn, stays.
WRITTEN: dict[str, dict[str, int]] = {
    "JPEG": {"quality": 85, "optimize": True},
    "PNG": {"optimize": True},
    "WEBP": {"quality": 85, "method": 4},
}
_BROKEN = (OSError, ValueError, Image.DecompressionBombError)


def size(data: bytes) -> tuple[int, int] | None:
    """Give the width and height of a picture in pixels; nothing for a drawing (SVG)."""
    try:
        with Image.open(io.BytesIO(data)) as picture:
            return picture.size
    except _BROKEN:
        return None


def sized(data: bytes, largest: int | None) -> bytes:
    """Give a picture whose longer side is at most so many pixels; as it is, if it is so already.

    Asked for nothing, or where the picture would not become smaller in bytes, it is as it was.
    """
    shape = size(data) if largest else None
    if not (largest and shape) or max(shape) <= largest:
        return data
    with Image.open(io.BytesIO(data)) as picture:
        kind = picture.format or ""
        if kind not in WRITTEN or getattr(picture, "is_animated", False):
            return data
        profile = picture.info.get("icc_profile")
        upright = ImageOps.exif_transpose(picture)
        whole = _full(upright)
        whole.thumbnail((largest, largest), Image.Resampling.LANCZOS)
        if upright.mode == "P" and whole.mode == "RGB":
            whole = whole.quantize(256, dither=Image.Dither.NONE)
        file = io.BytesIO()
        whole.save(file, kind, icc_profile=profile, **WRITTEN[kind])
    return min(file.getvalue(), data, key=len)


def _full(picture: Image.Image) -> Image.Image:
    """Give a picture whose tones can be mixed: no palette, no bare black and white."""
    if picture.mode == "P":
        return picture.convert("RGBA" if "transparency" in picture.info else "RGB")
    return picture.convert("L") if picture.mode == "1" else picture
