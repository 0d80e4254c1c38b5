"""A sign in its surroundings: wooden boards on posts, a shop front, a glass door, a blackboard, or neon on a wall.

Without texts the boards are blank.
"""

from easel_sketch.colour.mixing import mix, readable
from easel_sketch.drawing.commission import LOW, Commission
from easel_sketch.drawing.geometry import Box
from easel_sketch.drawing.ink import circle, moved, path, rect, stroke, trace
from easel_sketch.drawing.ornament import grain_overlay
from easel_sketch.drawing.shown import shown
from easel_sketch.parts.named_things import things
from easel_sketch.parts.stack import Row, stack
from easel_sketch.reading.roles import Text
from easel_sketch.recipes import card
from easel_sketch.recipes.sign.arrows import arrow, asked_arrow
from easel_sketch.recipes.sign.glass import glass
from easel_sketch.recipes.sign.neon import neon
from easel_sketch.recipes.sign.shopfront import shopfront
from easel_sketch.recipes.sign.slate import slate
from easel_sketch.recipes.sign.supports import support
from easel_sketch.scenery.hours import hour_of, sun_height
from easel_sketch.scenery.vector.grounds import Weather
from easel_sketch.scenery.vector.outdoors import before, behind, place_of
from easel_sketch.scenery.vector.stage import page_stage

MOST_TEXTS, MOST_LETTERS = 6, 320
_DARK = "#20140c"


def draw(job: Commission) -> str:
    texts = job.brief.texts
    if job.brief.exceeds(MOST_TEXTS, MOST_LETTERS) or job.insets:
        return card.draw(job)
    variant_names = job.brief.variants.get("sign", ())
    if "neon" in variant_names and texts:
        return neon(job)
    if "glass" in variant_names and len(texts) <= 4:
        return glass(job)
    if "slate" in variant_names:
        return slate(job, white="white" in variant_names)
    return shopfront(job) if "street" in variant_names and len(texts) <= 4 else _board(job)


def _board(job: Commission) -> str:
    """One board per text, the first the largest, on posts or hung from a beam in the named landscape."""
    u, page = job.unit, job.page
    texts = job.brief.texts or (Text("", "headline"),)
    wood = mix("#96633a", job.palette.accent(0), 0.1)
    back, front = _place(job)
    frame = page.inset(page.w * (0.13 if job.aspect > 1.15 else 0.09), page.h * 0.09)
    gap = 18 * u
    shares = [max(1.0, 1.6 if text.role == "headline" else 0.8 + len(text.words) / 70) for text in texts]
    room = page.h * (0.62 if len(texts) < 3 else 0.74)
    whole = (room - gap * (len(texts) - 1)) / sum(shares)
    heights = [min(whole * share, 300 * u) for share in shares]
    y = max(frame.y, page.h * 0.42 - (sum(heights) + gap * (len(texts) - 1)) / 2)
    top, parts = y, []
    for number, (text, high) in enumerate(zip(texts, heights, strict=True)):
        shift = 0.03 * page.w * (0, 1, -1)[number % 3] if len(texts) > 1 else 0.0
        box = Box(frame.x + shift, y, frame.w, high)
        parts.append(
            _plank(job, box, mix(wood, _DARK, 0.12 * (number % 2)), text.words, text.role == "headline", number)
        )
        y += high + gap
    if name := asked_arrow(job):
        box = Box(frame.x + frame.w * 0.22, y, frame.w * 0.56, min(150 * u, page.h * 0.2))
        parts.append(_plank(job, box, mix(wood, _DARK, 0.18), "", True, 0))
        ink = readable("#fff4dd", wood, least=4.6)
        y += box.h
        parts.append(page.svg(arrow(name, box.inset(box.w * 0.2, box.h * 0.2), ink)))
    return "".join(
        [page.svg(back + support(job, frame, (top, y), wood)), *parts, page.svg(front), grain_overlay(job, 0.5)]
    )


def _place(job: Commission) -> tuple[str, str]:
    """The scenery behind the posts and the grass in front."""
    setting = job.brief.setting
    hour = hour_of(setting.time, job.index)
    stage = page_stage(job, hour, setting.season)
    place = place_of(setting.biome, "mountains" if job.theme.scene == "mountains" else "hills")
    if (
        any(item.name in ("evergreen-tree", "deciduous-tree", "camping", "tent") for item in things(job))
        and not setting.biome
    ):
        place = "forest"
    weather = Weather(0.16 if job.mirrored else 0.84, sun_height(hour))
    return shown(behind(stage, place, weather), place), before(stage, place, weather)


def _plank(job: Commission, box: Box, tone: str, text: str, head: bool, number: int) -> str:
    """A wooden board with nails and carved letters; every second one is pointed like an arrow."""
    u, right = job.unit, bool(number % 2) != job.mirrored
    pointed = number or len(job.brief.texts) > 2 or not head or (job.index % 4 == 2 and not asked_arrow(job))
    tip = min(52 * u, box.h * 0.36) if pointed else 0.0
    x, y, r, b = box.x, box.y, box.right, box.bottom
    if not tip:
        shape = trace("M", x + 6 * u, y, "L", r - 4 * u, y + 5 * u, "L", r, b - 4 * u, "L", x, b, "Z")
    elif right:
        shape = trace(
            "M", x, y + 4 * u, "L", r - tip, y, "L", r, box.centre[1], "L", r - tip, b, "L", x + 5 * u, b - 3 * u, "Z"
        )
    else:
        shape = trace(
            "M", r, y + 4 * u, "L", x + tip, y, "L", x, box.centre[1], "L", x + tip, b, "L", r - 5 * u, b - 3 * u, "Z"
        )
    art = [
        moved(7 * u, 11 * u, path(shape, "#0b0805", 'opacity=".3"')) if job.detail else "",
        path(shape, tone),
    ]
    if job.detail > LOW:
        art.append(rect(x + tip, y + 2 * u, box.w - 2 * tip, 5 * u, mix(tone, "#ffffff", 0.22), 2 * u))
        for share in (0.22, 0.45, 0.68, 0.86):
            grain = trace(
                *("M", x + tip * 0.7 + 8 * u, y + box.h * share),
                *("q", box.w * 0.22, job.rng.uniform(-7, 7) * u, box.w * 0.45, 0, "t", box.w * 0.4, 0),
            )
            art.append(stroke(grain, mix(tone, _DARK, 0.3), 2 * u, 'opacity=".5"'))
    for nx in (box.x + box.w * 0.17, box.right - box.w * 0.17):
        art += [
            circle(nx, ny, 6 * u, mix(tone, _DARK, 0.6))
            + circle(nx - 1.5 * u, ny - 1.5 * u, 2.5 * u, mix(tone, "#ffffff", 0.5))
            for ny in (y + 20 * u, b - 20 * u)
        ]
    ink = readable("#fff4dd", tone, least=4.6)
    words = Box(x + (tip if not right else 24 * u) + 30 * u, y + 16 * u, box.w - tip - 84 * u, box.h - 32 * u)
    if not text:
        return job.page.svg("".join(art))
    row = Row(text, job.faces.head if head else job.faces.label, 1, ink)
    return job.page.svg("".join(art)) + stack(
        job, words, [row], align="center", anchor="center", most=150 if head else 84
    )
