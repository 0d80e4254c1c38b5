"""Rectangles and ways to divide them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels from the top left of the page."""

    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        return self.x + self.w

    @property
    def bottom(self) -> float:
        return self.y + self.h

    @property
    def centre(self) -> tuple[float, float]:
        return self.x + self.w / 2, self.y + self.h / 2

    def inset(self, dx: float, dy: float | None = None) -> "Box":
        dy = dx if dy is None else dy
        return Box(self.x + dx, self.y + dy, max(1.0, self.w - 2 * dx), max(1.0, self.h - 2 * dy))

    def rows(self, share: float, gap: float) -> tuple["Box", "Box"]:
        """Split into an upper and a lower box; the upper takes `share` of the height."""
        top = (self.h - gap) * share
        return Box(self.x, self.y, self.w, top), Box(self.x, self.y + top + gap, self.w, self.h - gap - top)

    def columns(self, share: float, gap: float, *, mirrored: bool = False) -> tuple["Box", "Box"]:
        """Split side by side; the first takes `share` of the width and is at the left unless mirrored."""
        first = (self.w - gap) * share
        second = self.w - gap - first
        if mirrored:
            return Box(self.x + second + gap, self.y, first, self.h), Box(self.x, self.y, second, self.h)
        return Box(self.x, self.y, first, self.h), Box(self.x + first + gap, self.y, second, self.h)

    def grid(self, columns: int, rows: int, gap: float) -> list["Box"]:
        """Equal cells, row by row."""
        w = (self.w - gap * (columns - 1)) / columns
        h = (self.h - gap * (rows - 1)) / rows
        return [Box(self.x + c * (w + gap), self.y + r * (h + gap), w, h) for r in range(rows) for c in range(columns)]

    def div(self, inner: str = "", style: str = "") -> str:
        """An absolutely positioned HTML element of this box."""
        place = f"left:{self.x:.1f}px;top:{self.y:.1f}px;width:{self.w:.1f}px;height:{self.h:.1f}px;"
        return f'<div class="a" style="{place}display:flex;{style}">{inner}</div>'

    def svg(self, drawing: str, style: str = "") -> str:
        """An absolutely positioned SVG of this box, with its origin at the box's corner."""
        place = f"position:absolute;left:{self.x:.1f}px;top:{self.y:.1f}px;"
        w, h = f"{self.w:.1f}", f"{self.h:.1f}"
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{w}" height="{h}" viewBox="0 0 {w} {h}" '
            f'style="{place}{style}">{drawing}</svg>'
        )
