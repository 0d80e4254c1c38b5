"""A calm backdrop for a single thing: a wall that turns into the floor, with a soft light and one large form."""

from easel_sketch.colour.mixing import fade, mix
from easel_sketch.colour.tone import Tone, hex_of, hue_gap, neutral, tone
from easel_sketch.drawing.commission import Commission
from easel_sketch.drawing.ink import circle, fall, glow, oval, path, rect, trace

_LIGHTS = (0.9, 0.86, 0.93, 0.82)
_MOST_CHROMA = 0.06
_APART = 40  # degrees of hue between the wall and what stands before it


def calm_ground(job: Commission, foot: float, x: float, wide: float, apart_from: str = "") -> str:
    """The whole page as SVG: the thing will stand on (x, foot), `wide` pixels across.

    `apart_from` is the colour of the thing, if it is known: the wall takes another.
    """
    w, h = job.page.w, job.page.h
    wall = _wall(job, apart_from)
    dark = mix(wall, job.palette.ramp[0], 0.34)
    lit = mix(wall, "#ffffff", 0.6)
    floor = foot - h * 0.1
    parts = [
        rect(0, 0, w, h, wall),
        glow("calm-light", f"{lit}@.95", f"{lit}@.4", f"{lit}@0"),
        oval(x, h * 0.4, w * 0.62, h * 0.66, "url(#calm-light)"),
        (_disc, _niche, _hill, _band)[job.index % 4](x, floor, wide, h, mix(wall, dark, 0.3), lit),
        fall("calm-floor", f"{mix(wall, '#ffffff', 0.34)}@1", f"{mix(wall, dark, 0.16)}@1"),
        rect(0, floor, w, h - floor, "url(#calm-floor)"),
    ]
    return "".join(parts)


def calm_shadow(job: Commission, x: float, foot: float, wide: float) -> str:
    """The soft shadow under the thing, as HTML."""
    tone_ = fade(mix(job.palette.ramp[0], "#0b1020", 0.6), 0.36)
    blur = f"filter:blur({12 * job.unit:.0f}px);" if job.detail else ""
    drawn = oval(x + wide * 0.05, foot, wide * 0.5, wide * 0.075, tone_) + oval(
        x, foot, wide * 0.34, wide * 0.04, tone_
    )
    return job.page.svg(drawn, blur)


def _wall(job: Commission, apart_from: str) -> str:
    """A pale tone of the palette whose hue differs from the thing's."""
    tones = [job.palette.accent(job.index + i) for i in range(len(job.palette.accents))]
    if apart_from and not neutral(apart_from):
        tones = [one for one in tones if hue_gap(one, apart_from) > _APART and not neutral(one)] or [
            "#e9e2d4",
            "#dfe6ea",
        ]
    lead = tone(tones[job.index % len(tones)])
    light = 0.34 if job.palette.dark and job.palette.name.startswith("#") else _LIGHTS[job.index % 4]
    return hex_of(Tone(light, min(_MOST_CHROMA, lead.chroma * 0.5), lead.hue))


def _disc(x: float, floor: float, wide: float, h: float, form: str, lit: str) -> str:
    return circle(x, floor - h * 0.26, max(wide * 0.66, h * 0.34), mix(form, lit, 0.55))


def _niche(x: float, floor: float, wide: float, h: float, form: str, lit: str) -> str:
    r = max(wide * 0.66, h * 0.32)
    top = max(h * 0.08 + r, floor - h * 0.42)
    arch = trace("M", x - r, floor, "V", top, "A", r, r, 0, "0", "1", x + r, top, "V", floor, "Z")
    s = r * 0.86
    inner = trace("M", x - s, floor, "V", top, "A", s, s, 0, "0", "1", x + s, top, "V", floor, "Z")
    return path(arch, mix(form, lit, 0.3)) + path(inner, mix(form, lit, 0.62))


def _hill(x: float, floor: float, wide: float, h: float, form: str, lit: str) -> str:
    """A low curve behind, and a small sun."""
    curve = oval(x + wide * 0.3, floor + h * 0.2, wide * 1.5 + h * 0.4, h * 0.5, mix(form, lit, 0.5))
    return circle(x - wide * 0.62 - h * 0.08, h * 0.24, h * 0.1, mix(form, lit, 0.6)) + curve


def _band(x: float, floor: float, wide: float, h: float, form: str, lit: str) -> str:
    """A lower half of the wall in another tone."""
    return rect(0, floor - h * 0.3, x * 8, h * 0.34, mix(form, lit, 0.45)) + rect(
        0, floor - h * 0.3, x * 8, h * 0.012, mix(form, lit, 0.8)
    )
