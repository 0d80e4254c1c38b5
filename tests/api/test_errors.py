"""Every way to be refused, in one shape, and nothing charged."""

import asyncio
import gzip
import json
import shutil
from collections.abc import AsyncIterator
from itertools import product

import httpx
import pytest
import pyvips
from sqlalchemy.exc import OperationalError
from tests.rig import MakeRig, Rig, request
from tests.support.waiting import settled, until

from easel.accounts.keys import create_key, set_key_state
from easel.accounts.teams import create_team, create_user
from easel.domain import Role
from easel.kit.clock import Clock
from easel.kit.ids import new_id
from easel.storage.folder import FolderStorage
from easel.testing import ManualClock

pytestmark = pytest.mark.anyio


def assert_shape(response: httpx.Response, status: int, code: str) -> None:
    body = response.json()
    assert (response.status_code, body["code"]) == (status, code), body
    assert body["error"]
    assert isinstance(body["retryable"], bool)
    assert set(body) <= {
        "error",
        "code",
        "retryable",
        "hint",
        "param",
        "details",
        "creditsRequired",
        "creditsAvailable",
    }
    assert response.headers["X-Request-Id"]


HOSTILE_BODIES = [
    b"",
    b"not json",
    b'"a text"',
    b"[1, 2]",
    b"null",
    b'{"model": "gpt-image-2", "prompt": "x"',
    b'{"model": "gpt-image-2", "prompt": NaN}',
    b'{"model": "gpt-image-2", "prompt": "x", "gptImage2Params": {"number_of_images": 1e999}}',
    b'{"model": "gpt-image-2", "prompt": "x", "prompt": "y"}',
    b'{"model": "gpt-image-2", "prompt": "\\ud800"}',
    b'{"model": "gpt-image-2", "prompt": "\\u0000"}',
    b'{"model": "gpt-image-2", "prompt": "\xff\xfe"}',
    b"[" * 100_000,
    b'{"a":' * 50_000,
    b'{"model": ' + b"9" * 5_000 + b"}",
    b"\x00\x01\x02",
]


@pytest.mark.parametrize("body", HOSTILE_BODIES, ids=lambda body: repr(body[:30]))
@pytest.mark.parametrize("path", ["/v2/images/generate", "/v2/images/estimate"])
async def test_a_hostile_body_is_a_clear_400(rig: Rig, path: str, body: bytes) -> None:
    response = await rig.client.post(path, content=body, headers={"Content-Type": "application/json"})
    assert response.status_code == 400
    assert_shape(response, 400, response.json()["code"])
    assert response.json()["details"]
    assert await rig.credits() == 1000


@pytest.mark.parametrize(
    "path", ["/v2/jobs?search=a%00b", "/v2/jobs?search=%00&status=FAILED", "/v2/jobs/%00", "/docs/quickstart%00.md"]
)
async def test_a_nul_in_an_address_is_a_clear_400(rig: Rig, path: str) -> None:
    assert_shape(await rig.client.get(path), 400, "invalid_request")


async def test_a_control_character_leads_to_no_route(rig: Rig) -> None:
    """What a proxy withholds by its path is not reached by one that only looks different."""
    for path in ("/v2/me%0A", "/metrics%0a", "/v2/jobs%0d%0a", "/files/a/b%1b", "/healthz%7f"):
        assert_shape(await rig.client.get(path), 400, "invalid_request")


async def test_a_prompt_that_nobody_can_see_is_empty(rig: Rig) -> None:
    for prompt in ("\u202e", "\u2060\u00ad", "\u3164 \u200d", "\ufe0f", "\u2800", "\x07\x1b", "\u061c\u200e"):
        refused = await rig.client.post("/v2/images/generate", json=request(prompt))
        assert_shape(refused, 400, "invalid_request")
        assert refused.json()["error"].startswith("prompt is empty")


async def test_a_compressed_body_is_refused_as_one(rig: Rig) -> None:
    body = gzip.compress(json.dumps(request()).encode())
    for path, encoding in product(("/v2/images/generate", "/v2/uploads"), ("gzip", "BR", "zstd", "gzip, identity")):
        refused = await rig.client.post(path, content=body, headers={"Content-Encoding": encoding})
        assert_shape(refused, 400, "invalid_request")
        assert encoding.lower() in refused.json()["error"]
    plain = await rig.client.post("/v2/images/estimate", json=request(), headers={"Content-Encoding": "identity"})
    assert plain.status_code == 200


async def test_every_problem_of_a_request_is_named_at_once(rig: Rig) -> None:
    body = {
        "model": "gpt-image-2",
        "prompt": " ",
        "webhookUrl": "http://example.com",
        "webhookEvents": ["started"],
        "gptImageParams": {},
        "colour": "red",
        "gptImage2Params": {"quality": "ultra", "background": "transparent", "number_of_images": 0},
    }
    response = await rig.client.post("/v2/images/generate", json=body)
    assert_shape(response, 400, "invalid_request")
    assert set(response.json()["details"]) == {
        "prompt",
        "webhookUrl",
        "webhookEvents[0]",
        "gptImageParams",
        "colour",
        "gptImage2Params.quality",
        "gptImage2Params.background",
        "gptImage2Params.number_of_images",
    }


async def test_a_key_is_required(rig: Rig) -> None:
    for headers in ({}, {"Authorization": "Basic abc"}, {"X-API-Key": " "}):
        response = await rig.client.get("/v2/me", headers={"X-API-Key": "", **headers})
        assert_shape(response, 401, "api_key_required")
        assert response.json()["error"] == "API key is required"


async def test_an_authorization_header_without_a_token_is_explained(rig: Rig) -> None:
    for header in ("Basic YTpi", "afk_abc", "Bearer", "Token afk_abc"):
        response = await rig.client.get("/v2/me", headers={"X-API-Key": "", "Authorization": header})
        assert_shape(response, 401, "api_key_required")
        assert response.json()["error"] == "API key is required"
        assert "Bearer" in response.json()["hint"]


async def test_a_key_that_is_wrapped_is_explained(rig: Rig) -> None:
    key = rig.client.headers["X-API-Key"]
    for wrapped in (f"Bearer {key}", f'"{key}"', f"'{key}'"):
        response = await rig.client.get("/v2/me", headers={"X-API-Key": wrapped})
        assert_shape(response, 401, "invalid_api_key")
        assert "without quotes" in response.json()["hint"]
    assert "hint" not in (await rig.client.get("/v2/me", headers={"X-API-Key": "afk_wrong"})).json()


async def test_an_unknown_key_is_refused(rig: Rig) -> None:
    for key in ("afk_nobody", "x" * 10_000, "clé"):
        response = await rig.client.get("/v2/me", headers=[(b"X-API-Key", key.encode())])
        assert_shape(response, 401, "invalid_api_key")
        assert response.json()["error"] == "Invalid API key"


async def test_an_empty_header_does_not_hide_a_bearer_token(rig: Rig) -> None:
    headers = {"Authorization": f"Bearer {rig.client.headers['X-API-Key']}", "X-API-Key": ""}
    assert (await rig.client.get("/v2/me", headers=headers)).status_code == 200


async def test_readiness_can_be_asked_by_many_at_once(rig: Rig) -> None:
    answers = await asyncio.gather(*(rig.client.get("/readyz") for _ in range(40)))
    assert {answer.status_code for answer in answers} == {200}


async def test_a_bearer_token_is_as_good_as_the_header(rig: Rig) -> None:
    key = rig.client.headers.pop("X-API-Key")
    assert (await rig.client.get("/v2/me", headers={"Authorization": f"Bearer {key}"})).status_code == 200


async def test_a_key_stops_working_the_moment_it_is_switched_off_or_revoked(rig: Rig) -> None:
    key_id = (await rig.client.get("/v2/me")).json()["apiKey"]["id"]
    await rig.db.write(set_key_state, key_id, "inactive")
    response = await rig.client.get("/v2/me")
    assert_shape(response, 403, "api_key_inactive")
    assert response.json()["error"] == "API key is inactive"
    await rig.db.write(set_key_state, key_id, "revoked")
    assert_shape(await rig.client.get("/v2/me"), 401, "invalid_api_key")


async def test_too_few_credits_queue_nothing(rig: Rig) -> None:
    response = await rig.generate(request(quality="high", number_of_images=10))
    assert response.status_code == 202
    for _ in range(3):
        await rig.generate(request(quality="high", number_of_images=10))
    response = await rig.generate(request(quality="high", number_of_images=10))
    assert_shape(response, 402, "insufficient_credits")
    body = response.json()
    assert (body["error"], body["creditsRequired"], body["creditsAvailable"]) == ("Insufficient credits", 230, 80)
    assert len((await rig.client.get("/v2/jobs")).json()["jobs"]) == 4


async def test_jobs_of_others_and_jobs_that_never_were_look_the_same(rig: Rig) -> None:
    submitted = await rig.generate()
    now = Clock().now()
    with rig.db.transaction() as tx:
        team = create_team(tx, name="Others", job_limit=1, now=now)
        user = create_user(tx, team_id=team, email="other@example.com", role=Role.OWNER, now=now)
        other = create_key(tx, user_id=user, name="k", test=False, now=now)
    rig.client.headers["X-API-Key"] = other.secret
    answers = [await rig.client.get(f"/v2/jobs/{job_id}") for job_id in (submitted.json()["jobId"], new_id())]
    for answer in answers:
        assert_shape(answer, 404, "job_not_found")
    assert answers[0].json() == answers[1].json()
    cancelled = await rig.client.post(f"/v2/jobs/{submitted.json()['jobId']}/cancel")
    assert_shape(cancelled, 404, "job_not_found")
    assert (await rig.client.get("/v2/jobs?scope=team")).json()["jobs"] == []


async def test_members_see_their_own_and_lead_nobody(rig: Rig) -> None:
    submitted = await rig.generate()
    team = (await rig.client.get("/v2/me")).json()["team"]["id"]
    with rig.db.transaction() as tx:
        user = create_user(tx, team_id=team, email="member@example.com", role=Role.MEMBER, now=Clock().now())
        key = create_key(tx, user_id=user, name="k", test=False, now=Clock().now())
    rig.client.headers["X-API-Key"] = key.secret
    assert (await rig.client.get("/v2/jobs")).json()["jobs"] == []
    assert_shape(await rig.client.get("/v2/jobs?scope=team"), 403, "permission_denied")
    cancelled = await rig.client.post(f"/v2/jobs/{submitted.json()['jobId']}/cancel")
    assert_shape(cancelled, 404, "job_not_found")


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("limit=0", "limit"),
        ("limit=101", "limit"),
        ("limit=x", "limit"),
        ("status=DONE", "status"),
        ("cursor=x", "cursor"),
    ],
)
async def test_a_wrong_query_names_its_field(rig: Rig, query: str, field: str) -> None:
    response = await rig.client.get(f"/v2/jobs?{query}")
    assert response.status_code == 400
    assert field in response.json()["details"]


async def test_ids_must_be_uuids(rig: Rig) -> None:
    refused = await rig.client.get("/v2/jobs/123")
    assert_shape(refused, 400, "invalid_request")
    assert refused.json()["error"].startswith("id: must be a UUID, such as ")
    assert_shape(await rig.client.post("/v2/jobs/123/cancel"), 400, "invalid_request")


async def test_unknown_paths_and_methods(rig: Rig) -> None:
    assert_shape(await rig.client.get("/v2/nothing"), 404, "not_found")
    response = await rig.client.put("/v2/images/generate")
    assert_shape(response, 405, "method_not_allowed")
    assert response.headers["Allow"] == "POST"


async def test_a_slash_too_many_is_forgiven(rig: Rig) -> None:
    """A base URL with a slash at its end is what clients are most often given."""
    for path, tidy in (
        ("//v2/me", "/v2/me"),
        ("/v2//me/", "/v2/me"),
        ("/v1//models?x=%20y", "/v1/models?x=%20y"),
        ("/v1/models/", "/v1/models"),
        ("//docs//jobs", "/docs/jobs"),
    ):
        response = await rig.client.get(rig.client.base_url.copy_with(raw_path=path.encode()))
        assert (response.status_code, response.headers["Location"]) == (307, tidy)
    made = await rig.client.post("/v2//images/estimate/", json=request(), follow_redirects=True)
    assert made.json()["valid"] is True, "with its body"
    for path in ("//evil.test/v2/nothing", "//evil.test", "/v2//nothing", "/%2f%2fevil.test//"):
        assert (await rig.client.get(rig.client.base_url.copy_with(raw_path=path.encode()))).status_code == 404


async def test_a_wrong_base_url_is_named(rig: Rig) -> None:
    for path, meant in (
        ("/v1/v1/models", "/v1/models"),
        ("/api/v1/images/generations", "/v1/images/generations"),
        ("/images/generations", "/v1/images/generations"),
        ("/v1/v2/images/generate/", "/v2/images/generate"),
        ("/images/generate", "/v2/images/generate"),
    ):
        response = await rig.client.post(path, json=request())
        assert response.status_code == 404
        assert f"Did you mean {meant}?" in response.text


async def test_bodies_and_uploads_over_the_limit(make_rig: MakeRig) -> None:
    async with make_rig(max_body_megabytes=1, max_upload_megabytes=1) as rig:
        assert_shape(await rig.generate(request("x" * 1_100_000)), 413, "too_large")

        async def drip() -> AsyncIterator[bytes]:
            for _ in range(20):
                yield b"x" * 100_000

        assert_shape(await rig.client.post("/v2/images/generate", content=drip()), 413, "too_large")
        files = {"file": ("a.png", b"\x89PNG" + b"x" * 1_100_000)}
        assert_shape(await rig.client.post("/v2/uploads", files=files), 413, "too_large")


async def test_uploads_must_be_images(rig: Rig) -> None:
    for files in ({"file": ("a.png", b"<html>")}, {"other": ("a.png", b"x")}):
        assert_shape(await rig.client.post("/v2/uploads", files=files), 400, "invalid_request")
    broken = {"Content-Type": "multipart/form-data; boundary=x"}
    assert (await rig.client.post("/v2/uploads", content=b"nonsense", headers=broken)).status_code == 400
    assert (await rig.client.post("/v2/uploads", json={})).status_code == 400


async def test_the_rate_limit_says_how_long_to_wait(make_rig: MakeRig) -> None:
    async with make_rig(rate_limit_per_minute=3, clock=ManualClock()) as rig:
        answers = [await rig.client.get("/v2/me") for _ in range(6)]
        assert [answer.status_code for answer in answers] == [200] * 3 + [429] * 3
        assert_shape(answers[3], 429, "rate_limited")
        assert 1 <= int(answers[3].headers["Retry-After"]) <= 60
        assert answers[0].headers["X-RateLimit-Remaining"] == "2"


async def test_a_fault_of_ours_keeps_the_shape_and_the_request_id(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr("easel.api.account.get_team", broken)
    response = await rig.client.get("/v2/me", headers={"X-Request-Id": "mine-1"})
    assert_shape(response, 500, "internal_error")
    assert response.headers["X-Request-Id"] == "mine-1"
    assert "a bug" not in response.text


async def test_a_server_without_a_database_says_so(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    def out(*_: object) -> None:
        raise OperationalError("SELECT 1", {}, Exception("disk I/O error"))

    monkeypatch.setattr("easel.api.caller.authenticate", out)
    response = await rig.client.get("/v2/me")
    assert_shape(response, 503, "unavailable")
    assert response.headers["Retry-After"]
    assert "disk" not in response.text


async def test_a_server_without_its_file_store_says_so(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("easel.runtime.readiness.FRESH", 0.0)
    monkeypatch.setattr("easel.runtime.readiness.PAUSES", (0.0,))
    assert (await rig.client.get("/readyz")).json()["status"] == "ready"
    storage = rig.services.storage
    assert isinstance(storage, FolderStorage)
    shutil.rmtree(storage.folder)
    storage.folder.write_text("in the way")
    await assert_without_store(rig)


@pytest.mark.backends("postgres")
async def test_a_server_without_its_bucket_says_so(make_rig: MakeRig) -> None:
    async with make_rig() as rig:
        assert (await rig.client.get("/readyz")).json()["status"] == "ready"
    async with make_rig(storage_endpoint="http://127.0.0.1:9") as rig:
        await assert_without_store(rig)


async def assert_without_store(rig: Rig) -> None:
    ready = await rig.client.get("/readyz")
    assert (ready.status_code, ready.json()["status"]) == (503, "not ready")
    assert ready.json()["checks"]["database"] == "ok"
    image = pyvips.Image.black(4, 4).write_to_buffer(".png")
    assert_shape(await rig.client.post("/v2/uploads", files={"file": ("a.png", image)}), 502, "storage_unavailable")


async def test_a_refusal_without_a_key_waits_and_one_with_a_key_does_not(make_rig: MakeRig) -> None:
    clock = ManualClock()
    async with make_rig(refusal_seconds=9, rate_limit_per_minute=1, clock=clock) as rig:
        for anonymous in ("/files/secret/name.png", "/nowhere"):
            waiting = asyncio.create_task(rig.client.get(anonymous, headers={"X-API-Key": ""}))
            await until(lambda: 9 in clock.waiting)
            assert (await rig.client.get("/healthz")).status_code == 200
            clock.advance(8_999)
            await settled()
            assert not waiting.done()
            clock.advance(1)
            assert (await waiting).status_code == 404
        assert (await rig.client.get("/v2/jobs/nothing")).status_code == 400
        too_often = asyncio.create_task(rig.client.get("/v2/jobs/nothing"))
        await until(lambda: 9 in clock.waiting)
        clock.advance(9_000)
        assert (await too_often).status_code == 429


async def test_a_request_id_of_the_clients_is_kept_if_it_is_sane(rig: Rig) -> None:
    assert (await rig.client.get("/healthz", headers={"X-Request-Id": "abc-1"})).headers["X-Request-Id"] == "abc-1"
    odd = await rig.client.get("/healthz", headers={"X-Request-Id": "a b\tc"})
    assert odd.headers["X-Request-Id"] != "a b\tc"


async def test_errors_are_json_even_for_odd_content_types(rig: Rig) -> None:
    response = await rig.client.post(
        "/v2/images/generate", content=json.dumps(request()), headers={"Content-Type": "text/plain"}
    )
    assert response.status_code == 202
