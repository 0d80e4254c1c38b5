"""A still life: a table with a cloth in front of a wall, with the named things on it."""

from collections.abc import Mapping

from easel_sketch.colour.mixing import mix
from easel_sketch.drawing import icons
from easel_sketch.drawing.commission import LOW, Commission
from easel_sketch.drawing.geometry import Box
from easel_sketch.drawing.ink import moved, path, polygon, rect, trace
from easel_sketch.drawing.shown import shown
from easel_sketch.parts.figure import ground_shadow
from easel_sketch.parts.icon_extent import on_ground
from easel_sketch.parts.named_things import SKY, thing
from easel_sketch.parts.scene_objects import SERVED, Actor
from easel_sketch.reading.nouns import singular
from easel_sketch.recipes.still_life.tableware import WARES, stems
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
_FLOWERS = frozenset(
    {"tulip", "rose", "sunflower", "hibiscus", "cherry-blossom", "lotus", "hyacinth", "blossom", "wilted-flower"}
)
ROUND = frozenset(
    {"tangerine", "lemon", "lime", "red-apple", "green-apple", "pear", "peach", "mango", "tomato", "cherries",
     "strawberry", "egg", "onion", "kiwi-fruit", "plum", "olive", "garlic", "potato"}
)  # fmt: skip


def laid_table(
    job: Commission, stage: Stage, decor: Decor, pieces: tuple[str, ...], things: list[Actor],
    named: Mapping[str, tuple[str, ...]],
) -> str:  # fmt: skip
    """The complete still life as SVG. `named` are the drawings that the prompt's words for a ware stand for."""
    w, h = stage.w, stage.h
    edge = h * (0.6 if w >= h else 0.58)
    marks = dict(named)
    wares = [name for name in pieces if name in WARES]
    small = []
    for item in things[:7]:
        ware = _AS_WARE.get(item.thing.name, "")
        if ware:
            marks[ware] = (*marks.get(ware, ()), item.shows)
            wares.append(ware)
        elif item.thing.name not in _NOT_ON_TABLES:
            small.append(item)
    flowers = [item for item in small if item.thing.name in _FLOWERS] if "vase" in wares else []
    small = [item for item in small if item not in flowers]
    aloft = [item for item in small if item.thing.place == SKY]
    small = [item for item in small if item not in aloft]
    if full := next((item for item in small if item.thing.name in SERVED), None):
        wares = [name for name in wares if name != "bowl"]
        marks[full.thing.name] = marks.get("bowl", ())
    wares = list(dict.fromkeys(wares))
    if not wares and not small:
        wares, small = ["vase", "bowl", "jug"], [Actor(thing("pear")), Actor(thing("red-apple"))]
    count = len(wares) + len(small)
    scale = min(w * (0.52 if w >= h else 0.66), h * 0.5) * ((1.0, 1.9, 1.45, 1.22)[count] if count < 4 else 1.0)
    scale = min(scale, (edge + h * 0.02) / max([WARES[name].high for name in wares], default=0.45))
    back = sum(WARES[name].wide for name in wares if _is_behind(name)) * 0.92
    scale = min(scale, w * 0.94 / back) if back else scale
    parts = [wall(stage, decor, h, job.index), shown(_view(job, stage, decor), *named.get("window", ())), _light(stage)]
    parts.append(shown(_cloth(stage, decor, edge), *named.get("table", ())))
    parts.append(_arranged_wares(job, decor, wares, small, flowers, marks, scale, edge))
    spots = ((0.78, 0.22), (0.88, 0.32), (0.66, 0.16))
    size = min(w, h) * 0.22
    parts += [icons.placed(item.thing.name, w * x, h * y, size) for item, (x, y) in zip(aloft, spots, strict=False)]
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
    job: Commission, decor: Decor, wares: list[str], small: list[Actor], flowers: list[Actor],
    marks: Mapping[str, tuple[str, ...]],
    scale: float, edge: float,
) -> str:  # fmt: skip
    """Tall things behind, small ones in front; fruit in the bowl if there is one."""
    w, h = job.size.width, job.size.height
    fruit = [item for item in small if item.thing.name in ROUND or item.thing.name in ("grapes", "banana")]
    in_bowl = fruit if "bowl" in wares else []
    front = [item for item in small if item not in in_bowl]
    wares = sorted(wares, key=lambda name: -WARES[name].high)
    back = [name for name in wares if _is_behind(name)]
    near = [name for name in wares if name not in back]
    parts = _back_row(job, decor, _centred(back, job.mirrored), in_bowl, flowers, marks, scale, edge + h * 0.07)
    row: list[str | Actor] = [*near, *front]
    foot = edge + h * (0.17 if back else 0.13)
    step = min(w * 0.8 / max(1, len(row)), scale * 0.66)
    for place, item in enumerate(row):
        x = w / 2 + (place - (len(row) - 1) / 2) * step
        y = foot + h * 0.022 * (place % 2)
        if isinstance(item, str):
            drawn = moved(x, y, WARES[item].draw(scale, decor, job.rng))
            parts.append(
                ground_shadow(x + scale * 0.06, y, WARES[item].wide * scale * 1.05) + shown(drawn, *marks.get(item, ()))
            )
        else:
            heap = _heap(job, item, x, y, min(step * 0.9, scale * (0.3 if back else 0.46)))
            parts.append(shown(heap, *marks.get(item.thing.name, ())))
    return "".join(parts)


def _is_behind(ware: str) -> bool:
    return WARES[ware].high > 0.5 or ware == "bowl"


def _centred(names: list[str], mirrored: bool) -> list[str]:
    """Order names so that the tallest is in the middle."""
    row: list[str] = []
    for place, name in enumerate(names):
        row = [*row, name] if (place % 2 == 0) != mirrored else [name, *row]
    return row


def _back_row(
    job: Commission, decor: Decor, names: list[str], in_bowl: list[Actor], flowers: list[Actor],
    marks: Mapping[str, tuple[str, ...]],
    scale: float, foot: float,
) -> list[str]:  # fmt: skip
    wides = [WARES[name].wide * scale * 0.92 for name in names]
    x = job.size.width / 2 - sum(wides) / 2
    parts = []
    fruit = [(item.thing.name, item.tint) for item in in_bowl] or [("red-apple", ""), ("pear", ""), ("tangerine", "")]
    for name, wide in zip(names, wides, strict=True):
        middle = x + wide / 2
        parts.append(ground_shadow(middle + scale * 0.08, foot, wide * 0.9))
        if name == "bowl":
            for i, (dx, dy) in enumerate(((-0.17, 0.3), (0.17, 0.31), (0.0, 0.36), (-0.09, 0.27), (0.1, 0.27))):
                one, tint = fruit[i % len(fruit)]
                parts.append(icons.placed(one, middle + dx * scale, foot - scale * dy, scale * 0.27, tint=tint))
        parts.append(shown(moved(middle, foot, WARES[name].draw(scale, decor, job.rng)), *marks.get(name, ())))
        for i, (dx, dy) in enumerate(stems() if name == "vase" and flowers else ()):
            flower = flowers[i % len(flowers)]
            at = middle + dx * scale, foot + dy * scale
            parts.append(icons.placed(flower.thing.name, *at, scale * 0.27, turn=dx * 60, tint=flower.tint))
        x += wide
    return parts


# Where things of one kind lie, in sizes of one from the middle: as many as asked for.
_HEAPS = (
    (), ((0.0, 0.0),), ((-0.5, 0.0), (0.5, 0.03)), ((-0.5, 0.0), (0.44, 0.02), (0.0, 0.14)),
    ((-0.9, 0.0), (0.0, -0.06), (0.9, 0.0), (0.3, 0.16)),
    ((-0.95, -0.04), (0.0, -0.1), (0.95, -0.04), (-0.45, 0.14), (0.5, 0.16)),
)  # fmt: skip


def _heap(job: Commission, item: Actor, x: float, y: float, size: float) -> str:
    """As many as asked for; three of a round fruit if that is open."""
    name, count = item.thing.name, item.count
    spots = (
        _HEAPS[count if count > 1 else 3 if name in ROUND and singular(item.words) != item.words else 1]
        if count < len(_HEAPS)
        else _grid(count)
    )
    wide = max(abs(dx) for dx, _ in spots) + 0.5
    size *= 1.35 if len(spots) == 1 else min(1.0, 1.25 / wide)
    parts = [ground_shadow(x + size * 0.1, y + size * 0.06, size * wide * 2)]
    extent_ = [
        on_ground(job.canvas, name, x + dx * size, y + (0.06 + dy) * size, size, tint=item.tint)
        for dx, dy in sorted(spots, key=lambda at: at[1])
    ]
    return shown("".join([*parts, *extent_]), item.shows) if item.shows else "".join([*parts, *extent_])


def _grid(count: int) -> tuple[tuple[float, float], ...]:
    """Two rows, the nearer one shifted by half a thing."""
    half = -(-count // 2)
    return tuple(
        (place % half - (half - 1) / 2 + (0.25 if place >= half else -0.25), 0.0 if place < half else 0.24)
        for place in range(count)
    )
