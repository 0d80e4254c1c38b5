"""A landscape without words: mountains, sea, desert, forest or hills, at the hour and in the season that is named."""

from easel_sketch import library
from easel_sketch.drawing.commission import Commission, Page
from easel_sketch.recipes import vignette
from easel_sketch.scenery.raster import places


def draw(job: Commission) -> str | Page:
    """Somebody or something in a landscape is a picture of them, and the place is their ground."""
    if job.named and job.named[0] not in library.table("things")["icons"]:
        return vignette.draw(job)
    return Page("", lambda: places.landscape(job))
