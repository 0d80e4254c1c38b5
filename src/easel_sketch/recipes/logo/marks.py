"""Logos without an enclosing shape: a lockup and a monogram; and the colours of all logos."""

from dataclasses import dataclass
from math import cos, pi, sin

from easel_sketch.colour.mixing import contrast, mix, readable
from easel_sketch.colour.tone import lightness, toned
from easel_sketch.drawing import icons
from easel_sketch.drawing.commission import Commission
from easel_sketch.drawing.geometry import Box
from easel_sketch.drawing.ink import circle, path, polygon, rect, ring, trace
from easel_sketch.parts.stack import Row, stack
from easel_sketch.reading import words
from easel_sketch.type import typeset


@dataclass(frozen=True, slots=True)
class Brand:
    """The texts of a logo, its icon, if any, and its two or three colours."""

    name: str
    more: tuple[str, ...]
    icon: str
    ground: str
    lead: str
    second: str
    pale: str

    @property
    def initials(self) -> str:
        """The first letters of up to three words, for scripts with letters."""
        parts = [part for part in self.name.replace("&", " ").split() if part[0].isalnum()]
        if words.language(self.name) in (*words.UNSPACED, *words.RIGHT_TO_LEFT, "hi", "ko"):
            return self.name[:1] if words.language(self.name) in words.UNSPACED else ""
        return "".join(part[0].upper() for part in parts[:3]) if len(parts) < 4 else parts[0][0].upper()

    @property
    def ramp(self) -> tuple[str, ...]:
        """Discrete steps rather than a gradient, so that icons become flat."""
        return (self.lead, self.lead, self.second, self.second, self.pale, self.pale)


def brand_of(job: Commission, texts: list[str], icon: str) -> Brand:
    """The brand in two colours with contrast on the ground, the darker one first on a light ground."""
    palette = job.palette
    ground = palette.ground
    if palette.dark:
        lead, second = _bright(palette.accent(job.index)), _bright(palette.accent(job.index + 1))
        pale = mix(ground, palette.ink, 0.9)
    else:
        first = palette.accent(job.index)
        lead = toned(first, min(0.42, lightness(first)), 1.1)
        second = toned(
            palette.accent(job.index + 1), min(0.7, max(0.52, lightness(palette.accent(job.index + 1)))), 1.05
        )
        second = second if contrast(second, lead) > 1.5 else mix(lead, "#ffffff", 0.45)
        pale = mix("#ffffff", ground, 0.3)
    return Brand(texts[0] if texts else "", tuple(texts[1:]), icon, ground, lead, second, pale)


def _bright(colour: str) -> str:
    return toned(colour, max(0.72, lightness(colour)))


def emblem(brand: Brand, x: float, y: float, r: float, style: int) -> str:
    """The mark alone: the icon on a geometric shape, or geometric forms without an icon."""
    shape = (_disc, _hexagon, _tile, _leaf)[style % 4](x, y, r, brand.lead)
    if brand.icon:
        return shape + icons.placed(brand.icon, x, y, r * 1.12, (_under(brand), brand.second, brand.pale, brand.pale))
    inner = (
        path(trace("M", x - r * 0.5, y, "A", r * 0.5, r * 0.5, 0, "0", "1", x + r * 0.5, y, "Z"), brand.pale)
        + circle(x, y + r * 0.3, r * 0.2, brand.second),
        polygon([(x, y - r * 0.55), (x + r * 0.5, y + r * 0.35), (x - r * 0.5, y + r * 0.35)], brand.pale)
        + circle(x, y + r * 0.02, r * 0.16, brand.second),
        ring(x, y, r * 0.42, brand.pale, r * 0.16) + circle(x, y, r * 0.14, brand.second),
        path(
            trace("M", x, y + r * 0.6, "Q", x - r * 0.7, y, x, y - r * 0.6, "Q", x + r * 0.7, y, x, y + r * 0.6, "Z"),
            brand.pale,
        ),
    )[style % 4]
    return shape + inner


def _under(brand: Brand) -> str:
    return mix(brand.lead, "#000000", 0.35)


def _disc(x: float, y: float, r: float, tone: str) -> str:
    return circle(x, y, r, tone)


def _hexagon(x: float, y: float, r: float, tone: str) -> str:
    points = [(x + cos(pi / 6 + pi * i / 3) * r, y + sin(pi / 6 + pi * i / 3) * r) for i in range(6)]
    return polygon(points, tone, f'stroke="{tone}" stroke-width="{r * 0.16:.1f}" stroke-linejoin="round"')


def _tile(x: float, y: float, r: float, tone: str) -> str:
    return rect(x - r * 0.94, y - r * 0.94, r * 1.88, r * 1.88, tone, r * 0.5)


def _leaf(x: float, y: float, r: float, tone: str) -> str:
    d = trace(
        *("M", x - r, y - r, "H", x + r * 0.1, "A", r * 0.9, r * 0.9, 0, "0", "1", x + r, y - r * 0.1, "V", y + r),
        *("H", x - r * 0.1, "A", r * 0.9, r * 0.9, 0, "0", "1", x - r, y + r * 0.1, "Z"),
    )
    return path(d, tone)


def _tracked(text: str) -> str:
    """Wide tracking for short Latin texts."""
    plain = words.language(text) not in (*words.UNSPACED, *words.RIGHT_TO_LEFT, "hi", "th", "ko")
    return f"letter-spacing:{0.09 if plain else 0:.2f}em;"


def small_rows(job: Commission, brand: Brand, ground: str, tone: str) -> list[Row]:
    ink = readable(tone, ground, least=4.6)
    return [Row(text, job.faces.label, 1, ink, 0.4, _tracked(text)) for text in brand.more]


def lockup(job: Commission, brand: Brand) -> str:
    """The mark above the name, or beside it on a wide page, with a rule and the other texts below."""
    room, u = job.page.inset(job.page.w * 0.11, job.page.h * 0.13), job.unit
    wide = job.aspect > 1.15
    mark, words_ = room.columns(0.32, 56 * u, mirrored=job.brief.right_to_left) if wide else room.rows(0.56, 44 * u)
    x, y = mark.centre
    r = min(mark.w, mark.h) * 0.5
    r = min(r, 250 * u)
    share = 0.6 if brand.more else 1.0
    ink = readable(brand.lead, brand.ground, least=4.6)
    title = typeset.headline(
        job.canvas, brand.name, job.faces.head, words_.w, words_.h * share * 0.9, most=190 * u, lines=2
    )
    gap, under = 26 * u, (54 * u * len(brand.more) + 20 * u if brand.more else 0.0)
    whole = title.height + (gap * 2 + under if brand.more else 0)
    top = words_.y + (max(0.0, words_.h - whole) / 2 if wide else 0)
    if not wide:
        block = 2 * r + 44 * u + whole
        y = job.page.centre[1] - block / 2 + r
        top = y + r + 44 * u
    align = ("right" if job.brief.right_to_left else "left") if wide else "center"
    name = Box(words_.x, top, words_.w, title.height).div(
        title.html(job.faces.head, ink, f"text-align:{align};width:{words_.w:.1f}px;"), "flex-direction:column;"
    )
    rule_w = 120 * u
    rx = words_.x if align == "left" else words_.right - rule_w if align == "right" else words_.centre[0] - rule_w / 2
    rule = rect(rx, top + title.height + gap * 0.7, rule_w, 7 * u, brand.second, 3.5 * u) if brand.more else ""
    more = (
        stack(
            job,
            Box(words_.x, top + title.height + gap * 1.6, words_.w, under),
            small_rows(job, brand, brand.ground, mix(brand.lead, brand.ground, 0.2)),
            align="left" if wide else "center",
            most=42,
        )
        if brand.more
        else ""
    )
    return job.page.svg(emblem(brand, x, y, r, len(brand.name) + job.index // 4) + rule) + name + more


def monogram(job: Commission, brand: Brand) -> str:
    """The initials in a shape, the full name in small capitals below."""
    u, page = job.unit, job.page
    r = min(page.w, page.h) * 0.25
    x, y = page.centre[0], page.h * (0.4 if page.h >= page.w else 0.38)
    style = (len(brand.name) + job.index // 4) % 3
    art = (_disc, _hexagon, _tile)[style](x, y, r, brand.lead) + (
        ring(x, y, r * 0.88, brand.pale, r * 0.018)
        if style == 0
        else rect(
            x - r * 0.84,
            y - r * 0.84,
            r * 1.68,
            r * 1.68,
            "none",
            r * 0.42,
            f'stroke="{brand.pale}" stroke-width="{r * 0.018:.1f}"',
        )
        if style == 2
        else ""
    )
    art += rect(x - r * 0.34, y + r * 0.5, r * 0.68, r * 0.045, brand.second, r * 0.02)
    letters = Box(x - r * 0.74, y - r * 0.56, r * 1.48, r * 1.0)
    initials = letters.div(_drawn_letters(job, brand, letters), "align-items:center;justify-content:center;")
    top = y + r + 40 * u
    under = Box(page.w * 0.1, top, page.w * 0.8, page.h * 0.9 - top)
    rows = [
        Row(brand.name, job.faces.head, 1, readable(brand.lead, brand.ground, least=4.6)),
        *(_at(row, 0.42) for row in small_rows(job, brand, brand.ground, brand.lead)),
    ]
    return job.page.svg(art) + initials + stack(job, under, rows, align="center", most=88)


def _at(row: Row, size: float) -> Row:
    return Row(row.text, row.face, size, row.ink, row.before, row.style)


def _drawn_letters(job: Commission, brand: Brand, box: Box) -> str:
    """The initials as a drawing, so that they are not checked as text."""
    wide = typeset.widths(job.canvas, [brand.initials], job.faces.head)[0] or 60.0
    size = min(box.h * 1.05, 98 * box.w / wide)
    return typeset.line(
        brand.initials, job.faces.head, size, readable(brand.pale, brand.lead, least=3), "line-height:1;"
    )
