"""Display type: a headline in lines that break where they may, as large as its box allows, and how it is lifted off."""

import re

from easel_sketch.colour.mixing import fade
from easel_sketch.drawing.commission import Commission
from easel_sketch.drawing.geometry import Box
from easel_sketch.reading import words
from easel_sketch.type import typeset
from easel_sketch.type.typefaces import Type
from easel_sketch.type.typeset import Headline

_PIECES = re.compile(r"[a-zA-Z0-9]+|.[，。！？、：；）」』”!?]*")
_ENDS = "，。！？、：；!?"
_WITH_FIGURE = re.compile(r"(?<=\d) (?=[^\W\d]{1,3}\b)|(?<=\w) (?=\d{1,2}(?:[,.]|$|\s?[ap]\.?m))")
_WORTH = 1.28  # how much larger the type must become for another line


def lettering(
    job: Commission,
    text: str,
    w: float,
    h: float,
    *,
    most: float,
    lines: int = 4,
    filled: bool = True,
    face: Type | None = None,
) -> Headline:
    """The headline broken for its box; scripts without spaces are cut into lines of even length."""
    face = face or job.faces.head
    if not text:
        return Headline((), (), face.leading)
    if words.language(text) in ("zh", "ja") and " " not in text:
        return _even(job, text, face, w, h, most * job.unit, lines)
    return typeset.headline(job.canvas, text, face, w, h, most=most * job.unit, lines=lines, filled=filled)


def _even(job: Commission, text: str, face: Type, w: float, h: float, most: float, lines: int) -> Headline:
    pieces, best = _PIECES.findall(text), Headline((), (), face.leading)
    for count in range(1, min(lines, len(pieces)) + 1):
        rows = _rows(pieces, count)
        size = min(most, 98 * w / max(typeset.widths(job.canvas, rows, face)), h / (len(rows) * face.leading))
        if not best.lines or size > _WORTH * best.sizes[0]:
            best = Headline(tuple(rows), (size,) * len(rows), face.leading)
    return best


def _rows(pieces: list[str], count: int) -> list[str]:
    """Rows of as many characters each, the earlier ones longer; a mark near the end of a row ends it."""
    rows, at = [], 0
    for place in range(count, 0, -1):
        take = -(-(len(pieces) - at) // place)
        ends = [near for near in (take, take - 1, take + 1) if near > 0 and pieces[at : at + near]]
        marked = [near for near in ends if place > 1 and pieces[at : at + near][-1][-1] in _ENDS]
        take = marked[0] if marked else take
        rows.append("".join(pieces[at : at + take]))
        at += take
    return [row for row in rows if row]


def set_in(
    job: Commission,
    box: Box,
    title: Headline,
    ink: str,
    *,
    align: str = "center",
    style: str = "",
    face: Type | None = None,
) -> str:
    """The headline at the top of its box."""
    style = f"text-align:{align};width:{box.w:.1f}px;{style}"
    return Box(box.x, box.y, box.w, title.height).div(
        title.html(face or job.faces.head, ink, style), "flex-direction:column;"
    )


def lifted(job: Commission, shade: str, depth: float = 1.0) -> str:
    """A hard edge below the letters and a soft shadow around them; nothing in a quick sketch."""
    if not job.detail:
        return ""
    u = job.unit * depth
    return f"text-shadow:0 {4 * u:.1f}px 0 {fade(shade, 0.75)},0 {10 * u:.1f}px {24 * u:.1f}px {fade(shade, 0.35)};"


def glowing(job: Commission, light: str) -> str:
    """Letters that shine like a neon tube."""
    if not job.detail:
        return ""
    u = job.unit
    rings = ((4, 0.9), (16, 0.75), (44, 0.55))
    return "text-shadow:" + ",".join(f"0 0 {r * u:.1f}px {fade(light, share)}" for r, share in rings) + ";"


def kept_together(text: str) -> str:
    """A text whose figures stay on one line with what they count: '9 am', 'June 14'."""
    return _WITH_FIGURE.sub("\u00a0", text)


def running(job: Commission) -> Type:
    """The face for quiet lines; the strong one where the light one lacks letters, for two weights must not mix."""
    printed = "".join(text.words for text in job.brief.texts)
    heavy = job.brief.language in ("ja", "ko") or (job.brief.language == "zh" and not _simplified(printed))
    return job.faces.label if heavy else job.faces.body


def _simplified(text: str) -> bool:
    """Whether every character is one of everyday simplified Chinese, which the light face holds."""
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
