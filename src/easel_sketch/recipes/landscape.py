"""A landscape without text: the place of the prompt at its hour, season and weather, and what stands in it."""

from easel_sketch.drawing.commission import Commission, Page
from easel_sketch.parts.named_things import GROUND, thing
from easel_sketch.recipes import vignette
from easel_sketch.scenery.plan import belongs, has_people
from easel_sketch.scenery.raster import places

_ON_RAILS = frozenset({"train", "locomotive", "steam-locomotive", "high-speed-train", "railway-car"})


def draw(job: Commission) -> str | Page:
    """People, an animal or a thing that is named first, make it a vignette with the place as its background."""
    subjects = job.brief.subjects
    if subjects and (not belongs(subjects[0]) or has_people(job.brief) or _is_about_one(job)):
        return vignette.draw(job)
    return Page("", lambda: places.landscape(job), places.shown(job))


def _is_about_one(job: Commission) -> bool:
    """Whether an animal, or nothing but a thing on the ground, is named first in a place that a vignette shows."""
    subjects = job.brief.subjects
    if not subjects[0].drawing or not (vignette.backdrop(job.brief.place) or not job.brief.place):
        return False
    first, alone = thing(subjects[0].drawing), sum(bool(one.drawing and not one.place) for one in subjects) == 1
    return first.alive or (alone and first.place == GROUND and first.name not in _ON_RAILS)
