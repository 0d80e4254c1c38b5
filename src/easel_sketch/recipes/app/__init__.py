"""A phone with an app: a search field, a large card, round buttons, cards or a list, a button, tabs at the bottom.

Texts that the prompt does not give are drawn as bars and icons; no facts or figures are invented.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from easel_sketch.colour.mixing import mix, readable
from easel_sketch.drawing import icons
from easel_sketch.drawing.commission import Commission
from easel_sketch.drawing.geometry import Box
from easel_sketch.drawing.ink import circle
from easel_sketch.drawing.ornament import grain_overlay
from easel_sketch.drawing.shown import attribute
from easel_sketch.parts.mark import fill_and_ink
from easel_sketch.parts.pill import pill
from easel_sketch.reading.roles import BODY, BUTTON, HEADLINE, SEARCH, Text
from easel_sketch.recipes import card
from easel_sketch.recipes.app.appcard import actions, greeting, is_figure, main_card, subject_of
from easel_sketch.recipes.app.appgrid import cards, search
from easel_sketch.recipes.app.applist import rows
from easel_sketch.recipes.app.phone import SHAPE, backdrop, case, screen, status, tabs

MOST_TEXTS = 13
_MOST_WIDE = 9
_LONGEST_ACTION = 13
_LONGEST_UNSPACED = 5
_MOST_CARDS = 6


@dataclass(frozen=True, slots=True)
class Screen:
    """The texts by their place on the screen."""

    title: str = ""
    lead: tuple[Text, ...] = ()
    actions: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    calls: tuple[str, ...] = field(default=())
    search: str = ""
    cards: tuple[str, ...] = ()


def draw(job: Commission) -> str:
    texts = job.brief.texts
    if job.brief.exceeds(MOST_TEXTS if job.aspect < 1.1 else _MOST_WIDE, 420):
        return card.draw(job)
    palette, page = job.palette, job.page
    dark = palette.dark
    face = mix(palette.surface, "#0a0c14", 0.45) if dark else mix(palette.ground, "#ffffff", 0.6)
    h = page.h * 0.91
    w = min(h * SHAPE, page.w * 0.8)
    phone, others, disc = _placed(job, Box((page.w - w) / 2, (page.h - h) / 2, w, h))
    parts = [backdrop(job, dark=dark)]
    if disc:
        parts.append(_subject(job, disc, face))
    parts += [_phone(job, side, face, Screen()) for side in others]
    parts.append(_phone(job, phone, face, _assign(texts, in_cards="cards" in job.brief.variants.get("app", ()))))
    return f"<div {attribute('mobile-phone')}>{''.join(parts)}</div>{grain_overlay(job, 0.2)}"


def _placed(job: Commission, phone: Box) -> tuple[Box, list[Box], Box | None]:
    """The phone, smaller ones behind it, and the box of the subject's drawing: on wide pages another way each time."""
    style, page = job.index % 4, job.page
    if job.aspect <= 1.1:
        return phone, [], None
    if style == 1:
        at = Box(page.w * 0.68 - phone.w / 2, phone.y, phone.w, phone.h)
        side = min(page.h * 0.66, page.w * 0.4)
        return at, [], Box(page.w * 0.27 - side / 2, (page.h - side) / 2, side, side)
    w, h = phone.w * 0.82, phone.h * 0.82
    y = phone.y + (phone.h - h) / 2
    if style == 2:
        at = Box((page.w - 1.96 * phone.w) / 2, phone.y, phone.w, phone.h)
        return at, [Box(at.right + phone.w * 0.14, y, w, h)], None
    if style == 3:
        at = Box((page.w - 2.46 * phone.w) / 2, phone.y, phone.w, phone.h)
        small = Box(at.right + w * 0.9, y + h * 0.06, w * 0.88, h * 0.88)
        return at, [small, Box(at.right - w * 0.06, y, w, h)], None
    return phone, [Box(phone.x - w * 0.92, y, w, h), Box(phone.right - w * 0.08, y, w, h)], None


def _subject(job: Commission, box: Box, face: str) -> str:
    """What the app is about, on a disc beside the phone."""
    x, y = box.centre
    r = box.w / 2
    plate = mix(face, job.palette.accent(0), 0.18)
    ring_ = circle(x, y, r * 1.12, plate, 'opacity=".45"') + circle(x, y, r, plate)
    small = circle(x + r * 0.86, y - r * 0.72, r * 0.16, job.palette.accent(1))
    small += circle(x - r * 0.94, y + r * 0.62, r * 0.1, job.palette.accent(2))
    return job.page.svg(ring_ + small + icons.placed(subject_of(job), x, y, r * 1.2))


def _assign(texts: Sequence[Text], *, in_cards: bool = False) -> Screen:
    """Assign texts: a figure with its label goes on the card, short texts after it become actions, others the list.

    If the prompt speaks of cards, all texts but the title become their titles.
    """
    field_ = next((text for text in texts if text.role == SEARCH), None)
    if field_:
        return replace(_assign([text for text in texts if text is not field_], in_cards=in_cards), search=field_.words)
    calls = tuple(text.words for text in texts if text.role == BUTTON)[:2]
    rest = [text for text in texts if text.words not in calls]
    if in_cards and 2 <= len(rest) - (rest[0].role == HEADLINE) <= _MOST_CARDS:
        title = rest[0].words if rest[0].role == HEADLINE else ""
        return Screen(title, calls=calls, cards=tuple(text.words for text in rest[bool(title) :]))
    title = ""
    if rest and rest[0].role == HEADLINE:
        title, rest = rest[0].words, rest[1:]
    at = next((place for place, text in enumerate(rest) if is_figure(text)), None)
    if at is not None and at < 3:
        # A figure without a label before it takes the text after it as its label.
        after = at + 1 if at else min(2, len(rest))
        lead, rest = tuple(rest[:after]), rest[after:]
        end = next((place for place, text in enumerate(rest) if not _fits_button(text)), len(rest))
        if end < len(rest) and is_figure(rest[end]):
            end -= 1  # the text before a figure is its label, not an action
        if 2 <= end <= 4:
            return Screen(title, lead, tuple(text.words for text in rest[:end]), _paired(rest[end:]), calls)
        return Screen(title, lead, (), _paired(rest), calls)
    if (rest and rest[0].role == BODY) or (len(rest) == 1 and not calls):
        return Screen("", (Text(title, HEADLINE), rest[0]) if title else (rest[0],), (), _paired(rest[1:]), calls)
    if 2 <= len(rest) <= 4 and all(map(_fits_button, rest)):
        return Screen("", (Text(title, HEADLINE),) if title else (), tuple(text.words for text in rest), (), calls)
    return Screen("", (Text(title, HEADLINE),) if title else (), (), _paired(rest), calls)


def _fits_button(text: Text) -> bool:
    """Whether a text is short enough for the label of a round button."""
    spaced = text.words.isascii()
    return len(text.words) <= (_LONGEST_ACTION if spaced else _LONGEST_UNSPACED + 4) and not any(
        map(str.isdigit, text.words)
    )


def _paired(texts: Sequence[Text]) -> tuple[tuple[str, ...], ...]:
    """Pair each price or number with the text before it."""
    found: list[tuple[str, ...]] = []
    for text in texts:
        if is_figure(text) and found and len(found[-1]) == 1:
            found[-1] = (*found[-1], text.words)
        else:
            found.append((text.words,))
    return tuple(found)


def _phone(job: Commission, phone: Box, face: str, shown: Screen) -> str:
    """A phone with its screen, from top to bottom."""
    w = phone.w
    ink = readable(job.palette.ink, face, least=7)
    glass, lit = screen(phone, face)
    room = Box(lit.x + w * 0.058, lit.y + w * 0.135, lit.w - w * 0.116, lit.h - w * 0.135 - w * 0.03)
    foot = Box(room.x, room.bottom - w * 0.16, room.w, w * 0.16)
    top = Box(room.x, room.y, room.w, w * 0.12)
    parts = [case(phone), glass, status(job, phone, lit, ink), greeting(job, top, shown.title, face, ink)]
    y, end = top.bottom + w * 0.04, foot.y - w * 0.03
    end -= w * 0.155 * len(shown.calls)
    if shown.search:
        parts.append(search(job, Box(room.x, y, room.w, w * 0.125), shown.search, face, ink))
        y += w * 0.165
    if shown.cards:
        grid = Box(room.x, y, room.w, min(end - y, w * 0.56 * ((len(shown.cards) + 1) // 2)))
        parts.append(cards(job, grid, shown.cards, face, ink, w))
        return "".join([*parts, _calls(job, room, end, shown.calls, face, ink, w), tabs(job, foot, face, ink)])
    large = Box(room.x, y, room.w, _card_height(w, shown, end - y))
    parts.append(main_card(job, large, shown.lead))
    y = large.bottom + w * 0.045
    if shown.actions or not shown.rows:
        band = Box(room.x, y, room.w, w * (0.235 if shown.actions else 0.15))
        parts.append(actions(job, band, shown.actions, face, ink))
        y = band.bottom + w * 0.035
    parts.append(rows(job, Box(room.x, y, room.w, end - y), shown.rows, face, ink, w))
    return "".join([*parts, _calls(job, room, end, shown.calls, face, ink, w), tabs(job, foot, face, ink)])


def _calls(job: Commission, room: Box, y: float, calls: Sequence[str], face: str, ink: str, w: float) -> str:
    """The buttons at the lower end."""
    parts = []
    for place, call in enumerate(calls):
        spot = Box(room.x, y + w * (0.03 + 0.155 * place), room.w, w * 0.125)
        fill = fill_and_ink(job, 0)[0] if place == 0 else mix(face, ink, 0.22)
        parts.append(pill(job, spot, call, fill, radius=0.36))
    return "".join(parts)


def _card_height(w: float, shown: Screen, free: float) -> float:
    """The height of the large card: less when the list is long."""
    preferred = w * (0.62 if len(shown.lead) > 1 else 0.54)
    return min(preferred, max(w * 0.3, free - w * 0.16 * len(shown.rows) - w * 0.1))
