"""Repeating patterns: whatever crosses one edge of the tile continues at the opposite edge."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import cos, radians, sin

from easel_sketch.colour.mixing import contrast, luminance, mix
from easel_sketch.colour.tone import lightness, toned
from easel_sketch.drawing import icons
from easel_sketch.drawing.commission import LOW, Commission
from easel_sketch.drawing.ink import circle, path, rect, stroke, trace
from easel_sketch.parts.inks import inks_of
from easel_sketch.parts.named_things import thing

_ROTATIONS = (-22, 16, 38, -8, 172, 26, -40, 8, 195, -28)
_SIZES = (1.0, 0.86, 1.08, 0.78, 0.94)
_TRELLIS, _ONE_INK, _BANDS = 1, 2, 3
_UPRIGHT = frozenset({"ground", "building", "tree", "water"})


@dataclass(frozen=True, slots=True)
class Print:
    """The colour of the background and the main colour printed on it."""

    ground: str
    art: str


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The staggered grid of one repeat, the random values of its cells, and its colours.

    An `ordered` sheet keeps its motifs upright on the grid; otherwise they are scattered.
    """

    columns: int
    rows: int
    step: float
    wide: float
    high: float
    ordered: bool
    noise: dict[tuple[int, int], tuple[float, float, int]]
    leaf: str
    spots: tuple[str, ...]
    ramp: tuple[str, ...] | None


def motifs(job: Commission, ground: str, names: Sequence[str], tints: Mapping[str, str], *, leafy: bool) -> str:
    """The motifs on a staggered grid with sprigs and dots between; only sprigs if there are no motifs.

    Scattered, on a trellis, in one colour, or on bands, by the image's index.
    """
    sheet = _sheet(job, ground)
    low, middle, top = [_under(job, sheet, ground)], [], []
    for row in range(-1, sheet.rows + 1):
        for column in range(-1, sheet.columns + 1):
            under, between, over = _cell(job, sheet, ground, names, tints, (column, row), leafy=leafy)
            low.append(under)
            middle.append(between)
            top.append(over)
    return "".join([*low, *middle, *top])


def _sheet(job: Commission, ground: str) -> _Sheet:
    w, h, rng = job.page.w, job.page.h, job.rng
    style = job.index % 4
    step = min(w, h) / ((4, 5, 5)[job.detail] + (style == _BANDS))
    columns, rows = round(w / step), max(2, 2 * round(h / (step * 0.8) / 2))
    ordered = style in (_TRELLIS, _BANDS)
    jitter = 0.0 if ordered else 0.07
    noise = {
        (column, row): (rng.uniform(-jitter, jitter), rng.uniform(-jitter, jitter), rng.randrange(100))
        for column in range(columns)
        for row in range(rows)
    }
    ramp = _ramp(job, ground) if style == _ONE_INK else None
    return _Sheet(
        columns, rows, step, w / columns, h / rows, ordered, noise, _leaf(job, ground), _spots(job, ground), ramp
    )


def _under(job: Commission, sheet: _Sheet, ground: str) -> str:
    """What lies under the motifs: a trellis of fine lines, wide bands, or nothing."""
    h, style = job.page.h, job.index % 4
    pale = mix(ground, "#ffffff" if luminance(ground) < 0.5 else sheet.leaf, 0.16)
    if style == _BANDS:
        return "".join(rect(i * sheet.wide, 0, sheet.wide / 2, h, pale) for i in range(sheet.columns))
    if style != _TRELLIS:
        return ""
    lines = []
    for row in range(-1, sheet.rows + 1):
        for column in range(-1, sheet.columns + 1):
            x, y = (column + 0.5 * (row % 2) + 0.25) * sheet.wide, (row + 0.5) * sheet.high
            lines.append(
                trace("M", x - sheet.wide / 2, y, "L", x, y - sheet.high, "L", x + sheet.wide / 2, y)
                + trace("L", x, y + sheet.high, "Z")
            )
    return stroke(" ".join(lines), pale, 2.4 * job.unit)


def _cell(
    job: Commission,
    sheet: _Sheet,
    ground: str,
    names: Sequence[str],
    tints: Mapping[str, str],
    at: tuple[int, int],
    *,
    leafy: bool,
) -> tuple[str, str, str]:
    """One cell's drawings: below the motif, between it and its neighbour, and the motif itself."""
    (column, row), step = at, sheet.step
    # Cells one page apart share their random values, which makes the pattern seamless.
    c, r = column % sheet.columns, row % sheet.rows
    dx, dy, noise = sheet.noise[c, r]
    x, y = (column + 0.25 + 0.5 * (r % 2) + dx) * sheet.wide, (row + 0.5 + dy) * sheet.high
    name = names[(c + 2 * r if len(names) > 2 else c + r) % len(names)] if names else ""
    size = step * (0.7 if sheet.ordered else 0.82 * _SIZES[noise % 5])
    twist = noise * 3.6 if not sheet.ordered else (40 if r % 2 else -40)
    low = ""
    if leafy or not name:
        low = _sprig(x, y, size * (0.74 if name else 0.9), twist, sheet.leaf, pairs=3)
        low += _sprig(x, y, size * 0.68, twist + 150, mix(sheet.leaf, ground, 0.25), pairs=2)
    inks, small = (sheet.leaf, sheet.spots), leafy or not job.index % 2
    middle = _between(x + sheet.wide * 0.5, y + sheet.high * 0.06, step, noise, inks, leafy=small)
    if job.detail > LOW and not sheet.ordered:
        middle += _small_dots(x, y + sheet.high * 0.52, step, noise, sheet.spots)
    turn, tint = _turn(sheet, name, r, noise), tints.get(name, "")
    top = icons.placed(name, x, y, size, None if tint else sheet.ramp, turn, tint) if name else ""
    return low, middle, top


def _turn(sheet: _Sheet, name: str, row: int, noise: int) -> float:
    """The rotation of a motif: by row if ordered, else by `noise`; animals are never upside down."""
    if sheet.ordered:
        return 14 if row % 2 else -14
    turn = _ROTATIONS[noise % 10]
    return (turn * 0.3 if abs(turn) < 90 else 8) if _is_upright(name) else turn


def _is_upright(name: str) -> bool:
    return bool(name) and thing(name).place in _UPRIGHT and thing(name).alive


def _leaf(job: Commission, ground: str) -> str:
    """A green, or the leading colour of a one-colour print, with contrast to the background."""
    own = job.palette.accent(0)
    tone = mix("#6fae7a", own, 0.25)
    dark = luminance(ground) < 0.25
    light = lightness(ground)
    return toned(tone, min(0.8, light + 0.36) if dark else max(0.38, light - 0.34))


def _spots(job: Commission, ground: str) -> tuple[str, ...]:
    tones = [tone for tone in (*job.palette.accents, job.palette.ramp[4]) if contrast(tone, ground) > 1.5]
    pale = mix(ground, "#ffffff", 0.7) if luminance(ground) < 0.5 else mix(ground, job.palette.ramp[0], 0.35)
    return (*(tones or [pale]), pale)


def _ramp(job: Commission, ground: str) -> tuple[str, ...]:
    """The shades of a one-colour print."""
    own = job.palette.accent(0)
    if luminance(ground) < 0.3:
        return (mix(own, ground, 0.5), toned(own, 0.7), "#fff6e6")
    return (toned(own, 0.3), toned(own, 0.55), mix("#ffffff", own, 0.16))


def _sprig(x: float, y: float, size: float, turn: float, tone: str, *, pairs: int) -> str:
    """A twig with paired leaves, from (x, y)."""
    parts = [
        stroke(trace("M", 0.0, 0.0, "Q", size * 0.06, -size * 0.5, 0.0, -size), mix(tone, "#1b2a1f", 0.2), size * 0.035)
    ]
    for i in range(pairs):
        at = -size * (0.34 + 0.26 * i)
        long = size * (0.36 - 0.05 * i)
        for side in (-1, 1):
            blade = trace(
                *("M", 0.0, at),
                *("C", side * long * 0.2, at - long * 0.5, side * long * 0.8, at - long * 0.62, side * long),
                at - long * 0.5,
                *("C", side * long * 0.86, at - long * 0.06, side * long * 0.4, at + long * 0.06, 0.0, at, "Z"),
            )
            parts.append(path(blade, tone if side < 0 else mix(tone, "#ffffff", 0.12)))
    tip = trace(
        *("M", 0.0, -size * 0.94, "C", -size * 0.13, -size * 1.06, -size * 0.08, -size * 1.24, 0.0, -size * 1.34),
        *("C", size * 0.08, -size * 1.24, size * 0.13, -size * 1.06, 0.0, -size * 0.94, "Z"),
    )
    return f'<g transform="translate({x:.1f} {y:.1f}) rotate({turn:.1f})">{"".join(parts)}{path(tip, tone)}</g>'


def _between(x: float, y: float, step: float, noise: int, tones: tuple[str, tuple[str, ...]], *, leafy: bool) -> str:
    """The small drawing between two motifs: a sprig, a blossom or a ring of dots."""
    leaf, spots = tones
    tone = spots[noise % len(spots)]
    if leafy and noise % 3 != 1:
        return _sprig(x, y + step * 0.1, step * 0.2, noise * 7.2, leaf, pairs=2)
    if noise % 2 == 0:
        return _blossom(x, y, step * 0.085, tone, spots[-1])
    return "".join(
        circle(x + cos(radians(i * 60)) * step * 0.06, y + sin(radians(i * 60)) * step * 0.06, step * 0.014, tone)
        for i in range(6)
    )


def _blossom(x: float, y: float, r: float, tone: str, heart: str) -> str:
    petals = (
        circle(x + cos(radians(i * 72)) * r * 0.6, y + sin(radians(i * 72)) * r * 0.6, r * 0.46, tone) for i in range(5)
    )
    return "".join(petals) + circle(x, y, r * 0.32, heart)


def _small_dots(x: float, y: float, step: float, noise: int, spots: tuple[str, ...]) -> str:
    places = ((-0.1, 0.02), (0.0, -0.05), (0.11, 0.03), (0.03, 0.08))
    return "".join(
        circle(
            x + dx * step, y + dy * step, step * (0.012 + 0.006 * ((noise + i) % 3)), spots[(noise + i) % len(spots)]
        )
        for i, (dx, dy) in enumerate(places)
    )


def dots(job: Commission, ground: str) -> str:
    """Polka dots in a half-drop repeat, in alternating colours."""
    inks, w, h = inks_of(job), job.page.w, job.page.h
    across = (6, 8, 9)[job.detail]
    step = min(w, h) / across
    columns, rows = round(w / step), 2 * round(h / step / 2)
    tones = [tone for tone in (*inks.all, "#fffaf0") if contrast(tone, ground) > 1.4] or [inks.ink]
    r = step * (0.26, 0.34, 0.2, 0.3)[job.index % 4]
    return "".join(
        circle(
            (c + 0.5 * (row % 2)) * w / columns,
            row * h / rows,
            r if job.index % 2 == 0 or row % 2 else r * 0.55,
            tones[row % rows % 2 % len(tones)],
        )
        for c in range(columns + 1)
        for row in range(rows + 1)
    )


def stripes(job: Commission, ground: str) -> str:
    """Repeating stripes of several widths."""
    inks, w, h = inks_of(job), job.page.w, job.page.h
    shares = ((0.3, 0), (0.08, None), (0.14, 1), (0.08, None), (0.3, 2), (0.1, None))
    count = (3, 4, 5)[job.detail]
    level = job.index % 2 == 1
    whole = (h if level else w) / count
    parts = []
    for i in range(count):
        at = i * whole
        for share, tone in shares:
            if tone is not None:
                fill = inks.all[tone % len(inks.all)]
                parts.append(rect(0, at, w, whole * share, fill) if level else rect(at, 0, whole * share, h, fill))
            at += whole * share
    return "".join(parts)


def checks(job: Commission, ground: str) -> str:
    """Gingham: two crossed sets of translucent bands."""
    inks, w, h = inks_of(job), job.page.w, job.page.h
    count = (6, 8, 10)[job.detail]
    columns, rows = round(count * w / min(w, h)), round(count * h / min(w, h))
    a, b = inks.all[0], inks.all[1 % len(inks.all)]
    parts = [rect(0, 0, w, h, mix(a, "#ffffff", 0.86) if luminance(ground) > 0.3 else ground)]
    parts += [rect(c * w / columns, 0, w / columns / 2, h, a, 0, 'opacity=".5"') for c in range(columns)]
    parts += [rect(0, r * h / rows, w, h / rows / 2, b if job.index % 2 else a, 0, 'opacity=".5"') for r in range(rows)]
    return "".join(parts)
