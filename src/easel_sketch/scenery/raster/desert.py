"""A desert: a far ridge and waves of dunes, each with its lit side and its sharp shadow."""

from easel_sketch.colour.mixing import mix
from easel_sketch.drawing import icons
from easel_sketch.scenery.raster import woods
from easel_sketch.scenery.raster.relief import Layer
from easel_sketch.scenery.raster.view import View


def paint(view: View) -> None:
    sand = woods.material("ground", "sand")
    edge = view.horizon / view.h
    woods.land(view, Layer(edge, 0.09, 4, 5, mix(sand, "#9a6a58", 0.4), 0.66, faces=0.6))
    for place in range(4):
        base = edge + 0.11 + 0.115 * place
        haze = 0.42 - 0.13 * place
        lumps = 2.6 - 0.35 * place
        woods.land(view, Layer(base, 0.11, lumps, 2, sand, haze, sharp=True, faces=1.6, foot=base + 0.1))
    if view.names("cactus"):
        dark = view.light.land
        ramp = (dark, mix(dark, "#3f7a55", 0.4), mix(dark, view.light.lit, 0.4))
        view.overlaid(icons.placed("cactus", view.w * 0.2, view.h * 0.74, view.h * 0.34, ramp))
