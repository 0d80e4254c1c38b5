"""A server whose public URL has a path, such as https://example.com/easel: every address it gives is below it."""

import re
from urllib.parse import urlsplit

import httpx
import pytest
from pydantic import ValidationError
from tests.rig import KEY, MakeRig, Rig, request
from tests.support.crawl import crawl
from tests.support.images import encoded, gradient

from easel.accounts.sessions import csrf_token
from easel.api.caller import HOST_COOKIE, SECURE_COOKIE, SESSION_COOKIE
from easel.api.cors import CorsSettings
from easel.app import build_app
from easel.config import FileSettings
from easel.kit.origin import origin_of
from easel.services import OUR_PATHS
from easel.web.assets import FOLDER
from easel.web.filters import at_home

pytestmark = pytest.mark.anyio

ROOT = "/easel"
PUBLIC = f"http://easel.test{ROOT}"


def browser(rig: Rig, base: str = PUBLIC) -> httpx.AsyncClient:
    transport = rig.client._transport  # noqa: SLF001 - another client of the same server
    return httpx.AsyncClient(transport=transport, base_url=base)


async def sign_in(client: httpx.AsyncClient) -> httpx.Response:
    return await client.post("/studio/signin", data={"key": KEY}, headers={"Sec-Fetch-Site": "same-origin"})


async def test_every_page_asset_and_document_is_below_the_path(make_rig: MakeRig) -> None:
    async with make_rig(public_url=PUBLIC) as rig, browser(rig) as client:
        assert (await sign_in(client)).headers["location"] == f"{ROOT}/studio/create"
        job = await rig.finished(await rig.generate(request("a plain picture", input_images=[await upload(rig)])))
        pages = ("/studio/create", f"/studio/jobs/{job['id']}", f"/studio/jobs/{job['id']}/card")
        more = (f"/studio/create?again={job['id']}", f"/v2/jobs/{job['id']}", "/v2/jobs", "/v2/models", "/nothing/")
        seen = await crawl(client, PUBLIC, *pages, *more, "/docs", "/docs/search.json", "/llms.txt", "/openapi.json")
        nothing = (PUBLIC, f"{PUBLIC}/nothing/")  # the server of the OpenAPI document is no page
        faults = {address: status for address, status in seen.items() if status >= 400 and address not in nothing}
        assert not faults
        for part in ("/assets/", "/files/", "/previews/", "/docs/images/", "/studio/webhooks", "/docs/openai.md"):
            assert any(urlsplit(address).path.startswith(ROOT + part) for address in seen), part
        assert (await client.get("/openapi.json")).json()["servers"] == [{"url": ROOT}]


async def upload(rig: Rig) -> str:
    made = await rig.client.post("/v2/uploads", files={"file": ("a.png", encoded(gradient()).data)})
    return str(made.json()["url"])


async def test_the_path_may_be_there_or_not(make_rig: MakeRig) -> None:
    """Some proxies remove it, others do not; only whole names of it count."""
    async with make_rig(public_url=PUBLIC) as rig:
        for path in ("/v2/me", "/docs/quickstart", "/healthz"):
            for root in (ROOT, ""):
                assert (await rig.client.get(root + path)).status_code == 200, root + path
        for path in (ROOT, f"{ROOT}/", "/"):
            answer = await rig.client.get(path, headers={"Accept": "text/html"})
            assert answer.headers["location"] == f"{ROOT}/studio", path
            assert (await rig.client.get(path)).json()["docs"] == f"{PUBLIC}/docs", path
        for path in ("/easels/v2/me", "/easel/easel/v2/me", "/x/easel/v2/me"):
            assert (await rig.client.get(path)).status_code == 404, path
        assert (await rig.client.get(ROOT + "/v2/me/")).headers["location"] == f"{ROOT}/v2/me"
        made = await rig.client.post("/v2/images/generate", json=request())
        assert made.headers["location"] == f"{ROOT}/v2/jobs/{made.json()['jobId']}"
        assert (await rig.finished(made))["result"]["images"][0].startswith(f"{PUBLIC}/files/")
        theirs = await rig.client.get(f"{ROOT}/v1/nothing")
        assert "message" in theirs.json()["error"], "OpenAI's dialect"


async def test_the_session_is_this_servers_alone(make_rig: MakeRig) -> None:
    for public, name, path in (
        (PUBLIC, SESSION_COOKIE, ROOT),
        ("https://easel.test/easel", SECURE_COOKIE, ROOT),
        ("https://easel.test/", HOST_COOKIE, "/"),
    ):
        async with make_rig(public_url=public) as rig, browser(rig, public) as client:
            cookie = (await sign_in(client)).headers["set-cookie"]
            assert cookie.startswith(f"{name}=")
            assert f"path={path};" in cookie.lower()
            session = cookie.partition(";")[0]
            assert (await client.get("/studio/account", headers={"Cookie": session})).status_code == 200
            form = {"csrf": csrf_token(session.partition("=")[2])}
            ended = await client.post("/studio/signout", data=form, headers={"Cookie": session})
            assert f"path={path};" in ended.headers["set-cookie"].lower()


async def test_coming_back_after_signing_in(make_rig: MakeRig) -> None:
    async with make_rig(public_url=PUBLIC) as rig, browser(rig) as client:
        asked = await client.get("/studio/gallery?status=FAILED")
        assert asked.headers["location"] == f"{ROOT}/studio/signin?next=/studio/gallery%3Fstatus%3DFAILED"
        back = await client.post(
            "/studio/signin",
            data={"key": KEY, "next": "/studio/gallery?status=FAILED"},
            headers={"Origin": "http://easel.test"},
        )
        assert back.headers["location"] == f"{ROOT}/studio/gallery?status=FAILED"


async def test_an_image_of_ours_is_an_input_whatever_path_it_is_below(make_rig: MakeRig) -> None:
    async with make_rig(public_url=PUBLIC) as rig:
        address = await upload(rig)
        for one in (address, address.replace(PUBLIC, "http://easel.test"), address.replace(ROOT, "/other/path")):
            made = await rig.finished(await rig.generate(request(input_images=[one])))
            assert made["inputs"][0].startswith(f"{PUBLIC}/files/"), one


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("https://host/", "https://host"),
        ("https://host///", "https://host"),
        (" https://host/easel/ ", "https://host/easel"),
        ("http://host:8080/a/b-c_d", "http://host:8080/a/b-c_d"),
        ("http://[::1]:8787/", "http://[::1]:8787"),
        ("", None),
    ],
)
def test_the_public_url_is_taken_as_it_is_written(given: str, kept: str | None) -> None:
    assert FileSettings(public_url=given).public_url == kept


@pytest.mark.parametrize(
    "given",
    [
        "host.example",
        "https://",
        "ftp://host",
        "https://host/?x",
        "https://host/#x",
        "https://a:b@host",
        "https://host:x",
        "https://host/a b",
        "https://host/../x",
        "https://host//x",
        "https://ho st",
        'https://host/"',
        "/easel",
    ],
)
def test_what_is_no_address_is_refused_with_one_that_is(given: str) -> None:
    with pytest.raises(ValidationError, match=r"https://example\.com/easel"):
        FileSettings(public_url=given)


async def test_no_path_of_the_server_can_be_its_root(rig: Rig) -> None:
    app = build_app(FileSettings(), rig.services)
    tops = {route.path.split("/")[1] for route in app.router.routes} - {""}  # type: ignore[attr-defined]
    assert tops == OUR_PATHS
    for name in tops:
        with pytest.raises(ValidationError, match=f"cannot begin with /{name}"):
            FileSettings(public_url=f"https://host/{name}/x")


def test_origins_are_compared_as_browsers_write_them() -> None:
    same = ("https://Host.example", "https://host.example:443/x", "HTTPS://host.example/")
    assert {origin_of(one) for one in same} == {"https://host.example"}
    assert origin_of("http://bücher.example:8080") == "http://xn--bcher-kva.example:8080"
    assert [origin_of(one) for one in ("null", "", "//host", "https://[", "file:///x", "http://h:99999")] == [None] * 6
    assert at_home("https://host:443/easel/files/a", "https://HOST/easel") == "/easel/files/a"
    assert at_home("https://host/files/a", "https://host/easel") is None
    assert at_home("https://host/easel2/files/a", "https://host/easel") is None
    assert at_home("https://user@host/easel/files/a", "https://host/easel") is None
    assert CorsSettings(cors_origins="https://A.example/, *").cors_origins == ["https://a.example", "*"]


def test_scripts_name_no_address_that_has_no_root() -> None:
    """`call` puts the root before a path; any other address is made by `at`."""
    ours = re.compile(r"""["'`]/(?:v1|v2|studio|docs|files|previews|openapi)\b""")
    for file in FOLDER.glob("*.js"):
        for line in file.read_text("utf-8").splitlines():
            bare = re.sub(r"""call\([^,`]+, ["`]/|\bat\(["`]/|\*='/""", "", line)
            assert not ours.search(bare), f"{file.name}: {line}"
