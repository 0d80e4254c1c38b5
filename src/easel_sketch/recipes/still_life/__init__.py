"""Rooms and still lifes: drawn furniture on a floor, or tableware and fruit on a cloth, lit by window and lamp."""

from easel_sketch.drawing.commission import Commission
from easel_sketch.drawing.ornament import tooth
from easel_sketch.parts import variants
from easel_sketch.parts.casting import Cast, cast
from easel_sketch.parts.named import named_in
from easel_sketch.recipes import card
from easel_sketch.recipes.still_life.laid_table import laid_table
from easel_sketch.recipes.still_life.room import furnished
from easel_sketch.scenery.hours import hour_of
from easel_sketch.scenery.vector.interior import decor_of
from easel_sketch.scenery.vector.stage import page_stage

_ROOMS = frozenset({"armchair", "sofa", "bed", "desk", "kitchen", "bedroom", "living", "fireplace", "bookshelf", "rug"})


def draw(job: Commission) -> str:
    if job.brief.texts or job.insets:
        return card.draw(job)
    return room(job, cast(job))


def room(job: Commission, part: Cast) -> str:
    """A room if one is named or somebody is at home in it, else a table."""
    wanted = variants.in_order("rooms", job.brief.scene)
    hour = hour_of(job.brief.setting.time, job.index)
    decor = decor_of(job.palette, night=hour == "night" or "candle" in job.brief.lighting, index=job.index)
    stage = page_stage(job, hour, job.brief.setting.season)
    at_home = bool(part.heroes) or not _ROOMS.isdisjoint(wanted) or {"lamp", "window"} <= set(wanted)
    small = named_in(_without_drawn(job.brief.scene), job.brief.unwanted)
    drawn = (
        furnished(job, stage, decor, wanted, part, small) if at_home else laid_table(job, stage, decor, wanted, small)
    )
    return job.page.svg(drawn) + tooth(job, 0.4)


def _without_drawn(text: str) -> str:
    """The text without the words for what is drawn, so that no icon stands for them as well."""
    for _, finder in variants.finders("rooms"):
        for hit in reversed(list(finder.finditer(text))):
            text = f"{text[: hit.start()]} {text[hit.end() :]}"
    return text
