"""Edits of real photographs, each with its instruction: `docs/gallery/edits.webp` and `docs/gallery/masks.webp`.

    python -m tools.sketch.edits_sheet                      photographs out of the dev packages that ship them
    python -m tools.sketch.edits_sheet --photographs DIR    out of a folder
    python -m tools.sketch.edits_sheet --to DIR --full      and each edit at its full size, to look at

The first shows edits before and after; the second, with `--masks`, those of a part of a photograph, with the mask
between, and prints how long each took and how many pixels outside it changed. The photographs are free: see
docs/gallery/edits.md. The text under each is the instruction and the warnings.
"""

import functools
import html
import importlib.util
import time
from pathlib import Path
from typing import Annotated

import pyvips
import typer

from easel_sketch import Image, Request, Size, library
from easel_sketch.drawing.canvas import TakumiCanvas
from easel_sketch.edits import fit, masking, subject
from easel_sketch.engine import the_engine
from easel_sketch.type import typeset
from easel_sketch.type.typefaces import Type

GALLERY = Path("docs/gallery")
WIDE, SQUARE, TALL = Size(1536, 1024), Size(1024, 1024), Size(1024, 1232)
PACKAGES = {"skimage": "data", "sklearn": "datasets/images"}
EDITS: tuple[tuple[tuple[str, ...], Size, str], ...] = (
    (("coffee.png",), WIDE, "Change the red cup to a teal velvet one"),
    (("flower.jpg",), WIDE, "Change the orange flower to pink"),
    (("astronaut.png",), SQUARE, "Change the orange suit to dark green"),
    (("chelsea.png",), WIDE, "Black and white, but keep the green eyes in colour"),
    (("flower.jpg",), WIDE, "Blur the background"),
    (("china.jpg",), WIDE, "Make it golden hour"),
    (("rocket.jpg",), WIDE, 'Add the title "LIFT OFF" at the top and "Falcon 9, Cape Canaveral" below'),
    (("camera.png",), SQUARE, "Turn it into a pencil drawing"),
    (("coffee.png",), WIDE, "Change the background to a gradient from pink to orange"),
    (("clock_motion.png",), WIDE, "Cyanotype, with a white frame"),
    (("retina.jpg",), WIDE, "Crop to 3:2 and make it black and white"),
    (("hubble_deep_field.jpg",), WIDE, 'Zoom in 2x, more contrast, and add the caption "Far away"'),
    (("coins.png",), WIDE, "Crop to 3:2, duotone in navy and peach"),
    (("chelsea.png",), WIDE, 'Make it a polaroid with the caption "Chelsea"'),
    (("china.jpg", "rocket.jpg"), WIDE, "Match the colours of the second image"),
    (("coffee.png", "gravel.png"), WIDE, "Place the cup from the first image on the second image"),
    (("chelsea.png",), WIDE, "Remove the background and give the cat a crown"),
    (("astronaut.png",), SQUARE, "Zoom in 1.6x on the subject and print it like a newspaper"),
)
# Edits of the subject, of all but the subject, or of a hole: a shape of SVG on the photograph's pixels.
MASKED: tuple[tuple[str, Size, str, str], ...] = (
    ("astronaut.png", SQUARE, "Change the background to mountains at sunset", ""),
    ("astronaut.png", SQUARE, "Make it black and white except the astronaut", ""),
    ("camera.png", SQUARE, 'Add the text "SILENCE" beside the man', ""),
    ("camera.png", SQUARE, "Replace the background with a gradient from light blue to white", ""),
    ("chelsea.png", WIDE, "Blur behind the cat", ""),
    ("chelsea.png", WIDE, "Remove the background", ""),
    ("coffee.png", WIDE, "Change the background to a gradient from pink to orange", ""),
    ("coffee.png", WIDE, "Change the red handle to blue", '<ellipse cx="225" cy="268" rx="38" ry="52"/>'),
    ("rocket.jpg", WIDE, "Remove the tower", '<path d="M430 112h36l18 264h-66z"/>'),
    ("rocket.jpg", WIDE, "Blur the background", ""),
    ("cell.png", TALL, "Replace the background with navy", ""),
    ("cell.png", TALL, "Remove the cell", '<circle cx="425" cy="375" r="118"/>'),
    ("clock_motion.png", WIDE, "Change the background to dark green", ""),
    ("clock_motion.png", WIDE, 'Add the text "NOON" next to the clock', ""),
    ("coins.png", WIDE, "Remove the background", ""),
    ("coins.png", WIDE, "Remove the coin", '<circle cx="155" cy="53" r="29"/>'),
    ("gravel.png", SQUARE, "Blur the background", ""),
    ("gravel.png", SQUARE, "Make it blue", '<circle cx="256" cy="256" r="130"/>'),
    ("retina.jpg", SQUARE, "Replace the background with white", ""),
    ("retina.jpg", SQUARE, "Change the colour of the subject to teal", ""),
    ("china.jpg", WIDE, "Make it black and white except the temple", ""),
    ("china.jpg", WIDE, "Remove the island", '<rect x="408" y="212" width="92" height="32"/>'),
    ("flower.jpg", WIDE, "Make the subject blue", ""),
    ("flower.jpg", WIDE, "Remove the bud", '<circle cx="603" cy="420" r="38"/>'),
)
CELL, GAP, COLUMNS, WORDS = Size(420, 280), 12, 2, 72
INK, PAPER = "#22242a", "#f4f3ef"


def main(
    photographs: Annotated[list[Path] | None, typer.Option(help="Folders with the photographs.")] = None,
    to: Path = GALLERY,
    full: bool = False,
    masks: Annotated[bool, typer.Option(help="The edits of a part of a photograph.")] = False,
) -> None:
    """Edit every available photograph, and lay them out on one sheet."""
    folders = photographs or [*_shipped()]
    to.mkdir(parents=True, exist_ok=True)
    rows = []
    for number, (names, size, prompt, hole) in enumerate(_asked(masks), 1):
        found = [_found(name, folders) for name in names]
        if missing := [name for name, path in zip(names, found, strict=True) if path is None]:
            print(f"no photograph {', '.join(missing)}: {prompt}")
            continue
        inputs = tuple(_input(path) for path in found if path)
        mask = _mask(hole, inputs[0].size) if hole else None
        work = Request(prompt, size, "high", "auto", "webp", inputs, mask, model="gpt-image-2")
        began = time.process_time()
        original = the_engine().draw(work, 0)
        took = time.process_time() - began
        after = _image(original)
        if full:
            after.write_to_file(str(to / f"edit-{number:02d}.webp"), Q=90)
        print(number, f"{prompt} ({took:.2f} s of processor)", *original.warnings, sep="\n  ")
        shown = [pyvips.Image.new_from_buffer(one.data, "") for one in inputs]
        if masks:
            before, part, note = _part(shown[0], mask, size)
            print(f"  {note}; {_untouched(before, after, part, prompt)}")
            rows.append(_row([*shown, part.colourspace("srgb"), after], prompt, original))
        else:
            before = pyvips.Image.arrayjoin(
                [_cell(one, _share(shown), CELL.height) for one in shown], shim=GAP, background=_rgb(PAPER)
            )
            rows.append(_row([before, after], prompt, original))
    sheet = pyvips.Image.arrayjoin(rows, across=COLUMNS, shim=GAP * 2, background=_rgb(PAPER))
    edge = GAP * 2
    page = sheet.embed(
        edge, edge, sheet.width + 2 * edge, sheet.height + 2 * edge, extend="background", background=_rgb(PAPER)
    )
    page.write_to_file(str(to / ("masks.webp" if masks else "edits.webp")), Q=80)


def _asked(masks: bool) -> list[tuple[tuple[str, ...], Size, str, str]]:
    if masks:
        return [((name,), size, prompt, hole) for name, size, prompt, hole in MASKED]
    return [(names, size, prompt, "") for names, size, prompt in EDITS]


def _share(images: list[pyvips.Image]) -> int:
    return (CELL.width - GAP * (len(images) - 1)) // len(images)


def _mask(hole: str, size: Size) -> Image:
    """Transparent inside the shape, opaque elsewhere."""
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="{size.width}" height="{size.height}">{hole}</svg>'
    inside = pyvips.Image.new_from_buffer(svg.encode(), "")[3] > 127
    mask = inside.bandjoin([inside, inside, inside ^ 255]).copy(interpretation="srgb")
    return Image(bytes(mask.write_to_buffer(".png")), "image/png", size)


def _part(image: pyvips.Image, mask: Image | None, size: Size) -> tuple[pyvips.Image, pyvips.Image, str]:
    """The image as it is edited, and what the edit is of, white on black: the hole, or the subject."""
    if mask:
        return fit.fitted(image, size)[0], masking.hole_of(mask, size), "a mask"
    before, _ = fit.scaled_or_cropped(image, size)
    found = subject.found(before)
    return before, (found.mask * 255.0).rint().cast("uchar"), f"confidence {found.confidence:.2f}, clear: {found.clear}"


def _untouched(before: pyvips.Image, after: pyvips.Image, part: pyvips.Image, prompt: str) -> str:
    """How many pixels that the edit is not of have another byte."""
    left, top = (after.width - before.width) // 2, (after.height - before.height) // 2
    after = after.crop(left, top, before.width, before.height)
    others = any(words in prompt for words in ("background", "behind", "except", "text"))
    kept = part == 255 if others else part == 0
    changed = ((before.cast("short") - after.cast("short")).abs() > 0).bandor()
    count, area = ((one.avg() / 255 * one.width * one.height) for one in (changed & kept, kept))
    return f"{count:.0f} of {area:.0f} pixels outside the edit changed"


def _shipped() -> list[Path]:
    """The folders of the dev packages that ship photographs; their code is not run."""
    specs = ((importlib.util.find_spec(package), folder) for package, folder in PACKAGES.items())
    return [Path(place) / folder for spec, folder in specs if spec for place in spec.submodule_search_locations or ()]


def _found(name: str, folders: list[Path]) -> Path | None:
    return next((folder / name for folder in folders if (folder / name).exists()), None)


def _input(path: Path) -> Image:
    image = pyvips.Image.new_from_file(str(path)).colourspace("srgb")
    return Image(bytes(image.write_to_buffer(".png")), "image/png", Size(image.width, image.height))


def _image(original: Image) -> pyvips.Image:
    size = original.size
    image = pyvips.Image.new_from_memory(original.data, size.width, size.height, 4, "uchar")
    return image.copy(interpretation="srgb").flatten(background=[255, 255, 255])


def _row(images: list[pyvips.Image], prompt: str, original: Image) -> pyvips.Image:
    """Images side by side, and the texts below."""
    cells = [_cell(image, CELL.width, CELL.height) for image in images]
    row = pyvips.Image.arrayjoin(cells, across=len(cells), shim=GAP, background=_rgb(PAPER))
    return row.join(_words(prompt, original, row.width), "vertical", expand=True, background=_rgb(PAPER))


def _cell(image: pyvips.Image, width: int, height: int) -> pyvips.Image:
    flat = image.flatten(background=[255, 255, 255]) if image.hasalpha() else image
    small = flat.colourspace("srgb").thumbnail_image(width, height=height)
    return small.gravity("centre", width, height, extend="background", background=_rgb(PAPER))


def _words(prompt: str, original: Image, width: int) -> pyvips.Image:
    """The instruction and the warnings, as small as necessary."""
    canvas = _canvas()
    strong, soft = Type(("Inter",), 600, 0.0, 1.25), Type(("Inter",), 400, 0.0, 1.3)
    warnings = html.escape(" ".join(original.warnings), quote=False)

    def make(size: float) -> str:
        style = f"width:{width}px;padding:6px 4px 0;"
        head = f'<div style="{strong.css(17, INK)}{style}">{html.escape(prompt, quote=False)}</div>'
        return head + f'<div style="{soft.css(size, INK)}{style}padding-top:2px">{warnings}</div>'

    made = typeset.fit(canvas, make, width, WORDS, most=13.5, least=9).html
    style = f"display:flex;flex-direction:column;width:{width}px;height:{WORDS}px;background:{PAPER}"
    page = f'<div style="{style}">{made}</div>'
    raw = canvas.render(page, Size(width, WORDS), {})
    return pyvips.Image.new_from_memory(raw, width, WORDS, 4, "uchar").copy(interpretation="srgb")[:3]


@functools.cache
def _canvas() -> TakumiCanvas:
    canvas = TakumiCanvas()
    library.Fonts(canvas).load((("Inter", "inter-*"),))
    return canvas


def _rgb(colour: str) -> list[int]:
    return [int(colour[place : place + 2], 16) for place in (1, 3, 5)]


if __name__ == "__main__":
    typer.run(main)
