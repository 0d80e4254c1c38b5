"""The vendored fonts, icons and tables, loaded lazily and once per process."""

import functools
import gzip
import json
import lzma
import threading
import tomllib
from pathlib import Path
from typing import Any

from easel_sketch.drawing.canvas import Canvas

_HERE = Path(__file__).parent
_ASSETS = _HERE / "assets"


@functools.cache
def table(name: str) -> dict[str, Any]:
    """The parsed TOML file `tables/<name>.toml`."""
    return tomllib.loads((_HERE / "tables" / f"{name}.toml").read_text("utf-8"))


@functools.cache
def icon_pack() -> dict[str, Any]:
    """The icon pack: `icons` as (name, SVG body) pairs, and the indexes `words`, `elsewhere`, `faces` and `people` into
    it.
    """
    return dict(json.loads(gzip.decompress((_ASSETS / "icons.json.gz").read_bytes())))


@functools.cache
def nouns() -> bytes:
    """The nouns of English, a line each; `tools/sketch/vendor_nouns.py` says how to read one."""
    return lzma.decompress((_ASSETS / "nouns.txt.xz").read_bytes())


def subject_model() -> bytes:
    """U²-Netp as an ONNX file; `edits/vision.py` runs it."""
    return (_ASSETS / "u2netp.onnx").read_bytes()


@functools.cache
def _coverage() -> tuple[int, ...]:
    """Code points that the fonts cover: first and last of each range, flattened."""
    return tuple(json.loads((_ASSETS / "coverage.json").read_text()))


def undrawable(text: str) -> str:
    """The characters of `text` that no vendored font has a glyph for, without duplicates."""
    ranges = _coverage()
    pairs = list(zip(ranges[::2], ranges[1::2], strict=True))
    missing = (c for c in dict.fromkeys(text) if not c.isspace() and not any(a <= ord(c) <= b for a, b in pairs))
    return "".join(missing)


class Fonts:
    """Registers font files with the canvas when a text first needs them."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._lock = threading.Lock()
        self._loaded: set[str] = set()

    def load(self, families: tuple[tuple[str, str], ...]) -> None:
        """Register `families`, given as (name, file stem) pairs. Fonts stay registered."""
        with self._lock:
            for name, stem in families:
                for path in sorted((_ASSETS / "fonts").glob(f"{stem}.*")):
                    if path.name not in self._loaded:
                        self._canvas.register(name, path.read_bytes())
                        self._loaded.add(path.name)
