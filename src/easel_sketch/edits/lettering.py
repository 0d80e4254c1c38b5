"""Set texts on an image: complete, inside the image, and legible on their background."""

from dataclasses import dataclass

import numpy as np
import pyvips

from easel_sketch import library
from easel_sketch.colour.mixing import contrast, fade, luminance, mix, readable
from easel_sketch.drawing.geometry import Box
from easel_sketch.edits import pixels, shape
from easel_sketch.edits.context import EditContext, StepResult
from easel_sketch.edits.steps import Lettering
from easel_sketch.request import Size
from easel_sketch.type import proof, typeset
from easel_sketch.type.typefaces import Type

_MARGIN = 0.055
_LIGHT, _DARK = "#ffffff", "#15161a"
_CONTRAST, _LARGE_CONTRAST = 4.5, 3.0  # WCAG AA for normal and for large type
_LEAST = 13.0  # pixels on a side of 1024: smaller type is not legible
# Width and height of the room at each place, as shares of the page inside its margins.
_ROOMS = {
    "top": (1.0, 0.27), "bottom": (1.0, 0.27), "center": (0.86, 0.5), "left": (0.42, 0.8), "right": (0.42, 0.8),
}  # fmt: skip
_CORNER = (0.46, 0.24)
_SHARES = (0.96, 0.8, 0.66, 0.5, 0.36)  # of a mask's hole that texts may fill; the first that has room for them
_CELLS = (24, 16)  # of the page, in each of which there is something of the subject or not
_FOOT = 0.075  # type size of a caption on an instant photograph, as a share of the shorter side
_SIZES = {"small": 0.034, "": 0.075, "large": 0.15}  # type sizes as shares of the shorter side


@dataclass(frozen=True, slots=True)
class Block:
    """Texts set in a box, and whether all of them fit."""

    html: str
    area: Box  # the lines' full width
    box: Box  # the part of it that letters cover
    fits: bool
    large: bool


def with_texts(image: pyvips.Image, step: Lettering, context: EditContext, room: Box | None = None) -> StepResult:
    """The image with the texts; `room` is the frame's place for a caption, if any."""
    if context.hole is not None:
        return _inside(image, step, context, context.hole)
    page = Box(0, 0, image.width, image.height)
    place = step.place or _least_detailed(image)
    quoted = " ".join(f"“{text}”" for text in step.texts)
    margin = min(page.w, page.h) * _MARGIN
    area = room if room and step.place in ("", "bottom", "center") else _room(page, place, margin)
    in_frame = area is room
    if step.place == "beside":
        subject = context.subject(image)
        if not subject.clear:
            return image, f"Not done: {quoted} beside the subject. {subject.why}"
        area, place = _free(subject.mask, margin), "center"
    plate = step.plate if step.plate.startswith("#") else ""
    colour = step.colour or (readable(_DARK, plate, least=7) if plate else _ink(image, area, step.watermark))
    if in_frame and not step.colour:
        colour = _DARK
    block = _block(step, context, area, place, colour, in_frame=in_frame)
    if not block.fits:
        spot = "beside the subject" if step.place == "beside" else f"at the {place}"
        return image, f"Not done: {quoted} does not fit {spot} in letters that can be read."
    where = (
        "below the picture"
        if in_frame
        else "beside the subject"
        if step.place == "beside"
        else "in the middle"
        if place == "center"
        else f"at the {place.replace('-', ' ')}"
    )
    done, sentence = _set(image, step, context, block, colour, where, in_frame=in_frame)
    if step.place == "beside":  # nor does the shade under the letters reach the subject
        done = (subject.mask > 0).ifthenelse(image, done).copy_memory()
    return done, sentence


def _inside(image: pyvips.Image, step: Lettering, context: EditContext, hole: pyvips.Image) -> StepResult:
    """The image with the texts where the hole of its mask has room for all of them."""
    quoted = " ".join(f"“{text}”" for text in step.texts)
    place = step.place if step.place not in ("", "beside") else "center"
    left, top, width, height = shape.box(hole, above=128)
    for share in _SHARES if hole.max() else ():
        w, h = width * share, height * share
        area = Box(left + (width - w) / 2, top + (height - h) / 2, w, h)
        if place != "center":
            area = _room(area, place, 0.0)
        plate = step.plate if step.plate.startswith("#") else ""
        colour = step.colour or (readable(_DARK, plate, least=7) if plate else _ink(image, area, step.watermark))
        block = _block(step, context, area, place, colour, in_frame=False)
        if block.fits and _covers(hole, block.box):
            return _set(image, step, context, block, colour, "inside the mask")
    return image, f"Not done: {quoted} does not fit inside the mask in letters that can be read."


def _covers(hole: pyvips.Image, box: Box) -> bool:
    x, y = max(0, int(box.x)), max(0, int(box.y))
    w, h = min(int(box.w) + 1, hole.width - x), min(int(box.h) + 1, hole.height - y)
    return w > 0 and h > 0 and bool(hole.crop(x, y, w, h).min() == 255)


def _set(
    image: pyvips.Image,
    step: Lettering,
    context: EditContext,
    block: Block,
    colour: str,
    where: str,
    *,
    in_frame: bool = False,
) -> StepResult:
    """The image with a block of texts on it, and the sentence that says where."""
    quoted = " ".join(f"“{text}”" for text in step.texts)
    page = Box(0, 0, image.width, image.height)
    html, ground = _with_ground(image, step, block, colour, page, in_frame=in_frame)
    size = Size(image.width, image.height)
    runs = context.canvas.measure(html, size.width).runs
    if proof.missing(step.texts, runs, size):
        return image, f"Not done: {quoted} could not be set whole {where}."
    overlay = context.canvas.render(html, size, {})
    done = _composite(image, overlay, 0.62 if step.watermark else 1.0)
    unknown = library.undrawable("".join(step.texts))
    missing_note = f" The sketch engine has no letters for {len(unknown)} of its characters." if unknown else ""
    return done, f"Done: {quoted} is set {where}, whole{ground}.{missing_note}"


def _room(page: Box, place: str, margin: float) -> Box:
    inner = Box(page.x + margin, page.y + margin, page.w - 2 * margin, page.h - 2 * margin)
    across, down = _ROOMS.get(place, _CORNER)
    w, h = inner.w * across, inner.h * down
    x = inner.x if "left" in place else inner.x + inner.w - w if "right" in place else inner.x + (inner.w - w) / 2
    y = inner.y if "top" in place else inner.y + inner.h - h if "bottom" in place else inner.y + (inner.h - h) / 2
    return Box(x, y, w, h)


def _free(mask: pyvips.Image, margin: float) -> Box:
    """The widest and highest box of the page, inside its margins, that the subject does not reach into."""
    across, down = _CELLS
    edge = round(margin)
    inner = mask.crop(edge, edge, max(1, mask.width - 2 * edge), max(1, mask.height - 2 * edge))
    view = pixels.resized(pixels.array_of(pixels.thumbnail(inner))[:, :, 0], across * 8, down * 8)
    cells = pixels.array_of(view)[:, :, 0].reshape(down, 8, across, 8).max(axis=(1, 3))
    taken = cells > 0.04
    w, h = inner.width / across, inner.height / down
    summed = np.pad(taken.cumsum(axis=0).cumsum(axis=1), ((1, 0), (1, 0)))
    boxes = [
        (min(right - left, 2 * (bottom - top)) * (bottom - top) * (right - left), left, top, right, bottom)
        for top in range(down)
        for bottom in range(top + 1, down + 1)
        for left in range(across)
        for right in range(left + 1, across + 1)
        if summed[bottom, right] - summed[top, right] - summed[bottom, left] + summed[top, left] == 0
    ]
    _, left, top, right, bottom = max(boxes, default=(0, 0, 0, 1, 1))
    return Box(margin + left * w, margin + top * h, (right - left) * w, (bottom - top) * h)


def _least_detailed(image: pyvips.Image) -> str:
    """Top or bottom, whichever has less detail."""
    edges = pixels.thumbnail(pixels.without_alpha(image).colourspace("b-w"), 200).sobel()
    band = max(1, int(edges.height * 0.3))
    top = edges.crop(0, 0, edges.width, band).avg()
    bottom = edges.crop(0, edges.height - band, edges.width, band).avg()
    return "top" if top < bottom * 0.8 else "bottom"


def _block(step: Lettering, context: EditContext, area: Box, place: str, colour: str, *, in_frame: bool) -> Block:
    """The first of several texts as a heading, the rest in smaller type below it."""
    faces = context.faces((*step.asked, "handwritten") if in_frame else step.asked, " ".join(step.texts))
    short = min(context.size.width, context.size.height)
    most = short * (_FOOT if in_frame else _SIZES["small" if step.watermark else step.size])
    align = "left" if "left" in place and not in_frame else "right" if "right" in place and not in_frame else "center"
    style = f"text-align:{align};width:{area.w:.1f}px;"
    small = step.size == "small" or step.watermark
    head, *rest = step.texts
    face = faces.label if small and not in_frame else faces.head
    title = typeset.headline(
        context.canvas, head, face, area.w, area.h * (0.62 if rest else 1.0), most=most, lines=2 if small else 3
    )
    markup, height = title.html(face, colour, style), title.height
    least = min(title.sizes, default=0.0)
    if rest:
        below = _below(context, rest, faces.label, area, height, most * 0.42, colour, style)
        markup, height = markup + below.html, height + below.height
        least = min(least, below.scale) if below.fits else 0.0
    y = area.y if "top" in place else area.y + area.h - height if "bottom" in place else area.y + (area.h - height) / 2
    if in_frame:
        y = area.y + (area.h - height) / 2
    wide = _width_of(context, markup, area.w)
    x = area.x if align == "left" else area.x + area.w - wide if align == "right" else area.x + (area.w - wide) / 2
    box = Box(x, y, wide, height)
    return Block(
        markup,
        Box(area.x, y, area.w, height),
        box,
        least >= _LEAST * short / 1024 and height <= area.h + 1,
        min(title.sizes, default=0) > short * 0.04,
    )


def _width_of(context: EditContext, markup: str, w: float) -> float:
    """The width of the longest line."""
    runs = typeset.measured(context.canvas, markup, w).runs
    return min(w, max((run.right for run in runs), default=w) - min((run.left for run in runs), default=0.0) + 2)


def _below(
    context: EditContext, texts: list[str], face: Type, area: Box, taken: float, most: float, colour: str, style: str
) -> typeset.Fitted:
    least = _LEAST * min(context.size.width, context.size.height) / 1024

    def make(size: float) -> str:
        return "".join(
            typeset.block(text, face, size, colour, f"margin-top:{size * 0.45:.1f}px;{style}") for text in texts
        )

    return typeset.fit(context.canvas, make, area.w, area.h - taken, most=max(most, least), least=least)


def _ink(image: pyvips.Image, area: Box, watermark: bool) -> str:
    """White or near-black, whichever contrasts more with the image; white for a watermark."""
    low, high = _range(image, area)
    return _LIGHT if watermark or (low + high) / 2 < 0.36 else _DARK


def _range(image: pyvips.Image, area: Box) -> tuple[float, float]:
    """The 5th and the 95th percentile of the luminance under a box."""
    x, y = max(0, int(area.x)), max(0, int(area.y))
    w, h = min(int(area.w) + 1, image.width - x), min(int(area.h) + 1, image.height - y)
    part = pixels.without_alpha(image).crop(x, y, max(1, w), max(1, h)).copy_memory()
    light = pixels.array_of(pixels.thumbnail(part, 160).colourspace("scrgb"))
    values = light @ np.array([0.2126, 0.7152, 0.0722], dtype=np.float32)
    return float(np.percentile(values, 5)), float(np.percentile(values, 95))


def _with_ground(
    image: pyvips.Image, step: Lettering, block: Block, colour: str, page: Box, *, in_frame: bool
) -> tuple[str, str]:
    """The block on the page, with a plate or a soft shade under it where contrast would be too low."""
    low, high = _range(image, block.box)
    bright = luminance(colour)
    worst = min((max(bright, v) + 0.05) / (min(bright, v) + 0.05) for v in (low, high))
    needed = _LARGE_CONTRAST if block.large else _CONTRAST
    shade = _DARK if contrast(colour, _DARK) > contrast(colour, _LIGHT) else _LIGHT
    ground, note = "", ""
    glow = 0.0
    if step.plate or (worst < needed and not step.watermark and not in_frame):
        ground, note = _plate(step, block, shade, _cover(colour, shade, (low, high), needed), page)
    elif not in_frame:
        glow = 0.34 if block.large else 0.5
    shadow = f"text-shadow:0 0 {block.box.h * 0.16:.1f}px {fade(shade, glow)};" if glow else ""
    words = block.area.div(
        f'<div style="display:flex;flex-direction:column;{shadow}">{block.html}</div>', "flex-direction:column;"
    )
    style = f"position:relative;display:flex;width:{page.w:.0f}px;height:{page.h:.0f}px;overflow:hidden;"
    return f'<div style="{style}">{ground}{words}</div>', note


def _cover(colour: str, shade: str, lights: tuple[float, float], needed: float) -> float:
    """The opacity that a shade needs over the darkest and lightest parts for letters of a colour to be legible."""
    greys = ["#" + f"{round(255 * min(max(light, 0), 1) ** (1 / 2.2)):02x}" * 3 for light in lights]
    for step in range(5, 19):
        if all(contrast(colour, mix(grey, shade, step / 20)) >= needed * 1.1 for grey in greys):
            return step / 20
    return 0.9


def _plate(step: Lettering, block: Block, shade: str, cover: float, page: Box) -> tuple[str, str]:
    """A plate for small blocks or on request; else a gradient from the edge of the page."""
    box, pad = block.box, min(page.w, page.h) * 0.022
    place = step.place or ("top" if box.y < page.h / 3 else "bottom")
    if step.plate:
        fill = step.plate if step.plate.startswith("#") else fade(shade, max(cover, 0.7))
        return _behind(box, pad, f"border-radius:{pad * 0.5:.1f}px;background:{fill}"), ", on a plate"
    if place not in ("top", "bottom"):
        soft = min(box.h * 0.5, pad * 2.4)
        fill = fade(shade, min(cover * 1.12, 0.94))
        style = f"border-radius:{soft:.1f}px;background:{fill};filter:blur({soft * 0.5:.1f}px)"
        return _behind(box, soft, style), ", on a soft shade so that it can be read"
    deep = (box.y + box.h + pad) if place == "top" else (page.h - box.y + pad)
    run = deep * 1.9
    full, half = deep / run * 78, deep / run * 125
    fall = f"{fade(shade, cover)} {full:.0f}%,{fade(shade, cover * 0.42)} {half:.0f}%,{fade(shade, 0)} 100%"
    towards, edge = ("bottom", "top:0") if place == "top" else ("top", "bottom:0")
    style = f"left:0;{edge};width:{page.w:.0f}px;height:{run:.1f}px;background:linear-gradient(to {towards},{fall})"
    return f'<div class="a" style="{style}"></div>', ", on a soft shade so that it can be read"


def _composite(image: pyvips.Image, overlay: bytes, strength: float) -> pyvips.Image:
    """Lay the overlay on the image; bytes where it is clear do not change."""
    top = pyvips.Image.new_from_memory(overlay, image.width, image.height, 4, "uchar").copy(interpretation="srgb")
    mask = top[3] * (strength / 255.0)
    done = pixels.blended(pixels.without_alpha(image), top[:3], mask)
    if not image.hasalpha():
        return done.copy_memory()
    alpha = image[image.bands - 1]
    both = (alpha * (mask * -1.0 + 1.0) + mask * 255.0).rint().cast("uchar")
    return done.bandjoin(both).copy(interpretation="srgb").copy_memory()


def _behind(box: Box, pad: float, style: str) -> str:
    """An element under a block, extended by `pad`."""
    place = (
        f"left:{box.x - pad:.1f}px;top:{box.y - pad:.1f}px;width:{box.w + 2 * pad:.1f}px;height:{box.h + 2 * pad:.1f}px"
    )
    return f'<div class="a" style="{place};{style}"></div>'
