"""A landscape without text: mountains, sea, desert, forest or hills, at the named time and season."""

from easel_sketch import library
from easel_sketch.drawing.commission import Commission, Page
from easel_sketch.recipes import vignette
from easel_sketch.scenery.raster import places


def draw(job: Commission) -> str | Page:
    """A named figure or thing makes it a vignette with the landscape as its background."""
    if job.named and job.named[0] not in library.table("things")["icons"]:
        return vignette.draw(job)
    return Page("", lambda: places.landscape(job), (places.place_of(job),))
