"""An illustration without text: the subjects of the brief in their place, indoors, outdoors or on a calm ground."""

from collections.abc import Iterator, Sequence

from easel_sketch.drawing import icons
from easel_sketch.drawing.commission import LOW, Commission, Page
from easel_sketch.drawing.ink import oval, rect
from easel_sketch.drawing.ornament import grain_overlay
from easel_sketch.drawing.shown import shown
from easel_sketch.parts.calm_ground import calm_ground, calm_shadow
from easel_sketch.parts.figure import ground_shadow
from easel_sketch.parts.groups import Group, Setting, group_of, seen
from easel_sketch.parts.named_things import ROOM, TABLE, WATER
from easel_sketch.parts.scene_objects import Actor, SceneObjects, scene_objects
from easel_sketch.parts.watercolour import watercolour_edge
from easel_sketch.recipes import abstract, card, still_life
from easel_sketch.scenery.hours import hour_of, sun_height
from easel_sketch.scenery.raster import places as landscapes
from easel_sketch.scenery.vector.grounds import Weather
from easel_sketch.scenery.vector.outdoors import FOOT, PLACES, before, behind
from easel_sketch.scenery.vector.stage import Stage, page_stage

_SPACE = frozenset(
    {"rocket", "ringed-planet", "satellite", "astronaut", "flying-saucer", "comet", "alien", "milky-way", "planet",
     "globe-showing-europe-africa", "space-shuttle", "space-station", "lunar-rover"}
)  # fmt: skip
_SURFACING = frozenset(
    {"spouting-whale", "whale", "dolphin", "duck", "swan", "seal", "person-swimming", "person-surfing"}
)
_SWIMMING = frozenset({"duck", "swan", "goose", "beaver", "otter", "turtle", "person-swimming"})
_SUNS = frozenset({"sun", "sun-with-face", "sun-behind-cloud"})
_SNOWS = frozenset({"snowflake", "cloud-with-snow"})
_WET = frozenset({"cloud-with-rain", "sun-behind-rain-cloud", "umbrella-with-rain-drops"})
_NIGHT = frozenset({"full-moon", "crescent-moon", "star", "glowing-star", "night-with-stars"})
_WATERS = ("sea", "lake", "river", "water", "underwater")
_RAINY = ("rain", "storm")  # variants of a landscape
_PEAKS = frozenset({"mountain", "snow-capped-mountain", "volcano", "mount-fuji"})
# What is drawn for a place that has no backdrop of its own; the job says that the place itself is missing.
_NEAREST = {
    "street": "city", "road": "hills", "town": "city", "market": "city", "station": "city", "path": "hills",
    "park": "hills", "garden": "hills", "meadow": "hills", "farm": "hills", "orchard": "hills", "savanna": "hills",
    "valley": "mountains", "jungle": "forest", "swamp": "lake", "river": "lake", "canal": "lake", "waterfall": "lake",
    "fjord": "lake", "harbour": "bay", "coast": "sea", "beach": "sea", "island": "sea", "canyon": "desert",
    "oasis": "desert", "mars": "desert", "glacier": "mountains", "volcano": "mountains", "cave": "mountains",
    "space": "moon", "underwater": "water", "tidal-wave": "water", "iceberg": "water", "sky": "hills",
}  # fmt: skip
# Names of places that a backdrop shows besides its own.
_ALSO = {"sea": ("beach", "coast"), "underwater": ("sea",), "hills": ("meadow",), "water": ("sea",), "moon": ("space",)}
_OPEN = ("hills", "lake", "forest", "mountains")  # where a scene is that the prompt leaves open, by the image's number
_SHARES = (1.0, 0.86, 1.06, 0.94)  # how large the figures are, by the image's number
_EVEN = 0.62  # the power of sizes in a scene of several things


def draw(job: Commission) -> str | Page:
    if job.brief.texts or job.insets:
        return card.draw(job)
    objects = scene_objects(job, backdrop(job.brief.place))
    if still_life.is_room(job) or _is_at_a_window(job, objects):
        return still_life.draw(job)
    if not objects.actors:
        return _empty(job, objects)
    if _are_things(job, objects):
        return still_life.table(job, objects) if _is_meal(objects) else _on_calm_ground(job, objects)
    return _outdoors(job, objects)


def _is_at_a_window(job: Commission, objects: SceneObjects) -> bool:
    windows = any(one.thing.name == "window" for one in objects.ground)
    return windows and bool(objects.figures) and not (job.brief.place or objects.buildings or objects.trees)


def backdrop(place: str) -> tuple[str, ...]:
    """The names of places that the backdrop of a place shows."""
    if place in PLACES:
        return (place, *_ALSO.get(place, ()))
    near = _NEAREST.get(place, "")
    return (near, *_ALSO.get(near, ())) if near else ()


def _empty(job: Commission, objects: SceneObjects) -> str | Page:
    """Nothing that can be drawn is named: the landscape, or an abstract picture."""
    if objects.scenery and not job.brief.place:
        return _outdoors(job, objects)
    if objects.scenery or job.brief.setting.biome or job.brief.place:
        return Page("", lambda: landscapes.landscape(job), (landscapes.place_of(job), *objects.scenery & _PEAKS))
    return abstract.draw(job)


def _are_things(job: Commission, objects: SceneObjects) -> bool:
    """Only things, and nothing that says where they are."""
    outside = objects.buildings or objects.trees or objects.sky or objects.water or objects.scenery
    below = any(_is_outdoor(one.base) for one in objects.actors if one.base)
    bases = (one.base for one in objects.figures if one.base)
    furniture = any(one.thing.place == ROOM for one in (*objects.ground, *bases))
    if outside or below or (objects.figures and not furniture):
        return False
    said = job.brief.place or job.brief.setting.biome or job.brief.setting.season or job.brief.setting.time
    return not said


def _is_meal(objects: SceneObjects) -> bool:
    """Only food and tableware, on a table or on nothing."""
    return all(
        one.thing.place == TABLE
        and not (one.face or one.held or one.worn)
        and (one.base is None or one.base.thing.name in ("table", "coffee-table"))
        for one in objects.actors
    )


def _is_outdoor(actor: Actor) -> bool:
    return actor.thing.alive or actor.thing.place in ("building", "tree", "water")


def _on_calm_ground(job: Commission, objects: SceneObjects) -> str:
    page, foot = job.page, job.page.h * 0.82
    stage = page_stage(job, "day", job.brief.setting.season)
    even = 0.4 if len(objects.ground) > 1 else 1.0
    actors = [*objects.figures, *objects.ground][:6]
    even = _EVEN if objects.figures else even
    groups = seen([group_of(one, place, Setting(job, stage, even)) for place, one in enumerate(actors)])
    share = (0.62, 0.54, 0.66, 0.58)[job.index % 4]
    row = _Row(groups, page.w * 0.84, page.h * share, job.mirrored)
    tint = actors[0].tint
    parts = [page.svg(calm_ground(job, foot, page.w / 2, row.wide * row.scale, tint))]
    for group, x in row.spots(page.w / 2):
        low = foot - (page.h * 0.12 if group.airy and len(groups) == 1 else 0)
        if not group.crowded:
            parts.append(calm_shadow(job, x, foot, group.wide * row.scale))
        parts.append(page.svg(group.draw(x, low, row.scale)))
    return "".join(parts) + grain_overlay(job, 0.3)


class _Row:
    """Groups side by side, the first in the middle, at a scale that fits a width and a height in pixels."""

    def __init__(self, groups: Sequence[Group], wide: float, high: float, mirrored: bool) -> None:
        gap = 0.14 if len(groups) < 4 else 0.04
        self.groups, self.gap = groups, gap * max((group.high for group in groups), default=1.0) * 0.5
        self.wide = sum(group.wide for group in groups) + self.gap * max(0, len(groups) - 1)
        self.scale = min(wide / self.wide, high / max(group.high for group in groups))
        order = [0]
        for place in range(1, len(groups)):
            order = [*order, place] if (place % 2 == 1) != mirrored else [place, *order]
        self.order = order

    def spots(self, middle: float) -> list[tuple[Group, float]]:
        """The groups with their horizontal centres, the main one last."""
        x = middle - self.wide * self.scale / 2
        found = []
        for place in self.order:
            group = self.groups[place]
            turned = group.flipped() if x + group.wide * self.scale / 2 < middle - 1 and len(self.groups) > 1 else group
            found.append((place, turned, x + group.wide * self.scale / 2))
            x += (group.wide + self.gap) * self.scale
        return [(group, at) for _, group, at in sorted(found, key=lambda spot: -spot[0])]


def _outdoors(job: Commission, objects: SceneObjects) -> str:
    if job.brief.place in ("lake", "sea") and all(one.thing.name in _SWIMMING for one in objects.figures):
        objects.water, objects.figures = [*objects.figures, *objects.water], []
    if over_the_moon := any(one.place == "moon" and one.relation == "above" for one in job.brief.subjects):
        objects.scenery.add("full-moon")
        objects.sky, objects.figures = [*objects.figures, *objects.sky], []
    place = "hills" if over_the_moon else _place(job, objects)
    hour = hour_of("night" if _NIGHT & objects.scenery else job.brief.setting.time, job.index)
    season = "winter" if "snowflake" in objects.scenery else job.brief.setting.season
    stage = page_stage(job, hour, season)
    side = (1, -1, 1, -1)[job.index % 4] * (-1 if job.brief.right_to_left else 1)
    said = frozenset(job.brief.variants.get("scenery", ()))
    weather = Weather(
        0.5 + (0.29, 0.36, 0.22, 0.4)[job.index % 4] * side,
        sun_height(hour),
        snows=bool(_SNOWS & objects.scenery) or "snowfall" in said,
        rains=bool(_WET & objects.scenery) or not said.isdisjoint(_RAINY),
    )
    names = (
        place,
        *(("moon",) if over_the_moon else ()),
        *_ALSO.get(place, ()),
        *_seen_in(objects.scenery, place, stage, weather),
    )
    parts = [shown(behind(stage, place, weather), *names)]
    parts += [_far(job, stage, objects, side), _afloat(job, stage, objects, place), _aloft(job, stage, objects, side)]
    parts += [
        _strewn(job, stage, objects),
        _on_the_ground(job, stage, objects, side),
        before(stage, place, weather),
        _light_overlay(stage, hour),
    ]
    parts.append(watercolour_edge(job) if "watercolour" in job.brief.style else "")
    return job.page.svg("".join(parts)) + grain_overlay(job, 0.4)


def _seen_in(scenery: set[str], place: str, stage: Stage, weather: Weather) -> Iterator[str]:
    """What of the sky, the weather and the mountains asked for the backdrop shows."""
    if not stage.dark and not weather.rains:
        yield from scenery & _SUNS
    if stage.dark:
        yield from scenery & _NIGHT
    if weather.rains:
        yield from scenery & _WET
    if weather.snows:
        yield from scenery & _SNOWS
    if place in ("mountains", "moon"):
        yield from scenery & _PEAKS
    if place in ("water", "sea", "beach", "bay", "harbour"):
        yield from scenery & {"water-wave", "droplet"}
    yield from scenery & {"cloud"}


def _place(job: Commission, objects: SceneObjects) -> str:
    names = {actor.thing.name for actor in objects.actors}
    biome = job.brief.setting.biome
    if "underwater" in PLACES and any(one.place in _WATERS and one.relation == "under" for one in job.brief.subjects):
        return "underwater"
    swims = all(one.thing.alive and one.thing.name not in _SURFACING for one in objects.water)
    if objects.water and not (objects.figures or objects.ground) and job.brief.place in ("sea", "coast"):
        return "underwater" if swims and "underwater" in PLACES else "water"
    for asked in (job.brief.place, _NEAREST.get(job.brief.place, ""), biome if biome != "hills" else ""):
        if asked in PLACES:
            return asked
    if any(one.base and one.base.thing.place == WATER for one in (*objects.figures, *objects.ground)):
        return "water"
    if objects.water:
        return "underwater" if swims and "underwater" in PLACES else "sea" if objects.figures else "water"
    lone = not (objects.trees or any(one.thing.alive and one.thing.name not in _SPACE for one in objects.actors))
    if names & _SPACE and lone and (names & (_SPACE - {"astronaut"}) or job.theme.scene == "space"):
        return "space" if "space" in PLACES else "moon"
    if objects.scenery & _PEAKS:
        return "mountains"
    based = any(one.base for one in objects.figures)
    if job.theme.scene == "city" and not (objects.trees or objects.buildings or based):
        return "city"
    return _OPEN[job.index % 4] if objects.figures and not biome else "hills"


def _far(job: Commission, stage: Stage, objects: SceneObjects, side: int) -> str:
    """Buildings and trees behind what stands on the ground; in the middle and large if nothing does."""
    alone = not (objects.figures or objects.ground or objects.water)
    kit = Setting(job, stage, 0.5)
    buildings = [group_of(one, place, kit) for place, one in enumerate(objects.buildings[:4])]
    trees = [group_of(one, place, kit) for place, one in enumerate(objects.trees[:4])]
    groups = [*buildings, *trees]
    if not groups:
        return ""
    if alone:
        row = _Row(
            groups, stage.w * 0.9, stage.h * (0.66 if len(groups) == 1 else 0.6) * _SHARES[job.index % 4], side < 0
        )
        foot = stage.h * 0.82
        x = stage.w * (0.5, 0.42, 0.56, 0.5)[job.index % 4] if row.wide * row.scale < stage.w * 0.6 else stage.w / 2
        return "".join(
            ground_shadow(at, foot, group.wide * row.scale) + group.draw(at, foot, row.scale)
            for group, at in row.spots(x)
        )
    parts, shares = [], (0.26, -0.3, 0.4, -0.42)
    for place, group in enumerate(groups[:4]):
        scale = min(stage.h * (0.6, 0.5, 0.44, 0.4)[place] / group.high, stage.w * 0.4 / group.wide)
        x = stage.w * (0.5 + side * shares[place])
        x = min(max(x, group.wide * scale * 0.45), stage.w - group.wide * scale * 0.45)
        foot = stage.h * (0.72 if place < 2 else 0.7)
        parts.append(ground_shadow(x, foot, group.wide * scale, 0.16) + group.draw(x, foot, scale))
    return "".join(reversed(parts))


def _aloft(job: Commission, stage: Stage, objects: SceneObjects, side: int) -> str:
    """Things in the air; the first is large if nothing is on the ground."""
    alone = not (objects.figures or objects.ground or objects.water or objects.buildings)
    spots = [(0.5, 0.44), (0.2, 0.22), (0.8, 0.26), (0.22, 0.62)] if alone else [(0.2, 0.24), (0.76, 0.3), (0.5, 0.14)]
    parts = []
    for place, (actor, (x, y)) in enumerate(zip(objects.sky, spots, strict=False)):
        group = group_of(actor, place, Setting(job, stage))
        room = 0.62 if alone and place == 0 else 0.26 * min(1.3, 0.6 + actor.high * 0.5)
        scale = min(stage.h * room / group.high, stage.w * (0.9 if actor.count > 1 else 0.5) / group.wide)
        at = stage.w * (0.5 + side * (x - 0.5))
        parts.append(group.draw(at, stage.h * y + group.high * scale / 2, scale))
    return "".join(parts)


def _afloat(job: Commission, stage: Stage, objects: SceneObjects, place: str) -> str:
    """Boats and swimmers: the first is large if the water is the whole scene."""
    alone = not (objects.figures or objects.ground)
    spots = ((0.5, 0.74), (0.2, 0.84), (0.82, 0.87), (0.7, 0.6)) if alone else ((0.76, 0.62), (0.24, 0.6), (0.5, 0.58))
    if alone and place == "lake":
        spots = ((0.5, 0.68), (0.2, 0.64), (0.8, 0.64), (0.34, 0.62))
    parts = []
    for number, (actor, (x, y)) in enumerate(zip(objects.water, spots, strict=False)):
        group = group_of(actor, number, Setting(job, stage))
        most = 0.4 if place == "lake" else 0.58
        room = (most, 0.28, 0.24, 0.2)[number] if alone else 0.24 * min(1.3, 0.6 + actor.high * 0.5)
        scale = min(stage.h * room / group.high, stage.w * 0.8 / group.wide)
        at, wide = stage.w * (1 - x if job.mirrored else x), group.wide * scale
        parts.append(group.draw(at, stage.h * y, scale))
        if place != "underwater":
            parts.append(
                oval(at, stage.h * y - wide * 0.01, wide * 0.56, wide * 0.05, stage.light.water, 'opacity=".75"')
            )
            parts.append(
                oval(at, stage.h * y + wide * 0.02, wide * 0.46, wide * 0.03, stage.light.bright, 'opacity=".4"')
            )
    return "".join(parts)


def _on_the_ground(job: Commission, stage: Stage, objects: SceneObjects, side: int) -> str:
    """Figures and things around the main one."""
    actors = [*objects.figures, *objects.ground][:7]
    if not actors:
        return ""
    groups = seen([group_of(one, place, Setting(job, stage, _EVEN)) for place, one in enumerate(actors)])
    behind_them = bool(objects.trees or objects.buildings)
    most = stage.h * (0.62 if not behind_them else 0.54) * _SHARES[job.index % 4]
    row = _Row(groups, stage.w * (0.94 if len(groups) > 1 or actors[0].count > 1 else 0.8), most, side < 0)
    free = stage.w - row.wide * row.scale
    lean = (0.0, 0.16, -0.14, 0.1)[job.index % 4] + (-0.1 * side if behind_them else 0.0)
    x = stage.w / 2 + max(-0.4, min(0.4, lean)) * free * 0.9
    foot = stage.h * FOOT
    parts = []
    for number, (group, at) in enumerate(row.spots(x)):
        low = foot - stage.h * (0.024 * ((number + 1) % 2) if number < len(groups) - 1 else 0.0)
        shadow = "" if group.airy or group.crowded else ground_shadow(at, low, group.wide * row.scale)
        parts.append(shadow + group.draw(at, low, row.scale))
    return "".join(parts)


def _strewn(job: Commission, stage: Stage, objects: SceneObjects) -> str:
    """Leaves, flowers and the like all over the ground, larger towards the viewer."""
    parts = []
    for actor in objects.strewn[:3]:
        for i in range((12, 22, 34)[stage.detail]):
            depth = (i + 0.5) / (12, 22, 34)[stage.detail]
            x, y = stage.w * job.rng.random(), stage.h * (0.72 + 0.27 * depth)
            size = stage.h * (0.03 + 0.055 * depth)
            parts.append(icons.placed(actor.thing.name, x, y, size, turn=job.rng.uniform(-70, 70), tint=actor.tint))
    return "".join(parts)


def _light_overlay(stage: Stage, hour: str) -> str:
    """A tint of the time of day over the whole scene."""
    tone = {"dusk": "#ff9a4a", "golden": "#ffd27a", "night": "#0c1a48", "dawn": "#ffc7b0"}.get(hour)
    if not tone or stage.detail == LOW:
        return ""
    strength = 0.3 if hour == "night" else 0.12
    return rect(0, 0, stage.w, stage.h, tone, 0, f'opacity="{strength}" style="mix-blend-mode:soft-light"')
