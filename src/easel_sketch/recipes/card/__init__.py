"""A card: texts of any number with an icon on a plain background. The fallback for most other recipes."""

from dataclasses import dataclass

from easel_sketch.drawing import icons
from easel_sketch.drawing.commission import LOW, Commission
from easel_sketch.drawing.geometry import Box
from easel_sketch.drawing.ink import circle, stroke
from easel_sketch.drawing.ornament import grain_overlay
from easel_sketch.parts.asked import asked_drawings, main_drawings
from easel_sketch.parts.flow import in_columns
from easel_sketch.parts.panel import input_images
from easel_sketch.recipes.card.ground import ground
from easel_sketch.recipes.card.plain import Ground
from easel_sketch.scenery.vector.sky import sparkle
from easel_sketch.type import typeset
from easel_sketch.type.typeset import Headline

_CORNERS = ((0.44, 0.3), (-0.44, 0.3), (0.42, -0.34))
_STACKED = 120  # most letters of a wide card with its drawing above the texts


@dataclass(frozen=True, slots=True)
class _Layout:
    """The boxes of icons and texts inside the card."""

    art: tuple[Box, ...]
    words: Box
    align: str


def draw(job: Commission) -> str:
    base = ground(job)
    layout = _layout(job, base)
    if job.insets:
        drawn = input_images(job, layout.art[0])
    else:
        drawn = "".join(
            _icon(job, box, place, base, alone=len(layout.art) == 1) for place, box in enumerate(layout.art)
        )
    return "".join([base.html, drawn, _words(job, layout, base), grain_overlay(job, 0.45)])


def _layout(job: Commission, base: Ground) -> _Layout:
    """Icons above, beside, or at both sides of the texts; none if the texts are long."""
    room, gap, letters = base.room, 26 * job.unit, _letters(job)
    if not letters:
        return _Layout((room if job.insets else room.inset(room.w * 0.04, room.h * 0.04),), room, "center")
    wide = room.w > room.h * 1.3 and not base.round and (job.index % 4 != 2 or job.insets or letters > _STACKED)
    if (letters > 420 or len(job.brief.items) > 8) and not job.insets:
        return _Layout((), room, "center" if base.centred and letters < 600 else _start_side(job))
    flipped = job.index % 2 == 1
    if wide and base.centred and not job.insets and not flipped:
        left, rest = room.columns(0.21, gap)
        words, right = rest.columns(0.735, gap)
        return _Layout((left, right), words, "center")
    if wide:
        words, art = room.columns(0.5 if job.insets else 0.62, gap * 1.6, mirrored=job.mirrored)
        return _Layout((art,), words, "center" if base.centred else _start_side(job))
    share = _art_share(job, letters)
    if flipped:
        words, art = room.rows(1 - share, gap)
        return _Layout((art,), words, "center")
    art, words = room.rows(share, gap)
    return _Layout((art,), words, "center")


def _letters(job: Commission) -> int:
    """The amount of text in letters; a Chinese character counts as 1.8."""
    brief = job.brief
    weight = 1.8 if brief.language in ("zh", "ja", "ko") else 1.0
    return round(weight * (len(brief.title) + sum(map(len, brief.items)) + len(brief.subtitle)))


def _start_side(job: Commission) -> str:
    return "right" if job.brief.right_to_left else "left"


def _art_share(job: Commission, letters: int) -> float:
    if job.insets:
        return 0.6
    return 0.44 if letters < 40 else 0.34 if letters < 120 else 0.24 if letters < 260 else 0.18


def _words(job: Commission, layout: _Layout, base: Ground) -> str:
    """Headline and lines as one group, centred vertically."""
    box, brief = layout.words, job.brief
    texts = brief.items or tuple(filter(None, (brief.subtitle,)))
    title = _title(job, box)
    gap = 30 * job.unit if texts and title.lines else 0.0
    room = Box(box.x, box.y, box.w, box.h - title.height - gap)
    inks = (base.ink, base.accent_ink)
    lines = in_columns(job, room, texts, inks, align=layout.align, rule=base.accent, most=60) if texts else None
    under = min(lines.height, room.h) if lines else 0.0
    top = box.y + max(0.0, box.h - title.height - gap - under) / 2
    style = f"text-align:{layout.align};width:{box.w:.1f}px;"
    head = Box(box.x, top, box.w, title.height).div(
        title.html(job.faces.head, base.ink, style), "flex-direction:column;"
    )
    if not lines:
        return head
    return head + Box(box.x, top + title.height + gap, box.w, under).div(lines.html, "flex-direction:column;")


def _title(job: Commission, box: Box) -> Headline:
    text, letters = job.brief.title, _letters(job)
    if not text:
        return Headline((), (), 1.0)
    rest = letters - len(text)
    share = 0.98 if not rest else 0.7 if rest < 60 else 0.52 if rest < 200 else 0.34
    share = max(0.26, share - 0.06 * len(job.brief.items))
    most = (72 if letters > 420 else 200) * job.unit
    lines = 7 if len(text) > 60 else 5 if len(text) > 30 else 3
    filled = job.brief.kind in ("banner", "sticker", "packaging") and len(text) < 40
    return typeset.headline(
        job.canvas, text, job.faces.head, box.w, box.h * share, most=most, lines=lines, filled=filled
    )


def _icon(job: Commission, box: Box, place: int, base: Ground, *, alone: bool) -> str:
    """A drawing on a plate, between two rules if there is room; if it is `alone`, the next ones at its corners."""
    x, y = box.centre
    size = min(box.w, box.h) * (0.94 if base.round else 0.9)
    parts = []
    if job.detail > LOW and not job.transparent:
        parts.append(circle(x, y, size * 0.56, base.plate))
        size *= 0.82
    if job.detail > LOW and box.w > box.h * 1.7 and not base.round:
        parts += [_flourish(job, x + side * size * 0.92, y, side * box.w * 0.2, base.accent) for side in (-1, 1)]
    names = main_drawings(job)
    parts.append(icons.placed(names[place % len(names)], x, y, size))
    if alone:
        others = asked_drawings(job)[1 : 1 + len(_CORNERS)]
        spots = [(name, x + dx * size, y + dy * size) for name, (dx, dy) in zip(others, _CORNERS, strict=False)]
        parts += [icons.placed(name, sx, sy, size * 0.4) for name, sx, sy in spots]
    return job.page.svg("".join(parts))


def _flourish(job: Commission, x: float, y: float, reach: float, colour: str) -> str:
    """A rule that ends in a small star."""
    u = job.unit
    bar = stroke(f"M{x:.1f} {y:.1f}h{reach * 0.7:.1f}", colour, 3 * u)
    return bar + sparkle(x + reach * 0.92, y, 13 * u, colour) + circle(x + reach * 0.79, y, 3 * u, colour)
