"""Scenery of two kinds. `vector` draws flat SVG for any box: behind figures and icons, in panels, comics and rooms.

`raster` computes the pixels of a whole page, with light, haze and reflections: landscapes without figures, and the
ground of posters. `hours` and `plants` serve both.

`SCENES` are the vector scenes of `themes.toml`, each with the place of its leading figure.
"""

from collections.abc import Callable
from dataclasses import dataclass

from easel_sketch.scenery.vector import backgrounds, garden, outdoors
from easel_sketch.scenery.vector.grounds import Weather
from easel_sketch.scenery.vector.stage import Stage


@dataclass(frozen=True, slots=True)
class Scene:
    """How to draw a scene, and where its leading figure stands: centre and size as shares of width and height."""

    draw: Callable[[Stage], str]
    x: float
    y: float
    size: float
    has_figure: bool = False


def _landscape(place: str, sun: tuple[float, float], figure: tuple[float, float]) -> Scene:
    """A landscape with a large sun behind the figure; `sun` and `figure` are heights and sizes."""
    weather = Weather(sun_x=0.5, sun_y=sun[0], sun_r=sun[1], horizon=0.72)

    def draw(stage: Stage) -> str:
        return outdoors.behind(stage, place, weather) + outdoors.before(stage, place, weather)

    return Scene(draw, 0.5, *figure)


SCENES = {
    "hills": _landscape("hills", (0.46, 0.24), (0.58, 0.5)),
    "mountains": _landscape("mountains", (0.34, 0.16), (0.66, 0.42)),
    "sea": _landscape("water", (0.44, 0.22), (0.6, 0.44)),
    "sunset": _landscape("bay", (0.56, 0.29), (0.55, 0.5)),
    "city": _landscape("city", (0.42, 0.23), (0.62, 0.42)),
    "garden": Scene(garden.garden, 0.52, 0.47, 0.62, has_figure=True),
    "space": Scene(backgrounds.space, 0.5, 0.5, 0.46),
    "bokeh": Scene(backgrounds.bokeh, 0.5, 0.52, 0.5),
    "table": Scene(backgrounds.table, 0.5, 0.56, 0.5),
    "grid": Scene(backgrounds.grid, 0.5, 0.52, 0.46),
    "rays": Scene(backgrounds.rays, 0.5, 0.52, 0.5),
    "shapes": Scene(backgrounds.shapes, 0.5, 0.52, 0.46),
    "confetti": Scene(backgrounds.confetti, 0.5, 0.54, 0.48),
}
