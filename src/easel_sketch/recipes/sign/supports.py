"""What wooden boards are fixed to: two posts, two posts with a roof, or a beam that they hang from."""

from easel_sketch.colour.mixing import mix
from easel_sketch.drawing.commission import Commission
from easel_sketch.drawing.geometry import Box
from easel_sketch.drawing.ink import oval, path, polygon, rect, stroke, trace

_DARK = "#20140c"


def support(job: Commission, frame: Box, ends: tuple[float, float], wood: str) -> str:
    """The support of boards between two heights, drawn before them: another one for each image."""
    style = job.index % 4
    if style == 1 and ends[0] > job.page.h * 0.14:
        return _beam(job, frame, ends, wood)
    return _posts(job, frame, ends[0], wood) + (_roof(job, frame, ends[0], wood) if style == 3 else "")


def _beam(job: Commission, frame: Box, ends: tuple[float, float], wood: str) -> str:
    """One post at the side with an arm over the boards, a brace, and two chains."""
    u, page, tone = job.unit, job.page, mix(wood, _DARK, 0.42)
    x, level = frame.x - 34 * u, ends[0] - 74 * u
    parts = [
        oval(x + 26 * u, page.h * 0.935, 74 * u, 10 * u, "#0b1020", 'opacity=".25"'),
        rect(x - 22 * u, level - 44 * u, 44 * u, page.h * 0.94 - level + 44 * u, tone, 6 * u),
        rect(x - 60 * u, level - 18 * u, frame.right - x + 90 * u, 34 * u, mix(tone, "#ffffff", 0.06), 6 * u),
        stroke(trace("M", x + 10 * u, level + 96 * u, "L", x + 112 * u, level + 4 * u), tone, 20 * u),
    ]
    chain = mix("#5b6068", _DARK, 0.25)
    for share in (0.27, 0.73):
        cx = frame.x + frame.w * share
        line = trace("M", cx, level + 10 * u, "V", ends[1] - 30 * u)
        parts.append(stroke(line, chain, 7 * u, f'stroke-dasharray="{9 * u:.1f} {11 * u:.1f}"'))
    return "".join(parts)


def _roof(job: Commission, frame: Box, top: float, wood: str) -> str:
    """A small gable over the boards."""
    u, tone = job.unit, mix(wood, _DARK, 0.5)
    x, eaves = frame.centre[0], top - 26 * u
    half, rise = frame.w * 0.53, min(120 * u, max(30 * u, eaves - 20 * u))
    upper = [(x - half, eaves), (x, eaves - rise), (x + half, eaves)]
    lower = [(x + half, eaves + 30 * u), (x, eaves - rise + 34 * u), (x - half, eaves + 30 * u)]
    return polygon([*upper, *lower], tone)


def _posts(job: Commission, frame: Box, top: float, wood: str) -> str:
    u, tone, parts = job.unit, mix(wood, _DARK, 0.42), []
    for x in (frame.x + frame.w * 0.17, frame.right - frame.w * 0.17):
        parts.append(oval(x + 20 * u, job.page.h * 0.935, 60 * u, 9 * u, "#0b1020", 'opacity=".25"'))
        post = trace(
            *("M", x - 19 * u, job.page.h * 0.94, "V", top - 22 * u, "Q", x, top - 42 * u, x + 19 * u, top - 22 * u),
            *("V", job.page.h * 0.94, "Z"),
        )
        parts.append(path(post, tone))
        if job.detail:
            parts.append(
                rect(x - 14 * u, top - 22 * u, 7 * u, job.page.h * 0.94 - top, mix(tone, "#ffffff", 0.14), 3 * u)
            )
    return "".join(parts)
