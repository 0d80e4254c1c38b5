"""Places at the water: waves in the open sea, and a sun going down over a calm bay."""

from easel_sketch.colour.mixing import mix
from easel_sketch.drawing.ink import path, rect, ring, stroke
from easel_sketch.scenery.vector.land import bush, ridge
from easel_sketch.scenery.vector.sky import backdrop, clouds, sun
from easel_sketch.scenery.vector.stage import Stage


def sea(stage: Stage) -> str:
    light, w, h = stage.light, stage.w, stage.h
    parts = [backdrop(stage), sun(stage, w * 0.5, h * 0.44, min(w, h) * 0.22), clouds(stage, 0.28)]
    rows = (4, 5, 6)[stage.detail]
    for row in range(rows):
        tone = mix(mix(light.water, light.halo, 0.3), mix(light.deep, light.water, 0.25), row / (rows - 1))
        parts.append(_waves(stage, h * (0.6 + 0.36 * row / (rows - 1)), h * (0.012 + 0.006 * row), row, tone))
    return "".join(parts)


def _waves(stage: Stage, y: float, swell: float, row: int, fill: str) -> str:
    length = stage.w / (9 - row)
    start = -length * (1 + (row % 2) * 0.5 + 0.3 * stage.rng.random())
    count = int(stage.w / length) + 4
    crest = f"M{start:.1f} {y:.1f}" + "".join(
        f"q{length / 4:.1f} {-swell * 2:.1f} {length / 2:.1f} 0t{length / 2:.1f} 0" for _ in range(count)
    )
    foam = stroke(crest, mix(fill, stage.light.bright, 0.5), 2 * stage.u) if stage.detail else ""
    return path(f"{crest}V{stage.h:.1f}H{start:.1f}Z", fill) + foam


def sunset(stage: Stage) -> str:
    """A great ringed disc touching the water, banks of trees, and its light broken into bars."""
    light, w, h = stage.light, stage.w, stage.h
    horizon, x, r = h * 0.7, w * 0.5, min(w, h) * 0.29
    parts = [backdrop(stage), clouds(stage, 0.36), sun(stage, x, horizon - r * 0.42, r)]
    for i in range((0, 8, 14)[stage.detail]):
        grooves = 'opacity=".22" ' + (f'stroke-dasharray="{r * 3:.0f} {r * 0.2:.0f}"' if i % 3 == 0 else "")
        parts.append(ring(x, horizon - r * 0.42, r * (0.36 + 0.046 * i), light.far, 2 * stage.u, grooves))
    parts += [
        ridge(stage, horizon - h * 0.035, h * 0.012, 7, light.far),
        ridge(stage, horizon - h * 0.016, h * 0.008, 9, light.mid),
        rect(0, horizon, w, h - horizon, mix(light.water, light.near, 0.45)),
        _bars(stage, x, horizon, r),
    ]
    for side, inward in ((0.0, 1), (1.0, -1)):
        foot = horizon + h * 0.035
        x0, curve = w * side, f"{inward * w * 0.18:.1f} {-h * 0.012:.1f} {inward * w * 0.3:.1f} {h * 0.022:.1f}"
        bank = f"M{x0:.1f} {foot - h * 0.02:.1f}q{curve}L{x0:.1f} {foot + h * 0.02:.1f}Z"
        parts.append(path(bank, light.deep))
        for step, size in ((0.03, 0.27), (0.12, 0.18), (0.2, 0.11)):
            parts.append(
                bush(stage, w * (side + inward * step), foot, h * size * stage.rng.uniform(0.9, 1.1), light.deep)
            )
    return "".join(parts)


def _bars(stage: Stage, x: float, top: float, r: float) -> str:
    parts = []
    for i in range((7, 11, 15)[stage.detail]):
        wide = r * 1.9 * (1 - i * 0.05) * stage.rng.uniform(0.7, 1)
        y = top + (6 + i * 8 + i * i * 0.9) * stage.u * 1.25
        tone = mix(stage.light.sun, stage.light.far, min(1, i / 9))
        at = x - wide / 2 + stage.rng.uniform(-14, 14) * stage.u
        parts.append(rect(at, y, wide, (4 + i * 0.5) * stage.u, tone, 4, f'opacity="{max(0.15, 0.9 - i * 0.06):.2f}"'))
    return "".join(parts)
