"""Another colour for what is found by its colour: soft masks, the light and shade of the thing kept.

Works in CIE LCh. Pixels outside the mask stay the very bytes they were.
"""

import math
import re

import pyvips

from easel.providers.sketch.colour import channels
from easel.providers.sketch.edits.instruction import Recolour

HUE_WIDTH = 34.0  # degrees either side of the named hue
BINS = 60
PIECE = 0.06  # of the largest piece: a smaller one is somebody else's
GREY = 14.0  # chroma below which a colour has no hue
LEAST = 0.002  # of the picture: less than this is not the thing
_ABOVE = re.compile(r"\b(hat|cap|beret|helmet|hair|sky|roof|hood|crown)\b")
_BELOW = re.compile(r"\b(shoes?|boots?|floor|grass|skirt|trousers|jeans|carpet|road|sand)\b")


def recoloured(image: pyvips.Image, step: Recolour) -> tuple[pyvips.Image, str]:
    """The picture with the thing in its new colour, and what was done; unchanged when no such thing is found."""
    colour = image[:3] if image.hasalpha() else image
    lch = colour.colourspace("lch")
    mask = _mask(lch, step)
    share = mask.avg()
    if share < LEAST:
        return image, f"Not done: nothing was found of the colour that “{step.thing}” is said to have."
    blended = _blend(colour, _shifted(lch, mask, step), mask)
    done = blended.bandjoin(image[3]) if image.hasalpha() else blended
    sentence = f"What was found by its colour as “{step.thing}” is {step.called} now: {share:.1%} of the picture."
    return done.copy_memory(), sentence


def _lch(colour: str) -> tuple[float, float, float]:
    pixel = (pyvips.Image.black(1, 1) + list(channels(colour))).cast("uchar").copy(interpretation="srgb")
    light, chroma, hue = pixel.colourspace("lch")(0, 0)
    return light, chroma, hue


def _mask(lch: pyvips.Image, step: Recolour) -> pyvips.Image:
    """0 to 1: how much a pixel belongs to the thing."""
    light, chroma, hue = _lch(step.old)
    if chroma < GREY:
        near = _ramp((lch[0] - light).abs(), 34.0, 18.0)
        raw = near * _ramp(lch[1], 22.0, 10.0)
    else:
        centre, below, above, least = _mode(lch, hue)
        turn = ((lch[2] - centre) + 540.0) % 360.0 - 180.0
        near = _ramp(turn, above, above * 0.65) * _ramp(turn * -1.0, below, below * 0.65)
        raw = near * _ramp(lch[1], least * 0.6, least)
    core = _regions(raw, step.thing)
    mask = (raw * core).gaussblur(0.8)
    return (mask < 0.04).ifthenelse(0.0, mask)


def _mode(lch: pyvips.Image, hue: float) -> tuple[float, float, float, float]:
    """The hue the thing really has, how far its hues spread below and above it, and how strong they are at least.

    Near a named hue there may be two kinds of thing: a red hat and a face. The hues are parted where they differ most
    (Otsu), and the stronger and nearer of the two is meant.
    """
    pixels = _near(lch, hue)
    if not pixels:
        return hue, HUE_WIDTH, HUE_WIDTH, 24.0
    bins = [0.0] * BINS
    for turn, chroma in pixels:
        bins[min(BINS - 1, int((turn + HUE_WIDTH) / (2 * HUE_WIDTH) * BINS))] += chroma * chroma
    border = _otsu(bins) / BINS * 2 * HUE_WIDTH - HUE_WIDTH
    parts = [[p for p in pixels if p[0] < border], [p for p in pixels if p[0] >= border]]
    means = [sum(t * c * c for t, c in part) / max(sum(c * c for _, c in part), 1e-6) for part in parts]
    if means[1] - means[0] > 11 and all(len(part) > 0.02 * len(pixels) for part in parts):
        scores = [
            sum(c * c for _, c in part) / len(part) * math.exp(-((mean / HUE_WIDTH) ** 2))
            for part, mean in zip(parts, means, strict=True)
        ]
        best = 0 if scores[0] >= scores[1] else 1
        pixels, mean = parts[best], means[best]
        side = max(10.0, abs(border - mean) + 3.0)
        below, above = (HUE_WIDTH, side) if best == 0 else (side, HUE_WIDTH)
    else:
        mean = sum(t * c * c for t, c in pixels) / sum(c * c for _, c in pixels)
        below = above = HUE_WIDTH
    strong = sorted(chroma for _, chroma in pixels)[int(len(pixels) * 0.8)]
    return hue + mean, below, above, max(16.0, min(strong * 0.5, 40.0))


def _near(lch: pyvips.Image, hue: float) -> list[tuple[float, float]]:
    """Turn from the named hue and chroma of each pixel that could be meant, on a small copy."""
    scale = min(1.0, 200 / max(lch.width, lch.height))
    small = lch.resize(scale, kernel="linear").cast("float")
    numbers = memoryview(small.write_to_memory()).cast("f")
    found = []
    for place in range(0, len(numbers), 3):
        turn = (numbers[place + 2] - hue + 540.0) % 360.0 - 180.0
        if abs(turn) < HUE_WIDTH and numbers[place + 1] > GREY:
            found.append((turn, numbers[place + 1]))
    return found


def _otsu(bins: list[float]) -> int:
    """The bin before which a histogram is best parted in two."""
    whole, moment = sum(bins), sum(place * count for place, count in enumerate(bins))
    best, at, below, below_moment = -1.0, len(bins), 0.0, 0.0
    for place, count in enumerate(bins):
        below += count
        below_moment += place * count
        above = whole - below
        if below <= 0 or above <= 0:
            continue
        between = below * above * (below_moment / below - (moment - below_moment) / above) ** 2
        if between > best:
            best, at = between, place + 1
    return at


def _ramp(values: pyvips.Image, none: float, all_: float) -> pyvips.Image:
    """0 at `none`, 1 at `all_`, and smooth between."""
    at = (values - none) / (all_ - none)
    at = (at < 0).ifthenelse(0.0, (at > 1).ifthenelse(1.0, at))
    return at * at * (at * -2.0 + 3.0)


def _regions(raw: pyvips.Image, thing: str) -> pyvips.Image:
    """1 around the large pieces of the thing, 0 around specks of its colour elsewhere; soft at the borders."""
    scale = min(1.0, 360 / max(raw.width, raw.height))
    small = (raw.resize(scale, kernel="linear") > 0.45).rank(5, 5, 6).rank(7, 7, 40).copy_memory()
    labels = (small > 0).labelregions().copy_memory()
    count = int(labels.max()) + 1
    if count > 60_000:
        return raw * 0 + 1
    table = _kept(labels, small, count, thing)
    kept = labels.cast("ushort").maplut(pyvips.Image.new_from_memory(bytes(table), len(table), 1, 1, "uchar"))
    others = (small > 0) & (kept == 0)  # pieces of the same colour that are not meant: no soft border reaches into them
    wide = (kept.rank(9, 9, 9 * 9 - 1) & (others ^ 255)).gaussblur(1.5) / 255.0
    return wide.resize(raw.width / wide.width, vscale=raw.height / wide.height, kernel="linear").crop(
        0, 0, raw.width, raw.height
    )


def _kept(labels: pyvips.Image, small: pyvips.Image, count: int, thing: str) -> list[int]:
    """255 for each region that is the thing: the largest, and those not much smaller, where the thing would be."""
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
        255 if area and area > PIECE * largest and (ok or not chosen) else 0
        for area, ok in zip(areas, fits, strict=True)
    ]


def _shifted(lch: pyvips.Image, mask: pyvips.Image, step: Recolour) -> pyvips.Image:
    """Everything in the new colour, as if it were the thing: its own light and shade around the new one's."""
    light, chroma, hue = _lch(step.new)
    weight = max(mask.avg(), 1e-6)
    mean_light = (lch[0] * mask).avg() / weight
    mean_chroma = max((lch[1] * mask).avg() / weight, 1.0)
    lighter = lch[0] + (light - mean_light) * 0.85
    lighter = (lighter < 2).ifthenelse(2.0, (lighter > 98).ifthenelse(98.0, lighter))
    stronger = lch[1] * (chroma / mean_chroma)
    stronger = (stronger > chroma * 1.25).ifthenelse(chroma * 1.25, stronger)
    flat = lch[0] * 0.0 + hue
    return lighter.bandjoin([stronger, flat]).copy(interpretation="lch").colourspace("srgb")


def _blend(before: pyvips.Image, after: pyvips.Image, mask: pyvips.Image) -> pyvips.Image:
    mixed = (before * (mask * -1.0 + 1.0) + after * mask).rint().cast("uchar").copy(interpretation="srgb")
    return (mask > 0).ifthenelse(mixed, before.colourspace("srgb"))
