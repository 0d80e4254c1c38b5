"""Interiors and still lifes: furniture in a room, or tableware and fruit on a table."""

from easel_sketch.drawing.commission import Commission
from easel_sketch.drawing.ornament import grain_overlay
from easel_sketch.parts.named_things import Thing, is_drawn, thing
from easel_sketch.parts.scene_objects import SceneObjects, scene_objects
from easel_sketch.reading import variants
from easel_sketch.recipes import card
from easel_sketch.recipes.still_life.laid_table import laid_table
from easel_sketch.recipes.still_life.room import furnished_room
from easel_sketch.scenery.hours import hour_of
from easel_sketch.scenery.vector.interior import decor_of
from easel_sketch.scenery.vector.stage import page_stage

_ROOMS = frozenset({"armchair", "sofa", "bed", "desk", "kitchen", "bedroom", "living", "fireplace", "bookshelf", "rug"})


def draw(job: Commission) -> str:
    if job.brief.texts or job.insets:
        return card.draw(job)
    return room(job, scene_objects(job))


def room(job: Commission, objects: SceneObjects) -> str:
    """A room if the prompt names one or a figure, else a table."""
    pieces = job.brief.variants.get("rooms", ())
    hour = hour_of(job.brief.setting.time, job.index)
    decor = decor_of(job.palette, night=hour == "night" or "candle" in job.brief.lighting, index=job.index)
    stage = page_stage(job, hour, job.brief.setting.season)
    at_home = bool(objects.figures) or not _ROOMS.isdisjoint(pieces) or {"lamp", "window"} <= set(pieces)
    small = _small_things(job)
    drawn = (
        furnished_room(job, stage, decor, pieces, objects, small)
        if at_home
        else laid_table(job, stage, decor, pieces, small)
    )
    return job.page.svg(drawn) + grain_overlay(job, 0.4)


def _small_things(job: Commission) -> list[Thing]:
    """The subjects that are no pieces of a room or a table: those are drawn in another way."""
    return [
        thing(one.drawing)
        for one in job.brief.subjects
        if is_drawn(one.drawing) and not variants.in_order("rooms", one.words)
    ]
