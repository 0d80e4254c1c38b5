"""easel inspect: read the provenance of an image."""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from easel.cli.options import DataFolder, load_settings, with_database
from easel.cli.output import CommandError, one_line, say


def inspect(
    file: Annotated[Path, typer.Argument(help="PNG, JPEG, WebP, GIF or AVIF image.", exists=True, dir_okay=False)],
    data: DataFolder = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Read an image's provenance: how it was created, who signed it, and whether it was changed since.

    Images signed by this installation are Trusted; unchanged images signed by others are Valid. Exit code 1 when the
    signature is not valid.
    """
    from easel.build import identity_folder
    from easel.imaging.provenance.inspect import inspected
    from easel.kit.clock import Clock
    from easel.ops.signing_identity import share_identity

    settings = load_settings(data=data)
    folder = identity_folder(settings)
    if settings.database_url:
        now = Clock().now()
        with_database(data, lambda db: share_identity(db, settings, folder, now=now, make=False))
    try:
        mark = inspected(file.read_bytes(), folder)
    except ValueError as error:
        raise CommandError(str(error)) from error
    if as_json:
        say(json.dumps(asdict(mark), indent=2))
    else:
        say(one_line(f"XMP          {mark.source or 'none'}{f' by {mark.tool}' if mark.tool else ''}"))
        say(f"C2PA         {mark.state or 'none'}")
        for name, lines in (
            ("Signed by", [mark.signer] if mark.signer else []),
            ("Actions", mark.actions),
            ("Sources", mark.ingredients),
            ("Problems", mark.problems),
        ):
            for line in lines:
                say(one_line(f"{name:<12} {line}"))
    if mark.state == "Invalid":
        sys.exit(1)
