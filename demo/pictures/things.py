"""What stands in the pictures again and again: houses, trees, people, bicycles, birds, water."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, pi, sin
from random import Random

from demo.pictures.canvas import HEIGHT, WIDTH, Fill, Point, Sheet, blob, mixed, ring, smooth

# One palette for all, so that the pictures hang together on a page.
DEEP = "#14505c"
TEAL = "#2a7f86"
MIST = "#cfe3df"
CREAM = "#fbf3e2"
SAND = "#ecd9b0"
GOLD = "#f2b441"
AMBER = "#e88f3c"
BRICK = "#b9573f"
ROSE = "#d98a76"
MOSS = "#5f8f5b"
LEAF = "#86b06a"
PINE = "#2f5d50"
INK = "#16323c"
SNOW = "#f4f8fa"


def hills(sheet: Sheet, ridge: Sequence[Point], fill: Fill) -> None:
    """Land from one edge to the other below a soft ridge."""
    sheet.shape([*smooth(ridge), (WIDTH + 10, HEIGHT + 10), (-10, HEIGHT + 10)], fill)


def round_tree(
    sheet: Sheet, x: float, foot: float, height: float, rng: Random, leaf: str = MOSS
) -> None:
    """A broad tree: a trunk, and a crown of leafy lumps with the light on one side."""
    width, trunk = height * 0.78, mixed(BRICK, INK, 0.62)
    crown = foot - height * 0.62
    sheet.line([(x, foot), (x, crown)], height * 0.055, trunk)
    sheet.line([(x, foot - height * 0.3), (x + width * 0.2, crown)], height * 0.03, trunk)
    lumps = (
        (0, 0.05, 0.62),
        (-0.27, 0.12, 0.46),
        (0.28, 0.1, 0.44),
        (-0.12, -0.22, 0.5),
        (0.15, -0.2, 0.46),
    )
    outlines = [
        blob(x + width * dx, crown + height * dy, width * big, height * big, rng, 0.04)
        for dx, dy, big in lumps
    ]
    sheet.shapes(outlines, (mixed(leaf, CREAM, 0.07), mixed(leaf, PINE, 0.62)))
    light = mixed(leaf, CREAM, 0.1)
    for dx, dy, big in ((-0.16, -0.26, 0.3), (-0.3, 0.05, 0.24), (0.12, -0.16, 0.22)):
        sheet.shape(
            blob(x + width * dx, crown + height * dy, width * big, height * big * 0.7, rng, 0.05),
            light,
        )


def poplar(sheet: Sheet, x: float, foot: float, height: float, leaf: str = PINE) -> None:
    """A slim tree, pointed like a flame."""
    half = height * 0.12
    sheet.line([(x, foot), (x, foot - height * 0.2)], height * 0.035, mixed(BRICK, INK, 0.62))
    left = [
        (x - half * 0.5, foot - height * 0.08),
        (x - half, foot - height * 0.3),
        (x - half * 0.72, foot - height * 0.66),
    ]
    right = [(2 * x - a, b) for a, b in left[::-1]]
    outline = smooth([*left, (x, foot - height), *right])
    sheet.shape(outline, (mixed(leaf, LEAF, 0.4), leaf))
    shadow = smooth(
        [(x + half * 0.1, foot - height * 0.07), *right[::-1], (x, foot - height * 0.97)]
    )
    sheet.shape(shadow, mixed(leaf, INK, 0.18))


def bare_tree(sheet: Sheet, x: float, foot: float, height: float, rng: Random, colour: str) -> None:
    """A tree in winter, drawn branch by branch."""

    def branch(at: Point, length: float, lean: float, thick: float) -> None:
        tip = (at[0] + length * lean, at[1] - length * (1 - abs(lean) * 0.45))
        sheet.line([at, tip], thick, colour)
        if length > height * 0.07:
            for side in (-1, 1):
                turn = lean + side * rng.uniform(0.25, 0.55)
                branch(tip, length * rng.uniform(0.62, 0.74), turn, thick * 0.62)

    branch((x, foot), height * 0.34, rng.uniform(-0.06, 0.06), height * 0.035)


def house(
    sheet: Sheet,
    x: float,
    foot: float,
    width: float,
    height: float,
    walls: Fill,
    roof: Fill,
    window: str,
    lit: str = "",
) -> None:
    """A gabled house seen from its end; some of its windows are ``lit`` in a second colour."""
    eaves = foot - height * 0.58
    ridge = (x + width / 2, foot - height)
    sheet.shape([(x, foot), (x, eaves), ridge, (x + width, eaves), (x + width, foot)], walls)
    thick = width * 0.07
    for end in (x - thick, x + width + thick):
        sheet.line([(end, eaves + thick * 0.9), ridge], thick, _flat(roof))
    pane, gap = width * 0.2, width * 0.13
    for row, y in enumerate((eaves + height * 0.08, eaves - height * 0.2)):
        columns = (x + gap, x + width - gap - pane) if row == 0 else (x + width / 2 - pane / 2,)
        for column, left in enumerate(columns):
            glass = lit if lit and (row + column) % 2 == 0 else window
            _window(sheet, left, y, pane, height * 0.17, glass)
    door = width * 0.2
    sheet.rect(x + width / 2 - door / 2, foot - height * 0.27, door, height * 0.27, _flat(roof))


def _flat(fill: Fill) -> str:
    return fill if isinstance(fill, str) else fill[0]


def _window(sheet: Sheet, x: float, y: float, width: float, height: float, glass: str) -> None:
    frame = width * 0.12
    sheet.rect(x - frame, y - frame, width + 2 * frame, height + 2 * frame, CREAM)
    sheet.rect(x, y, width, height, glass)
    sheet.line([(x + width / 2, y), (x + width / 2, y + height)], frame * 0.8, CREAM)


def person(
    sheet: Sheet, x: float, foot: float, height: float, coat: str, hair: str, skin: str
) -> None:
    """Somebody standing, seen from afar: legs, coat, head, hair."""
    head, waist, neck = height * 0.1, foot - height * 0.42, foot - height * 0.78
    for step in (-1, 1):
        sheet.line(
            [(x + step * height * 0.03, waist), (x + step * height * 0.06, foot)],
            height * 0.075,
            INK,
        )
    shoulders = height * 0.12
    sheet.shape(
        smooth(
            [
                (x - shoulders * 0.9, waist + height * 0.06),
                (x - shoulders, neck + height * 0.06),
                (x - shoulders * 0.5, neck),
                (x + shoulders * 0.5, neck),
                (x + shoulders, neck + height * 0.06),
                (x + shoulders * 0.9, waist + height * 0.06),
            ]
        ),
        (coat, mixed(coat, INK, 0.22)),
    )
    sheet.disc(x, neck - head * 0.95, head * 1.04, hair)
    sheet.disc(x + head * 0.12, neck - head * 0.72, head * 0.8, skin)


def bicycle(sheet: Sheet, x: float, foot: float, colour: str) -> None:
    """A bicycle from the side, ``x`` and ``foot`` where its back wheel stands."""
    for wheel in (0, 128):
        rim = [
            (x + wheel + 44 * cos(n * pi / 20), foot - 44 + 44 * sin(n * pi / 20))
            for n in range(41)
        ]
        sheet.line(rim, 5, INK)
    frame = ((x, foot - 44), (x + 56, foot - 40), (x + 100, foot - 104), (x + 38, foot - 104))
    sheet.line([frame[0], frame[3], frame[1], frame[0]], 6, colour)
    sheet.line([frame[1], frame[2], frame[3]], 6, colour)
    sheet.line([(x + 128, foot - 44), (x + 98, foot - 122), (x + 120, foot - 132)], 6, colour)
    sheet.line([(x + 38, foot - 104), (x + 34, foot - 120)], 5, INK)
    sheet.line([(x + 18, foot - 122), (x + 50, foot - 120)], 8, INK)


def cloud(sheet: Sheet, x: float, y: float, width: float, colour: str) -> None:
    """A flat cloud of round lumps on a straight foot, ``x`` and ``y`` its left lower corner."""
    lumps = ((0.16, 0.08), (0.36, 0.145), (0.58, 0.175), (0.8, 0.1))
    outlines = [
        [(px, min(py, y)) for px, py in ring(x + width * at, y - width * size * 0.35, width * size)]
        for at, size in lumps
    ]
    foot = width * 0.035
    outlines += [ring(x + foot, y - foot, foot), ring(x + width - foot, y - foot, foot)]
    box = [
        (x + foot, y),
        (x + width - foot, y),
        (x + width - foot, y - 2 * foot),
        (x + foot, y - 2 * foot),
    ]
    sheet.shapes([*outlines, box], colour)


def sunpath(
    sheet: Sheet, x: float, top: float, foot: float, colour: str, rng: Random, width: float = 120
) -> None:
    """The low sun's way over water: strokes that grow towards us."""
    for _ in range(130):
        near = rng.random()
        y = top + (foot - top) * near
        middle = x + rng.gauss(0, width * (0.16 + 0.34 * near))
        length = width * (0.25 + 0.7 * near) * rng.uniform(0.5, 1)
        sheet.line([(middle - length / 2, y), (middle + length / 2, y)], 2 + 5 * near, colour)


def tern(sheet: Sheet, x: float, y: float, span: float, colour: str, cap: str = INK) -> None:
    """The bird of the town's arms in flight: two long wings, a forked tail, a dark cap."""
    left = smooth([(x, y), (x - span * 0.2, y - span * 0.17), (x - span * 0.52, y - span * 0.1)])
    under = smooth(
        [(x - span * 0.52, y - span * 0.1), (x - span * 0.2, y - span * 0.07), (x, y + span * 0.05)]
    )
    right = [(2 * x - a, b - span * 0.03) for a, b in left]
    below = [(2 * x - a, b - span * 0.03) for a, b in under]
    sheet.shape([*left, *under], colour)
    sheet.shape([*right, *below], colour)
    body = [
        (x - span * 0.2, y + span * 0.02),
        (x, y - span * 0.03),
        (x + span * 0.13, y - span * 0.015),
        (x + span * 0.13, y + span * 0.04),
        (x - span * 0.02, y + span * 0.06),
    ]
    sheet.shape(smooth([*body, body[0]]), colour)
    for fork in (-0.03, 0.07):
        sheet.line(
            [(x - span * 0.15, y + span * 0.025), (x - span * 0.32, y + span * fork)],
            span * 0.018,
            colour,
        )
    sheet.disc(x + span * 0.125, y + span * 0.002, span * 0.032, cap, 0.8)
    sheet.shape(
        [
            (x + span * 0.15, y - span * 0.01),
            (x + span * 0.21, y + span * 0.015),
            (x + span * 0.15, y + span * 0.02),
        ],
        AMBER,
    )


def ripples(
    sheet: Sheet, top: float, foot: float, colour: str, rng: Random, count: int = 70
) -> None:
    """Short strokes of light on water, longer and thicker towards us."""
    for _ in range(count):
        near = rng.random() ** 0.8
        y = top + (foot - top) * near
        length = 18 + 90 * near * rng.random()
        x = rng.uniform(-40, WIDTH)
        sway = 2 * sin(x / 90)
        sheet.line([(x, y), (x + length, y + sway)], 1 + 3.2 * near, colour)


def snowfall(sheet: Sheet, rng: Random, count: int = 260) -> None:
    """Flakes, near and far."""
    for _ in range(count):
        size = rng.choice((1.6, 2.2, 3.2, 4.4))
        sheet.disc(rng.uniform(0, WIDTH), rng.uniform(0, HEIGHT), size, "#ffffffd0")
