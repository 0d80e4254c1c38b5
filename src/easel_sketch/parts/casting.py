"""Who and what is in a scene, and who does what: heroes, what they hold or ride, what stands behind and flies above."""

from dataclasses import dataclass, field

from easel_sketch.drawing.commission import Commission
from easel_sketch.parts import named, variants
from easel_sketch.parts.mascot import RAISED, WORN, has_body, upright
from easel_sketch.parts.named import Thing

_MOST_HEROES = 5
# Icons of people that are signs rather than figures, and who stands for them.
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
class Cast:
    """Things by what they do in the picture. `heroes` stand on the ground in the middle; the first is the main one."""

    heroes: list[Thing] = field(default_factory=list)
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
        return not (self.heroes or self.ground or self.buildings or self.sky or self.water or self.trees)


def cast(job: Commission) -> Cast:
    """The cast of the prompt's own words."""
    found, text = _as_people(named.things(job, 9)), job.brief.scene
    part = Cast(indoors=variants.says("action", "indoors", text), seated=variants.says("action", "seated", text))
    part.scenery = {one.name for one in found if one.name in _SKY_SCENERY or one.place == named.FAR}
    found = [one for one in found if one.name not in part.scenery]
    alive = [one for one in found if one.alive]
    if variants.says("action", "astride", text) and any(one.name in _CYCLES for one in found):
        found = [named.thing("person-biking"), *(one for one in found if one.name not in (*_CYCLES, "woman", "man"))]
        alive = [one for one in found if one.alive]
    walking = [one for one in alive if one.place in (named.GROUND, named.HAND)]
    part.heroes = walking[:_MOST_HEROES]
    if len(walking) > 1 and variants.says("action", "astride", text):
        part.mount = walking[1]
        part.heroes = [walking[0], *walking[2:_MOST_HEROES]]
    rest = [one for one in found if one not in walking]
    if part.heroes:
        part.worn = tuple(one.name for one in rest if one.name in WORN)
        rest = [one for one in rest if one.name not in WORN]
    _hand_over(part, rest)
    for one in rest:
        if one not in (part.held, part.raised):
            _shelf(part, one).append(one)
    if len(part.heroes) == 1 and 1 < job.brief.count <= _MOST_HEROES and not part.mount:
        part.heroes *= job.brief.count
    return part


def _as_people(found: tuple[Thing, ...]) -> list[Thing]:
    """The things, with people for the signs that stand for groups of them."""
    every = [name for one in found for name in _GROUPS.get(one.name, (one.name,))]
    return [named.thing(name) for name in dict.fromkeys(every)]


def _hand_over(part: Cast, rest: list[Thing]) -> None:
    """The first thing that can be held goes to the hero, if the hero has hands."""
    if not part.heroes or part.mount or not has_body(upright(part.heroes[0].name)):
        return
    graspable = [one for one in rest if one.place in (named.HAND, named.TABLE) and one.size <= 0.5]
    part.held = graspable[0] if graspable else None
    raised = [one for one in rest if one.name in RAISED]
    part.raised = raised[0] if raised else None


def _shelf(part: Cast, one: Thing) -> list[Thing]:
    shelves = {named.TREE: part.trees, named.BUILDING: part.buildings, named.SKY: part.sky, named.WATER: part.water}
    return shelves.get(one.place, part.ground)
