"""A die-cut sticker: a figure or a thing with a thick white edge, and a ribbon with a name."""

from dataclasses import replace

from easel_sketch.colour.mixing import fade, mix, on_ramp
from easel_sketch.drawing.commission import Commission
from easel_sketch.drawing.geometry import Box
from easel_sketch.drawing.ink import rect, with_own_ids
from easel_sketch.drawing.ornament import paper
from easel_sketch.drawing.shown import unmarked
from easel_sketch.parts.groups import Setting, group_of
from easel_sketch.parts.named_things import named_in, thing
from easel_sketch.parts.pill import on_fill
from easel_sketch.parts.scene_objects import Actor, scene_objects
from easel_sketch.parts.stack import Row, stack
from easel_sketch.recipes import card
from easel_sketch.scenery.vector.sky import sparkle
from easel_sketch.scenery.vector.stage import page_stage

MOST_TEXTS, MOST_LETTERS = 2, 44
_WHITE = ("#ffffff", "#ffffff")
_FACED = frozenset(
    {"kawaii", "cute", "adorable", "可爱", "かわいい", "可愛い", "귀여운", "lindo", "linda", "mignon", "niedlich",
     "fofo", "милый"}
)  # fmt: skip


def draw(job: Commission) -> str:
    texts = [text.words for text in job.brief.texts]
    if len(texts) > MOST_TEXTS or sum(map(len, texts)) > MOST_LETTERS or job.insets:
        return card.draw(job)
    page, u = job.page, job.unit
    x, y = page.centre
    size = min(page.w, page.h) * (0.74 if not texts else 0.6)
    y -= size * 0.15 if texts else 0
    tilt = (-6, 5, 0, -10)[job.index % 4]
    drawn = f'<g transform="rotate({tilt} {x:.1f} {y:.1f})">{_subject(job, x, y, size)}</g>'
    edge = 40 * u
    joined = f'stroke="#ffffff" stroke-width="{edge:.1f}" stroke-linejoin="round" stroke-linecap="round"'
    cut = f"<g {joined}>{on_ramp(with_own_ids(unmarked(drawn)), _WHITE)}</g>"
    drop = f"filter:drop-shadow(0 {5 * u:.0f}px {9 * u:.0f}px {fade('#000000', 0.28)});"
    back = "" if job.transparent else paper(job)
    art = _stars(job, x, y, size) + cut + drawn
    return "".join([back, page.svg(art, drop if job.detail else ""), _ribbon(job, texts, x, y + size * 0.54, size)])


def _subject(job: Commission, x: float, y: float, size: float) -> str:
    """The main figure or thing, with smaller ones at its feet."""
    actors = _actors(job)
    setting = Setting(job, page_stage(job, "day", ""))
    cute = bool(_FACED & {*job.brief.asked})
    parts = []
    for place, actor in enumerate(actors[:3]):
        if cute and not actor.face and not actor.thing.alive:
            actor = replace(actor, face="cute")
        group = group_of(actor, place, setting)
        room = size * (0.94 if place == 0 and len(actors) > 1 else 1.0 if place == 0 else 0.38)
        scale = min(room / group.high, room / group.wide)
        at = x + (0, -0.36, 0.36)[place] * size
        foot = y + group.high * scale / 2 + (size * 0.3 if place else 0)
        parts.append(group.draw(at, foot, scale))
    return "".join(parts)


def _actors(job: Commission) -> list[Actor]:
    """The subjects; else what the texts name, else a star."""
    objects = scene_objects(job)
    found = [*objects.actors, *objects.strewn, *(Actor(thing(name), name) for name in sorted(objects.scenery))]
    found = found or [Actor(item, item.name) for item in named_in(job.brief.title)]
    open_to_theme = job.theme.scene not in ("shapes", "grid", "rays") and not job.brief.subjects
    found = found or [Actor(thing(job.icon(0) if open_to_theme else "glowing-star"))]
    turn = (job.index // 4) % len(found)
    return [*found[turn:], *found[:turn]]


def _stars(job: Commission, x: float, y: float, size: float) -> str:
    if not job.detail:
        return ""
    spots = [(-0.5, -0.4, 0.07), (0.52, -0.34, 0.09), (0.5, 0.34, 0.055), (-0.52, 0.26, 0.045)]
    parts, edge = [], 20 * job.unit
    for place, (dx, dy, r) in enumerate(spots[: 2 + job.detail]):
        dx = -dx if job.mirrored else dx
        star = sparkle(x + dx * size, y + dy * size, r * size, "#ffffff")
        parts.append(f'<g stroke="#ffffff" stroke-width="{edge:.1f}" stroke-linejoin="round">{star}</g>')
        parts.append(sparkle(x + dx * size, y + dy * size, r * size, job.palette.accent(place)))
    return "".join(parts)


def _ribbon(job: Commission, texts: list[str], x: float, y: float, size: float) -> str:
    """The texts on a plate with the same white edge."""
    if not texts:
        return ""
    u, fill = job.unit, job.palette.accent(job.index)
    pale = mix(fill, "#ffffff", 0.45)
    wide = min(size * 1.46, job.page.w * 0.9 - 24 * u)
    box = Box(x - wide / 2, y, wide, size * (0.3 if len(texts) == 1 else 0.36))
    plate = rect(box.x - 14 * u, box.y - 14 * u, box.w + 28 * u, box.h + 28 * u, "#ffffff", 44 * u) + rect(
        box.x, box.y, box.w, box.h, fill, 32 * u
    )
    plate += (
        rect(
            box.x + 8 * u,
            box.y + 8 * u,
            box.w - 16 * u,
            box.h - 16 * u,
            "none",
            25 * u,
            f'stroke="{pale}" stroke-width="{3 * u:.1f}" stroke-dasharray="{10 * u:.0f} {8 * u:.0f}"',
        )
        if job.detail
        else ""
    )
    ink = on_fill(job, fill)
    rows = [
        Row(text, job.faces.head if place == 0 else job.faces.label, 1 if place == 0 else 0.5, ink, 0.1)
        for place, text in enumerate(texts)
    ]
    drop = f"filter:drop-shadow(0 {5 * u:.0f}px {9 * u:.0f}px {fade('#000000', 0.28)});" if job.detail else ""
    return job.page.svg(plate, drop) + stack(
        job, box.inset(28 * u, 14 * u), rows, align="center", anchor="center", most=130
    )
