"""A town across the water, without words: by day, at dusk with its windows lit, at night, or in neon."""

from easel_sketch.drawing.commission import Commission, Page
from easel_sketch.scenery.raster import places


def draw(job: Commission) -> Page:
    return Page("", lambda: places.skyline(job))
