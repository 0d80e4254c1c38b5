"""A product on a plinth in studio light; an abstract form if the product has no known shape."""

from easel_sketch.colour.mixing import mix, readable
from easel_sketch.colour.tint import named_colour
from easel_sketch.colour.tone import lightness, tone, toned
from easel_sketch.drawing.commission import Commission
from easel_sketch.drawing.geometry import Box
from easel_sketch.drawing.ink import oval
from easel_sketch.drawing.ornament import grain_overlay
from easel_sketch.drawing.shown import shown
from easel_sketch.parts.icon_extent import on_ground
from easel_sketch.parts.named_things import thing, things
from easel_sketch.parts.stack import stack, words_of
from easel_sketch.reading import variants
from easel_sketch.recipes import card
from easel_sketch.recipes.product.goods import GOODS, Stuff
from easel_sketch.recipes.product.studio import StudioSet, studio

MOST_TEXTS, MOST_LETTERS = 5, 200
_COLOURED = 0.045  # least chroma of a background that counts as coloured
_STAGING = frozenset(
    {"rock", "wood", "camera", "camera-with-flash", "desktop-computer", "light-bulb", "classical-building"}
)


def draw(job: Commission) -> str:
    texts = job.brief.texts
    if job.brief.exceeds(MOST_TEXTS, MOST_LETTERS) or job.insets:
        return card.draw(job)
    page = job.page
    wide = bool(texts) and job.aspect > 1.15
    x = page.w * (0.71 if not job.mirrored else 0.29) if wide else page.w / 2
    head = page.h * (0.31 if texts and not wide else 0.07)
    floor = page.h * 0.8
    span = min(page.w * (0.42 if wide else 0.6), (floor - head) * 0.86)
    top = floor - span * 0.14
    place = StudioSet(x, top, span, _wall(job), _form(job), mix(job.palette.ramp[0], "#120d18", 0.4))
    art = page.svg(studio(job, place, floor)) + _product(job, place, min(span * 0.98, (top - head) * 0.98))
    return "".join([art, _words(job, wide, place) if texts else "", grain_overlay(job, 0.4)])


def _wall(job: Commission) -> str:
    """The requested colour, else a quiet tone of the palette."""
    palette = job.palette
    if palette.name.startswith("#") and tone(palette.ground).chroma > _COLOURED:
        return palette.ground
    lead = palette.accent(job.index if not palette.name.startswith("#") else 0)
    if palette.name.startswith("#"):
        return toned(lead, min(0.86, max(0.42, lightness(lead)) + (0.1 if "soft" in job.brief.asked else 0)), 0.9)
    if palette.dark:
        return mix(palette.ground, lead, 0.22)
    return toned(lead, (0.8, 0.74, 0.84, 0.7)[job.index % 4], 0.6)


def _form(job: Commission) -> str:
    wall = _wall(job)
    other = job.palette.accent(job.index + 1)
    return mix(wall, toned(other, min(0.8, max(0.55, lightness(other)))), 0.4)


def _product(job: Commission, place: StudioSet, tall: float) -> str:
    """The product with contact shadow and reflection."""
    u = job.unit
    goods = job.brief.variant("goods")
    found = [
        item
        for item in things(job, 6)
        if item.name not in _STAGING and not item.alive and item.place not in ("tree", "far", "wall")
    ]
    if not goods and not found:
        icon = (
            job.icon(0)
            if job.theme.scene not in ("shapes", "grid", "rays")
            and thing(job.icon(0)).place not in ("sky", "far", "building")
            else ""
        )
    else:
        icon = "" if goods else found[(job.index // 4) % len(found)].name
    if icon:
        size = tall * 0.8
        tint = next((named_colour(one.colour) for one in job.brief.subjects if one.drawing == icon), "")
        drawn = on_ground(job.canvas, icon, 0, 0, size, tint=tint)
        wide = size * 0.7
    else:
        chosen = GOODS[goods or "sphere"]
        lead, second = job.palette.accent(0), job.palette.accent(1)
        stuff = Stuff(toned(lead, 0.62), mix(second, "#ffffff", 0.5), "#d8b36a" if goods else second, place.dark)
        size = min(tall * 0.84, place.wide * 0.86 / chosen.wide)
        named = [
            one.drawing for one in job.brief.subjects if one.drawing and goods in variants.in_order("goods", one.words)
        ]
        drawn, wide = shown(chosen.draw(size, stuff), *named), size * chosen.wide
    foot = place.top + place.wide * 0.012
    shadow = oval(place.x + wide * 0.14, foot, wide * 0.62, place.wide * 0.036, place.dark, 'opacity=".34"')
    soft = job.page.svg(shadow, f"filter:blur({9 * u:.0f}px);") if job.detail else job.page.svg(shadow)
    return soft + job.page.svg(f'<g transform="translate({place.x:.1f} {foot:.1f})">{drawn}</g>')


def _words(job: Commission, wide: bool, place: StudioSet) -> str:
    page = job.page
    side = Box(page.w * (0.07 if not job.mirrored else 0.53), page.h * 0.14, page.w * 0.4, page.h * 0.7)
    box = side if wide else Box(page.w * 0.09, page.h * 0.06, page.w * 0.82, page.h * 0.22)
    lit = mix(place.wall, "#ffffff", 0.35)
    ink = readable(job.palette.ramp[0], lit, place.wall, mix(place.wall, "#000000", 0.16), least=4.6)
    rows = words_of(job, head=1, body=0.42, ink=ink, soft=ink, accent=ink)
    return stack(job, box, rows, align="left" if wide else "center", anchor="center", most=120)
