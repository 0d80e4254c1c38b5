"""Sort the things a prompt asks to see by their part in a scene: who rides, wears and holds what, what stands on what,
and the rest by place.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from easel_sketch import library
from easel_sketch.colour.tint import named_colour
from easel_sketch.colour.tone import hue_gap, neutral
from easel_sketch.drawing.commission import Commission
from easel_sketch.parts import named_things
from easel_sketch.parts.clothes import Garment
from easel_sketch.parts.figure import upright
from easel_sketch.parts.named_things import Thing
from easel_sketch.reading.nouns import singular
from easel_sketch.reading.subjects import Subject

_MOST = 12
_HELD = 0.9  # the most height of what is held, relative to a person
_SAME_HUE = 40  # degrees
_SOME = 2  # animals or people in the plural without a number
# Pictograms of people, and the figures that are drawn instead.
_GROUPS = {
    "people-hugging": ("man", "woman", "girl"),
    "people-holding-hands": ("woman", "man"),
    "busts-in-silhouette": ("woman", "man"),
    "bust-in-silhouette": ("person",),
    "kiss": ("woman", "man"),
}
_SIZES = {"tiny": 0.42, "small": 0.72, "large": 1.35, "huge": 1.9}
# What a figure has in its hands wherever it is named after it.
_PLAYED = frozenset(
    {"microphone", "guitar", "violin", "banjo", "trumpet", "saxophone", "flute", "accordion", "open-book", "umbrella",
     "umbrella-with-rain-drops", "ukulele", "newspaper", "rolled-up-newspaper", "clarinet", "tuba", "bagpipes"}
)  # fmt: skip
_STACKED = ("on", "under", "above", "behind", "before")
# What somebody is in.
_HOLLOW = frozenset(
    {"bathtub", "rowboat", "canoe", "bucket", "barrel", "shopping-cart", "basket", "box", "sleigh", "cart"}
)
_BEDS = frozenset({"bed", "sofa", "armchair", "hammock"})
# Vessels whose content is seen above their edge, and those it lies on.
_FILLED = {**dict.fromkeys(("basket", "bucket", "box", "barrel", "crate"), "rides"), "plate": "on"}
_CONTAINERS = frozenset({"bowl", "plate", "bowl-with-spoon", "fork-and-knife-with-plate", "basket"})
_DISHES = frozenset({"bowl", "plate", "bowl-with-spoon"})  # food whose drawing has a dish needs no other
SERVED = frozenset(
    {"steaming-bowl", "green-salad", "curry-rice", "pot-of-food", "cooked-rice", "spaghetti", "shallow-pan-of-food",
     "soup-bowl", "shaved-ice", "fork-and-knife-with-plate", "bento-box"}
)  # fmt: skip
# What lies about on the ground in numbers.
_STREWN = frozenset(
    {"fallen-leaf", "maple-leaf", "leaf-fluttering-in-wind", "cherry-blossom", "blossom", "seedling", "herb",
     "mushroom", "four-leaf-clover", "shamrock", "confetti-ball"}
)  # fmt: skip
# What the backdrop shows by itself: sun and moon, weather, mountains.
_SKY_SCENERY = frozenset(
    {"sun", "cloud", "sun-with-face", "sun-behind-cloud", "full-moon", "crescent-moon", "star", "snowflake",
     "water-wave", "droplet", "fog", "night-with-stars", "sun-behind-rain-cloud", "cloud-with-rain",
     "cloud-with-snow", "umbrella-with-rain-drops"}
)  # fmt: skip


@dataclass(slots=True)
class Actor:
    """A thing in the scene, with how often it is there and what it does with other things.

    `words` are the prompt's, `shows` is the drawing that they stand for; `tint` is a colour or empty. `relation` says
    how it is joined to `base`: it rides it, or is on, under, above or behind it.
    """

    thing: Thing
    shows: str = ""
    words: str = ""
    count: int = 1
    tint: str = ""
    size: str = ""
    face: str = ""
    worn: tuple[Garment, ...] = ()
    held: "Actor | None" = None
    relation: str = ""
    base: "Actor | None" = None

    @property
    def high(self) -> float:
        """The height, relative to a person."""
        return self.thing.size * _SIZES.get(self.size, 1.0)


@dataclass(slots=True)
class SceneObjects:
    """Things by their part in the scene: `figures` are alive and stand on the ground, the main one first."""

    figures: list[Actor] = field(default_factory=list)
    ground: list[Actor] = field(default_factory=list)
    trees: list[Actor] = field(default_factory=list)
    buildings: list[Actor] = field(default_factory=list)
    sky: list[Actor] = field(default_factory=list)
    water: list[Actor] = field(default_factory=list)
    scenery: set[str] = field(default_factory=set)
    strewn: list[Actor] = field(default_factory=list)

    @property
    def actors(self) -> list[Actor]:
        return [*self.figures, *self.ground, *self.buildings, *self.trees, *self.sky, *self.water]


def scene_objects(job: Commission, backdrop: tuple[str, ...] = ()) -> SceneObjects:
    """Sort the brief's subjects. Those whose place is among the `backdrop`'s are shown by it and left out."""
    objects, last = SceneObjects(), None
    seated = "seated" in job.brief.variants.get("action", ())
    for actor, relation in _actors(job, backdrop):
        name = actor.thing.name
        stars = name == "glowing-star" and singular(actor.words) != actor.words
        if ((stars or name in _SKY_SCENERY) and not actor.face) or actor.thing.place == named_things.FAR:
            objects.scenery.add(name)
            continue
        if last and _joined(last, actor, relation):
            continue
        if not named_things.is_drawn(name):
            continue
        if name in _STREWN:
            objects.strewn.append(actor)
            continue
        _list_for(objects, actor).append(actor)
        last = actor
    _land(objects)
    if not (objects.figures or objects.buildings):
        objects.ground, objects.strewn = [*objects.ground, *objects.strewn], []
    for figure in objects.figures[:1]:
        if seated and figure.face != "sleeping" and not figure.base:
            figure.relation = "seated"
    return objects


def _land(objects: SceneObjects) -> None:
    """What flies is on the ground if what it is on stands there."""
    landed = [
        one for one in objects.sky if one.base and one.relation == "on" and one.base.thing.place != named_things.SKY
    ]
    landed += [one for one in objects.water if one.relation == "in"]
    objects.sky, objects.water = ([one for one in few if one not in landed] for few in (objects.sky, objects.water))
    for one in landed:
        (objects.figures if one.thing.alive else objects.ground).append(one)


def _actors(job: Commission, backdrop: tuple[str, ...]) -> Iterator[tuple[Actor, str]]:
    """The subjects that have a drawing, with the relation to the one before."""
    seen = set[tuple[str, str, str]]()
    for one in job.brief.subjects:
        key = (one.words, one.colour, one.face)
        drawn = named_things.is_drawn(one.drawing) or Garment(one.drawing, words=one.words).kind
        if not one.drawing or not drawn or (one.place and one.place in backdrop):
            continue
        if key in seen:
            continue
        seen.add(key)
        for name in _GROUPS.get(one.drawing, (one.drawing,)):
            yield _actor(one, name), one.relation


def _actor(one: Subject, name: str) -> Actor:
    thing = named_things.thing(name)
    many = one.count if one.count > 1 or not thing.alive or singular(one.words) == one.words else _SOME
    tint = _unlike_its_fur(name, named_colour(one.colour))
    actor = Actor(thing, one.drawing, one.words, min(_MOST, many), tint, one.size, one.face)
    vessel, of, _ = one.words.partition(" of ")
    if of and (relation := _FILLED.get(singular(vessel))) and name not in {vessel, *SERVED}:
        actor.base, actor.relation = Actor(named_things.thing(singular(vessel)), singular(vessel), vessel), relation
    return actor


def _unlike_its_fur(name: str, colour: str) -> str:
    """The colour, unless the animal has it anyway: a red fox is orange."""
    table, drawn = library.table("figures")["beasts"], library.table("heads")["drawn"]
    fur = table[upright(name)][0] if upright(name) in table else drawn.get(name, {}).get("fur", "")
    same = colour and fur and not (neutral(fur) or neutral(colour)) and hue_gap(fur, colour) < _SAME_HUE
    return "" if same else colour


def _joined(last: Actor, actor: Actor, relation: str) -> bool:
    """Whether a thing belongs to the one before: it is worn, held, ridden, or carries it."""
    alive = last.thing.alive
    garment = Garment(actor.thing.name, actor.tint, actor.words)
    if _has_already(last, actor):
        last.shows = f"{last.shows} {actor.shows}"
        return True
    if last.thing.name in _CONTAINERS and relation == "" and actor.thing.place == named_things.TABLE:
        _fill(last, actor)
        return True
    if garment.kind and (relation == "wears" or (alive and relation in ("", "with"))):
        last.worn = (*last.worn, garment)
        return True
    if garment.kind == "eyes" and relation == "with" and last.thing.place == named_things.TABLE:
        last.worn = (*last.worn, garment)
        return True
    in_hand = actor.thing.place == named_things.HAND or actor.thing.name in library.table("poses")["held"]["raised"]
    held = relation == "holds" or (relation == "with" and in_hand)
    held = held or (relation == "" and actor.thing.name in _PLAYED)
    light = actor.thing.size <= _HELD or actor.thing.name in library.table("poses")["held"]["hand"]
    if held and light and alive and not last.held and not actor.thing.alive:
        last.held = actor
        return True
    swims = last.thing.place == named_things.WATER and last.thing.alive
    if swims and relation in ("", "in") and actor.thing.name == "bowl" and not last.base:
        last.base, last.relation = actor, "in"
        return True
    if last.face == "sleeping" and relation in ("", "in") and actor.thing.name in _BEDS and not last.base:
        last.base, last.relation = actor, "on"
        return True
    inside = relation in ("", "in") and actor.thing.name in _HOLLOW
    inside = inside and (alive or last.thing.place == named_things.TABLE)
    if ((relation == "rides" and alive) or inside) and not last.base:
        last.base, last.relation = actor, "rides"
        return True
    scenery = actor.thing.place in (named_things.BUILDING, named_things.TREE) and relation == "before"
    if relation in _STACKED and not last.base and not scenery:
        last.base, last.relation = actor, relation
        return True
    return False


def _has_already(last: Actor, actor: Actor) -> bool:
    """Whether the drawing of the thing before shows this one as well: food its plate, a birthday cake its candles."""
    if (last.thing.name, actor.thing.name) == ("laptop", "desk"):
        last.thing, last.tint = actor.thing, actor.tint  # this desk has a laptop
        return True
    if last.thing.name in SERVED:
        return actor.thing.name in _DISHES
    return (last.thing.name, actor.thing.name) in (("birthday-cake", "candle"), ("witch", "broom"))


def _fill(container: Actor, food: Actor) -> None:
    """'A bowl of soup' is one thing: food whose drawing has a bowl, or food on a plate."""
    own = replace(container)
    container.thing, container.words, container.tint = food.thing, food.words, food.tint
    if food.thing.name in SERVED:
        container.shows = f"{own.shows} {food.shows}"
    else:
        container.shows, container.base, container.relation = food.shows, own, "on"


def _list_for(objects: SceneObjects, actor: Actor) -> list[Actor]:
    thing = actor.thing
    if thing.alive and thing.place in (named_things.GROUND, named_things.HAND):
        return objects.figures
    shelves = {
        named_things.TREE: objects.trees,
        named_things.BUILDING: objects.buildings,
        named_things.SKY: objects.sky,
        named_things.WATER: objects.water,
    }
    return objects.ground if actor.base else shelves.get(thing.place, objects.ground)
