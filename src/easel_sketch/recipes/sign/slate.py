"""A framed blackboard or whiteboard with handwriting and a tray."""

from easel_sketch.colour.mixing import mix, readable
from easel_sketch.drawing import icons
from easel_sketch.drawing.commission import LOW, Commission
from easel_sketch.drawing.geometry import Box
from easel_sketch.drawing.ink import circle, rect, stroke, trace
from easel_sketch.drawing.ornament import grain_overlay
from easel_sketch.drawing.shown import shown
from easel_sketch.parts.named_things import things
from easel_sketch.parts.stack import Row, stack
from easel_sketch.recipes.sign.arrows import arrow, asked_arrow


def slate(job: Commission, *, white: bool) -> str:
    u, page, name = job.unit, job.page, asked_arrow(job)
    face, frame = ("#f6f8f7", "#c3c9cc") if white else ("#25302d", "#9a6b42")
    board = page.inset(54 * u)
    board = Box(board.x, board.y, board.w, board.h - 26 * u)
    wall = mix("#e9e2d6" if not white else "#dfe6ea", job.palette.accent(0), 0.1)
    back = page.div("", f"background:{wall};")
    body = board.div("", f"background:{face};border:{22 * u:.1f}px solid {frame};border-radius:{8 * u:.1f}px;")
    found = [item.name for item in things(job, 3)] if not name else []
    inner = board.inset(74 * u, 62 * u)
    words, art = inner.rows(0.74 if found or name else 1.0, 18 * u)
    drawn = [_chalk_dust(job) if not white else "", _underline(job, words, face), _tray(job, board, frame, white=white)]
    chalk = (mix(face, "#ffffff", 0.35), "#f7f3e6", "#fffdf4")
    if name:
        drawn.append(arrow(name, art.inset(art.w * 0.25, 0), readable("#f7f3e6", face, least=4.6)))
    for place, thing in enumerate(found):
        x = art.x + art.w * (place + 0.5) / len(found)
        drawn.append(icons.placed(thing, x, art.centre[1], min(art.h * 0.95, 170 * u), None if white else chalk))
    rows = _rows(job, face, white=white)
    return "".join(
        [
            back,
            body,
            page.svg(shown("".join(drawn), "whiteboard" if white else "blackboard")),
            stack(job, words, rows, align="center", anchor="center", most=112) if rows else "",
            grain_overlay(job, 0.5),
        ]
    )


def _rows(job: Commission, face: str, *, white: bool) -> list[Row]:
    ink = readable(job.palette.ramp[0] if white else "#f7f3e6", face, least=7)
    tones = [
        readable(job.palette.accent(i) if white else mix(job.palette.accent(i), "#fff6dc", 0.45), face, least=4.6)
        for i in range(2)
    ]
    rows = []
    for place, text in enumerate(job.brief.texts):
        head = text.role == "headline"
        rows.append(
            Row(
                text.words,
                job.faces.head if head else job.faces.label,
                1.5 if head else 0.8,
                ink if head or place % 2 else tones[place % 2],
                0.5,
            )
        )
    return rows


def _chalk_dust(job: Commission) -> str:
    if job.detail == LOW:
        return ""
    rng, u, page = job.rng, job.unit, job.page
    smears = (
        stroke(
            trace(
                *("M", page.w * rng.random(), page.h * rng.random()),
                *("q", rng.uniform(60, 260) * u, rng.uniform(-40, 40) * u, rng.uniform(200, 420) * u, 0),
            ),
            "#ffffff",
            rng.uniform(30, 90) * u,
            'opacity=".014"',
        )
        for _ in range(24)
    )
    return "".join(smears)


def _underline(job: Commission, box: Box, face: str) -> str:
    """Flourishes in two corners of the board."""
    u, tone, parts = job.unit, readable(job.palette.accent(1), face, least=3), []
    for side in (-1, 1):
        x = box.x - 30 * u if side < 0 else box.right + 30 * u
        y = box.y - 24 * u
        parts.append(
            stroke(trace("M", x, y + 70 * u, "Q", x, y, x - side * 70 * u, y), tone, 5 * u)
            + circle(x - side * 92 * u, y, 6 * u, tone)
        )
    return "".join(parts)


def _tray(job: Commission, board: Box, frame: str, *, white: bool) -> str:
    u = job.unit
    tray = rect(
        board.x + board.w * 0.2, board.bottom - 4 * u, board.w * 0.6, 16 * u, mix(frame, "#2a1d12", 0.35), 4 * u
    )
    sticks = ("#f7f3e6", "#f2c14e", "#e58aa8") if not white else ("#2c6fb5", "#c9302c", "#2f8f55")
    bits = (
        rect(board.centre[0] + (i - 1) * 80 * u - 26 * u, board.bottom - 15 * u, 52 * u, 11 * u, tone, 5 * u)
        for i, tone in enumerate(sticks)
    )
    return tray + "".join(bits)
