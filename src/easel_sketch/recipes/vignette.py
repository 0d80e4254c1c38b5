"""An illustration without words: the scene the prompt calls for, its hero large in natural colours, the rest around."""

from itertools import pairwise

from easel_sketch.colour.mixing import mix
from easel_sketch.drawing import icons
from easel_sketch.drawing.commission import LOW, Commission
from easel_sketch.drawing.geometry import Box
from easel_sketch.drawing.ink import oval, path, rect, trace
from easel_sketch.drawing.ornament import tooth
from easel_sketch.parts.casting import Cast, cast
from easel_sketch.parts.mascot import Pose, figure, has_body, shade, upright, wide_of
from easel_sketch.parts.named import TABLE, Thing, thing
from easel_sketch.parts.standing import extent
from easel_sketch.recipes import abstract, card, still_life
from easel_sketch.scenery.hours import hour_of, sun_height
from easel_sketch.scenery.vector.grounds import Weather
from easel_sketch.scenery.vector.outdoors import FOOT, PLACES, before, behind
from easel_sketch.scenery.vector.plants import broad_tree, crown_of, great_pine
from easel_sketch.scenery.vector.stage import Stage, page_stage

_SPACE = frozenset(
    {"rocket", "ringed-planet", "satellite", "astronaut", "flying-saucer", "comet", "alien", "milky-way"}
)
_PINES = frozenset({"evergreen-tree", "christmas-tree"})
_WET = frozenset({"cloud-with-rain", "sun-behind-rain-cloud", "umbrella-with-rain-drops"})


def draw(job: Commission) -> str:
    if job.brief.texts or job.insets:
        return card.draw(job)
    part = cast(job)
    if part.empty:
        _from_theme(job, part)
    if part.empty:
        return abstract.draw(job)
    if part.indoors or _served(part):
        return still_life.room(job, part)
    return _outdoors(job, part)


def _served(part: Cast) -> bool:
    """Food and tableware with nobody by: it belongs on a table."""
    lead = next(iter(part.ground), None)
    return not (part.heroes or part.buildings or part.water) and lead is not None and lead.place == TABLE


def _from_theme(job: Commission, part: Cast) -> None:
    """Nothing is named: the field of life the words belong to lends its first things."""
    if job.theme.scene in ("shapes", "grid", "rays") and not part.scenery:
        return
    if part.scenery or job.brief.setting.biome:
        part.trees.append(thing("deciduous-tree"))
        return
    for name in job.theme.icons[:3]:
        one = thing(name)
        (part.sky if one.place == "sky" else part.heroes if one.alive else part.ground).append(one)


def _outdoors(job: Commission, part: Cast) -> str:
    place = _place(job, part)
    hour = hour_of(
        "night" if {"full-moon", "crescent-moon", "star"} & part.scenery else job.brief.setting.time, job.index
    )
    season = "winter" if "snowflake" in part.scenery else job.brief.setting.season
    stage = page_stage(job, hour, season)
    side = -1 if job.mirrored else 1
    weather = Weather(
        0.5 + 0.29 * side,
        sun_height(hour),
        snows=bool({"snowflake", "cloud-with-snow"} & part.scenery),
        rains=bool(_WET & part.scenery),
    )
    parts = [behind(stage, place, weather), _buildings(job, stage, part, side), _trees(stage, part, side)]
    parts += [_swimmers(stage, part, place), _flyers(stage, part, side), _company(job, stage, part, side)]
    parts += [before(stage, place, weather), _evening(stage, hour)]
    parts.append(_painted_edge(job) if "watercolour" in job.brief.style else "")
    return job.page.svg("".join(parts)) + tooth(job, 0.4)


def _painted_edge(job: Commission) -> str:
    """Paper left white around the picture, with the uneven edges of a wash."""
    w, h, u = job.page.w, job.page.h, job.unit
    parts = []
    for depth, strength in ((86, 0.45), (62, 0.6), (44, 1.0)):
        points = [*_edge(job, w, depth * u), *_edge(job, h, depth * u)]
        count = len(points) // 2
        across, down = points[:count], points[count:]
        hole = [(x, d) for x, d in across] + [(w - d, y) for y, d in down]
        hole += [(x, h - d) for x, d in reversed(across)] + [(d, y) for y, d in reversed(down)]
        middles = [((x0 + x1) / 2, (y0 + y1) / 2) for (x0, y0), (x1, y1) in pairwise([*hole, hole[0]])]
        curves = (trace("Q", *corner, *end) for corner, end in zip(hole[1:], middles[1:], strict=True))
        inner = " ".join([trace("M", *middles[0]), *curves, "Z"])
        sheet = trace("M", 0.0, 0.0, "H", w, "V", h, "H", 0.0, "Z") + " " + inner
        parts.append(path(sheet, "#fdfbf5", f'fill-rule="evenodd" opacity="{strength}"'))
    return "".join(parts)


def _edge(job: Commission, length: float, depth: float) -> list[tuple[float, float]]:
    """Places along one side of the page and how deep the paper shows there."""
    count = 26
    spots = [depth + (length - 2 * depth) * i / count for i in range(count + 1)]
    return [(spot, depth * job.rng.uniform(0.72, 1.1)) for spot in spots]


def _place(job: Commission, part: Cast) -> str:
    names = {one.name for one in (*part.heroes, *part.sky, *part.ground, *part.water)}
    biome = job.brief.setting.biome
    if part.water and not part.heroes:
        return "water"
    if biome == "sea" and any(word in job.brief.scene.lower() for word in _lakes()):
        return "lake"
    if biome in PLACES and biome != "hills":
        return biome
    if part.water:
        return "sea"
    if (
        names & _SPACE
        and not part.trees
        and (names & (_SPACE - {"astronaut"}) or job.theme.scene == "space")
        and part.mount is None
    ):
        return "moon"
    if part.scenery & {"mountain", "snow-capped-mountain", "volcano", "mount-fuji"}:
        return "mountains"
    return "city" if job.theme.scene == "city" and not part.trees else "hills"


def _lakes() -> tuple[str, ...]:
    return ("lake", "pond", "lago", "lac", "see", "teich", "lagoa", "озер", "بحيرة", "झील", "湖", "池", "호수")


def _evening(stage: Stage, hour: str) -> str:
    """The last warm or cool light over everything."""
    tone = {"dusk": "#ff9a4a", "golden": "#ffd27a", "night": "#0c1a48", "dawn": "#ffc7b0"}.get(hour)
    if not tone or stage.detail == LOW:
        return ""
    strength = 0.3 if hour == "night" else 0.12
    return rect(0, 0, stage.w, stage.h, tone, 0, f'opacity="{strength}" style="mix-blend-mode:soft-light"')


def _buildings(job: Commission, stage: Stage, part: Cast, side: int) -> str:
    parts = []
    for place, one in enumerate(part.buildings[:3]):
        size = min(stage.w, stage.h) * (0.5 if not part.heroes or place == 0 else 0.34) * min(1.15, one.size / 2 + 0.1)
        x = stage.w * (0.5 + side * (0.26, -0.3, 0.02)[place] * (1 if part.heroes or len(part.buildings) > 1 else 0))
        foot = stage.h * (0.7 if part.heroes or part.ground else 0.78)
        size *= 1.0 if part.heroes or part.ground else 1.35
        parts += [
            shade(x, foot - size * 0.02, size * 1.05),
            icons.placed(one.name, x, foot - size * (extent(job.canvas, one.name)[1] - 0.5), size),
        ]
    return "".join(parts)


def _trees(stage: Stage, part: Cast, side: int) -> str:
    parts = []
    for place, one in enumerate(part.trees[:4]):
        tall = stage.h * (0.82, 0.5, 0.42, 0.36)[place] * (1.0 if part.heroes or part.ground else 0.95)
        spread = stage.w * (0.22 if part.heroes else 0.0) if place == 0 else stage.w * (0.32, 0.42, 0.36)[place - 1]
        x = stage.w * 0.5 - side * spread * (1 if place % 2 == 0 else -1)
        foot = stage.h * (0.8 if place == 0 else 0.71)
        if one.name in _PINES:
            drawn = great_pine(
                stage,
                x,
                foot,
                tall,
                mix("#2f7d4f", stage.light.middle, 0.3 if stage.dark else 0.05),
                snowy=stage.season == "winter",
            )
        elif one.name == "deciduous-tree":
            drawn = broad_tree(stage, x, foot, tall, crown_of(stage))
        else:
            drawn = icons.placed(one.name, x, foot - tall * 0.4, tall * 0.84)
        parts += [shade(x, foot, tall * 0.5, 0.16), drawn]
    return "".join(parts)


def _flyers(stage: Stage, part: Cast, side: int) -> str:
    """What is in the air: the first of it large where nobody is on the ground."""
    parts, alone = [], not (part.heroes or part.ground or part.water or part.buildings)
    spots = (
        [(0.5, 0.42), (0.2, 0.2), (0.8, 0.24), (0.22, 0.62)]
        if alone
        else [(0.22, 0.2), (0.74, 0.3), (0.5, 0.12), (0.88, 0.14)]
    )
    for place, (one, (x, y)) in enumerate(zip(part.sky, spots, strict=False)):
        size = min(stage.w, stage.h) * (0.56 if alone and place == 0 else min(0.22, 0.1 + 0.12 * one.size))
        parts.append(icons.placed(one.name, stage.w * (0.5 + side * (x - 0.5)), stage.h * y, size))
    return "".join(parts)


def _swimmers(stage: Stage, part: Cast, place: str) -> str:
    parts, alone = [], place == "water"
    for number, one in enumerate(part.water[:4]):
        size = min(stage.w, stage.h) * (
            (0.56, 0.26, 0.22, 0.2)[number] if alone else 0.2 * min(1.3, 0.6 + one.size * 0.5)
        )
        x = stage.w * (0.5, 0.2, 0.82, 0.7)[number] if alone else stage.w * (0.76, 0.24, 0.5, 0.9)[number]
        y = stage.h * ((0.62, 0.84, 0.86, 0.5)[number] if alone else 0.62)
        parts.append(icons.placed(one.name, x, y - size * 0.3, size))
        ripple = oval(x, y + size * 0.16, size * 0.52, size * 0.045, stage.light.bright, 'opacity=".45"')
        parts.append(ripple)
    return "".join(parts)


def _company(job: Commission, stage: Stage, part: Cast, side: int) -> str:
    """Everything that stands on the ground, in one row around the hero, the smaller the nearer to the eye."""
    row = [*part.heroes, *part.ground][:7]
    if not row:
        return ""
    lead, room = row[0], Box(stage.w * 0.03, 0, stage.w * 0.94, stage.h)
    main = min(stage.h * (0.56 if stage.w > stage.h else 0.5), stage.w * 0.62) * (
        1.0 if len(row) == 1 or part.mount else 0.9
    )
    main *= 0.86 if part.mount else 1.0
    talls = [
        main if place == 0 else main * min(1.25, max(0.3, (one.size / lead.size) ** 0.7))
        for place, one in enumerate(row)
    ]
    wides = [wide_of(one, tall) for one, tall in zip(row, talls, strict=True)]
    if part.mount:
        wides[0] = main * 1.1
    gap = 0.02 if len(row) < 4 else -0.06
    spread = sum(wides) + gap * main * (len(row) - 1)
    shrink = min(1.0, room.w / spread)
    order = _around(len(row), side)
    x = stage.w / 2 - spread * shrink / 2 + (stage.w * 0.06 * side if part.trees and len(row) == 1 else 0)
    drawn: list[tuple[float, str]] = []
    for place in order:
        one, tall, wide = row[place], talls[place] * shrink, wides[place] * shrink
        foot = stage.h * (FOOT + (0.0 if place == 0 else 0.035 if tall < main * 0.7 else -0.02 + 0.015 * (place % 2)))
        middle = x + wide / 2
        flipped = middle < stage.w / 2 - 1 if place else side > 0
        drawn.append((foot, _one(job, part, place, one, (middle, foot, tall), flipped=flipped)))
        x += wide + gap * main * shrink
    return "".join(markup for _, markup in sorted(drawn, key=lambda pair: pair[0]))


def _around(count: int, side: int) -> list[int]:
    """The first in the middle, the others beside it in turn."""
    order = [0]
    for place in range(1, count):
        order = [*order, place] if (place % 2 == 1) == (side > 0) else [place, *order]
    return order


def _one(job: Commission, part: Cast, place: int, one: Thing, at: tuple[float, float, float], *, flipped: bool) -> str:
    x, foot, tall = at
    shirt = job.palette.accent(place + job.index)
    holds = part.held.name if part.held and place == 0 else ""
    if place == 0 and part.mount:
        return _rider(job, one, part.mount, at, shirt, flipped=flipped)
    seated = (part.seated or holds == "open-book") and has_body(upright(one.name) if holds else one.name)
    pose = Pose(
        seated=seated,
        waves=place == 0 and not holds and not seated and job.index % 2 == 1,
        holds=holds,
        flipped=flipped,
        sole=extent(job.canvas, one.name)[1],
        raises=part.raised.name if part.raised and place == 0 else "",
        wears=part.worn if place < len(part.heroes) else (),
    )
    return shade(x, foot, wide_of(one, tall) * 1.05) + figure(one.name, x, foot, tall, pose, shirt)


def _rider(
    job: Commission, one: Thing, mount: Thing, at: tuple[float, float, float], shirt: str, *, flipped: bool
) -> str:
    """Somebody on the back of something: seated behind its near side, legs hidden by it."""
    x, foot, tall = at
    beast = tall * 1.08
    above = foot - beast * 0.56
    rider = figure(
        one.name,
        x + beast * (0.02 if not flipped else -0.02),
        above + tall * 0.2,
        tall * 0.72,
        Pose(waves=True, flipped=flipped),
        shirt,
    )
    return (
        shade(x, foot, beast)
        + rider
        + figure(mount.name, x, foot, beast, Pose(flipped=flipped, sole=extent(job.canvas, mount.name)[1]))
    )
