"""Boats and balloons as SVG in the light of the hour; see `craft`."""

from easel_sketch.colour.mixing import mix
from easel_sketch.drawing.ink import circle, path, rect, stroke, trace
from easel_sketch.scenery.raster.view import View

WINDOW = "#ffe2a0"


def sailboat(view: View, x: float, foot: float, tall: float, haze: float, colour: str) -> str:
    light, y = view.light, foot
    sail, hull = light.on("#fbf7ee", haze), light.off(colour or "#7a3b2c", haze)
    main = trace("M", x, y - tall, "Q", x + tall * 0.3, y - tall * 0.5, x + tall * 0.46, y - tall * 0.17, "H", x, "Z")
    jib = trace("M", x - tall * 0.03, y - tall * 0.9, "L", x - tall * 0.36, y - tall * 0.17, "H", x - tall * 0.03, "Z")
    body = trace(
        *("M", x - tall * 0.46, y - tall * 0.13, "H", x + tall * 0.52, "Q", x + tall * 0.44, y, x + tall * 0.3, y),
        *("H", x - tall * 0.26, "Q", x - tall * 0.4, y - tall * 0.02, x - tall * 0.46, y - tall * 0.13, "Z"),
    )
    mast = rect(x - tall * 0.012, y - tall, tall * 0.018, tall * 0.88, light.off("#6d4a36", haze))
    return mast + path(main, sail) + path(jib, light.off("#e6dccb", haze)) + path(body, hull)


def fishing_boat(view: View, x: float, foot: float, tall: float, haze: float, colour: str) -> str:
    """A small trawler: raised bow, wheelhouse, mast with rigging, a lamp."""
    light, y, t = view.light, foot, tall
    hull = colour or ("#2f6f9a", "#b5432f", "#2f7a5c", "#d9a23c")[int(view.rng.integers(0, 4))]
    body = trace(
        *("M", x - t * 0.85, y - t * 0.3, "Q", x - t * 0.2, y - t * 0.24, x + t * 0.4, y - t * 0.3),
        *("Q", x + t * 0.7, y - t * 0.34, x + t * 0.95, y - t * 0.48, "Q", x + t * 0.82, y - t * 0.12, x + t * 0.6, y),
        *("H", x - t * 0.72, "Z"),
    )
    rim = trace(
        *("M", x - t * 0.85, y - t * 0.3, "Q", x - t * 0.2, y - t * 0.24, x + t * 0.4, y - t * 0.3),
        *("Q", x + t * 0.7, y - t * 0.34, x + t * 0.95, y - t * 0.48),
    )
    house = light.on("#f4efe4", haze)
    lamp = WINDOW if light.dark else light.off("#4b6478", haze)
    rope = light.off("#5a5148", haze)
    parts = [
        rect(x - t * 0.02, y - t * 1.02, t * 0.03, t * 0.76, rope),
        stroke(
            trace("M", x, y - t, "L", x + t * 0.92, y - t * 0.48, "M", x, y - t, "L", x - t * 0.8, y - t * 0.32),
            rope,
            t * 0.012,
        ),
        rect(x - t * 0.5, y - t * 0.58, t * 0.38, t * 0.34, house),
        rect(x - t * 0.55, y - t * 0.63, t * 0.48, t * 0.06, light.off("#8a3b2c", haze)),
        *(rect(x - t * (0.46 - 0.12 * i), y - t * 0.52, t * 0.09, t * 0.11, lamp) for i in range(3)),
        path(body, light.on(hull, haze)),
        path(
            trace("M", x - t * 0.79, y - t * 0.13, "H", x + t * 0.73, "L", x + t * 0.6, y, "H", x - t * 0.72, "Z"),
            light.off(hull, haze),
        ),
        stroke(rim, house, t * 0.04),
    ]
    if light.dark:
        parts += [
            circle(x + t * 0.01, y - t * 1.02, t * 0.05, WINDOW),
            circle(x, y - t * 1.02, t * 0.16, WINDOW, 'opacity=".25"'),
        ]
    return "".join(parts)


def rowboat(view: View, x: float, foot: float, tall: float, haze: float, colour: str) -> str:
    light, y, t = view.light, foot, tall
    wood = colour or "#9a5f35"
    body = trace(
        *("M", x - t * 2, y - t * 0.85, "Q", x, y - t * 0.45, x + t * 2, y - t * 0.9),
        *("Q", x + t * 1.7, y - t * 0.1, x + t * 1.1, y, "H", x - t * 1.2),
        *("Q", x - t * 1.8, y - t * 0.1, x - t * 2, y - t * 0.85, "Z"),
    )
    inside = trace(
        *("M", x - t * 1.9, y - t * 0.8, "Q", x, y - t * 0.95, x + t * 1.9, y - t * 0.84),
        *("Q", x, y - t * 0.4, x - t * 1.9, y - t * 0.8, "Z"),
    )
    oar = stroke(
        trace("M", x - t * 0.6, y - t * 0.95, "L", x + t * 0.8, y - t * 0.02), light.on("#d9b98a", haze), t * 0.09
    )
    return path(body, light.on(wood, haze)) + path(inside, light.off(mix(wood, "#2a1a10", 0.3), haze)) + oar


def balloon(view: View, x: float, foot: float, tall: float, haze: float, colour: str) -> str:
    """A hot air balloon: gores in two colours, ropes and a basket."""
    light, t = view.light, tall
    pairs = (("#d8483c", "#f6e2b8"), ("#2f7fb5", "#f6c945"), ("#e8823c", "#fbf2e0"), ("#3f9a7a", "#f2d06a"))
    one, two = pairs[int(view.rng.integers(0, 4))]
    top, neck, wide = foot - t, foot - t * 0.22, t * 0.37
    parts = []
    for share, tone in ((1.0, colour or one), (0.72, two), (0.44, colour or one), (0.15, two)):
        reach = wide * share
        shape = trace(
            *("M", x - reach * 0.22, neck, "C", x - reach * 0.9, foot - t * 0.42, x - reach * 1.3, top, x, top),
            *("C", x + reach * 1.3, top, x + reach * 0.9, foot - t * 0.42, x + reach * 0.22, neck, "Z"),
        )
        parts.append(path(shape, light.on(tone, haze)))
    rope = trace("M", x - wide * 0.2, neck, "L", x - t * 0.045, foot - t * 0.1)
    rope += trace(" M", x + wide * 0.2, neck, "L", x + t * 0.045, foot - t * 0.1)
    parts.append(stroke(rope, light.off("#5a4a3c", haze), t * 0.008))
    parts.append(rect(x - t * 0.055, foot - t * 0.11, t * 0.11, t * 0.11, light.off("#8a5c34", haze), t * 0.015))
    return "".join(parts)
