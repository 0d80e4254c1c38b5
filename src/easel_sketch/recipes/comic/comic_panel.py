"""A comic panel: background, outlined characters, halftone, and speech bubbles."""

from dataclasses import dataclass, replace
from math import cos, sin, tau

from easel_sketch.colour.mixing import mix, on_ramp
from easel_sketch.drawing.commission import LOW, Commission
from easel_sketch.drawing.geometry import Box
from easel_sketch.drawing.ink import circle, moved, path, polygon, trace, with_own_ids
from easel_sketch.parts.figure import DOWN, WAVES, Pose, figure, ground_shadow, has_body
from easel_sketch.parts.icon_extent import vertical_extent
from easel_sketch.parts.scene_objects import scene_objects as cast_of
from easel_sketch.parts.stack import Row, stacked
from easel_sketch.scenery.hours import light_of, sun_height
from easel_sketch.scenery.vector.grounds import Weather
from easel_sketch.scenery.vector.outdoors import behind, place_of
from easel_sketch.scenery.vector.stage import Stage
from easel_sketch.type import typeset

INK = "#17151c"
_MOST_TEXT = 46
_PLACES = ("hills", "city", "mountains", "forest")  # where a scene plays that the prompt does not place


@dataclass(frozen=True, slots=True)
class Line:
    """A spoken text and the index of its speaker."""

    words: str
    speaker: int


@dataclass(frozen=True, slots=True)
class Speaker:
    """A character: icon name, height relative to a person, and colour of clothes."""

    name: str
    size: float
    shirt: str


@dataclass(frozen=True, slots=True)
class Bubble:
    """A fitted text, its box, and the width of the column it was fitted to."""

    box: Box
    fitted: typeset.Fitted
    column: float


def panel(job: Commission, box: Box, place: int, lines: tuple[Line, ...], cast: tuple[Speaker, ...]) -> str:
    """The panel with its frame: bubbles in the upper part, characters below."""
    u = job.unit
    inner = box.inset(6 * u)
    if _is_close_up(job, inner, place, lines, cast):
        speaker = lines[0].speaker
        cast, lines = (cast[speaker],), (Line(lines[0].words, 0),)
    bubbles = _bubbles(job, inner, lines, len(cast))
    stage_top = max((bubble.box.bottom for bubble in bubbles), default=inner.y + inner.h * 0.08)
    spots = _spots(job, inner, cast, stage_top)
    bubbles = _lowered(bubbles, min(foot - tall for _, foot, tall in spots), 74 * u)
    art = _scene(job, inner, place) + _figures(job, inner, place, cast, spots, lines)
    frame = box.div("", f"background:{INK};border-radius:{4 * u:.0f}px;")
    drawn = inner.svg(f'<g transform="translate({-inner.x:.1f} {-inner.y:.1f})">{art}</g>', "overflow:hidden;")
    bubbles_html = "".join(
        _bubble(job, bubble, spots[line.speaker % len(spots)]) for bubble, line in zip(bubbles, lines, strict=True)
    )
    return frame + drawn + bubbles_html


def _bubbles(job: Commission, inner: Box, lines: tuple[Line, ...], speakers: int) -> list[Bubble]:
    """One bubble per line, as small as its text allows, at the side of its speaker."""
    if not lines:
        return []
    u, gap, pad = job.unit, 16 * job.unit, 30 * job.unit
    apart = len(lines) == 2 and lines[0].speaker % 2 != lines[1].speaker % 2
    beside = apart and inner.w > 560 * u and sum(len(line.words) for line in lines) < 150
    room = inner.h * (0.36 if beside or len(lines) == 1 else 0.5) / (1 if beside else len(lines))
    wide = inner.w * (0.46 if beside else 0.66 if speakers > 1 else 0.84) - 2 * pad
    set_ = [_fitted_text(job, line.words, wide, max(40 * u, room - 44 * u), _MOST_TEXT) for line in lines]
    alike = min(fitted.scale for fitted in set_) / u
    found, y = [], inner.y + gap
    for place, line in enumerate(lines):
        fitted = _fitted_text(job, line.words, wide, max(40 * u, room - 44 * u), alike)
        w, h = _text_width(job, line.words, fitted.scale, wide) + 2 * pad, fitted.height + 44 * u
        right = (line.speaker % 2 == 1 if speakers > 1 else place % 2 == 1) != job.brief.right_to_left
        found.append(Bubble(Box(inner.right - gap - w if right else inner.x + gap, y, w, h), fitted, wide))
        y += h * 0.34 if beside else h + gap * 0.8
    return found


def _is_close_up(job: Commission, inner: Box, place: int, lines: tuple[Line, ...], cast: tuple[Speaker, ...]) -> bool:
    """Whether the panel shows only the speaker: every second one with a single line."""
    return len(lines) == 1 and len(cast) > 1 and inner.w < 0.8 * job.page.w and (place + job.index) % 2 == 1


def _lowered(bubbles: list[Bubble], head: float, tail: float) -> list[Bubble]:
    """Move the bubbles closer to the heads if there is room."""
    down = 0.6 * max(0.0, head - tail - max((bubble.box.bottom for bubble in bubbles), default=head))
    return [replace(one, box=Box(one.box.x, one.box.y + down, one.box.w, one.box.h)) for one in bubbles]


def _fitted_text(job: Commission, words: str, w: float, h: float, most: float) -> typeset.Fitted:
    """A line of text fitted to a bubble."""
    row = [Row(words, job.faces.label, 1, INK, 0, "line-height:1.16;")]
    return stacked(job, Box(0, 0, w, h), row, align="center", most=most)


def _text_width(job: Commission, words: str, scale: float, w: float) -> float:
    """The width of the text on one line, at most that of the column."""
    return min(w, typeset.widths(job.canvas, [words], job.faces.label)[0] * scale / 100 + 6 * job.unit)


def _spots(job: Commission, inner: Box, cast: tuple[Speaker, ...], top: float) -> list[tuple[float, float, float]]:
    """The position of each character: x, foot, height."""
    foot = inner.y + inner.h * 0.93
    room = (foot - top) * 0.94
    tall = min(
        max(room, inner.h * 0.34),
        inner.w * (0.8 if len(cast) == 1 else 0.5 if has_body(cast[0].name) else 0.44),
        inner.h * 0.66,
    )
    shares = {1: (0.5,), 2: (0.28, 0.72), 3: (0.2, 0.8, 0.5)}[len(cast)]
    shares = tuple(1 - share for share in shares) if job.brief.right_to_left else shares
    tallest = max(character.size for character in cast)
    return [
        (
            inner.x + inner.w * x,
            foot + (inner.h * 0.03 if place == 2 else 0),
            tall * max(0.66, (character.size / tallest) ** 0.6),
        )
        for place, (x, character) in enumerate(zip(shares, cast, strict=True))
    ]


def _figures(
    job: Commission,
    inner: Box,
    place: int,
    cast: tuple[Speaker, ...],
    spots: list[tuple[float, float, float]],
    lines: tuple[Line, ...],
) -> str:
    parts = []
    speaking = {line.speaker for line in lines}
    for number, (character, (x, foot, tall)) in enumerate(zip(cast, spots, strict=True)):
        # Animals of the icon pack look to the left; those at the left are flipped to face the others.
        flipped = (x < inner.centre[0] - 1) if len(cast) > 1 else bool(place % 2)
        pose = Pose(
            arms=WAVES if number in speaking and (place + number) % 2 == 0 else DOWN,
            flipped=flipped,
            sole=vertical_extent(job.canvas, character.name)[1],
        )
        drawn = figure(character.name, x, foot, tall, pose, character.shirt)
        edge = 7 * job.unit
        dark = on_ramp(with_own_ids(drawn), (INK, INK))
        outline = f'<g stroke="{INK}" stroke-width="{edge:.1f}" stroke-linejoin="round">{dark}</g>'
        parts += [ground_shadow(x, foot, tall * 0.8, 0.28), outline if job.detail else "", drawn]
    return "".join(parts)


def _scene(job: Commission, inner: Box, place: int) -> str:
    """A drawn background; every third panel has rays instead."""
    palette = job.palette
    part = cast_of(job)
    night = (
        job.brief.setting.time == "night"
        or bool({"full-moon", "crescent-moon"} & part.scenery)
        or "moon" in " ".join(job.icons[:1])
    )
    tone = mix(palette.accent(place), "#ffffff", 0.5)
    if place % 3 == 2:
        return _burst(inner, tone, mix(tone, "#ffffff", 0.45))
    hour = "night" if night else job.brief.setting.time or ("day", "golden", "dusk")[job.index % 3]
    season = job.brief.setting.season
    light = light_of(hour, season, palette, asked=False)
    stage = Stage(inner.w, inner.h, light, palette.accents, job.rng, min(job.detail, 1), night, season)
    usual = "city" if job.theme.scene == "city" else _PLACES[job.index % len(_PLACES)]
    biome = place_of(job.brief.setting.biome, usual)
    drawn = behind(stage, biome, Weather(0.5 if job.index % 2 else 0.82, sun_height(hour)))
    return moved(inner.x, inner.y, _with_panel_ids(drawn, place) + _halftone(job, inner, light.high))


def _with_panel_ids(drawing: str, place: int) -> str:
    return drawing.replace('id="', f'id="p{place}-').replace("url(#", f"url(#p{place}-")


def _halftone(job: Commission, inner: Box, tone: str) -> str:
    """Dots that get smaller downwards."""
    if job.detail == LOW:
        return ""
    step, dark, parts = 22 * job.unit, mix(tone, INK, 0.35), []
    for row in range(int(inner.h * 0.5 / step) + 1):
        r = step * 0.3 * (1 - row * step / (inner.h * 0.5))
        if r > 1:
            parts += [
                circle((column + 0.5 * (row % 2)) * step, row * step, r, dark, 'opacity=".2"')
                for column in range(int(inner.w / step) + 2)
            ]
    return "".join(parts)


def _burst(inner: Box, tone: str, pale: str) -> str:
    x, y = inner.centre[0], inner.y + inner.h * 0.6
    far = inner.w + inner.h
    parts = [f'<rect x="{inner.x:.1f}" y="{inner.y:.1f}" width="{inner.w:.1f}" height="{inner.h:.1f}" fill="{tone}"/>']
    for i in range(18):
        a, b = tau * i / 18, tau * (i + 0.5) / 18
        parts.append(
            polygon([(x, y), (x + cos(a) * far, y + sin(a) * far), (x + cos(b) * far, y + sin(b) * far)], pale)
        )
    floor = inner.y + inner.h * 0.84
    parts.append(
        polygon(
            [(inner.x, floor), (inner.right, floor), (inner.right, inner.bottom), (inner.x, inner.bottom)],
            mix(tone, INK, 0.25),
        )
    )
    return "".join(parts)


def _bubble(job: Commission, bubble: Bubble, spot: tuple[float, float, float]) -> str:
    """A bubble whose tail points to the speaker's head."""
    u, box = job.unit, bubble.box
    r = min(box.h * 0.46, 46 * u)
    head = spot[1] - spot[2] * 0.94
    root = min(max(spot[0], box.x + r + 20 * u), box.right - r - 20 * u)
    tip_y = min(max(box.bottom + 26 * u, head - 6 * u), box.bottom + 120 * u)
    tip_x = root + max(-90 * u, min(90 * u, (spot[0] - root) * 0.8))
    edge = f'stroke="{INK}" stroke-width="{4.5 * u:.1f}" stroke-linejoin="round"'
    body = trace(
        "M", box.x + r, box.y, "H", box.right - r, "A", r, r, 0, "0", "1", box.right, box.y + r, "V", box.bottom - r,
        "A", r, r, 0, "0", "1", box.right - r, box.bottom, "H", root + 17 * u,
        "Q", root + 8 * u, (box.bottom + tip_y) / 2, tip_x, tip_y,
        "Q", root - 12 * u, (box.bottom + tip_y) / 2, root - 17 * u, box.bottom, "H", box.x + r,
        "A", r, r, 0, "0", "1", box.x, box.bottom - r, "V", box.y + r, "A", r, r, 0, "0", "1", box.x + r, box.y, "Z",
    )  # fmt: skip
    # The text was fitted to a column that may be wider than the bubble: centre the column on the bubble.
    text = Box(box.centre[0] - bubble.column / 2, box.y, bubble.column, box.h)
    return job.page.svg(path(body, "#ffffff", edge)) + text.div(
        bubble.fitted.html, "flex-direction:column;justify-content:center;align-items:center;"
    )
