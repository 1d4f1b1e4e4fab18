"""Photos of a demonstration: a street of houses, with a hole in its road or without, or mended, as a plain BMP."""

import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random

WIDTH, HEIGHT = 480, 360
Colour = tuple[int, int, int]
_WALLS: tuple[Colour, ...] = (
    (226, 214, 190), (203, 222, 217), (236, 196, 160), (188, 203, 226), (232, 226, 214), (214, 180, 168),
    (176, 190, 160),
)  # fmt: skip
_ROOFS: tuple[Colour, ...] = ((158, 74, 52), (122, 62, 48), (98, 104, 112), (140, 92, 66))
_LEAVES: tuple[Colour, ...] = ((62, 110, 60), (84, 132, 70), (48, 92, 58), (104, 146, 76))
_EARTH, _SHADE, _WATER, _PATCH, _CONE = (132, 112, 88), (46, 43, 42), (108, 122, 130), (52, 53, 57), (226, 104, 38)


@dataclass(slots=True)
class _Canvas:
    """Rows of blue, green and red, filled a stretch at a time: the pixel by itself would take too long."""

    rows: list[bytearray] = field(default_factory=lambda: [bytearray(WIDTH * 3) for _ in range(HEIGHT)])

    def line(self, y: float, left: float, right: float, colour: Colour) -> None:
        """A stretch of one row; what is outside is left out."""
        first, last, row = max(round(left), 0), min(round(right), WIDTH), round(y)
        if 0 <= row < HEIGHT and first < last:
            self.rows[row][first * 3 : last * 3] = bytes(reversed(colour)) * (last - first)

    def block(self, x: float, y: float, wide: float, high: float, colour: Colour) -> None:
        """A rectangle."""
        for row in range(round(y), round(y + high)):
            self.line(row, x, x + wide, colour)

    def slope(self, top: tuple[float, float, float], bottom: tuple[float, float, float], colour: Colour) -> None:
        """Between two level edges, each a row with its left and its right end."""
        (high, *_), (low, *_) = top, bottom
        for row in range(round(high), round(low) + 1):
            down = (row - high) / max(low - high, 1)
            left, right = (a + (b - a) * down for a, b in zip(top[1:], bottom[1:], strict=True))
            self.line(row, left, right, colour)

    def disc(self, x: float, y: float, size: tuple[float, float], colour: Colour) -> None:
        """An ellipse by its half axes."""
        wide, high = size
        for row in range(round(y - high), round(y + high) + 1):
            across = wide * max(1 - ((row - y) / high) ** 2, 0) ** 0.5
            self.line(row, x - across, x + across, colour)

    def bitmap(self) -> bytes:
        """Of 24 bits; its first row is the lowest."""
        pixels = b"".join(reversed(self.rows))
        head = struct.pack("<2sIHHI", b"BM", 54 + len(pixels), 0, 0, 54)
        return head + struct.pack("<IiiHHIIiiII", 40, WIDTH, HEIGHT, 1, 24, 0, len(pixels), 2835, 2835, 0, 0) + pixels


@dataclass(frozen=True, slots=True)
class _Road:
    """From the front to where it is lost between the houses; `at` is a way along it, 0 far away, 1 at our feet."""

    horizon: int
    far: tuple[float, float]
    near: tuple[float, float]

    def at(self, way: float) -> tuple[float, float, float]:
        """Row, left and right."""
        left, right = (a + (b - a) * way for a, b in zip(self.far, self.near, strict=True))
        return self.horizon + (HEIGHT - self.horizon) * way, left, right

    def spot(self, way: float, across: float) -> tuple[float, float, float]:
        """A point on it, and how wide it is there."""
        row, left, right = self.at(way)
        return left + (right - left) * across, row, right - left


def street(number: int, shows: str = "") -> bytes:
    """Each number is another street, the same number the same one on another day; `shows`: a "hole", or its "patch"."""
    chance, canvas = Random(number), _Canvas()  # noqa: S311 - a demonstration, nothing secret
    light = chance.uniform(0.72, 1.08)
    horizon = chance.randrange(112, 190)
    _sky(canvas, chance, horizon, light)
    _houses(canvas, chance, horizon, light)
    far, near, lost = chance.randrange(26, 70), chance.randrange(330, 520), chance.randrange(120, 360)
    begins = lost * 0.6 + 0.2 * WIDTH - near / 2 + chance.uniform(-60, 60)
    road = _Road(horizon, (lost - far / 2, lost + far / 2), (begins, begins + near))
    _ground(canvas, chance, road, light)
    way, across = chance.uniform(0.42, 0.72), chance.uniform(0.3, 0.7)
    for draw in _SHOWN.get(shows, ()):
        draw(canvas, Random(number + 1), road.spot(way, across))  # noqa: S311 - as above
    return canvas.bitmap()


def _lit(colour: Colour, light: float) -> Colour:
    red, green, blue = (min(round(part * light), 255) for part in colour)
    return red, green, blue


def _sky(canvas: _Canvas, chance: Random, horizon: int, light: float) -> None:
    top, low = (chance.randrange(120, 180), chance.randrange(170, 205), 232), (228, 232, 232)
    for row in range(horizon + 1):
        red, green, blue = (a + (b - a) * row / horizon for a, b in zip(top, low, strict=True))
        canvas.line(row, 0, WIDTH, _lit((round(red), round(green), round(blue)), light))
    for _ in range(chance.randrange(4)):
        x, y = chance.randrange(WIDTH), chance.randrange(10, horizon // 2)
        for step in range(4):
            canvas.disc(x + step * 22, y + step % 2 * 6, (chance.randrange(18, 40), 9), _lit((244, 245, 243), light))


def _houses(canvas: _Canvas, chance: Random, horizon: int, light: float) -> None:
    x = -chance.randrange(40)
    while x < WIDTH:
        wide, high = chance.randrange(46, 130), chance.randrange(34, max(horizon - 30, 40))
        wall, top = _lit(chance.choice(_WALLS), light * chance.uniform(0.75, 1.05)), horizon - high
        canvas.block(x, top, wide, high, wall)
        if high < 90:  # noqa: PLR2004 - a house has a roof of tiles, what is higher is flat
            canvas.slope((top - 24, x + wide * 0.2, x + wide * 0.8), (top, x - 6, x + wide + 6), chance.choice(_ROOFS))
        for row in range(top + 12, horizon - 22, 30):
            for at in range(x + 10, x + wide - 16, 26):
                canvas.block(at, row, 13, 15, (74, 92, 104))
        x += wide + chance.choice((-4, 0, 8, 26))
    for _ in range(chance.randrange(1, 5)):
        _tree(canvas, chance, horizon)


def _tree(canvas: _Canvas, chance: Random, horizon: int) -> None:
    x, high = chance.randrange(WIDTH), chance.randrange(40, 100)
    canvas.block(x - 3, horizon - high, 7, high + 4, (92, 72, 54))
    for _ in range(9):
        at = x + chance.randrange(-26, 27), horizon - high + chance.randrange(-22, 23)
        canvas.disc(*at, (chance.randrange(12, 26), chance.randrange(10, 20)), chance.choice(_LEAVES))


def _ground(canvas: _Canvas, chance: Random, road: _Road, light: float) -> None:
    side = chance.choice(((172, 166, 152), (122, 146, 92), (186, 172, 146)))
    canvas.block(0, road.horizon, WIDTH, HEIGHT - road.horizon, _lit(side, light))
    grey = chance.randrange(88, 126)
    canvas.slope(road.at(0), road.at(1), _lit((grey, grey, grey + 3), light))
    for step in range(26):  # kerbstones, black and white
        begin, end = (step / 26) ** 1.7, ((step + 1) / 26) ** 1.7
        (top, left, right), (low, nearer, further) = road.at(begin), road.at(end)
        paint, wide = ((236, 234, 226), (58, 58, 60))[step % 2], 2 + 9 * end
        canvas.slope((top, left - wide, left), (low, nearer - wide, nearer), paint)
        canvas.slope((top, right, right + wide), (low, further, further + wide), paint)
        if step % 3 == 0:
            (x, _, across), (by, _, along) = road.spot(begin, 0.5), road.spot(end, 0.5)
            canvas.slope(_level(top, x, across * 0.012), _level(low, by, along * 0.012), (232, 230, 220))
    for _ in range(700):
        x, y, wide = road.spot(chance.random() ** 0.6, chance.random())
        tone = grey + chance.randrange(-16, 17)
        canvas.line(y, x, x + 1 + wide / 180, _lit((tone, tone, tone), light))


def _level(row: float, middle: float, half: float) -> tuple[float, float, float]:
    """An edge of a slope."""
    return row, middle - half, middle + half


def _hole(canvas: _Canvas, chance: Random, spot: tuple[float, float, float]) -> None:
    x, y, wide = spot
    for size, colour in ((0.17, _EARTH), (0.145, _SHADE), (0.1, _WATER)):
        for _ in range(4):
            right, down = chance.uniform(-0.05, 0.05) * wide, chance.uniform(-0.015, 0.015) * wide
            canvas.disc(x + right, y + down, (size * wide, size * wide * 0.36), colour)
    for _ in range(26):
        right, down = chance.uniform(-0.32, 0.32) * wide, chance.uniform(-0.1, 0.1) * wide
        canvas.disc(x + right, y + down, (wide * 0.008, wide * 0.005), _EARTH)
    for side in (-1, 1):
        for step in range(14):
            canvas.line(*_crack(x + side * (0.2 + step * 0.012) * wide, y + step * 1.4 - 8), _SHADE)


def _crack(x: float, y: float) -> tuple[float, float, float]:
    return y, x, x + 2


def _mend(canvas: _Canvas, _: Random, spot: tuple[float, float, float]) -> None:
    """A square of new asphalt, and a cone beside it."""
    x, y, wide = spot
    half, high = 0.24 * wide, 0.085 * wide
    canvas.slope(_level(y - high - 2, x, half * 0.86 + 3), _level(y + high + 2, x, half + 4), (146, 146, 146))
    canvas.slope(_level(y - high, x, half * 0.86), _level(y + high, x, half), _PATCH)
    beside, foot, tall = x + half * 1.35, y + high, 0.2 * wide
    canvas.slope(_level(foot - tall, beside, 2), _level(foot, beside, tall * 0.3), _CONE)
    band = _level(foot - tall * 0.55, beside, tall * 0.15), _level(foot - tall * 0.35, beside, tall * 0.2)
    canvas.slope(*band, (240, 240, 236))
    canvas.block(beside - tall * 0.42, foot, tall * 0.84, 4, (60, 60, 62))


_SHOWN: Mapping[str, tuple[Callable[[_Canvas, Random, tuple[float, float, float]], None], ...]] = {
    "hole": (_hole,),
    "patch": (_mend,),
}
