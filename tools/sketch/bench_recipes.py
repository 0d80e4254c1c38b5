"""Measure the cost of every recipe: time to a signed file, processor time, memory. See bench/README.md.

make bench-recipes
"""

import asyncio
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import tomllib
from pathlib import Path

import typer

from easel.domain import Image, Provenance, Size
from easel.imaging import Imaging, ImagingSettings, OutputSpec
from easel_sketch import Request
from easel_sketch import Size as DrawnSize
from easel_sketch.engine import Engine

PROMPTS = Path("docs/gallery/prompts.toml")
WIDE = Size(1536, 1024)
QUALITIES = ("low", "medium", "high")
PARALLEL = 12


def main(rounds: int = 5, kind: str = "") -> None:
    """Each recipe's first gallery prompt at 1536x1024, ROUNDS times in each quality: the median in milliseconds."""
    if kind:
        one(kind, rounds)
        return
    prompts = first_prompts()
    print(f"{'':16}{'low':>8}{'medium':>8}{'high':>8}{'processor':>11}{'resident':>10}")
    medians: dict[str, list[float]] = {quality: [] for quality in QUALITIES}
    for name in prompts:
        # A process for each, so that its memory is its own.
        command = [sys.executable, __file__, "--rounds", str(rounds), "--kind", name]
        line = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        print(line, end="", flush=True)
        for quality, value in zip(QUALITIES, line[16:].split(), strict=False):
            medians[quality].append(float(value))
    print(f"{'median':16}" + "".join(f"{statistics.median(medians[quality]):8.0f}" for quality in QUALITIES))
    asyncio.run(together(prompts))


def first_prompts() -> dict[str, str]:
    entries = tomllib.loads(PROMPTS.read_text("utf-8"))["picture"]
    return {entry["kind"]: entry["prompt"] for entry in reversed(entries)}


def one(kind: str, rounds: int) -> None:
    """A row of the table."""
    prompt = first_prompts()[kind]
    with tempfile.TemporaryDirectory() as folder:
        imaging = imaging_in(Path(folder))
        engine = Engine()
        asyncio.run(finished(engine, imaging, prompt, "medium", 0))  # fonts, icons and the certificate are read once
        took, used = {}, 0.0
        for quality in QUALITIES:
            runs = []
            for _ in range(rounds):
                begun, spent = time.perf_counter(), time.process_time()
                asyncio.run(finished(engine, imaging, prompt, quality, 0))
                runs.append(time.perf_counter() - begun)
                used = time.process_time() - spent if quality == "medium" else used
            took[quality] = statistics.median(runs) * 1000
    resident = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    figures = "".join(f"{took[quality]:8.0f}" for quality in QUALITIES)
    print(f"{kind:16}{figures}{used * 1000:8.0f} ms{resident:7.0f} MB")


async def finished(engine: Engine, imaging: Imaging, prompt: str, quality: str, index: int) -> Image:
    """Draw, encode as WebP, mark and sign: all that a job does with an image before it is stored."""
    work = Request(prompt, DrawnSize(WIDE.width, WIDE.height), quality, "auto", "webp", model="gpt-image-2")
    drawn = await asyncio.to_thread(engine.draw, work, index)
    original = Image(drawn.data, drawn.media_type, WIDE)
    done, _ = await imaging.postprocess(
        original, OutputSpec(WIDE, "webp", "opaque"), Provenance("sketch", "gpt-image-2", False)
    )
    return done


def imaging_in(folder: Path) -> Imaging:
    return Imaging(ImagingSettings(), folder)


async def together(prompts: dict[str, str]) -> None:
    """The same pictures one after another, and as many at once as there are cores."""
    engine = Engine()
    with tempfile.TemporaryDirectory() as folder:
        imaging = imaging_in(Path(folder))
        some = list(prompts.values())[:PARALLEL]
        for prompt in some:
            await finished(engine, imaging, prompt, "medium", 0)
        begun = time.perf_counter()
        for prompt in some:
            await finished(engine, imaging, prompt, "medium", 0)
        alone = time.perf_counter() - begun
        cores = os.cpu_count() or 1
        limiter = asyncio.Semaphore(cores)

        async def held(prompt: str) -> None:
            async with limiter:
                await finished(engine, imaging, prompt, "medium", 0)

        begun = time.perf_counter()
        await asyncio.gather(*(held(prompt) for prompt in some))
        faster = alone / (time.perf_counter() - begun)
        print(f"{len(some)} pictures, {cores} at once instead of one: {faster:.2f} times as fast")


if __name__ == "__main__":
    typer.run(main)
