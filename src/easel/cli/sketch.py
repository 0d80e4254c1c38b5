"""easel sketch: show how the built-in provider understands a prompt. Needs no server."""

import json
from typing import Annotated

import typer

from easel.cli.output import CommandError, say, tell

app = typer.Typer(help="Inspect the built-in provider without a server.", no_args_is_help=True)

SIZES = {"1:1": (1024, 1024), "3:2": (1536, 1024), "2:3": (1024, 1536)}

Prompt = Annotated[str, typer.Argument(help="What to draw.")]
Shape = Annotated[str, typer.Option(help=f"One of {', '.join(SIZES)}.")]
Quality = Annotated[str, typer.Option(help="low, medium or high.")]


@app.callback()
def sketch() -> None:
    """A command group, although it has only one command."""


@app.command()
def explain(prompt: Prompt, shape: Shape = "1:1", quality: Quality = "high") -> None:
    """Print how a prompt is understood, as JSON: texts and their roles, kind of image, colours, light, objects.

    What is drawn, drawn as something near and not drawn is said in sentences too, on standard error.
    """
    import easel_sketch
    from easel.studio.shown import shown

    if shape not in SIZES:
        raise CommandError(f"--shape must be one of {', '.join(SIZES)}; the nearest to {shape!r} is 1:1.")
    request = easel_sketch.Request(prompt, easel_sketch.Size(*SIZES[shape]), quality, model="gpt-image-2")
    brief = easel_sketch.explain(request)
    say(json.dumps(brief, indent=2, ensure_ascii=False))
    for name, things in shown(brief, ()).lines.items():
        tell(f"{name}: {things}")
