"""Display type: a headline broken to fit its box, and its shadows."""

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
_WORTH = 1.28  # least factor on the type size that justifies another line


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
    """A headline for a box of `w` by `h`; scripts without spaces break into lines of even length."""
    face = face or job.faces.head
    if not text:
        return Headline((), (), face.leading)
    if words.language(text) in ("zh", "ja") and " " not in text:
        return _unspaced(job, text, face, w, h, most * job.unit, lines)
    return typeset.headline(job.canvas, text, face, w, h, most=most * job.unit, lines=lines, filled=filled)


def _unspaced(job: Commission, text: str, face: Type, w: float, h: float, most: float, lines: int) -> Headline:
    """A headline in a script without spaces."""
    pieces, best = _PIECES.findall(text), Headline((), (), face.leading)
    for count in range(1, min(lines, len(pieces)) + 1):
        rows = _rows(pieces, count)
        size = min(most, 98 * w / max(typeset.widths(job.canvas, rows, face)), h / (len(rows) * face.leading))
        if not best.lines or size > _WORTH * best.sizes[0]:
            best = Headline(tuple(rows), (size,) * len(rows), face.leading)
    return best


def _rows(pieces: list[str], count: int) -> list[str]:
    """Split into rows of similar length, the earlier ones longer; a row may end earlier or later at punctuation."""
    rows, at = [], 0
    for place in range(count, 0, -1):
        take = -(-(len(pieces) - at) // place)
        ends = [near for near in (take, take - 1, take + 1) if near > 0 and pieces[at : at + near]]
        marked = [near for near in ends if place > 1 and pieces[at : at + near][-1][-1] in _ENDS]
        take = marked[0] if marked else take
        rows.append("".join(pieces[at : at + take]))
        at += take
    return [row for row in rows if row]


def set_in(job: Commission, box: Box, title: Headline, ink: str, *, align: str = "center", style: str = "") -> str:
    """The headline at the top of its box."""
    style = f"text-align:{align};width:{box.w:.1f}px;{style}"
    return Box(box.x, box.y, box.w, title.height).div(title.html(job.faces.head, ink, style), "flex-direction:column;")


def raised_shadow(job: Commission, shade: str, depth: float = 1.0) -> str:
    """The CSS of a hard shadow below the letters and a soft one around them; none at low quality."""
    if not job.detail:
        return ""
    u = job.unit * depth
    return f"text-shadow:0 {4 * u:.1f}px 0 {fade(shade, 0.75)},0 {10 * u:.1f}px {24 * u:.1f}px {fade(shade, 0.35)};"


def neon_glow(job: Commission, light: str) -> str:
    """The CSS of a neon glow; none at low quality."""
    if not job.detail:
        return ""
    u = job.unit
    rings = ((4, 0.9), (16, 0.75), (44, 0.55))
    return "text-shadow:" + ",".join(f"0 0 {r * u:.1f}px {fade(light, share)}" for r, share in rings) + ";"


def with_nbsp(text: str) -> str:
    """Numbers joined to what they count by no-break spaces: '9 am', 'June 14'."""
    return _WITH_FIGURE.sub("\u00a0", text)


def text_face(job: Commission) -> Type:
    """The face of secondary lines: the bold one if the light one lacks letters, since weights must not mix."""
    printed = "".join(text.words for text in job.brief.texts)
    heavy = job.brief.language in ("ja", "ko") or (job.brief.language == "zh" and not _simplified(printed))
    return job.faces.label if heavy else job.faces.body


def _simplified(text: str) -> bool:
    """Whether all characters are common simplified Chinese, which the light face has."""
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
