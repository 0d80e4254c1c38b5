"""easel demo: start a server and generate the first image through its public API."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from easel.cli.options import load_settings
from easel.cli.output import CommandError, say, tell

if TYPE_CHECKING:
    from easel.cli.serve import Server
    from easel.db.engine import Database


def demo(
    port: Annotated[int | None, typer.Option(help="Port to listen on; 0 picks a free one.")] = None,
    data: Annotated[Path, typer.Option(help="Data folder of the demo.")] = Path("demo-data"),
    once: Annotated[bool, typer.Option("--once", help="Stop after the image is generated.")] = False,
) -> None:
    """Start a server, generate one image through its public API, and keep serving."""
    from easel.cli.serve import run, serve_until_told
    from easel.kit.logging import set_up_logging

    settings = load_settings(data=data, port=port, providers=("sketch",), workers=1)
    set_up_logging("warning")
    keys: list[str | None] = []
    tasks: list[asyncio.Task[None]] = []

    async def on_listening(server: Server) -> None:
        say(f"Easel is listening at {server.address}")
        key = keys[0] if keys else None
        tasks.append(asyncio.create_task(_generate_one(server, key, settings.data, once=once)))

    run(serve_until_told(settings, on_first_start=lambda made: keys.append(made.secret), on_listening=on_listening))
    for task in tasks:
        if task.done() and not task.cancelled():
            task.result()


async def _generate_one(server: Server, key: str | None, data: Path, *, once: bool) -> None:
    import httpx

    from easel.api.openapi import EXAMPLES
    from easel.cli.client import Client
    from easel.cli.serve import studio_link

    request: dict[str, Any] = EXAMPLES["text-to-image"]["value"]
    address = server.address
    try:
        key = key or await _new_key(server.services.db)
        async with Client(address, key) as client:
            say(f"POST {address}/v2/images/generate")
            say(f"  {request['prompt']}")
            job = await client.finished(await client.generate(request), lambda _: None)
            image = data / "first-image.webp"
            await client.download(job["result"]["images"][0], image)
        say(f"{job['status']} by {job['provider']} for {job['creditCost']} credits")
        say(f"  image:         {image.absolute()}")
        say(f"  URL:           {job['result']['images'][0]}")
        say(f"  Studio:        {await studio_link(server)}")
        say(f"  further links: easel studio --data {data}")
        say(f"  documentation: {address}/docs")
        say(f"  API key:       {key}")
    except (CommandError, httpx.HTTPError):
        server.stop()
        raise
    if once:
        server.stop()
    else:
        tell("Serving. Press Ctrl+C to stop.")


async def _new_key(db: Database) -> str:
    """A new key for each demo after the first: the secret of the first is not stored."""
    from easel.accounts.keys import create_key
    from easel.accounts.teams import find_team, first_owner
    from easel.kit.clock import Clock

    owner = await db.read(first_owner, (await db.read(find_team, "Main")).id)
    return (await db.write(create_key, user_id=owner.id, name="demo", test=False, now=Clock().now())).secret
