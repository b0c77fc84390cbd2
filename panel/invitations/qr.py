"""Links as pictures a phone can read."""

from __future__ import annotations

import io

import segno

# Level M survives a fold and a coffee stain; four modules of white border are in the standard.
_LEVEL = "m"
_BORDER = 4


def svg(link: str) -> bytes:
    """The QR code of ``link`` as an SVG document without script or style."""
    out = io.BytesIO()
    segno.make(link, error=_LEVEL, micro=False).save(
        out, kind="svg", scale=8, border=_BORDER, dark="#000", light="#fff", xmldecl=True
    )
    return out.getvalue()


def png(link: str, *, scale: int = 10) -> bytes:
    """The same as a PNG, ``scale`` pixels a module."""
    out = io.BytesIO()
    segno.make(link, error=_LEVEL, micro=False).save(
        out, kind="png", scale=scale, border=_BORDER, dark="#000", light="#fff"
    )
    return out.getvalue()
