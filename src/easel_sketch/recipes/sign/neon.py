"""A neon sign: glowing letters framed by tubes on a brick wall, reflected by the wet ground."""

from easel_sketch.colour.mixing import fade, mix
from easel_sketch.colour.tone import lightness, toned
from easel_sketch.drawing import icons
from easel_sketch.drawing.commission import LOW, Commission
from easel_sketch.drawing.geometry import Box
from easel_sketch.drawing.ink import circle, fall, rect, stroke, trace
from easel_sketch.drawing.ornament import grain_overlay
from easel_sketch.parts.named_things import things
from easel_sketch.parts.stack import Row, stack
from easel_sketch.recipes.sign.arrows import arrow, asked_arrow

_BLACK, _CORNER = "#000000", "#05030a"
_HALOS = ((84, 0.03), (64, 0.04), (46, 0.05), (30, 0.08), (16, 0.16))
_UNLIT = frozenset({"window", "door", "brick", "house", "night-with-stars", "light-bulb"})


def neon(job: Commission) -> str:
    """The complete sign on its wall."""
    page = job.page
    wall = mix(toned(job.palette.ramp[0], 0.2), "#120b1c", 0.55)
    tones = [_lit(job.palette.accent(i)) for i in range(3)]
    pointer = asked_arrow(job)
    icon = "" if pointer else _figure(job)
    ground = page.h * 0.9
    frame = page.inset(page.w * (0.1 if job.aspect > 1.15 else 0.07), page.h * 0.12)
    frame = Box(frame.x, page.h * 0.1, frame.w, ground - page.h * 0.16)
    words, art = _split(job, frame, icon or pointer)
    parts = [page.div("", f"background:{wall};"), page.svg(_bricks(job, wall, ground)), _wash(job, frame, tones)]
    parts.append(page.svg(_pavement(job, wall, ground)))
    parts += _tube(job, frame, tones, words, art, icon)
    parts += _lit_arrow(job, art, pointer, tones[2]) if pointer else []
    if job.detail:
        parts.append(_reflection(job, frame, tones, ground))
    vignette = f"background-image:radial-gradient(circle at 50% 45%,{fade(_BLACK, 0)} 45%,{fade(_CORNER, 0.55)});"
    return "".join([*parts, page.div("", vignette), grain_overlay(job, 0.5)])


def _figure(job: Commission) -> str:
    """A named thing whose outline can be drawn in neon; empty if there is none."""
    found = [item.name for item in things(job) if item.name not in _UNLIT and item.place != "room"]
    return found[0] if found else ""


def _lit(colour: str) -> str:
    return toned(colour, max(0.72, lightness(colour)), 1.3)


def _split(job: Commission, frame: Box, icon: str) -> tuple[Box, Box]:
    """The boxes of the texts and of the icon, beside or below each other."""
    inner = frame.inset(frame.w * 0.08, frame.h * 0.12)
    if not icon:
        return inner, inner
    if job.aspect > 1.15:
        return inner.columns(0.66, 30 * job.unit, mirrored=job.mirrored)
    return inner.rows(0.64, 24 * job.unit)


def _bricks(job: Commission, wall: str, ground: float) -> str:
    u, parts, high = job.unit, [], 54 * job.unit
    if job.detail == LOW:
        return ""
    wide = high * 2.3
    for row in range(int(ground / high) + 1):
        for column in range(int(job.page.w / wide) + 2):
            tone = mix(wall, "#ffffff", 0.03 + 0.05 * job.rng.random())
            x, y = (column - 0.5 * (row % 2)) * wide, row * high
            parts.append(
                rect(x, y, wide - 5 * u, high - 5 * u, tone, 3 * u)
                + rect(x, y, wide - 5 * u, 3 * u, mix(tone, "#ffffff", 0.06), 1.5 * u)
            )
    return "".join(parts)


def _wash(job: Commission, frame: Box, tones: list[str]) -> str:
    """The tubes' light on the wall."""
    page = job.page
    x, y = frame.centre[0] / page.w * 100, frame.centre[1] / page.h * 100
    stops = f"{fade(tones[0], 0.46)},{fade(tones[1], 0.18)} 45%,{fade(tones[1], 0)} 78%"
    first = f"background-image:radial-gradient(circle at {x:.0f}% {y:.0f}%,{stops});"
    return page.div("", first + "mix-blend-mode:screen;")


def _pavement(job: Commission, wall: str, ground: float) -> str:
    """The foot of the wall and the wet ground."""
    page = job.page
    dark = mix(wall, "#000000", 0.55)
    return (
        fall("wet", dark, mix(dark, wall, 0.5))
        + rect(0, ground, page.w, page.h - ground, "url(#wet)")
        + rect(0, ground, page.w, 4 * job.unit, mix(wall, "#ffffff", 0.14))
    )


def _tube(job: Commission, frame: Box, tones: list[str], words: Box, art: Box, icon: str) -> list[str]:
    """All tubes: halo, colour and white core."""
    u, page = job.unit, job.page
    parts = []
    outline = _outline(job, frame, tones[1 % len(tones)])
    figure = (
        icons.placed(
            icon,
            *art.centre,
            min(art.w, art.h) * 0.96,
            (mix(tones[2], "#000000", 0.45), tones[2], mix(tones[2], "#ffffff", 0.75)),
        )
        if icon
        else ""
    )
    if job.detail:
        halo = "".join(
            _outline(job, frame, fade(tones[1 % len(tones)], strength), extra=size * u) for size, strength in _HALOS
        )
        parts.append(page.svg(halo))
        parts.append(_glowing(job, art, icon, tones) if icon else "")
    parts.append(
        page.svg(
            _cables(job, frame)
            + outline
            + _outline(job, frame, mix(tones[1 % len(tones)], "#ffffff", 0.75), thin=True)
            + figure
        )
    )
    parts.append(_text_block(job, words, tones))
    return parts


def _lit_arrow(job: Commission, art: Box, name: str, tone: str) -> list[str]:
    """The arrow with its glow, and a white core."""
    box, u = art.inset(art.w * 0.06, art.h * 0.16), job.unit
    core = Box(box.x + box.w * 0.07, box.y + box.h * 0.07, box.w * 0.86, box.h * 0.86)
    drawn = job.page.svg(arrow(name, box, tone) + arrow(name, core, mix(tone, "#ffffff", 0.7)))
    glow = f"filter:blur({18 * u:.0f}px);opacity:.85;"
    return [job.page.svg(arrow(name, box, tone), glow) if job.detail else "", drawn]


def _glowing(job: Commission, art: Box, icon: str, tones: list[str]) -> str:
    """The icon's glow: the icon itself, blurred."""
    box = art.inset(-40 * job.unit)
    size = min(art.w, art.h) * 0.96
    drawn = icons.placed(icon, box.w / 2, box.h / 2, size, (tones[2], tones[2], mix(tones[2], "#ffffff", 0.3)))
    return box.svg(drawn, f"filter:blur({18 * job.unit:.0f}px);opacity:.8;")


def _outline(job: Commission, frame: Box, tone: str, *, thin: bool = False, extra: float = 0.0) -> str:
    """A tube around the texts: a frame with a gap, a double line, or a curve below, by the image's index."""
    u = job.unit
    width = (3.5 if thin else 10) * u + extra
    r = min(frame.w, frame.h) * 0.14
    x, y, right, bottom = frame.x, frame.y, frame.right, frame.bottom
    whole = trace(
        *("M", x + r, y, "H", right - r, "Q", right, y, right, y + r, "V", bottom - r),
        *("Q", right, bottom, right - r, bottom, "H", x + r, "Q", x, bottom, x, bottom - r, "V", y + r),
        *("Q", x, y, x + r * 0.7, y + r * 0.06),
    )
    if job.index % 3 == 0:
        return stroke(whole, tone, width)
    if job.index % 3 == 1:
        lines = trace("M", x, y + r * 0.2, "H", right, "M", x, bottom - r * 0.2, "H", right)
        return stroke(lines, tone, width) + stroke(
            trace("M", x + r, y + r * 0.5, "H", right - r, "M", x + r, bottom - r * 0.5, "H", right - r),
            tone,
            width * 0.6,
        )
    swing = trace(
        *("M", x, bottom - r),
        *("Q", frame.centre[0] * 0.6 + x * 0.4, bottom + r * 0.2, frame.centre[0], bottom - r * 0.7),
        *("T", right, bottom - r * 0.8),
    )
    return stroke(swing, tone, width)


def _cables(job: Commission, frame: Box) -> str:
    """The cables that hold the frame."""
    u = job.unit
    return "".join(
        stroke(trace("M", x, 0.0, "V", frame.y), "#0a0710", 4 * u) + circle(x, frame.y, 7 * u, "#0a0710")
        for x in (frame.x + frame.w * 0.2, frame.right - frame.w * 0.2)
    )


def _text_block(job: Commission, box: Box, tones: list[str]) -> str:
    """The texts, almost white, each with a glow in its own colour."""
    rows, u = [], job.unit
    for place, text in enumerate(job.brief.texts):
        tone, head = tones[place % len(tones)], text.role == "headline"
        reach = (6, 16, 38, 74) if job.detail else ()
        light = ",".join(f"0 0 {size * u:.0f}px {fade(tone, 0.95 - 0.012 * size)}" for size in reach)
        face = job.faces.head if head else job.faces.label
        rows.append(
            Row(
                text.words,
                face,
                1.4 if head else 0.72,
                mix(tone, "#ffffff", 0.78),
                0.45,
                f"text-shadow:{light};" if light else "",
            )
        )
    return stack(job, box, rows, align="center", anchor="center", most=190)


def _reflection(job: Commission, frame: Box, tones: list[str], ground: float) -> str:
    """Vertical streaks of colour on the wet ground."""
    u, parts = job.unit, []
    for i in range((0, 7, 12)[job.detail]):
        x = frame.x + frame.w * job.rng.random()
        parts.append(
            rect(
                x,
                ground + 8 * u,
                job.rng.uniform(14, 60) * u,
                (job.page.h - ground) * job.rng.uniform(0.4, 1.0),
                tones[i % len(tones)],
                10 * u,
                f'opacity="{job.rng.uniform(0.25, 0.6):.2f}"',
            )
        )
    return job.page.svg("".join(parts), f"filter:blur({14 * u:.0f}px);")
