"""Where people come and go: the station, the village bus, the swimming pool."""

from __future__ import annotations

from random import Random

from demo.pictures.canvas import Sheet
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
    TEAL,
    bicycle,
    cloud,
    hills,
    person,
    poplar,
    ripples,
    round_tree,
)


def station(sheet: Sheet) -> None:
    """The station in Rugholt: a train, and a long row of bicycles in their new stand."""
    rng = Random("station")
    sheet.fill("#86bfd0", "#c9e3dd", "#fdf0cf", "#fdf0cf")
    sheet.disc(1330, 190, 58, "#fff5d0")
    sheet.glow(1330, 190, 320, "#fff3c4", 0.8)
    cloud(sheet, 180, 210, 400, "#ffffffc8")
    cloud(sheet, 860, 160, 300, "#ffffff98")
    hills(sheet, [(-20, 500), (420, 455), (900, 495), (1620, 450)], ("#9cc0a0", MOSS))
    for x in range(1000, 1600, 64):
        round_tree(sheet, x, 540, rng.uniform(90, 150), rng, "#6f9c74")
    _station_house(sheet)
    _train(sheet, 660, 640)
    sheet.rect(-10, 640, 1630, 40, ("#cfc3ab", "#a99c84"))
    sheet.rect(-10, 680, 1630, 330, ("#e6d6b6", "#cbb58c"))
    for x, coat, hair, skin in ((470, TEAL, INK, "#8a5a3c"), (1300, BRICK, "#d8b26a", "#f0c8a8")):
        person(sheet, x, 668, 150, coat, hair, skin)
    sheet.rect(120, 930, 1370, 14, "#71818a")
    colours = (TEAL, BRICK, GOLD, DEEP, MOSS, ROSE, AMBER)
    for number in range(7):
        x = 150 + number * 188
        sheet.shade([(x - 40, 925), (x + 180, 925), (x + 160, 960), (x - 20, 960)], "#5b4a2c60", 8)
        sheet.line([(x + 64, 935), (x + 64, 850)], 7, "#8d9aa1")
        bicycle(sheet, x, 930, colours[number])
    person(sheet, 1470, 940, 245, GOLD, "#5b3b2a", "#e0ac84")


def _station_house(sheet: Sheet) -> None:
    sheet.shape([(70, 330), (150, 235), (520, 235), (600, 330)], (DEEP, INK))
    sheet.rect(100, 330, 470, 312, ("#c66a50", "#a04c3a"))
    for row in range(350, 640, 24):
        sheet.line([(102, row), (568, row)], 1.6, "#8b3f3048")
    sheet.disc(335, 285, 30, CREAM)
    sheet.line([(335, 285), (335, 266)], 4, INK)
    sheet.line([(335, 285), (350, 290)], 4, INK)
    for x in (140, 235, 400, 495):
        sheet.rect(x - 6, 384, 62, 122, CREAM)
        sheet.rect(x, 390, 50, 110, ("#8db9c0", "#5f909b"))
        sheet.line([(x + 25, 390), (x + 25, 500)], 5, CREAM)
    sheet.rect(300, 470, 72, 172, PINE)
    sheet.line([(336, 470), (336, 640)], 4, MIST)


def _train(sheet: Sheet, x: float, foot: float) -> None:
    sheet.shade([(x, foot - 6), (x + 980, foot - 6), (x + 980, foot + 20), (x, foot + 20)],
                "#33445066", 8)  # fmt: skip
    sheet.rounded(x, foot - 190, 1100, 176, 26, (CREAM, "#e2d5ba"))
    sheet.rect(x, foot - 66, 1100, 40, TEAL)
    for left in range(0, 960, 150):
        sheet.rounded(x + 60 + left, foot - 164, 92, 72, 10, ("#6fa0ad", "#47727f"))
    for left in (180, 630):
        sheet.rect(x + left, foot - 170, 22, 148, "#d9cbb0")
    for wheel in range(70, 960, 120):
        sheet.disc(x + wheel, foot - 10, 20, INK)


def bus(sheet: Sheet) -> None:
    """The village bus at its stop, with fields behind and somebody who gets on."""
    rng = Random("bus")
    sheet.fill("#7fb8cc", "#bfe0dc", "#fdf1d2", "#fdf1d2")
    cloud(sheet, 240, 190, 380, "#ffffffd0")
    cloud(sheet, 1010, 230, 420, "#ffffffa8")
    hills(sheet, [(-20, 540), (380, 480), (900, 530), (1620, 470)], ("#a8cba1", "#7fae7c"))
    hills(sheet, [(-20, 620), (500, 560), (1100, 610), (1620, 550)], ("#f0d27a", "#d9ae4a"))
    for x, tall in ((80, 260), (150, 210), (1360, 280), (1440, 220), (1520, 250)):
        poplar(sheet, x, 640, tall)
    hills(sheet, [(-20, 680), (600, 640), (1620, 670)], (LEAF, MOSS))
    sheet.rect(-10, 790, 1630, 220, ("#7b8a90", "#5c6b72"))
    sheet.rect(-10, 778, 1630, 16, ("#d9cfb8", "#b8ab8f"))
    for x in range(20, 1600, 210):
        sheet.shape([(x, 916), (x + 110, 916), (x + 98, 928), (x - 12, 928)], "#f2ead6b0")
    _bus(sheet, 420, 850)
    _shelter(sheet, 150, 786)
    person(sheet, 1260, 800, 190, TEAL, "#d9d4cc", "#edc3a3")
    person(sheet, 1330, 800, 128, BRICK, INK, "#7a4f35")
    round_tree(sheet, 1500, 800, 400, rng, MOSS)


def _bus(sheet: Sheet, x: float, foot: float) -> None:
    sheet.shade([(x - 10, foot), (x + 780, foot), (x + 750, foot + 40), (x + 20, foot + 40)],
                "#26343b80", 10)  # fmt: skip
    sheet.rounded(x, foot - 330, 760, 300, 34, (GOLD, "#dd9432"))
    sheet.rect(x, foot - 100, 760, 20, CREAM)
    for left in range(0, 500, 124):
        sheet.rounded(x + 30 + left, foot - 296, 106, 118, 12, ("#cfe6ea", "#86b3bf"))
        sheet.disc(x + 83 + left, foot - 205, 24, "#e0ac84" if left % 248 else "#7a4f35")
        sheet.rounded(x + 55 + left, foot - 192, 56, 18, 6, (BRICK, DEEP)[left % 248 == 0])
    sheet.rounded(x + 560, foot - 300, 84, 262, 8, ("#b9d6da", "#7ea6b1"))
    sheet.line([(x + 602, foot - 298), (x + 602, foot - 42)], 5, INK)
    sheet.rounded(x + 668, foot - 296, 84, 150, 12, ("#cfe6ea", "#86b3bf"))
    sheet.disc(x + 706, foot - 190, 26, "#e7b896")
    sheet.rounded(x + 560, foot - 326, 188, 22, 6, INK)
    for wheel in (140, 490):
        for radius, colour in ((58, "#1d2a33"), (26, "#9fb0b8"), (9, "#4a5a63")):
            sheet.disc(x + wheel, foot - 28, radius, colour)


def _shelter(sheet: Sheet, x: float, foot: float) -> None:
    sheet.rect(x, foot - 232, 220, 16, PINE)
    sheet.rect(x + 12, foot - 216, 196, 210, "#dbeceb90")
    for post in (x + 8, x + 204):
        sheet.rect(post, foot - 220, 10, 220, PINE)
    sheet.rect(x + 30, foot - 66, 150, 12, "#8a5f3e")
    person(sheet, x + 80, foot - 2, 170, ROSE, "#5b3b2a", "#edc3a3")
    sheet.line([(x - 60, foot), (x - 60, foot - 280)], 8, "#5f6f77")
    sheet.disc(x - 60, foot - 300, 34, DEEP)
    sheet.rounded(x - 80, foot - 310, 40, 22, 5, CREAM)


def pool(sheet: Sheet) -> None:
    """The pool early in the morning: light through tall windows, and three who swim."""
    rng = Random("pool")
    sheet.fill("#f6e3bd", "#f2d9a8", "#e9cf9e", "#e9cf9e")
    _windows(sheet, rng)
    for beam in range(90, 1600, 260):
        sheet.shade([(beam, 520), (beam + 170, 520), (beam + 60, 1000), (beam - 170, 1000)],
                    "#fff3cf50", 16)  # fmt: skip
    sheet.rect(-10, 590, 1630, 60, ("#e5d9c3", "#cbbd9f"))
    sheet.rect(-10, 640, 1630, 370, ("#7fc6c9", TEAL))
    for tile in range(0, 1620, 54):
        sheet.line([(tile, 592), (tile - 20, 640)], 2, "#a8977a60")
    ripples(sheet, 660, 1000, "#ffffff50", rng, 150)
    _lanes(sheet)
    for x, y, cap, skin, size in (
        (520, 690, GOLD, "#e7b896", 1.0),
        (980, 778, DEEP, "#8a5a3c", 1.25),
        (300, 884, BRICK, "#edc3a3", 1.5),
    ):
        _swimmer(sheet, x, y, cap, skin, size)
    for x in (1180, 1330, 1480):
        sheet.rounded(x, 540, 90, 66, 8, ("#f7f2e6", "#d8ccb4"))
        sheet.rect(x + 30, 560, 30, 24, DEEP)
    person(sheet, 1130, 632, 210, AMBER, INK, "#7a4f35")


def _windows(sheet: Sheet, rng: Random) -> None:
    for x in range(60, 1600, 260):
        sheet.rect(x, 90, 220, 430, ("#9fcbd6", "#fbe7bb"))
        sheet.line([(x + 110, 90), (x + 110, 520)], 7, CREAM)
        sheet.line([(x, 300), (x + 220, 300)], 7, CREAM)
        for tree in (x + 50, x + 165):
            round_tree(sheet, tree, 520, rng.uniform(90, 150), rng, "#7ea884")
        sheet.rect(x - 14, 520, 248, 14, CREAM)


def _lanes(sheet: Sheet) -> None:
    for lane, y in enumerate((720, 820, 940)):
        for x in range(-20, 1620, 46):
            sheet.disc(x, y, 8 + lane * 2, (BRICK, CREAM)[(x // 46) % 2], 0.6)


def _swimmer(sheet: Sheet, x: float, y: float, cap: str, skin: str, size: float) -> None:
    sheet.shade([(x - 170 * size, y + 6), (x + 40 * size, y - 6), (x + 40 * size, y + 30 * size),
                 (x - 170 * size, y + 34 * size)], "#0c4a5060", 7)  # fmt: skip
    sheet.line([(x - 20 * size, y + 4), (x + 34 * size, y - 40 * size), (x + 92 * size, y + 4)],
               15 * size, skin)  # fmt: skip
    sheet.disc(x - 70 * size, y + 8 * size, 52 * size, skin, 0.3)
    sheet.disc(x + 14 * size, y - 4 * size, 25 * size, skin)
    sheet.disc(x + 10 * size, y - 11 * size, 25 * size, cap, 0.82)
    sheet.line([(x - 175 * size, y + 12 * size), (x - 130 * size, y + 4 * size)], 7, "#ffffffb0")
    sheet.rect(x - 150 * size, y + 16 * size, 250 * size, 9 * size, "#69b5ba")
