"""People who do something together: a garden with an insect hotel, swings, a repair café."""

from __future__ import annotations

from math import cos, sin
from random import Random

from demo.pictures.canvas import Sheet, mixed
from demo.pictures.things import (
    AMBER,
    BRICK,
    CREAM,
    DEEP,
    GOLD,
    INK,
    LEAF,
    MOSS,
    PINE,
    ROSE,
    SAND,
    TEAL,
    bicycle,
    cloud,
    hills,
    house,
    person,
    round_tree,
)

WOOD, DARK_WOOD = "#a9764a", "#7a5233"


def garden(sheet: Sheet) -> None:
    """The insect hotel behind the kindergarten, with flowers around it and three who look."""
    rng = Random("garden")
    sheet.fill("#8cc6cf", "#cde6d8", "#fdf3d4", "#fdf3d4")
    sheet.disc(300, 180, 58, "#fff3c4")
    sheet.glow(300, 180, 330, "#fff3c4", 0.8)
    cloud(sheet, 820, 190, 400, "#ffffffc0")
    hills(sheet, [(-20, 560), (420, 500), (1000, 550), (1620, 490)], ("#9fc79d", MOSS))
    for x in range(20, 1600, 88):
        round_tree(sheet, x, 590, rng.uniform(150, 260), rng, rng.choice((MOSS, "#6f9c74", PINE)))
    hills(sheet, [(-20, 660), (500, 630), (1100, 660), (1620, 630)], (LEAF, MOSS))
    _hotel(sheet, 590, 800, rng)
    for x, foot, height, coat, hair, skin in (
        (430, 830, 190, GOLD, "#d8b26a", "#f0c8a8"),
        (1090, 850, 205, BRICK, INK, "#7a4f35"),
        (1190, 845, 300, TEAL, "#7a4a2c", "#e7b896"),
    ):
        sheet.disc(x, foot, height * 0.2, "#3d5c3f60", 0.24)
        person(sheet, x, foot, height, coat, hair, skin)
    for _ in range(150):
        _flower(sheet, rng.uniform(-10, 1610), rng.uniform(870, 1000), rng)
    for across, down in ((560, 420), (905, 360), (1010, 500), (480, 560), (760, 330)):
        sheet.disc(across - 5, down - 9, 9, "#ffffffb0", 0.6)
        sheet.disc(across, down, 11, GOLD, 0.7)
        sheet.line([(across + 1, down - 7), (across + 1, down + 7)], 4, INK)


def _flower(sheet: Sheet, x: float, foot: float, rng: Random) -> None:
    head = foot - (foot - 800) * rng.uniform(0.35, 0.6)
    sheet.line([(x, foot), (x + rng.uniform(-12, 12), head)], 4, rng.choice((PINE, MOSS)))
    bloom = rng.choice((GOLD, ROSE, CREAM, BRICK, AMBER, "#8a7ab8"))
    sheet.disc(x, head, rng.uniform(7, 15), bloom)
    sheet.disc(x, head, 4, INK)


def _hotel(sheet: Sheet, x: float, foot: float, rng: Random) -> None:
    sheet.shade([(x - 20, foot), (x + 420, foot), (x + 380, foot + 40), (x, foot + 40)],
                "#2f4a3380", 10)  # fmt: skip
    for post in (x + 10, x + 372):
        sheet.rect(post, foot - 360, 24, 366, DARK_WOOD)
    sheet.shape(
        [(x - 40, foot - 345), (x + 203, foot - 450), (x + 446, foot - 345)], (BRICK, "#8f4335")
    )
    sheet.rect(x, foot - 348, 406, 292, WOOD)
    for row in range(3):
        for column in range(3):
            left, top = x + 14 + column * 130, foot - 336 + row * 92
            sheet.rect(left, top, 118, 80, mixed(DARK_WOOD, INK, 0.5))
            _room(sheet, left, top, (row + column) % 3, rng)


def _room(sheet: Sheet, left: float, top: float, kind: int, rng: Random) -> None:
    """Canes, bricks or pine cones."""
    if kind == 0:
        for across in range(7):
            for down in range(5):
                middle = (left + 10 + across * 16.5, top + 9 + down * 16)
                sheet.disc(*middle, 7.4, SAND)
                sheet.disc(*middle, 3.4, INK)
    elif kind == 1:
        for down in range(3):
            sheet.rect(left + 4, top + 5 + down * 25, 110, 21, ROSE)
            for across in range(5):
                sheet.disc(left + 16 + across * 22, top + 15 + down * 25, 5, INK)
    else:
        for _ in range(16):
            x, y = left + rng.uniform(12, 106), top + rng.uniform(14, 70)
            sheet.disc(x, y, 13, rng.choice((WOOD, AMBER, "#8a5f3e")), 1.2)
            sheet.disc(x, y - 3, 6, DARK_WOOD)


def swings(sheet: Sheet) -> None:
    """The new playground in Sivmose: red swings, a slide, and a grandfather on the bench."""
    rng = Random("swings")
    sheet.fill("#79bccd", "#bfe1dd", "#fdf2d3", "#fdf2d3")
    cloud(sheet, 180, 200, 360, "#ffffffd0")
    cloud(sheet, 1060, 170, 380, "#ffffffb0")
    hills(sheet, [(-20, 560), (400, 520), (1000, 555), (1620, 510)], ("#a4cda3", MOSS))
    for x, width, tall in ((60, 150, 230), (230, 160, 250), (1330, 170, 250)):
        house(sheet, x, 620, width, tall, (CREAM, SAND), BRICK, "#7fa6b0")
    for x in (440, 520, 1250, 1540):
        round_tree(sheet, x, 640, rng.uniform(170, 240), rng, MOSS)
    hills(sheet, [(-20, 650), (800, 630), (1620, 655)], (LEAF, MOSS))
    sheet.disc(780, 850, 640, ("#ecd9b0", "#d8bd86"), 0.24)
    _frame(sheet, 470, 870)
    _slide(sheet, 1120, 880)
    sheet.rect(150, 830, 240, 16, DARK_WOOD)
    for leg in (175, 360):
        sheet.rect(leg, 840, 14, 60, INK)
    person(sheet, 250, 900, 240, DEEP, "#d9d4cc", "#edc3a3")
    person(sheet, 1010, 920, 170, AMBER, INK, "#7a4f35")
    round_tree(sheet, 60, 900, 430, rng, LEAF)


def _frame(sheet: Sheet, x: float, foot: float) -> None:
    for end in (x, x + 420):
        for lean in (-60, 60):
            sheet.line([(end, foot - 380), (end + lean, foot)], 16, BRICK)
    sheet.line([(x - 10, foot - 380), (x + 430, foot - 380)], 18, BRICK)
    for at, swing, coat, hair, skin in (
        (130, -0.42, GOLD, "#7a4a2c", "#f0c8a8"),
        (300, 0.3, TEAL, INK, "#8a5a3c"),
    ):
        seat = (x + at + 280 * sin(swing), foot - 380 + 280 * cos(swing))
        for aside in (-22, 22):
            sheet.line([(x + at + aside, foot - 380), (seat[0] + aside, seat[1])], 5, "#5f6f77")
        sheet.disc(seat[0], foot + 4, 54, "#7a643c50", 0.2)
        person(sheet, seat[0], seat[1] + 62, 150, coat, hair, skin)
        sheet.line([(seat[0] - 34, seat[1]), (seat[0] + 34, seat[1])], 13, "#c0392f")


def _slide(sheet: Sheet, x: float, foot: float) -> None:
    for step in range(6):
        y = foot - 40 - step * 42
        sheet.line([(x - 30 + step * 5, y), (x + 34 + step * 5, y)], 8, "#8d9aa1")
    for aside in (-34, 38):
        sheet.line([(x + aside, foot), (x + aside + 34, foot - 300)], 10, "#71818a")
    sheet.rect(x - 6, foot - 300, 120, 14, DARK_WOOD)
    sheet.line([(x + 110, foot - 294), (x + 200, foot - 200), (x + 320, foot - 40),
                (x + 400, foot - 20)], 30, GOLD)  # fmt: skip
    person(sheet, x + 50, foot - 296, 140, ROSE, "#d8b26a", "#f0c8a8")


def workshop(sheet: Sheet) -> None:
    """A Saturday among things that broke: tools on the wall, lamps, and many hands."""
    sheet.fill("#eed9b2", "#e8cf9f", "#dfc28d", "#dfc28d")
    sheet.rect(-10, 720, 1630, 290, ("#b58a5d", "#8d6640"))
    sheet.rect(180, 120, 620, 320, ("#7d5a3c", "#6a4a30"))
    for number in range(12):
        x, y = 230 + (number % 6) * 96, 160 + (number // 6) * 150
        sheet.line([(x, y), (x, y + 96)], 9, ("#c6ced2", GOLD, BRICK)[number % 3])
        if number % 2:
            sheet.disc(x, y, 18, "#aab4b9")
            sheet.disc(x, y, 8, "#7d5a3c")
        else:
            sheet.rect(x - 26, y - 8, 52, 22, "#5f6f77")
    sheet.rect(960, 110, 460, 330, CREAM)
    sheet.rect(974, 124, 432, 302, ("#9fcbd6", "#dcebdc"))
    sheet.line([(1190, 124), (1190, 426)], 9, CREAM)
    for x in (420, 860, 1240):
        sheet.line([(x, 0), (x, 92)], 5, INK)
        sheet.shape([(x - 66, 140), (x - 26, 88), (x + 26, 88), (x + 66, 140)], DEEP)
        sheet.glow(x, 190, 230, "#fff0c0", 0.7)
    for x, coat, hair, skin in (
        (300, BRICK, "#d9d4cc", "#edc3a3"),
        (520, TEAL, INK, "#7a4f35"),
        (800, MOSS, "#7a4a2c", "#e7b896"),
        (1060, GOLD, "#2b2320", "#9c6a4a"),
        (1330, ROSE, "#d8b26a", "#f0c8a8"),
    ):
        person(sheet, x, 960, 520, coat, hair, skin)
    sheet.rect(90, 730, 1420, 34, ("#d0a26c", "#b98a56"))
    sheet.rect(130, 764, 1340, 240, ("#9a6f45", "#7d5735"))
    sheet.rounded(380, 640, 130, 92, 18, ("#d7dde0", "#9aa6ac"))
    for slot in (405, 455):
        sheet.rect(slot, 640, 34, 8, INK)
    sheet.rounded(640, 650, 120, 80, 8, (BRICK, "#8f4335"))
    sheet.disc(675, 690, 24, CREAM)
    sheet.disc(675, 690, 8, INK)
    sheet.line([(740, 652), (770, 590)], 4, INK)
    sheet.line([(900, 728), (900, 640), (960, 600)], 8, PINE)
    sheet.shape([(940, 580), (1000, 590), (975, 640), (925, 618)], GOLD)
    bicycle(sheet, 1140, 734, DEEP)
