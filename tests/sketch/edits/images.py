"""Test images, edits of them, and the difference between images."""

import functools

import pyvips

from easel_sketch import Image, Request, Size, library
from easel_sketch.drawing.canvas import TakumiCanvas
from easel_sketch.edits import edited

SIZE = Size(300, 200)
SEED = "Change the red hat to a light-blue velvet beret. Preserve the subject's face, pose, and lighting."


def plain(width: int, height: int, colour: list[int]) -> pyvips.Image:
    return pyvips.Image.black(width, height, bands=3).linear(1, colour).cast("uchar").copy(interpretation="srgb")


def scene() -> pyvips.Image:
    """A red hat above a face and a red shoe below, on grey: plain boxes with a slight gradient."""
    image = plain(300, 200, [120, 124, 128])
    for colour, box in (
        ([196, 40, 44], (90, 20, 120, 50)),
        ([222, 170, 140], (110, 70, 80, 60)),
        ([190, 36, 40], (120, 170, 60, 24)),
    ):
        left, top, width, height = box
        image = image.insert(plain(width, height, colour), left, top)
    shade = pyvips.Image.xyz(300, 200)[0] * (18 / 300) - 9
    return (image + shade).cast("uchar").copy(interpretation="srgb")


def ball(colour: tuple[int, int, int] = (214, 120, 40), ground: tuple[int, int, int] = (70, 96, 128)) -> pyvips.Image:
    """A ball in the middle of a plain background: a clear subject."""
    place = pyvips.Image.xyz(300, 200)
    far = ((place[0] - 150) ** 2 + (place[1] - 104) ** 2) ** 0.5
    inside = (far * -1.0 + 58.0) / 2.0
    mask = (inside < 0).ifthenelse(0.0, (inside > 1).ifthenelse(1.0, inside))
    light = (place[0] + place[1]) * 0.06
    mixed = (light * [1, 1, 1] + list(ground)) * (mask * -1.0 + 1.0) + (light * [1, 1, 1] + list(colour)) * mask
    return mixed.cast("uchar").copy(interpretation="srgb")


def noise(seed: int = 5) -> pyvips.Image:
    """Only texture: no subject."""
    grey = pyvips.Image.gaussnoise(300, 200, sigma=40, mean=120, seed=seed)
    return grey.bandjoin([grey, grey]).cast("uchar").copy(interpretation="srgb")


def encoded(image: pyvips.Image) -> Image:
    return Image(bytes(image.write_to_buffer(".png")), "image/png", Size(image.width, image.height))


@functools.cache
def tools() -> tuple[TakumiCanvas, library.Fonts]:
    canvas = TakumiCanvas()
    return canvas, library.Fonts(canvas)


def scenery(words: str, size: Size) -> tuple[bytes, tuple[str, ...]] | None:
    """A green page for a meadow, and no drawing of anything else."""
    page = plain(size.width, size.height, [40, 160, 60]).bandjoin(255).cast("uchar")
    return (bytes(page.write_to_memory()), ("Not drawn: cows.",)) if "meadow" in words else None


def attempt(
    prompt: str,
    *images: pyvips.Image,
    size: Size = SIZE,
    background: str = "auto",
    output: str = "png",
    index: int = 0,
    mask: pyvips.Image | None = None,
) -> Image | None:
    inputs = tuple(encoded(image) for image in images)
    given = encoded(mask) if mask else None
    work = Request(prompt, size, "high", background, output, inputs, given, model="gpt-image-2")
    return edited(work, index, *tools(), scenery)


def edit(
    prompt: str, *images: pyvips.Image, size: Size = SIZE, background: str = "auto", output: str = "png", index: int = 0
) -> Image:
    done = attempt(prompt, *(images or (scene(),)), size=size, background=background, output=output, index=index)
    assert done is not None, "the pictures were not edited"
    return done


def rgba(picture: Image) -> pyvips.Image:
    size = picture.size
    image = pyvips.Image.new_from_memory(picture.data, size.width, size.height, 4, "uchar")
    return image.copy(interpretation="srgb")


def pixels(picture: Image) -> pyvips.Image:
    return rgba(picture)[:3]


def changed(before: pyvips.Image, after: pyvips.Image) -> pyvips.Image:
    """255 where any byte of a pixel differs."""
    return ((before.cast("short") - after.cast("short")).abs() > 0).bandor()


def warnings_of(picture: Image) -> str:
    return " ".join(picture.warnings)
