"""A real nginx with two addresses: one as it comes, one with our settings. Its log is read as data."""

import contextlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.support import proxies
from tests.support.child import free_ports

WHO = "X-Client"  # the header in which a client says its name, for the log
WITHIN = """
    log_format facts escape=json '{{"client": "$http_x_client", "request": "$request_method $uri", "status": $status, '
        '"began": "$msec", "took": $request_time}}';
    access_log {folder}/facts facts;
    server {{
        listen 127.0.0.1:{plain};
        location / {{ proxy_pass {url}; }}
    }}
    server {{
        listen 127.0.0.1:{ours};
        location / {{ proxy_pass {url}; include easel.conf; }}
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
    plain, ours = free_ports(2)
    within = WITHIN.format(folder=folder, plain=plain, ours=ours, url=url)
    with proxies.nginx(within, folder, (plain, ours)):
        yield Proxy(f"http://127.0.0.1:{plain}", f"http://127.0.0.1:{ours}", folder)
