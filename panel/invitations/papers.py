"""Letters and posters as PDF: text as text, the link as a QR code and in letters one can type."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path
from xml.sax.saxutils import escape

import segno
from django.utils.translation import gettext as _
from reportlab.graphics.shapes import Drawing, Rect
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import (
    Flowable,
    KeepTogether,
    PageBreak,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
)

from panel.core.municipality import Municipality
from panel.invitations.texts import Words

_FONTS = Path(__file__).parent / "fonts"
_PLAIN, _STRONG = "DejaVuSans", "DejaVuSans-Bold"
_QUIET_ZONE = 4


def letters(words: Iterable[Words], *, municipality: Municipality, language: str) -> bytes:
    """One letter a page, or more when it is long.

    Bytes of a PDF in ``language`` ("da" or "en").
    """
    pages: list[Flowable] = []
    for letter in words:
        pages += [*_letter(letter, municipality), PageBreak()]
    return _pdf(pages[:-1] or [Paragraph(_("There is nothing to print."), _style())], language)


def poster(
    *, headline: str, lines: Iterable[str], link: str, municipality: Municipality, language: str
) -> bytes:
    """A poster for the library's notice board, A4: headline, what it is, and a large QR code."""
    centred = {"alignment": TA_CENTER}
    content: list[Flowable] = [
        Paragraph(escape(municipality.name), _style(14, **centred)),
        Spacer(1, 18 * mm),
        Paragraph(escape(headline), _style(40, _STRONG, **centred)),
        Spacer(1, 10 * mm),
        *(Paragraph(escape(line), _style(18, **centred)) for line in lines),
        Spacer(1, 12 * mm),
        _qr(link, 90 * mm),
        Spacer(1, 6 * mm),
        Paragraph(escape(_bare(link)), _style(18, _STRONG, **centred)),
    ]
    return _pdf(content, language)


def _letter(words: Words, municipality: Municipality) -> list[Flowable]:
    paragraphs = [part for part in words.body.split("\n") if part.strip()]
    return [
        Paragraph(escape(municipality.name), _style(10)),
        Spacer(1, 24 * mm),
        Paragraph(escape(words.subject), _style(16, _STRONG)),
        Spacer(1, 6 * mm),
        *(Paragraph(escape(part), _style(11)) for part in paragraphs),
        Spacer(1, 6 * mm),
        KeepTogether(
            [
                Paragraph(escape(_("Point your phone's camera here:")), _style(11, _STRONG)),
                Spacer(1, 2 * mm),
                _qr(words.link, 42 * mm, centred=False),
            ]
        ),
    ]


def _pdf(content: list[Flowable], language: str) -> bytes:
    out = io.BytesIO()
    document = SimpleDocTemplate(
        out,
        pagesize=A4,
        leftMargin=24 * mm,
        rightMargin=24 * mm,
        topMargin=20 * mm,
        bottomMargin=20 * mm,
        title=_("Invitation to the citizen panel"),
        lang=language,
    )
    document.build(content)
    return out.getvalue()


def _style(size: int = 11, font: str = _PLAIN, **more: int) -> ParagraphStyle:
    _register_fonts()
    return ParagraphStyle(
        "text",
        fontName=font,
        fontSize=size,
        leading=size * 1.4,
        spaceAfter=size * 0.6,
        splitLongWords=True,
        **more,
    )


def _register_fonts() -> None:
    if _PLAIN in pdfmetrics.getRegisteredFontNames():
        return
    pdfmetrics.registerFont(TTFont(_PLAIN, str(_FONTS / f"{_PLAIN}.ttf")))
    pdfmetrics.registerFont(TTFont(_STRONG, str(_FONTS / f"{_STRONG}.ttf")))


def _qr(link: str, side: float, *, centred: bool = True) -> Drawing:
    """The code as vector squares: sharp at every size, readable by every phone."""
    matrix = [list(row) for row in segno.make(link, error="m", micro=False).matrix]
    module = side / (len(matrix) + 2 * _QUIET_ZONE)
    drawing = Drawing(side, side)
    drawing.hAlign = "CENTER" if centred else "LEFT"
    for row, modules in enumerate(matrix):
        for column, dark in enumerate(modules):
            if dark:
                drawing.add(
                    Rect(
                        (column + _QUIET_ZONE) * module,
                        side - (row + _QUIET_ZONE + 1) * module,
                        module,
                        module,
                        strokeColor=None,
                        strokeWidth=0,
                    )
                )
    return drawing


def _bare(link: str) -> str:
    """The address as people write it: without the scheme and the last slash."""
    return link.split("://", 1)[-1].rstrip("/")
