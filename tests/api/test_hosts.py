"""Which hosts are answered, what is said of caching, and that strangers have no page drawn anew."""

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from tests.api.conftest import Log
from tests.rig import KEY, MakeRig, Rig

from easel.api.body import ANONYMOUS
from easel.api.budget import BodyBudget, BodySettings
from easel.api.hosts import Hosts
from easel.app import PAGES, ROUTERS
from easel.docs import HOST, html, search, site
from easel.kit.memory import MEGABYTE

pytestmark = pytest.mark.anyio

LAPTOP = {"public_url": None, "bound": "127.0.0.1", "allowed": ()}
OPEN = {"public_url": None, "bound": "0.0.0.0", "allowed": ("Pictures.Example.com",)}
PUBLIC = {"public_url": "https://pictures.example.com", "bound": "0.0.0.0", "allowed": ()}
LOCAL = {"public_url": "http://localhost:8787", "bound": "127.0.0.1", "allowed": ()}


@pytest.mark.parametrize(
    ("server", "host", "answered"),
    [
        (LAPTOP, "localhost:8787", True),
        (LAPTOP, "LOCALHOST.", True),
        (LAPTOP, "127.0.0.1:9000", True),
        (LAPTOP, "127.1.2.3", True),
        (LAPTOP, "[::1]:8787", True),
        (LAPTOP, "evil.example", False),
        (LAPTOP, "localhost.evil.example", False),
        (LAPTOP, "192.168.1.5", False),
        (LAPTOP, "localhost@evil.example", False),
        (LAPTOP, "localhost:1:2", False),
        (LAPTOP, "localhost/evil", False),
        (LAPTOP, "", False),
        (LOCAL, "localhost:8787", True),
        (LOCAL, "evil.example", False),
        (OPEN, "192.168.1.5:8787", True),
        (OPEN, "pictures.example.com", True),
        (OPEN, "evil.example", False),
        (PUBLIC, "whatever.example", True),
    ],
)
def test_a_host_is_answered_if_it_is_this_server(server: dict[str, object], host: str, answered: bool) -> None:
    scope = {"path": "/metrics", "headers": [(b"host", host.encode())]}
    assert (Hosts(**server).refusal(scope) is None) is answered  # type: ignore[arg-type]
    assert Hosts(**server).refusal({**scope, "path": "/healthz"}) is None  # type: ignore[arg-type]


async def test_another_host_is_told_what_to_set(rig: Rig) -> None:
    for path in ("/v2/me", "/metrics", "/docs/quickstart", "/nothing/"):
        refused = await rig.client.get(path, headers={"Host": "evil.example"})
        assert (refused.status_code, refused.json()["code"]) == (421, "unknown_host"), path
        assert "EASEL_PUBLIC_URL" in refused.json()["hint"]
        assert "evil.example" not in refused.text
    for probe in ("/healthz", "/readyz"):
        assert (await rig.client.get(probe, headers={"Host": "10.0.0.7:8787"})).status_code == 200


async def test_a_slash_too_many_leads_to_a_path_and_never_to_a_host(make_rig: MakeRig) -> None:
    async with make_rig(public_url="https://pictures.example.com") as rig:
        found = await rig.client.get("/v2/jobs/?limit=1", headers={"Host": "evil.example"})
        assert (found.status_code, found.headers["location"]) == (307, "/v2/jobs?limit=1")
        twice = await rig.client.get("http://easel.test//v2/jobs/")
        assert (twice.status_code, twice.headers["location"]) == (307, "/v2/jobs")
        for path in ("/nothing/", "//evil.example/", "//evil.example//v2/jobs"):
            assert (await rig.client.get("http://easel.test" + path)).status_code == 404


async def test_a_proxy_without_a_public_url_is_noticed_once(rig: Rig, log: Log) -> None:
    assert (await rig.client.get("/metrics")).status_code == 200
    for _ in range(2):
        refused = await rig.client.get("/metrics", headers={"X-Forwarded-For": "203.0.113.9"})
        assert (refused.status_code, refused.json()["code"]) == (403, "metrics_closed")
    assert len(log.lines("behind a proxy without a public URL")) == 1


@pytest.mark.parametrize("path", ["/v2/me", "/v2/webhooks/secret", "/v2/nothing", "/files/x/y.png", "/healthz"])
async def test_answers_are_kept_nowhere_and_are_what_they_say(rig: Rig, path: str) -> None:
    answer = await rig.client.get(path)
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_no_body_is_read_before_its_sender_is_known() -> None:
    """Else the framework reads it: whole, and for as long as it takes."""
    for router in (*ROUTERS, *PAGES):
        for route in router.routes:
            assert isinstance(route, APIRoute)
            assert route.body_field is None, route.path


async def test_without_a_key_only_a_form_is_read(rig: Rig) -> None:
    refused = await rig.client.post("/studio/signin", content=b"key=" + b"x" * ANONYMOUS)
    assert refused.status_code == 413
    refused = await rig.client.post("/studio/signin", files={"key": ("name", b"x")})
    assert refused.status_code == 400


async def test_strangers_have_nothing_drawn_anew(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = ["/docs/quickstart", "/docs/quickstart.md", "/docs/search.json", "/llms.txt", "/docs/a", "/openapi.json"]
    first = {path: (await rig.client.get(path)).text for path in paths}
    document = (await rig.client.get("/docs/quickstart")).text
    assert "http://easel.test/v2/images/generate" in document

    def never(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(html, "html_of", never)
    monkeypatch.setattr(search, "search_index", never)
    monkeypatch.setattr(site.Site, "doc", never)
    for number in range(3):
        for path in paths:
            other = path.replace("/docs/a", f"/docs/a{number}")
            text = (await rig.client.get(other, headers={"Host": f"localhost:{number + 1}"})).text
            assert text == first[path].replace("http://easel.test", f"http://localhost:{number + 1}"), path


@pytest.mark.proof
async def test_no_page_shows_what_stands_for_the_host(rig: Rig) -> None:
    for slug in site.Site(rig.services.catalog).slugs():
        for path in (f"/docs/{slug}", f"/docs/{slug}.md"):
            answer = await rig.client.get(path)
            assert answer.status_code == 200
            assert "host-of-the-reader" not in answer.text, path
            assert HOST not in answer.text, path


async def test_a_client_that_leaves_while_it_sends_is_no_fault(rig: Rig, log: Log) -> None:
    begun: dict[str, object] = {"type": "http.request", "body": b"{", "more_body": True}
    left: dict[str, object] = {"type": "http.disconnect"}
    sent = iter([begun, left])

    async def receive() -> dict[str, object]:
        return next(sent)

    async def send(_: object) -> None: ...

    headers = [(b"host", b"easel.test"), (b"x-api-key", KEY.encode())]
    scope = {"type": "http", "method": "POST", "path": "/v2/images/estimate", "query_string": b"", "headers": headers}
    await rig.transport.app({**scope, "raw_path": b"", "root_path": "", "scheme": "http"}, receive, send)
    assert log.lines("request failed") == []
    assert log.lines("request") != []


async def test_bodies_of_test_keys_do_not_count_as_the_teams(rig: Rig) -> None:
    test = (await rig.client.post("/v2/keys", json={"name": "ci", "test": True})).json()["secret"]
    app = rig.transport.app
    assert isinstance(app, FastAPI)
    seen: list[str] = []

    class Watched(BodyBudget):
        def take(self, whose: str, size: int) -> None:
            seen.append(whose)
            super().take(whose, size)

    app.state.body_budget = Watched(BodySettings(), largest=MEGABYTE)
    for key in (KEY, test):
        await rig.client.post("/v2/images/estimate", json={}, headers={"X-API-Key": key})
    team, tests = dict.fromkeys(seen)
    assert tests == f"{team} test"
    assert app.state.body_budget.held == 0, "it is given back with the answer"


@pytest.mark.parametrize(
    ("public", "headers", "refused_for"),
    [
        # A proxy that asks for a host of its own, as nginx does by default, and a browser on https or loopback.
        (None, {"Host": "127.0.0.1:8787", "Origin": "https://img.example", "Sec-Fetch-Site": "same-origin"}, None),
        ("https://img.example", {"Host": "upstream", "Origin": "https://img.example"}, None),
        ("https://IMG.example:443/easel", {"Host": "upstream", "Origin": "https://img.example"}, None),
        (None, {"Host": "127.0.0.1", "X-Forwarded-Host": "img.example", "Origin": "https://img.example"}, None),
        # A proxy that passes the host on, and ends TLS.
        (None, {"Host": "localhost:8787", "Origin": "https://localhost:8787"}, None),
        (None, {"Host": "localhost:80", "Origin": "http://localhost"}, None),
        # A proxy that takes the page's address for no secret.
        (None, {"Host": "127.0.0.1", "Origin": "null", "Sec-Fetch-Site": "same-origin"}, None),
        # A browser on a network without https, and nobody says what its address is.
        (None, {"Host": "127.0.0.1:8787", "Origin": "http://10.0.0.5"}, "Origin: http://10.0.0.5"),
        ("https://img.example", {"Host": "upstream", "Origin": "https://evil.example"}, "Origin: https://evil.example"),
        ("https://img.example", {"Host": "upstream", "Origin": "https://img.example.evil"}, "Origin: https://img"),
        (
            None,
            {"Host": "127.0.0.1", "Origin": "https://evil.example", "Sec-Fetch-Site": "none"},
            "Origin: https://evil",
        ),
        (
            "https://img.example",
            {"Origin": "https://img.example", "Sec-Fetch-Site": "cross-site"},
            "Sec-Fetch-Site: cross",
        ),
    ],
)
async def test_a_form_is_ours_behind_any_proxy(
    make_rig: MakeRig, public: str | None, headers: dict[str, str], refused_for: str | None
) -> None:
    async with make_rig(public_url=public) as rig:
        answer = await rig.client.post("/studio/signin", data={"key": KEY}, headers=headers)
    if refused_for is None:
        assert answer.status_code == 303, answer.text
        return
    assert answer.status_code == 403
    assert refused_for in answer.text
    assert "Origin" not in refused_for or "EASEL_PUBLIC_URL" in answer.text
