"""Several pictures become one: in a row, before and after, a collage, one on another, one in another's colours."""

from collections.abc import Callable, Mapping, Sequence
from math import ceil, sqrt

import pyvips

from easel_sketch.drawing.geometry import Box
from easel_sketch.drawing.ink import circle, rect, stroke, trace
from easel_sketch.edits import fit, placing, transfer
from easel_sketch.edits.bench import Bench, Done
from easel_sketch.edits.steps import Compose

_GAP = 0.012
_CUT = 1.5  # in a row, pictures may be this much larger than when they are whole
_PAPER = [250, 249, 246]


def composed(images: Sequence[pyvips.Image], step: Compose, bench: Bench) -> Done:
    return _WAYS[step.name](images, step, bench)


def _beside(images: Sequence[pyvips.Image], step: Compose, bench: Bench) -> Done:
    """A row, or a pile: each picture's share is what its own shape asks for, and at most a third of it is cut off."""
    width, height = bench.size.width, bench.size.height
    gap = round(_GAP * min(width, height))
    piled = step.name == "stacked" or height > width * 1.2
    along, across = (height, width) if piled else (width, height)
    shapes = [(i.height / i.width if piled else i.width / i.height) for i in images]
    length = along - gap * (len(images) - 1)
    thick = min(across, round(length / sum(shapes) * _CUT))
    page, at, aside = _page(width, height), 0, (across - thick) // 2
    for place, (image, share) in enumerate(zip(images, _shares(shapes), strict=True)):
        span = along - at if place == len(images) - 1 else round(length * share)
        cell = _filling(image, thick, span) if piled else _filling(image, span, thick)
        page = page.insert(cell, *((aside, at) if piled else (at, aside)))
        at += span + gap
    how = "one above the other" if piled else "side by side"
    said = (
        f"Done: {len(images)} pictures {how}, in the order given; what does not fit is cut off, nothing is stretched."
    )
    return page.copy_memory(), said


def _shares(shapes: Sequence[float]) -> list[float]:
    total = sum(shapes)
    return [shape / total for shape in shapes]


def _before_after(images: Sequence[pyvips.Image], step: Compose, bench: Bench) -> Done:
    """Two halves of the same page, parted by a line with a handle; both show the same part of their picture."""
    width, height = bench.size.width, bench.size.height
    tall = height > width * 1.2
    across, down = (width, height // 2) if tall else (width // 2, height)
    page = _page(width, height).insert(_filling(images[0], across, down), 0, 0)
    far = (0, down) if tall else (across, 0)
    page = page.insert(_filling(images[1], width - far[0], height - far[1]), *far)
    rest = f" Not done: {len(images) - 2} further pictures have no place in it." if len(images) > 2 else ""
    where = "above, the second below" if tall else "at the left, the second at the right"
    said = (
        f"Done: the first picture is {where} of a dividing line, each cropped to its half, nothing is stretched.{rest}"
    )
    return _divided(page, bench, tall=tall), said


def _divided(page: pyvips.Image, bench: Bench, *, tall: bool) -> pyvips.Image:
    u = min(page.width, page.height) / 1000
    x, y, w, h = page.width / 2, page.height / 2, page.width, page.height
    thick = max(6 * u, 2.0)
    line = rect(0, y - thick / 2, w, thick, "#fff") if tall else rect(x - thick / 2, 0, thick, h, "#fff")
    arrows = "".join(_arrow(x, y, side * u) for side in (-1, 1))
    turn = f'transform="rotate(90 {x:.1f} {y:.1f})"' if tall else ""
    handle = f"<g {turn}>{circle(x, y, 36 * u, '#fff')}{arrows}</g>"
    return placing.over(page, bench.canvas.render(Box(0, 0, w, h).svg(line + handle), bench.size, {}))


def _arrow(x: float, y: float, u: float) -> str:
    """One side of the handle; `u` is negative at the left."""
    tip = trace("M", x + 11 * u, y - 11 * abs(u), "L", x + 21 * u, y, "L", x + 11 * u, y + 11 * abs(u))
    return stroke(tip, "#30343c", 4.4 * abs(u))


def _collage(images: Sequence[pyvips.Image], step: Compose, bench: Bench) -> Done:
    """Rows of pictures, each row filled from edge to edge: a picture's shape decides its share of the row."""
    width, height = bench.size.width, bench.size.height
    gap = round(_GAP * min(width, height))
    rows = _rows(images, width / height, bench.index)
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
    """As many rows as let the pictures keep their shapes best; further pictures of a job try another number."""
    shapes = sum(image.width / image.height for image in images)
    best = max(1, min(len(images), round(sqrt(shapes / shape))))
    count = max(1, min(len(images), best + (0, 1, -1, 2)[index % 4])) if len(images) > 2 else best
    per = ceil(len(images) / count)
    split = [list(images[start : start + per]) for start in range(0, len(images), per)]
    return split[::-1] if index % 2 else split


def _row(page: pyvips.Image, row: Sequence[pyvips.Image], y: int, high: int, gap: int) -> pyvips.Image:
    x, length = gap, page.width - gap * (len(row) + 1)
    for place, (image, share) in enumerate(zip(row, _shares([i.width / i.height for i in row]), strict=True)):
        wide = page.width - gap - x if place == len(row) - 1 else round(length * share)
        page = page.insert(_filling(image, wide, high), x, y)
        x += wide + gap
    return page


def _blend(images: Sequence[pyvips.Image], step: Compose, bench: Bench) -> Done:
    """A double exposure: the lights of both."""
    first, second = (_filling(image, bench.size.width, bench.size.height) for image in images[:2])
    both = (first * (-1 / 255.0) + 1.0) * (second * (-0.8 / 255.0) + 1.0)
    done = ((both * -1.0 + 1.0) * 255.0).rint().cast("uchar").copy(interpretation="srgb").copy_memory()
    return done, "Done: the first two pictures are exposed over each other, both cropped to the page."


def _filling(image: pyvips.Image, width: int, height: int) -> pyvips.Image:
    """Exactly this large and not stretched: what does not fit is cut off evenly."""
    flat = image.flatten(background=[255, 255, 255]) if image.hasalpha() else image
    cropped = flat.thumbnail_image(max(1, width), height=max(1, height), size="both", crop="centre")
    return cropped.copy(interpretation="srgb").copy_memory()


def _page(width: int, height: int) -> pyvips.Image:
    return (pyvips.Image.black(width, height, bands=3) + _PAPER).cast("uchar").copy(interpretation="srgb")


def _scene(images: Sequence[pyvips.Image], step: Compose, bench: Bench) -> Done:
    lead = placing.item_among(images, step.lead, bench)
    item, scene = images[lead], images[1 if lead == 0 else 0]
    ground = _filling(scene, bench.size.width, bench.size.height)
    return placing.on_scene(item, ground, step.place, bench)


def _logo(images: Sequence[pyvips.Image], step: Compose, bench: Bench) -> Done:
    lead = step.lead if step.lead is not None and step.lead < len(images) else placing.logo_among(images)
    base, said = fit.fitted(images[1 if lead == 0 else 0], bench.size)
    return placing.logo_on(images[lead], base, step.place or "bottom-right", said)


def _palette(images: Sequence[pyvips.Image], step: Compose, bench: Bench) -> Done:
    lead = step.lead if step.lead is not None and step.lead < len(images) else 1
    base, said = fit.fitted(images[0 if lead else 1], bench.size)
    done = transfer.in_colours_of(base, images[lead])
    lent, painted = ("first", "second") if lead == 0 else ("second", "first")
    how = f"Done: the {painted} picture has the colours of the {lent} now: their average and spread, not one by one."
    return done, f"{how} {said}".strip()


_WAYS: Mapping[str, Callable[[Sequence[pyvips.Image], Compose, Bench], Done]] = {
    "beside": _beside,
    "stacked": _beside,
    "before-after": _before_after,
    "collage": _collage,
    "blend": _blend,
    "scene": _scene,
    "logo": _logo,
    "palette": _palette,
}
