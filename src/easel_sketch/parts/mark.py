"""What stands beside a label: its icon on a plate, or its number or first letter where no drawing says what it says."""

from easel_sketch.colour.mixing import contrast, mix, readable
from easel_sketch.drawing import icons
from easel_sketch.drawing.commission import Commission
from easel_sketch.drawing.geometry import Box
from easel_sketch.drawing.ornament import badge
from easel_sketch.parts.pill import on_fill

_BRIGHT = 2.6  # the contrast to white under which a colour keeps its brightness


def lead(job: Commission) -> str:
    """The icon that names the subject best: the first two take turns, which a figure that stands alone must not."""
    return job.icons[min(job.index % 2, len(job.icons) - 1)]


def solid(job: Commission, place: int) -> tuple[str, str]:
    """An accent to lay words on, and the ink for them: white where the colour can bear it, dark on bright ones.

    Amber deepened until it bears white would be brown.
    """
    fill = job.palette.accent(place)
    if job.palette.dark or contrast(fill, "#ffffff") < _BRIGHT:
        return fill, readable(on_fill(job, fill), fill)
    return readable(fill, "#ffffff", least=5), "#ffffff"


def mark(job: Commission, x: float, y: float, size: float, place: int, name: str, *, letter: str = "") -> str:
    """A round mark centred on (x, y)."""
    fill, ink = solid(job, place)
    box = Box(x - size / 2, y - size / 2, size, size)
    middle = "border-radius:50%;align-items:center;justify-content:center;"
    edge = max(2.0, size * 0.045)
    if name:
        plate = f"background:{job.palette.tint(place, 0.16)};border:{edge:.1f}px solid {job.palette.tint(place, 0.42)};"
        return box.div(icons.svg(name, size * 0.62), middle + plate)
    # Some faces have numerals that hang below the line; these stand straight.
    face = job.faces.label.css(size * 0.5, ink)
    straight = "line-height:1;font-weight:800;" + ("" if letter else "font-family:Inter;")
    word = f'<div style="{face}{straight}">{letter or place + 1}</div>'
    return box.div(word, f"{middle}background:{fill};border:{edge:.1f}px solid {mix(fill, '#ffffff', 0.28)};")


def numbered(job: Commission, x: float, y: float, size: float, place: int, name: str) -> str:
    """A mark that always shows its number: alone, or on the shoulder of its icon."""
    drawn = mark(job, x, y, size, place, name)
    if not name:
        return drawn
    return drawn + badge(job, x - size * 0.38, y - size * 0.36, size * 0.42, place + 1, solid(job, place)[0], rim=True)
