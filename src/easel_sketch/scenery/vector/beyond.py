"""Under water, in space and on Mars, as SVG."""

from easel_sketch.colour.mixing import mix
from easel_sketch.drawing.ink import circle, fall, glow, oval, polygon, rect, stroke, trace
from easel_sketch.scenery.vector.grounds import Weather, ridge
from easel_sketch.scenery.vector.places import lawn, lit
from easel_sketch.scenery.vector.sky import stars
from easel_sketch.scenery.vector.stage import Stage


def underwater(stage: Stage, weather: Weather) -> str:
    """Blue water with rays, plants and a sandy floor."""
    w, h, rng = stage.w, stage.h, stage.rng
    tones = ("#1d5f96", "#0f3f74", "#08284f") if stage.dark else ("#7fdbe6", "#37a3cf", "#1568a8")
    parts = [fall("deep", *tones), rect(0, 0, w, h, "url(#deep)")]
    for i in range(7):
        x = w * (0.08 + 0.14 * i)
        parts.append(
            polygon(
                [(x, 0), (x + w * 0.05, 0), (x + w * rng.uniform(0.1, 0.2), h * 0.8), (x - w * 0.02, h * 0.8)],
                "#ffffff",
                'opacity=".1"',
            )
        )
    parts.append(ridge(stage, h * 0.74, h * 0.05, 3, mix(tones[2], "#0a1c3a", 0.35)))
    parts.append(ridge(stage, h * 0.87, h * 0.012, 3, mix("#ecd9a6", tones[2], 0.3)))
    for x in (0.04, 0.1, 0.16, 0.83, 0.9, 0.96):
        tall, tone = h * rng.uniform(0.16, 0.34), rng.choice(("#ff7f6a", "#2fae7a", "#f2a84a", "#3fbf8f", "#d96fae"))
        for dx in (-0.03, 0.0, 0.03):
            bend = w * 0.012
            parts.append(
                stroke(
                    trace(
                        *("M", w * (x + dx), h * 0.93, "q", bend, -tall * 0.25, 0.0, -tall * 0.5),
                        *("t", -bend, -tall * rng.uniform(0.3, 0.5)),
                    ),
                    mix(tone, tones[2], 0.2),
                    14 * stage.u,
                )
            )
    parts += [
        circle(
            rng.uniform(0, w),
            rng.uniform(0, h * 0.8),
            rng.uniform(3, 9) * stage.u,
            "none",
            f'stroke="#ffffff" stroke-width="{2 * stage.u:.1f}" opacity=".6"',
        )
        for _ in range(28)
    ]
    return "".join(parts)


def space(stage: Stage, weather: Weather) -> str:
    """Stars and clouds of light, a planet with a ring, a moon; nothing to stand on."""
    w, h, rng = stage.w, stage.h, stage.rng
    parts = [fall("void", "#0a0c24", "#171a4a", "#2b2560"), rect(0, 0, w, h, "url(#void)")]
    for tone, x, y in (("#7a4fd0", 0.25, 0.3), ("#2f7fd0", 0.7, 0.62), ("#d0508f", 0.86, 0.2)):
        name = f"haze{tone[1:]}"
        parts += [glow(name, f"{tone}@.45", f"{tone}@0"), circle(w * x, h * y, max(w, h) * 0.3, f"url(#{name})")]
    parts.append(stars(stage, (70, 150, 260)[stage.detail]))
    x, y, r = w * 0.8, h * 0.26, h * 0.13
    for back in (True, False):
        arc = trace("M", x - r * 1.7, y, "A", r * 1.7, r * 0.4, "0 0", "1" if back else "0", x + r * 1.7, y)
        ring = stroke(arc, "#f2dcae", r * 0.13, f'transform="rotate(-14 {x:.0f} {y:.0f})"')
        parts += (
            [ring]
            if not back
            else [
                ring,
                circle(x, y, r, "#e0935a"),
                oval(x, y - r * 0.3, r * 0.94, r * 0.16, "#eab07a"),
                oval(x, y + r * 0.32, r * 0.92, r * 0.14, "#c2703f"),
            ]
        )
    parts += [circle(w * 0.14, h * 0.7, h * 0.05, "#b9b4c8"), circle(w * 0.13, h * 0.69, h * 0.012, "#8f8aa4")]
    parts += [circle(rng.uniform(0, w), rng.uniform(0, h), 2.4 * stage.u, "#ffffff") for _ in range(30)]
    return "".join(parts)


def mars(stage: Stage, weather: Weather) -> str:
    w, h = stage.w, stage.h
    red = lit(stage, "#c4633a")
    parts = [fall("dust", "#a8765a", "#e0ab82") + rect(0, 0, w, h, "url(#dust)") if not stage.dark else ""]
    parts += [
        ridge(stage, h * 0.56, h * 0.05, 4, mix(red, "#e0ab82", 0.5)),
        ridge(stage, h * 0.62, h * 0.03, 3, mix(red, "#e0ab82", 0.2)),
        lawn(stage, 0.68, red),
    ]
    parts += [
        oval(
            stage.rng.uniform(0, w),
            h * stage.rng.uniform(0.72, 1),
            16 * stage.u,
            7 * stage.u,
            mix(red, "#4a1c10", 0.45),
        )
        for _ in range(26)
    ]
    return "".join(parts)
