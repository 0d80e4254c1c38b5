"""What several motifs share: tones, light to dark; an eye; a reflection across the middle of the view box."""

from easel_sketch.drawing.ink import circle

WOOD = ("#f0aa6b", "#ba793e", "#9e5737", "#77381f")
STEEL = ("#eceff1", "#cfd8dc", "#b0bec5", "#78909c", "#546e7a", "#37474f")
BRASS = ("#ffe082", "#ffca28", "#e0a020", "#b07a10")
DARK = "#2b2320"
SHINE = 'opacity=".35"'
SHADE = 'opacity=".18"'


def mirrored(drawing: str) -> str:
    """The drawing and its reflection across x = 64."""
    return f'{drawing}<g transform="translate(128 0) scale(-1 1)">{drawing}</g>'


def eye(x: float, y: float, radius: float = 3.6) -> str:
    """A dark eye with a light at its upper left."""
    light = circle(x - radius * 0.3, y - radius * 0.35, radius * 0.36, "#ffffff")
    return circle(x, y, radius, DARK) + light


def tyre(x: float, y: float, r: float) -> str:
    return circle(x, y, r, "#2b2f33") + circle(x, y, r * 0.56, STEEL[2]) + circle(x, y, r * 0.26, STEEL[4])
