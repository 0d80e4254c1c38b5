"""A Chromium for the browser tests and the screenshots: this machine's, else the system's package, else a download.

python tools/browser.py        prints where it is
"""

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock
from playwright.sync_api import Browser, sync_playwright

# The headless shell takes half the processor time of the whole browser.
PACKAGES = ("chromium-headless-shell", "chromium")
NAMES = (*PACKAGES, "chromium-browser", "google-chrome", "google-chrome-stable")
# Without these, Chromium calls home; in a closed network its own pages then suffer for it.
QUIET = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


class NoBrowser(Exception):
    """No Chromium, and none could be had."""


def chromium() -> Path | None:
    """The executable to start; None for Playwright's own. Raises NoBrowser."""
    with FileLock(Path(tempfile.gettempdir()) / "easel-browser.lock"):  # whoever else installs one is waited for
        return _on_path() or _install()


def _install() -> Path | None:
    if shutil.which("apt-get") and os.getuid() == 0:
        subprocess.run(["apt-get", "update", "-q"], check=False, capture_output=True)
        for package in PACKAGES:
            command = ["apt-get", "install", "-y", "-q", "--no-install-recommends", package]
            subprocess.run(command, check=False, capture_output=True)
            if found := _on_path():
                return found
    command = [sys.executable, "-m", "playwright", "install", "--only-shell", "chromium"]
    if subprocess.run(command, check=False).returncode == 0:
        return None
    raise NoBrowser("There is no Chromium. Install your system's package `chromium`.")


@contextlib.contextmanager
def browser() -> Iterator[Browser]:
    """A headless Chromium that calls nobody."""
    path = chromium()
    root = ["--no-sandbox"] if os.getuid() == 0 else []
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=[*QUIET, *root])
        try:
            yield started
        finally:
            started.close()


def _on_path() -> Path | None:
    return next((Path(found) for name in NAMES if (found := shutil.which(name))), None)


if __name__ == "__main__":
    print(chromium() or "Playwright's own")
