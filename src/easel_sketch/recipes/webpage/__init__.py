"""A web page in a browser window: navigation, a hero section with a button, and cards.

Texts that the prompt does not give are drawn as bars.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from easel_sketch.colour.mixing import fade, mix, readable
from easel_sketch.drawing.commission import LOW, Commission
from easel_sketch.drawing.geometry import Box
from easel_sketch.drawing.ink import circle, rect
from easel_sketch.drawing.ornament import grain_overlay, shadow
from easel_sketch.parts.common_size import common_size
from easel_sketch.parts.mark import fill_and_ink, mark
from easel_sketch.parts.panel import panel
from easel_sketch.parts.pill import fitted_pill
from easel_sketch.parts.stack import Row, stack, stacked
from easel_sketch.reading import lookup
from easel_sketch.reading.roles import BODY, BUTTON, HEADLINE, SUBLINE
from easel_sketch.recipes import card
from easel_sketch.recipes.webpage.browser import BAR, navigation, window

MOST_TEXTS = 14
_BESIDE = 3  # most cards in a column beside the hero


@dataclass(frozen=True, slots=True)
class Site:
    """The texts by their place on the page."""

    brand: str
    lead: tuple[str, ...]
    calls: tuple[str, ...]
    rest: tuple[str, ...]


def draw(job: Commission) -> str:
    if job.brief.exceeds(MOST_TEXTS, 1300):
        return card.draw(job)
    u, site = job.unit, _assign(job)
    frame = job.page.inset(min(50 * u, job.page.w * 0.05))
    face = job.palette.surface
    ink = readable(job.palette.ink, face, least=7)
    inner = Box(frame.x + 50 * u, frame.y + (BAR + 18) * u, frame.w - 100 * u, frame.h - (BAR + 52) * u)
    nav, body = inner.rows(64 * u / inner.h, 22 * u)
    columns, rows = _grid(job, len(site.rest) or 3)
    share = 1 - (0.3 if rows == 1 else 0.48)
    hero, foot = body.rows(share if job.aspect > 0.9 or rows == 1 else 0.5, 30 * u)
    if job.index % 4 == 3 and job.aspect > 1.15 and len(site.rest) <= _BESIDE:
        hero, foot = body.columns(0.66, 30 * u, mirrored=job.brief.right_to_left)
        columns, rows = 1, len(site.rest) or 3
    parts = [window(job, frame, face), navigation(job, nav, site.brand, ink), _hero(job, hero, site, ink)]
    parts.append(_cards(job, foot, site.rest, (columns, rows), ink))
    return "".join([*parts, grain_overlay(job, 0.2)])


def _assign(job: Commission) -> Site:
    """Assign the texts. Of two headlines the first is the site's name."""
    calls = job.brief.of(BUTTON)[:3]
    texts = [text for text in job.brief.texts if text.words not in calls]
    brand = ""
    if len(texts) > 1 and texts[1].role not in (SUBLINE, BODY):
        pair = texts[0].role == texts[1].role == HEADLINE
        if pair or (" " not in texts[0].words and " " in texts[1].words and texts[1].role == HEADLINE):
            brand, texts = texts[0].words, texts[1:]
    under = len(texts) > 1 and texts[1].role in (SUBLINE, BODY)
    first = tuple(text.words for text in texts[: 2 if under else 1])
    return Site(brand, first, calls, tuple(text.words for text in texts[len(first) :]))


def _grid(job: Commission, count: int) -> tuple[int, int]:
    most = 4 if job.aspect > 1.15 else 3 if job.aspect > 0.9 else 2 if count > 3 else 1
    columns = min(count, most if count != 6 or most != 4 else 3)
    return columns, -(-count // columns)


def _hero(job: Commission, box: Box, site: Site, ink: str) -> str:
    u, palette = job.unit, job.palette
    soft = readable(mix(ink, palette.surface, 0.25), palette.surface)
    wide = box.w > box.h * 1.2 and job.aspect > 0.9
    over = wide and job.index % 4 == 1  # the picture fills the hero, the texts are on a plate
    words, art = (
        box.columns(0.52, 40 * u, mirrored=(job.index % 4 == 2) != job.brief.right_to_left)
        if wide
        else box.rows(0.5, 26 * u)
    )
    plate = ""
    if over:
        near = box.columns(0.46, 0, mirrored=job.brief.right_to_left)[0].inset(28 * u)
        plate = near.div("", f"background:{palette.surface};border-radius:{20 * u:.0f}px;{shadow(job, 1.2)}")
        words, art = near.inset(34 * u, 26 * u), box
    button = 76 * u if site.calls else 0.0
    rows = [Row(text, job.faces.head, 1, ink) for text in site.lead[:1]]
    rows += [Row(text, job.faces.body, 0.46 if len(text) < 110 else 0.56, soft, 0.6) for text in site.lead[1:]]
    free = words.h - (button + 34 * u if button else 0)
    room = Box(words.x, words.y, words.w, free)
    used = stacked(job, room, rows, most=104).height if rows else 0.0
    top = words.y + max(0.0, free - used) / 2
    parts = [stack(job, Box(words.x, top, words.w, free), rows, most=104)] if rows else []
    parts.append(
        _calls(job, Box(words.x, min(top + used + 34 * u, words.bottom - button), words.w, button), site.calls, ink)
    )
    if not rows and job.detail > LOW:
        parts.append(job.page.svg(_lines(job, words, ink)))
    picture = panel(job, art, [], numbered=False)
    return "".join([picture, plate, *parts] if over else [*parts, picture])


def _calls(job: Commission, box: Box, calls: Sequence[str], ink: str) -> str:
    parts, x = [], box.x
    for place, call in enumerate(calls):
        fill = fill_and_ink(job, 0)[0] if place == 0 else mix(job.palette.surface, ink, 0.12)
        most = box.w / len(calls) - 16 * job.unit
        button, took = fitted_pill(job, x, box.y, box.h, call, fill, most)
        if job.brief.right_to_left:
            button, took = fitted_pill(job, box.x + box.right - took.right, box.y, box.h, call, fill, most)
            x += took.w + 18 * job.unit
        else:
            x = took.right + 18 * job.unit
        parts.append(button)
    return "".join(parts)


def _lines(job: Commission, box: Box, ink: str) -> str:
    """Bars in place of a headline."""
    u, face = job.unit, job.palette.surface
    y = box.centre[1] - 90 * u
    shapes = ((0.9, 44), (0.62, 44), (0.8, 16), (0.7, 16))
    drawn = []
    for wide, high in shapes:
        drawn.append(
            rect(box.x, y, box.w * wide, high * u, mix(face, ink, 0.24 if high > 20 else 0.13), high * u * 0.4)
        )
        y += (high + 22) * u
    return "".join(drawn)


def _cards(job: Commission, box: Box, texts: Sequence[str], shape: tuple[int, int], ink: str) -> str:
    """One card per remaining text; cards with bars if there are none."""
    u, palette = job.unit, job.palette
    count = len(texts) or 3
    cells = box.grid(*shape, 22 * u)[:count]
    if job.brief.right_to_left:
        cells = [Box(box.x + box.right - cell.right, cell.y, cell.w, cell.h) for cell in cells]
    beside = cells[0].h < 150 * u or cells[0].w > cells[0].h * 2.8
    named = lookup.for_labels(texts, job.icons[1:] or job.icons) if texts else [job.icon(i + 1) for i in range(count)]
    size = min(84 * u, cells[0].h * (0.5 if beside else 0.36))
    rooms = [_beside(job, cell, size) if beside else _below(job, cell, size) for cell in cells]
    rows = [[Row(text, job.faces.label if len(text) < 50 else job.faces.body, 1, ink)] for text in texts]
    most = common_size(job, zip(rooms, rows, strict=False), 30 if beside else 34)
    parts = []
    for place, (cell, room) in enumerate(zip(cells, rooms, strict=True)):
        parts.append(
            cell.div("", f"background:{palette.tint(place, 0.09)};border-radius:{22 * u:.0f}px;{shadow(job, 0.4)}")
        )
        x = cell.right - 26 * u - size / 2 if job.brief.right_to_left else cell.x + 26 * u + size / 2
        y = cell.centre[1] if beside else cell.y + 24 * u + size / 2
        if named[place]:
            parts.append(mark(job, x, y, size, place, named[place]))
        else:
            parts.append(job.page.svg(_shape(job, x, y, size, place)))
        if texts:
            parts.append(stack(job, room, rows[place], anchor="center", most=most))
        else:
            parts.append(job.page.svg("".join(_bar(job, room, i, ink) for i in range(3))))
    return "".join(parts)


def _beside(job: Commission, cell: Box, size: float) -> Box:
    u, taken = job.unit, size + 46 * job.unit
    left = cell.x + 22 * u if job.brief.right_to_left else cell.x + taken
    return Box(left, cell.y + 14 * u, cell.w - taken - 22 * u, cell.h - 28 * u)


def _below(job: Commission, cell: Box, size: float) -> Box:
    u = job.unit
    top = cell.y + size + 36 * u
    return Box(cell.x + 26 * u, top, cell.w - 52 * u, cell.bottom - top - 16 * u)


def _shape(job: Commission, x: float, y: float, size: float, place: int) -> str:
    """A symbol of geometric shapes, different for each card."""
    fill, ink = fill_and_ink(job, place)
    s = size / 2
    plate = rect(x - s, y - s, size, size, fill, size * 0.3)
    inner = (
        circle(x, y, s * 0.42, ink),
        rect(x - s * 0.4, y - s * 0.4, s * 0.8, s * 0.8, ink, s * 0.18),
        circle(x - s * 0.2, y, s * 0.36, ink) + circle(x + s * 0.24, y, s * 0.36, fade(ink, 0.6)),
        rect(x - s * 0.46, y - s * 0.36, s * 0.92, s * 0.26, ink, s * 0.13)
        + rect(x - s * 0.46, y + s * 0.1, s * 0.6, s * 0.26, ink, s * 0.13),
    )
    return plate + inner[place % len(inner)]


def _bar(job: Commission, room: Box, place: int, ink: str) -> str:
    u = job.unit
    y = room.centre[1] + (place - 1) * 26 * u
    strong = 0.24 if place == 0 else 0.13
    return rect(
        room.x, y - 6 * u, room.w * (0.6, 0.92, 0.7)[place], 12 * u, mix(job.palette.surface, ink, strong), 6 * u
    )
