"""Edits of real photographs, before and after, each with its instruction: `docs/gallery/edits.webp`.

    python -m tools.sketch.edits_sheet                      photographs out of the dev packages that ship them
    python -m tools.sketch.edits_sheet --photographs DIR    out of a folder
    python -m tools.sketch.edits_sheet --to DIR --full      and each edit at its full size, to look at

The photographs are free: see docs/gallery/edits.md. The text under each pair is the instruction and the warnings.
"""

import html
import importlib.util
from pathlib import Path
from typing import Annotated

import pyvips
import typer

from easel_sketch import Image, Request, Size, library
from easel_sketch.drawing.canvas import TakumiCanvas
from easel_sketch.edits import edited
from easel_sketch.type import typeset
from easel_sketch.type.typefaces import Type

GALLERY = Path("docs/gallery")
WIDE, SQUARE = Size(1536, 1024), Size(1024, 1024)
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
CELL, GAP, COLUMNS, WORDS = Size(420, 280), 12, 2, 72
INK, PAPER = "#22242a", "#f4f3ef"


def main(
    photographs: Annotated[list[Path] | None, typer.Option(help="Folders with the photographs.")] = None,
    to: Path = GALLERY,
    full: bool = False,
) -> None:
    """Edit every available photograph, and lay out the pairs on one sheet."""
    folders = photographs or [*_shipped()]
    canvas = TakumiCanvas()
    fonts = library.Fonts(canvas)
    fonts.load((("Inter", "inter-*"),))
    to.mkdir(parents=True, exist_ok=True)
    pairs = []
    for number, (names, size, prompt) in enumerate(EDITS, 1):
        found = [_found(name, folders) for name in names]
        if missing := [name for name, path in zip(names, found, strict=True) if path is None]:
            print(f"no photograph {', '.join(missing)}: {prompt}")
            continue
        inputs = tuple(_input(path) for path in found if path)
        work = Request(prompt, size, "high", "auto", "webp", inputs, model="gpt-image-2")
        original = edited(work, 0, canvas, fonts)
        if original is None:
            raise SystemExit(f"no edit: {prompt}")
        after = _image(original)
        if full:
            after.write_to_file(str(to / f"edit-{number:02d}.webp"), Q=90)
        print(number, prompt, *original.warnings, sep="\n  ")
        pairs.append(
            _pair(canvas, [pyvips.Image.new_from_buffer(one.data, "") for one in inputs], after, prompt, original)
        )
    sheet = pyvips.Image.arrayjoin(pairs, across=COLUMNS, shim=GAP * 2, background=_rgb(PAPER))
    edge = GAP * 2
    page = sheet.embed(
        edge, edge, sheet.width + 2 * edge, sheet.height + 2 * edge, extend="background", background=_rgb(PAPER)
    )
    page.write_to_file(str(to / "edits.webp"), Q=80)


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


def _pair(
    canvas: TakumiCanvas, before: list[pyvips.Image], after: pyvips.Image, prompt: str, original: Image
) -> pyvips.Image:
    """The photographs, the edited image, and the texts below."""
    across = 1 if len(before) == 1 else len(before)
    room = (CELL.width - GAP * (across - 1)) // across
    first = pyvips.Image.arrayjoin(
        [_cell(image, room, CELL.height) for image in before], across=across, shim=GAP, background=_rgb(PAPER)
    ).embed(0, 0, CELL.width, CELL.height, extend="copy")
    both = pyvips.Image.arrayjoin(
        [first, _cell(after, CELL.width, CELL.height)], across=2, shim=GAP, background=_rgb(PAPER)
    )
    return both.join(_words(canvas, prompt, original, both.width), "vertical", expand=True, background=_rgb(PAPER))


def _cell(image: pyvips.Image, width: int, height: int) -> pyvips.Image:
    flat = image.flatten(background=[255, 255, 255]) if image.hasalpha() else image
    small = flat.colourspace("srgb").thumbnail_image(width, height=height)
    return small.gravity("centre", width, height, extend="background", background=_rgb(PAPER))


def _words(canvas: TakumiCanvas, prompt: str, original: Image, width: int) -> pyvips.Image:
    """The instruction and the warnings, as small as necessary."""
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


def _rgb(colour: str) -> list[int]:
    return [int(colour[place : place + 2], 16) for place in (1, 3, 5)]


if __name__ == "__main__":
    typer.run(main)
