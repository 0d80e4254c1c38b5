"""Combine several images: in a row, before and after, a collage, one on another, one in another's colours."""

from collections.abc import Callable, Mapping, Sequence
from math import ceil, sqrt

import pyvips

from easel_sketch.drawing.geometry import Box
from easel_sketch.drawing.ink import circle, rect, stroke, trace
from easel_sketch.edits import fit, placing, transfer
from easel_sketch.edits.context import EditContext, StepResult
from easel_sketch.edits.steps import Compose

_GAP = 0.012
_CUT = 1.5  # in a row, images may be enlarged by this factor and cropped to fill the page
_PAPER = [250, 249, 246]


def composed(images: Sequence[pyvips.Image], step: Compose, context: EditContext) -> StepResult:
    return _COMPOSERS[step.name](images, step, context)


def _beside(images: Sequence[pyvips.Image], step: Compose, context: EditContext) -> StepResult:
    """A row or a column. Each image's share follows its aspect ratio; at most a third of it is cropped."""
    width, height = context.size.width, context.size.height
    gap = round(_GAP * min(width, height))
    vertical = step.name == "stacked" or height > width * 1.2
    along, across = (height, width) if vertical else (width, height)
    shapes = [(i.height / i.width if vertical else i.width / i.height) for i in images]
    length = along - gap * (len(images) - 1)
    depth = min(across, round(length / sum(shapes) * _CUT))
    page, at, offset = _page(width, height), 0, (across - depth) // 2
    for place, (image, share) in enumerate(zip(images, _shares(shapes), strict=True)):
        span = along - at if place == len(images) - 1 else round(length * share)
        cell = _cropped_to(image, depth, span) if vertical else _cropped_to(image, span, depth)
        page = page.insert(cell, *((offset, at) if vertical else (at, offset)))
        at += span + gap
    how = "one above the other" if vertical else "side by side"
    sentence = (
        f"Done: {len(images)} pictures {how}, in the order given; what does not fit is cut off, nothing is stretched."
    )
    return page.copy_memory(), sentence


def _shares(shapes: Sequence[float]) -> list[float]:
    total = sum(shapes)
    return [shape / total for shape in shapes]


def _before_after(images: Sequence[pyvips.Image], step: Compose, context: EditContext) -> StepResult:
    """Two halves of the page with a divider and handle; both show the same part of their image."""
    width, height = context.size.width, context.size.height
    tall = height > width * 1.2
    across, down = (width, height // 2) if tall else (width // 2, height)
    page = _page(width, height).insert(_cropped_to(images[0], across, down), 0, 0)
    far = (0, down) if tall else (across, 0)
    page = page.insert(_cropped_to(images[1], width - far[0], height - far[1]), *far)
    rest = f" Not done: {len(images) - 2} further pictures have no place in it." if len(images) > 2 else ""
    where = "above, the second below" if tall else "at the left, the second at the right"
    sentence = (
        f"Done: the first picture is {where} of a dividing line, each cropped to its half, nothing is stretched.{rest}"
    )
    return _divided(page, context, tall=tall), sentence


def _divided(page: pyvips.Image, context: EditContext, *, tall: bool) -> pyvips.Image:
    u = min(page.width, page.height) / 1000
    x, y, w, h = page.width / 2, page.height / 2, page.width, page.height
    thickness = max(6 * u, 2.0)
    line = (
        rect(0, y - thickness / 2, w, thickness, "#fff") if tall else rect(x - thickness / 2, 0, thickness, h, "#fff")
    )
    arrows = "".join(_arrow(x, y, side * u) for side in (-1, 1))
    turn = f'transform="rotate(90 {x:.1f} {y:.1f})"' if tall else ""
    handle = f"<g {turn}>{circle(x, y, 36 * u, '#fff')}{arrows}</g>"
    return placing.over(page, context.canvas.render(Box(0, 0, w, h).svg(line + handle), context.size, {}))


def _arrow(x: float, y: float, u: float) -> str:
    """One arrow of the handle; `u` is negative for the left one."""
    tip = trace("M", x + 11 * u, y - 11 * abs(u), "L", x + 21 * u, y, "L", x + 11 * u, y + 11 * abs(u))
    return stroke(tip, "#30343c", 4.4 * abs(u))


def _collage(images: Sequence[pyvips.Image], step: Compose, context: EditContext) -> StepResult:
    """Justified rows: an image's share of its row follows its aspect ratio."""
    width, height = context.size.width, context.size.height
    gap = round(_GAP * min(width, height))
    rows = _rows(images, width / height, context.index)
    inner = height - gap * (len(rows) + 1)
    weights = [1 / sum(image.width / image.height for image in row) for row in rows]
    page, y = _page(width, height), gap
    for place, (row, weight) in enumerate(zip(rows, weights, strict=True)):
        high = height - gap - y if place == len(rows) - 1 else round(inner * weight / sum(weights))
        page = _row(page, row, y, high, gap)
        y += high + gap
    return (
        page.copy_memory(),
        f"Done: a collage of {len(images)} pictures; some are cropped a little, nothing is stretched.",
    )


def _rows(images: Sequence[pyvips.Image], shape: float, index: int) -> list[list[pyvips.Image]]:
    """Distribute images over rows so that they keep their shapes best; variations use other numbers of rows."""
    shapes = sum(image.width / image.height for image in images)
    best = max(1, min(len(images), round(sqrt(shapes / shape))))
    count = max(1, min(len(images), best + (0, 1, -1, 2)[index % 4])) if len(images) > 2 else best
    row_length = ceil(len(images) / count)
    split = [list(images[start : start + row_length]) for start in range(0, len(images), row_length)]
    return split[::-1] if index % 2 else split


def _row(page: pyvips.Image, row: Sequence[pyvips.Image], y: int, high: int, gap: int) -> pyvips.Image:
    x, length = gap, page.width - gap * (len(row) + 1)
    for place, (image, share) in enumerate(zip(row, _shares([i.width / i.height for i in row]), strict=True)):
        wide = page.width - gap - x if place == len(row) - 1 else round(length * share)
        page = page.insert(_cropped_to(image, wide, high), x, y)
        x += wide + gap
    return page


def _blend(images: Sequence[pyvips.Image], step: Compose, context: EditContext) -> StepResult:
    """A double exposure (screen blend) of the first two."""
    first, second = (_cropped_to(image, context.size.width, context.size.height) for image in images[:2])
    both = (first * (-1 / 255.0) + 1.0) * (second * (-0.8 / 255.0) + 1.0)
    done = ((both * -1.0 + 1.0) * 255.0).rint().cast("uchar").copy(interpretation="srgb").copy_memory()
    return done, "Done: the first two pictures are exposed over each other, both cropped to the page."


def _cropped_to(image: pyvips.Image, width: int, height: int) -> pyvips.Image:
    """Scale and crop centrally to exactly this size."""
    flat = image.flatten(background=[255, 255, 255]) if image.hasalpha() else image
    cropped = flat.thumbnail_image(max(1, width), height=max(1, height), size="both", crop="centre")
    return cropped.copy(interpretation="srgb").copy_memory()


def _page(width: int, height: int) -> pyvips.Image:
    return (pyvips.Image.black(width, height, bands=3) + _PAPER).cast("uchar").copy(interpretation="srgb")


def _scene(images: Sequence[pyvips.Image], step: Compose, context: EditContext) -> StepResult:
    lead = placing.item_among(images, step.lead, context)
    item, scene = images[lead], images[1 if lead == 0 else 0]
    ground = _cropped_to(scene, context.size.width, context.size.height)
    return placing.on_scene(item, ground, step.place, context)


def _logo(images: Sequence[pyvips.Image], step: Compose, context: EditContext) -> StepResult:
    lead = step.lead if step.lead is not None and step.lead < len(images) else placing.logo_among(images)
    base, sentence = fit.fitted(images[1 if lead == 0 else 0], context.size)
    return placing.logo_on(images[lead], base, step.place or "bottom-right", sentence)


def _palette(images: Sequence[pyvips.Image], step: Compose, context: EditContext) -> StepResult:
    lead = step.lead if step.lead is not None and step.lead < len(images) else 1
    base, sentence = fit.fitted(images[0 if lead else 1], context.size)
    done = transfer.in_colours_of(base, images[lead])
    source, target = ("first", "second") if lead == 0 else ("second", "first")
    report = (
        f"Done: the {target} picture has the colours of the {source} now: their average and spread, not one by one."
    )
    return done, f"{report} {sentence}".strip()


_COMPOSERS: Mapping[str, Callable[[Sequence[pyvips.Image], Compose, EditContext], StepResult]] = {
    "beside": _beside,
    "stacked": _beside,
    "before-after": _before_after,
    "collage": _collage,
    "blend": _blend,
    "scene": _scene,
    "logo": _logo,
    "palette": _palette,
}
