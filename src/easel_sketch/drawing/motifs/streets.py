"""What stands in a street or hangs in a gym."""

from collections.abc import Callable

from easel_sketch.drawing.ink import circle, oval, path, polygon, rect, stroke
from easel_sketch.drawing.motifs.tones import BRASS, SHINE, STEEL, WOOD, mirrored


def _traffic_cone() -> str:
    return (
        path("M14 110 h100 l8 8 v6 H6 v-6z", "#d84f0c")
        + path("M56 6 c4 -4 12 -4 16 0 L102 110 c-20 6 -56 6 -76 0z", "#ff7a1a")
        + path("M68 4 l4 2 30 104 c-10 3 -18 4 -26 4z", "#d84f0c")
        + path("M48 36 c10 4 22 4 32 0 l6 20 c-14 5 -30 5 -44 0z", "#ffffff")
        + path("M36 76 c16 6 40 6 56 0 l5 18 c-18 7 -48 7 -66 0z", "#ffffff")
        + path("M73 38 l7 -2 6 20 -11 3z M78 80 l14 -4 5 18 -17 4z", STEEL[1])
        + path("M58 10 l3 -2 -20 92 -8 -1z", "#ffffff", SHINE)
    )


def _fire_hydrant() -> str:
    return (
        rect(26, 114, 76, 10, "#a32722", 3)
        + rect(14, 56, 100, 22, "#b42d27", 5)
        + rect(8, 52, 12, 30, "#8c1f1a", 4)
        + rect(108, 52, 12, 30, "#8c1f1a", 4)
        + rect(36, 34, 56, 82, "#e23b34", 4)
        + rect(78, 34, 14, 82, "#b42d27", 4)
        + rect(42, 40, 8, 70, "#ffffff", 4, SHINE)
        + path("M36 30 c0 -26 56 -26 56 0z", "#e23b34")
        + path("M74 12 c10 4 18 10 18 18 h-16z", "#b42d27")
        + rect(56, 2, 16, 12, "#8c1f1a", 3)
        + rect(30, 28, 68, 9, "#8c1f1a", 3)
        + circle(64, 67, 17, "#8c1f1a")
        + circle(64, 67, 12, STEEL[2])
        + rect(59, 62, 10, 10, STEEL[4], 1)
        + rect(32, 104, 64, 8, "#8c1f1a", 2)
    )


def _trash_bin() -> str:
    return (
        path("M48 12 c0 -12 32 -12 32 0", "none", f'stroke="{STEEL[4]}" stroke-width="6"')
        + path("M20 30 h88 l-8 88 a6 6 0 0 1 -6 6 H34 a6 6 0 0 1 -6 -6z", STEEL[2])
        + path("M84 30 h24 l-8 88 a6 6 0 0 1 -6 6 H76z", STEEL[3])
        + stroke("M42 40 l5 74 M64 40 v74 M86 40 l-5 74", STEEL[4], 4)
        + stroke("M32 40 l6 74", "#ffffff", 3, 'opacity=".7"')
        + rect(10, 14, 108, 16, STEEL[3], 6)
        + rect(14, 16, 100, 5, STEEL[1], 2.5)
    )


def _punching_bag() -> str:
    return (
        rect(40, 1, 48, 6, STEEL[4], 3)
        + stroke("M64 7 v10 M64 17 L46 32 M64 17 L82 32 M64 17 v14", STEEL[3], 3)
        + path("M40 32 h48 v80 c0 16 -48 16 -48 0z", "#d63a34")
        + path("M76 32 h12 v80 c0 8 -10 12 -22 12 c8 -4 10 -8 10 -14z", "#a32722")
        + path("M44 34 h8 v82 c-6 -2 -8 -5 -8 -8z", "#ff7a70", 'opacity=".7"')
        + oval(64, 32, 24, 5, "#7d1c18")
        + rect(40, 56, 48, 8, "#2f3137")
        + rect(40, 88, 48, 8, "#2f3137")
    )


def _door_knocker() -> str:
    return (
        rect(22, 2, 84, 122, WOOD[3], 4)
        + rect(27, 2, 34, 122, WOOD[2])
        + rect(67, 2, 34, 122, WOOD[2])
        + circle(64, 44, 32, BRASS[3])
        + circle(64, 43, 28, BRASS[2])
        + "".join(
            circle(64 + 24 * x, 43 + 24 * y, 9, BRASS[2]) for x, y in ((-1, -0.3), (1, -0.3), (-0.7, 0.7), (0.7, 0.7))
        )
        + oval(64, 44, 20, 22, BRASS[1])
        + path("M50 36 c4 -4 10 -2 12 2 M78 36 c-4 -4 -10 -2 -12 2", "none", f'stroke="{BRASS[3]}" stroke-width="3"')
        + circle(56, 40, 2.6, "#4a2c0a")
        + circle(72, 40, 2.6, "#4a2c0a")
        + path("M60 42 h8 l4 14 h-16z", BRASS[0])
        + path("M57 55 h14 l-7 6z", BRASS[3])
        + path("M46 60 A26 28 0 1 0 82 60", "none", f'stroke="{BRASS[3]}" stroke-width="9"')
        + path("M46 59 A26 28 0 1 0 82 59", "none", f'stroke="{BRASS[1]}" stroke-width="5.500"')
        + circle(64, 112, 7, BRASS[1])
    )


def _bench() -> str:
    iron = path("M18 38 h7 v44 h22 v7 h-22 l-3 35 h-8 l4 -38z M44 88 l4 36 h-8 l-3 -36z", STEEL[5])
    return (
        mirrored(iron)
        + "".join(rect(4, y, 120, 11, tone, 3) for y, tone in ((36, WOOD[0]), (50, WOOD[0]), (64, WOOD[1])))
        + polygon(((10, 78), (118, 78), (126, 90), (2, 90)), WOOD[0])
        + stroke("M7 84 h114", WOOD[2], 1.6)
        + rect(2, 90, 124, 6, WOOD[2], 2)
        + stroke("M5 38.500 h116 M5 52.500 h116", "#ffffff", 1.6, SHINE)
    )


DRAWN: dict[str, Callable[[], str]] = {
    "bench": _bench,
    "door-knocker": _door_knocker,
    "fire-hydrant": _fire_hydrant,
    "punching-bag": _punching_bag,
    "traffic-cone": _traffic_cone,
    "trash-bin": _trash_bin,
}
