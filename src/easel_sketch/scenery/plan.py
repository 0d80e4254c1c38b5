"""What a landscape shows, decided from a brief: place, hour, season, weather, and the things that stand in it."""

import functools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from easel_sketch import library
from easel_sketch.colour.colour_words import requested_colours
from easel_sketch.colour.palette import Palette
from easel_sketch.parts.figure import has_body
from easel_sketch.parts.named_things import thing
from easel_sketch.reading import nouns
from easel_sketch.reading.brief import Brief
from easel_sketch.reading.subjects import Subject
from easel_sketch.scenery.hours import Hour, hour, in_palette, leaning, toned_down

SECTION = "scenery"  # of `variants.toml`
_USUAL = ("day", "golden", "dawn", "dusk")
_USUAL_AT = {"space": ("night",), "moon": ("night",), "underwater": ("day",), "city": ("dusk", "day", "night", "dawn")}
_WARM_AND_COLD = {"warm": ("golden", "dusk"), "cold": ("day", "blue")}
_GREY = {"rain": 0.5, "storm": 0.66, "cloudy": 0.3, "mist": 0.3, "snowfall": 0.4}
_GLOOM = {"rain": 0.16, "storm": 0.42}
_MOST_THINGS = 9
_BOTH = frozenset({"sheep", "geese"})
_SINGULAR = ("ss", "us", "is")
_TREES = frozenset({"evergreen-tree", "deciduous-tree", "palm-tree"})
_SPARSE = frozenset({"hills", "savanna", "meadow"})
_BY_PLACE = {"building": ("shore", 0.22), "tree": ("ground", 0.26), "water": ("water", 0.14), "sky": ("sky", 0.1)}
_GROUPS = frozenset({"flock", "herd", "fleet", "group"})


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that stands in a place: the drawing's name, how many, the colour as written, and its size."""

    name: str
    subject: Subject
    role: str
    tall: float

    @property
    def count(self) -> int:
        last = self.subject.words.rpartition(" ")[2]
        ends = last.endswith("s") and not last.endswith(_SINGULAR)
        plural = ends or nouns.singular(last) != last or last in _BOTH
        return self.subject.count if self.subject.count > 1 else 3 if plural else 1


@dataclass(frozen=True, slots=True)
class Plan:
    """`features` are the names of variants, places and drawings that the brief asks for; `layout` selects among the
    ways to arrange the place; `shows` are the names of what the pixels show.
    """

    place: str
    hour: str
    season: str
    features: frozenset[str]
    things: tuple[Thing, ...]
    layout: int
    shows: tuple[str, ...]

    def has(self, *names: str) -> bool:
        return not self.features.isdisjoint(names)


def plan(brief: Brief, drawn: Iterable[str], index: int, place: str = "") -> Plan:
    """The plan of the image with this index. `drawn` are the places that can be drawn, `place` one that is given."""
    drawn = frozenset(drawn)
    features = frozenset(
        (
            *brief.variants.get(SECTION, ()),
            *(one.place for one in brief.subjects if one.place),
            *(one.drawing for one in brief.subjects if one.drawing and not one.near),
        )
    )
    place = place or _place(brief, drawn)
    things = tuple(_things(brief, place))
    season = brief.setting.season or ("winter" if "snowfall" in features else "")
    tone = next(iter(sorted(features & {*_WARM_AND_COLD})), "")
    usual = _USUAL_AT.get(place, _WARM_AND_COLD.get(tone, _USUAL))
    own = _celestial(brief)
    time = brief.setting.time or ("night" if own & {"full-moon", "crescent-moon", "glowing-star", "aurora"} else "")
    return Plan(
        place=place,
        hour=time or usual[index % len(usual)],
        season=season,
        features=features,
        things=things,
        layout=index % 4,
        shows=tuple(sorted({*_shows(place, features, things, season), *_shown_by(brief, place)})),
    )


def _celestial(brief: Brief) -> frozenset[str]:
    return frozenset(one.drawing for one in brief.subjects if one.drawing) | {*brief.variants.get(SECTION, ())}


def _place(brief: Brief, drawn: frozenset[str]) -> str:
    """The first place that is more than the ground or the sky of another; else a place that the lexicon names."""
    named = [one.place for one in brief.subjects if one.place in drawn and not _is_moon_above(one, brief)]
    strong = [place for place in named if place not in _table()["weak"]["places"]]
    if strong:
        return strong[0]
    biome = brief.setting.biome
    air = _table()["air"]["drawings"]
    if not (named or biome) and brief.subjects and all(one.drawing in air for one in brief.subjects):
        return "sky"
    if named and biome not in drawn:
        return named[0]
    return biome if biome in drawn and not named else named[0] if named else "hills"


def _is_moon_above(one: Subject, brief: Brief) -> bool:
    """Whether the moon is in the sky of another place: only what is on it, or its surface, is on the moon."""
    if one.place != "moon":
        return False
    said = " ".join(other.words for other in brief.subjects)
    return one.relation != "on" and "surface" not in said and "earth" not in said and len(brief.subjects) > 1


def _things(brief: Brief, place: str) -> Iterator[Thing]:
    """The subjects that are no places, and that no part of the place shows already."""
    part_of_it = {*_table()["implied"].get(place, ()), *_table()["air"]["drawings"]}
    found: dict[str, Thing] = {}
    for one in brief.subjects:
        own = own_drawing(one)
        if one.place or not (own or one.drawing) or one.words in _GROUPS:
            continue
        among = own in _TREES and place not in _SPARSE  # a tree among trees
        if (among and own in part_of_it) or (one.drawing in part_of_it and not own) or not (own or _stands(one)):
            continue
        name = own or one.drawing
        if name == "sailboat" and "fishing-boat" in brief.variants.get(SECTION, ()):
            name = "fishing-boat"
        role, tall = standing(name)
        found.setdefault(name, Thing(name, one, role, tall * _SIZES.get(one.size, 1.0)))
    for name in brief.variants.get(SECTION, ()):
        if (
            (name in _table()["own"] or name == "cactus")
            and name not in found
            and not any(_shows_it(other, name) for other in found.values())
        ):
            role, tall = standing(name)
            found[name] = Thing(name, Subject(name), role, tall)
    yield from tuple(found.values())[:_MOST_THINGS]


def _stands(one: Subject) -> bool:
    """Whether the drawing of a subject may stand in a landscape: it is listed, or it is an animal or a person."""
    listed = any(one.drawing in entries for entries in _table()["standing"].values())
    return listed or thing(one.drawing).place in _BY_PLACE or (not one.near and is_whole_animal(one.drawing))


_SIZES = {"tiny": 0.5, "small": 0.75, "large": 1.4, "huge": 1.8}


def _shows_it(one: Thing, name: str) -> bool:
    return name in (one.name, one.subject.drawing)


def own_drawing(one: Subject) -> str:
    """The drawing of ours for a thing; empty if it is drawn as an icon."""
    last = one.words.rpartition(" ")[2] if one.near or not one.drawing else ""
    return _own().get(one.words) or _own().get(one.drawing if not one.near else "") or _own().get(last, "")


def standing(name: str) -> tuple[str, float]:
    """Where a thing stands, and its height as a share of the image's."""
    for role, entries in _table()["standing"].items():
        if name in entries:
            return str(role), float(entries[name])
    return _BY_PLACE.get(thing(name).place, ("ground", 0.16))


def is_whole_animal(drawing: str) -> bool:
    """Whether a drawing is of an animal from head to foot; those of heads get a body in vignettes only."""
    return thing(drawing).alive and not has_body(drawing)


def has_people(brief: Brief) -> bool:
    """Whether a brief asks for a person or an animal that only a vignette can draw."""
    return any(one.drawing and thing(one.drawing).alive and has_body(one.drawing) for one in brief.subjects)


def belongs(one: Subject) -> bool:
    """Whether a subject may lead a landscape: a place, or what stands in landscapes."""
    if one.place or own_drawing(one):
        return True
    in_table = any(one.drawing in entries for entries in _table()["standing"].values())
    parts = {name for part in ("implied", "within") for names in _table()[part].values() for name in names}
    return in_table or one.drawing in parts or one.drawing in _table()["air"]["drawings"]


def _shown_by(brief: Brief, place: str) -> Iterator[str]:
    """The names of subjects that the place shows by itself: pine trees at a waterfall."""
    implied = _table()["implied"].get(place, ())
    for one in brief.subjects:
        if own_drawing(one) in implied:
            yield nouns.singular(one.words).replace(" ", "-")


def _shows(place: str, features: frozenset[str], things: tuple[Thing, ...], season: str) -> Iterator[str]:
    table = _table()
    yield place
    yield from table["implied"].get(place, ())
    yield from features & {*table["within"].get(place, ())}
    yield from features & {*table["air"]["drawings"]}
    for feature in features & {*table["air"]["means"]}:
        yield from table["air"]["means"][feature]
    yield from table["seasons"].get(season, ())
    if "mountains" in features and "mountains" in table["within"].get(place, ()):
        yield from table["implied"]["mountains"][:2]
    for one in things:
        yield one.name
        if own_drawing(one.subject):
            yield nouns.singular(one.subject.words).replace(" ", "-")
        if one.subject.drawing:
            yield one.subject.drawing


def light_of(brief: Brief, palette: Palette, plan: Plan) -> Hour:
    """The light of the hour in the weather of the plan and in the colours that the prompt asks for."""
    light = hour(plan.hour)
    neon = plan.place == "city" and plan.has("neon")
    named = requested_colours(brief.asked)
    # One colour alone may be that of a meadow; two, or a word like "tones", are for the whole image.
    if neon or len(named.colours) > 1 or (plan.has("toned") and (named.mood or named.colours)):
        light = in_palette(light, palette, 0.3 if neon else 0.6)
    for name, share in _GREY.items():
        if plan.has(name):
            light = toned_down(light, share)
            light = leaning(light, "#20242e", _GLOOM.get(name, 0.0))
            break
    if plan.has("warm") and not neon:
        light = leaning(light, "#ff9a3e", 0.24)
    elif plan.has("cold") and not neon:
        light = leaning(light, "#4c86d8", 0.3)
    return toned_down(light, 0.5) if plan.has("muted") else light


def _table() -> Any:
    return library.table("things")


@functools.cache
def _own() -> dict[str, str]:
    return {word: name for name, found in library.table("things")["own"].items() for word in (name, *found)}
