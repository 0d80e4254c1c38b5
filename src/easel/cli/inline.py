"""Images in the terminal, through the protocols of kitty and iTerm2."""

import base64
import sys
from pathlib import Path

import pyvips

from easel.config import TerminalSettings

WIDTH = 640
KITTY_CHUNK = 4096


def show_inline(path: Path) -> None:
    """Draw a small copy of the image below the cursor; nothing in other terminals."""
    terminal = TerminalSettings()
    if not sys.stdout.isatty():
        return
    if terminal.kitty:
        _write(_kitty(_small_png(path)))
    elif terminal.iterm:
        _write(_iterm(_small_png(path)))


def _small_png(path: Path) -> bytes:
    data: bytes = pyvips.Image.thumbnail_buffer(path.read_bytes(), WIDTH).write_to_buffer(".png")
    return data


def _kitty(png: bytes) -> str:
    text = base64.standard_b64encode(png).decode()
    chunks = [text[start : start + KITTY_CHUNK] for start in range(0, len(text), KITTY_CHUNK)]
    parts = []
    for index, chunk in enumerate(chunks):
        control = "a=T,f=100," if index == 0 else ""
        parts.append(f"\033_G{control}m={int(index < len(chunks) - 1)};{chunk}\033\\")
    return "".join(parts)


def _iterm(png: bytes) -> str:
    return f"\033]1337;File=inline=1;size={len(png)}:{base64.standard_b64encode(png).decode()}\a"


def _write(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
