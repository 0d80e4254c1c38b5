"""Landmarks: churches and temples."""

from easel_sketch.drawing.ink import circle, path, polygon, rect, stroke, trace
from easel_sketch.drawing.motifs.kit import (
    BUTT,
    FOOT,
    GOLD,
    GREEN,
    MARBLE,
    NIGHT,
    RED,
    SLATE,
    WATER,
    WATER_LIGHT,
    Tones,
    block,
    dome,
    onion,
    openings,
    pointed,
    rim,
    round_tower,
    spire,
    spread,
    tapered,
    tones,
    windows,
)

_WHITE = tones("#eae5da")


def _taj_mahal() -> str:
    white, shade = _WHITE, "#a9b4c6"

    def minaret(x: float) -> str:
        return (
            tapered(x, 44, 5, 108, 7.5, white)
            + "".join(rect(x - 4.6, y, 9.2, 2.6, white.dark) for y in (52, 70, 88))
            + dome(x, 44, 8, 8, white)
            + rect(x - 0.6, 32, 1.2, 5, GOLD.base)
        )

    return (
        minaret(11)
        + minaret(117)
        + rect(63.2, 4, 1.6, 12, GOLD.base)
        + onion(64, 58, 37, 46, white)
        + block(47, 56, 34, 66, white)
        + "".join(
            rect(x - 0.6, 40, 1.2, 6, GOLD.base) + onion(x, 62, 13, 18, white) + rect(x - 5, 60, 10, 6, white.base)
            for x in (35, 93)
        )
        + block(26, 66, 76, 108, white)
        + rect(50, 60, 28, 48, white.light)
        + rect(50, 60, 28, 2.4, shade)
        + pointed(54, 108, 20, 42, shade)
        + pointed(57, 108, 14, 36, "#66738c")
        + "".join(
            pointed(x, y, 9, 15, shade) + pointed(x + 2, y, 5, 12, "#66738c")
            for x in (30, 40, 79, 89)
            for y in (84, 105)
        )
        + rect(4, 108, 120, 7, white.dark)
        + rect(4, 108, 120, 2.4, white.light)
        + rect(8, 115, 112, 9, GREEN.base)
        + polygon([(56, 115), (72, 115), (80, 124), (48, 124)], WATER)
    )


def _st_basils() -> str:
    def turret(x: float, w: float, top: float, wall: float, colours: tuple[str, str], brick: Tones) -> str:
        first, second = tones(colours[0]), tones(colours[1])
        h = wall - top
        bands = "".join(
            stroke(
                trace("M", x - w * 0.5, wall - h * (share - 0.1),
                    "Q", x, wall - h * (share + 0.08), x + w * 0.5, wall - h * (share + 0.18),
                ),
                second.base, h * 0.085,
            )
            for share in (0.16, 0.36)
        )  # fmt: skip
        return (
            rect(x - 0.8, top - 7, 1.6, 10, GOLD.base)
            + rect(x - 2.6, top - 4.4, 5.2, 1.4, GOLD.base)
            + onion(x, wall, w, h, first)
            + bands
            + round_tower(x - w * 0.3, wall, w * 0.6, wall + 14, MARBLE)
            + openings(spread(x - w * 0.22, x + w * 0.22 - 2.4, 3), wall + 13, 2.4, 8, NIGHT)
            + round_tower(x - w * 0.38, wall + 13, w * 0.76, FOOT, brick)
            + pointed(x - w * 0.16, wall + 36, w * 0.32, 16, MARBLE.base)
            + pointed(x - w * 0.1, wall + 36, w * 0.2, 12, NIGHT)
        )

    brick = tones("#c2573f")
    return (
        turret(34, 26, 34, 56, ("#3f7fd0", "#f4f1ea"), brick)
        + turret(94, 26, 34, 56, ("#5fa052", "#f0b93a"), brick)
        + polygon([(64, 12), (50, 60), (78, 60)], tones("#d9694f").base)
        + polygon([(64, 12), (67, 60), (78, 60)], brick.dark)
        + onion(64, 17, 11, 12, GOLD)
        + rect(63.3, 1, 1.4, 6, GOLD.dark)
        + round_tower(48, 60, 32, FOOT, brick)
        + openings(spread(51, 72, 4), 74, 5, 10, MARBLE.base)
        + turret(17, 22, 60, 80, ("#d8483c", "#f4f1ea"), brick)
        + turret(111, 22, 60, 80, ("#2fa39a", "#f4f1ea"), brick)
        + turret(47, 24, 56, 78, ("#f0b93a", "#5fa052"), brick)
        + turret(81, 24, 56, 78, ("#d8483c", "#f0b93a"), brick)
        + rect(6, 112, 116, 12, MARBLE.dark)
        + openings(spread(10, 110, 11), 124, 6, 9, brick.base)
    )


def _sagrada_familia() -> str:
    stone = tones("#cfae7f")

    def needle(x: float, top: float, w: float, tip: str) -> str:
        body = trace(
            *("M", x - w / 2, 100, "Q", x - w * 0.44, top + 30, x - 1.6, top, "H", x + 1.6),
            *("Q", x + w * 0.44, top + 30, x + w / 2, 100, "Z"),
        )
        shade = trace(
            "M", x + w * 0.1, 100, "L", x + 0.6, top, "H", x + 1.6, "Q", x + w * 0.44, top + 30, x + w / 2, 100, "Z"
        )
        holes = "".join(
            rect(x + dx - 1, y, 2, 4.4, stone.deep, 1)
            for y in spread(top + 16, 92, max(4, int((92 - top) / 9)))
            for dx in (-2.6, 2.6)
            if y > top + 26 or dx < 0
        )
        return (
            path(body, stone.base)
            + path(shade, stone.dark)
            + holes
            + circle(x, top, 3, tip)
            + circle(x, top - 4, 1.8, GOLD.base)
        )

    return (
        needle(64, 8, 20, "#f4f1ea")
        + needle(28, 26, 16, RED.base)
        + needle(100, 26, 16, RED.base)
        + needle(46, 16, 17, GOLD.base)
        + needle(82, 16, 17, GOLD.base)
        + block(16, 92, 96, FOOT, stone)
        + polygon([(36, 96), (64, 62), (92, 96)], stone.light)
        + polygon([(64, 62), (92, 96), (70, 96)], stone.base)
        + circle(64, 86, 7, stone.deep)
        + circle(64, 86, 5, "#6f9ec6")
        + "".join(
            pointed(x, FOOT, w, h, stone.deep) + pointed(x + 2, FOOT, w - 4, h - 5, "#6b5238")
            for x, w, h in ((24, 20, 26), (53, 22, 32), (84, 20, 26))
        )
    )


def _cologne_cathedral() -> str:
    stone = tones("#7d7f86")

    def steeple(x: float) -> str:
        return (
            spire(x, 4, 54, 22, stone)
            + stroke(
                f"M{x} 18 L{x - 3} 30 M{x} 18 L{x + 3} 30 M{x - 4} 36 L{x + 4} 50 M{x + 4} 36 L{x - 4} 50",
                stone.light,
                1.2,
            )
            + rect(x - 1, 1, 2, 8, stone.deep)
            + "".join(spire(x + dx, 40, 60, 6, stone) for dx in (-13, 13))
            + block(x - 15, 56, 30, FOOT, stone)
            + "".join(pointed(x + dx, 86, 8, 26, NIGHT) for dx in (-11, 3))
            + "".join(pointed(x + dx, 112, 8, 20, NIGHT) for dx in (-11, 3))
            + rect(x - 16, 88, 32, 3, stone.light)
        )

    return (
        polygon([(64, 52), (48, 78), (80, 78)], stone.dark)
        + block(44, 76, 40, FOOT, stone)
        + pointed(55, 108, 18, 30, NIGHT)
        + stroke("M64 82 V108 M59 92 V108 M69 92 V108", stone.light, 1.4, BUTT)
        + steeple(32)
        + steeple(96)
        + pointed(54, FOOT, 20, 16, stone.deep)
        + rect(10, 118, 108, 6, stone.deep)
        + pointed(57, FOOT, 14, 13, "#5c4034")
    )


def _notre_dame() -> str:
    stone = tones("#d3c2a2")

    def tower(x: float) -> str:
        return (
            block(x, 18, 34, FOOT, stone)
            + rect(x - 2, 15, 38, 5, stone.light)
            + pointed(x + 6, 56, 9, 32, NIGHT)
            + pointed(x + 19, 56, 9, 32, NIGHT)
            + stroke(f"M{x + 10.5} 32 V56 M{x + 23.5} 32 V56", stone.dark, 1.2, BUTT)
            + pointed(x + 9, 90, 16, 18, stone.deep)
        )

    roses = "".join(stroke(trace("M", 64, 78, "L", x, y), stone.light, 1) for x, y in rim((64, 78), 9, 9, 0, 330, 12))
    portals = "".join(
        pointed(x, FOOT, w, h, stone.dark)
        + pointed(x + 3, FOOT, w - 6, h - 5, stone.deep)
        + pointed(x + 6, FOOT, w - 12, h - 11, "#5c4034")
        for x, w, h in ((18, 26, 26), (50, 28, 30), (84, 26, 26))
    )
    return (
        spire(64, 2, 50, 10, tones("#6d7f7a"))
        + polygon([(44, 60), (64, 40), (84, 60)], SLATE.base)
        + block(46, 60, 36, FOOT, stone)
        + tower(14)
        + tower(80)
        + rect(12, 60, 104, 4, stone.light)
        + rect(12, 92, 104, 3, stone.light)
        + rect(14, 88, 100, 4, stone.dark)
        + circle(64, 78, 11.5, stone.dark)
        + circle(64, 78, 9.4, "#47609a")
        + roses
        + circle(64, 78, 3, "#b8546a")
        + portals
        + rect(8, 120, 112, 4, stone.dark)
    )


def _mont_saint_michel() -> str:
    wall, roof = tones("#cdb692"), SLATE
    houses = "".join(
        rect(x, y, 10, 10, wall.light if x < 64 else wall.base)
        + polygon([(x - 1.5, y), (x + 5, y - 7), (x + 11.5, y)], RED.dark if place % 2 else roof.base)
        for place, (x, y) in enumerate(
            ((20, 94), (31, 88), (42, 93), (54, 88), (66, 92), (78, 87), (89, 92), (100, 96))
        )
    )
    return (
        path("M10 110 Q24 84 40 74 Q50 62 64 60 Q80 62 90 74 Q106 84 118 110 Z", GREEN.dark)
        + path("M10 110 Q24 84 40 74 Q50 62 64 60 Q50 84 40 110 Z", GREEN.base)
        + block(38, 58, 52, 82, wall)
        + "".join(pointed(x, 78, 5, 14, NIGHT) for x in spread(43, 80, 5))
        + block(46, 42, 36, 60, wall)
        + polygon([(44, 43), (50, 34), (78, 34), (84, 43)], roof.base)
        + windows(50, 46, 4, 1, (8, 0), (4, 9), NIGHT)
        + block(58, 24, 12, 44, wall)
        + spire(64, 4, 25, 14, roof)
        + circle(64, 4, 1.6, GOLD.base)
        + houses
        + block(10, 102, 108, 114, wall)
        + "".join(round_tower(x, 98, 10, 114, wall) for x in (8, 38, 80, 110))
        + rect(4, 113, 120, 11, WATER)
        + stroke("M12 118 h20 M50 119 h24 M94 118 h18", WATER_LIGHT, 2)
    )


def _temple_of_heaven() -> str:
    roof, red = tones("#3f66a8"), RED
    levels = ""
    for top, wide, wall, high in ((14, 48, 30, 13), (38, 70, 48, 13), (62, 92, 66, 15)):
        foot = top + high
        levels += (
            path(
                trace(
                    *("M", 64 - wide / 2, foot, "Q", 64 - wall * 0.3, foot - 4, 64 - wall * 0.2, top),
                    *("H", 64 + wall * 0.2, "Q", 64 + wall * 0.3, foot - 4, 64 + wide / 2, foot),
                    *("Q", 64, foot + 9, 64 - wide / 2, foot, "Z"),
                ),
                roof.base,
            )
            + path(
                trace(
                    *("M", 64 + wall * 0.05, top, "H", 64 + wall * 0.2),
                    *("Q", 64 + wall * 0.3, foot - 4, 64 + wide / 2, foot),
                    *("Q", 64 + wide * 0.3, foot + 3.6, 64 + wall * 0.24, foot + 4, "Z"),
                ),
                roof.dark,
            )
            + rect(64 - wall / 2, foot + 4, wall, 8, red.base)
            + rect(64 + wall * 0.2, foot + 4, wall * 0.3, 8, red.dark)
            + "".join(rect(x, foot + 5, 2, 7, GOLD.base) for x in spread(64 - wall / 2 + 2, 64 + wall / 2 - 4, 8))
        )
    return (
        circle(64, 9, 4.4, GOLD.base)
        + levels
        + round_tower(32, 88, 64, 104, red)
        + "".join(rect(x, 90, 5, 14, GOLD.dark) for x in (44, 54, 69, 79))
        + "".join(
            rect(28 - 9 * place, 104 + 7 * place, 72 + 18 * place, 7, MARBLE.base)
            + rect(28 - 9 * place, 104 + 7 * place, 72 + 18 * place, 2.4, "#ffffff")
            for place in range(3)
        )
        + polygon([(56, 104), (72, 104), (78, 124), (50, 124)], MARBLE.dark)
    )


DRAWN = {
    "taj-mahal": _taj_mahal,
    "st-basils": _st_basils,
    "sagrada-familia": _sagrada_familia,
    "cologne-cathedral": _cologne_cathedral,
    "notre-dame": _notre_dame,
    "mont-saint-michel": _mont_saint_michel,
    "temple-of-heaven": _temple_of_heaven,
}
