"""Place one image on another: a product in a scene with a soft shadow, a logo in a corner."""

from collections.abc import Sequence

import pyvips

from easel_sketch.edits import pixels, shape
from easel_sketch.edits.background import without_spill
from easel_sketch.edits.context import EditContext, StepResult

_PLAIN = 9.0  # most deviation along the border of an image with a plain background
_TALL, _WIDE = 0.58, 0.5  # most height and width of a product, as shares of the scene
_LOGO = 0.2
_CUT_BELOW = 0.04  # share of the lower edge from which a thing counts as cut off there


def over(page: pyvips.Image, overlay: bytes) -> pyvips.Image:
    """Composite RGBA rows over an image of the same size."""
    top = pyvips.Image.new_from_memory(overlay, page.width, page.height, 4, "uchar").copy(interpretation="srgb")
    return pixels.blended(pixels.without_alpha(page), top[:3], top[3] / 255.0).copy_memory()


def item_among(images: Sequence[pyvips.Image], lead: int | None, context: EditContext) -> int:
    """The index of the image to place: the named one; else a transparent one, one on a plain background, or one with a
    subject.
    """
    if lead is not None and lead < len(images):
        return lead
    for place, image in enumerate(images[:2]):
        if _has_transparency(image):
            return place
    rough = [_border_deviation(image) for image in images[:2]]
    if min(rough) < _PLAIN:
        return rough.index(min(rough))
    return next((place for place, image in enumerate(images[:2]) if context.subject(image).clear), 0)


def logo_among(images: Sequence[pyvips.Image]) -> int:
    """The index of the logo: a transparent image, or one on a plain background, or the last."""
    for place, image in enumerate(images):
        if _has_transparency(image):
            return place
    rough = [_border_deviation(image) for image in images]
    return rough.index(min(rough)) if min(rough) < _PLAIN else len(images) - 1


def _has_transparency(image: pyvips.Image) -> bool:
    return bool(image.hasalpha() and image[image.bands - 1].min() < 200)


def _border_deviation(image: pyvips.Image) -> float:
    """The greatest deviation of colours along the image's borders, in CIE Lab."""
    view = pixels.thumbnail(pixels.without_alpha(image), 96).colourspace("lab")
    w, h = view.width, view.height
    if min(w, h) < 4:
        return 0.0
    strips = [view.crop(0, 0, w, 2), view.crop(0, h - 2, w, 2), view.crop(0, 0, 2, h), view.crop(w - 2, 0, 2, h)]
    return max(float(strip[band].deviate()) for strip in strips for band in range(3))


def _cut_out(image: pyvips.Image, context: EditContext) -> tuple[pyvips.Image, pyvips.Image] | None:
    """The colours and the mask of an image's subject; None if it is not clear."""
    if _has_transparency(image):
        return pixels.without_alpha(image), image[image.bands - 1] / 255.0
    subject = context.subject(image)
    if not subject.clear:
        return None
    return without_spill(pixels.without_alpha(image), subject.mask), subject.mask


def on_scene(item: pyvips.Image, scene: pyvips.Image, place: str, context: EditContext) -> StepResult:
    """Cut out an image's subject and place it in the lower third of a scene, with a shadow.

    A subject that is cut off by its image's lower edge is placed at the lower edge of the scene.
    """
    cut = _cut_out(item, context)
    if cut is None:
        return scene, f"Not done: place one picture on the other. {context.subject(item).why}"
    colour, mask = cut
    left, top, width, height = shape.around(mask)
    cut_below = mask.crop(0, mask.height - 1, mask.width, 1).avg() > _CUT_BELOW
    by = min(scene.height * _TALL / height, scene.width * _WIDE / width)
    small = [part.crop(left, top, width, height).resize(by) for part in (colour, mask)]
    x, y = _position(place, scene, small[0].width, small[0].height)
    y = scene.height - small[0].height if cut_below else y
    shown = _clipped(small[1]).embed(x, y, scene.width, scene.height)
    ground = pixels.without_alpha(scene)
    lit = ground if cut_below else _shadowed(ground, shown, small[0].width)
    pasted = small[0].embed(x, y, scene.width, scene.height, extend="copy")
    done = (lit * (shown * -1.0 + 1.0) + pasted * shown).rint().cast("uchar").copy(interpretation="srgb")
    shadow = "" if cut_below else ", with a soft shadow that is drawn"
    report = (
        f"Done: the thing was cut out and placed on the scene{shadow}; the scene is cropped to fill the "
        "page. Light and perspective of the two pictures are as they were."
    )
    return done.copy_memory(), report


def _clipped(mask: pyvips.Image) -> pyvips.Image:
    return (mask < 0).ifthenelse(0.0, (mask > 1).ifthenelse(1.0, mask))


def _position(place: str, scene: pyvips.Image, width: int, height: int) -> tuple[int, int]:
    margin = round(min(scene.width, scene.height) * 0.05)
    x = margin if "left" in place else scene.width - width - margin if "right" in place else (scene.width - width) // 2
    y = margin if "top" in place else round(scene.height * 0.9) - height
    return x, max(y, 0)


def _shadowed(scene: pyvips.Image, mask: pyvips.Image, width: int) -> pyvips.Image:
    """Draw a contact shadow and a wider soft one under the mask."""
    low = mask.resize(1.0, vscale=0.16, kernel="linear")
    _, top, _, high = ((mask > 0.5) * 255).find_trim(threshold=20, background=0, line_art=True)
    flat = low.embed(0, round(top + high - (top + high) * 0.16 - high * 0.02), mask.width, mask.height)
    pool = flat.gaussblur(max(2.0, width / 26)) * 0.42 + flat.gaussblur(max(1.5, width / 90)) * 0.3
    return scene * (_clipped(pool) * -1.0 + 1.0)


def logo_on(logo: pyvips.Image, base: pyvips.Image, place: str, sentence: str) -> StepResult:
    """Place a logo in a corner, without its plain background if it has one."""
    freed, how = _without_background(logo)
    by = min(base.width * _LOGO * 1.4 / freed.width, base.height * _LOGO / freed.height)
    small = freed.resize(max(by, 1.0 / min(freed.width, freed.height)))
    margin = round(min(base.width, base.height) * 0.05)
    x = (
        margin
        if "left" in place
        else base.width - small.width - margin
        if "right" in place
        else (base.width - small.width) // 2
    )
    y = (
        margin
        if "top" in place
        else base.height - small.height - margin
        if "bottom" in place
        else (base.height - small.height) // 2
    )
    mask = _clipped(small[3] / 255.0).embed(x, y, base.width, base.height)
    pasted = small[:3].embed(x, y, base.width, base.height)
    done = pixels.blended(pixels.without_alpha(base), pasted, mask)
    where = "in the middle" if place == "center" else f"at the {place.replace('-', ' ')}"
    return pixels.with_alpha_of(
        done, base
    ), f"Done: the logo is placed {where}{how}; it lies flat and follows no surface. {sentence}".strip()


def _without_background(logo: pyvips.Image) -> tuple[pyvips.Image, str]:
    """Remove a logo's plain background and crop it to what is visible."""
    colour, how = pixels.without_alpha(logo), ""
    if _has_transparency(logo):
        mask = logo[logo.bands - 1]
    elif _border_deviation(logo) < _PLAIN:
        ground = [float(colour.crop(0, 0, 1, 1)[band].avg()) for band in range(3)]
        apart = colour.colourspace("lab").dE76(
            (colour * 0 + ground).cast("uchar").copy(interpretation="srgb").colourspace("lab")
        )
        mask, how = pixels.ramp(apart, 4.0, 22.0) * 255, ", freed from its plain ground"
    else:
        mask, how = colour[0] * 0 + 255, ", with the ground it came on"
    both = colour.bandjoin(mask.rint().cast("uchar")).copy(interpretation="srgb").copy_memory()
    return both.crop(*shape.box(both[3] / 255.0, 0.16)), how
