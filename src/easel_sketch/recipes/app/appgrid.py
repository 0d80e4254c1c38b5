"""The app's search field, and cards with a picture and a title each."""

from collections.abc import Sequence

from easel_sketch.colour.mixing import fade, mix, readable
from easel_sketch.drawing import icons
from easel_sketch.drawing.commission import Commission
from easel_sketch.drawing.geometry import Box
from easel_sketch.drawing.ink import circle, rect
from easel_sketch.drawing.ornament import shadow
from easel_sketch.drawing.shown import shown
from easel_sketch.parts.asked import main_drawings
from easel_sketch.parts.common_size import common_size
from easel_sketch.parts.glyph import glyph
from easel_sketch.parts.named_things import named_in
from easel_sketch.parts.stack import Row, stack
from easel_sketch.recipes.app.appcard import OF_A_SCREEN


def search(job: Commission, box: Box, text: str, face: str, ink: str) -> str:
    """A field with a magnifying glass and a text."""
    field = mix(face, ink, 0.07)
    tone = readable(mix(face, ink, 0.6), field, least=4.6)
    far = job.brief.right_to_left
    x = box.right - box.h * 0.52 if far else box.x + box.h * 0.52
    edge = f'stroke="{fade(ink, 0.12)}" stroke-width="{1.4 * job.unit:.1f}"'
    art = rect(box.x, box.y, box.w, box.h, field, box.h / 2, edge)
    glass = shown(glyph("glass", x, box.centre[1], box.h * 0.17, tone, box.h * 0.05), "magnifying-glass-tilted-left")
    words = Box(box.x + box.h * (0.4 if far else 0.95), box.y, box.w - box.h * 1.35, box.h)
    row = [Row(text, job.faces.body, 1, tone)]
    return job.page.svg(art + glass) + stack(job, words, row, anchor="center", most=box.h * 0.36 / job.unit)


def pictures(job: Commission, texts: Sequence[str]) -> list[str]:
    """A drawing for each title: the thing it names, else one of the prompt's own."""
    found: list[str] = []
    spare = [name for name in main_drawings(job) if name not in OF_A_SCREEN]
    for text in texts:
        named = [thing.name for thing in named_in(text) if thing.name not in found]
        free = [name for name in spare if name not in found] or list(job.icons)
        found.append(named[0] if named else free[0])
    return found


def cards(job: Commission, box: Box, texts: Sequence[str], face: str, ink: str, w: float) -> str:
    """Two columns of cards; with an odd number of them the first, or in some images the last, takes a whole row."""
    cells = _cells(job, box, len(texts), w * 0.035)
    dark = face < "#777777"
    plate = mix(face, "#ffffff", 0.07) if dark else "#ffffff"
    tone = readable(ink, plate, least=7)
    foot = min(w * 0.13, min(cell.h for cell in cells) * 0.34)
    rooms = [Box(cell.x + w * 0.035, cell.bottom - foot, cell.w - w * 0.07, foot) for cell in cells]
    rows = [[Row(text, job.faces.label, 1, tone)] for text in texts]
    most = common_size(job, zip(rooms, rows, strict=True), w * 0.058 / job.unit)
    plates, art, titles = list[str](), list[str](), list[str]()
    for place, (cell, name) in enumerate(zip(cells, pictures(job, texts), strict=True)):
        r = w * 0.05
        edge = f"border:{1.2 * job.unit:.1f}px solid {fade(ink, 0.08)};" if dark else shadow(job, 0.5)
        plates.append(cell.div("", f"background:{plate};border-radius:{r:.1f}px;{edge}"))
        picture = Box(cell.x + w * 0.02, cell.y + w * 0.02, cell.w - w * 0.04, cell.h - foot - w * 0.02)
        art.append(_picture(job, picture, place, name, plate, r * 0.8))
        titles.append(stack(job, rooms[place], rows[place], anchor="center", most=most))
    return "".join([*plates, job.page.svg("".join(art)), *titles])


def _cells(job: Commission, box: Box, count: int, gap: float) -> list[Box]:
    rows = (count + 1) // 2
    high = (box.h - gap * (rows - 1)) / rows
    half = (box.w - gap) / 2
    cells = []
    wide = (0 if job.index % 2 == 0 else count - 1) if count % 2 else -1
    x, y = box.x, box.y
    for place in range(count):
        if place == wide:
            cells.append(Box(box.x, y, box.w, high))
            y += high + gap
            continue
        left = x if not job.brief.right_to_left else 2 * box.x + box.w - x - half
        cells.append(Box(left, y, half, high))
        x, y = (box.x, y + high + gap) if x > box.x else (box.x + half + gap, y)
    return cells


def _picture(job: Commission, box: Box, place: int, name: str, plate: str, radius: float) -> str:
    """A tinted plate with the drawing on a lighter disc."""
    tone = mix(plate, job.palette.accent(place), 0.3)
    size = min(box.w, box.h)
    x, y = box.centre
    back = rect(box.x, box.y, box.w, box.h, tone, radius)
    light = circle(x, y, size * 0.43, mix(tone, "#ffffff", 0.35))
    return back + light + icons.placed(name, x, y, size * 0.62)
