"""A skyline across the water, without text: by day, at dusk, at night, or in neon colours."""

from easel_sketch.drawing.commission import Commission, Page
from easel_sketch.scenery.raster import places


def draw(job: Commission) -> Page:
    return Page("", lambda: places.landscape(job, "city"), places.shown(job, "city"))
