"""The mark beside a label: its icon on a plate, or its number or first letter if it has no icon."""

from easel_sketch.colour.mixing import contrast, mix, readable
from easel_sketch.drawing import icons
from easel_sketch.drawing.commission import Commission
from easel_sketch.drawing.geometry import Box
from easel_sketch.drawing.ornament import badge
from easel_sketch.parts.pill import on_fill

_BRIGHT = 2.6  # a colour with less contrast to white keeps its lightness and gets dark text


def lead_icon(job: Commission) -> str:
    """The icon of the subject; the first two alternate over variations."""
    return job.icons[min(job.index % 2, len(job.icons) - 1)]


def fill_and_ink(job: Commission, place: int) -> tuple[str, str]:
    """An accent as background, and the text colour on it.

    Bright colours get dark text: darkened for white text, amber would be brown.
    """
    fill = job.palette.accent(place)
    if job.palette.dark or contrast(fill, "#ffffff") < _BRIGHT:
        return fill, readable(on_fill(job, fill), fill)
    return readable(fill, "#ffffff", least=5), "#ffffff"


def mark(job: Commission, x: float, y: float, size: float, place: int, name: str, *, letter: str = "") -> str:
    """A round mark centred on (x, y)."""
    fill, ink = fill_and_ink(job, place)
    box = Box(x - size / 2, y - size / 2, size, size)
    middle = "border-radius:50%;align-items:center;justify-content:center;"
    edge = max(2.0, size * 0.045)
    if name:
        plate = f"background:{job.palette.tint(place, 0.16)};border:{edge:.1f}px solid {job.palette.tint(place, 0.42)};"
        return box.div(icons.svg(name, size * 0.62), middle + plate)
    # Inter has lining figures; those of some other faces descend below the baseline.
    face = job.faces.label.css(size * 0.5, ink)
    straight = "line-height:1;font-weight:800;" + ("" if letter else "font-family:Inter;")
    word = f'<div style="{face}{straight}">{letter or place + 1}</div>'
    return box.div(word, f"{middle}background:{fill};border:{edge:.1f}px solid {mix(fill, '#ffffff', 0.28)};")


def numbered(job: Commission, x: float, y: float, size: float, place: int, name: str) -> str:
    """A mark that always shows its number: alone, or as a badge at its icon."""
    drawn = mark(job, x, y, size, place, name)
    if not name:
        return drawn
    return drawn + badge(
        job, x - size * 0.38, y - size * 0.36, size * 0.42, place + 1, fill_and_ink(job, place)[0], rim=True
    )
