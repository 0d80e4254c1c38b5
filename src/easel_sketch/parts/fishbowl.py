"""A round glass bowl with water, in two layers: what is in it is drawn between them."""

from easel_sketch.drawing.ink import circle, oval, path, trace


def fishbowl(x: float, foot: float, r: float) -> tuple[str, str]:
    """The glass with its water behind, and the light on the glass in front; `r` is the radius of the bowl."""
    y = foot - r
    level, half = y - r * 0.5, r * 0.866
    water = trace("M", x - half, level, "A", r, r, 0.0, 1.0, 0.0, x + half, level, "Z")
    pebbles = "".join(
        circle(x + dx * r, foot - r * 0.1 - abs(dx) * r * 0.12, r * 0.1, tone)
        for dx, tone in ((-0.34, "#e8c48a"), (0.36, "#d9a86c"), (-0.17, "#f0d6a4"), (0.18, "#e3b77c"), (0.0, "#d2a06a"))
    )
    back = circle(x, y, r, "#dff1fb", 'opacity=".75"') + path(water, "#8fd0f0", 'opacity=".8"') + pebbles
    back += oval(x, level, half, r * 0.09, "#b9e4f8")
    shine = trace("M", x - r * 0.72, y - r * 0.24, "A", r * 0.76, r * 0.76, 0.0, 0.0, 0.0, x - r * 0.4, y + r * 0.64)
    front = path(shine, "none", f'stroke="#ffffff" stroke-width="{r * 0.07:.1f}" stroke-linecap="round" opacity=".8"')
    rim = oval(x, y - r * 0.93, r * 0.46, r * 0.08, "#eef8fd", f'stroke="#a9cfe2" stroke-width="{r * 0.035:.1f}"')
    return back, front + rim
