"""The Studio over HTTP: sessions, where requests come from, other teams' things, what a page may run, its contexts."""

import ast
import base64
import html
import json
import re
from pathlib import Path
from typing import Any

import httpx
import pytest
from jinja2 import meta
from tests.rig import KEY, MakeRig, Rig, request
from tests.support.images import encoded, gradient, masked
from tests.support.jobs import create_tenant

from easel import __version__
from easel.accounts.keys import create_key
from easel.accounts.sessions import csrf_token
from easel.accounts.teams import create_user
from easel.api.caller import SESSION_COOKIE
from easel.cli.studio import link_code
from easel.domain import Role
from easel.errors import ContentRejected
from easel.kit.clock import HOUR
from easel.kit.ids import new_id
from easel.studio import frame
from easel.studio.front import prefers_page
from easel.studio.shown import shown
from easel.testing import InstantProvider, ManualClock
from easel.web.assets import asset
from easel.web.filters import at_home, local, unchanged
from easel.web.page import environment

pytestmark = [pytest.mark.anyio, pytest.mark.backends("embedded")]

PAGES = ("create", "gallery", "account", "team", "webhooks")
HERE = {"Origin": "http://easel.test"}
PLAIN, HOLE = encoded(gradient()), encoded(masked())


def browser(rig: Rig) -> httpx.AsyncClient:
    """A client without a key, which keeps cookies."""
    return httpx.AsyncClient(transport=rig.transport, base_url="http://easel.test")


async def sign_in(client: httpx.AsyncClient, key: str = KEY, **form: str) -> httpx.Response:
    return await client.post("/studio/signin", data={"key": key} | form, headers=HERE)


def token(client: httpx.AsyncClient) -> str:
    return csrf_token(client.cookies[SESSION_COOKIE])


async def test_the_cookie_is_done_right(rig: Rig) -> None:
    async with browser(rig) as client:
        answer = await sign_in(client)
        assert (answer.status_code, answer.headers["location"]) == (303, "/studio/create")
        cookie = answer.headers["set-cookie"].lower()
        for word in ("httponly", "samesite=lax", "path=/", "max-age=604800"):
            assert word in cookie
        assert "secure" not in cookie
        assert KEY not in cookie


async def test_on_https_the_cookie_is_secure(make_rig: MakeRig) -> None:
    async with make_rig(public_url="https://easel.example") as rig, browser(rig) as client:
        answer = await client.post("/studio/signin", data={"key": KEY}, headers=HERE)
        cookie = answer.headers["set-cookie"]
        assert cookie.startswith(f"__Host-{SESSION_COOKIE}=")
        assert "secure" in cookie.lower()
        assert "domain" not in cookie.lower()
        session = {"Cookie": cookie.partition(";")[0]}
        assert (await client.get("/studio/account", headers=session)).status_code == 200
        planted = {"Cookie": session["Cookie"].removeprefix("__Host-")}
        client.cookies.clear()
        assert (await client.get("/studio/account", headers=planted)).status_code == 303
        form = {"csrf": csrf_token(session["Cookie"].partition("=")[2])}
        ended = await client.post("/studio/signout", data=form, headers=session)
        assert ended.headers["set-cookie"].startswith(f"__Host-{SESSION_COOKIE}=")
        assert "secure" in ended.headers["set-cookie"].lower()


async def test_a_wrong_key_is_told_so(rig: Rig) -> None:
    async with browser(rig) as client:
        answer = await sign_in(client, "afk_<script>alert(1)</script>")
        assert answer.status_code == 401
        assert "Invalid API key" in answer.text
        assert "<script>alert" not in answer.text


@pytest.mark.parametrize(
    "where", ["//evil.test", "https://evil.test", "/studio/../../x", "/studio\\evil", "/elsewhere"]
)
async def test_nobody_is_sent_elsewhere(rig: Rig, where: str) -> None:
    async with browser(rig) as client:
        assert (await sign_in(client, next=where)).headers["location"] == "/studio/create"
        assert where not in (await client.get("/studio/signin", params={"next": where})).text


async def test_every_page_asks_to_sign_in_and_comes_back(rig: Rig) -> None:
    async with browser(rig) as client:
        for name in PAGES:
            answer = await client.get(f"/studio/{name}?x=1")
            assert (answer.status_code, answer.headers["location"]) == (
                303,
                f"/studio/signin?next=/studio/{name}%3Fx%3D1",
            )
        answer = await sign_in(client, next="/studio/gallery?status=FAILED")
        assert answer.headers["location"] == "/studio/gallery?status=FAILED"


BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8"


async def test_the_address_of_the_server_leads_people_to_the_studio(rig: Rig) -> None:
    async with browser(rig) as client:
        answer = await client.get("/", headers={"Accept": BROWSER}, follow_redirects=True)
        assert answer.status_code == 200
        assert [one.headers["location"] for one in answer.history[:2]] == ["/studio", "/studio/create"]


async def test_the_address_of_the_server_tells_programs_what_it_is(rig: Rig) -> None:
    async with browser(rig) as client:
        answer = await client.get("/")
        about = answer.json()
        assert (answer.headers["vary"], about["name"], about["version"]) == ("Accept", "Easel", __version__)
        for name in ("studio", "docs", "openapi", "llms", "health"):
            there = await client.get(about[name], headers={"Accept": BROWSER}, follow_redirects=True)
            assert there.status_code == 200, name
        head = await client.head("/", headers={"Accept": "application/json"})
        assert (head.status_code, head.headers["content-type"], head.content) == (200, "application/json", b"")


@pytest.mark.parametrize(
    ("accept", "page"),
    [
        (BROWSER, True),
        ("TEXT/HTML", True),
        ("text/html;level=1;q=0.4, application/json;q=0.3", True),
        ("text/*", True),
        ("", False),
        ("*/*", False),
        ("application/json, text/plain, */*", False),
        ("application/json, text/html", False),
        ("text/html;q=0", False),
        ("text/html;q=nan", False),
        ("text/html;q=much", False),
        ("text/htmlx, q=1;;,", False),
        ("," * 50_000 + "text/html", False),
    ],
)
def test_only_who_asks_for_a_page_is_shown_one(accept: str, page: bool) -> None:
    assert prefers_page(accept) is page


async def test_a_wrong_address_is_a_page_with_the_navigation_for_whoever_is_signed_in(rig: Rig) -> None:
    async with browser(rig) as client:
        for signed_in in (False, True):
            if signed_in:
                await sign_in(client)
            for path in ("/studio/nothing", "/studio/jobs/nothing/more", "/studio/gallery/x.html"):
                answer = await client.get(path)
                assert answer.status_code == 404
                assert "Page not found" in answer.text
                assert ('aria-label="Studio"' in answer.text) is signed_in
        assert 'aria-label="Studio"' in (await client.get(f"/studio/jobs/{new_id()}")).text
        assert 'aria-label="Studio"' in (await client.get("/studio/account?days=x")).text
        for path in ("/studio/gallery/", "/studio//gallery"):
            assert (await client.get(path)).headers["location"] == "/studio/gallery"


@pytest.mark.parametrize(
    ("key", "advice"),
    [
        ("sk-proj-0123456789", "begin with “afk_”"),
        ("Bearer afk_0123456789", "spaces or quotes"),
        ("'afk_0123456789'", "spaces or quotes"),
        ("afk_0123456789", "If it was revoked"),
    ],
)
async def test_a_wrong_key_gets_help(rig: Rig, key: str, advice: str) -> None:
    async with browser(rig) as client:
        answer = await sign_in(client, key)
        assert answer.status_code == 401
        assert advice in answer.text


async def test_a_session_brought_along_is_not_taken_over(rig: Rig) -> None:
    """Fixation: whoever plants a cookie before somebody signs in holds nothing afterwards."""
    async with browser(rig) as attacker, browser(rig) as victim:
        await sign_in(attacker)
        planted = attacker.cookies[SESSION_COOKIE]
        victim.cookies.set(SESSION_COOKIE, planted, domain="easel.test")
        victim.cookies.clear()
        await victim.post("/studio/signin", data={"key": KEY}, headers=HERE | {"Cookie": f"{SESSION_COOKIE}={planted}"})
        assert victim.cookies[SESSION_COOKIE] != planted
        assert (await attacker.get("/v2/me")).status_code == 401
    async with browser(rig) as client:
        client.cookies.set(SESSION_COOKIE, "chosen-by-somebody", domain="easel.test")
        assert (await client.get("/v2/me")).status_code == 401


async def test_a_session_ends_with_its_key_at_sign_out_and_with_time(make_rig: MakeRig) -> None:
    clock = ManualClock()
    async with make_rig(clock=clock, session_hours=2) as rig, browser(rig) as client:
        made = (await rig.client.post("/v2/keys", json={"name": "x"})).json()
        await sign_in(client, made["secret"])
        assert (await client.get("/v2/me")).status_code == 200
        await rig.client.post(f"/v2/keys/{made['id']}/deactivate")
        assert (await client.get("/v2/me")).status_code == 403
        await rig.client.post(f"/v2/keys/{made['id']}/activate")
        clock.advance(3 * HOUR)
        assert (await client.get("/v2/me")).status_code == 401
        await sign_in(client, made["secret"])
        session = client.cookies[SESSION_COOKIE]
        assert (await client.post("/studio/signout", data={"csrf": "x"})).status_code == 403
        assert (await client.post("/studio/signout", data={"csrf": token(client)})).status_code == 303
        client.cookies.set(SESSION_COOKIE, session, domain="easel.test")
        assert (await client.get("/v2/me")).status_code == 401
        await rig.client.post(f"/v2/keys/{made['id']}/revoke")
        assert (await sign_in(client, made["secret"])).status_code == 401


async def test_a_link_signs_in_once_and_not_for_long(make_rig: MakeRig) -> None:
    async with make_rig() as rig, browser(rig) as client:
        code = await link_code(rig.db)
        assert (await client.get(f"/studio/enter?code={code}")).status_code == 200
        assert SESSION_COOKIE not in client.cookies
        assert (await client.post("/studio/signin", data={"code": str(code)}, headers=HERE)).status_code == 303
        assert (await client.get("/v2/me")).status_code == 200
        assert (await client.post("/studio/signin", data={"code": str(code)}, headers=HERE)).status_code == 401
        session = client.cookies[SESSION_COOKIE]
        assert (await client.post("/studio/signin", data={"code": session}, headers=HERE)).status_code == 401


async def test_what_changes_something_must_come_from_a_page_of_ours(rig: Rig) -> None:
    async with browser(rig) as client:
        await sign_in(client)
        for headers in ({}, {"X-CSRF-Token": "0" * 64}, {"X-CSRF-Token": "x"}):
            for method, path in (
                ("POST", "/v2/images/generate"),
                ("POST", "/v2/keys"),
                ("POST", "/v2/uploads"),
                ("DELETE", "/v2/jobs/00000000-0000-7000-8000-000000000000"),
                ("POST", "/studio/snippets"),
            ):
                refused = await client.request(method, path, headers=headers)
                assert refused.status_code == 403, path
        made = await client.post("/v2/images/generate", json=request(), headers={"X-CSRF-Token": token(client)})
        assert made.status_code == 202
        with_a_key = await client.post("/v2/images/generate", json=request(), headers={"X-API-Key": KEY})
        assert with_a_key.status_code == 202


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.test"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
async def test_signing_in_must_be_asked_for_here(rig: Rig, headers: dict[str, str]) -> None:
    """Else a page elsewhere could sign its visitors in to somebody else's account."""
    async with browser(rig) as client:
        refused = await client.post("/studio/signin", data={"key": KEY}, headers=headers)
        assert refused.status_code == 403
        assert SESSION_COOKIE not in client.cookies


async def test_another_teams_things_are_not_there(rig: Rig) -> None:
    finished = await rig.finished(await rig.generate(request("our secret plan")))
    name = finished["result"]["images"][0].rpartition("/")[2]
    other = await create_tenant(rig.db, "Rivals", credits=100)
    async with browser(rig) as client:
        await sign_in(client, other.secret)
        for path in (
            f"/studio/jobs/{finished['id']}",
            f"/studio/jobs/{finished['id']}/card",
            f"/studio/create?again={finished['id']}",
            f"/studio/compare?image={finished['id']}-1&image={finished['id']}-1",
            f"/v2/archive?name={name}",
            f"/v2/jobs/{finished['id']}",
        ):
            answer = await client.get(path)
            assert (answer.status_code, "secret plan" in answer.text) == (404, False), path
        for page in ("gallery", "gallery/tiles", "account", "team", "webhooks", "create"):
            text = (await client.get(f"/studio/{page}")).text
            assert "secret plan" not in text
            assert "owner@localhost" not in text
        stream = await client.get(f"/v2/watch?id={finished['id']}")
        assert "completed" not in stream.text


XSS = "</script><img src=x onerror=alert(1)>\"'><svg onload=alert(2)>"


async def test_words_of_others_are_shown_and_not_run(rig: Rig) -> None:
    made = await rig.finished(await rig.generate(request(XSS)))
    await rig.client.post("/v2/keys", json={"name": XSS})
    await rig.client.post("/v2/people", json={"email": "<b>x</b>@team.test"})
    async with browser(rig) as client:
        await sign_in(client)
        paths = [
            f"/studio/{name}" for name in (*PAGES, "gallery/tiles", f"jobs/{made['id']}", f"jobs/{made['id']}/card")
        ]
        paths += [
            f"/studio/compare?image={made['id']}-1&image={made['id']}-1",
            f"/studio/create?again={made['id']}",
        ]
        for path in (*paths, f"/studio/create?{httpx.QueryParams(prompt=XSS, image=XSS, model=XSS, quality=XSS)}"):
            text = (await client.get(path)).text
            assert "<img src=x" not in text, path
            assert "<svg onload" not in text, path
            assert "<b>x</b>" not in text, path


OFF_SITE = (
    "https://x.example//evil.example/files/a",
    "http://easel.test.evil.example/files/a/b.png",
    "http://easel.test@evil.example/files/a/b.png",
    "https://x.example/\\\\evil.example/files/a",
    "https://[/files/a",
)


@pytest.mark.parametrize("address", OFF_SITE)
async def test_an_input_of_others_is_no_link_and_no_address_of_ours(rig: Rig, address: str) -> None:
    body = request(input_images=[address])
    async with browser(rig) as client:
        await sign_in(client)
        made = await rig.generate(body)
        if made.status_code == 202:
            page = (await client.get(f"/studio/jobs/{made.json()['jobId']}")).text
            assert not re.search(r"""(?:href|src)="[^"]*evil""", page)
        page = (await client.get("/studio/create", params={"image": address})).text
        facts = json.loads(re.findall(r'id="facts">(.*?)</script>', page)[0])
        assert facts["images"] == [address]


def test_a_local_address_leads_to_no_other_host() -> None:
    for address in (*OFF_SITE[:4], "//evil.example", "\\\\evil.example/x", "/\\evil.example"):
        assert re.match(r"/(?![/\\])", local(address)), address
    assert at_home("http://easel.test/files/a/b.png?x=1", "http://easel.test") == "/files/a/b.png?x=1"


@pytest.mark.parametrize(
    "body",
    [
        b'{"prompt":"x"}',
        b'{"model":"x","prompt":"x","p":{"input_images":5}}',
        b'{"model":"gpt-image-2","prompt":"x","gptImage2Params":{"quality":[[[[]]]]}}',
        b'{"model":"gpt-image-2","prompt":5}',
        b"[]",
        b"{",
    ],
)
async def test_only_a_legal_request_is_shown_as_code(rig: Rig, body: bytes) -> None:
    refused = await rig.client.post("/studio/snippets", content=body)
    assert refused.status_code == 400
    large = b'{"model":"gpt-image-2","prompt":"' + b"word " * 100_000 + b'"}'
    assert (await rig.client.post("/studio/snippets", content=large)).status_code == 413
    for prompt in ("", "a fox"):
        shown = await rig.client.post("/studio/snippets", json=request(prompt))
        assert set(shown.json()) == {"curl", "Python", "JavaScript", "OpenAI SDK", "easel"}


async def test_the_form_hides_what_a_rule_leaves_no_choice(rig: Rig) -> None:
    async with browser(rig) as client:
        await sign_in(client)
        for model, kind, hidden in (
            ("gpt-image-2", None, False),
            ("gpt-image-2", "png", True),
            ("gpt-image-1.5", None, True),
            ("gpt-image-1.5", "jpeg", False),
        ):
            query = {"model": model} | ({"output_format": kind} if kind else {})
            page = (await client.get("/studio/create", params=query)).text
            own = page.partition(f'data-params="{model}"')[2]
            [attributes] = re.findall(r'data-field="output_compression"([^>]*)>', own.partition('class="params"')[0])
            assert (attributes == " hidden") is hidden, query


async def test_the_form_begins_with_medium_and_repeats_a_job_as_it_was(rig: Rig) -> None:
    """auto, the API's default, costs as much as high; a job without a quality was made with auto."""
    body = {"model": "gpt-image-2", "prompt": "a fox"}
    job: str = (await rig.generate(body)).json()["jobId"]
    cases: list[tuple[dict[str, str], str]] = [({}, "medium"), ({"quality": "low"}, "low"), ({"again": job}, "auto")]
    async with browser(rig) as client:
        await sign_in(client)
        for query, quality in cases:
            page = (await client.get("/studio/create", params=query)).text
            assert f'name="gpt-image-2.quality" value="{quality}" checked' in page, query


async def test_the_form_has_a_mask_where_a_provider_has_masks(make_rig: MakeRig) -> None:
    elsewhere = {"real": True, "replicate_api_token": "r8_x", "providers": "replicate"}
    cases: list[tuple[dict[str, Any], bool]] = [({}, True), (elsewhere, False)]
    for given, masks in cases:
        async with make_rig(**given) as rig, browser(rig) as client:
            await sign_in(client)
            facts = json.loads(re.findall(r'id="facts">(.*?)</script>', (await client.get("/studio/create")).text)[0])
            assert {model: about["mask"] for model, about in facts["models"].items()} == {
                "gpt-image-2": masks,
                "gpt-image-1.5": masks,
            }
            assert facts["mask"] is None


async def test_a_mask_is_shown_with_its_job_and_used_again(rig: Rig) -> None:
    image, mask = ("data:image/png;base64," + base64.b64encode(one.data).decode() for one in (PLAIN, HOLE))
    job = await rig.finished(await rig.generate(request(input_images=[image], mask=mask, user="u-1")))
    path = job["mask"].removeprefix("http://easel.test")
    async with browser(rig) as client:
        await sign_in(client)
        page = (await client.get(f"/studio/jobs/{job['id']}")).text
        assert f'href="{path}"' in page
        assert "<dd>u-1</dd>" in page
        assert "<dt>Mask</dt>" not in page
        page = (await client.get("/studio/create", params={"again": job["id"]})).text
        assert json.loads(re.findall(r'id="facts">(.*?)</script>', page)[0])["mask"] == path


def again_of(page: str) -> Any:
    return json.loads(re.findall(r'id="again">(.*?)</script>', page)[0])


async def test_the_page_of_an_edit_shows_its_versions_and_what_it_was_generated_with(rig: Rig) -> None:
    first = await rig.finished(await rig.generate(request("a fox", quality="low", number_of_images=2)))
    image = first["result"]["images"][1]
    edit = await rig.finished(await rig.generate(request("warmer", quality="low", input_images=[image])))
    last = await rig.finished(await rig.generate(request("colder", input_images=edit["result"]["images"])))
    async with browser(rig) as client:
        await sign_in(client)
        page = (await client.get(f"/studio/jobs/{last['id']}")).text
        steps = re.findall(r'href="/studio/jobs/(\S+)\?image=(\d)".*?<span class="small">([^<]*)</span>', page)
        assert steps == [(first["id"], "2", "Original"), (edit["id"], "1", "Edit 1"), (last["id"], "1", "Edit 2")]
        assert '<dd>auto <span class="quiet">(default)</span></dd>' in page
        assert "new variation" not in page.lower(), "an edit of a repeatable provider is the same every time"
        page = (await client.get(f"/studio/jobs/{first['id']}")).text
        assert "<dd>low</dd>" in page
        assert "Versions" not in page
        assert re.search(r"2 new variations <span class=.number.>· 8 credits</span>", page)
        assert again_of(page) == request("a fox", quality="low", number_of_images=2)


async def test_new_variations_take_the_inputs_that_are_kept_and_tell_no_webhook(make_rig: MakeRig) -> None:
    image, mask = ("data:image/png;base64," + base64.b64encode(one.data).decode() for one in (PLAIN, HOLE))
    async with make_rig(provider=InstantProvider(repeatable=False)) as rig, browser(rig) as client:
        body = request("warmer", input_images=[image], mask=mask) | {"webhookUrl": "https://example.com/hook"}
        job = await rig.finished(await rig.generate(body | {"variation": 3}))
        await sign_in(client)
        page = (await client.get(f"/studio/jobs/{job['id']}")).text
        assert again_of(page) == request("warmer", input_images=job["inputs"], mask=job["mask"])
        assert '<dt>Variation</dt><dd class="number">3</dd>' in page


async def test_a_failed_job_is_tried_again_as_it_was(make_rig: MakeRig) -> None:
    async with make_rig(provider=InstantProvider(script=[ContentRejected("no")])) as rig, browser(rig) as client:
        job = await rig.finished(await rig.generate(request("a fox")))
        assert job["status"] == "FAILED"
        await sign_in(client)
        page = (await client.get(f"/studio/jobs/{job['id']}")).text
        assert re.search(r"Try again <span class=.number.>· 4 credits</span>", page)
        assert again_of(page) == request("a fox")


def test_an_edit_that_changed_nothing_says_why() -> None:
    nothing = "Nothing was changed: the picture is as it came."
    assert unchanged(["Not done: “smile”. It makes no faces.", nothing]) == "“smile”. It makes no faces."
    assert unchanged([nothing]) == "The picture is as it came."
    assert unchanged(["Done: Black and white.", "Not done: “smile”."]) == ""
    assert unchanged([]) == ""


async def test_the_card_and_the_page_of_a_job_say_what_was_drawn_once(make_rig: MakeRig) -> None:
    async with make_rig(real=True) as rig, browser(rig) as client:
        await sign_in(client)
        job = await rig.finished(await rig.generate(request(prompt="A cat, a theremin and a <b>zorkmid</b>")))
        read = (await rig.client.get(f"/v2/jobs/{job['id']}")).json()
        lists = shown(read["brief"], read["warnings"]).lines
        assert lists["Drawn"] == "cat"
        assert len(lists) == 3
        for path in ("create", f"jobs/{job['id']}", f"jobs/{job['id']}/card"):
            page = html.unescape((await client.get(f"/studio/{path}")).text)
            assert all(page.count(name) == 1 and things in page for name, things in lists.items() if name != "Drawn")


async def test_images_compared_differ_only_where_they_really_do(rig: Rig) -> None:
    told = await rig.finished(await rig.generate(request("a fox", quality="low", aspect_ratio="1:1")))
    older = await rig.finished(await rig.generate(request("a fox", "gpt-image-1.5", quality="medium")))
    async with browser(rig) as client:
        await sign_in(client)
        page = (await client.get("/studio/compare", params={"image": [f"{told['id']}-1", f"{older['id']}-1"]})).text
        differing = {name for mark, name in re.findall(r'<tr( class="differs")?><th scope="row">([^<]*)', page) if mark}
        assert differing == {"Model", "Credits", "Quality"}


async def test_images_are_chosen_by_their_prompts(rig: Rig) -> None:
    jobs = [await rig.finished(await rig.generate(request(prompt))) for prompt in ("a fox", "a hare")]
    async with browser(rig) as client:
        assert (await client.get("/studio/picker")).status_code == 303
        await sign_in(client)
        for search, found in (("", jobs[::-1]), ("hare", jobs[1:]), ("owl", [])):
            page = (await client.get("/studio/picker", params={"search": search})).text
            paths = [local(job["result"]["images"][0]) for job in found]
            assert re.findall(r'value="([^"]*)"', page) == paths


async def test_a_mask_is_in_the_code(rig: Rig) -> None:
    address = "https://example.com/m.png"
    body = request(input_images=["https://example.com/i.png"], mask=address, user=None, safety_identifier="s")
    shown = (await rig.client.post("/studio/snippets", json=body)).json()
    assert f'mask=urlopen("{address}").read()' in shown["OpenAI SDK"]
    assert f"--mask {address}" in shown["easel"]
    assert "--param safety_identifier=s" in shown["easel"]
    assert "user=" not in shown["easel"]
    assert all(address in code for code in shown.values())


async def test_the_command_line_has_an_option_for_compression(rig: Rig) -> None:
    shown = await rig.client.post("/studio/snippets", json=request(output_format="webp", output_compression=80))
    assert "--compression 80" in shown.json()["easel"]
    assert '"output_compression": 80' in shown.json()["curl"]


@pytest.mark.parametrize("path", ["/studio/signin", "/studio/create", "/studio/account", "/studio/jobs/nothing"])
async def test_no_cache_keeps_a_page_of_the_studio(rig: Rig, path: str) -> None:
    async with browser(rig) as client:
        await sign_in(client)
        assert (await client.get(path)).headers["cache-control"] == "private, no-store"


@pytest.mark.parametrize(
    "path", ["/studio/signin", "/studio/create", "/docs/quickstart", "/docs/nothing", "/docs/reference"]
)
async def test_every_page_lets_a_browser_run_only_what_is_ours(rig: Rig, path: str) -> None:
    async with browser(rig) as client:
        await sign_in(client)
        answer = await client.get(path)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    for script in re.findall(r"<script[^>]*>", answer.text):
        assert 'src="/assets/' in script or 'type="application/json"' in script
    assert not re.search(r"\son\w+=|\sstyle=|javascript:", re.sub(r"<pre.*?</pre>", "", answer.text, flags=re.DOTALL))


async def test_scripts_and_styles_are_sent_compressed(rig: Rig) -> None:
    for name in ("create.js", "base.css"):
        packed = await rig.client.get(asset(name), headers={"Accept-Encoding": "gzip"})
        plain = await rig.client.get(asset(name), headers={"Accept-Encoding": "gzip;q=0"})
        assert packed.headers["content-encoding"] == "gzip"
        assert "content-encoding" not in plain.headers
        assert packed.text == plain.text
        assert packed.headers["content-type"] == plain.headers["content-type"]
        assert "immutable" in packed.headers["cache-control"]


@pytest.mark.parametrize(
    "path",
    [
        "/docs/../../../etc/passwd",
        "/docs/..%2f..%2fpyproject.toml",
        "/docs/%2e%2e/pages/_model.md",
        "/docs/_model",
        "/docs/_model.md",
        "/docs/models/..%2f_model.md",
        "/assets/x/..%2f..%2fpage.py",
        "/assets/../web/page.py",
        "/files/x/..%2f..%2feasel.db",
        "/previews/x/..%2feasel.db",
    ],
)
async def test_tricks_with_paths_lead_nowhere(rig: Rig, path: str) -> None:
    answer = await rig.client.get(path)
    assert answer.status_code == 404
    assert "import" not in answer.text


def notice_of(page: str) -> str:
    """The line about sketch, without its tags."""
    found = re.search(r'<aside class="notice.*?<p>(.*?)</p>', page, re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", found[1])).split()) if found else ""


async def test_whoever_gets_images_of_sketch_is_told_so(rig: Rig) -> None:
    owner = (await rig.client.post("/v2/keys", json={"name": "x"})).json()["secret"]
    test = (await rig.client.post("/v2/keys", json={"name": "t", "test": True})).json()["secret"]
    team = (await rig.client.get("/v2/me")).json()["team"]["id"]
    with rig.db.transaction() as tx:
        user_id = create_user(tx, team_id=team, email="member@team.test", role=Role.MEMBER, now=1)
        member = create_key(tx, user_id=user_id, name="m", test=False, now=1).secret
    drawn = "Images are drawn by Easel's built-in placeholder, sketch."
    for key, words in (
        (owner, f"No image model is connected. {drawn} Connect a provider"),
        (member, f"No image model is connected. {drawn} Ask owner@localhost to connect a provider."),
        (test, f"Test mode: {drawn[0].lower()}{drawn[1:-1]}, not by an image model. About test mode"),
    ):
        async with browser(rig) as client:
            await sign_in(client, key)
            page = (await client.get("/studio/create")).text
            assert notice_of(page) == words
            assert page.count("(drawn by sketch)</option>") == 2
            assert notice_of((await client.get("/studio/gallery")).text) == words
            user = re.findall(r'data-user="([^"]+)"', page)[0]
            client.cookies.set("easel_sketch_notice", user, domain="easel.test")
            assert not notice_of((await client.get("/studio/gallery")).text)


async def test_what_sketch_drew_is_marked(make_rig: MakeRig) -> None:
    for name in ("openai", "sketch"):
        async with make_rig(provider=InstantProvider(name=name)) as rig, browser(rig) as client:
            await sign_in(client)
            job = await rig.finished(await rig.generate())
            for path in ("create", "gallery", f"jobs/{job['id']}", f"jobs/{job['id']}/card"):
                page = (await client.get(f"/studio/{path}")).text
                assert ('class="drawn"' in page) is (name == "sketch"), path


@pytest.mark.parametrize(
    ("providers", "paused", "words"),
    [
        ("openai", False, ""),
        ("openai,sketch", False, ""),
        ("openai,sketch", True, "GPT Image 2 and GPT Image 1.5 are unavailable. Their images are drawn by"),
    ],
)
async def test_a_model_that_is_connected_is_not_called_missing(
    make_rig: MakeRig, providers: str, paused: bool, words: str
) -> None:
    async with make_rig(real=True, openai_api_key="sk-x", providers=providers) as rig, browser(rig) as client:
        if paused:
            rig.services.limiters["openai"].record_failure("The key was refused.", permanent=True)
        await sign_in(client)
        page = (await client.get("/studio/create")).text
        assert notice_of(page).startswith(words) if words else not notice_of(page)
        assert ("(drawn by sketch)" in page) is paused


def contexts_of_the_studio() -> dict[str, set[str]]:
    """What each template is given, as the calls of `show` in the source say."""
    contexts: dict[str, set[str]] = {}
    for path in Path(frame.__file__).parent.glob("*.py"):
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "show":
                template = ast.literal_eval(call.args[0])
                names = {keyword.arg or "" for keyword in call.keywords}
                assert contexts.setdefault(template, names) == names
    return contexts


CONTEXTS = contexts_of_the_studio()
SHARED = {"asset"}


def names_of(environment: Any, template: str) -> set[str]:
    """What a template, and those it stands on or includes, take from their context."""
    source = environment.loader.get_source(environment, template)[0]
    tree = environment.parse(source)
    own = set(re.findall(r"\{% (?:set|macro|import \S+ as) (\w+)", source))
    found = set(meta.find_undeclared_variables(tree)) - own
    for other in meta.find_referenced_templates(tree):
        if other and other != "_code.html":
            found |= names_of(environment, other)
    return found


@pytest.mark.parametrize("template", CONTEXTS)
def test_a_context_holds_what_its_template_shows(template: str) -> None:
    names = names_of(environment(frame.TEMPLATES), template) - SHARED - {"job", "here"}
    assert CONTEXTS[template] - {"job"} == names


def test_every_template_of_the_studio_has_a_context_or_is_part_of_one_that_has() -> None:
    loaded = environment(frame.TEMPLATES)
    names = {path.name for path in frame.TEMPLATES.glob("*.html")}
    sources = [(frame.TEMPLATES / name).read_text("utf-8") for name in names]
    parts = {part for source in sources for part in meta.find_referenced_templates(loaded.parse(source))}
    assert names - parts <= set(CONTEXTS) <= names


async def test_signing_in_counts_against_the_rate_limit(make_rig: MakeRig) -> None:
    async with make_rig(rate_limit_per_minute=3, clock=ManualClock()) as rig, browser(rig) as client:
        statuses = [(await sign_in(client)).status_code for _ in range(5)]
        assert statuses == [303, 303, 303, 429, 429]
