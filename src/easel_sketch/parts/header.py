"""The header of a page: a coloured rule, the title as large as possible, a subtitle, and icons at the far end."""

from easel_sketch.drawing.commission import LOW, Commission
from easel_sketch.drawing.geometry import Box
from easel_sketch.drawing.ornament import disc, rule
from easel_sketch.type import typeset

_RULE = 9
_GAP = 26


def header(job: Commission, page: Box, *, icons: bool = True) -> tuple[str, Box]:
    """The header's markup and the box left below it; `icons` are left out where every part has a label."""
    brief, palette, u = job.brief, job.palette, job.unit
    if not brief.title:
        return rule(job, page.x, page.y, 150 * u, _RULE * u), _below(page, (_RULE + _GAP) * u)
    icons_wide = 250 * u if job.aspect > 1.15 and job.detail > LOW and icons and not job.insets else 0.0
    w = page.w - icons_wide
    room = page.h * (0.2 if job.aspect > 0.9 else 0.17)
    title = typeset.headline(job.canvas, brief.title, job.faces.head, w, room, most=94 * u, lines=3)
    if min(title.sizes, default=0) < 40 * u:
        title = typeset.headline(job.canvas, brief.title, job.faces.head, w, page.h * 0.26, most=94 * u, lines=6)
    align = "right" if brief.right_to_left else "left"
    x = page.x if not brief.right_to_left else page.right - 150 * u
    y = page.y + (_RULE + _GAP * 0.62) * u
    parts = [rule(job, x, page.y, 150 * u, _RULE * u)]
    words = title.html(job.faces.head, palette.ink, f"text-align:{align};width:{w:.1f}px;")
    words = _accented(words, keyword(brief.title), palette.text_accent())
    used = title.height
    if brief.subtitle:
        size = min(34 * u, max(22 * u, title.sizes[0] * 0.36))
        under = typeset.block(
            brief.subtitle, job.faces.body, size, palette.muted, f"text-align:{align};margin-top:{6 * u:.1f}px;"
        )
        used += typeset.measured(job.canvas, under, w).height + 6 * u
        words += under
    left = page.right - w if brief.right_to_left else page.x
    parts.append(Box(left, y, w, used).div(words, "flex-direction:column;"))
    if icons_wide:
        parts.append(_cluster(job, page, y + used / 2))
    return "".join(parts), _below(page, y - page.y + used + _GAP * u)


def keyword(title: str) -> str:
    """The title's longest word, if it is clearly longer than the others."""
    by_length = sorted((word for word in title.split() if word.isalpha()), key=len, reverse=True)
    if len(by_length) < 2 or len(by_length[0]) < 8 or len(by_length[0]) < len(by_length[1]) + 2:
        return ""
    return by_length[0]


def _accented(words: str, word: str, colour: str) -> str:
    """The first occurrence of a word in colour."""
    return words.replace(word, f'<span style="color:{colour}">{word}</span>', 1) if word else words


def _below(page: Box, used: float) -> Box:
    return Box(page.x, page.y + used, page.w, page.h - used)


def _cluster(job: Commission, page: Box, y: float) -> str:
    """Three overlapping discs of decreasing size at the end of the title."""
    u = job.unit
    toward = 1 if job.brief.right_to_left else -1
    x = page.x + 52 * u if job.brief.right_to_left else page.right - 52 * u
    sizes = (100, 86, 72)
    spots = (0, 84, 154)
    drawn = [
        disc(
            job,
            x + toward * spot * u,
            max(y - 8 * u, page.y + 44 * u),
            size * u,
            job.icon(place + 5),
            job.palette.accent(place),
        )
        for place, (size, spot) in enumerate(zip(sizes, spots, strict=True))
    ]
    return "".join(reversed(drawn))
