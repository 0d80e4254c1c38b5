"""A real nginx with two addresses: one as it comes, one with our settings. Its log is read as data."""

import contextlib
import getpass
import json
import os
import shutil
import signal
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.support.child import end_child, free_ports, is_listening, start_child, wait_until

OURS = Path(__file__).parents[2] / "deploy" / "nginx" / "easel.conf"
WHO = "X-Client"  # the header in which a client says its name, for the log
CONFIG = """
daemon off;
worker_processes 1;
pid {folder}/pid;
error_log {folder}/log;
{user}
events {{}}
http {{
    log_format facts escape=json '{{"client": "$http_x_client", "request": "$request_method $uri", "status": $status, '
        '"began": "$msec", "took": $request_time}}';
    access_log {folder}/facts facts;
    client_body_temp_path {folder}/client;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{plain};
        location / {{ proxy_pass {url}; }}
    }}
    server {{
        listen 127.0.0.1:{ours};
        location / {{ proxy_pass {url}; include {settings}; }}
    }}
}}
"""


@dataclass(frozen=True, slots=True)
class Answered:
    """One request as nginx saw it. `ended` in seconds since 1970; status 499 if the client left first."""

    client: str
    request: str
    status: int
    ended: float
    took: float


@dataclass(frozen=True, slots=True)
class Proxy:
    """The addresses: `plain` has nginx's own settings, `ours` has those of `deploy/nginx`."""

    plain: str
    ours: str
    folder: Path

    def log(self) -> Sequence[Answered]:
        """The requests that have ended, in that order."""
        lines = [json.loads(line) for line in (self.folder / "facts").read_text().splitlines()]
        return [
            Answered(one["client"], one["request"], one["status"], float(one["began"]), one["took"]) for one in lines
        ]


@contextlib.contextmanager
def nginx(url: str, folder: Path) -> Iterator[Proxy]:
    """An nginx in front of a server, with everything it writes in `folder`; raises RuntimeError when there is none."""
    program = shutil.which("nginx", path=os.environ.get("PATH", "") + ":/usr/sbin")
    if program is None:
        raise RuntimeError("There is no nginx. Install it, for example with apt-get install nginx-light.")
    plain, ours = free_ports(2)
    user = f"user {getpass.getuser()};" if os.geteuid() == 0 else ""
    text = CONFIG.format(folder=folder, user=user, plain=plain, ours=ours, url=url, settings=OURS)
    (folder / "nginx.conf").write_text(text)
    command = [program, "-c", str(folder / "nginx.conf"), "-p", str(folder), "-e", str(folder / "log")]
    # Its worker ends with it only if it is asked to end.
    child = start_child(command, folder=folder, env=os.environ, last_signal=signal.SIGTERM)
    try:
        wait_until(lambda: is_listening(ours), child, folder)
        yield Proxy(f"http://127.0.0.1:{plain}", f"http://127.0.0.1:{ours}", folder)
    finally:
        end_child(child, signal.SIGTERM)
