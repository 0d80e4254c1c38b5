"""An illustration without text: the named figures and things in their scene."""

from itertools import pairwise

from easel_sketch.colour.mixing import mix
from easel_sketch.drawing import icons
from easel_sketch.drawing.commission import LOW, Commission
from easel_sketch.drawing.geometry import Box
from easel_sketch.drawing.ink import oval, path, rect, trace
from easel_sketch.drawing.ornament import grain_overlay
from easel_sketch.drawing.shown import shown
from easel_sketch.parts.figure import Pose, figure, ground_shadow, has_body, upright, width_of
from easel_sketch.parts.icon_extent import vertical_extent
from easel_sketch.parts.named_things import TABLE, Thing, thing
from easel_sketch.parts.scene_objects import SceneObjects, scene_objects
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
    objects = scene_objects(job)
    if objects.empty:
        _from_theme(job, objects)
    if objects.empty:
        return abstract.draw(job)
    if objects.indoors or _is_table_scene(objects):
        return still_life.room(job, objects)
    return _outdoors(job, objects)


def _is_table_scene(objects: SceneObjects) -> bool:
    """Food and tableware without figures belong on a table."""
    lead = next(iter(objects.ground), None)
    return not (objects.figures or objects.buildings or objects.water) and lead is not None and lead.place == TABLE


def _from_theme(job: Commission, objects: SceneObjects) -> None:
    """If nothing is named, use the first icons of the theme."""
    if job.theme.scene in ("shapes", "grid", "rays") and not objects.scenery:
        return
    if objects.scenery or job.brief.setting.biome:
        objects.trees.append(thing("deciduous-tree"))
        return
    for name in job.theme.icons[:3]:
        item = thing(name)
        (objects.sky if item.place == "sky" else objects.figures if item.alive else objects.ground).append(item)


def _outdoors(job: Commission, objects: SceneObjects) -> str:
    place = _place(job, objects)
    hour = hour_of(
        "night" if {"full-moon", "crescent-moon", "star"} & objects.scenery else job.brief.setting.time, job.index
    )
    season = "winter" if "snowflake" in objects.scenery else job.brief.setting.season
    stage = page_stage(job, hour, season)
    side = -1 if job.mirrored else 1
    weather = Weather(
        0.5 + 0.29 * side,
        sun_height(hour),
        snows=bool({"snowflake", "cloud-with-snow"} & objects.scenery),
        rains=bool(_WET & objects.scenery),
    )
    parts = [behind(stage, place, weather), _buildings(job, stage, objects, side), _trees(stage, objects, side)]
    parts += [
        _in_the_water(stage, objects, place),
        _in_the_sky(stage, objects, side),
        _on_the_ground(job, stage, objects, side),
    ]
    parts += [before(stage, place, weather), _light_overlay(stage, hour)]
    parts.append(_watercolour_edge(job) if "watercolour" in job.brief.style else "")
    return job.page.svg("".join(parts)) + grain_overlay(job, 0.4)


def _watercolour_edge(job: Commission) -> str:
    """A white margin with the uneven edges of a watercolour wash."""
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
    return shown("".join(parts), "style-watercolour")


def _edge(job: Commission, length: float, depth: float) -> list[tuple[float, float]]:
    """Points along one side of the page, with the depth of the margin at each."""
    count = 26
    spots = [depth + (length - 2 * depth) * i / count for i in range(count + 1)]
    return [(spot, depth * job.rng.uniform(0.72, 1.1)) for spot in spots]


def _place(job: Commission, objects: SceneObjects) -> str:
    names = {item.name for item in (*objects.figures, *objects.sky, *objects.ground, *objects.water)}
    biome = job.brief.setting.biome
    if objects.water and not objects.figures:
        return "water"
    if biome == "sea" and any(word in job.brief.scene.lower() for word in _lakes()):
        return "lake"
    if biome in PLACES and biome != "hills":
        return biome
    if objects.water:
        return "sea"
    if (
        names & _SPACE
        and not objects.trees
        and (names & (_SPACE - {"astronaut"}) or job.theme.scene == "space")
        and objects.mount is None
    ):
        return "moon"
    if objects.scenery & {"mountain", "snow-capped-mountain", "volcano", "mount-fuji"}:
        return "mountains"
    return "city" if job.theme.scene == "city" and not objects.trees else "hills"


def _lakes() -> tuple[str, ...]:
    return ("lake", "pond", "lago", "lac", "see", "teich", "lagoa", "озер", "بحيرة", "झील", "湖", "池", "호수")


def _light_overlay(stage: Stage, hour: str) -> str:
    """A tint of the time of day over the whole scene."""
    tone = {"dusk": "#ff9a4a", "golden": "#ffd27a", "night": "#0c1a48", "dawn": "#ffc7b0"}.get(hour)
    if not tone or stage.detail == LOW:
        return ""
    strength = 0.3 if hour == "night" else 0.12
    return rect(0, 0, stage.w, stage.h, tone, 0, f'opacity="{strength}" style="mix-blend-mode:soft-light"')


def _buildings(job: Commission, stage: Stage, objects: SceneObjects, side: int) -> str:
    parts = []
    for place, item in enumerate(objects.buildings[:3]):
        size = (
            min(stage.w, stage.h)
            * (0.5 if not objects.figures or place == 0 else 0.34)
            * min(1.15, item.size / 2 + 0.1)
        )
        x = stage.w * (
            0.5 + side * (0.26, -0.3, 0.02)[place] * (1 if objects.figures or len(objects.buildings) > 1 else 0)
        )
        foot = stage.h * (0.7 if objects.figures or objects.ground else 0.78)
        size *= 1.0 if objects.figures or objects.ground else 1.35
        parts += [
            ground_shadow(x, foot - size * 0.02, size * 1.05),
            icons.placed(item.name, x, foot - size * (vertical_extent(job.canvas, item.name)[1] - 0.5), size),
        ]
    return "".join(parts)


def _trees(stage: Stage, objects: SceneObjects, side: int) -> str:
    parts = []
    for place, item in enumerate(objects.trees[:4]):
        tall = stage.h * (0.82, 0.5, 0.42, 0.36)[place] * (1.0 if objects.figures or objects.ground else 0.95)
        spread = stage.w * (0.22 if objects.figures else 0.0) if place == 0 else stage.w * (0.32, 0.42, 0.36)[place - 1]
        x = stage.w * 0.5 - side * spread * (1 if place % 2 == 0 else -1)
        foot = stage.h * (0.8 if place == 0 else 0.71)
        if item.name in _PINES:
            drawn = great_pine(
                stage,
                x,
                foot,
                tall,
                mix("#2f7d4f", stage.light.middle, 0.3 if stage.dark else 0.05),
                snowy=stage.season == "winter",
            )
        elif item.name == "deciduous-tree":
            drawn = broad_tree(stage, x, foot, tall, crown_of(stage))
        else:
            drawn = icons.placed(item.name, x, foot - tall * 0.4, tall * 0.84)
        parts += [ground_shadow(x, foot, tall * 0.5, 0.16), drawn]
    return "".join(parts)


def _in_the_sky(stage: Stage, objects: SceneObjects, side: int) -> str:
    """Things in the air; the first is large if nothing is on the ground."""
    parts, alone = [], not (objects.figures or objects.ground or objects.water or objects.buildings)
    spots = (
        [(0.5, 0.42), (0.2, 0.2), (0.8, 0.24), (0.22, 0.62)]
        if alone
        else [(0.22, 0.2), (0.74, 0.3), (0.5, 0.12), (0.88, 0.14)]
    )
    for place, (item, (x, y)) in enumerate(zip(objects.sky, spots, strict=False)):
        size = min(stage.w, stage.h) * (0.56 if alone and place == 0 else min(0.22, 0.1 + 0.12 * item.size))
        parts.append(icons.placed(item.name, stage.w * (0.5 + side * (x - 0.5)), stage.h * y, size))
    return "".join(parts)


def _in_the_water(stage: Stage, objects: SceneObjects, place: str) -> str:
    parts, alone = [], place == "water"
    for number, item in enumerate(objects.water[:4]):
        size = min(stage.w, stage.h) * (
            (0.56, 0.26, 0.22, 0.2)[number] if alone else 0.2 * min(1.3, 0.6 + item.size * 0.5)
        )
        x = stage.w * (0.5, 0.2, 0.82, 0.7)[number] if alone else stage.w * (0.76, 0.24, 0.5, 0.9)[number]
        y = stage.h * ((0.62, 0.84, 0.86, 0.5)[number] if alone else 0.62)
        parts.append(icons.placed(item.name, x, y - size * 0.3, size))
        ripple = oval(x, y + size * 0.16, size * 0.52, size * 0.045, stage.light.bright, 'opacity=".45"')
        parts.append(ripple)
    return "".join(parts)


def _on_the_ground(job: Commission, stage: Stage, objects: SceneObjects, side: int) -> str:
    """Figures and things on the ground in a row around the main one; smaller ones are closer."""
    row = [*objects.figures, *objects.ground][:7]
    if not row:
        return ""
    lead, room = row[0], Box(stage.w * 0.03, 0, stage.w * 0.94, stage.h)
    main = min(stage.h * (0.56 if stage.w > stage.h else 0.5), stage.w * 0.62) * (
        1.0 if len(row) == 1 or objects.mount else 0.9
    )
    main *= 0.86 if objects.mount else 1.0
    talls = [
        main if place == 0 else main * min(1.25, max(0.3, (item.size / lead.size) ** 0.7))
        for place, item in enumerate(row)
    ]
    wides = [width_of(item, tall) for item, tall in zip(row, talls, strict=True)]
    if objects.mount:
        wides[0] = main * 1.1
    gap = 0.02 if len(row) < 4 else -0.06
    spread = sum(wides) + gap * main * (len(row) - 1)
    shrink = min(1.0, room.w / spread)
    order = _order(len(row), side)
    x = stage.w / 2 - spread * shrink / 2 + (stage.w * 0.06 * side if objects.trees and len(row) == 1 else 0)
    drawn: list[tuple[float, str]] = []
    for place in order:
        item, tall, wide = row[place], talls[place] * shrink, wides[place] * shrink
        foot = stage.h * (FOOT + (0.0 if place == 0 else 0.035 if tall < main * 0.7 else -0.02 + 0.015 * (place % 2)))
        middle = x + wide / 2
        flipped = middle < stage.w / 2 - 1 if place else side > 0
        drawn.append((foot, _figure_at(job, objects, place, item, (middle, foot, tall), flipped=flipped)))
        x += wide + gap * main * shrink
    return "".join(markup for _, markup in sorted(drawn, key=lambda pair: pair[0]))


def _order(count: int, side: int) -> list[int]:
    """The first in the middle, the others alternating at its sides."""
    order = [0]
    for place in range(1, count):
        order = [*order, place] if (place % 2 == 1) == (side > 0) else [place, *order]
    return order


def _figure_at(
    job: Commission, objects: SceneObjects, place: int, item: Thing, at: tuple[float, float, float], *, flipped: bool
) -> str:
    x, foot, tall = at
    shirt = job.palette.accent(place + job.index)
    holds = objects.held.name if objects.held and place == 0 else ""
    if place == 0 and objects.mount:
        return _figure_on_mount(job, item, objects.mount, at, shirt, flipped=flipped)
    seated = (objects.seated or holds == "open-book") and has_body(upright(item.name) if holds else item.name)
    pose = Pose(
        seated=seated,
        waves=place == 0 and not holds and not seated and job.index % 2 == 1,
        holds=holds,
        flipped=flipped,
        sole=vertical_extent(job.canvas, item.name)[1],
        raises=objects.raised.name if objects.raised and place == 0 else "",
        wears=objects.worn if place < len(objects.figures) else (),
    )
    return ground_shadow(x, foot, width_of(item, tall) * 1.05) + figure(item.name, x, foot, tall, pose, shirt)


def _figure_on_mount(
    job: Commission, item: Thing, mount: Thing, at: tuple[float, float, float], shirt: str, *, flipped: bool
) -> str:
    """A figure on the back of an animal, whose body hides the legs."""
    x, foot, tall = at
    beast = tall * 1.08
    above = foot - beast * 0.56
    rider = figure(
        item.name,
        x + beast * (0.02 if not flipped else -0.02),
        above + tall * 0.2,
        tall * 0.72,
        Pose(waves=True, flipped=flipped),
        shirt,
    )
    return (
        ground_shadow(x, foot, beast)
        + rider
        + figure(mount.name, x, foot, beast, Pose(flipped=flipped, sole=vertical_extent(job.canvas, mount.name)[1]))
    )
