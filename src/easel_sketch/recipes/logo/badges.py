"""Logos in an enclosing shape: a round badge with a banner, and a shield."""

from math import cos, pi, sin

from easel_sketch.colour.mixing import mix, readable
from easel_sketch.drawing import icons
from easel_sketch.drawing.commission import Commission
from easel_sketch.drawing.geometry import Box
from easel_sketch.drawing.ink import circle, path, polygon, rect, ring, star, trace
from easel_sketch.parts.stack import Row, stack
from easel_sketch.recipes.logo.marks import Brand, small_rows


def badge(job: Commission, brand: Brand) -> str:
    """A round badge: rings, the icon above, the name on a banner, other texts below."""
    x, y = job.page.centre
    r = min(job.page.w, job.page.h) * 0.375
    face = brand.pale if not job.palette.dark else mix(brand.ground, brand.lead, 0.08)
    art = [circle(x, y, r, brand.lead), circle(x, y, r * 0.93, face), ring(x, y, r * 0.875, brand.lead, r * 0.012)]
    art += [_ray(x, y, r * 0.83, i, brand.second, r) for i in range(72)] if job.detail else []
    art += (
        [circle(x, y, r * 0.78, face), circle(x, y - r * 0.33, r * 0.4, mix(face, brand.second, 0.34))]
        if brand.icon
        else []
    )
    half = r * 1.16
    band = Box(x - half, y + r * 0.04, half * 2, r * 0.36)
    if brand.icon:
        art.append(icons.placed(brand.icon, x, y - r * 0.33, r * 0.58, brand.ramp))
    else:
        art.append(polygon(star(5, x, y - r * 0.34, r * 0.26), brand.second))
    art += [_banner(band, brand, r)]
    ink = readable(brand.pale, brand.lead, least=4.6)
    name = stack(
        job,
        band.inset(r * 0.14, r * 0.035),
        [Row(brand.name, job.faces.head, 1, ink)],
        align="center",
        anchor="center",
        most=140,
    )
    art += [polygon(star(5, x + side * r * 0.56, y - r * 0.24, r * 0.055), brand.second) for side in (-1, 1)]
    below = Box(x - r * 0.5, band.bottom + r * 0.06, r, r * 0.26)
    more = (
        stack(job, below, small_rows(job, brand, face, brand.lead), align="center", anchor="center", most=42)
        if brand.more
        else ""
    )
    if not brand.more:
        art.append(
            "".join(polygon(star(5, x + dx * r, y + r * 0.58, r * 0.05), brand.second) for dx in (-0.16, 0, 0.16))
        )
    return job.page.svg("".join(art)) + name + more


def _ray(x: float, y: float, r: float, i: int, tone: str, whole: float) -> str:
    at = 2 * pi * i / 72
    return circle(x + cos(at) * r, y + sin(at) * r, whole * 0.011, tone)


def _banner(box: Box, brand: Brand, r: float) -> str:
    """A ribbon with folded, forked ends."""
    fold, drop = r * 0.16, r * 0.07
    dark = mix(brand.lead, "#000000", 0.35)
    parts = []
    for side in (-1, 1):
        edge = box.x if side < 0 else box.right
        inner, outer = edge - side * fold, edge + side * fold * 0.75
        tail = [
            (inner, box.y + drop),
            (outer, box.y + drop),
            (outer - side * fold * 0.5, box.centre[1] + drop),
            (outer, box.bottom + drop),
            (inner, box.bottom + drop),
        ]
        parts.append(polygon(tail, mix(brand.lead, brand.second, 0.25)))
        parts.append(polygon([(inner, box.bottom), (edge, box.bottom), (inner, box.bottom + drop)], dark))
    return "".join(parts) + rect(box.x, box.y, box.w, box.h, brand.lead)


def shield(job: Commission, brand: Brand) -> str:
    """A shield: the icon above, the name on a band, other texts in the point or below."""
    page = job.page
    h = min(page.h * 0.84, page.w * 0.98)
    w = h * 0.84
    box = Box(page.centre[0] - w / 2, page.centre[1] - h / 2, w, h)
    x = box.centre[0]
    outer = _shield(box)
    rim, core = box.inset(w * 0.035, w * 0.035), box.inset(w * 0.055, w * 0.055)
    face = brand.pale if not job.palette.dark else mix(brand.ground, brand.lead, 0.12)
    band = Box(box.x - w * 0.05, box.y + h * 0.47, w * 1.1, h * 0.18)
    art = [path(outer, brand.lead), path(_shield(rim), face), path(_shield(core), mix(face, brand.second, 0.24))]
    art.append(f'<defs><clipPath id="core"><path d="{_shield(core)}"/></clipPath></defs>')
    if job.detail:
        rays = "".join(
            polygon(
                [(x, box.y + h * 0.5), (x + (i - 0.25) * w * 0.16, box.y), (x + (i + 0.25) * w * 0.16, box.y)],
                mix(face, brand.second, 0.42),
            )
            for i in range(-5, 6)
        )
        art.append(f'<g clip-path="url(#core)">{rays}</g>')
    art.append(f'<g clip-path="url(#core)">{rect(box.x, band.bottom, w, h, brand.lead)}</g>')
    art.append(
        icons.placed(brand.icon, x, box.y + h * 0.28, h * 0.32, brand.ramp)
        if brand.icon
        else polygon(star(5, x, box.y + h * 0.28, h * 0.13), brand.lead)
    )
    art.append(rect(band.x, band.y, band.w, band.h, mix(brand.lead, "#000000", 0.22), h * 0.012))
    art.append(
        rect(band.x, band.y, band.w, h * 0.01, brand.second)
        + rect(band.x, band.bottom - h * 0.01, band.w, h * 0.01, brand.second)
    )
    ink = readable(brand.pale, mix(brand.lead, "#000000", 0.22), least=4.6)
    name = stack(
        job,
        band.inset(w * 0.05, h * 0.022),
        [Row(brand.name, job.faces.head, 1, ink)],
        align="center",
        anchor="center",
        most=150,
    )
    point = Box(x - w * 0.26, band.bottom + h * 0.02, w * 0.52, h * 0.16)
    more = (
        stack(job, point, small_rows(job, brand, brand.lead, brand.pale), align="center", anchor="center", most=40)
        if brand.more
        else ""
    )
    if not brand.more:
        art.append(polygon(star(5, x, band.bottom + h * 0.1, h * 0.045), brand.second))
    return page.svg("".join(art)) + name + more


def _shield(box: Box) -> str:
    x, top = box.centre[0], box.y
    return trace(
        "M", x, top, "C", x + box.w * 0.2, top + box.h * 0.07, x + box.w * 0.36, top + box.h * 0.07,
        box.right, top + box.h * 0.06,
        "V", top + box.h * 0.46, "C", box.right, top + box.h * 0.76, x + box.w * 0.2, top + box.h * 0.92, x, box.bottom,
        "C", x - box.w * 0.2, top + box.h * 0.92, box.x, top + box.h * 0.76, box.x, top + box.h * 0.46,
        "V", top + box.h * 0.06,
        "C", x - box.w * 0.36, top + box.h * 0.07, x - box.w * 0.2, top + box.h * 0.07, x, top, "Z",
    )  # fmt: skip
