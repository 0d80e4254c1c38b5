"""What others may put into words, names and answers is shown as it is, and runs nowhere: seen in a real browser."""

from pathlib import Path

import httpx
import pytest
from playwright.sync_api import expect
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from tests.browser.conftest import Watched, sign_in
from tests.support.images import encoded, gradient
from tests.support.loopback import serving

from easel.testing import running_server

XSS = "</script><img src=x onerror=\"document.title='owned'\"><svg onload=\"document.title='owned'\">"


async def answer(_: Request) -> PlainTextResponse:
    return PlainTextResponse(XSS, status_code=500)


@pytest.mark.proof
def test_words_of_others_run_nowhere(open_page: Watched, tmp_path: Path) -> None:
    evil = Starlette(routes=[Route("/{path:path}", answer, methods=["POST"])])
    environment = {"EASEL_TRUSTED_NETWORKS": "127.0.0.0/8"}
    with serving(evil) as receiver, running_server(tmp_path / "data", env=environment) as server:
        with httpx.Client(base_url=server.url, headers={"X-API-Key": server.key}, timeout=60) as owner:
            hook = f"{receiver}/{XSS.replace(' ', '%20')}"
            body = {"model": "gpt-image-2", "prompt": XSS, "gptImage2Params": {"quality": "low"}, "webhookUrl": hook}
            job = owner.post("/v2/images/generate", json=body).json()["jobId"]
            owner.get(f"/v2/jobs/{job}?wait=30")
            owner.post("/v2/keys", json={"name": XSS})
        page = open_page(expected=("Failed to load resource",))
        sign_in(page, server)
        evil_file = tmp_path / "x<img src=x onerror=alert(1)>.png"
        evil_file.write_bytes(encoded(gradient()).data)
        for path in ("create", "gallery", f"jobs/{job}", "account", "team", "webhooks", f"create?again={job}"):
            page.goto(f"{server.url}/studio/{path}")
            for summary in page.locator("summary:visible").all():
                summary.click()
            page.wait_for_timeout(150)
            assert "owned" not in page.title()
            assert page.locator("img[src=x], svg[onload]").count() == 0
        page.locator("#files").set_input_files(evil_file)
        expect(page.locator("#inputs img")).to_have_count(1)
        page.locator("#files").set_input_files({"name": f"{XSS}.png", "mimeType": "image/png", "buffer": b"no picture"})
        expect(page.get_by_role("list", name="Files that cannot be used")).to_contain_text("onerror")
        assert page.locator("img[src=x], svg[onload]").count() == 0
        assert "owned" not in page.title()


@pytest.mark.proof
def test_a_page_elsewhere_cannot_act_for_somebody_signed_in(open_page: Watched, tmp_path: Path) -> None:
    """A form on another site, sent by the browser of somebody who is signed in."""

    async def trap(request: Request) -> PlainTextResponse:
        url = request.query_params["server"]
        fields = '<input name="key" value="afk_of_somebody_else_000000"><input name="model" value="gpt-image-2">'
        forms = "".join(
            f'<form id="f{index}" method="post" enctype="text/plain" action="{url}{path}">{fields}</form>'
            for index, path in enumerate(("/studio/signin", "/studio/signout", "/v2/images/generate"))
        )
        return PlainTextResponse(forms, media_type="text/html")

    with serving(Starlette(routes=[Route("/", trap)])) as elsewhere, running_server(tmp_path / "data") as server:
        page = open_page(expected=("status of 4",))
        sign_in(page, server)
        for index in range(3):
            page.goto(f"{elsewhere}/?server={server.url}")
            page.evaluate(f"document.getElementById('f{index}').submit()")
            page.wait_for_url(f"{server.url}/**")
        page.goto(f"{server.url}/studio/account")
        expect(page.locator("[data-balance]")).to_have_text("1,000")
