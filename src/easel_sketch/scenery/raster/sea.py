"""The sea or a lake, reflecting what is at the horizon, and a beach in front if the prompt mentions one."""

from easel_sketch.colour.mixing import mix
from easel_sketch.drawing.ink import path, rect, trace
from easel_sketch.scenery import plants
from easel_sketch.scenery.raster import relief, sky, water
from easel_sketch.scenery.raster.relief import Layer
from easel_sketch.scenery.raster.view import View


def sea(view: View) -> None:
    still = view.mentions("lake")
    if still or view.mentions("coast"):
        relief.add(view, Layer(view.horizon / view.h, 0.09, 3, 5, "#6b7f7a", 0.6, faces=0.6))
    _at_horizon(view)
    day = view.light.name == "day"
    tint = mix(mix(view.light.sky[1], "#1c6f8c", 0.45 if day else 0.15), view.light.land, 0.2)
    water.mirror(view, view.horizon, tint, rough=0.15 if still else 0.8)
    if not day:
        water.reflect_sun(view)
    if view.detail and view.light.name != "night":
        view.overlay(sky.birds(view.w, view.h, view.rng, mix(view.light.land, view.light.haze, 0.35)))
    if view.mentions("beach"):
        _beach(view)


def _at_horizon(view: View) -> None:
    """A lighthouse or a boat, if mentioned, at the horizon and away from the sun."""
    parts = []
    left = view.sun.x > view.w / 2
    if view.mentions("lighthouse"):
        parts.append(_lighthouse(view, view.w * (0.2 if left else 0.8), view.h * 0.22))
    if view.mentions("boat"):
        parts.append(_sailboat(view, view.w * (0.36 if left else 0.62), view.h * 0.12))
    view.overlay("".join(parts))


def _sailboat(view: View, x: float, tall: float) -> str:
    y, sail = view.horizon, mix(view.light.cloud, "#ffffff", 0.4)
    main = trace("M", x, y - tall, "L", x + tall * 0.5, y - tall * 0.16, "H", x, "Z")
    jib = trace("M", x - tall * 0.05, y - tall * 0.86, "L", x - tall * 0.34, y - tall * 0.16, "H", x - tall * 0.05, "Z")
    hull = trace(
        "M", x - tall * 0.42, y - tall * 0.12, "H", x + tall * 0.5, "L", x + tall * 0.36, y, "H", x - tall * 0.3, "Z"
    )
    return path(main, sail) + path(jib, mix(sail, view.light.shade, 0.35)) + path(hull, view.light.land)


def _lighthouse(view: View, x: float, tall: float) -> str:
    light, y = view.light, float(view.horizon)
    share = 0.35 if light.dark else 0.11
    pale, red = mix(mix(light.cloud, "#ffffff", 0.45), light.land, share), mix("#c8412f", light.land, share)
    half, top = tall * 0.1, y - tall * 0.98
    parts = [_rock(view, x, y, tall)]
    for band in range(5):
        upper, lower = top + tall * (0.12 + 0.13 * band), top + tall * (0.25 + 0.13 * band)
        w0, w1 = half * (0.66 + 0.08 * band), half * (0.74 + 0.08 * band)
        shape = trace("M", x - w0, upper, "H", x + w0, "L", x + w1, lower, "H", x - w1, "Z")
        parts.append(path(shape, pale if band % 2 else red))
    roof = trace("M", x - half * 0.62, top, "L", x, top - tall * 0.075, "L", x + half * 0.62, top, "Z")
    parts += [
        rect(x - half * 0.95, top + tall * 0.1, half * 1.9, tall * 0.025, light.land),
        rect(x - half * 0.42, top, half * 0.84, tall * 0.1, "#ffe9a8"),
        path(roof, red),
    ]
    if light.name != "day":
        parts += [_beam(x, top, tall, side) for side in (-1, 1)]
    return "".join(parts)


def _rock(view: View, x: float, y: float, tall: float) -> str:
    crest = y - tall * 0.24
    shape = trace(
        *("M", x - tall * 0.75, y + 2, "Q", x - tall * 0.4, y - tall * 0.22, x - tall * 0.1, crest),
        *("Q", x + tall * 0.35, y - tall * 0.22, x + tall * 0.7, y + 2, "Z"),
    )
    return path(shape, mix(view.light.land, view.light.haze, 0.15))


def _beam(x: float, top: float, tall: float, side: int) -> str:
    far = x + side * tall * 3.4
    shape = trace("M", x, top + tall * 0.05, "L", far, top - tall * 0.2, "V", top + tall * 0.34, "Z")
    return path(shape, "#ffe9a8", 'opacity=".16"')


def _beach(view: View) -> None:
    w, h, light = view.w, view.h, view.light
    relief.add(view, Layer(0.97, 0.1, 1.3, 2, relief.material("ground", "sand"), 0.0, faces=0.3, foot=1.2))
    side = -1 if view.sun.x > w / 2 else 1
    tones = mix(light.land, "#5b4030", 0.35), mix(light.land, "#2f7a55", 0.0 if light.dark else 0.5)
    view.overlay(
        "".join(
            plants.palm(w / 2 + side * w * reach, h * 0.95, h * tall, -side * lean, tones, view.rng)
            for reach, tall, lean in ((0.4, 0.58, 0.2), (0.47, 0.44, 0.1))
        )
    )
