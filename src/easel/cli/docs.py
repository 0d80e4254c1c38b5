"""easel docs: build the documentation as static files."""

import tempfile
from pathlib import Path
from typing import Annotated

import typer

from easel.cli.output import say
from easel.docs import HOST

app = typer.Typer(help="The documentation.", no_args_is_help=True)


@app.command()
def build(
    out: Annotated[Path, typer.Argument(help="Folder to write to: a web root.")],
    server: Annotated[str, typer.Option(help="Server URL in the examples.")] = HOST,
) -> None:
    """Write the whole documentation as static files."""
    import asyncio

    count = asyncio.run(_build(out, server.rstrip("/")))
    say(f"{count} pages in {out / 'docs'}")


async def _build(out: Path, server: str) -> int:
    from easel.app import build_app
    from easel.build import build_services
    from easel.config import Settings
    from easel.docs.build import build as build_files
    from easel.runtime import open_database

    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data=Path(folder), providers=("sketch",))
        db = open_database(settings.data, settings.database_address)
        try:
            services = build_services(settings, db)
            document = build_app(settings, services).openapi()
            return build_files(out, catalog=services.catalog, host=server, openapi=document)
        finally:
            await db.close()
