"""The country: a village church, the harbour, the lake that takes the rain."""

from __future__ import annotations

from random import Random

from demo.pictures.canvas import Point, Sheet, mixed, placed, smooth
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
    cloud,
    hills,
    house,
    person,
    poplar,
    ripples,
    round_tree,
    sunpath,
    tern,
)


def church(sheet: Sheet) -> None:
    """Summer fields, and the white church of Hyldeager with its stepped gables."""
    rng = Random("church")
    sheet.fill("#8fc3cc", "#cfe5de", "#fbeccb", "#fbeccb")
    sheet.glow(1250, 330, 430, "#fff3cf", 0.9)
    sheet.disc(1250, 330, 62, "#fff6dc")
    cloud(sheet, 140, 250, 420, "#ffffffc0")
    cloud(sheet, 780, 170, 300, "#ffffff90")
    hills(sheet, [(-20, 560), (300, 500), (700, 545), (1100, 490), (1620, 540)], ("#9dbf9a", MOSS))
    for x in range(60, 520, 38):
        round_tree(sheet, x, 545 - x * 0.04, 70 + rng.random() * 30, rng, "#6f9c74")
    hills(
        sheet,
        [(-20, 640), (350, 585), (800, 610), (1200, 560), (1620, 600)],
        ("#f0c95a", "#dba93a"),
    )
    _furrows(sheet)
    _church_house(sheet, 760, 640)
    for x, tall in ((640, 190), (700, 150), (1190, 210), (1255, 170)):
        round_tree(sheet, x, 650, tall, rng, MOSS)
    hills(sheet, [(-20, 700), (400, 650), (900, 690), (1620, 640)], (LEAF, MOSS))
    sheet.shape(
        [*smooth([(690, 1000), (760, 860), (900, 760), (905, 690)]),
         *smooth([(940, 690), (960, 770), (900, 870), (930, 1000)])],
        (SAND, "#f3e4c0"),
    )  # fmt: skip
    hills(sheet, [(-20, 860), (300, 800), (620, 900), (800, 1010)], (MOSS, PINE))
    hills(sheet, [(900, 1010), (1150, 880), (1400, 850), (1620, 820)], (MOSS, PINE))
    for x, foot, tall in ((1400, 880, 330), (1475, 865, 270), (110, 860, 300), (170, 850, 240)):
        poplar(sheet, x, foot, tall)
    for x, y, span in ((420, 340, 70), (500, 300, 50), (350, 385, 44)):
        tern(sheet, x, y, span, "#ffffff")


def _furrows(sheet: Sheet) -> None:
    for step in range(9):
        x = 40 + step * 190
        line = smooth([(x, 585 + 8 * (step % 2)), (x - 120, 640), (x - 300, 720)])
        sheet.line(line, 3, "#c9962e50")


def _church_house(sheet: Sheet, x: float, foot: float) -> None:
    wall, side = "#fffaf0", "#ece2d2"
    sheet.shade(
        [(x - 30, foot), (x + 420, foot), (x + 330, foot + 40), (x - 60, foot + 40)],
        "#2f5d5066",
        10,
    )
    sheet.rect(x + 105, foot - 130, 260, 130, (wall, side))
    sheet.shape(
        [(x + 95, foot - 130), (x + 140, foot - 225), (x + 330, foot - 225), (x + 378, foot - 130)],
        (BRICK, "#9c4534"),
    )
    for window in (160, 230, 300):
        _arch(sheet, x + window, foot - 38, 26, 66, "#7c9aa0")
    sheet.rect(x, foot - 330, 125, 330, wall)
    sheet.rect(x + 88, foot - 330, 37, 330, "#e3d8c6")
    for step in range(5):
        inset = 11.5 * step
        sheet.rect(x + inset, foot - 330 - 21 * (step + 1), 125 - 2 * inset, 23, wall)
        sheet.rect(x + 88, foot - 330 - 21 * (step + 1), 37 - inset, 23, "#e3d8c6")
    for niche, tall in ((34, 46), (62, 66), (90, 46)):
        _arch(sheet, x + niche, foot - 318, 15, tall, "#d8ccb8")
    _arch(sheet, x + 62, foot - 226, 28, 52, INK)
    _arch(sheet, x + 62, foot, 44, 88, mixed(BRICK, INK, 0.45))
    sheet.line([(x + 62, foot - 434), (x + 62, foot - 478)], 4, INK)
    sheet.line([(x + 49, foot - 463), (x + 75, foot - 463)], 4, INK)


def _arch(sheet: Sheet, x: float, foot: float, width: float, height: float, fill: str) -> None:
    sheet.rect(x - width / 2, foot - height + width / 2, width, height - width / 2, fill)
    sheet.disc(x, foot - height + width / 2, width / 2, fill)


def harbour(sheet: Sheet) -> None:
    """Ternesund from the water: warehouses, masts, the lighthouse, and terns."""
    rng = Random("harbour")
    sheet.fill("#86bcc6", "#c4dfdb", "#fbe6bf", "#f8d9a0")
    sheet.glow(420, 430, 520, "#fff2cc", 0.85)
    sheet.disc(420, 440, 58, "#fff5d8")
    cloud(sheet, 900, 200, 430, "#ffffffb0")
    cloud(sheet, 120, 160, 280, "#ffffff80")
    hills(
        sheet, [(-20, 520), (260, 490), (560, 520), (900, 480), (1620, 505)], ("#a9c9bd", "#88b0a2")
    )
    _lighthouse(sheet, 215, 560)
    sheet.rect(-10, 560, 1630, 450, ("#5fa3aa", DEEP))
    sunpath(sheet, 420, 566, 1000, "#fff0c46a", rng)
    ripples(sheet, 575, 1000, "#ffffff2e", rng, 110)
    _quay(sheet, rng)
    _boat(sheet, 330, 735, 300, BRICK, "#fff8ea")
    _boat(sheet, 1010, 830, 390, "#f5efe0", GOLD)
    for x, y, span in ((650, 300, 120), (780, 235, 84), (560, 225, 64), (300, 330, 52)):
        tern(sheet, x, y, span, "#ffffff")


def _lighthouse(sheet: Sheet, x: float, foot: float) -> None:
    hills_foot = smooth(
        [(x - 240, foot + 6), (x - 90, foot - 26), (x + 70, foot - 30), (x + 220, foot + 6)]
    )
    sheet.shape(hills_foot, ("#8fae86", PINE))
    sheet.shape(
        [(x - 24, foot - 20), (x - 15, foot - 170), (x + 15, foot - 170), (x + 24, foot - 20)],
        (CREAM, SAND),
    )
    sheet.shape(
        [(x - 20, foot - 92), (x - 17.5, foot - 132), (x + 17.5, foot - 132), (x + 20, foot - 92)],
        BRICK,
    )
    sheet.rect(x - 20, foot - 180, 40, 10, INK)
    sheet.rect(x - 12, foot - 204, 24, 24, "#ffe7a3")
    sheet.shape([(x - 17, foot - 204), (x, foot - 226), (x + 17, foot - 204)], BRICK)


def _quay(sheet: Sheet, rng: Random) -> None:
    colours = ((BRICK, "#a34a37"), (GOLD, "#dd9c31"), (CREAM, SAND), (TEAL, DEEP), (ROSE, BRICK))
    x = 720.0
    for number, walls in enumerate((*colours, *colours[1:3])):
        width, height = rng.uniform(120, 160), rng.uniform(210, 290)
        roof = INK if number % 2 else "#7d3b30"
        house(sheet, x, 600, width, height, walls, roof, "#4f7480", "#ffe3a0")
        x += width + 2
    sheet.rect(640, 598, 970, 46, ("#b9b3a2", "#8d8878"))
    for post in range(680, 1600, 92):
        sheet.rect(post, 640, 16, 52, mixed(BRICK, INK, 0.7))
    sheet.shade([(640, 646), (1600, 646), (1600, 730), (660, 700)], "#0c2f3860", 12)
    for at, coat in ((668, GOLD), (700, TEAL), (1120, BRICK)):
        person(sheet, at, 600, 76, coat, INK, "#e7b896")


def _boat(sheet: Sheet, x: float, water: float, length: float, hull: str, sail: str) -> None:
    def at(*points: Point) -> list[Point]:
        return placed(points, x, water, length)

    main = smooth([(0.48, -1), (0.73, -0.5), (0.84, -0.16)])
    jib = smooth([(0.44, -0.9), (0.26, -0.5), (0.16, -0.18)])
    keel = smooth([(0.9, 0), (0.45, 0.035), (0.06, 0)])
    sheet.shade(at((0, 0.02), (0.95, 0.02), (0.8, 0.2), (0.2, 0.16)), "#0c2f3870", 9)
    sheet.line(at((0.46, -0.1), (0.46, -1.05)), length * 0.018, INK)
    sheet.shape(at(*main, (0.48, -0.16)), (sail, mixed(sail, SAND, 0.6)))
    sheet.shape(at(*jib, (0.44, -0.18)), (mixed(sail, CREAM, 0.5), sail))
    sheet.shape(at((-0.04, -0.13), (1, -0.17), *keel), (hull, mixed(hull, INK, 0.35)))
    sheet.line(at((0, -0.095), (0.97, -0.13)), length * 0.012, CREAM)


def lake(sheet: Sheet) -> None:
    """The rainwater lake at Møllekrat on an evening: reeds, a bridge, two on a walk."""
    rng = Random("lake")
    sheet.fill("#6a9fb0", "#a9cbc6", "#f8dfae", "#f4bd7c")
    sheet.glow(1120, 455, 480, "#ffe9b8", 0.9)
    sheet.disc(1120, 455, 66, "#fff1cf")
    cloud(sheet, 300, 240, 480, "#ffe9c890")
    cloud(sheet, 1180, 180, 330, "#ffffff60")
    hills(
        sheet,
        [(-20, 520), (300, 470), (760, 510), (1180, 480), (1620, 500)],
        ("#7fa39a", "#5d867c"),
    )
    for x in range(0, 1600, 46):
        round_tree(sheet, x + rng.uniform(-14, 14), 545, rng.uniform(80, 150), rng, "#4f7d66")
    sheet.rect(-10, 540, 1630, 470, ("#c7c7a6", DEEP))
    sheet.shade(
        [(-20, 540), (1620, 540), (1620, 590), (1200, 620), (700, 600), (-20, 640)], "#2f5d5090", 14
    )
    sunpath(sheet, 1120, 556, 1000, "#ffe9b880", rng)
    ripples(sheet, 560, 990, "#ffffff30", rng, 90)
    _bridge(sheet)
    hills(sheet, [(-20, 740), (200, 745), (430, 860), (600, 1010)], (MOSS, PINE))
    hills(sheet, [(1130, 1010), (1290, 900), (1450, 800), (1620, 760)], (MOSS, PINE))
    _reeds(sheet, rng)
    for x, size in ((760, 1.0), (835, 0.8), (885, 0.7)):
        _duck(sheet, x, 800, size)
    round_tree(sheet, 130, 790, 470, rng, LEAF)
    for x, y, span in ((620, 290, 64), (700, 255, 46)):
        tern(sheet, x, y, span, "#fff7e8")


def _bridge(sheet: Sheet) -> None:
    deck = smooth([(180, 790), (480, 690), (780, 648), (1120, 648), (1400, 700), (1640, 800)])
    for x, y in deck[16:60:7]:
        sheet.line([(x, y), (x, y + 95)], 8, "#5d4634")
        sheet.line([(x, y), (x, y - 52)], 6, "#6d533d")
    sheet.line(deck, 17, "#7f624a")
    sheet.line([(x, y - 50) for x, y in deck], 6, "#8d6e54")
    sheet.shade([(x, y + 40) for x, y in deck] + [(1400, 800), (480, 780)], "#0c2f3850", 10)
    person(sheet, 860, 640, 132, BRICK, INK, "#e7b896")
    person(sheet, 922, 640, 122, GOLD, "#5b3b2a", "#9c6a4a")


def _reeds(sheet: Sheet, rng: Random) -> None:
    for _ in range(90):
        x = rng.choice((rng.gauss(470, 60), rng.gauss(1230, 55)))
        foot, tall = 985 + rng.uniform(-70, 30), rng.uniform(120, 240)
        lean = rng.uniform(-24, 30)
        colour = rng.choice((PINE, MOSS, "#47735a", "#8a9a55"))
        sheet.line(
            smooth([(x, foot), (x + lean * 0.3, foot - tall * 0.6), (x + lean, foot - tall)]),
            5,
            colour,
        )
        if rng.random() < 0.3:
            sheet.line(
                [(x + lean, foot - tall), (x + lean * 1.12, foot - tall - 40)], 11, "#6b432e"
            )


def _duck(sheet: Sheet, x: float, y: float, size: float) -> None:
    body = smooth([(-34, -6), (-12, -16), (16, -14), (30, 0), (0, 8), (-34, -6)])
    sheet.shape(placed(body, x, y, size), (MIST, "#7c6a58"))
    sheet.disc(x + 24 * size, y - 24 * size, 10 * size, PINE)
    sheet.shape(placed([(32, -26), (46, -20), (32, -18)], x, y, size), AMBER)
