"""One job in two real processes that share a PostgreSQL, traced: an API that only answers, and a worker.

Its provider is a double of OpenAI, its webhook goes to a receiver here, its spans to a collector here.
"""

import contextlib
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from tests.support.child import free_ports
from tests.support.doubles.openai import OpenAIDouble
from tests.support.loopback import serving
from tests.support.postgres import Databases, running_postgres
from tests.support.traces import Span, TraceCollector

from easel.testing import KEY, running_server
from easel.testing.server import API, running_worker

TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
CLIENT = f"00-{TRACE}-00f067aa0ba902b7-01"
LAST = ("POST /v2/images/generate", "run", "deliver")
PROMPT = "Poster for “Open Studio Night”, Friday 7 pm, warm retro colours"


@dataclass
class TracedRun:
    """What came of it: the job, its spans, what upstream and receiver were sent, the metrics of the worker."""

    job_id: str
    spans: Sequence[Span]
    upstream: Sequence[str | None]
    hooks: Sequence[str | None]
    metrics: str
    bodies: Sequence[bytes] = field(repr=False, default=())


def traced_run(name: str = "traced", *, delay: float = 1.0) -> TracedRun:
    """Run it, with a provider that takes `delay` seconds, in a database of this name that is gone afterwards."""
    hooks: list[str | None] = []

    async def take(request: Request) -> Response:
        hooks.append(request.headers.get("traceparent"))
        return Response("thanks")

    receiver = Starlette(routes=[Route("/hook", take, methods=["POST"])])
    with (
        tempfile.TemporaryDirectory() as folder,
        running_postgres() as postgres,
        _database(postgres, name) as address,
        TraceCollector().serving() as collector,
        OpenAIDouble(delay=delay).serving() as double,
        serving(receiver) as here,
    ):
        env = {
            "EASEL_DATABASE_URL": address,
            "EASEL_TRACES_URL": collector.url,
            "EASEL_TRUSTED_NETWORKS": "127.0.0.0/8",
            "EASEL_RATE_LIMIT_PER_MINUTE": "0",
            "OPENAI_API_KEY": double.key,
            "OPENAI_BASE_URL": double.url,
        }
        (port,) = free_ports()
        worker = env | {"EASEL_METRICS_PORT": str(port)}
        with running_server(Path(folder), env=env, command=API) as server, running_worker(Path(folder), env=worker):
            headers = {"X-API-Key": KEY, "traceparent": CLIENT}
            body = {"model": "gpt-image-2", "prompt": PROMPT, "webhookUrl": f"{here}/hook"}
            sent = httpx.post(f"{server.url}/v2/images/generate", headers=headers, json=body, timeout=30)
            job_id = str(sent.raise_for_status().json()["jobId"])
            spans = collector.wait_for(job_id, *LAST, seconds=60)
            metrics = httpx.get(f"http://127.0.0.1:{port}/metrics").raise_for_status().text
        upstream = [one.headers.get("traceparent") for one in double.seen if one.method == "POST"]
        return TracedRun(job_id, spans, upstream, hooks, metrics, collector.bodies)


@contextlib.contextmanager
def _database(postgres: Databases, name: str) -> Iterator[str]:
    postgres.drop(name)
    try:
        yield postgres.create(name)
    finally:
        postgres.drop(name)
