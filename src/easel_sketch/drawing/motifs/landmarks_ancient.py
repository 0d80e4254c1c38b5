"""Landmarks of ancient times."""

from itertools import pairwise

from easel_sketch.drawing.ink import circle, path, polygon, rect, stroke, trace
from easel_sketch.drawing.motifs.kit import (
    BUTT,
    GREEN,
    NIGHT,
    SAND,
    STONE,
    WATER,
    WATER_LIGHT,
    block,
    opening,
    openings,
    spire,
    spread,
    tapered,
    tones,
)


def _colosseum() -> str:
    tone = tones("#d8b88a")
    low = "M4 64 Q64 86 124 76 V112 Q64 132 4 112 Z"
    rows = ""
    for top, high, count, left in ((66, 15, 9, 8), (90, 18, 9, 8)):
        for place in range(count):
            x = left + 12.9 * place
            sag = 9 * (1 - ((x + 4 - 64) / 60) ** 2) + max(0, (x - 64) * 0.07)
            rows += opening(x, top + sag + high, 8.4, high, tone.deep)
    upper = "".join(
        opening(8 + 12.9 * place, 56 + 9 * (1 - ((12 + 12.9 * place - 64) / 60) ** 2), 7.6, 13, tone.deep)
        for place in range(5)
    )
    return (
        path("M10 40 Q64 22 118 48 L116 78 H12 Z", tone.deep)
        + path("M20 44 Q64 30 108 50 L104 70 H24 Z", tones("#b8946a").deep)
        + path(low, tone.base)
        + path("M4 30 Q34 42 66 41 L70 47 L68 54 L78 60 L76 68 L88 74 L86 84 Q40 84 4 70 Z", tone.base)
        + path("M4 30 Q34 42 66 41 L68 46 Q34 47 4 35 Z", tone.light)
        + path("M92 77 Q112 79 124 76 V112 Q110 120 92 121 Z", tone.dark)
        + path("M4 30 L14 33 V116 L4 112 Z", tone.light)
        + rows
        + upper
        + stroke("M4 62 Q40 73 78 70", tone.light, 3, BUTT)
        + stroke("M4 86 Q64 106 124 92", tone.light, 3, BUTT)
        + "".join(rect(x, y, 5, 4, tone.deep) for x, y in ((14, 38), (28, 42), (42, 44.5), (56, 45.5)))
    )


def _parthenon() -> str:
    tone = tones("#e6cfa3")
    columns = "".join(
        tapered(x, 56, 7.5, 104, 9.5, tone) + rect(x - 5.5, 52, 11, 4, tone.light) for x in spread(17, 111, 8)
    )
    return (
        rect(16, 56, 96, 48, "#8d7048")
        + columns
        + polygon([(8, 36), (50, 15), (60, 20), (66, 16), (84, 26), (92, 26), (120, 38), (120, 40), (8, 40)], tone.base)
        + polygon([(20, 36), (50, 20), (60, 25), (66, 21), (82, 30), (90, 30), (104, 37)], tone.dark)
        + rect(6, 38, 116, 6, tone.light)
        + rect(9, 44, 110, 8, tone.base)
        + "".join(rect(x, 44, 3, 8, tone.dark) for x in spread(12, 113, 12))
        + rect(8, 104, 112, 6, tone.light)
        + rect(6, 110, 116, 7, tone.base)
        + rect(4, 117, 120, 7, tone.dark)
    )


def _stonehenge() -> str:
    def standing(x: float, top: float, w: float) -> str:
        return path(
            trace(
                *("M", x + 2, 116, "Q", x - 1, (top + 116) / 2, x + 1.5, top, "H", x + w - 2),
                *("Q", x + w + 1, (top + 116) / 2, x + w - 1, 116, "Z"),
            ),
            STONE.base,
        ) + path(
            trace(
                *("M", x + w * 0.62, top, "H", x + w - 2, "Q", x + w + 1, (top + 116) / 2, x + w - 1, 116),
                *("H", x + w * 0.7, "Z"),
            ),
            STONE.deep,
        )

    def lintel(x: float, y: float, w: float) -> str:
        return (
            rect(x, y, w, 13, STONE.base, 3)
            + rect(x, y, w, 4, STONE.light, 2)
            + rect(x + w * 0.75, y + 4, w * 0.25, 9, STONE.dark, 3)
        )

    return (
        path("M4 124 Q14 104 64 104 Q114 104 124 124 Z", GREEN.base)
        + standing(45, 52, 12)
        + standing(72, 52, 12)
        + lintel(42, 42, 45)
        + standing(10, 40, 15)
        + standing(32, 40, 14)
        + lintel(6, 27, 44)
        + standing(84, 34, 16)
        + standing(106, 34, 14)
        + lintel(80, 20, 44)
        + rect(50, 106, 32, 12, STONE.base, 5)
        + rect(50, 106, 32, 4, STONE.light, 2)
        + path("M4 124 Q20 112 64 116 Q108 112 124 124 Z", GREEN.light)
    )


def _great_pyramid() -> str:
    def one(x: float, top: float, w: float, foot: float) -> str:
        left, right, corner = x - w / 2, x + w / 2, x + w * 0.14
        steps = "".join(
            stroke(
                trace(
                    *("M", x + (left - x) * share, top + (foot - top) * share),
                    *("L", x + (corner - x) * share, top + (foot + 2 - top) * share),
                ),
                SAND.dark,
                0.9,
                'opacity=".6"',
            )
            for share in spread(0.16, 0.9, 7)
        )
        return (
            polygon([(x, top), (left, foot), (corner, foot + 2)], SAND.base)
            + steps
            + polygon([(x, top), (corner, foot + 2), (right, foot)], SAND.deep)
        )

    return (
        path("M4 124 Q10 104 64 104 Q118 104 124 124 Z", SAND.light)
        + one(98, 62, 50, 112)
        + one(28, 52, 46, 112)
        + one(60, 14, 92, 118)
        + path("M4 124 Q34 112 66 119 Q100 112 124 124 Z", tones("#ecca8f").base)
    )


def _sphinx() -> str:
    tone = tones("#dcb373")
    stripes = "".join(
        stroke(f"M{x0} {y} L{x1} {y + 3}", tone.dark, 2.2)
        for x0, x1, y in ((57, 66, 26), (58, 69, 35), (59, 72, 44), (60, 74, 53), (61, 76, 62))
    )
    return (
        polygon([(92, 26), (54, 106), (124, 106)], tones("#e8cd97").base)
        + polygon([(92, 26), (104, 106), (124, 106)], tones("#e8cd97").dark)
        + path("M56 110 L58 76 Q84 66 104 76 Q122 84 122 110 Z", tone.base)
        + path("M84 110 Q86 84 104 84 Q120 88 120 110 Z", tone.light)
        + path("M104 76 Q122 84 122 110 H114 Q118 90 104 76 Z", tone.dark)
        + path("M36 108 Q34 84 42 70 L72 66 Q72 92 70 110 Z", tone.base)
        + path("M36 108 Q34 84 42 70 L50 69 Q44 90 48 110 Z", tone.light)
        + path("M36 20 Q52 6 66 18 Q76 40 82 76 Q70 82 58 74 L48 66 L34 44 Z", tone.light)
        + stripes
        + path("M36 22 Q48 14 56 24 L58 56 Q58 66 48 67 L38 65 L36 58 L33 55 L36 51 L31 45 L36 38 Z", tone.base)
        + path("M56 24 L58 56 Q58 66 48 67 Q54 56 50 40 Z", tone.dark)
        + path("M33 24 Q46 8 64 16 L62 24 Q46 16 34 28 Z", tone.deep)
        + stroke("M38 40 H44", tone.deep, 2.4)
        + stroke("M35 55 H41", tone.deep, 1.8)
        + path("M6 120 Q4 108 14 107 H72 V120 Z", tone.base)
        + path("M6 112 Q8 107 14 107 H72 V111 H6 Z", tone.light)
        + stroke("M14 114 V119 M20 114 V119", tone.dark, 2)
        + rect(4, 109, 4, 0, tone.base)
        + path("M66 120 Q70 104 90 106 H122 V120 Z", tone.dark)
        + rect(4, 118, 120, 6, SAND.dark, 2)
    )


def _great_wall() -> str:
    tone = tones("#cdbb9a")

    def wall(points: tuple[tuple[float, float, float], ...]) -> str:
        """A run of wall through (x, y of its top, height)."""
        upper = [(x, y) for x, y, _ in points]
        lower = [(x, y + h) for x, y, h in reversed(points)]
        teeth = ""
        for (x0, y0, h0), (x1, y1, _) in pairwise(points):
            count = max(2, round(abs(x1 - x0) / (h0 * 0.42)))
            for place in range(count):
                x, y = x0 + (x1 - x0) * (place + 0.25) / count, y0 + (y1 - y0) * (place + 0.25) / count
                teeth += rect(x, y - h0 * 0.2, abs(x1 - x0) / count * 0.55, h0 * 0.3, tone.light)
        return (
            polygon([*upper, *lower], tone.base)
            + teeth
            + stroke("M" + " L".join(f"{x} {y + h * 0.28}" for x, y, h in points), tone.dark, 1.4)
        )

    def watch(x: float, foot: float, w: float) -> str:
        return (
            block(x, foot - w, w, foot, tone)
            + rect(x - w * 0.06, foot - w * 1.02, w * 1.12, w * 0.14, tone.light)
            + "".join(
                rect(x + w * at, foot - w * 1.16, w * 0.14, w * 0.18, tone.light) for at in (-0.04, 0.3, 0.62, 0.9)
            )
            + openings((x + w * 0.18, x + w * 0.6), foot - w * 0.3, w * 0.22, w * 0.36, NIGHT)
        )

    return (
        path("M4 80 Q26 34 46 46 Q62 22 84 30 Q108 26 124 60 V110 H4 Z", "#8fae7a")
        + wall(((84, 34, 7), (98, 46, 9), (112, 52, 10), (122, 66, 12)))
        + watch(74, 40, 17)
        + path("M4 96 Q30 56 66 70 Q100 60 124 84 V124 H4 Z", "#6f9a5f")
        + wall(((112, 80, 13), (92, 66, 13), (66, 74, 15), (44, 88, 17)))
        + watch(98, 86, 22)
        + path("M4 124 V104 Q40 92 70 112 Q100 104 124 112 V124 Z", "#5a8650")
        + wall(((6, 104, 20), (30, 94, 20), (52, 86, 20)))
        + watch(28, 116, 34)
        + path("M4 124 Q40 108 76 118 Q104 114 124 124 Z", "#4f7a47")
    )


def _petra() -> str:
    rock, facade = tones("#b5654a"), tones("#e09a74")

    def columns(places: list[float], top: float, foot: float, w: float) -> str:
        return "".join(
            block(x - w / 2, top, w, foot, facade) + rect(x - w * 0.8, top - 2, w * 1.6, 3, facade.light)
            for x in places
        )

    return (
        path("M4 124 V20 Q10 8 24 10 Q40 2 64 5 Q92 2 106 11 Q120 10 124 24 V124 Z", rock.base)
        + path("M106 11 Q120 10 124 24 V124 H110 Z", rock.deep)
        + path("M4 124 V20 Q10 8 24 10 Q16 40 18 124 Z", rock.light)
        + rect(22, 22, 84, 102, rock.deep)
        + polygon([(24, 48), (24, 38), (46, 28), (46, 48)], facade.base)
        + polygon([(104, 48), (104, 38), (82, 28), (82, 48)], facade.dark)
        + columns([28, 42, 86, 100], 48, 70, 5)
        + path("M50 44 Q52 26 64 22 Q76 26 78 44 Z", facade.light)
        + path("M66 23 Q76 26 78 44 H69 Z", facade.dark)
        + circle(64, 19, 3.4, facade.light)
        + rect(49, 42, 30, 4, facade.light)
        + columns([53, 64, 75], 47, 70, 4.6)
        + rect(22, 68, 84, 5, facade.light)
        + polygon([(36, 80), (64, 70), (92, 80)], facade.base)
        + rect(22, 78, 84, 6, facade.base)
        + rect(22, 82, 84, 2, facade.dark)
        + rect(30, 84, 68, 36, rock.deep)
        + opening(56, 120, 16, 30, "#3a2320")
        + columns([28, 42, 53, 75, 86, 100], 86, 120, 6.4)
        + rect(14, 118, 100, 6, facade.dark)
        + rect(14, 118, 100, 2, facade.light)
    )


def _angkor_wat() -> str:
    tone = tones("#b09a7c")

    def bud(x: float, top: float, foot: float, w: float) -> str:
        h = foot - top
        tiers = "".join(
            path(
                trace(
                    *("M", x - w * wide / 2, foot - h * low),
                    *("Q", x - w * wide * 0.55, foot - h * (low + 0.1), x - w * wide * 0.4, foot - h * (low + 0.17)),
                )
                + trace(
                    *("", "H", x + w * wide * 0.4),
                    *("Q", x + w * wide * 0.55, foot - h * (low + 0.1), x + w * wide / 2, foot - h * low, "Z"),
                ),
                tone.base,
            )
            + rect(x + w * wide * 0.12, foot - h * (low + 0.16), w * wide * 0.3, h * 0.16, tone.dark)
            + rect(x - w * wide / 2, foot - h * low - 1.2, w * wide, 1.8, tone.light)
            for low, wide in ((0, 1), (0.17, 1.0), (0.34, 0.9), (0.51, 0.72), (0.68, 0.5))
        )
        return tiers + spire(x, top, foot - h * 0.83, w * 0.36, tone)

    return (
        bud(30, 44, 84, 16)
        + bud(98, 44, 84, 16)
        + bud(46, 34, 80, 17)
        + bud(82, 34, 80, 17)
        + bud(64, 10, 78, 22)
        + rect(22, 78, 84, 14, tone.base)
        + rect(20, 76, 88, 3, tone.light)
        + openings(spread(26, 96, 9), 92, 4.6, 9, tone.deep)
        + rect(6, 94, 116, 15, tone.base)
        + rect(92, 94, 30, 15, tone.dark)
        + rect(4, 91, 120, 4, tone.light)
        + openings(spread(10, 112, 15), 109, 4.4, 10, tone.deep)
        + polygon([(54, 109), (57, 84), (71, 84), (74, 109)], tone.light)
        + "".join(rect(55, y, 18, 1.4, tone.dark) for y in spread(88, 106, 6))
        + rect(4, 108, 120, 4, GREEN.dark)
        + rect(4, 112, 120, 12, WATER)
        + stroke("M14 117 h16 M54 119 h22 M96 117 h18", WATER_LIGHT, 2)
    )


DRAWN = {
    "colosseum": _colosseum,
    "parthenon": _parthenon,
    "stonehenge": _stonehenge,
    "great-pyramid": _great_pyramid,
    "sphinx": _sphinx,
    "great-wall": _great_wall,
    "petra": _petra,
    "angkor-wat": _angkor_wat,
}
