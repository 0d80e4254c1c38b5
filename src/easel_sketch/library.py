"""The vendored fonts, icons and tables, read once per process and only when first wanted."""

import functools
import gzip
import json
import threading
import tomllib
from pathlib import Path
from typing import Any

from easel_sketch.drawing.canvas import Canvas

_HERE = Path(__file__).parent
_ASSETS = _HERE / "assets"


@functools.cache
def table(name: str) -> dict[str, Any]:
    """One of the TOML files in `tables`."""
    return tomllib.loads((_HERE / "tables" / f"{name}.toml").read_text("utf-8"))


@functools.cache
def icon_pack() -> dict[str, Any]:
    return dict(json.loads(gzip.decompress((_ASSETS / "icons.json.gz").read_bytes())))


@functools.cache
def _coverage() -> tuple[int, ...]:
    return tuple(json.loads((_ASSETS / "coverage.json").read_text()))


def undrawable(text: str) -> str:
    """The characters of `text` that no vendored font holds, each once."""
    ranges = _coverage()
    pairs = list(zip(ranges[::2], ranges[1::2], strict=True))
    missing = (c for c in dict.fromkeys(text) if not c.isspace() and not any(a <= ord(c) <= b for a, b in pairs))
    return "".join(missing)


class Fonts:
    """Hands each font file to the canvas the first time some text needs it."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._lock = threading.Lock()
        self._loaded: set[str] = set()

    def load(self, families: tuple[tuple[str, str], ...]) -> None:
        """Register `families`, as (name, file stem) pairs; a font once registered stays."""
        with self._lock:
            for name, stem in families:
                for path in sorted((_ASSETS / "fonts").glob(f"{stem}.*")):
                    if path.name not in self._loaded:
                        self._canvas.register(name, path.read_bytes())
                        self._loaded.add(path.name)
