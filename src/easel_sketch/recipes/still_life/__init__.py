"""Interiors and still lifes: furniture and figures in a room, or tableware and fruit on a table."""

from easel_sketch import library
from easel_sketch.drawing.commission import Commission
from easel_sketch.drawing.ornament import grain_overlay
from easel_sketch.drawing.shown import names_in
from easel_sketch.parts.figure import ground_shadow
from easel_sketch.parts.groups import Setting, group_of, seen
from easel_sketch.parts.named_things import HAND, ROOM, TABLE
from easel_sketch.parts.scene_objects import SERVED, Actor, SceneObjects, scene_objects
from easel_sketch.reading import variants
from easel_sketch.recipes import card
from easel_sketch.recipes.still_life.laid_table import ROUND, laid_table
from easel_sketch.recipes.still_life.room import furnished_room
from easel_sketch.recipes.still_life.rooms import is_special, room_of
from easel_sketch.scenery.hours import hour_of
from easel_sketch.scenery.vector.interior import Decor, decor_of
from easel_sketch.scenery.vector.stage import Stage, page_stage

_FURNITURE = frozenset(
    {"armchair", "sofa", "bed", "desk", "kitchen", "bedroom", "living", "fireplace", "bookshelf", "rug"}
)
_GLASSES = frozenset(  # things that the words of a bottle or a cup also mean
    {"wine-glass", "clinking-glasses", "beer-mug", "cocktail-glass", "tumbler-glass", "glass-of-milk", "mug"}
)
_EVEN = 0.66  # the power of sizes of what stands in a room
_MOST = 0.62  # the most height of a person in a room, as a share of the image's
_HOMES = {"living-room": "living", "bedroom": "bedroom", "kitchen": "kitchen"}


def draw(job: Commission) -> str:
    if job.brief.texts or job.insets:
        return card.draw(job)
    objects = scene_objects(job, (job.brief.place,))
    furnished = not _FURNITURE.isdisjoint(job.brief.variants.get("rooms", ()))
    return room(job, objects) if is_room(job) or objects.figures or furnished else table(job, objects)


def is_room(job: Commission) -> bool:
    """Whether the brief's place is indoors, or it says so without a place."""
    place, pieces = job.brief.place, job.brief.variants.get("rooms", ())
    if place:
        return place in library.table("nouns")["kinds"]["still_life"]
    indoors = "indoors" in job.brief.variants.get("action", ())
    return indoors and (not _FURNITURE.isdisjoint(pieces) or {"lamp", "window"} <= set(pieces) or not pieces)


def room(job: Commission, objects: SceneObjects) -> str:
    """The room of the brief's place with the figures and things in it; a furnished one if no place is named."""
    stage, decor = _light(job)
    place, pieces = job.brief.place, job.brief.variants.get("rooms", ())
    if is_special(place) and not _own_furniture(job):
        tints = {one.shows: one.tint for one in objects.actors if one.tint}
        bases = frozenset(one.base.thing.name for one in objects.actors if one.base)
        drawn = room_of(job, stage, decor, place, tints, bases)
        there = names_in(drawn)
        people = [*objects.figures, *objects.ground, *objects.sky]
        people = [one for one in people if one.shows not in there or not _is_plain(one)]
    else:
        named = _by_piece(job)
        taken = {one.drawing for one in job.brief.subjects if variants.in_order("rooms", one.words)}
        small = [
            one.thing for one in objects.ground if one.thing.place in (TABLE, HAND) and one.thing.name not in taken
        ]
        small = [one for one in small if one.size <= 0.5]
        home = (_HOMES[place], *pieces) if place in _HOMES else pieces
        based = [one for one in objects.actors if one.base and variants.in_order("rooms", one.base.words)]
        rest = ("bookshelf", "lamp", "plant") if based else tuple(dict.fromkeys(home))
        drawn = furnished_room(job, stage, decor, rest, small, {} if based else named, lead=not based)
        people = [
            one
            for one in (*objects.figures, *objects.ground)
            if one.thing not in small and (based or not _is_piece(one, taken))
        ]
    return job.page.svg(drawn + _inhabitants(job, stage, people)) + grain_overlay(job, 0.4)


def table(job: Commission, objects: SceneObjects) -> str:
    """A laid table with what is named on it."""
    stage, decor = _light(job)
    whole = _GLASSES | SERVED | ROUND
    small = [one for one in objects.actors if one.thing.name in whole or not variants.in_order("rooms", one.words)]
    within = {name for one in objects.actors for name in one.shows.split()[1:]}  # a birthday cake's candles
    words = [one.words for one in small if one.thing.name not in ROUND]
    words += [one.words for one in job.brief.subjects if one.drawing in within]
    others = {piece for text in words for piece in variants.in_order("rooms", text)}
    pieces = tuple(piece for piece in job.brief.variants.get("rooms", ()) if piece not in others)
    drawn = laid_table(job, stage, decor, pieces, small, _by_piece(job))
    return job.page.svg(drawn) + grain_overlay(job, 0.4)


def _light(job: Commission) -> tuple[Stage, Decor]:
    hour = hour_of(job.brief.setting.time or ("day" if job.index % 4 == 0 else ""), job.index)
    decor = decor_of(job.palette, night=hour == "night" or "candle" in job.brief.lighting, index=job.index)
    return page_stage(job, hour, job.brief.setting.season), decor


def _own_furniture(job: Commission) -> bool:
    """Whether the prompt names furniture that the room of its place does not have."""
    own = {"kitchen": {"kitchen"}, "bedroom": {"bed", "bedroom", "lamp", "plant"}, "library": {"bookshelf", "books"}}
    pieces = {name for name in job.brief.variants.get("rooms", ()) if name in _FURNITURE}
    return job.brief.place in _HOMES and bool(pieces - own.get(job.brief.place, set()) - {_HOMES[job.brief.place]})


def _by_piece(job: Commission) -> dict[str, tuple[str, ...]]:
    """For each piece of a room or a table the drawings of the subjects it shows."""
    found: dict[str, tuple[str, ...]] = {}
    for one in job.brief.subjects:
        for piece in variants.in_order("rooms", one.words):
            names = (name for name in (one.drawing, one.place) if name)
            found[piece] = (*found.get(piece, ()), *names)
    return found


def _is_plain(actor: Actor) -> bool:
    """Whether a thing is no more than the furniture of a room may be."""
    return actor.count == 1 and not (actor.face or actor.held or actor.worn or actor.base)


def _is_piece(actor: Actor, taken: set[str]) -> bool:
    return actor.shows in taken and actor.thing.place in (ROOM, TABLE, HAND, "wall", "ground")


def _inhabitants(job: Commission, stage: Stage, actors: list[Actor]) -> str:
    """Figures and things on the floor in front, the main one in the middle and large."""
    if not actors:
        return ""
    groups = seen([group_of(one, place, Setting(job, stage, _EVEN)) for place, one in enumerate(actors[:6])])
    spread = sum(group.wide for group in groups) * 1.12
    share = (0.56, 0.5, 0.6, 0.54)[job.index % 4]
    scale = min(stage.h * share / max(group.high for group in groups), stage.w * 0.92 / spread, stage.h * _MOST)
    order = [0]
    for place in range(1, len(groups)):
        order = [*order, place] if (place % 2 == 1) != job.mirrored else [place, *order]
    x = stage.w / 2 - spread * scale / 2
    drawn = []
    for place in order:
        group = groups[place]
        middle, foot = x + group.wide * scale * 0.56, stage.h * (0.95 if place == 0 else 0.925)
        shadow = "" if group.airy or group.crowded else ground_shadow(middle, foot, group.wide * scale)
        drawn.append((place, shadow + group.draw(middle, foot, scale)))
        x += group.wide * scale * 1.12
    return "".join(markup for _, markup in sorted(drawn, key=lambda one: -one[0]))
