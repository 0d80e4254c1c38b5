"""A landscape without text: the place of the prompt at its hour, season and weather, and what stands in it."""

from easel_sketch.drawing.commission import Commission, Page
from easel_sketch.parts.named_things import thing
from easel_sketch.recipes import vignette
from easel_sketch.scenery.plan import belongs, has_people
from easel_sketch.scenery.raster import places


def draw(job: Commission) -> str | Page:
    """People, an animal or a thing that is named first, make it a vignette with the place as its background."""
    subjects = job.brief.subjects
    if subjects and (not belongs(subjects[0]) or has_people(job.brief) or _is_of_animals(job)):
        return vignette.draw(job)
    return Page("", lambda: places.landscape(job), places.shown(job))


def _is_of_animals(job: Commission) -> bool:
    """Whether an animal is named first, and its place is one that a vignette shows."""
    first = job.brief.subjects[0].drawing
    return bool(first) and thing(first).alive and bool(vignette.backdrop(job.brief.place) or not job.brief.place)
