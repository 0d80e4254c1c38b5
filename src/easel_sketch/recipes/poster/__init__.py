"""A poster: a scene from edge to edge or plain paper, a main drawing, a headline, and a few lines."""

from dataclasses import dataclass

from easel_sketch import scenery
from easel_sketch.colour.mixing import fade, mix, readable
from easel_sketch.colour.palette import Palette
from easel_sketch.drawing import icons
from easel_sketch.drawing.commission import HIGH, LOW, Commission, Page
from easel_sketch.drawing.geometry import Box
from easel_sketch.drawing.ink import circle, glow
from easel_sketch.drawing.ornament import grain_overlay
from easel_sketch.parts.asked import asked_drawings, main_drawings
from easel_sketch.parts.flow import flow, in_columns
from easel_sketch.parts.panel import input_images
from easel_sketch.recipes.poster import plain
from easel_sketch.scenery.hours import Light
from easel_sketch.scenery.raster import places
from easel_sketch.scenery.vector.stage import Stage, limelight
from easel_sketch.type import typeset
from easel_sketch.type.typeset import Headline

# Scenes that are landscapes are rendered as pixels, but as SVG at low quality, which is four times as fast.
_LANDSCAPES = {"sunset": "sea", "sea": "sea", "mountains": "mountains", "hills": "hills", "city": "city"}
_ABSTRACT_SCENE = "shapes"
_MARGIN = 62
_LINE_SIZE = 52
_FEW_LINES = 5
_MOST_OTHERS = 3
_TALL_LETTERS = 0.72  # share of the height for scripts whose letters reach far above and below their line
_BESIDE = ((-0.95, 0.3, -8), (0.95, 0.3, 8), (0.9, -0.34, 6))  # of the smaller drawings


@dataclass(frozen=True, slots=True)
class _Layout:
    """The boxes of headline, icon and lines."""

    head: Box
    figure: Box
    lines: Box
    align: str
    title: Headline


def draw(job: Commission) -> str | Page:
    if "propaganda" in job.brief.variants.get("poster", ()):
        return plain.rally(job)
    if not (job.brief.texts or job.insets or job.brief.place or asked_drawings(job)):
        return plain.geometric(job)
    if _is_plain(job):
        return plain.plain(job)
    light = limelight(job.palette)
    layout = _layout(job)
    place = _LANDSCAPES.get(job.theme.scene) if job.detail and job.index % 4 != 3 else None
    parts = [_scene(job, light, layout) if not place else "", _scrims(job, layout)]
    parts.append(input_images(job, layout.figure) if job.insets else _figure(job, light, layout))
    parts += [_headline(job, layout), _lines(job, layout)]
    html = "".join([*parts, _frame(job), grain_overlay(job, 0.5) if not place else ""])
    if not place:
        return html
    x, y = layout.figure.centre
    return Page(html, lambda: places.behind(job, place, (x, y), min(layout.figure.w, layout.figure.h)))


def _is_plain(job: Commission) -> bool:
    """Whether the poster is plain paper: a minimal one, and every third image of others with few texts."""
    minimal = "minimal" in job.brief.style
    asked = minimal or (job.index % 4 == 2 and bool(asked_drawings(job)) and not job.brief.place)
    return asked and plain.fits(job) and not job.insets


def _layout(job: Commission) -> _Layout:
    """Tall pages stack headline, icon and lines; most wide ones place the texts beside the icon."""
    room, gap = job.page.inset(_MARGIN * job.unit), 26 * job.unit
    wide = job.aspect > 1.15
    if not job.brief.texts:
        return _Layout(
            Box(room.x, room.y, room.w, 1), room, Box(room.x, room.bottom, room.w, 1), "center", Headline((), (), 1.0)
        )
    if wide and job.index % 4 != 1:
        side, figure = room.columns(0.54, gap, mirrored=job.mirrored)
        title = _set_title(job, side.w, side.h * _head_share(job, 0.62))
        side = _centred(job, side, title, gap)
        head, lines = side.rows(title.height / (side.h - gap), gap)
        return _Layout(head, figure, lines, "right" if job.brief.right_to_left else "left", title)
    share = _lines_share(job)
    title = _set_title(job, room.w, room.h * (0.43 if share < 0.3 else 0.3))
    tall = title.height / room.h
    if wide or (job.index % 3 == 1 and 0 < len(job.brief.items) < _FEW_LINES):
        figure, text = room.rows(1 - min(0.7, tall + share * 0.75), gap)
        head, lines = text.rows(title.height / text.h, gap)
    else:
        head, rest = room.rows(tall, gap)
        figure, lines = rest.rows(1 - share, gap)
    return _Layout(head, figure, lines, "center", title)


def _centred(job: Commission, side: Box, title: Headline, gap: float) -> Box:
    """The part of `side` that headline and lines fill together, centred vertically."""
    texts, rest = _texts(job), side.h - title.height - gap
    under = Box(side.x, side.y, side.w, rest)
    lines = (
        in_columns(job, under, texts, ("#000000", "#000000"), align="left", rule="#000000", most=_LINE_SIZE).height
        if texts
        else 0
    )
    spare = max(0.0, rest - lines) / 2 if texts else rest / 2 + gap
    return Box(side.x, side.y + spare, side.w, side.h - spare)


def _texts(job: Commission) -> tuple[str, ...]:
    return job.brief.items or tuple(filter(None, (job.brief.subtitle,)))


def _set_title(job: Commission, w: float, h: float) -> Headline:
    text = job.brief.title
    if not text:
        return Headline((), (), 1.0)
    lines = 5 if len(text) > 40 else 4
    h *= _TALL_LETTERS if job.brief.right_to_left else 1.0
    return typeset.headline(job.canvas, text, job.faces.head, w, h, most=300 * job.unit, lines=lines, filled=True)


def _head_share(job: Commission, usual: float) -> float:
    return usual if job.brief.items or job.brief.subtitle else 0.76


def _lines_share(job: Commission) -> float:
    """The height that the lines need, as a share of the page below the headline."""
    letters = sum(map(len, job.brief.items)) + len(job.brief.subtitle)
    return min(0.62, 0.16 + 0.03 * len(job.brief.items) + letters / 900) if letters else 0.06


def _scene(job: Commission, light: Light, layout: _Layout) -> str:
    """The scene; wider than the page if the icon is at a side, so that the scene's centre is behind the icon."""
    place = scenery.SCENES[job.theme.scene if job.index % 4 != 3 else _other(job.theme.scene)]
    page = job.page
    x, y = layout.figure.centre
    w = 2 * max(x, page.w - x) if abs(x - page.w / 2) > 1 else page.w
    rises = min(max(y - place.y * page.h, -page.h * 0.08), page.h * 0.08)
    stage = Stage(w, page.h * 1.16, light, job.palette.accents, job.rng, job.detail, dark=True)
    drawing = place.draw(stage)
    left = x - w / 2
    ground = page.div("", f"background:{light.deep};")
    return ground + Box(left, rises - page.h * 0.08, w, page.h * 1.16).svg(drawing)


def _other(scene: str) -> str:
    """A more abstract scene, for variation."""
    return {"rays": "shapes", "shapes": "rays", "grid": "shapes", "confetti": "rays"}.get(scene, "rays")


def _scrims(job: Commission, layout: _Layout) -> str:
    """Dark gradients under the texts that make pale type readable."""
    page, low = job.page, mix(job.palette.ramp[0], "#000000", 0.15)
    if layout.align != "center":
        toward = "left" if layout.head.centre[0] > page.w / 2 else "right"
        return _gradient(page, toward, f"{fade(low, 0.9)},{fade(low, 0.72)} 42%,{fade(low, 0)} 74%")
    if layout.head.y > layout.figure.y:
        top = layout.figure.bottom / page.h * 100
        return _gradient(
            page, "bottom", f"{fade(low, 0)} {top - 16:.0f}%,{fade(low, 0.86)} {top + 5:.0f}%,{fade(low, 0.94)}"
        )
    upper = Box(0, 0, page.w, layout.head.bottom * 1.3)
    foot = max(layout.lines.y, page.h * 0.7) - page.h * 0.09
    deep = 1.0 if job.brief.items or job.brief.subtitle else 0.4
    lower = Box(0, foot, page.w, page.h - foot)
    return _gradient(upper, "bottom", f"{fade(low, 0.62)},{fade(low, 0.4)} 60%,{fade(low, 0)}") + _gradient(
        lower, "bottom", f"{fade(low, 0)},{fade(low, deep * 0.8)} 38%,{fade(low, deep * 0.92)}"
    )


def _gradient(box: Box, toward: str, stops: str) -> str:
    return box.div("", f"background-image:linear-gradient(to {toward},{stops});")


def _figure(job: Commission, light: Light, layout: _Layout) -> str:
    """The main icon in the poster's colours, backlit, with two smaller icons."""
    box = layout.figure
    x, y = box.centre
    size = min(box.w * 0.92, box.h * 0.98)
    names = asked_drawings(job)
    if not names and job.theme.scene == _ABSTRACT_SCENE:
        return ""  # nothing was asked for: shapes and texts are enough
    if not names and scenery.SCENES[job.theme.scene].has_figure and job.index % 4 != 3:
        return ""
    others, lent = list(names[1 : 1 + _MOST_OTHERS]), not names
    names = main_drawings(job)
    size *= 0.84 if others else 1.0
    ramp = _inks(job.palette)
    back: list[str] = []
    if job.detail > LOW:
        lit = (f"{light.bright}@.75", f"{light.halo}@.3", f"{light.halo}@0")
        back += [glow("back", *lit), circle(x, y, size * 0.68, "url(#back)")]
    beside = others or (list(names[1:3]) if lent and job.detail == HIGH and box.w > box.h * 1.25 else [])
    front = [
        icons.placed(name, x + dx * min(size * 0.6, box.w * 0.4), y + dy * size, size * 0.36, ramp, turn)
        for name, (dx, dy, turn) in zip(beside, _BESIDE, strict=False)
    ]
    drop = f"filter:drop-shadow(0 {8 * job.unit:.0f}px {12 * job.unit:.0f}px rgba(0,0,0,.35));" if job.detail else ""
    main = icons.placed(names[0], x, y, size * 0.92, ramp) + "".join(front)
    return job.page.svg("".join(back)) + job.page.svg(main, drop)


def _inks(palette: Palette) -> tuple[str, ...]:
    """The ramp mixed with the accents, so that the icon stays colourful."""
    low, shade, middle, light, high = palette.ramp
    return (
        low,
        mix(shade, palette.accents[0], 0.3),
        mix(middle, palette.accents[0], 0.35),
        mix(light, palette.accents[1], 0.3),
        high,
    )


def _headline(job: Commission, layout: _Layout) -> str:
    box, face, u = layout.head, job.faces.head, job.unit
    ink = readable(job.palette.ramp[4], mix(job.palette.ramp[1], job.palette.ramp[0], 0.5), least=7)
    style = f"text-align:{layout.align};width:{box.w:.1f}px;"
    if job.detail:
        deep = job.palette.ramp[0]
        style += f"text-shadow:0 {4 * u:.1f}px 0 {fade(deep, 0.6)},0 {9 * u:.1f}px {24 * u:.1f}px {fade(deep, 0.45)};"
    return box.div(layout.title.html(face, ink, style), "flex-direction:column;")


def _lines(job: Commission, layout: _Layout) -> str:
    texts = _texts(job)
    if not texts:
        return ""
    palette = job.palette
    pale = readable(palette.ramp[4], palette.ramp[0], least=7)
    warm = readable(mix(palette.ramp[3], palette.ramp[4], 0.3), palette.ramp[0], palette.ramp[1], least=4.6)
    anchor = "flex-start" if layout.align != "center" else "flex-end"
    rule = readable(palette.accents[0], palette.ramp[0], least=3)
    return flow(job, layout.lines, texts, (pale, warm), align=layout.align, anchor=anchor, rule=rule, most=_LINE_SIZE)


def _frame(job: Commission) -> str:
    """A thin line inside the edge, on every other variation."""
    if job.index % 2 == 0 or job.detail == LOW:
        return ""
    style = f"border:{3 * job.unit:.1f}px solid {fade(job.palette.ramp[4], 0.55)};border-radius:{10 * job.unit:.1f}px;"
    return job.page.inset(26 * job.unit).div("", style)
