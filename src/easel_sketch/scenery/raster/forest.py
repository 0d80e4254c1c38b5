"""A forest: rows of trees, each nearer and darker, broad ones where a leafy season is named; mist if asked for."""

from easel_sketch.colour.mixing import mix
from easel_sketch.scenery.raster import woods
from easel_sketch.scenery.raster.relief import Layer
from easel_sketch.scenery.raster.view import View


def paint(view: View) -> None:
    edge = view.horizon / view.h
    leaf = woods.leaves(view) if view.season else woods.material("leaves", "pine")
    woods.land(view, Layer(edge - 0.1, 0.12, 3, 4, mix(leaf, "#8aa0b0", 0.4), 0.86, faces=0.4))
    for place in range(4):
        base, haze = edge - 0.06 + 0.1 * place, 0.74 - 0.2 * place
        if view.season in ("spring", "summer", "autumn"):
            woods.grove(view, base, haze, 0.16 + 0.08 * place, 16 - 2 * place)
        else:
            woods.conifers(view, base, 0.05, haze, 0.16 + 0.07 * place, 46 - 7 * place)
        if place and view.names("mist"):
            woods.mist(view, base + 0.05)
    woods.near_trunks(view)
    woods.meadow(view)
