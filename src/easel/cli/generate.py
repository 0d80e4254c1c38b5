"""easel generate: generate images through the public API of any server, and save them.

The job is the server's: this command can be interrupted at any moment, and its images be saved later.
"""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from easel.cli.options import Key, Url
from easel.cli.output import CommandError, say

Out = Annotated[Path, typer.Option(help="Folder to save images to.")]


def generate(
    prompt: Annotated[str, typer.Argument(help="What to generate.")],
    model: Annotated[str, typer.Option(help="Model.")] = "gpt-image-2",
    quality: Annotated[str | None, typer.Option(help="low, medium, high or auto.")] = None,
    aspect_ratio: Annotated[str | None, typer.Option(help="1:1, 3:2 or 2:3.")] = None,
    output_format: Annotated[str | None, typer.Option("--format", help="webp, png or jpeg.")] = None,
    compression: Annotated[int | None, typer.Option(help="0 to 100: quality of webp and jpeg.")] = None,
    background: Annotated[str | None, typer.Option(help="auto, opaque or transparent.")] = None,
    count: Annotated[int | None, typer.Option("--count", "-n", help="Number of images.")] = None,
    inputs: Annotated[list[str] | None, typer.Option("--input", "-i", help="Image to edit: file or URL.")] = None,
    mask: Annotated[
        str | None,
        typer.Option(help="Mask of the first --input: file or URL of a PNG, transparent where to edit."),
    ] = None,
    others: Annotated[
        list[str] | None, typer.Option("--param", help="Other parameter of the model: name=value.")
    ] = None,
    out: Out = Path(),
    once: Annotated[
        str | None,
        typer.Option(
            "--idempotency-key",
            help="A repeated request with the same key is paid once; its files have 16 MB at most. Default: a new key.",
        ),
    ] = None,
    url: Url = None,
    key: Key = None,
) -> None:
    """Generate images, save them, and print their paths.

    The job runs on the server: it continues when this command is interrupted, and `easel jobs download` saves its
    images later.
    """
    from easel.cli import order
    from easel.cli.client import configured_client
    from easel.kit.ids import new_id

    client = configured_client(url, key)
    params = {
        "quality": quality,
        "aspect_ratio": aspect_ratio,
        "output_format": output_format,
        "output_compression": compression,
        "background": background,
        "number_of_images": count,
    }
    values = {name: value for name, value in params.items() if value is not None} | _named(others or [])
    request = {"model": model, "prompt": prompt}
    new = order.Order(once or new_id())
    with order.resumable(client, new, url):
        for path in asyncio.run(order.generate(client, new, request, values, inputs or [], mask, out)):
            say(str(path))


def download(
    job: Annotated[str, typer.Argument(help="Job ID.")], out: Out = Path(), url: Url = None, key: Key = None
) -> None:
    """Wait for a job, save its images, and print their paths."""
    from easel.cli import order
    from easel.cli.client import configured_client

    client = configured_client(url, key)

    async def run() -> list[Path]:
        async with client:
            return await order.save(client, job, out)

    with order.resumable(client, order.Order("", job), url):
        for path in asyncio.run(run()):
            say(str(path))


def _named(given: Sequence[str]) -> dict[str, str]:
    if wrong := [one for one in given if "=" not in one]:
        raise CommandError(f"--param takes name=value, not {wrong[0]}.")
    return dict(one.split("=", 1) for one in given)
