"""The open sea, reflecting the sky, with land at the horizon if the plan asks for a coast."""

from easel_sketch.colour.mixing import mix
from easel_sketch.scenery.raster import relief, sky, things, water
from easel_sketch.scenery.raster.relief import Layer
from easel_sketch.scenery.raster.view import View


def sea(view: View) -> None:
    if view.has("coast", "island", "mountains", "hills"):
        relief.add(view, Layer(view.horizon / view.h, 0.09, 3, 5, "#6b7f7a", 0.6, faces=0.6))
    view.bank = float(view.horizon)
    things.on_shore(view)
    water.mirror(view, view.horizon, water.tint_of(view), rough=0.8)
    if view.light.name not in ("day", "blue") and not view.has("mist", "rain", "storm", "cloudy"):
        water.reflect_sun(view)
    if view.detail and not view.light.dark:
        view.overlay(sky.birds(view.w, view.h, view.rng, mix(view.light.land, view.light.haze, 0.35)))
    view.surface = (view.horizon + view.h * 0.03, view.h * 0.8)
