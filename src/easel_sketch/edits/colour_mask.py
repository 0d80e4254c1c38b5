"""Find a thing by the colour it is said to have, as a soft mask."""

import re
from dataclasses import dataclass
from math import ceil

import numpy as np
import pyvips

from easel_sketch.colour.mixing import channels
from easel_sketch.edits import hues, pixels
from easel_sketch.edits.colour_model import colour_distance
from easel_sketch.edits.hues import GREY
from easel_sketch.edits.pixels import Floats, Mask, ramp
from easel_sketch.edits.smoothing import smoothed

PIECE = 0.06  # least area of a region, as a share of the largest; smaller ones belong to other things
PIECE_OF_GREY = 0.3  # the same for greys, which are common elsewhere
LEAST = 0.002  # least share of the image that counts as found
_VIEWED, _SMALLEST = 340, 16  # longest and shortest side of the small copy, in pixels
_FOLD, _HOLE = 4, 0.4  # half the width of a gap to close, in pixels; most share of the thing that a hole takes
_ROOM = 12  # pixels around a hole
# What replaces all that is outside a hole: grey when a colour is looked for, a colour when a grey is.
_UNLIKE = {False: [128, 128, 128], True: [255, 0, 200]}
_ABOVE = re.compile(r"\b(hat|cap|beret|helmet|hair|sky|roof|hood|crown|sombrero|chapeau|hut|chapéu)\b|帽|шляп")
_BELOW = re.compile(r"\b(shoes?|boots?|floor|grass|skirt|trousers|jeans|carpet|road|sand)\b|鞋|靴|裙")


@dataclass(frozen=True, slots=True)
class ColourMask:
    """A box of the image, its pixels in CIE LCh, and a mask of 0 to 1."""

    left: int
    top: int
    lch: pyvips.Image
    mask: pyvips.Image

    def share(self, image: pyvips.Image) -> float:
        """The mask's share of the image's area."""
        return float(self.mask.avg()) * int(self.mask.width) * int(self.mask.height) / int(image.width * image.height)

    def clear(self, image: pyvips.Image, hole: pyvips.Image | None) -> bool:
        """Whether enough was found: a share of the image, or of the hole it was looked for in."""
        return self.share(image) >= LEAST * (1.0 if hole is None else min(1.0, 4 * hole.avg() / 255))

    def over(self, image: pyvips.Image) -> pyvips.Image:
        """The mask at the image's full size."""
        return self.mask.embed(self.left, self.top, image.width, image.height)


def lch_of(colour: str) -> tuple[float, float, float]:
    """A hex colour in CIE LCh."""
    pixel = (pyvips.Image.black(1, 1) + list(channels(colour))).cast("uchar").copy(interpretation="srgb")
    light, chroma, hue = pixel.colourspace("lch")(0, 0)
    return light, chroma, hue


def whole(colour: pyvips.Image, hole: pyvips.Image) -> ColourMask:
    """All that is inside a hole, 255 inside and 0 outside."""
    left, top, width, height = _box(hole)
    lch, mask = (part.crop(left, top, width, height) for part in (colour.colourspace("lch"), hole / 255.0))
    return ColourMask(left, top, lch.copy_memory(), mask.copy_memory())


def find(colour: pyvips.Image, old: str, thing: str, hole: pyvips.Image | None = None) -> ColourMask:
    """Find the thing that has the colour `old`, inside a hole (255 inside, 0 outside) if there is one.

    Its area is found on a small copy, its soft edge at full size by hue and chroma.
    """
    if hole is None:
        return _found(colour, old, thing)
    left, top, width, height = _box(hole)
    part, gap = (one.crop(left, top, width, height).copy_memory() for one in (colour, hole))
    grey = (gap == 0).ifthenelse(_UNLIKE[lch_of(old)[1] < GREY], part).copy(interpretation="srgb").copy_memory()
    found = _found(grey, old, "")
    within = gap.crop(found.left, found.top, found.mask.width, found.mask.height)
    mask = (within > 0).ifthenelse(found.mask, 0.0).copy_memory()
    return ColourMask(left + found.left, top + found.top, found.lch, mask)


def _box(hole: pyvips.Image) -> tuple[int, int, int, int]:
    """The box of a hole with some room: left, top, width, height."""
    left, top, width, height = ((hole > 0) * 1.0).find_trim(threshold=0.5, background=0, line_art=True)
    x, y = max(0, left - _ROOM), max(0, top - _ROOM)
    return x, y, min(hole.width, left + width + _ROOM) - x, min(hole.height, top + height + _ROOM) - y


def _found(colour: pyvips.Image, old: str, thing: str) -> ColourMask:
    light, chroma, hue = lch_of(old)
    view = pixels.thumbnail(colour, _VIEWED)
    if min(view.width, view.height) < _SMALLEST:
        nothing = pyvips.Image.black(1, 1)
        return ColourMask(0, 0, colour.crop(0, 0, 1, 1).colourspace("lch"), nothing.cast("float"))
    small = view.colourspace("lch").copy_memory()
    if chroma < GREY:
        core = _regions(_grey(small, light), thing, PIECE_OF_GREY)
        left, top, width, height = _bounds(core, colour)
        lch = colour.crop(left, top, width, height).colourspace("lch").copy_memory()
        where = pixels.resized(core, colour.width, colour.height).crop(left, top, width, height)
        return ColourMask(left, top, lch, _soft(_grey(lch, light) * where))
    numbers = pixels.array_of(small)
    wide = hues.around(numbers, hue)
    raw = hues.near(small, wide) * hues.strong(small, wide)
    core = _regions(raw, thing)
    own, light = hues.refined(numbers, (pixels.array_of(raw)[:, :, 0] > 0.5) & (core > 0.6), wide)
    near = hues.near(small, own)
    sure, may = (pixels.array_of(near * part)[:, :, 0] for part in (hues.strong(small, own), hues.faint(small)))
    drawn = _segment(pixels.array_of(view.colourspace("lab")), sure * core, may, core)
    box = _bounds(drawn, colour)
    lch = colour.crop(*box).colourspace("lch").copy_memory()
    straying = _maximum(hues.in_shade(lch, wide, light), hues.in_light(lch, own, light))
    mask = _maximum(hues.near(lch, own), straying) * hues.faint(lch) * _refine(colour, view, drawn).crop(*box)
    return ColourMask(box[0], box[1], lch, _soft(mask))


def _bounds(drawn: Floats, colour: pyvips.Image) -> tuple[int, int, int, int]:
    """The box around an area of the small copy, in pixels of the image, with a margin."""
    down, across = np.nonzero(pixels.box(drawn, 5) > 0)
    if not len(down):
        return 0, 0, 1, 1
    high, wide = colour.height / drawn.shape[0], colour.width / drawn.shape[1]
    left, top = int(across.min() * wide), int(down.min() * high)
    right, bottom = ceil((across.max() + 1) * wide), ceil((down.max() + 1) * high)
    return left, top, min(right, colour.width) - left, min(bottom, colour.height) - top


def _soft(mask: pyvips.Image) -> pyvips.Image:
    soft = mask.gaussblur(0.8)
    return (soft < 0.04).ifthenelse(0.0, (soft > 1).ifthenelse(1.0, soft)).copy_memory()


def _grey(lch: pyvips.Image, light: float) -> pyvips.Image:
    far, near = (20.0, 9.0) if light > 85 else (34.0, 18.0)  # narrower for white, so that pale walls do not match
    return ramp((lch[0] - light).abs(), far, near) * ramp(lch[1], 22.0, 10.0)


def _maximum(one: pyvips.Image, other: pyvips.Image) -> pyvips.Image:
    return (one > other).ifthenelse(one, other)


def _segment(lab: Floats, sure: Floats, may: Floats, core: Floats) -> Floats:
    """The thing's area, from colour models of its surest pixels and of all others, smoothed over similar neighbours."""
    inside, outside = sure > 0.6, (sure < 0.04) & (may < 0.5)
    if inside.sum() < 40 or outside.sum() < 40:
        return core
    features = np.dstack([lab, _roughness(lab)])
    odds = colour_distance(features, features[outside]) - colour_distance(features, features[inside])
    likely = 1 / (1 + np.exp(-np.clip(odds * 0.4, -30, 30)))
    likely = np.where(may > 0.5, likely * 0.5 + np.maximum(sure, 0.6) * 0.5, likely * 0.6 + sure * 0.4)
    likely = likely * np.clip(pixels.box(_connected(core > 0.5, may > 0.5), 4) * 5, 0, 1)
    return _closed(_large(smoothed(lab, likely.astype(np.float32), 0.6) > 0.5))


def _roughness(lab: Floats) -> Floats:
    """The local variation of lightness, as a texture feature."""
    light = lab[:, :, 0]
    mean = pixels.box(light, 2)
    varies = np.sqrt(np.maximum(pixels.box(light * light, 2) - mean * mean, 0))
    return np.asarray(np.sqrt(varies / (mean + 6.0)) * 45.0, dtype=np.float32)


def _refine(colour: pyvips.Image, view: pyvips.Image, drawn: Floats) -> pyvips.Image:
    """The area at full size; its border follows the image's edges (guided filter)."""
    a, b = pixels.guided_filter(pixels.array_of(view) / 255.0, drawn, 3, 8e-4)
    parts = [pixels.resized(part, colour.width, colour.height) for part in (*np.moveaxis(a, 2, 0), b)]
    return ramp(sum((colour[band] / 255.0 * parts[band] for band in range(3)), parts[3]), 0.12, 0.6)


def _connected(held: Mask, may: Mask) -> Floats:
    """The held pixels and every region of possible pixels connected with them."""
    labels, areas = pixels.components(held | may)
    touched = np.bincount(labels.ravel(), weights=held.ravel(), minlength=len(areas)) > 0
    return (touched[labels] & (held | may)).astype(np.float32)


def _large(inside: Mask) -> Mask:
    """Drop regions much smaller than the largest."""
    labels, areas = pixels.components(inside)
    return np.asarray((areas > PIECE / 6 * areas.max(initial=1))[labels] & inside)


def _closed(inside: Mask) -> Floats:
    """Fill narrow gaps and holes."""
    image = pixels.image_of(inside.astype(np.uint8) * 255, "b-w")
    wide = image.embed(_FOLD, _FOLD, image.width + 2 * _FOLD, image.height + 2 * _FOLD, extend="copy")
    span = 2 * _FOLD + 1
    closed = wide.rank(span, span, span * span - 1).rank(span, span, 0).crop(_FOLD, _FOLD, image.width, image.height)
    kept = pixels.array_of(closed)[:, :, 0] > 127
    labels, areas = pixels.components(~kept)
    edges = np.unique(np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]]))
    hole = (areas < _HOLE * max(int(kept.sum()), 1)) & ~np.isin(np.arange(len(areas)), edges)
    return (kept | hole[labels]).astype(np.float32)


def _regions(raw: pyvips.Image, thing: str, piece: float = PIECE) -> Floats:
    """1 around the large regions of the thing, 0 around specks of its colour elsewhere; soft at the borders."""
    small = (raw > 0.45).rank(5, 5, 6).rank(7, 7, 40).copy_memory()
    labels = (small > 0).labelregions().copy_memory()
    count = int(labels.max()) + 1
    table = _kept(labels, small, count, thing, piece)
    kept = pixels.image_of(np.array(table, dtype=np.uint8)[pixels.array_of(labels)[:, :, 0].astype(np.int32)], "b-w")
    others = (small > 0) & (kept == 0)  # rejected regions of the same colour: the soft border must not reach them
    wide = (kept.rank(9, 9, 9 * 9 - 1) & (others ^ 255)).gaussblur(1.5)
    return pixels.array_of(wide)[:, :, 0] / np.float32(255)


def _kept(labels: pyvips.Image, small: pyvips.Image, count: int, thing: str, piece: float) -> list[int]:
    """255 for each accepted region: the largest and those of similar size, at the height where the thing would be."""
    areas, heights = [0] * count, [0.0] * count
    data, inside = labels.cast("int").write_to_memory(), bytes(small.write_to_memory())
    numbers = memoryview(data).cast("i")
    width = labels.width
    for place, label in enumerate(numbers):
        if inside[place]:
            areas[label] += 1
            heights[label] += place // width
    middle = labels.height / 2
    half = -1 if _ABOVE.search(thing) else 1 if _BELOW.search(thing) else 0
    fits = [area and (half == 0 or (heights[i] / area - middle) * half > 0) for i, area in enumerate(areas)]
    largest = max((area for area, ok in zip(areas, fits, strict=True) if ok), default=0) or max(areas, default=0)
    chosen = any(ok and area for area, ok in zip(areas, fits, strict=True))
    return [
        255 if area and area > piece * largest and (ok or not chosen) else 0
        for area, ok in zip(areas, fits, strict=True)
    ]
