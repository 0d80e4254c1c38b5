"""A server whose provider hands over a ready image at once: what is left to measure is Easel itself."""

import asyncio
import functools
import os
from pathlib import Path

from easel.build import build_services
from easel.cli.options import load_settings
from easel.cli.serve import run, serve_until_told
from easel.domain import RAW_RGBA, Image, Provenance, Size
from easel.imaging import Imaging, ImagingSettings, OutputSpec
from easel.kit.logging import set_up_logging
from easel.testing import InstantProvider


def ready_image() -> Image:
    """A 1024×1024 JPEG, as a provider would deliver it."""
    size = Size(1024, 1024)
    row = b"".join(bytes((x % 256, x // 8 % 256, 90, 255)) for x in range(1024))
    noise = os.urandom(4096)
    pixels = b"".join(row[:-256] + noise[y % 3800 : y % 3800 + 256] for y in range(1024))
    imaging = Imaging(ImagingSettings(provenance=False), Path("provenance"))
    image, _ = asyncio.run(
        imaging.postprocess(
            Image(pixels, RAW_RGBA, size),
            OutputSpec(size, "jpeg", "opaque"),
            Provenance("instant", "instant", trained=False),
        )
    )
    imaging.close()
    return image


def main() -> None:
    settings = load_settings()
    set_up_logging("warning")
    provider = InstantProvider(image=ready_image())
    run(serve_until_told(settings, build=functools.partial(build_services, provider=provider)))


if __name__ == "__main__":
    main()
