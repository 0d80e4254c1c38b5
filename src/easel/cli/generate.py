"""easel generate: generate images through the public API of any server, and save them."""

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from easel.cli.client import Client, Key, Url, configured_client
from easel.cli.output import CommandError, one_line, say, tell, trouble


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
    out: Annotated[Path, typer.Option(help="Folder to save images to.")] = Path(),
    url: Url = None,
    key: Key = None,
) -> None:
    """Generate images, save them, and print their paths."""
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
    paths = asyncio.run(_generate(client, request, values, inputs or [], mask, out))
    for path in paths:
        say(str(path))


def _named(given: Sequence[str]) -> dict[str, str]:
    if wrong := [one for one in given if "=" not in one]:
        raise CommandError(f"--param takes name=value, not {wrong[0]}.")
    return dict(one.split("=", 1) for one in given)


async def _generate(
    client: Client,
    request: Mapping[str, Any],
    params: Mapping[str, Any],
    inputs: Sequence[str],
    mask: str | None,
    out: Path,
) -> list[Path]:
    async with client:
        addresses = [await _address(client, source) for source in inputs]
        params = dict(params) | ({"input_images": addresses} if addresses else {})
        params |= {"mask": await _address(client, mask)} if mask else {}
        field = await client.params_field(request["model"])
        job_id = await client.generate(dict(request) | {field: params})
        job = await _watch(client, job_id)
        for warning in job["warnings"]:
            tell(f"Warning: {warning}", style="yellow")
        out.mkdir(parents=True, exist_ok=True)
        paths = [out / address.rpartition("/")[2] for address in job["result"]["images"]]
        for address, path in zip(job["result"]["images"], paths, strict=True):
            await client.download(address, path)
        return paths


async def _address(client: Client, given: str) -> str:
    if given.startswith(("http://", "https://", "data:")):
        return given
    if not Path(given).is_file():
        raise CommandError(f"File not found: {given}.")
    return await client.upload(Path(given))


async def _watch(client: Client, job_id: str) -> Mapping[str, Any]:
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f}%"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=trouble, transient=True) as progress:
        task = progress.add_task("queued", total=100)

        def show(job: Mapping[str, Any]) -> None:
            progress.update(task, completed=job["progress"], description=one_line(job["status"].lower()))

        return await client.finished(job_id, show)
