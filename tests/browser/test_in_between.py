"""A real nginx between a browser and the server: a restart, and a path below which the server is."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import expect
from tests.browser.conftest import Watched
from tests.support import proxies
from tests.support.child import free_ports
from tests.support.images import encoded, gradient

from easel.testing import running_server

pytestmark = [
    pytest.mark.proof,
    pytest.mark.skipif(not proxies.program("nginx"), reason="there is no nginx"),
]
EXPECTED = ("Failed to load resource", "ERR_", "EventSource")


def test_a_card_comes_back_after_a_restart_behind_nginx(open_page: Watched, tmp_path: Path) -> None:
    port, own = free_ports(2)
    with behind_nginx(tmp_path, port, own):
        own_address = f"http://127.0.0.1:{own}"
        env = {"EASEL_PORT": str(own), "EASEL_PUBLIC_URL": f"http://127.0.0.1:{port}"}
        page = open_page(expected=EXPECTED)
        with running_server(tmp_path / "data", env=env) as server:
            page.goto(f"http://127.0.0.1:{port}/studio")
            page.get_by_label("API key").fill(server.key)
            page.get_by_role("button", name="Sign in").click()
            made = httpx.post(
                f"{server.url}/v2/keys", json={"name": "t", "test": True}, headers={"X-API-Key": server.key}
            )
            key = made.json()["secret"]
            page.get_by_role("button", name="Account menu").click()
            page.get_by_role("button", name="Sign out").click()
            page.get_by_label("API key").fill(key)
            page.get_by_role("button", name="Sign in").click()
            page.get_by_label("Prompt", exact=True).fill("[easel:slow 600] a red fox")
            page.get_by_role("button", name="Generate").click()
            expect(page.locator("article.job progress")).to_have_count(1)
            page.evaluate("window.here = true")
            server.kill()
        expect(page.locator("#connection")).to_have_text("Reconnecting…")
        with running_server(tmp_path / "data", env=env):
            expect(page.locator("#connection")).to_be_hidden(timeout=60_000)
            job = page.locator("article.job").first.get_attribute("data-job")
            httpx.post(f"{own_address}/v2/jobs/{job}/cancel", headers={"X-API-Key": key}).raise_for_status()
            expect(page.locator("article.job").first).to_contain_text("Cancelled")
            assert page.evaluate("window.here"), "the page was not loaded again"


@contextlib.contextmanager
def behind_nginx(folder: Path, port: int, own: int, location: str = "/", more: str = "") -> Iterator[None]:
    (folder / "proxy").mkdir()
    site = f"server {{ listen 127.0.0.1:{port}; location {location} {{ proxy_pass http://127.0.0.1:{own}; {more} }} }}"
    with proxies.nginx(site, folder / "proxy", [port]):
        yield


def test_below_a_path_no_request_leaves_it(open_page: Watched, tmp_path: Path) -> None:
    port, own = free_ports(2)
    base = f"http://127.0.0.1:{port}/easel"
    env = {"EASEL_PORT": str(own), "EASEL_PUBLIC_URL": base}
    with running_server(tmp_path / "data", env=env) as server, behind_nginx(tmp_path, port, own, "/easel/"):
        page = open_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{base}/studio")
        page.get_by_label("API key").fill(server.key)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(f"{base}/studio/create")
        page.locator("#files").set_input_files(
            {"name": "a.png", "mimeType": "image/png", "buffer": encoded(gradient()).data}
        )
        expect(page.locator("#inputs img")).to_have_count(1)
        page.get_by_label("Prompt", exact=True).fill("make it red")
        page.get_by_role("button", name="Generate").click()
        expect(page.locator("article.job img")).to_have_count(1, timeout=30_000)
        page.locator("article.job a").first.click()
        page.get_by_role("link", name="Details").click()
        expect(page.locator(".strip img")).to_have_count(1)
        for name in ("Gallery", "Account", "Team", "Webhooks", "Docs"):
            page.locator("header nav").get_by_role("link", name=name).click()
            page.wait_for_load_state("networkidle")
        page.get_by_label("Search the documentation").fill("webhook")
        page.get_by_role("option").first.click()
        page.goto(f"{base}/docs/reference")
        expect(page.locator("#key")).to_be_visible()
        page.goto(f"{base}/studio/gallery")
        page.get_by_role("button", name="Account menu").click()
        page.get_by_role("button", name="Sign out").click()
        page.wait_for_url(f"{base}/studio/signin")
    outside = [url for url in asked if not url.startswith((base + "/", "data:", "blob:"))]
    assert not outside
    assert len(asked) > 40
