"""Pages of other origins: any may read images, those of a setting use the API, none with a session. And HEAD."""

import re
from typing import Any

import httpx
import pytest
from pydantic import ValidationError
from tests.rig import KEY, MakeRig, Rig, request

from easel.api.cors import CorsSettings

pytestmark = pytest.mark.anyio

APP = "https://app.example"


def preflight(method: str = "POST", headers: str = "content-type,x-api-key", origin: str = APP) -> dict[str, str]:
    return {
        "Origin": origin,
        "Access-Control-Request-Method": method,
        "Access-Control-Request-Headers": headers,
        "X-API-Key": "",  # a browser sends none
    }


def of_cors(response: httpx.Response) -> dict[str, str]:
    prefix = "access-control-"
    return {name.removeprefix(prefix): value for name, value in response.headers.items() if name.startswith(prefix)}


@pytest.mark.parametrize("origins", [APP, f"{APP}/ , https://b.example", "*"])
async def test_a_page_of_a_named_origin_calls_the_api(make_rig: MakeRig, origins: str) -> None:
    async with make_rig(cors_origins=origins) as rig:
        for path in ("/v2/images/generate", "/v1/images/generations", "/v2/nothing"):
            inside = {"Access-Control-Request-Private-Network": "true"}
            asked = await rig.client.request("OPTIONS", path, headers=preflight() | inside)
            assert asked.status_code == 200, asked.text
            assert of_cors(asked)["allow-private-network"] == "true"
            assert of_cors(asked)["allow-origin"] in (APP, "*")
            assert of_cors(asked)["allow-headers"] == "content-type,x-api-key"
            assert {"POST", "PUT", "PATCH", "DELETE"} <= set(of_cors(asked)["allow-methods"].split(", "))
        responses = [
            await rig.client.post("/v2/images/generate", json=request(), headers={"Origin": APP}),
            await rig.client.post("/v2/images/generate", json={}, headers={"Origin": APP}),
            await rig.client.get("/v2/me", headers={"Origin": APP, "X-API-Key": "wrong"}),
            await rig.client.get("/v2/me", headers={"Origin": APP, "Host": "evil.example"}),
        ]
        assert [one.status_code for one in responses] == [202, 400, 401, 421], "errors can be read too"
        for one in responses:
            assert of_cors(one)["allow-origin"] in (APP, "*")
            exposed = of_cors(one)["expose-headers"].lower().split(", ")
            assert {"x-request-id", "retry-after", "x-ratelimit-remaining", "location"} <= set(exposed)
            assert "allow-credentials" not in of_cors(one)


# What scripts read of every response anyway, or browsers alone make use of.
OF_BROWSERS = "allow cache-control content-length content-type etag vary x-accel-buffering x-content-type-options"


async def test_every_header_that_the_api_sends_can_be_read(make_rig: MakeRig) -> None:
    """Of whatever it answers to requests of each kind: the list is not kept by hand."""
    async with make_rig(cors_origins=APP) as rig:
        once = {"Origin": APP, "Idempotency-Key": "once"}
        made = [await rig.client.post("/v2/images/generate", json=request(), headers=once) for _ in range(2)]
        assert made[1].headers["idempotent-replayed"] == "true"
        job = await rig.finished(made[0])
        name = job["result"]["images"][0].rpartition("/")[2]
        paths = [re.sub(r"\{\w+\}", job["id"], path) for path in _gets(await document(rig))]
        paths += [f"/v2/archive?name={name}", "/v2/nothing", "/v1/nothing", "/v1/models/gpt-image-2"]
        bearer = {"Origin": APP, "Authorization": f"Bearer {KEY}"}
        asked = {"model": "gpt-image-2", "prompt": "a fox"}
        responses = [
            *made,
            await rig.client.post("/v2/images/generate", json={}, headers=once),
            await rig.client.post("/v1/images/generations", json=asked, headers=bearer),
            await rig.client.post("/v1/images/generations", json={}, headers=bearer),
            *[await rig.client.get(path, headers={"Origin": APP}) for path in paths if path.startswith(("/v1", "/v2"))],
        ]
        assert responses[3].headers["x-model"] == "gpt-image-2"
    for one in responses:
        exposed = one.headers["access-control-expose-headers"].lower().split(", ")
        sent = {name for name in one.headers if not name.startswith("access-control-")}
        assert sent <= {*exposed, *OF_BROWSERS.split()}, one.url


async def test_other_origins_and_pages_of_the_studio_are_left_out(make_rig: MakeRig) -> None:
    async with make_rig(cors_origins=APP) as rig:
        for origin in ("https://evil.example", "https://app.example.evil.example", "http://app.example", "null"):
            asked = await rig.client.request("OPTIONS", "/v2/me", headers=preflight(origin=origin))
            assert asked.status_code == 400
            assert "allow-origin" not in of_cors(await rig.client.get("/v2/me", headers={"Origin": origin}))
        for path in ("/studio/signin", "/studio/create", "/docs/quickstart", "/metrics"):
            assert not of_cors(await rig.client.request("OPTIONS", path, headers=preflight()))
            assert not of_cors(await rig.client.get(path, headers={"Origin": APP}))


async def test_without_the_setting_options_says_which_methods_there_are(rig: Rig) -> None:
    asked = await rig.client.request("OPTIONS", "/v2/jobs", headers=preflight())
    assert (asked.status_code, asked.headers["allow"], asked.content) == (204, "DELETE, GET, HEAD", b"")
    assert not of_cors(asked)
    assert (await rig.client.request("OPTIONS", "/v2/nothing")).status_code == 404
    assert not of_cors(await rig.client.get("/v2/me", headers={"Origin": APP}))


async def test_any_page_may_read_images(rig: Rig) -> None:
    job = await rig.finished(await rig.generate())
    [image], [preview] = job["result"]["images"], job["previews"]
    for address in (image, preview, f"{image}?format=webp", image.replace("-1.png", "-2.png")):
        for headers in ({}, {"Origin": APP}, {"Cookie": "a=b", "Origin": APP}, {"If-None-Match": "*"}):
            response = await rig.client.get(address, headers=headers)
            assert of_cors(response)["allow-origin"] == "*", "also for a response that a browser keeps"
            assert response.headers["cross-origin-resource-policy"] == "cross-origin"
            assert "allow-credentials" not in of_cors(response)
    asked = await rig.client.request("OPTIONS", image, headers=preflight("GET", "range"))
    assert (asked.status_code, of_cors(asked)["allow-headers"]) == (200, "range")


@pytest.mark.parametrize("origin", ["app.example", "https://app.example/path", "https://*.example", "ftp://x", "null"])
def test_what_is_no_origin_is_refused(origin: str) -> None:
    with pytest.raises(ValidationError, match=r"https://app\.example\.com, or \*"):
        CorsSettings(cors_origins=origin)


def _gets(document: dict[str, Any]) -> list[str]:
    return [path for path, operations in document["paths"].items() if "get" in operations]


async def test_head_is_answered_wherever_get_is_with_the_same_headers(rig: Rig) -> None:
    job = await rig.finished(await rig.generate())
    values = {"id": job["id"], "model": "gpt-image-2", "index": "0"}
    paths = [re.sub(r"\{(\w+)\}", lambda one: values.get(one[1], "x"), path) for path in _gets(await document(rig))]
    pages = (
        "/openapi.json",
        "/llms.txt",
        "/docs",
        "/docs/quickstart",
        "/docs/jobs.md",
        "/docs/search.json",
        "/nothing",
    )
    more = (f"/v2/archive?name={job['result']['images'][0].rpartition('/')[2]}", f"/v2/watch?id={job['id']}")
    files = [job["result"]["images"][0], job["previews"][0], "/studio/create", "/studio/signin"]
    assert len(paths) > 20
    for path in (*paths, *pages, *more, *files):
        get, head = await rig.client.get(path), await rig.client.head(path)
        assert head.status_code == get.status_code, path
        assert head.content == b"", path
        own = {"x-request-id", "x-ratelimit-remaining", "x-ratelimit-reset", "content-length"}
        assert {*get.headers} - own == {*head.headers} - own, path
        if get.status_code == 200 and path not in ("/metrics", "/v2/keys"):  # these change
            assert head.headers.get("content-length") == get.headers.get("content-length"), path
    assert (await rig.client.head("/v2/images/generate")).status_code == 405


async def document(rig: Rig) -> dict[str, Any]:
    found: dict[str, Any] = (await rig.client.get("/openapi.json")).json()
    return found


async def test_head_of_a_stream_ends_at_once(rig: Rig) -> None:
    made = await rig.client.post("/v2/images/generate", json=request("[easel:slow 600] x"), headers={"X-API-Key": KEY})
    for path in (f"/v2/watch?id={made.json()['jobId']}", f"/v2/jobs/{made.json()['jobId']}/events"):
        for _ in range(25):  # more than the streams that a key may have open
            head = await rig.client.head(path)
            assert (head.status_code, head.headers["content-type"].partition(";")[0]) == (200, "text/event-stream")
