"""Each library that calls out follows the same variables, and none sends loopback through a proxy."""

import contextlib
from collections.abc import Awaitable, Callable

import httpx
import pytest
from tests.component.kit.test_proxies import TunnelProxy, running

from easel.cli.client import Client
from easel.cli.output import CommandError
from easel.config import FileSettings, use_network_variables
from easel.errors import StorageUnavailable
from easel.providers.upstream import _client
from easel.storage.bucket import BucketStorage
from easel.telemetry.tracing import Tracing

pytestmark = [pytest.mark.proof, pytest.mark.anyio]


async def bucket(address: str) -> None:
    settings = {"storage_url": "s3://b", "storage_endpoint": address, "storage_seconds": 2}
    keys = {"aws_access_key_id": "a", "aws_secret_access_key": "b"}
    with contextlib.suppress(StorageUnavailable):
        await BucketStorage(FileSettings.model_validate(settings | keys)).ping()


async def collector(address: str) -> None:
    tracing = Tracing(f"{address}/v1/traces")
    with tracing.span("x"):
        pass
    await tracing.close()


async def provider(address: str) -> None:
    async with _client({}, use_network_variables()) as client:
        with contextlib.suppress(httpx.TransportError):
            await client.get(address)


async def command_line(address: str) -> None:
    async with Client(address, "afk_secret", proxies=use_network_variables()) as client:
        with contextlib.suppress(CommandError):
            await client.last_event()


@pytest.mark.parametrize("call", [bucket, collector, provider, command_line], ids=lambda call: call.__name__)
async def test_it_follows_the_variables(
    call: Callable[[str], Awaitable[None]], monkeypatch: pytest.MonkeyPatch
) -> None:
    proxy = TunnelProxy()
    async with running(proxy) as where:
        for name in ("HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "no_proxy"):
            monkeypatch.setenv(name, f"http://{where}" if "_PROXY" in name and not name.startswith("NO") else "")
        use_network_variables()
        for address in ("http://127.0.0.1:9", "http://localhost:9", "http://[::1]:9"):
            await call(address)
        assert proxy.heads == []
        await call("http://elsewhere.test:9000")
        assert " http://elsewhere.test:9000/" in proxy.heads[0]
