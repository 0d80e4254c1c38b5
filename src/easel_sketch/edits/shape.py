"""Crop, zoom, extend, mirror and rotate. Nothing is stretched."""

from math import cos, radians, sin

import pyvips

from easel_sketch.edits import fit
from easel_sketch.edits.context import EditContext, StepResult
from easel_sketch.edits.steps import Shape

_DEFAULT_SHARE = 0.25  # default share by which an image is extended
_ZOOM = 1.5
_FOCUS_HEIGHT = 0.38
_SPAN = (0.2, 0.95)  # least and most share of a side that a crop keeps


def shaped(image: pyvips.Image, step: Shape, context: EditContext) -> StepResult:
    if step.action == "mirror":
        return _mirrored(image, step)
    if step.action == "turn":
        return _rotated(image, step.amount)
    if step.action == "extend":
        return _extended(image, step)
    if step.action == "zoom" and not step.ratio:
        return _zoomed(image, step, context)
    if step.ratio or step.action == "cover":
        return _to_ratio(image, step, context)
    return _cropped(image, step, context)


def _mirrored(image: pyvips.Image, step: Shape) -> StepResult:
    flipped = image.flip("vertical" if step.place == "vertical" else "horizontal")
    return flipped.copy_memory(), f"Done: mirrored {'top to bottom' if step.place == 'vertical' else 'left to right'}."


def _rotated(image: pyvips.Image, degrees: float) -> StepResult:
    """Right angles are exact; other angles are cropped to the largest upright rectangle inside."""
    if degrees % 90 == 0:
        quarter = int(degrees % 360)
        return image.rot(f"d{quarter}").copy_memory(), f"Done: turned by {degrees:g}°."
    quarter = round(degrees / 90) * 90
    upright = image.rot(f"d{quarter % 360}")
    lean = degrees - quarter
    turned = upright.similarity(angle=lean, interpolate=pyvips.Interpolate.new("bicubic"))
    long, short = max(upright.width, upright.height), min(upright.width, upright.height)
    scale = 1 / (cos(radians(abs(lean))) + sin(radians(abs(lean))) * long / short)
    done = _window(turned, upright.width * scale - 3, upright.height * scale - 3, turned.width / 2, turned.height / 2)
    return done, f"Done: turned by {degrees:g}°, and cropped so that no empty corners show."


def _extended(image: pyvips.Image, step: Shape) -> StepResult:
    """Extend all around or at one side with the image's blurred mirror image."""
    width, height = image.width, image.height
    if step.ratio:
        across, down = (int(part) for part in step.ratio.split(":"))
        new_width, new_height = max(width, round(height * across / down)), max(height, round(width * down / across))
        to = f"to {step.ratio}"
    else:
        by = min(step.amount or _DEFAULT_SHARE, 1.5)
        sides = step.place in ("", "center", "left", "right")
        tall = step.place in ("", "center", "top", "bottom")
        new_width, new_height = round(width * (1 + by * sides)), round(height * (1 + by * tall))
        to = f"by {by:.0%}" + (f" at the {step.place}" if step.place not in ("", "center") else "")
    if (new_width, new_height) == (width, height):
        return image, f"Done: it is {step.ratio} as it is."
    left = {"left": new_width - width, "right": 0}.get(step.place, (new_width - width) // 2)
    top = {"top": new_height - height, "bottom": 0}.get(step.place, (new_height - height) // 2)
    done = fit.extended(image, left, top, new_width, new_height)
    sentence = (
        f"Done in part: the picture is extended {to}. Beyond its edges is its own blurred mirror image, nothing new."
    )
    return done, sentence


def _zoomed(image: pyvips.Image, step: Shape, context: EditContext) -> StepResult:
    factor = 1 + step.amount if 0 < step.amount < 1 else step.amount or _ZOOM
    x, y, target = image.width / 2, image.height / 2, "its middle"
    if step.subject:
        subject = context.subject(image)
        if subject.clear:
            x, y, target = *focus(subject.mask), "the subject"
        else:
            target = "its middle, since no clear subject was found"
    page = context.size.width / context.size.height  # the output's aspect ratio, so that nothing has to be extended
    height = min((image.width * image.height / page) ** 0.5 / factor, image.height, image.width / page)
    done = _window(image, height * page, height, x, y)
    return done, f"Done: zoomed {factor:g} times into {target}."


def _to_ratio(image: pyvips.Image, step: Shape, context: EditContext) -> StepResult:
    across, down = (
        (int(part) for part in step.ratio.split(":")) if step.ratio else (context.size.width, context.size.height)
    )
    scale = min(image.width / across, image.height / down)
    width, height = across * scale, down * scale
    if step.place:
        x = {"left": 0.0, "right": float(image.width)}.get(step.place.split("-")[-1], image.width / 2)
        y = {"top": 0.0, "bottom": float(image.height)}.get(step.place.split("-")[0], image.height / 2)
        done = _window(image, width, height, x, y)
    else:
        done = _best_crop(image, max(1, round(width)), max(1, round(height)), context)
    lost = 1 - done.width * done.height / (image.width * image.height)
    if lost < 0.005:
        return image, f"Done: it is {step.ratio or context.size} as it is."
    return (
        done,
        f"Done: cropped to {step.ratio or context.size}; {lost:.0%} of the picture was cut off, nothing is stretched.",
    )


def _best_crop(image: pyvips.Image, width: int, height: int, context: EditContext) -> pyvips.Image:
    """The crop of this size around a clear subject, else where saliency is highest."""
    subject = context.subject(image)
    if subject.clear:
        return _window(image, width, height, *focus(subject.mask))
    return image.smartcrop(width, height, interesting="attention").copy_memory()


def _cropped(image: pyvips.Image, step: Shape, context: EditContext) -> StepResult:
    if step.place and step.place != "center":
        return _cut_off(image, step)
    subject = context.subject(image)
    if step.subject or not step.amount:
        if not subject.clear:
            return image, f"Not done: crop to the subject. {subject.why}"
        left, top, width, height = around(subject.mask)
        done = image.crop(left, top, width, height).copy_memory()
        return (
            done,
            f"Done: cropped to the subject, {width * height / (image.width * image.height):.0%} of the picture.",
        )
    share = min(max(1 - step.amount, _SPAN[0]), _SPAN[1]) if step.amount < 1 else 1 / step.amount
    done = _window(image, image.width * share, image.height * share, image.width / 2, image.height / 2)
    return done, f"Done: cropped to the middle, {share:.0%} of each side."


def _cut_off(image: pyvips.Image, step: Shape) -> StepResult:
    """Remove a side: "crop the left third off"."""
    share = min(step.amount or _DEFAULT_SHARE, 0.8)
    across = min(round(image.width * share), image.width - 1) * ("left" in step.place or "right" in step.place)
    down = min(round(image.height * share), image.height - 1) * ("top" in step.place or "bottom" in step.place)
    left, top = across * ("left" in step.place), down * ("top" in step.place)
    done = image.crop(left, top, image.width - across, image.height - down).copy_memory()
    return done, f"Done: {share:.0%} was cut off at the {step.place}."


def _window(image: pyvips.Image, width: float, height: float, x: float, y: float) -> pyvips.Image:
    """A crop of this size around a point, moved to lie inside the image."""
    w, h = max(1, min(round(width), image.width)), max(1, min(round(height), image.height))
    left = min(max(round(x - w / 2), 0), image.width - w)
    top = min(max(round(y - h / 2), 0), image.height - h)
    return image.crop(left, top, w, h).copy_memory()


def focus(mask: pyvips.Image) -> tuple[float, float]:
    """The point to centre a crop on: the middle of a subject, above half its height."""
    left, top, width, height = box(mask)
    return left + width / 2, top + height * _FOCUS_HEIGHT


def around(mask: pyvips.Image) -> tuple[int, int, int, int]:
    """The box of a mask with a margin: left, top, width, height."""
    left, top, width, height = box(mask)
    air = round(max(width, height) * 0.08)
    x, y = max(0, left - air), max(0, top - air)
    return x, y, min(mask.width, left + width + air) - x, min(mask.height, top + height + air) - y


def box(mask: pyvips.Image, above: float = 0.5) -> tuple[int, int, int, int]:
    """The bounds of a mask above a threshold; the whole image if it is nowhere above."""
    left, top, width, height = ((mask > above) * 255).find_trim(threshold=20, background=0, line_art=True)
    return (left, top, width, height) if width and height else (0, 0, mask.width, mask.height)
