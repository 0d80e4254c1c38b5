"""A landscape without words: mountains, sea, desert, forest or hills, at the hour and in the season that is named."""

from easel.providers.sketch import library
from easel.providers.sketch.commission import Commission, Page
from easel.providers.sketch.painted import places
from easel.providers.sketch.recipes import vignette


def draw(job: Commission) -> str | Page:
    """Somebody or something in a landscape is a picture of them, and the place is their ground."""
    if job.named and job.named[0] not in library.table("painted/things")["icons"]:
        return vignette.draw(job)
    return Page("", lambda: places.landscape(job))
