"""The street: a lamp at dusk, and the snow plough before daylight."""

from __future__ import annotations

from math import cos, sin
from random import Random

from demo.pictures.canvas import WIDTH, Point, Sheet, mixed, placed, ring, smooth
from demo.pictures.things import (
    AMBER,
    BRICK,
    CREAM,
    GOLD,
    INK,
    SNOW,
    TEAL,
    bare_tree,
    hills,
    house,
    person,
    snowfall,
)

LIT = "#ffd98a"


def lamp(sheet: Sheet) -> None:
    """Duevej at dusk: one lamp is lit, and somebody comes home with the dog."""
    rng = Random("lamp")
    sheet.fill("#22395c", "#5b5d86", "#c98a84", "#f0b98a")
    sheet.glow(420, 640, 520, "#ffd9a0", 0.55)
    for _ in range(46):
        sheet.disc(rng.uniform(0, WIDTH), rng.uniform(0, 300), rng.uniform(1, 2.6), "#ffffffb0")
    inner = smooth([(1340, 134), (1312, 158), (1306, 190), (1324, 216), (1352, 228)])
    outer = smooth([(1352, 228), (1306, 226), (1280, 190), (1290, 150), (1340, 134)])
    sheet.shape([*inner, *outer], "#fdf0d2")
    hills(sheet, [(-20, 690), (400, 650), (900, 680), (1620, 640)], ("#4a4a6b", "#33395a"))
    _row(sheet, rng)
    sheet.rect(-10, 800, 1630, 40, ("#4b5573", "#3f4866"))
    sheet.rect(-10, 838, 1630, 170, ("#333c5a", "#252d48"))
    for x in range(40, 1600, 190):
        sheet.shape([(x, 918), (x + 90, 918), (x + 80, 928), (x - 10, 928)], "#cfc9d855")
    _lamp_post(sheet, 980, 838)
    person(sheet, 830, 846, 200, BRICK, "#5b3b2a", "#e7b896")
    _dog(sheet, 735, 846)
    sheet.line([(816, 745), (760, 800)], 3, INK)
    sheet.shade([(760, 842), (905, 842), (870, 862), (720, 862)], "#10182c90", 8)
    bare_tree(sheet, 1420, 842, 520, rng, "#2a2f4c")


def _row(sheet: Sheet, rng: Random) -> None:
    walls = (("#8a5560", "#5d4159"), ("#6d6a86", "#4b4c70"), ("#a5756a", "#6e5063"))
    x = -40.0
    for number in range(10):
        width = rng.uniform(150, 200)
        lit = LIT if number not in (2, 6) else ""
        house(
            sheet,
            x,
            802,
            width,
            rng.uniform(240, 310),
            walls[number % 3],
            "#2c2f4c",
            "#39456a",
            lit,
        )
        x += width + rng.choice((4, 4, 30))
    for hedge in range(-20, 1620, 52):
        sheet.disc(hedge, 800, 34, "#2f3c4f", 0.7)


def _lamp_post(sheet: Sheet, x: float, foot: float) -> None:
    head = (x - 92, foot - 455)
    sheet.shade(
        [
            (head[0] - 26, head[1]),
            (head[0] + 26, head[1]),
            (x + 130, foot + 40),
            (x - 330, foot + 40),
        ],
        "#ffdf9a3c",
        16,
    )
    sheet.shade(
        [(x - 330, foot + 20), (x - 90, foot - 4), (x + 150, foot + 20), (x - 90, foot + 66)],
        "#ffdf9a88",
        12,
    )
    sheet.glow(head[0], head[1] + 8, 230, "#ffe3a0", 0.95)
    neck = smooth(
        [(x, foot - 380), (x - 4, foot - 450), (x - 42, foot - 478), (x - 84, foot - 468)]
    )
    sheet.line([(x, foot), *neck], 11, INK)
    sheet.line([(x, foot), (x, foot - 60)], 20, INK)
    sheet.shape(
        [(x - 134, foot - 452), (x - 112, foot - 474), (x - 72, foot - 474), (x - 50, foot - 452)],
        INK,
    )
    sheet.disc(head[0], head[1] + 4, 26, "#fff6d8", 0.55)


def _dog(sheet: Sheet, x: float, foot: float) -> None:
    coat = "#3a2c33"
    for leg in (-30, -18, 26, 38):
        sheet.line([(x + leg, foot - 34), (x + leg, foot)], 8, coat)
    sheet.rounded(x - 42, foot - 62, 90, 36, 17, coat)
    sheet.line([(x + 44, foot - 52), (x + 70, foot - 84)], 8, coat)
    sheet.disc(x - 50, foot - 70, 22, coat, 0.85)
    sheet.rounded(x - 84, foot - 74, 34, 18, 8, coat)
    sheet.shape(
        [(x - 46, foot - 84), (x - 34, foot - 88), (x - 30, foot - 58)], mixed(coat, BRICK, 0.4)
    )


def plough(sheet: Sheet) -> None:
    """A quarter past three in the morning: the plough clears the road to school."""
    rng = Random("plough")
    sheet.fill("#16263f", "#2c4a6b", "#6f93a8", "#b9cdd4")
    hills(
        sheet,
        [(-20, 610), (380, 540), (820, 590), (1250, 530), (1620, 570)],
        ("#7d9cae", "#a9c0ca"),
    )
    for x in range(-10, 1620, 70):
        _fir(sheet, x + rng.uniform(-18, 18), 640, rng.uniform(90, 190))
    hills(sheet, [(-20, 670), (400, 640), (900, 660), (1620, 630)], ("#dce8ee", "#b7cdd8"))
    for x, width, tall in ((90, 170, 240), (1180, 180, 260), (1390, 160, 230)):
        _snowy_house(sheet, x, 690, width, tall)
    hills(sheet, [(-20, 720), (500, 700), (1000, 715), (1620, 695)], (SNOW, "#cadbe4"))
    sheet.shape([(-10, 850), (1610, 812), (1610, 1010), (-10, 1010)], ("#5d7384", "#435867"))
    sheet.shape([(-10, 975), (1610, 925), (1610, 1010), (-10, 1010)], (SNOW, "#cadbe4"))
    _truck(sheet, 560, 900)
    _spray(sheet, rng)
    snowfall(sheet, rng)


def _fir(sheet: Sheet, x: float, foot: float, height: float) -> None:
    for step, share in enumerate((1.0, 0.74, 0.48)):
        top, half = foot - height * (0.5 + step * 0.25), height * 0.24 * share
        low = foot - height * step * 0.24
        sheet.shape([(x - half, low), (x, top), (x + half, low)], ("#3f6572", "#2b4a59"))
        sheet.shape(
            [
                (x - half * 0.45, (low + top * 1.2) / 2.2),
                (x, top),
                (x + half * 0.2, (low + top) / 2),
            ],
            "#e9f1f5c0",
        )


def _snowy_house(sheet: Sheet, x: float, foot: float, width: float, height: float) -> None:
    house(sheet, x, foot, width, height, ("#8e5a55", "#6b4653"), SNOW, "#3b5268", LIT)
    sheet.rect(x + width * 0.4, foot - height * 0.27, width * 0.2, height * 0.27, "#4b3440")
    sheet.glow(x + width * 0.23, foot - height * 0.42, 90, LIT, 0.4)


def _truck(sheet: Sheet, x: float, foot: float) -> None:
    def at(*points: Point) -> list[Point]:
        return placed(points, x, foot, 1)

    sheet.shade(at((-60, 0), (620, -14), (600, 34), (-30, 44)), "#1c2f3c90", 12)
    sheet.shade(at((560, -110), (1150, -190), (1150, 30), (560, -50)), "#fff1c05c", 20)
    sheet.shape(at((-30, -250), (300, -250), (300, -96), (6, -96)), ("#4d6573", "#33475a"))
    sheet.shape(at((-36, -262), (306, -262), (300, -240), (-28, -240)), SNOW)
    _cab(sheet, x, foot)
    sheet.rect(x - 36, foot - 98, 590, 26, INK)
    sheet.rect(x + 318, foot - 150, 230, 9, CREAM)
    for wheel in (50, 168, 446):
        for radius, colour in ((58, "#1d2a33"), (27, "#8fa3ad"), (10, "#4a5a63")):
            sheet.disc(x + wheel, foot - 46, radius, colour)
    sheet.glow(x + 372, foot - 352, 150, "#ffb347", 0.85)
    sheet.rounded(x + 348, foot - 356, 50, 26, 9, GOLD)
    sheet.glow(x + 546, foot - 130, 90, "#fff3c9", 0.9)
    sheet.line(at((540, -70), (590, -70)), 18, INK)
    front = smooth([(618, -150), (576, -90), (590, -8)])
    back = smooth([(640, -20), (622, -90), (650, -158)])
    sheet.shape(at(*front, (650, -2), *back), (GOLD, AMBER))


def _cab(sheet: Sheet, x: float, foot: float) -> None:
    """Where the driver sits, cap on."""

    def at(*points: Point) -> list[Point]:
        return placed(points, x, foot, 1)

    body = at((318, -96), (318, -330), (462, -330), (520, -206), (548, -190), (548, -96))
    glass = at((352, -304), (446, -304), (490, -210), (352, -210))
    sheet.rect(x + 300, foot - 236, 22, 140, INK)
    sheet.shape(body, (AMBER, "#c96f2c"))
    sheet.shape(glass, ("#cfe6ea", "#7fa6b4"))
    sheet.disc(x + 405, foot - 240, 22, "#e7b896")
    sheet.shape(at((380, -210), (386, -224), (424, -224), (432, -210)), TEAL)
    sheet.rect(x + 383, foot - 268, 44, 14, INK)


def _spray(sheet: Sheet, rng: Random) -> None:
    """The snow it throws aside: thin and far first, then thick and near."""
    for far, colour, count in ((430, "#e4edf280", 60), (300, "#f1f6f9b0", 55), (180, SNOW, 45)):
        outlines = []
        for _ in range(count):
            reach, angle = rng.random() ** 1.3, rng.uniform(-0.05, 0.9)
            x, y = 1195 + far * reach * cos(angle), 908 - far * 0.8 * reach * sin(angle)
            outlines.append(ring(x, y, rng.uniform(9, 40) * (1.1 - reach * 0.75)))
        sheet.shapes(outlines, colour)
