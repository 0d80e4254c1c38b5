"""Draw the gallery: every prompt of `docs/gallery/prompts.toml`, and contact sheets of them all.

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


def main(
    kinds: Annotated[list[str] | None, typer.Argument()] = None,
    to: Path = GALLERY,
    quality: str = "high",
    number: int = 0,
) -> None:
    """Draw all prompts, or those of some KINDS; NUMBER is the image's index within a request."""
    engine, drawn = Engine(), []
    to.mkdir(parents=True, exist_ok=True)
    entries = tomllib.loads((GALLERY / "prompts.toml").read_text("utf-8"))["picture"]
    for place, entry in enumerate(entries):
        if kinds and entry["kind"] not in kinds:
            continue
        image, notes = drawn_entry(engine, entry, quality, number)
        name = f"{place + 1:02d}-{entry['kind']}.webp"
        image.thumbnail_image(KEPT).write_to_file(str(to / name), Q=82)
        drawn.append(image)
        print(name, *notes)
    for sheet, first in enumerate(range(0, len(drawn), COLUMNS * ROWS), 1):
        contact_sheet(drawn[first : first + COLUMNS * ROWS]).write_to_file(str(to / f"sheet-{sheet}.webp"), Q=85)


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


if __name__ == "__main__":
    typer.run(main)
