"""Places to learn: the library in the evening, and the school yard at break."""

from __future__ import annotations

from math import cos, pi, sin
from random import Random

from demo.pictures.canvas import Sheet, smooth
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
    ROSE,
    TEAL,
    bicycle,
    cloud,
    hills,
    person,
    round_tree,
)


def library(sheet: Sheet) -> None:
    """The library in the evening: shelves behind glass, and people who take their time."""
    rng = Random("library")
    sheet.fill("#5f8ea0", "#a9c6c4", "#f6d8ab", "#f6d8ab")
    cloud(sheet, 160, 190, 340, "#ffffff90")
    cloud(sheet, 1120, 150, 380, "#ffffff70")
    hills(sheet, [(-20, 560), (500, 520), (1100, 555), (1620, 510)], ("#86a99c", "#628c80"))
    sheet.rect(-10, 800, 1630, 220, ("#d8cbb0", "#b9a98b"))
    sheet.shape([(190, 330), (830, 190), (1430, 330), (1430, 350), (190, 350)], (BRICK, "#8f4335"))
    sheet.rect(220, 348, 1180, 460, ("#c66a50", "#a04c3a"))
    for row in range(360, 800, 26):
        sheet.line([(222, row), (1398, row)], 1.6, "#8b3f3050")
    _glass_front(sheet, rng)
    sheet.rect(220, 348, 1180, 26, CREAM)
    sheet.rect(180, 800, 1260, 18, ("#efe6d2", "#cfc2a6"))
    sheet.shade([(330, 818), (1290, 818), (1400, 985), (230, 985)], "#ffe3a060", 22)
    person(sheet, 700, 892, 220, TEAL, "#2b2320", "#9c6a4a")
    person(sheet, 792, 892, 150, GOLD, "#7a4a2c", "#e7b896")
    person(sheet, 1010, 868, 205, BRICK, "#d9d4cc", "#edc3a3")
    bicycle(sheet, 1240, 900, TEAL)
    round_tree(sheet, 110, 880, 520, rng, MOSS)
    round_tree(sheet, 1520, 890, 460, rng, LEAF)


def _glass_front(sheet: Sheet, rng: Random) -> None:
    spines = (BRICK, GOLD, TEAL, DEEP, ROSE, MOSS, CREAM, AMBER)
    sheet.rect(300, 410, 1020, 398, ("#ffe9b8", "#f7cf86"))
    for shelf in (490, 570, 650):
        for bay in range(5):
            x = 318.0 + bay * 204
            if bay == 2 and shelf > 500:
                continue
            end = x + 172
            while x < end - 14:
                thick, tall = rng.uniform(8, 17), rng.uniform(40, 60)
                sheet.rect(x, shelf - tall, thick, tall, rng.choice(spines))
                x += thick + 1.5
            sheet.rect(312 + bay * 204, shelf, 188, 7, "#9a6a42")
    person(sheet, 420, 800, 190, DEEP, "#5b3b2a", "#edc3a3")
    person(sheet, 1160, 800, 176, ROSE, INK, "#7a4f35")
    sheet.rounded(700, 560, 220, 248, 4, ("#fff3d0", "#f9dda0"))
    sheet.line([(810, 560), (810, 806)], 7, INK)
    for x in (300, 504, 708, 912, 1116, 1320):
        sheet.line([(x, 408), (x, 806)], 10, INK)
    sheet.line([(300, 410), (1320, 410)], 10, INK)
    sheet.shape([(330, 415), (420, 415), (330, 640)], "#ffffff30")
    sheet.shape([(1150, 415), (1290, 415), (1130, 800), (1120, 800)], "#ffffff24")


def school(sheet: Sheet) -> None:
    """Break at Bakkeskolen: the climbing dome, hopscotch, and a game of ball."""
    rng = Random("school")
    sheet.fill("#7fc0cb", "#c2e0dc", "#fdf2d6", "#fdf2d6")
    sheet.disc(250, 190, 60, "#fff3c4")
    sheet.glow(250, 190, 330, "#fff3c4", 0.8)
    cloud(sheet, 520, 200, 330, "#ffffffd0")
    cloud(sheet, 1140, 150, 380, "#ffffffb0")
    hills(sheet, [(-20, 520), (400, 490), (1000, 530), (1620, 480)], ("#9cc7a0", MOSS))
    for x in range(20, 560, 74):
        round_tree(sheet, x, 560, rng.uniform(120, 180), rng, MOSS)
    _school_house(sheet)
    sheet.rect(-10, 640, 1630, 370, ("#e7d3ae", "#d2b98c"))
    hills(sheet, [(-20, 830), (240, 800), (560, 860), (760, 1010)], (LEAF, MOSS))
    _hopscotch(sheet)
    _dome(sheet, 480, 860)
    children = (
        (980, 760, 128, GOLD, INK, "#8a5a3c"),
        (1120, 735, 122, TEAL, "#7a4a2c", "#e7b896"),
        (700, 760, 118, ROSE, "#d8b26a", "#f0c8a8"),
        (1270, 900, 150, BRICK, "#2b2320", "#e0ac84"),
        (840, 930, 150, DEEP, "#5b3b2a", "#edc3a3"),
        (300, 900, 146, AMBER, INK, "#6f4630"),
        (655, 930, 140, MOSS, "#8c5a34", "#f0c8a8"),
    )
    for x, foot, height, coat, hair, skin in children:
        sheet.disc(x, foot, height * 0.22, "#7a643c48", 0.22)
        person(sheet, x, foot, height, coat, hair, skin)
    sheet.disc(1050, 690, 19, BRICK)
    sheet.disc(1044, 683, 7, ROSE)
    round_tree(sheet, 1510, 900, 520, rng, LEAF)


def _school_house(sheet: Sheet) -> None:
    sheet.shape([(560, 350), (640, 270), (1400, 270), (1480, 350)], (BRICK, "#8f4335"))
    sheet.rect(590, 350, 860, 296, (GOLD, "#d8962f"))
    sheet.shape(
        [(880, 350), (1020, 215), (1160, 350), (1160, 646), (880, 646)], ("#f7c663", "#dd9c35")
    )
    sheet.line([(870, 358), (1020, 212), (1170, 358)], 14, BRICK)
    sheet.disc(1020, 330, 34, CREAM)
    sheet.line([(1020, 330), (1020, 308)], 4, INK)
    sheet.line([(1020, 330), (1036, 336)], 4, INK)
    for x in (630, 740, 1210, 1320):
        for y in (390, 510):
            sheet.rect(x - 6, y - 6, 82, 92, CREAM)
            sheet.rect(x, y, 70, 80, ("#8db9c0", "#5f909b"))
            sheet.line([(x + 35, y), (x + 35, y + 80)], 5, CREAM)
            sheet.line([(x, y + 30), (x + 70, y + 30)], 5, CREAM)
    for x in (920, 1050):
        sheet.rect(x, 410, 70, 80, ("#8db9c0", "#5f909b"))
    sheet.rect(966, 530, 108, 116, DEEP)
    sheet.line([(1020, 530), (1020, 646)], 4, MIST)
    sheet.line([(1398, 646), (1398, 180)], 7, CREAM)
    sheet.shape([(1394, 184), (1288, 196), (1288, 250), (1394, 250)], "#c0392f")
    sheet.rect(1288, 216, 106, 11, "#ffffff")
    sheet.rect(1352, 187, 11, 63, "#ffffff")


def _hopscotch(sheet: Sheet) -> None:
    squares = ((0, 0), (1, 0), (2, -0.5), (2, 0.5), (3, 0), (4, -0.5), (4, 0.5), (5, 0))
    for along, aside in squares:
        x, y = 900 + along * 66 + aside * 24, 912 - along * 13 + aside * 44
        corners = [(x, y), (x + 62, y - 12), (x + 84, y + 28), (x + 22, y + 40)]
        sheet.line([*corners, corners[0]], 4, "#fffaf0")


def _dome(sheet: Sheet, x: float, foot: float) -> None:
    radius = 170
    for turn in range(0, 181, 22):
        lean = cos(turn * pi / 180)
        arc = [
            (x + radius * lean * cos(n * pi / 24), foot - radius * sin(n * pi / 24))
            for n in range(13)
        ]
        sheet.line(arc, 6, DEEP)
    for level in (0.28, 0.56, 0.82):
        half = radius * (1 - level**2) ** 0.5
        y = foot - radius * level
        sheet.line(smooth([(x - half, y), (x, y + 12), (x + half, y)]), 6, TEAL)
    person(sheet, x - 12, foot - 150, 112, BRICK, "#d8b26a", "#f0c8a8")
