"""Draw the gallery: every prompt of `docs/gallery/prompts.toml`, contact sheets of them all, and some for the README.

python -m tools.sketch.gallery                     everything, into docs/gallery
python -m tools.sketch.gallery poster menu --to X  only these kinds, into the folder X
"""

import tomllib
from pathlib import Path
from typing import Annotated, Any

import pyvips
import typer

from easel_sketch import Request, Size
from easel_sketch.engine import Engine

GALLERY = Path("docs/gallery")
SIZES = {"1:1": Size(1024, 1024), "3:2": Size(1536, 1024), "2:3": Size(1024, 1536)}
KEPT = 720  # longest side of a picture as it is kept, in pixels
CELL, GAP, COLUMNS, ROWS = 400, 16, 4, 4
# The README's: two rows of the same length, as each has two wide images, a tall one and a square one.
SHOWN = (("11-diagram", "17-poster", "34-sign", "25-cover"), ("43-dashboard", "41-app", "53-pattern", "60-product"))
HEIGHT = 300  # of a row of them, in pixels


def main(
    kinds: Annotated[list[str] | None, typer.Argument()] = None,
    to: Path = GALLERY,
    quality: str = "high",
    number: int = 0,
) -> None:
    """Draw all prompts, or those of some KINDS; NUMBER is the image's index within a request."""
    engine, drawn = Engine(), dict[str, pyvips.Image]()
    to.mkdir(parents=True, exist_ok=True)
    entries = tomllib.loads((GALLERY / "prompts.toml").read_text("utf-8"))["picture"]
    for place, entry in enumerate(entries):
        if kinds and entry["kind"] not in kinds:
            continue
        image, notes = drawn_entry(engine, entry, quality, number)
        name = f"{place + 1:02d}-{entry['kind']}.webp"
        image.thumbnail_image(KEPT).write_to_file(str(to / name), Q=82)
        drawn[name] = image
        print(name, *notes)
    if not kinds:
        highlights(drawn).write_to_file(str(to / "highlights.webp"), Q=82)
    images = list(drawn.values())
    for sheet, first in enumerate(range(0, len(images), COLUMNS * ROWS), 1):
        contact_sheet(images[first : first + COLUMNS * ROWS]).write_to_file(str(to / f"sheet-{sheet}.webp"), Q=85)


def drawn_entry(
    engine: Engine, entry: dict[str, Any], quality: str, number: int
) -> tuple[pyvips.Image, tuple[str, ...]]:
    size = SIZES[entry["shape"]]
    ground = entry.get("background", "auto")
    work = Request(entry["prompt"], size, quality, ground, "webp", model="gpt-image-2")
    original = engine.draw(work, number)
    kind = engine.commission(work, number).brief.kind
    notes = () if kind == entry["kind"] else (f"drawn as {kind}",)
    image = pyvips.Image.new_from_memory(original.data, size.width, size.height, 4, "uchar")
    return image.copy(interpretation="srgb"), (*notes, *original.warnings)


def contact_sheet(images: list[pyvips.Image]) -> pyvips.Image:
    """Images in equal cells, uncropped, on a light grey background."""
    cells = [
        image.thumbnail_image(CELL, height=CELL)
        .flatten(background=[226, 226, 230])
        .gravity("centre", CELL, CELL, extend="background", background=[240, 240, 243])
        for image in images
    ]
    return pyvips.Image.arrayjoin(cells, across=COLUMNS, shim=GAP, background=[240, 240, 243]).copy_memory()


def highlights(drawn: dict[str, pyvips.Image]) -> pyvips.Image:
    """Some images at one height, in rows on white."""
    rows = [
        _joined([_of_height(drawn[f"{name}.webp"].colourspace("srgb")) for name in names], "horizontal")
        for names in SHOWN
    ]
    return _joined(rows, "vertical")


def _of_height(image: pyvips.Image) -> pyvips.Image:
    small = image.thumbnail_image(2 * HEIGHT, height=HEIGHT)
    return small.flatten(background=[255, 255, 255]) if small.hasalpha() else small


def _joined(images: list[pyvips.Image], direction: str) -> pyvips.Image:
    whole = images[0]
    for image in images[1:]:
        whole = whole.join(image, direction, shim=8, expand=True, background=[255, 255, 255])
    return whole.copy_memory()


if __name__ == "__main__":
    typer.run(main)
