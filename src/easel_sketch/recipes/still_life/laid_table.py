"""A still life: a table with a cloth in front of a wall, with the named things on it."""

from easel_sketch.colour.mixing import mix
from easel_sketch.drawing import icons
from easel_sketch.drawing.commission import LOW, Commission
from easel_sketch.drawing.geometry import Box
from easel_sketch.drawing.ink import path, polygon, rect, trace
from easel_sketch.parts.figure import ground_shadow
from easel_sketch.parts.icon_extent import on_ground
from easel_sketch.parts.named_things import SKY, Thing, thing
from easel_sketch.recipes.still_life.tableware import WARES
from easel_sketch.scenery.vector.interior import Decor, wall, window
from easel_sketch.scenery.vector.stage import Stage

_AS_WARE = {
    "hot-beverage": "cup",
    "teacup-without-handle": "cup",
    "teapot": "teapot",
    "bouquet": "vase",
    "blossom": "vase",
    "bottle-with-popping-cork": "bottle",
    "candle": "candle",
    "books": "books",
    "amphora": "jug",
}
_NOT_ON_TABLES = frozenset({"window", "chair", "house", "sun", "artist-palette", "framed-picture", "bowl-with-spoon"})
_BOWLS = frozenset(
    ("steaming-bowl", "green-salad", "curry-rice", "pot-of-food", "cooked-rice", "spaghetti", "shallow-pan-of-food")
)
_ROUND = frozenset(
    {
        "tangerine",
        "lemon",
        "lime",
        "red-apple",
        "green-apple",
        "pear",
        "peach",
        "mango",
        "tomato",
        "cherries",
        "strawberry",
        "egg",
        "onion",
        "kiwi-fruit",
        "plum",
        "olive",
        "garlic",
        "potato",
    }
)


def laid_table(job: Commission, stage: Stage, decor: Decor, pieces: tuple[str, ...], named: list[Thing]) -> str:
    """The complete still life as SVG."""
    w, h = stage.w, stage.h
    edge = h * (0.6 if w >= h else 0.58)
    wares = [name for name in pieces if name in WARES]
    small = [
        item
        for item in named[:7]
        if not item.alive and item.name not in _NOT_ON_TABLES and _AS_WARE.get(item.name) not in wares
    ]
    wares += [_AS_WARE[item.name] for item in small if item.name in _AS_WARE]
    aloft = [item for item in small if item.place == SKY]
    small = [item for item in small if item.name not in _AS_WARE and item not in aloft]
    if any(item.name in _BOWLS for item in small):
        wares = [name for name in wares if name != "bowl"]
    if not wares and not small:
        wares, small = ["vase", "bowl", "jug"], [thing("pear"), thing("red-apple")]
    scale = min(w * (0.52 if w >= h else 0.66), h * 0.5)
    scale *= (1.0, 1.7, 1.4, 1.22)[len(wares) + len(small)] if len(wares) + len(small) < 4 else 1.0
    scale = min(scale, (edge + h * 0.02) / max([WARES[name].high for name in wares], default=0.5))
    parts = [wall(stage, decor, h, job.index), _view(job, stage, decor), _light(stage)]
    parts.append(_cloth(stage, decor, edge))
    parts.append(_arranged_wares(job, decor, list(dict.fromkeys(wares)), small, scale, edge))
    spots = ((0.78, 0.22), (0.88, 0.32), (0.66, 0.16))
    size = min(w, h) * 0.22
    parts += [icons.placed(item.name, w * x, h * y, size) for item, (x, y) in zip(aloft, spots, strict=False)]
    return "".join(parts)


def _view(job: Commission, stage: Stage, decor: Decor) -> str:
    """A window at one side if there is room."""
    if job.detail == LOW or (job.index % 2 and stage.w >= stage.h):
        return ""
    wide = min(stage.w * 0.26, stage.h * 0.2)
    x = stage.w * 0.1 if not job.mirrored else stage.w * 0.9 - wide
    return window(stage, decor, Box(x, stage.h * 0.09, wide, stage.h * 0.36), curtains=False)


def _light(stage: Stage) -> str:
    if not stage.detail:
        return ""
    w, h = stage.w, stage.h
    return polygon(
        [(0, 0), (w * 0.34, 0), (w * 0.92, h), (w * 0.2, h), (0, h * 0.5)], stage.light.halo, 'opacity=".16"'
    )


def _cloth(stage: Stage, decor: Decor, edge: float) -> str:
    """The table's cloth: its top seen from slightly above, and its folds."""
    w, h, u = stage.w, stage.h, stage.u
    top, fall_ = mix(decor.pale, decor.second, 0.1), edge + (h - edge) * 0.62
    parts = [rect(0, edge, w, h - edge, top), rect(0, edge, w, 5 * u, mix(top, decor.dark, 0.12))]
    if stage.detail:
        tone = mix(top, decor.main, 0.5)
        for i in range(-8, 9):
            x = w / 2 + i * 0.11 * w
            far = w / 2 + i * 0.082 * w
            parts.append(
                polygon(
                    [(far - 7 * u, edge), (far + 7 * u, edge), (x + 10 * u, fall_), (x - 10 * u, fall_)],
                    tone,
                    'opacity=".5"',
                )
            )
        for i, share in enumerate((0.16, 0.4, 0.74)):
            parts.append(rect(0, edge + (fall_ - edge) * share, w, (8 + 3 * i) * u, tone, 0, 'opacity=".5"'))
    count = 9
    wide = w / count
    hem = "".join(
        trace("Q", i * wide + wide / 2, fall_ + (14 if i % 2 else -10) * u, (i + 1) * wide, fall_) for i in range(count)
    )
    parts.append(path(trace("M", 0.0, fall_) + hem + trace("V", h, "H", 0.0, "Z"), mix(top, decor.dark, 0.13)))
    for i in range(count if stage.detail else 0):
        x = i * wide + wide * 0.5
        parts.append(
            polygon(
                [(x - 6 * u, fall_ + 4 * u), (x + 6 * u, fall_ + 4 * u), (x + wide * 0.2, h), (x - wide * 0.16, h)],
                mix(top, decor.dark, 0.2),
                'opacity=".55"',
            )
        )
    return "".join(parts)


def _arranged_wares(
    job: Commission, decor: Decor, wares: list[str], small: list[Thing], scale: float, edge: float
) -> str:
    """Tall things behind, small ones in front; fruit in the bowl if there is one."""
    w, h = job.size.width, job.size.height
    in_bowl = (
        [item.name for item in small if item.name in _ROUND or item.name in ("grapes", "banana")]
        if "bowl" in wares
        else []
    )
    front = [item.name for item in small if item.name not in in_bowl]
    wares = sorted(wares, key=lambda name: -WARES[name].high)
    back, near = (
        [name for name in wares if WARES[name].high > 0.5 or name == "bowl"],
        [name for name in wares if WARES[name].high <= 0.5 and name != "bowl"],
    )
    parts = _back_row(job, decor, _centred(back, job.mirrored), in_bowl, scale, edge + h * 0.07)
    row: list[str] = [*near, *front]
    foot = edge + h * (0.17 if back else 0.12)
    step = min(w * 0.8 / max(1, len(row)), scale * 0.62)
    for place, name in enumerate(row):
        x = w / 2 + (place - (len(row) - 1) / 2) * step
        y = foot + h * 0.022 * (place % 2)
        if name in WARES:
            parts.append(
                ground_shadow(x + scale * 0.06, y, WARES[name].wide * scale * 1.05)
                + f'<g transform="translate({x:.1f} {y:.1f})">{WARES[name].draw(scale, decor, job.rng)}</g>'
            )
        else:
            parts.append(_heap(job, name, x, y, scale * (0.3 if back else 0.46)))
    return "".join(parts)


def _centred(names: list[str], mirrored: bool) -> list[str]:
    """Order names so that the tallest is in the middle."""
    row: list[str] = []
    for place, name in enumerate(names):
        row = [*row, name] if (place % 2 == 0) != mirrored else [name, *row]
    return row


def _back_row(
    job: Commission, decor: Decor, names: list[str], in_bowl: list[str], scale: float, foot: float
) -> list[str]:
    wides = [WARES[name].wide * scale * 0.92 for name in names]
    x = job.size.width / 2 - sum(wides) / 2
    parts = []
    for name, wide in zip(names, wides, strict=True):
        middle = x + wide / 2
        parts.append(ground_shadow(middle + scale * 0.08, foot, wide * 0.9))
        if name == "bowl":
            parts += [
                icons.placed(
                    (in_bowl or ["red-apple", "pear", "tangerine"])[i % max(1, len(in_bowl) or 3)],
                    middle + dx * scale,
                    foot - scale * dy,
                    scale * 0.27,
                )
                for i, (dx, dy) in enumerate(((-0.17, 0.3), (0.17, 0.31), (0.0, 0.36), (-0.09, 0.27), (0.1, 0.27)))
            ]
        parts.append(f'<g transform="translate({middle:.1f} {foot:.1f})">{WARES[name].draw(scale, decor, job.rng)}</g>')
        x += wide
    return parts


def _heap(job: Commission, name: str, x: float, y: float, size: float) -> str:
    """One thing, or three of a round fruit."""
    spots = ((-0.5, 0.0), (0.44, 0.02), (0.0, 0.14)) if name in _ROUND else ((0.0, 0.0),)
    size = size if name in _ROUND else size * 1.35
    parts = [ground_shadow(x + size * 0.12, y + size * 0.04, size * (2.0 if name in _ROUND else 1.0))]
    return "".join(
        [*parts, *(on_ground(job.canvas, name, x + dx * size, y + (0.06 + dy) * size, size) for dx, dy in spots)]
    )
