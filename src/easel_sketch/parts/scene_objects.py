"""Sort the things a prompt names by their part in a scene: figures, what they hold, wear or ride, and the rest by
place.
"""

from dataclasses import dataclass, field

from easel_sketch.drawing.commission import Commission
from easel_sketch.parts import named_things, variants
from easel_sketch.parts.figure import RAISED, WORN, has_body, upright
from easel_sketch.parts.named_things import Thing

_MOST_FIGURES = 5
# Pictograms of people, and the figures that are drawn instead.
_GROUPS = {
    "people-hugging": ("man", "woman", "girl"),
    "people-holding-hands": ("woman", "man"),
    "busts-in-silhouette": ("woman", "man"),
    "bust-in-silhouette": ("person",),
    "kiss": ("woman", "man"),
}
_CYCLES = frozenset({"bicycle", "bust-in-silhouette"})
_SKY_SCENERY = frozenset(
    {
        "sun",
        "cloud",
        "sun-with-face",
        "sun-behind-cloud",
        "full-moon",
        "crescent-moon",
        "star",
        "snowflake",
        "water-wave",
        "droplet",
        "fog",
        "night-with-stars",
        "sun-behind-rain-cloud",
        "cloud-with-rain",
        "cloud-with-snow",
        "umbrella-with-rain-drops",
    }
)


@dataclass(slots=True)
class SceneObjects:
    """Things by their part in the scene. `figures` stand on the ground in the middle, the main one first.

    The first figure rides `mount`, has `held` in its hands, holds up `raised` and wears `worn`.
    """

    figures: list[Thing] = field(default_factory=list)
    mount: Thing | None = None
    held: Thing | None = None
    raised: Thing | None = None
    worn: tuple[str, ...] = ()
    ground: list[Thing] = field(default_factory=list)
    trees: list[Thing] = field(default_factory=list)
    buildings: list[Thing] = field(default_factory=list)
    sky: list[Thing] = field(default_factory=list)
    water: list[Thing] = field(default_factory=list)
    indoors: bool = False
    seated: bool = False
    scenery: set[str] = field(default_factory=set)

    @property
    def empty(self) -> bool:
        return not (self.figures or self.ground or self.buildings or self.sky or self.water or self.trees)


def scene_objects(job: Commission) -> SceneObjects:
    """Sort the things of the prompt's own words."""
    found, text = _as_people(named_things.things(job, 9)), job.brief.scene
    objects = SceneObjects(
        indoors=variants.names("action", "indoors", text), seated=variants.names("action", "seated", text)
    )
    objects.scenery = {one.name for one in found if one.name in _SKY_SCENERY or one.place == named_things.FAR}
    found = [one for one in found if one.name not in objects.scenery]
    alive = [one for one in found if one.alive]
    if variants.names("action", "astride", text) and any(one.name in _CYCLES for one in found):
        found = [
            named_things.thing("person-biking"),
            *(one for one in found if one.name not in (*_CYCLES, "woman", "man")),
        ]
        alive = [one for one in found if one.alive]
    walking = [one for one in alive if one.place in (named_things.GROUND, named_things.HAND)]
    objects.figures = walking[:_MOST_FIGURES]
    if len(walking) > 1 and variants.names("action", "astride", text):
        objects.mount = walking[1]
        objects.figures = [walking[0], *walking[2:_MOST_FIGURES]]
    rest = [one for one in found if one not in walking]
    if objects.figures:
        objects.worn = tuple(one.name for one in rest if one.name in WORN)
        rest = [one for one in rest if one.name not in WORN]
    _assign_held(objects, rest)
    for one in rest:
        if one not in (objects.held, objects.raised):
            _list_for(objects, one).append(one)
    if len(objects.figures) == 1 and 1 < job.brief.count <= _MOST_FIGURES and not objects.mount:
        objects.figures *= job.brief.count
    return objects


def _as_people(found: tuple[Thing, ...]) -> list[Thing]:
    """The things, with pictograms of people replaced by figures."""
    every = [name for one in found for name in _GROUPS.get(one.name, (one.name,))]
    return [named_things.thing(name) for name in dict.fromkeys(every)]


def _assign_held(objects: SceneObjects, rest: list[Thing]) -> None:
    """Give the main figure the first thing that can be held and the first that is held up, if it has hands."""
    if not objects.figures or objects.mount or not has_body(upright(objects.figures[0].name)):
        return
    graspable = [one for one in rest if one.place in (named_things.HAND, named_things.TABLE) and one.size <= 0.5]
    objects.held = graspable[0] if graspable else None
    raised = [one for one in rest if one.name in RAISED]
    objects.raised = raised[0] if raised else None


def _list_for(objects: SceneObjects, one: Thing) -> list[Thing]:
    shelves = {
        named_things.TREE: objects.trees,
        named_things.BUILDING: objects.buildings,
        named_things.SKY: objects.sky,
        named_things.WATER: objects.water,
    }
    return shelves.get(one.place, objects.ground)
