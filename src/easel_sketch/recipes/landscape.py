"""A landscape without text: the place of the prompt at its hour, season and weather, and what stands in it."""

from easel_sketch.drawing.commission import Commission, Page
from easel_sketch.recipes import vignette
from easel_sketch.scenery.plan import belongs, has_people
from easel_sketch.scenery.raster import places


def draw(job: Commission) -> str | Page:
    """People, or a thing that is named first, make it a vignette with the place as its background."""
    if job.brief.subjects and (not belongs(job.brief.subjects[0]) or has_people(job.brief)):
        return vignette.draw(job)
    return Page("", lambda: places.landscape(job), places.shown(job))
