"""Landmarks of the Americas that are no towers, bridges or statues."""

from easel_sketch.drawing.ink import circle, oval, path, polygon, rect, stroke, trace
from easel_sketch.drawing.motifs.kit import (
    BUTT,
    COPPER,
    FOOT,
    GREEN,
    NIGHT,
    STEEL,
    WOOD,
    block,
    dome,
    opening,
    openings,
    spire,
    spread,
    tones,
    windows,
)

_WHITE = tones("#e3ded2")


def _machu_picchu() -> str:
    stone, grass = tones("#b9b2a4"), tones("#7fae5c")
    terraces = "".join(
        path(
            trace("M", left, y, "Q", 64, y + 8, right, y, "L", right + 2, y + 8, "Q", 64, y + 16, left - 2, y + 8, "Z"),
            grass.base if place % 2 else grass.light,
        )
        + stroke(trace("M", left, y + 1, "Q", 64, y + 9, right, y + 1), stone.dark, 2.6, BUTT)
        for place, (left, right, y) in enumerate(((22, 108, 82), (16, 112, 92), (10, 118, 102), (6, 122, 111)))
    )
    houses = "".join(
        polygon([(x, y), (x + w / 2, y - w * 0.55), (x + w, y)], stone.light)
        + block(x, y, w, y + w * 0.7, stone)
        + rect(x + w * 0.36, y + w * 0.15, w * 0.28, w * 0.55, NIGHT)
        for x, y, w in (
            (28, 70, 14),
            (46, 74, 16),
            (66, 74, 16),
            (86, 70, 14),
            (38, 62, 10),
            (60, 62, 11),
            (80, 60, 10),
        )
    )
    return (
        path("M4 96 Q14 62 30 56 L40 74 V110 H4 Z", "#5f8f72")
        + path("M124 96 Q118 66 104 60 L92 76 V110 H124 Z", "#527f68")
        + path("M30 84 Q46 60 56 26 Q62 6 70 10 Q80 18 84 44 Q90 66 102 84 Z", "#4f8a5f")
        + path("M70 10 Q80 18 84 44 Q90 66 102 84 H78 Q82 50 70 10 Z", "#3f6f52")
        + path("M56 26 Q62 6 70 10 Q62 26 60 50 Q52 66 46 84 H30 Q46 60 56 26 Z", "#69a573")
        + path("M4 124 V108 Q16 84 34 74 Q64 66 96 74 Q114 84 124 108 V124 Z", grass.dark)
        + houses
        + terraces
        + path("M4 124 V118 Q64 124 124 118 V124 Z", grass.dark)
    )


def _chichen_itza() -> str:
    tone = tones("#c9b78f")
    steps = ""
    for place in range(8):
        half, top = 58 - 5 * place, 114 - 10.4 * place
        steps += (
            rect(64 - half, top, 2 * half, 10.4, tone.base)
            + rect(64 - half, top, 2 * half, 3, tone.light)
            + rect(64 + half * 0.62, top + 3, half * 0.38, 7.4, tone.dark)
        )
    treads = "".join(rect(51, y, 26, 1.6, tone.dark) for y in spread(44, 120, 16))
    return (
        block(42, 20, 44, 42, tone)
        + rect(40, 16, 48, 5, tone.light)
        + rect(44, 12, 40, 5, tone.base)
        + rect(58, 26, 12, 16, "#5b4a36")
        + steps
        + polygon([(50, 41), (78, 41), (82, 124), (46, 124)], tone.light)
        + treads
        + polygon([(50, 41), (53, 41), (51, 124), (46, 124)], tone.dark)
        + polygon([(75, 41), (78, 41), (82, 124), (77, 124)], tone.deep)
    )


def _alamo() -> str:
    tone = tones("#dcc39b")
    niche = "".join(opening(x, 106, 7, 20, tone.deep) for x in (45, 76))
    return (
        rect(4, 62, 120, 62, tone.base)
        + rect(98, 62, 26, 62, tone.dark)
        + rect(4, 58, 30, 6, tone.light)
        + rect(94, 58, 30, 6, tone.light)
        + path(
            "M30 124 V46 H38 Q40 46 41 43 Q43 34 50 33 Q52 32 53 28 Q55 20 64 20 Q73 20 75 28 Q76 32 "
            "78 33 Q85 34 87 43 Q88 46 90 46 H98 V124 Z",
            tone.light,
        )
        + path("M78 33 Q85 34 87 43 Q88 46 90 46 H98 V124 H84 Z", tone.dark)
        + rect(30, 62, 68, 3, tone.dark)
        + "".join(rect(x, 66, 4, 56, tone.base) for x in (40, 54, 71, 85))
        + niche
        + opening(54, FOOT, 20, 40, tone.dark)
        + opening(57, FOOT, 14, 36, WOOD.deep)
        + rect(59, 46, 10, 13, tone.deep)
        + "".join(opening(x, 92, 8, 16, NIGHT) for x in (12, 108))
        + rect(63.2, 4, 1.8, 18, WOOD.dark)
        + polygon([(65, 4), (82, 4), (82, 9), (65, 9)], "#ffffff")
        + polygon([(65, 9), (82, 9), (82, 14), (65, 14)], "#bf0a30")
        + polygon([(65, 4), (71, 4), (71, 14), (65, 14)], "#002868")
    )


def _mount_rushmore() -> str:
    rock, skin = tones("#b7a998"), tones("#d5c8b6")

    def head(x: float, y: float, size: float, hair: str, beard: str = "") -> str:
        return (
            f'<g transform="translate({x:.1f} {y:.1f}) scale({size:.2f})">'
            + hair
            + path("M-11 -14 Q0 -20 11 -14 Q13 2 9 12 Q5 19 0 19 Q-5 19 -9 12 Q-13 2 -11 -14 Z", skin.base)
            + path("M4 -17 Q9 -16 11 -14 Q13 2 9 12 Q5 19 0 19 Q7 4 4 -17 Z", skin.dark)
            + path("M-11 -14 Q-6 -18 -2 -17.6 Q-9 -2 -6 16 Q-8 14 -9 12 Q-13 2 -11 -14 Z", skin.light)
            + stroke("M-8 -4 Q-5 -6.4 -2 -4 M3 -4 Q6 -6.4 9 -4", rock.deep, 2.4)
            + path("M-1 -4 L-3.4 5 H3.6 L2 -4 Z", skin.dark)
            + stroke("M-4 10.6 Q0 9.4 5 10.6", rock.deep, 1.8)
            + beard
            + "</g>"
        )

    wig = path(
        "M-13 4 Q-17 -18 0 -22 Q17 -18 13 4 L17 12 Q10 16 10 4 L9 -12 Q0 -16 -9 -12 L-10 4 Q-10 16 -17 12 Z", rock.dark
    )
    crop = path("M-13 0 Q-16 -20 0 -22 Q16 -20 13 0 L10 -11 Q0 -16 -10 -11 Z", rock.deep)
    moustache = path("M-7 9 Q0 4.6 7 9 Q9 13 4 12 Q0 10 -4 12 Q-9 13 -7 9 Z", rock.deep) + stroke(
        "M-9 -3 a3.4 3.4 0 1 0 6.8 0 a3.4 3.4 0 1 0 -6.8 0 M2.4 -3 a3.4 3.4 0 1 0 6.8 0 a3.4 3.4 0 1 0 -6.8 0",
        rock.deep,
        1.2,
    )
    beard = path("M-10.4 4 Q-7 14 0 13 Q7 14 10.4 4 Q12 24 0 26 Q-12 24 -10.4 4 Z", rock.deep) + stroke(
        "M-3 10.4 H4", skin.light, 1.6
    )
    return (
        path("M4 124 V56 L16 30 L34 16 L52 12 L70 20 L88 14 L106 26 L118 40 L124 62 V124 Z", rock.base)
        + path("M88 14 L106 26 L118 40 L124 62 V124 H100 L108 70 Z", rock.dark)
        + path("M4 124 V56 L16 30 L34 16 L22 50 L20 124 Z", rock.light)
        + head(28, 48, 1.06, wig)
        + head(56, 54, 0.98, wig)
        + head(80, 62, 0.9, crop, moustache)
        + head(104, 60, 1.0, crop, beard)
        + path("M14 78 Q28 72 42 80 L48 104 L8 108 Z", rock.dark)
        + polygon([(44, 80), (66, 78), (72, 106), (46, 108)], rock.deep)
        + polygon([(70, 84), (94, 84), (98, 110), (70, 110)], rock.dark)
        + polygon([(92, 88), (118, 86), (122, 112), (94, 112)], rock.deep)
        + "".join(
            spire(x, y, 124, 15, tones("#4f7f55"))
            for x, y in ((12, 100), (26, 106), (40, 102), (54, 108), (68, 103), (84, 107), (98, 102), (114, 104))
        )
    )


def _white_house() -> str:
    white = tones("#e6e2d8")
    panes = "#7f93a8"
    columns = "".join(block(x, 58, 4.6, 112, _WHITE) for x in spread(44, 79.4, 4))
    return (
        rect(63.2, 6, 1.6, 22, STEEL.dark)
        + "".join(rect(65, 7 + 1.5 * row, 16, 1.5, ("#b31942", "#ffffff")[row % 2]) for row in range(7))
        + rect(65, 7, 7, 6, "#0a3161")
        + block(6, 46, 116, 116, tones("#dcd7cb"))
        + rect(3, 42, 122, 5, white.light)
        + rect(6, 36, 116, 6, white.dark)
        + "".join(rect(x, 36, 2, 6, white.deep, 0, 'opacity=".4"') for x in spread(8, 118, 23))
        + windows(13, 54, 2, 1, (14, 0), (8, 15), panes)
        + windows(93, 54, 2, 1, (14, 0), (8, 15), panes)
        + "".join(
            polygon([(x - 1, 81), (x + 4, 76), (x + 9, 81)], white.deep) + rect(x, 81, 8, 19, panes)
            for x in (13, 27, 93, 107)
        )
        + rect(42, 48, 44, 66, white.dark)
        + windows(50.6, 60, 3, 1, (11.6, 0), (6, 14), panes)
        + windows(50.6, 86, 1, 1, (0, 0), (6, 18), panes)
        + windows(73.8, 86, 1, 1, (0, 0), (6, 18), panes)
        + opening(59, 112, 10, 28, "#6b4f3f")
        + columns
        + polygon([(36, 50), (64, 30), (92, 50)], white.light)
        + polygon([(45, 48), (64, 35), (83, 48)], white.dark)
        + rect(38, 49, 52, 8, white.light)
        + rect(38, 55, 52, 2.4, white.deep, 0, 'opacity=".4"')
        + rect(36, 111, 56, 5, white.light)
        + rect(4, 115, 120, 9, GREEN.base)
        + "".join(oval(x, 112, 9, 5, GREEN.dark) for x in (16, 30, 98, 112))
        + polygon([(54, 116), (74, 116), (80, 124), (48, 124)], "#d9d2c2")
    )


def _capitol() -> str:
    white = tones("#dfdbd0")
    wing = "".join(rect(x, 94, 2.6, 18, white.dark) for x in (*spread(12, 38, 8), *spread(87, 113, 8)))
    return (
        rect(63.4, 2, 1.4, 8, COPPER.dark)
        + circle(64, 7, 2, COPPER.base)
        + block(59, 10, 10, 20, white)
        + dome(64, 46, 40, 28, white)
        + stroke("M52 42 Q54 26 60 20 M64 44 V20 M76 42 Q74 26 68 20", white.deep, 1.2, 'opacity=".5"')
        + block(43, 46, 42, 54, white)
        + openings(spread(46, 78, 7), 54, 3.6, 6, "#8293a6")
        + rect(40, 53, 48, 3, white.light)
        + block(41, 56, 46, 72, white)
        + "".join(rect(x, 57, 2.4, 14, white.deep, 0, 'opacity=".55"') for x in spread(44, 81, 9))
        + rect(38, 71, 52, 4, white.light)
        + block(36, 75, 56, 86, white)
        + block(6, 90, 116, 114, white)
        + wing
        + rect(4, 86, 120, 5, white.light)
        + block(40, 88, 48, 114, white)
        + rect(42, 92, 44, 22, "#8d97a3")
        + "".join(block(x, 92, 4, 114, white) for x in spread(43, 81, 7))
        + polygon([(38, 90), (64, 77), (90, 90)], white.light)
        + polygon([(47, 88.6), (64, 80), (81, 88.6)], white.dark)
        + rect(38, 89, 52, 3, white.base)
        + "".join(
            rect(40 - 5 * place, 114 + 2.5 * place, 48 + 10 * place, 2.6, (white.light, white.dark)[place % 2])
            for place in range(4)
        )
        + rect(4, 114, 24, 10, GREEN.base)
        + rect(100, 114, 24, 10, GREEN.dark)
    )


DRAWN = {
    "machu-picchu": _machu_picchu,
    "chichen-itza": _chichen_itza,
    "alamo": _alamo,
    "mount-rushmore": _mount_rushmore,
    "white-house": _white_house,
    "capitol": _capitol,
}
