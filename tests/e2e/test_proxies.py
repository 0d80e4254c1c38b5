"""Behind real proxies, as they come and with the settings of `deploy`: all works, and nothing leads elsewhere."""

import asyncio
import contextlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from tests.rig import request
from tests.support import proxies
from tests.support.child import free_ports
from tests.support.crawl import crawl
from tests.support.images import encoded, gradient

from easel.testing import RunningServer, running_server

NGINX_SITE = (proxies.DEPLOY / "nginx" / "site.conf").read_text()
CADDYFILE = (proxies.DEPLOY / "caddy" / "Caddyfile").read_text()
STRIPPING = {
    "nginx": "server {{ listen {site}; location /easel/ {{ proxy_pass http://{server}/; include easel.conf; }} }}",
    "caddy": "http://{site} {{\n\thandle_path /easel/* {{\n\t\treverse_proxy {server}\n\t}}\n}}\n",
}


@dataclass(frozen=True, slots=True)
class Way:
    """One way to stand in front of a server: a program, its configuration, and the path of the public URL."""

    program: str
    config: str
    path: str = ""
    public: bool = True  # whether EASEL_PUBLIC_URL is set
    largest: int = 20_000_000  # bytes of an upload that pass

    def text(self, site: str, server: str) -> str:
        """The configuration for these addresses, in place of those of the examples."""
        if "{server}" in self.config:
            return self.config.format(site=site, server=server)
        text = self.config.replace("127.0.0.1:8787", server)
        if self.program == "caddy":
            name = "www.example.com" if self.path else "images.example.com"
            found = re.search(rf"^{re.escape(name)} \{{.*?^\}}\n", text, re.MULTILINE | re.DOTALL)
            assert found
            return found[0].replace(name, f"http://{site}")
        first, second = re.findall(r"^server \{.*?^\}\n", text, re.MULTILINE | re.DOTALL)
        upstream = text[text.index("upstream easel") : text.index("# EASEL_PUBLIC_URL")]
        chosen = second if self.path else first
        return upstream + re.sub(r"server_name .*;", "", chosen.replace("listen 80;", f"listen {site};"))


DEFAULT = "server {{ listen {site}; location / {{ proxy_pass http://{server}; }} }}"
WAYS = {
    "nginx as it comes": Way("nginx", DEFAULT, public=False, largest=900_000),
    "nginx, below a path": Way("nginx", NGINX_SITE, "/easel"),
    "nginx, path removed": Way("nginx", STRIPPING["nginx"], "/easel"),
    "caddy as it comes": Way("caddy", CADDYFILE, public=False),
    "caddy, below a path": Way("caddy", CADDYFILE, "/easel"),
    "caddy, path removed": Way("caddy", STRIPPING["caddy"], "/easel"),
}
PROGRAMS = {"nginx": proxies.nginx, "caddy": proxies.caddy}


@contextlib.contextmanager
def standing(way: Way, folder: Path) -> Iterator[tuple[str, RunningServer]]:
    """The public URL of a server behind a proxy."""
    if not proxies.program(way.program):
        pytest.skip(f"there is no {way.program}")
    [port] = free_ports()
    public = f"http://127.0.0.1:{port}{way.path}"
    env = {"EASEL_PUBLIC_URL": public + "/"} if way.public else {}
    (folder / "proxy").mkdir()
    with running_server(folder / "data", env=env | {"EASEL_RATE_LIMIT_PER_MINUTE": "0"}) as server:
        text = way.text(f"127.0.0.1:{port}", server.url.removeprefix("http://"))
        with PROGRAMS[way.program](text, folder / "proxy", [port]):
            yield public, server


@pytest.mark.proof
@pytest.mark.parametrize("name", WAYS)
def test_everything_works_behind_a_proxy(name: str, tmp_path: Path) -> None:
    way = WAYS[name]
    with standing(way, tmp_path) as (public, server):
        asyncio.run(_use(public, server, way))


async def _use(public: str, server: RunningServer, way: Way) -> None:
    origin = public.removesuffix(way.path)
    async with httpx.AsyncClient(base_url=public, timeout=60) as client:
        # As a browser on a network without https: it says its origin alone. Else also where the form was.
        said = {"Origin": origin} | ({} if way.public else {"Sec-Fetch-Site": "same-origin"})
        evil = await client.post("/studio/signin", data={"key": server.key}, headers={"Origin": "https://evil.example"})
        assert evil.status_code == 403
        entered = await client.post("/studio/signin", data={"key": server.key}, headers=said)
        assert (entered.status_code, entered.headers["location"]) == (303, f"{way.path}/studio/create")
        client.headers["X-API-Key"] = server.key
        png = encoded(gradient()).data
        image = await client.post("/v2/uploads", files={"file": ("a.png", png + bytes(way.largest - len(png)))})
        assert image.status_code == 201, image.text
        body = request("a red fox", input_images=[image.json()["url"]])
        made = await client.post("/v2/images/generate", json=body)
        job = made.json()["jobId"]
        assert made.headers["location"] == f"{way.path}/v2/jobs/{job}"
        async with client.stream("GET", f"/v2/watch?id={job}") as stream:
            lines = [line async for line in stream.aiter_lines()]
        [end] = [json.loads(line[6:]) for line in lines if '"completed"' in line and line.startswith("data: ")]
        if way.public or way.program == "caddy":
            assert end["result"]["images"][0].startswith(f"{public}/files/")
        elif not way.public:
            assert end["result"]["images"][0].startswith(server.url), "nginx keeps the host to itself"
        pages = [f"/studio/jobs/{job}", f"/studio/create?again={job}", f"/v2/jobs/{job}", "/docs", "/docs/search.json"]
        pages += ["/llms.txt", "/openapi.json"]
        if not way.path or way.config == CADDYFILE:  # no path to lead out of, or nginx's crawl below one
            answers = [await client.get(page) for page in pages]
            assert [answer.status_code for answer in answers] == [200, 200, 200, 303, 200, 200, 200]
            assert all("X-Request-Id" in answer.headers for answer in answers)
            return
        seen = await crawl(client, public, *pages)
        assert not {address: status for address, status in seen.items() if status >= 400}
        assert len(seen) > 60


@pytest.mark.proof
def test_an_address_that_a_proxy_hides_is_told_what_to_set(tmp_path: Path) -> None:
    """Without https a browser says its origin alone, and this nginx does not say which host was asked."""
    with standing(WAYS["nginx as it comes"], tmp_path) as (public, server):
        refused = httpx.post(f"{public}/studio/signin", data={"key": server.key}, headers={"Origin": public})
    assert refused.status_code == 403
    assert f"Origin: {public}" in refused.text
    assert "EASEL_PUBLIC_URL" in refused.text


@pytest.mark.proof
@pytest.mark.parametrize("name", ["nginx, below a path", "caddy, below a path"])
def test_a_connection_of_a_proxy_is_used_again_after_a_rest(name: str, tmp_path: Path) -> None:
    """Seven seconds: longer than uvicorn keeps connections by itself."""
    with standing(WAYS[name], tmp_path) as (public, server):
        used = set()
        for pause in (0.0, 7.0):
            asyncio.run(asyncio.sleep(pause))
            assert httpx.get(f"{public}/healthz").status_code == 200
            found = Path("/proc/net/tcp").read_text().splitlines()[1:]
            port = f":{int(server.url.rpartition(':')[2]):04X}"
            used |= {
                tuple(line.split()[1:3]) for line in found if line.split()[2].endswith(port) and line.split()[3] == "01"
            }
        assert len(used) == 1
