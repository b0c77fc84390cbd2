"""The panel at its table, and the town's arms."""

from __future__ import annotations

from math import cos, pi

from demo.pictures.canvas import Point, Sheet, mixed, smooth
from demo.pictures.things import (
    AMBER,
    BRICK,
    CREAM,
    DEEP,
    GOLD,
    INK,
    LEAF,
    MIST,
    MOSS,
    PINE,
    ROSE,
    SAND,
    TEAL,
    tern,
)

# Who sits there from left to right: coat, hair, skin, how tall they sit.
AROUND = (
    (TEAL, "#d9d4cc", "#edc3a3", 0.98),
    (GOLD, INK, "#8a5a3c", 1.06),
    (ROSE, "#7a4a2c", "#f0c8a8", 0.95),
    (DEEP, "#2b2320", "#c98f66", 1.08),
    (MOSS, "#c9a45c", "#f0c8a8", 0.92),
    (BRICK, "#4a3426", "#6f4630", 1.02),
)


def table(sheet: Sheet) -> None:
    """Six people of all ages around a table, with something to say."""
    sheet.fill("#f9ecd0", "#f5e0b8", "#efd3a0")
    sheet.glow(800, 300, 760, "#fff8e6", 0.9)
    _window_wall(sheet)
    for number, (coat, hair, skin, tall) in enumerate(AROUND):
        x = 250 + number * 220
        bow = abs(number - 2.5)
        _sitter(sheet, x, 700 + bow * 14, tall, coat, hair, skin)
    bubbles = (
        (330, 240, 200, 92, CREAM, 1),
        (790, 170, 230, 104, GOLD, -1),
        (1230, 250, 190, 88, CREAM, -1),
    )
    for x, y, width, height, colour, side in bubbles:
        _bubble(sheet, x, y, width, height, colour, side)
    _table_top(sheet)


def _window_wall(sheet: Sheet) -> None:
    for x in (120, 640, 1160):
        sheet.rounded(x, 60, 330, 420, 14, CREAM)
        sheet.rounded(x + 16, 76, 298, 388, 8, ("#a9d0d3", "#dbece3"))
        hill = smooth([(x + 16, 400), (x + 120, 360), (x + 230, 395), (x + 314, 350)])
        sheet.shape([*hill, (x + 314, 464), (x + 16, 464)], (LEAF, MOSS))
        sheet.line([(x + 165, 76), (x + 165, 464)], 9, CREAM)
        sheet.line([(x + 16, 240), (x + 314, 240)], 9, CREAM)
    sheet.rect(-10, 520, 1630, 490, ("#e2b981", "#c99a63"))
    sheet.rect(-10, 512, 1630, 12, mixed(BRICK, SAND, 0.35))


def _sitter(
    sheet: Sheet, x: float, foot: float, tall: float, coat: str, hair: str, skin: str
) -> None:
    top = foot - 300 * tall
    sheet.shade(
        [(x - 95, foot - 40), (x + 95, foot - 40), (x + 110, foot + 20), (x - 110, foot + 20)],
        "#6b452a55",
        12,
    )
    body = smooth(
        [
            (x - 104, foot + 20),
            (x - 96, foot - 110),
            (x - 66, top + 138),
            (x, top + 118),
            (x + 66, top + 138),
            (x + 96, foot - 110),
            (x + 104, foot + 20),
        ]
    )
    sheet.shape(body, (coat, mixed(coat, INK, 0.28)))
    sheet.line([(x, top + 95), (x, top + 135)], 40, mixed(skin, BRICK, 0.22))
    sheet.disc(x, top + 48, 64, hair)
    sheet.disc(x + 3, top + 64, 52, skin, 1.08)
    sheet.shape(
        smooth(
            [
                (x - 56, top + 52),
                (x - 30, top + 4),
                (x + 30, top),
                (x + 58, top + 50),
                (x + 14, top + 24),
                (x - 56, top + 52),
            ]
        ),
        hair,
    )
    for eye in (-17, 21):
        sheet.disc(x + eye, top + 66, 5, INK)
    sheet.line(
        smooth([(x - 15, top + 90), (x + 3, top + 99), (x + 21, top + 89)]),
        4.5,
        mixed(BRICK, INK, 0.35),
    )


def _bubble(
    sheet: Sheet, x: float, y: float, width: float, height: float, colour: str, side: int
) -> None:
    sheet.shade(
        [
            (x + 8, y + 14),
            (x + width + 8, y + 14),
            (x + width + 8, y + height + 14),
            (x + 8, y + height + 14),
        ],
        "#6b452a40",
        10,
    )
    tip = x + width / 2 + side * 44
    sheet.shape(
        [
            (tip - 18, y + height - 6),
            (tip + 20, y + height - 6),
            (tip - side * 26, y + height + 44),
        ],
        colour,
    )
    sheet.rounded(x, y, width, height, 36, colour)
    for line, share in enumerate((0.68, 0.44)):
        level = y + height * (0.4 + 0.26 * line)
        sheet.line(
            [(x + 34, level), (x + 34 + (width - 68) * share * 1.4, level)],
            8,
            mixed(colour, DEEP, 0.42),
        )


def _table_top(sheet: Sheet) -> None:
    edge = smooth([(-60, 800), (250, 735), (800, 712), (1350, 735), (1660, 800)])
    sheet.shape([*edge, (1660, 1010), (-60, 1010)], ("#fdf5e4", "#e9d3a8"))
    sheet.line(edge, 10, CREAM)
    papers = ((330, 830, -8), (690, 800, 3), (1060, 815, 9))
    for x, y, lean in papers:
        sheet.shape(
            [(x, y), (x + 170, y - lean), (x + 196, y + 92 - lean), (x + 14, y + 96)], "#ffffff"
        )
        for row in (24, 44, 64):
            sheet.line([(x + 26, y + row - lean * 0.2), (x + 140, y + row - lean)], 5, MIST)
    for x, y, colour in ((250, 800, BRICK), (590, 860, TEAL), (950, 870, AMBER), (1330, 830, PINE)):
        sheet.disc(x, y + 34, 40, "#a9814e50", 0.3)
        sheet.rounded(x - 28, y - 22, 56, 60, 12, (colour, mixed(colour, INK, 0.25)))
        sheet.disc(x, y - 20, 27, mixed(colour, CREAM, 0.45), 0.34)


SHIELD = (380, 40, 1220, 965)


def arms(sheet: Sheet) -> None:
    """The town's arms: a tern above three waves, before the sun."""
    sheet.fill(CREAM, CREAM)
    sheet.shape(shield(0), DEEP)
    sheet.shape(shield(26), CREAM)
    sheet.shape(shield(40), DEEP)
    sheet.disc(800, 320, 118, GOLD)
    tern(sheet, 795, 420, 690, "#ffffff", "#0d2a33")
    for level, half, colour in ((600, 340, MIST), (690, 300, "#7fb9b6"), (780, 210, MIST)):
        sheet.line(_wave(level, half), 28, colour)


def shield(inset: float) -> list[Point]:
    """The outline of the shield, so far inside its edge."""
    left, right, top = 380 + inset, 1220 - inset, 40 + inset
    lower = (
        (right, 520),
        (right - 30, 680 - inset * 0.2),
        (1040 - inset * 0.5, 850 - inset * 0.7),
        (800, 965 - inset * 1.15),
    )
    side = smooth(lower)
    other = [(1600 - x, y) for x, y in side[::-1]]
    return [(left, top), (right, top), *side, *other]


def _wave(level: float, half: float) -> list[Point]:
    """A wave of whole turns, a hundred and seventy long."""
    steps = range(-int(half), int(half) + 1, 5)
    return [(800 + x, level + 15 * cos(x * pi / 85)) for x in steps]
