"""A photo studio: backdrop with light, an arch or a disc, and a plinth of the requested material."""

from dataclasses import dataclass

from easel_sketch.colour.mixing import mix
from easel_sketch.drawing.commission import HIGH, LOW, Commission
from easel_sketch.drawing.ink import circle, fall, moved, oval, path, rect, stroke, trace


@dataclass(frozen=True, slots=True)
class StudioSet:
    """The position and width of the plinth's top, and the colours of wall and forms."""

    x: float
    top: float
    wide: float
    wall: str
    form: str
    dark: str


def studio(job: Commission, place: StudioSet, floor: float) -> str:
    """Everything behind and under the product, as SVG."""
    page, wall = job.page, place.wall
    parts = [rect(0, 0, page.w, page.h, wall)]
    if job.detail:
        parts.append(_softbox(place.x / page.w, wall))
        parts.append(rect(0, 0, page.w, page.h, "url(#softbox)"))
    parts.append(_floor(job, place, floor))
    parts.append((_arch, _disc, _steps, _arch)[job.index % 4](job, place, floor))
    if job.detail == HIGH:
        parts.append(_blinds(job) if job.index % 2 == 0 else _frond(job, place))
    return "".join([*parts, _plinth(job, place, floor)])


def _softbox(x: float, wall: str) -> str:
    stops = ((0, mix(wall, "#ffffff", 0.62)), (0.5, mix(wall, "#ffffff", 0.14)), (1, mix(wall, "#000000", 0.2)))
    marks = "".join(f'<stop offset="{at}" stop-color="{tone}"/>' for at, tone in stops)
    return f'<defs><radialGradient id="softbox" cx="{x:.2f}" cy=".36" r=".85">{marks}</radialGradient></defs>'


def _floor(job: Commission, place: StudioSet, floor: float) -> str:
    """A backdrop sweep: wall and floor merge smoothly."""
    page = job.page
    near, far = mix(place.wall, "#ffffff", 0.2), mix(place.wall, "#000000", 0.1)
    return fall("sweep", f"{far}@0", f"{far}@.6", f"{near}@1") + rect(
        0, floor - page.h * 0.1, page.w, page.h, "url(#sweep)"
    )


def _arch(job: Commission, place: StudioSet, floor: float) -> str:
    r = place.wide * 0.66
    x = place.x
    top = max(job.page.h * 0.07 + r, place.top - place.wide * 1.02)
    d = trace("M", x - r, floor, "V", top, "A", r, r, 0, "0", "1", x + r, top, "V", floor, "Z")
    inner = trace(
        "M", x - r * 0.86, floor, "V", top, "A", r * 0.86, r * 0.86, 0, "0", "1", x + r * 0.86, top, "V", floor, "Z"
    )
    return path(d, mix(place.form, "#ffffff", 0.14)) + (
        fall("niche", mix(place.form, "#000000", 0.14), mix(place.form, "#ffffff", 0.24)) + path(inner, "url(#niche)")
        if job.detail
        else ""
    )


def _disc(job: Commission, place: StudioSet, floor: float) -> str:
    r = place.wide * 0.72
    y = place.top - place.wide * 0.52
    return fall("moon", mix(place.form, "#ffffff", 0.35), place.form) + circle(
        place.x, y, r, "url(#moon)" if job.detail else place.form
    )


def _steps(job: Commission, place: StudioSet, floor: float) -> str:
    """Blocks of different heights at both sides."""
    u, parts = job.unit, []
    for side, dx, wide, high in ((-1, 0.8, 0.34, 0.5), (1, 0.86, 0.4, 0.3), (1, 1.32, 0.26, 0.66)):
        w, h = place.wide * wide, place.wide * high
        x = place.x + side * place.wide * dx - w / 2
        parts.append(
            rect(x, floor + 10 * u - h, w, h + 20 * u, place.form)
            + rect(x, floor + 10 * u - h, w, 12 * u, mix(place.form, "#ffffff", 0.4))
        )
        parts.append(rect(x + w * 0.72, floor + 22 * u - h, w * 0.28, h + 8 * u, place.dark, 0, 'opacity=".14"'))
    return "".join(parts)


def _blinds(job: Commission) -> str:
    """Light through blinds on the wall."""
    page, parts = job.page, []
    lean = page.h * 0.24
    for i in range(5):
        y = page.h * (0.06 + 0.1 * i)
        parts.append(
            path(
                trace(
                    *("M", page.w * 0.02, y + lean, "L", page.w * 0.5, y, "V", y + page.h * 0.055),
                    *("L", page.w * 0.02, y + lean + page.h * 0.055, "Z"),
                ),
                "#ffffff",
            )
        )
    flip = f' transform="translate({page.w:.0f} 0) scale(-1 1)"' if job.mirrored else ""
    return f'<g opacity=".13"{flip}>{"".join(parts)}</g>'


def _frond(job: Commission, place: StudioSet) -> str:
    """The shadow of a palm leaf on the wall."""
    page, long = job.page, job.page.h * 0.62
    parts = [stroke(trace("M", 0.0, 0.0, "Q", long * 0.5, -long * 0.34, long, -long * 0.16), place.dark, long * 0.012)]
    for i in range(4, 30):
        t = i / 30
        x, y = long * t, -2 * t * (1 - t) * long * 0.34 - t * t * long * 0.16
        for side in (-1, 1):
            size = long * 0.34 * (1 - abs(t - 0.45))
            leaf = trace(
                "M", 0.0, 0.0, "Q", size * 0.4, -size * 0.07, size, 0.0, "Q", size * 0.4, size * 0.05, 0.0, 0.0, "Z"
            )
            parts.append(moved(x, y, path(leaf, place.dark), side * (64 - 34 * t) - 12))
    x = page.w * (-0.06 if not job.mirrored else 1.06)
    drawn = f'<g transform="scale({-1 if job.mirrored else 1} 1)">{"".join(parts)}</g>'
    return moved(x, page.h * 0.4, drawn, extra='opacity=".12"')


def _plinth(job: Commission, place: StudioSet, floor: float) -> str:
    """A round plinth in marble, wood, stone or the colour of the wall."""
    stuff = job.brief.variant("stuff")
    face = {"marble": "#f3f1ef", "wood": "#b98355", "stone": "#b8b4ae"}.get(stuff, mix(place.wall, "#ffffff", 0.66))
    w, ell = place.wide * 0.56, place.wide * 0.085
    x, top, foot = place.x, place.top, floor + place.wide * 0.1
    side = trace("M", x - w, top, "V", foot, "A", w, ell, 0, "0", "0", x + w, foot, "V", top, "Z")
    lit = "".join(
        f'<stop offset="{at}" stop-color="{tone}"/>'
        for at, tone in (
            (0, mix(face, "#000000", 0.1)),
            (0.2, mix(face, "#ffffff", 0.45)),
            (0.55, face),
            (1, mix(face, place.dark, 0.42)),
        )
    )
    parts = [oval(x + w * 0.1, foot + ell * 0.7, w * 1.22, ell * 1.25, place.dark, 'opacity=".2"')]
    parts.append(
        f'<defs><linearGradient id="side" x1="0" x2="1" y1="0" y2="0">{lit}</linearGradient>'
        f'<clipPath id="body"><path d="{side}"/></clipPath></defs>' + path(side, "url(#side)")
    )
    parts.append(f'<g clip-path="url(#body)">{_grain(job, stuff, x, top, w, foot + ell)}</g>')
    lid = mix(face, "#ffffff", 0.5)
    parts.append(oval(x, top, w, ell, lid))
    parts.append(oval(x, top, w, ell, "none", f'stroke="#ffffff" stroke-width="{2.5 * job.unit:.1f}" opacity=".7"'))
    return "".join(parts)


def _grain(job: Commission, stuff: str, x: float, top: float, w: float, foot: float) -> str:
    if job.detail == LOW or stuff not in ("marble", "wood", "stone"):
        return ""
    rng, u, parts = job.rng, job.unit, []
    for _ in range({"marble": 9, "wood": 12, "stone": 0}[stuff]):
        y = rng.uniform(top, foot)
        if stuff == "wood":
            parts.append(
                stroke(
                    trace("M", x - w, y, "q", w * 0.5, rng.uniform(-9, 9) * u, w, 0, "t", w, 0),
                    "#7f5433",
                    rng.uniform(1.4, 3.2) * u,
                    'opacity=".5"',
                )
            )
        else:
            x0 = x + rng.uniform(-1, 0.7) * w
            vein = trace(
                *("M", x0, y, "q", w * 0.2, rng.uniform(-40, 20) * u, w * 0.36, rng.uniform(-10, 60) * u),
                *("t", w * 0.4, rng.uniform(-30, 50) * u),
            )
            parts.append(stroke(vein, "#9b9aa3", rng.uniform(1.2, 4) * u, f'opacity="{rng.uniform(0.25, 0.6):.2f}"'))
    if stuff == "stone":
        parts += [
            circle(
                x + rng.uniform(-1, 1) * w,
                rng.uniform(top, foot),
                rng.uniform(1.5, 4) * u,
                "#77736d",
                'opacity=".5"',
            )
            for _ in range(90)
        ]
    return "".join(parts)
