"""Bars in place of texts that a prompt asks for without giving their words: nothing is made up."""

from easel_sketch.colour.mixing import mix
from easel_sketch.drawing.commission import Commission
from easel_sketch.drawing.geometry import Box
from easel_sketch.drawing.ink import rect

_LENGTHS = ((0.86, 0.58), (0.74, 0.82), (0.9, 0.44), (0.66, 0.7))
_MOST = 12
_HIGH = 15  # thousandths of the page


def blanks(count: int) -> list[str]:
    """Empty texts, as many as a prompt asks for; none if they are more than a page has room for."""
    return [""] * count if 1 < count <= _MOST else []


def blank(job: Commission, box: Box, place: int, ink: str, ground: str, *, centred: bool = False) -> str:
    """One or two bars in `box`, as long as a short text would be; `place` varies their lengths."""
    high = min(_HIGH * job.unit, box.h * 0.2)
    lengths = _LENGTHS[place % len(_LENGTHS)] if box.h > 4.4 * high else _LENGTHS[place % len(_LENGTHS)][:1]
    step = high * 2.3
    top = box.centre[1] - (step * (len(lengths) - 1) + high) / 2
    bars = []
    for number, length in enumerate(lengths):
        wide = min(box.w, 560 * job.unit) * length
        x = box.centre[0] - wide / 2 if centred else box.right - wide if job.brief.right_to_left else box.x
        tone = mix(ground, ink, 0.2 if number == 0 else 0.11)
        bars.append(rect(x, top + step * number, wide, high, tone, high / 2))
    return job.page.svg("".join(bars))
