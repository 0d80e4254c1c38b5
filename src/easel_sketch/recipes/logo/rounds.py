"""Round logos: a disc with the mark, a ring with the name around it, a disc cut by waves, and circles in a circle."""

from math import cos, pi, sin

from easel_sketch.colour.mixing import mix, readable
from easel_sketch.drawing import icons
from easel_sketch.drawing.commission import Commission
from easel_sketch.drawing.geometry import Box
from easel_sketch.drawing.ink import circle, path, ring, trace
from easel_sketch.drawing.shown import shown
from easel_sketch.parts.stack import Row, stack
from easel_sketch.recipes.logo.marks import Brand, small_rows


def draw(job: Commission, brand: Brand) -> str:
    """The round mark, with the name below it or, in every second image, inside."""
    page = job.page
    style, texts = job.index % 4, bool(brand.name)
    inside = texts and style in (1, 3)
    r = min(page.w, page.h) * (0.4 if inside or not texts else 0.27)
    x, y = page.centre[0], page.centre[1] if inside or not texts else page.h * 0.38
    art = shown((_plain, _ringed, _waved, _orbits)[style](brand, x, y, r, inside=inside), "circle")
    return page.svg(art) + (_name(job, brand, x, y, r, inside=inside) if texts else "")


def _name(job: Commission, brand: Brand, x: float, y: float, r: float, *, inside: bool) -> str:
    u, page = job.unit, job.page
    if inside:
        box = Box(x - r * 0.72, y + r * (0.02 if brand.icon else -0.3), r * 1.44, r * (0.46 if brand.icon else 0.6))
        ground = brand.lead
        rows = [Row(brand.name, job.faces.head, 1, readable(brand.pale, ground, least=4.6))]
        rows += small_rows(job, brand, ground, brand.pale)
        return stack(job, box, rows, align="center", anchor="center", most=110)
    top = y + r + 40 * u
    box = Box(page.w * 0.1, top, page.w * 0.8, page.h * 0.93 - top)
    rows = [Row(brand.name, job.faces.head, 1, readable(brand.lead, brand.ground, least=4.6))]
    return stack(job, box, [*rows, *small_rows(job, brand, brand.ground, brand.lead)], align="center", most=104)


def _figure(brand: Brand, x: float, y: float, size: float) -> str:
    ramp = (mix(brand.lead, "#000000", 0.35), brand.second, brand.pale, brand.pale)
    return icons.placed(brand.icon, x, y, size, ramp) if brand.icon else ""


def _plain(brand: Brand, x: float, y: float, r: float, *, inside: bool) -> str:
    """A disc with the mark, or with a rising half disc."""
    disc = circle(x, y, r, brand.lead)
    if brand.icon:
        return disc + _figure(brand, x, y, r * 1.2)
    half = path(
        trace("M", x - r * 0.62, y + r * 0.12, "A", r * 0.62, r * 0.62, 0, "0", "1", x + r * 0.62, y + r * 0.12, "Z"),
        brand.pale,
    )
    return disc + half + circle(x, y + r * 0.44, r * 0.2, brand.second)


def _ringed(brand: Brand, x: float, y: float, r: float, *, inside: bool) -> str:
    """A disc inside a ring of dots."""
    count = 48
    dots = "".join(
        circle(x + cos(2 * pi * i / count) * r * 0.87, y + sin(2 * pi * i / count) * r * 0.87, r * 0.018, brand.second)
        for i in range(count)
    )
    disc = circle(x, y, r, brand.lead) + ring(x, y, r * 0.95, brand.second, r * 0.02) + dots
    if brand.icon:
        return disc + _figure(brand, x, y - (r * 0.36 if inside else 0), r * (0.66 if inside else 1.0))
    return disc + ("" if inside else ring(x, y, r * 0.42, brand.pale, r * 0.16) + circle(x, y, r * 0.14, brand.second))


def _waved(brand: Brand, x: float, y: float, r: float, *, inside: bool) -> str:
    """A disc whose lower part is cut off by a wave in the second colour."""
    wave = trace(
        "M", x - r, y + r * 0.28, "C", x - r * 0.35, y - r * 0.1, x + r * 0.25, y + r * 0.7, x + r, y + r * 0.22
    )
    clip = f'<defs><clipPath id="round">{circle(x, y, r, "#000000")}</clipPath></defs>'
    low = path(wave + trace("V", y + r, "H", x - r, "Z"), brand.second)
    body = circle(x, y, r, brand.lead) + f'{clip}<g clip-path="url(#round)">{low}</g>'
    return body + (_figure(brand, x, y - r * 0.06, r * 1.1) or circle(x, y - r * 0.3, r * 0.26, brand.pale))


def _orbits(brand: Brand, x: float, y: float, r: float, *, inside: bool) -> str:
    """Circles that touch on one side, the inner ones paler."""
    if inside or brand.icon:
        shapes = circle(x, y, r, brand.second) + circle(x, y, r * 0.93, brand.lead)
        return shapes + _figure(brand, x, y - (r * 0.36 if inside else 0), r * (0.62 if inside else 1.1))
    tones = (brand.lead, brand.second, brand.pale)
    return "".join(
        circle(x, y + r * share, r * (1 - share), tone) for share, tone in zip((0, 0.3, 0.58), tones, strict=True)
    )
