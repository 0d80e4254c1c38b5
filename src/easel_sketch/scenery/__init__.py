"""Places for a picture to happen in. Each scene is a function from a Stage to SVG; this file chooses among them."""

from collections.abc import Callable
from dataclasses import dataclass

from easel_sketch.scenery.vector import abstract, built, land, sky, water
from easel_sketch.scenery.vector.stage import Stage


@dataclass(frozen=True, slots=True)
class Scene:
    """How to draw a place, and where its leading figure stands: centre and size as shares of width and height."""

    draw: Callable[[Stage], str]
    x: float
    y: float
    size: float
    has_figure: bool = False


SCENES = {
    "garden": Scene(land.garden, 0.52, 0.47, 0.62, has_figure=True),
    "hills": Scene(land.hills, 0.5, 0.58, 0.5),
    "mountains": Scene(land.mountains, 0.5, 0.66, 0.42),
    "sea": Scene(water.sea, 0.5, 0.6, 0.44),
    "sunset": Scene(water.sunset, 0.5, 0.55, 0.5),
    "space": Scene(sky.space, 0.5, 0.5, 0.46),
    "bokeh": Scene(sky.bokeh, 0.5, 0.52, 0.5),
    "city": Scene(built.city, 0.5, 0.62, 0.42),
    "table": Scene(built.table, 0.5, 0.56, 0.5),
    "grid": Scene(built.grid, 0.5, 0.52, 0.46),
    "rays": Scene(abstract.rays, 0.5, 0.52, 0.5),
    "shapes": Scene(abstract.shapes, 0.5, 0.52, 0.46),
    "confetti": Scene(abstract.confetti, 0.5, 0.54, 0.48),
}

__all__ = ["SCENES", "Scene", "Stage"]
