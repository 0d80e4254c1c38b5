"""Sort the things a prompt names by their part in a scene: figures, what they hold, wear or ride, and the rest by
place.
"""

from dataclasses import dataclass, field

from easel_sketch.drawing.commission import Commission
from easel_sketch.parts import named_things
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
    found, actions = _as_people(named_things.things(job, 9)), job.brief.variants.get("action", ())
    objects = SceneObjects(indoors="indoors" in actions, seated="seated" in actions)
    objects.scenery = {thing.name for thing in found if thing.name in _SKY_SCENERY or thing.place == named_things.FAR}
    found = [thing for thing in found if thing.name not in objects.scenery]
    alive = [thing for thing in found if thing.alive]
    if "astride" in actions and any(thing.name in _CYCLES for thing in found):
        found = [
            named_things.thing("person-biking"),
            *(thing for thing in found if thing.name not in (*_CYCLES, "woman", "man")),
        ]
        alive = [thing for thing in found if thing.alive]
    walking = [thing for thing in alive if thing.place in (named_things.GROUND, named_things.HAND)]
    objects.figures = walking[:_MOST_FIGURES]
    if len(walking) > 1 and "astride" in actions:
        objects.mount = walking[1]
        objects.figures = [walking[0], *walking[2:_MOST_FIGURES]]
    rest = [thing for thing in found if thing not in walking]
    if objects.figures:
        objects.worn = tuple(thing.name for thing in rest if thing.name in WORN)
        rest = [thing for thing in rest if thing.name not in WORN]
    _assign_held(objects, rest)
    for thing in rest:
        if thing not in (objects.held, objects.raised):
            _list_for(objects, thing).append(thing)
    if len(objects.figures) == 1 and 1 < job.brief.count <= _MOST_FIGURES and not objects.mount:
        objects.figures *= job.brief.count
    return objects


def _as_people(found: tuple[Thing, ...]) -> list[Thing]:
    """The things, with pictograms of people replaced by figures."""
    names = [name for thing in found for name in _GROUPS.get(thing.name, (thing.name,))]
    return [named_things.thing(name) for name in dict.fromkeys(names)]


def _assign_held(objects: SceneObjects, rest: list[Thing]) -> None:
    """Give the main figure the first thing that can be held and the first that is held up, if it has hands."""
    if not objects.figures or objects.mount or not has_body(upright(objects.figures[0].name)):
        return
    graspable = [
        thing for thing in rest if thing.place in (named_things.HAND, named_things.TABLE) and thing.size <= 0.5
    ]
    objects.held = graspable[0] if graspable else None
    raised = [thing for thing in rest if thing.name in RAISED]
    objects.raised = raised[0] if raised else None


def _list_for(objects: SceneObjects, thing: Thing) -> list[Thing]:
    shelves = {
        named_things.TREE: objects.trees,
        named_things.BUILDING: objects.buildings,
        named_things.SKY: objects.sky,
        named_things.WATER: objects.water,
    }
    return shelves.get(thing.place, objects.ground)
