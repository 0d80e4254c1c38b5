"""Place one picture on another: a product on a scene with a soft shadow, a logo in a corner."""

from collections.abc import Sequence

import pyvips

from easel_sketch.edits import pixels, shape
from easel_sketch.edits.background import unmixed
from easel_sketch.edits.bench import Bench, Done

_PLAIN = 9.0  # how much the border of a picture on plain ground may vary
_TALL, _WIDE = 0.58, 0.5  # how much of a scene a product takes
_LOGO = 0.2
_ROOTED = 0.04  # of the lower edge: this much of a thing is not seen because the picture ends


def over(page: pyvips.Image, overlay: bytes) -> pyvips.Image:
    """RGBA rows laid over a page of the same size."""
    top = pyvips.Image.new_from_memory(overlay, page.width, page.height, 4, "uchar").copy(interpretation="srgb")
    return pixels.blended(pixels.colours(page), top[:3], top[3] / 255.0).copy_memory()


def item_among(images: Sequence[pyvips.Image], lead: int | None, bench: Bench) -> int:
    """Which picture is to be placed: the one that is named; else one that is transparent, on plain ground, or clear."""
    if lead is not None and lead < len(images):
        return lead
    for place, image in enumerate(images[:2]):
        if _see_through(image):
            return place
    rough = [_edge(image) for image in images[:2]]
    if min(rough) < _PLAIN:
        return rough.index(min(rough))
    return next((place for place, image in enumerate(images[:2]) if bench.subject(image).clear), 0)


def logo_among(images: Sequence[pyvips.Image]) -> int:
    """The transparent one, or the one on plain ground, or the last."""
    for place, image in enumerate(images):
        if _see_through(image):
            return place
    rough = [_edge(image) for image in images]
    return rough.index(min(rough)) if min(rough) < _PLAIN else len(images) - 1


def _see_through(image: pyvips.Image) -> bool:
    return bool(image.hasalpha() and image[image.bands - 1].min() < 200)


def _edge(image: pyvips.Image) -> float:
    """How much the colours along the border differ from each other."""
    view = pixels.small(pixels.colours(image), 96).colourspace("lab")
    w, h = view.width, view.height
    if min(w, h) < 4:
        return 0.0
    strips = [view.crop(0, 0, w, 2), view.crop(0, h - 2, w, 2), view.crop(0, 0, 2, h), view.crop(w - 2, 0, 2, h)]
    return max(float(strip[band].deviate()) for strip in strips for band in range(3))


def _cut(image: pyvips.Image, bench: Bench) -> tuple[pyvips.Image, pyvips.Image] | None:
    """The thing in a picture: its colours and its mask; None when it is not clear where it ends."""
    if _see_through(image):
        return pixels.colours(image), image[image.bands - 1] / 255.0
    subject = bench.subject(image)
    if not subject.clear:
        return None
    return unmixed(pixels.colours(image), subject.mask), subject.mask


def on_scene(item: pyvips.Image, scene: pyvips.Image, place: str, bench: Bench) -> Done:
    """The thing of one picture on another, standing on its lower third with a shadow under it.

    A thing that its picture's lower edge cuts through stands on the lower edge of the scene.
    """
    cut = _cut(item, bench)
    if cut is None:
        return scene, f"Not done: place one picture on the other. {bench.subject(item).why}"
    colour, mask = cut
    left, top, width, height = shape.around(mask)
    rooted = mask.crop(0, mask.height - 1, mask.width, 1).avg() > _ROOTED
    by = min(scene.height * _TALL / height, scene.width * _WIDE / width)
    small = [part.crop(left, top, width, height).resize(by) for part in (colour, mask)]
    x, y = _stand(place, scene, small[0].width, small[0].height)
    y = scene.height - small[0].height if rooted else y
    shown = _clipped(small[1]).embed(x, y, scene.width, scene.height)
    ground = pixels.colours(scene)
    lit = ground if rooted else _shadowed(ground, shown, small[0].width)
    pasted = small[0].embed(x, y, scene.width, scene.height, extend="copy")
    done = (lit * (shown * -1.0 + 1.0) + pasted * shown).rint().cast("uchar").copy(interpretation="srgb")
    shadow = "" if rooted else ", with a soft shadow that is drawn"
    how = (
        f"Done: the thing was cut out by its colours and placed on the scene{shadow}; the scene is cropped to fill the "
        "page. Light and perspective of the two pictures are as they were."
    )
    return done.copy_memory(), how


def _clipped(mask: pyvips.Image) -> pyvips.Image:
    return (mask < 0).ifthenelse(0.0, (mask > 1).ifthenelse(1.0, mask))


def _stand(place: str, scene: pyvips.Image, width: int, height: int) -> tuple[int, int]:
    margin = round(min(scene.width, scene.height) * 0.05)
    x = margin if "left" in place else scene.width - width - margin if "right" in place else (scene.width - width) // 2
    y = margin if "top" in place else round(scene.height * 0.9) - height
    return x, max(y, 0)


def _shadowed(scene: pyvips.Image, mask: pyvips.Image, width: int) -> pyvips.Image:
    """A dark line where the thing stands, and a wider, fainter pool around its foot."""
    low = mask.resize(1.0, vscale=0.16, kernel="linear")
    _, top, _, high = ((mask > 0.5) * 255).find_trim(threshold=20, background=0, line_art=True)
    flat = low.embed(0, round(top + high - (top + high) * 0.16 - high * 0.02), mask.width, mask.height)
    pool = flat.gaussblur(max(2.0, width / 26)) * 0.42 + flat.gaussblur(max(1.5, width / 90)) * 0.3
    return scene * (_clipped(pool) * -1.0 + 1.0)


def logo_on(logo: pyvips.Image, base: pyvips.Image, place: str, said: str) -> Done:
    """The logo, freed from plain ground if it has one, in a corner with air around it."""
    freed, how = _freed(logo)
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
    done = pixels.blended(pixels.colours(base), pasted, mask)
    where = "in the middle" if place == "center" else f"at the {place.replace('-', ' ')}"
    return pixels.with_alpha_of(
        done, base
    ), f"Done: the logo is placed {where}{how}; it lies flat and follows no surface. {said}".strip()


def _freed(logo: pyvips.Image) -> tuple[pyvips.Image, str]:
    """A logo without the plain ground it came on, cut to what is to be seen."""
    colour, how = pixels.colours(logo), ""
    if _see_through(logo):
        mask = logo[logo.bands - 1]
    elif _edge(logo) < _PLAIN:
        ground = [float(colour.crop(0, 0, 1, 1)[band].avg()) for band in range(3)]
        apart = colour.colourspace("lab").dE76(
            (colour * 0 + ground).cast("uchar").copy(interpretation="srgb").colourspace("lab")
        )
        mask, how = pixels.ramp(apart, 4.0, 22.0) * 255, ", freed from its plain ground"
    else:
        mask, how = colour[0] * 0 + 255, ", with the ground it came on"
    both = colour.bandjoin(mask.rint().cast("uchar")).copy(interpretation="srgb").copy_memory()
    return both.crop(*shape.box(both[3] / 255.0, 0.16)), how
