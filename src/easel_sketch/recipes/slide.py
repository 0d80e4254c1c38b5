"""A presentation slide: title, bullet points, and an illustration along one side."""

from collections.abc import Sequence

from easel_sketch import scenery
from easel_sketch.colour.mixing import fade, mix, readable
from easel_sketch.drawing import icons
from easel_sketch.drawing.commission import HIGH, LOW, Commission
from easel_sketch.drawing.geometry import Box
from easel_sketch.drawing.ink import circle, rect, ring
from easel_sketch.drawing.ornament import grain_overlay, paper, rule
from easel_sketch.parts.blank import blank, blanks
from easel_sketch.parts.common_size import common_size
from easel_sketch.parts.glyph import glyph
from easel_sketch.parts.mark import fill_and_ink, lead_icon
from easel_sketch.parts.stack import Row, stack
from easel_sketch.reading import lookup
from easel_sketch.reading.roles import LABEL, SUBLINE, Text
from easel_sketch.recipes import card
from easel_sketch.scenery.vector.stage import Stage, daylight
from easel_sketch.type.typeset import Headline, headline

MOST_TEXTS = 8
_LONGEST = 700
_TITLE = 110
_CROWDED = 380
_BANNERS, _SCENE = (1, 2), 3  # variations with the illustration across the page, and with a scene


def draw(job: Commission) -> str:
    title = _title_of(job)
    texts = [text for text in job.brief.texts if text.words != title]
    if not texts and title:
        texts = [Text(empty, LABEL) for empty in blanks(job.brief.points)]
    crowded = sum(len(text.words) for text in texts) > _LONGEST or (len(texts) > MOST_TEXTS and texts[0].words)
    if not job.brief.texts or crowded:
        return card.draw(job)
    words, art = _sides(job, heavy=_weight(texts))
    return "".join([paper(job), _illustration(job, art), *_texts(job, words, title, texts), grain_overlay(job, 0.3)])


def _title_of(job: Commission) -> str:
    """The headline; else the first text if it is short."""
    first = job.brief.texts[0].words if job.brief.texts else ""
    return job.brief.title or (first if len(first) < _TITLE else "")


def _is_banner(job: Commission) -> bool:
    """Whether the illustration is a band across a wide page: above the texts, or below them."""
    return job.index % 4 in _BANNERS and job.aspect > 0.9


def _weight(texts: Sequence[Text]) -> int:
    """The number of letters, if the texts need more room than an illustration of full size leaves."""
    letters = sum(len(text.words) for text in texts)
    return letters if len(texts) > 5 or letters > 260 else 0


def _sides(job: Commission, *, heavy: int) -> tuple[Box, Box]:
    """The box of the texts and the box of the illustration."""
    u, page = job.unit, job.page
    if job.aspect > 0.9 and not (_is_banner(job) and not heavy):
        share = (0.26 if heavy < _CROWDED else 0.15) if heavy else 0.36
        wide = page.w * share
        art = Box(0 if job.mirrored else page.w - wide, 0, wide, page.h)
        left = wide if job.mirrored else 0.0
        return Box(left + 76 * u, 76 * u, page.w - wide - 140 * u, page.h - 152 * u), art
    high = page.h * ((0.2 if heavy < _CROWDED else 0.12) if heavy else 0.32)
    art = Box(0, page.h - high if job.index % 2 else 0, page.w, high)
    top = 0.0 if job.index % 2 else high
    return Box(72 * u, top + 64 * u, page.w - 144 * u, page.h - high - 128 * u), art


def _texts(job: Commission, room: Box, title_text: str, texts: Sequence[Text]) -> list[str]:
    """Title, subtitle and points."""
    u, palette = job.unit, job.palette
    turned = job.brief.right_to_left
    ink = readable(palette.ink, palette.ground, least=7)
    if len(texts) < 2:
        room = Box(room.x, room.y + room.h * 0.14, room.w, room.h * 0.8)
    parts = [rule(job, room.right - 150 * u if turned else room.x, room.y, 150 * u, 11 * u)]
    y = room.y + 40 * u
    if title_text:
        share = _title_share(job, title_text, len(texts))
        title = _title(job, title_text, room, share)
        align = "right" if turned else "left"
        set_ = title.html(job.faces.head, ink, f"text-align:{align};width:{room.w:.1f}px;")
        high = title.height if texts else room.bottom - y
        parts.append(Box(room.x, y, room.w, high).div(set_, "flex-direction:column;justify-content:center;"))
        y += high + 36 * u
    body = Box(room.x, y, room.w, room.bottom - y)
    if texts and (texts[0].role == SUBLINE or len(texts) == 1):
        high = body.h * (0.24 if len(texts) > 1 else 0.9)
        row = [Row(texts[0].words, job.faces.body, 1, readable(mix(ink, palette.ground, 0.25), palette.ground))]
        parts.append(stack(job, Box(body.x, body.y, body.w, high), row, most=50))
        body = Box(body.x, body.y + high + 12 * u, body.w, max(1.0, body.h - high - 12 * u))
        texts = texts[1:]
    if texts:
        parts.append(_points(job, body, [text.words for text in texts], ink))
    return parts


def _title_share(job: Commission, title: str, count: int) -> float:
    """The title's share of the height."""
    if not count:
        return 0.85
    share = 0.24 if len(title) > 60 else 0.36 if count > 4 else 0.44
    return share * 0.7 if _is_banner(job) else share


def _title(job: Commission, text: str, room: Box, share: float) -> Headline:
    most = 128 * job.unit
    return headline(job.canvas, text, job.faces.head, room.w, room.h * share, most=most, lines=4)


def _points(job: Commission, box: Box, texts: Sequence[str], ink: str) -> str:
    """Each point beside its mark, separated by fine lines."""
    u, palette, turned = job.unit, job.palette, job.brief.right_to_left
    columns = 2 if len(texts) > (1 if _is_banner(job) else 4) and job.aspect > 0.9 else 1
    rows = -(-len(texts) // columns)
    gap = 44 * u
    cells = box.grid(columns, rows, gap if columns > 1 else 0)
    high = min(cells[0].h, 190 * u)
    cells = [Box(cell.x, box.y + (cell.y - box.y) * high / cell.h, cell.w, high) for cell in cells]
    named = lookup.for_labels(texts, job.icons) if any(texts) else [""] * len(texts)
    size = min(high * 0.6, 92 * u) if all(named) else min(high * 0.42, 54 * u)
    rooms = [
        Box(cell.x + (0 if turned else size + 30 * u), cell.y + 8 * u, cell.w - size - 30 * u, cell.h - 16 * u)
        for cell in cells
    ]
    face = job.faces.label if max(map(len, texts)) < 70 else job.faces.body
    lines = [[Row(text, face, 1, ink)] for text in texts]
    most = common_size(job, [pair for pair in zip(rooms, lines, strict=False) if pair[1][0].text], 52)
    art, parts = [], []
    for place, (cell, text) in enumerate(zip(cells, lines, strict=False)):
        x, y = (cell.right - size / 2 if turned else cell.x + size / 2), cell.centre[1]
        art.append(_mark(job, x, y, size, place, named[place]))
        if place % columns == 0 and place:
            art.append(rect(box.x, cell.y - 1 * u, box.w, 2 * u, palette.line))
        if text[0].text:
            parts.append(stack(job, rooms[place], text, anchor="center", most=most))
        else:
            parts.append(blank(job, rooms[place], place, ink, palette.ground))
    return job.page.svg("".join(art)) + "".join(parts)


def _mark(job: Commission, x: float, y: float, size: float, place: int, name: str) -> str:
    if name:
        return circle(x, y, size / 2, job.palette.tint(place, 0.2)) + icons.placed(name, x, y, size * 0.64)
    fill, ink = fill_and_ink(job, place)
    plate = rect(x - size / 2, y - size / 2, size, size, fill, size * 0.3)
    return plate + glyph("next", x, y, size * 0.24 * (-1 if job.brief.right_to_left else 1), ink, size * 0.1)


def _illustration(job: Commission, box: Box) -> str:
    """The leading colour with the subject's icon on large discs; in a fourth variation the theme's scene."""
    palette, u = job.palette, job.unit
    if job.index % 4 == _SCENE:
        scene = scenery.SCENES[job.theme.scene]
        stage = Stage(box.w, box.h, daylight(palette), palette.accents, job.rng, job.detail, palette.dark)
        size = min(box.w, box.h) * min(0.62, scene.size * 1.15)
        figure = "" if scene.has_figure else icons.placed(lead_icon(job), box.w * scene.x, box.h * scene.y, size)
        return box.svg(scene.draw(stage) + figure, "overflow:hidden;")
    first, second = fill_and_ink(job, 0)[0], fill_and_ink(job, 1)[0]
    deep = mix(first, palette.ramp[0], 0.55 if palette.dark else 0.1)
    # A gradient between two strong colours passes through grey: its far end is only tinted with the second.
    far = mix(mix(first, second, 0.3), palette.ramp[0], 0.7 if palette.dark else 0.3)
    back = box.div("", f"background-image:linear-gradient(160deg,{deep},{far});")
    x, y, r = box.w / 2, box.h / 2, min(box.w * 0.4, box.h * 0.38)
    art = circle(box.w, 0, r * 1.5, fade("#ffffff", 0.07)) + circle(0, box.h, r * 1.3, fade("#ffffff", 0.06))
    art += circle(x, y, r * 1.12, fade("#ffffff", 0.12)) + circle(x, y, r * 0.94, fade("#ffffff", 0.9))
    if job.detail > LOW:
        dots = f'stroke-dasharray="{3 * u:.0f} {16 * u:.0f}" stroke-linecap="round"'
        art += ring(x, y, r * 1.28, fade("#ffffff", 0.55), 5 * u, dots)
    art += icons.placed(lead_icon(job), x, y, r * 1.2)
    others = [name for name in job.icons if name != lead_icon(job)]
    spots = ((-0.86, 0.86), (0.9, 0.8), (0.84, -0.9))[: 3 if job.detail == HIGH else job.detail]
    for (dx, dy), name in zip(spots, others, strict=False):
        art += circle(x + dx * r, y + dy * r, r * 0.27, "#ffffff") + icons.placed(
            name, x + dx * r, y + dy * r, r * 0.34
        )
    return back + box.svg(art, "overflow:hidden;")
