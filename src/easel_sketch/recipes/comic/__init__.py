"""A comic: full-figure characters in a drawn scene, with speech bubbles."""

from dataclasses import dataclass

from easel_sketch.colour.mixing import readable
from easel_sketch.drawing.commission import Commission
from easel_sketch.drawing.geometry import Box
from easel_sketch.drawing.ornament import grain_overlay
from easel_sketch.parts.named_things import thing, things
from easel_sketch.parts.stack import Row, stack
from easel_sketch.recipes import card
from easel_sketch.recipes.comic.comic_panel import INK, Line, Speaker, panel

MOST_TEXTS, MOST_LETTERS = 12, 720
_DEFAULT_CHARACTERS = ("woman", "man", "girl", "boy")
_PAPER = "#fbf7ec"


@dataclass(frozen=True, slots=True)
class _Script:
    """The title, the lines with the index of their speaker, and the characters."""

    title: str
    lines: tuple[Line, ...]
    cast: tuple[Speaker, ...]


def draw(job: Commission) -> str:
    if job.brief.exceeds(MOST_TEXTS, MOST_LETTERS) or job.insets:
        return card.draw(job)
    script, u, page = _script(job), job.unit, job.page
    room = page.inset(34 * u)
    parts = [page.div("", f"background:{_PAPER};")]
    if script.title:
        strip, room = room.rows(0.085 if room.h > room.w else 0.11, 20 * u)
        parts.append(strip.div("", f"background:{job.palette.accent(2)};border:{5 * u:.0f}px solid {INK};"))
        parts.append(
            stack(
                job,
                strip.inset(24 * u, 8 * u),
                [Row(script.title, job.faces.head, 1, _on(job))],
                align="center",
                anchor="center",
                most=62,
            )
        )
    cells = _cells(job, room, _panels(len(script.lines)))
    for place, (cell, lines) in enumerate(zip(cells, _distribute(script.lines, len(cells)), strict=True)):
        parts.append(panel(job, cell, place, lines, script.cast))
    return "".join([*parts, grain_overlay(job, 0.3)])


def _on(job: Commission) -> str:
    return readable(INK, job.palette.accent(2), least=4.6)


def _script(job: Commission) -> _Script:
    texts = job.brief.texts
    title = job.brief.title if len(texts) > 1 else ""
    spoken = [text.words for text in texts[bool(title) :]]
    cast = _characters(job, spoken)
    speaking = _speaking(job, cast, len(spoken))
    lines = tuple(Line(text, speaker) for text, speaker in zip(spoken, speaking, strict=True))
    return _Script(title, lines, cast)


def _characters(job: Commission, spoken: list[str]) -> tuple[Speaker, ...]:
    """The named characters, or a default pair; a single one gets a partner if several lines are spoken."""
    named = [character.name for character in things(job, 8) if character.alive][:3]
    if not named:
        shift = 2 * (job.index % 2)
        named = [*_DEFAULT_CHARACTERS[shift : shift + 2]]
    elif len(named) == 1 and len(spoken) > 1:
        named.append(
            _DEFAULT_CHARACTERS[job.index % 2]
            if named[0] not in _DEFAULT_CHARACTERS
            else "man"
            if named[0] in ("woman", "girl")
            else "woman"
        )
    return tuple(Speaker(name, thing(name).size, job.palette.accent(place)) for place, name in enumerate(named))


def _speaking(job: Commission, cast: tuple[Speaker, ...], count: int) -> list[int]:
    """The speaker of each line: the character named last before the word of speech, else in turns."""
    names = [character.name for character in cast]
    known = (next((name for name in named if name in names), "") for named in job.brief.speakers)
    speakers = [names.index(name) for name in known if name]
    return speakers if len(speakers) == count else [place % len(cast) for place in range(count)]


def _panels(lines: int) -> int:
    return 1 if lines <= 2 else -(-lines // 2) if lines > 4 else lines if lines == 4 else 3


def _cells(job: Commission, room: Box, count: int) -> list[Box]:
    """The panels in reading order; an odd one is as wide as the page."""
    gap = 20 * job.unit
    columns = 1 if count == 1 or (count <= 3 and job.aspect < 0.8) else 3 if count == 3 and job.aspect > 1.3 else 2
    rows = -(-count // columns)
    cells = room.grid(columns, rows, gap)[:count]
    if columns == 2 and count % 2:
        wide = 0 if job.index % 2 else count - 1
        cells = _with_wide(room, rows, gap, wide, count)
    if job.brief.right_to_left:
        cells = [Box(room.x + room.right - cell.right, cell.y, cell.w, cell.h) for cell in cells]
    return cells


def _with_wide(room: Box, rows: int, gap: float, wide: int, count: int) -> list[Box]:
    grid = room.grid(2, rows, gap)
    row = Box(room.x, grid[0].y if wide == 0 else grid[-1].y, room.w, grid[0].h)
    return [row, *grid[2 : count + 1]] if wide == 0 else [*grid[: count - 1], row]


def _distribute(lines: tuple[Line, ...], count: int) -> list[tuple[Line, ...]]:
    """Distribute the lines over the panels in order, the earlier ones with one more."""
    each, more = divmod(len(lines), count)
    dealt, at = [], 0
    for place in range(count):
        take = each + (place < more)
        dealt.append(lines[at : at + take])
        at += take
    return dealt
