"""Rolling country: far hills in the haze, fields with trees, grass at the viewer's feet."""

from easel_sketch.colour.mixing import mix
from easel_sketch.scenery.raster import woods
from easel_sketch.scenery.raster.relief import Layer
from easel_sketch.scenery.raster.view import View


def paint(view: View) -> None:
    leaf = woods.leaves(view)
    edge = view.horizon / view.h
    woods.land(view, Layer(edge, 0.12, 4, 4, mix(leaf, "#8aa0b0", 0.5), 0.72, faces=0.5))
    for place in range(4):
        base = edge + 0.07 + 0.1 * place
        field = mix(leaf, "#d9c56b", 0.22 * (place % 2))
        haze = 0.46 - 0.13 * place
        top = woods.land(view, Layer(base, 0.1, 3 - 0.3 * place, 3, field, haze, faces=0.9, foot=base + 0.05))
        woods.scattered(view, top, max(0.0, haze - 0.08), 0.04 + 0.03 * place, 3 + 2 * view.detail)
    woods.meadow(view)
