"""Real proxies in front of a server, each with everything it writes in a folder of its own: nginx and Caddy."""

import contextlib
import getpass
import os
import shutil
import signal
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.support.child import end_child, is_listening, start_child, wait_until

DEPLOY = Path(__file__).parents[2] / "deploy"
FOLDERS = ("/usr/sbin", "/usr/local/sbin", "/usr/local/bin")
FRAME = """
daemon off;
worker_processes 1;
pid {folder}/pid;
error_log {folder}/log;
{user}
events {{}}
http {{
    client_body_temp_path {folder}/client;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    {within}
}}
"""


def program(name: str) -> str | None:
    """Where a program is; None when it is not installed."""
    return shutil.which(name, path=os.pathsep.join((os.environ.get("PATH", ""), *FOLDERS)))


@contextlib.contextmanager
def nginx(within: str, folder: Path, ports: Sequence[int]) -> Iterator[None]:
    """An nginx with this in its `http`, which listens at these ports; raises RuntimeError when there is none."""
    user = f"user {getpass.getuser()};" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(FRAME.format(folder=folder, user=user, within=within))
    shutil.copy(DEPLOY / "nginx" / "easel.conf", folder)  # where `include` looks for it
    command = [_needed("nginx"), "-c", str(folder / "nginx.conf"), "-p", str(folder), "-e", str(folder / "log")]
    # Its worker ends with it only if it is asked to end.
    yield from _running(command, folder, ports, signal.SIGTERM)


@contextlib.contextmanager
def caddy(caddyfile: str, folder: Path, ports: Sequence[int]) -> Iterator[None]:
    """A Caddy with this configuration, which listens at these ports; raises RuntimeError when there is none."""
    (folder / "Caddyfile").write_text("{\n\tadmin off\n\tauto_https off\n}\n" + caddyfile)
    command = [_needed("caddy"), "run", "--adapter", "caddyfile", "--config", str(folder / "Caddyfile")]
    yield from _running(command, folder, ports, signal.SIGTERM)


def _running(command: Sequence[str], folder: Path, ports: Sequence[int], last: signal.Signals) -> Iterator[None]:
    env = dict(os.environ) | {"HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    child = start_child(command, folder=folder, env=env, last_signal=last)
    try:
        wait_until(lambda: all(map(is_listening, ports)), child, folder)
        yield
    finally:
        end_child(child, signal.SIGTERM)


def _needed(name: str) -> str:
    found = program(name)
    if found is None:
        raise RuntimeError(f"There is no {name}. Install it, for example with apt-get install {name}.")
    return found
