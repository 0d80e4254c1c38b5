"""Mountains: two ranges with snow, woods at their feet, and a lake or a meadow before them."""

from easel_sketch.colour.mixing import mix
from easel_sketch.scenery.raster import water, woods
from easel_sketch.scenery.raster.relief import Layer
from easel_sketch.scenery.raster.view import View


def paint(view: View) -> None:
    edge = view.horizon / view.h
    snow = 0.95 if view.season == "winter" or view.names("snow") else 0.42
    rock = woods.material("ground", "rock")
    woods.land(view, Layer(edge, 0.24, 6, 6, rock, 0.74, sharp=True, snow=snow * 0.8, faces=0.8))
    woods.land(view, Layer(edge + 0.02, 0.42, 3.2, 7, rock, 0.3, sharp=True, snow=snow, faces=1.2))
    woods.conifers(view, edge + 0.03, 0.07, 0.46, 0.045, 150)
    woods.conifers(view, edge + 0.055, 0.05, 0.26, 0.075, 90)
    if view.names("lake") or view.names("water"):
        tint = mix(view.light.sky[1], view.light.land, 0.45)
        water.mirror(view.image, view.light, view.rng, int(view.h * (edge + 0.07)), tint, rough=0.12)
        woods.shores(view)
    else:
        woods.conifers(view, edge + 0.14, 0.07, 0.12, 0.12, 40)
        woods.meadow(view)
