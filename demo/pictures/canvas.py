"""Paper and scissors: flat shapes with soft gradients, light and grain, on a sheet of 1600 by 1000.

A ``Sheet`` is drawn larger than asked for and reduced at the end, so that edges are smooth. It
covers the size asked for; what sticks out is cut off evenly. Colours are "#rrggbb", with "aa"
appended for how opaque they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import cos, pi, sin
from random import Random
from typing import TypeAlias

from PIL import Image, ImageChops, ImageDraw, ImageFilter

WIDTH, HEIGHT = 1600, 1000
OVERSAMPLE = 2

Point: TypeAlias = tuple[float, float]
Box: TypeAlias = tuple[int, int, int, int]
# One colour, or two for a gradient from the top of a shape to its foot.
Fill: TypeAlias = str | tuple[str, str]


def rgba(colour: str) -> tuple[int, int, int, int]:
    """The four parts of "#rrggbb" or "#rrggbbaa"."""
    parts = bytes.fromhex(colour[1:])
    return (parts[0], parts[1], parts[2], parts[3] if len(parts) > 3 else 255)


def mixed(one: str, other: str, share: float) -> str:
    """``one`` with so large a share (0 to 1) of ``other`` in it."""
    pairs = zip(rgba(one)[:3], rgba(other)[:3], strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def smooth(points: Sequence[Point], steps: int = 14) -> list[Point]:
    """A soft line through all points (Catmull-Rom), open."""
    line: list[Point] = []
    padded = [points[0], *points, points[-1]]
    for before, start, end, after in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        line += [_between(before, start, end, after, step / steps) for step in range(steps)]
    return [*line, points[-1]]


def _between(a: Point, b: Point, c: Point, d: Point, t: float) -> Point:
    def along(i: int) -> float:
        return 0.5 * (
            2 * b[i]
            + (c[i] - a[i]) * t
            + (2 * a[i] - 5 * b[i] + 4 * c[i] - d[i]) * t * t
            + (3 * b[i] - a[i] - 3 * c[i] + d[i]) * t**3
        )

    return (along(0), along(1))


def placed(points: Sequence[Point], x: float, y: float, size: float) -> list[Point]:
    """An outline drawn around (0, 0) in units of its own, moved and enlarged."""
    return [(x + across * size, y + down * size) for across, down in points]


def ring(x: float, y: float, radius: float, squeeze: float = 1) -> list[Point]:
    """The outline of a circle, or of an ellipse ``squeeze`` times as high as wide."""
    turns = [n * pi / 40 for n in range(80)]
    return [(x + radius * cos(turn), y + radius * squeeze * sin(turn)) for turn in turns]


def blob(x: float, y: float, width: float, height: float, rng: Random, rough: float) -> list[Point]:
    """The outline of a crown, a cloud, a stone: an ellipse with bumps, ``rough`` of its size."""
    count = 11
    radii = [1 + rng.uniform(-rough, rough) for _ in range(count)]
    around = [
        (x + width / 2 * r * cos(2 * pi * n / count), y + height / 2 * r * sin(2 * pi * n / count))
        for n, r in enumerate(radii)
    ]
    return smooth([*around[-2:], *around, *around[:3]])[28:-28]


class Sheet:
    """What is being drawn, in the logical units of 1600 by 1000."""

    def __init__(self, size: tuple[int, int]) -> None:
        self.size = size
        self.scale = max(size[0] / WIDTH, size[1] / HEIGHT) * OVERSAMPLE
        self.image = Image.new("RGB", (round(WIDTH * self.scale), round(HEIGHT * self.scale)))

    def fill(self, *colours: str) -> None:
        """The whole sheet in bands that run into each other, from top to foot."""
        height = self.image.height
        column = Image.new("RGB", (1, height))
        parts = len(colours) - 1
        for y in range(height):
            at = y / max(1, height - 1) * parts
            band = min(int(at), parts - 1)
            colour = mixed(colours[band], colours[band + 1], at - band)
            column.putpixel((0, y), rgba(colour)[:3])
        self.image.paste(column.resize(self.image.size))

    def shape(self, points: Iterable[Point], fill: Fill) -> None:
        """A filled outline."""
        self.shapes([points], fill)

    def shapes(self, outlines: Iterable[Iterable[Point]], fill: Fill) -> None:
        """Several outlines as one shape with one gradient, however they overlap."""
        mask, box = self._mask(outlines)
        if mask is not None:
            self._lay(fill, mask, box)

    def rect(self, x: float, y: float, width: float, height: float, fill: Fill) -> None:
        """A rectangle by its upper left corner."""
        self.shape([(x, y), (x + width, y), (x + width, y + height), (x, y + height)], fill)

    def rounded(
        self, x: float, y: float, width: float, height: float, radius: float, fill: Fill
    ) -> None:
        """A rectangle with round corners."""
        corners = (
            (x + width - radius, y + radius, -90),
            (x + width - radius, y + height - radius, 0),
            (x + radius, y + height - radius, 90),
            (x + radius, y + radius, 180),
        )
        self.shape(
            [
                (cx + radius * cos((a + turn) * pi / 180), cy + radius * sin((a + turn) * pi / 180))
                for cx, cy, a in corners
                for turn in range(0, 91, 10)
            ],
            fill,
        )

    def disc(self, x: float, y: float, radius: float, fill: Fill, squeeze: float = 1) -> None:
        """A circle by its middle; ``squeeze`` is its height over its width."""
        self.shape(ring(x, y, radius, squeeze), fill)

    def line(self, points: Sequence[Point], width: float, colour: str) -> None:
        """A stroke with round ends."""
        draw = ImageDraw.Draw(self.image, "RGBA")
        scaled = [self._at(point) for point in points]
        thick = max(1, round(width * self.scale))
        draw.line(scaled, fill=rgba(colour), width=thick, joint="curve")
        if thick > 2 and rgba(colour)[3] == 255:
            for x, y in (scaled[0], scaled[-1]):
                half = thick / 2
                draw.ellipse((x - half, y - half, x + half, y + half), fill=rgba(colour))

    def glow(self, x: float, y: float, radius: float, colour: str, strength: float) -> None:
        """Light around a point, ``strength`` (0 to 1) in its middle."""
        side = round(2 * radius * self.scale)
        fading = ImageChops.invert(Image.radial_gradient("L")).point(
            lambda level: round(255 * strength * max(0.0, (level - 74) / 181) ** 1.7)
        )
        left, top = self._at((x - radius, y - radius))
        light = Image.new("RGB", (side, side), rgba(colour)[:3])
        self.image.paste(light, (round(left), round(top)), fading.resize((side, side)))

    def shade(self, points: Iterable[Point], colour: str, blur: float) -> None:
        """A shape with soft edges: a shadow, a beam, mist."""
        radius = blur * self.scale
        mask, box = self._mask([points], margin=round(3 * radius))
        if mask is not None:
            self._lay(colour, mask.filter(ImageFilter.GaussianBlur(radius)), box)

    def finished(self, grain: float = 0.02, seed: int = 7) -> Image.Image:
        """The picture in the size asked for, with a grain as of printing paper."""
        width, height = (round(side * OVERSAMPLE) for side in self.size)
        left, top = (self.image.width - width) // 2, (self.image.height - height) // 2
        cut = self.image.crop((left, top, left + width, top + height))
        small = cut.resize(self.size, Image.Resampling.LANCZOS)
        if not grain:
            return small
        tile = 256
        dots = Random(seed).randbytes(tile * tile)
        noise = Image.frombytes("L", (tile, tile), dots)
        paper = Image.new("L", self.size)
        for x in range(0, self.size[0], tile):
            for y in range(0, self.size[1], tile):
                paper.paste(noise, (x, y))
        return Image.blend(
            small, ImageChops.overlay(small, Image.merge("RGB", (paper, paper, paper))), grain * 3
        )

    def _at(self, point: Point) -> Point:
        return (point[0] * self.scale, point[1] * self.scale)

    def _mask(
        self, outlines: Iterable[Iterable[Point]], margin: int = 0
    ) -> tuple[Image.Image | None, Box]:
        """The outlines in white, no larger than need be, and where they are on the sheet.

        ``None`` when nothing of them is on it.
        """
        scaled = [[self._at(point) for point in points] for points in outlines]
        across = [x for points in scaled for x, _ in points]
        down = [y for points in scaled for _, y in points]
        width, height = self.image.size
        box = (
            max(0, int(min(across)) - margin),
            max(0, int(min(down)) - margin),
            min(width, int(max(across)) + 2 + margin),
            min(height, int(max(down)) + 2 + margin),
        )
        if box[0] >= box[2] or box[1] >= box[3]:
            return None, box
        mask = Image.new("L", (box[2] - box[0], box[3] - box[1]))
        draw = ImageDraw.Draw(mask)
        for points in scaled:
            draw.polygon([(x - box[0], y - box[1]) for x, y in points], fill=255)
        return mask, box

    def _lay(self, fill: Fill, mask: Image.Image, box: Box) -> None:
        top, foot = (fill, fill) if isinstance(fill, str) else fill
        opaque = rgba(top)[3]
        if opaque < 255:
            mask = mask.point(lambda level: level * opaque // 255)
        if top == foot:
            self.image.paste(rgba(top)[:3], box, mask)
            return
        blend = Image.linear_gradient("L").resize(mask.size)
        paint = Image.composite(
            Image.new("RGB", mask.size, rgba(foot)[:3]),
            Image.new("RGB", mask.size, rgba(top)[:3]),
            blend,
        )
        self.image.paste(paint, box, mask)
