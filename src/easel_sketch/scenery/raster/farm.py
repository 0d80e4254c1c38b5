"""A farm: striped fields, a house and a barn, rows of wheat or vines."""

from easel_sketch.colour.mixing import mix
from easel_sketch.drawing.ink import circle, path, rect, stroke, trace
from easel_sketch.scenery.raster import relief, vegetation
from easel_sketch.scenery.raster.craft import cottage, windmill
from easel_sketch.scenery.raster.green import backdrop, level_ground
from easel_sketch.scenery.raster.relief import Layer
from easel_sketch.scenery.raster.view import View


def farm(view: View) -> None:
    """Striped fields, a farmhouse with a barn, rows of vines or wheat towards the viewer."""
    w, h, light, edge = view.w, view.h, view.light, view.horizon / view.h
    leaf = vegetation.leaves(view)
    backdrop(view)
    for place, tone in enumerate((mix(leaf, "#d9c56b", 0.5), leaf, mix(leaf, "#e0b84a", 0.7))):
        base = edge + 0.03 + 0.05 * place
        top = relief.add(view, Layer(base, 0.05, 2.4, 3, tone, 0.4 - 0.1 * place, faces=0.8, foot=base + 0.05))
        if place < 2:
            vegetation.scattered(view, top, 0.34 - 0.1 * place, 0.05, 7)
    foot = h * (edge + 0.15)
    level_ground(view, mix(leaf, "#b8b05a", 0.3), down=0.14, haze=0.1)
    vines = view.has("vines")
    crop = light.off(mix(leaf, "#3f6a34", 0.4)) if vines else light.on(relief.material("ground", "wheat"))
    soil = light.off(relief.material("ground", "soil"))
    _rows(view, foot + h * 0.02, crop, soil, vines=vines)
    x = view.side(0.3)
    house = [
        cottage(view, x, foot + h * 0.01, h * 0.15, 0.1, "#ece4d4"),
        _barn(view, x + h * 0.3, foot + h * 0.014, h * 0.13),
    ]
    if view.plan.layout == 2 and "windmill" not in view.stood:
        house.append(windmill(view, view.side(0.78), foot, h * 0.24, 0.14, ""))
    view.overlay("".join(house))
    view.overlay(vegetation.broad(view, (x - h * 0.17) / w, foot + h * 0.01, h * 0.17, 0.08))
    view.stood.add("cottage")
    view.ground = (h * 0.72, h * 0.92)


def _barn(view: View, x: float, foot: float, tall: float) -> str:
    red, roof, t = view.light.on("#a8402f", 0.1), view.light.off("#5a5550", 0.1), tall
    body = trace(
        *("M", x - t * 0.6, foot, "V", foot - t * 0.55, "L", x - t * 0.4, foot - t * 0.85, "L", x, foot - t),
        *("L", x + t * 0.4, foot - t * 0.85, "L", x + t * 0.6, foot - t * 0.55, "V", foot, "Z"),
    )
    rim = trace(
        *("M", x - t * 0.64, foot - t * 0.52, "L", x - t * 0.42, foot - t * 0.87, "L", x, foot - t * 1.03),
        *("L", x + t * 0.42, foot - t * 0.87, "L", x + t * 0.64, foot - t * 0.52),
    )
    door, pale = (
        rect(x - t * 0.2, foot - t * 0.42, t * 0.4, t * 0.42, view.light.off("#7a2c20", 0.1)),
        view.light.on("#f2e8dc", 0.1),
    )
    cross = stroke(
        trace(
            *("M", x - t * 0.2, foot, "L", x + t * 0.2, foot - t * 0.42, "M", x + t * 0.2, foot),
            *("L", x - t * 0.2, foot - t * 0.42),
        ),
        pale,
        t * 0.025,
    )
    return (
        path(body, red)
        + stroke(rim, roof, t * 0.09)
        + door
        + cross
        + rect(x - t * 0.1, foot - t * 0.76, t * 0.2, t * 0.16, pale)
    )


def _rows(view: View, top: float, crop: str, soil: str, *, vines: bool) -> None:
    """Rows that run together at the horizon."""
    w, h = view.w, view.h
    x, parts = view.side(0.56), []
    view.overlay(
        path(
            trace("M", 0, h, "L", 0, top + h * 0.03, "Q", w * 0.5, top - h * 0.01, w, top + h * 0.03, "V", h, "Z"), soil
        ),
        top - h * 0.02,
    )
    count = 22
    pale = mix(crop, view.light.lit, 0.25)
    for i in range(-count, count + 1):
        near = x + i * w * 0.12
        wide = w * 0.045
        far_x = x + i * w * 0.026
        parts.append(
            path(
                trace(
                    *("M", far_x, top, "L", far_x + w * 0.006, top, "L", near + wide, h * 1.02),
                    *("L", near - wide, h * 1.02, "Z"),
                ),
                crop,
            )
        )
        parts.append(
            path(
                trace(
                    *("M", far_x + w * 0.001, top, "L", far_x + w * 0.004, top, "L", near + wide * 0.3, h * 1.02),
                    *("L", near - wide * 0.7, h * 1.02, "Z"),
                ),
                pale,
                'opacity=".7"',
            )
        )
        if vines:
            for j in range(11):
                t = (j / 10) ** 1.8
                parts.append(
                    circle(
                        far_x + (near - far_x) * t,
                        top + (h - top) * t - h * 0.01 * (0.3 + 3 * t),
                        h * (0.006 + 0.038 * t),
                        crop if j % 2 else pale,
                    )
                )
    cut = f'<clipPath id="rows"><rect x="0" y="{top:.0f}" width="{w}" height="{h}"/></clipPath>'
    view.overlay(f'<defs>{cut}</defs><g clip-path="url(#rows)">{"".join(parts)}</g>', top)
