"""Frames: a plain border, an instant photograph, rounded corners. The image inside is never stretched."""

import pyvips

from easel_sketch.colour.mixing import luminance, mix
from easel_sketch.drawing.geometry import Box
from easel_sketch.edits import pixels
from easel_sketch.edits.context import EditContext
from easel_sketch.edits.steps import Frame
from easel_sketch.request import Size

_PNG = {"compression": 1, "filter": "sub"}
Framed = tuple[pyvips.Image, str, Box | None]  # the image, what was done, and the room for a caption if there is one


def framed(image: pyvips.Image, step: Frame, context: EditContext) -> Framed:
    if step.name == "round":
        return _rounded(image, step, context)
    if step.name == "polaroid":
        return _polaroid(image, step, context)
    return _plain(image, step, context)


def _plain(image: pyvips.Image, step: Frame, context: EditContext) -> Framed:
    """An even border with a fine line at its inner edge."""
    page, colour = _page(image), step.colour or "#ffffff"
    wide = round(min(page.w, page.h) * 0.045)
    inner = Box(wide, wide, page.w - 2 * wide, page.h - 2 * wide)
    line = mix(colour, "#000000" if luminance(colour) > 0.2 else "#ffffff", 0.22)
    body = _window(inner, 0) + (
        f'<div class="a" style="left:{inner.x:.0f}px;top:{inner.y:.0f}px;width:{inner.w:.0f}px;height:{inner.h:.0f}px;'
        f'border:{max(1, wide // 22)}px solid {line}"></div>'
    )
    done = _render(image, inner, body, colour, context)
    return done, f"Done: a {step.called or 'white'} frame is around it; the picture inside is a little smaller.", None


def _rounded(image: pyvips.Image, step: Frame, context: EditContext) -> Framed:
    page = _page(image)
    radius = min(page.w, page.h) * 0.06
    clear = context.transparent_output and not step.colour
    ground = "transparent" if clear else step.colour or "#ffffff"
    done = _render(image, page, _window(page, radius), ground, context, clear=clear)
    behind = "transparent" if clear else step.called or "white"
    return done, f"Done: the corners are rounded; behind them it is {behind}.", None


def _polaroid(image: pyvips.Image, step: Frame, context: EditContext) -> Framed:
    """A white card with a wide lower border, on a background tinted like the image."""
    page = _page(image)
    side, foot = 0.055, 0.2
    scale = min(page.w * 0.86 / (page.w * (1 + 2 * side)), page.h * 0.9 / (page.h * (1 + side + foot)))
    w, h = page.w * scale, page.h * scale
    rim = min(w, h) * side
    card = Box(0, 0, w + 2 * rim, h + rim + min(w, h) * foot)
    x, y = (page.w - card.w) / 2, (page.h - card.h) / 2
    inner = Box(round(x + rim), round(y + rim), round(w), round(h))
    ground = step.colour or _tint(image)
    wide, close = f"0 {rim * 0.3:.1f}px {rim * 1.1:.1f}px", f"0 {rim * 0.05:.1f}px {rim * 0.2:.1f}px"
    shadow = f"box-shadow:{wide} rgba(20,16,12,.32),{close} rgba(20,16,12,.25)"
    body = (
        f'<div class="a" style="left:{x:.1f}px;top:{y:.1f}px;width:{card.w:.1f}px;height:{card.h:.1f}px;'
        f'background:#fcfaf5;border-radius:{rim * 0.12:.1f}px;{shadow}"></div>{_window(inner, 0)}'
    )
    done = _render(image, inner, body, ground, context)
    foot_top = inner.y + inner.h
    room = Box(inner.x, foot_top + rim * 0.35, inner.w, y + card.h - foot_top - rim * 0.7)
    return done, "Done: it is framed as an instant photograph; the picture inside is whole and smaller.", room


def _page(image: pyvips.Image) -> Box:
    return Box(0, 0, image.width, image.height)


def _tint(image: pyvips.Image) -> str:
    """A pale tint of the image's mean colour."""
    red, green, blue = (round(band.avg()) for band in pixels.without_alpha(image).bandsplit())
    return mix(f"#{red:02x}{green:02x}{blue:02x}", "#f1ede6", 0.8)


def _window(box: Box, radius: float) -> str:
    """The image as an HTML element."""
    return (
        f'<img class="a" src="picture" style="left:{box.x:.0f}px;top:{box.y:.0f}px;width:{box.w:.0f}px;'
        f'height:{box.h:.0f}px;border-radius:{radius:.1f}px"/>'
    )


def _render(
    image: pyvips.Image, window: Box, body: str, ground: str, context: EditContext, *, clear: bool = False
) -> pyvips.Image:
    """Render the page around the image. The image may be cropped by a few rows or columns to fill its window."""
    inner = image
    if (round(window.w), round(window.h)) != (image.width, image.height):
        inner = image.thumbnail_image(round(window.w), height=round(window.h), size="both", crop="centre")
    data = bytes(inner.write_to_buffer(".png", **_PNG))
    size = Size(image.width, image.height)
    style = f"position:relative;display:flex;width:{size.width}px;height:{size.height}px;overflow:hidden;"
    page = f'<div style="{style}background:{ground}">{body}</div>'
    raw = context.canvas.render(page, size, {"picture": data})
    page_image = pyvips.Image.new_from_memory(raw, size.width, size.height, 4, "uchar").copy(interpretation="srgb")
    return (page_image if clear or image.hasalpha() else page_image[:3]).copy_memory()
