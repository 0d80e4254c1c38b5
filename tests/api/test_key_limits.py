"""Keys with an expiry, a monthly credit limit and a list of models; and members who leave."""

import asyncio
from typing import Any

import httpx
import pytest
from tests.rig import MakeRig, Rig, request

from easel.accounts.sessions import caller_of_session, new_session
from easel.domain import Pending
from easel.errors import Unauthorized
from easel.kit.clock import DAY, HOUR
from easel.testing import InstantProvider, ManualClock

pytestmark = [pytest.mark.anyio, pytest.mark.backends]
PRICE = 4  # of an image of `request()`
DECEMBER = 1_796_083_200_000  # 2026-12-01T00:00:00Z


async def new_key(rig: Rig, **limits: Any) -> dict[str, Any]:
    made = await rig.client.post("/v2/keys", json={"name": "shop", **limits})
    assert made.status_code == 201, made.text
    body: dict[str, Any] = made.json()
    return body


def client_of(rig: Rig, key: dict[str, Any]) -> httpx.AsyncClient:
    headers = {"X-API-Key": key["secret"]}
    return httpx.AsyncClient(transport=rig.transport, base_url="http://easel.test", headers=headers)


async def listed(rig: Rig, key: dict[str, Any]) -> dict[str, Any]:
    keys: list[dict[str, Any]] = (await rig.client.get("/v2/keys")).json()["keys"]
    return next(one for one in keys if one["id"] == key["id"])


async def test_a_key_shows_its_limits_and_they_change_one_by_one(rig: Rig) -> None:
    limits = {"expiresAt": "2126-12-31T18:00:00+01:00", "monthlyCredits": 500, "models": ["gpt-image-2"]}
    key = await new_key(rig, **limits)
    shown = {name: key[name] for name in ("name", *limits, "creditsThisMonth")}
    assert shown == {
        "name": "shop",
        **limits,
        "expiresAt": "2126-12-31T17:00:00.000Z",
        "creditsThisMonth": 0,
    }
    path = f"/v2/keys/{key['id']}"
    renamed = (await rig.client.patch(path, json={"name": "web shop"})).json()
    assert renamed == {**{name: value for name, value in key.items() if name != "secret"}, "name": "web shop"}
    changed = (await rig.client.patch(path, json={"expiresAt": "2126-12-31", "monthlyCredits": None})).json()
    assert (changed["expiresAt"], changed["monthlyCredits"]) == ("2126-12-31T23:59:59.000Z", None)
    assert (changed["models"], changed["name"]) == (["gpt-image-2"], "web shop")
    lifted = (await rig.client.patch(path, json={"expiresAt": None, "models": None})).json()
    assert (lifted["expiresAt"], lifted["models"], lifted) == (None, None, await listed(rig, key))
    await rig.client.post(f"{path}/revoke")
    assert (await rig.client.patch(path, json={"name": "late"})).status_code == 404


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"name": None}, "name"),
    ({"name": "\u0007"}, "name"),
    ({"expiresAt": "soon"}, "expiresAt"),
    ({"expiresAt": "2020-01-01"}, "expiresAt"),
    ({"expiresAt": "9999-12-31T23:59:59-23:00"}, "expiresAt"),
    ({"monthlyCredits": -1}, "monthlyCredits"),
    ({"monthlyCredits": True}, "monthlyCredits"),
    ({"monthlyCredits": 10**16}, "monthlyCredits"),
    ({"models": []}, "models"),
    ({"models": ["gpt-image-3"]}, "models"),
    ({"credits": 5}, "credits"),
]


async def test_a_wrong_limit_names_the_field_and_changes_nothing(rig: Rig) -> None:
    (key,) = (await rig.client.get("/v2/keys")).json()["keys"]
    for body, param in WRONG:
        refused = await rig.client.patch(f"/v2/keys/{key['id']}", json=body)
        assert (refused.status_code, refused.json()["param"]) == (400, param), refused.text
    assert {**await listed(rig, key), "lastUsedAt": None} == {**key, "lastUsedAt": None}


async def test_an_expired_key_ends_with_its_sessions(make_rig: MakeRig) -> None:
    async with make_rig(clock=(clock := ManualClock(DECEMBER))) as rig:
        key = await new_key(rig, expiresAt="2026-12-01T01:00:00Z")
        db, now = rig.db, clock.now()
        session = await db.write(new_session, key_id=key["id"], hours=24, now=now)
        later = await db.write(new_session, key_id=key["id"], hours=24, now=now)
        async with client_of(rig, key) as shop:
            assert (await shop.get("/v2/me")).status_code == 200
            clock.jump(HOUR)
            refused = await shop.get("/v2/me")
            assert (refused.status_code, refused.json()["code"]) == (401, "api_key_expired")
            theirs = await shop.post("/v1/images/generations", json={"prompt": "a fox"})
            assert (theirs.status_code, theirs.json()["error"]["code"]) == (401, "invalid_api_key")
            with pytest.raises(Unauthorized):
                await db.read(caller_of_session, session, clock.now())
            assert (await rig.client.patch(f"/v2/keys/{key['id']}", json={"expiresAt": None})).status_code == 200
            assert (await shop.get("/v2/me")).status_code == 200
        with pytest.raises(Unauthorized):  # what has ended stays ended
            await db.read(caller_of_session, later, clock.now())


async def test_a_nearer_expiry_ends_open_sessions_earlier(make_rig: MakeRig) -> None:
    async with make_rig(clock=(clock := ManualClock(DECEMBER))) as rig:
        key = await new_key(rig)
        session = await rig.db.write(new_session, key_id=key["id"], hours=24, now=clock.now())
        await rig.client.patch(f"/v2/keys/{key['id']}", json={"expiresAt": "2026-12-01T01:00:00Z"})
        await rig.client.patch(f"/v2/keys/{key['id']}", json={"expiresAt": None})
        clock.jump(HOUR)
        with pytest.raises(Unauthorized):
            await rig.db.read(caller_of_session, session, clock.now())


async def test_a_key_spends_no_more_than_its_limit_however_many_come_at_once(rig: Rig) -> None:
    key = await new_key(rig, monthlyCredits=5 * PRICE + 1)
    async with client_of(rig, key) as shop:
        answers = await asyncio.gather(*(shop.post("/v2/images/generate", json=request()) for _ in range(12)))
        assert sorted(answer.status_code for answer in answers) == [202] * 5 + [402] * 7
        for answer in answers:
            if answer.status_code == 202:
                await rig.finished(answer)
        assert (await rig.credits(), (await listed(rig, key))["creditsThisMonth"]) == (1000 - 5 * PRICE, 5 * PRICE)
        refused = (await shop.post("/v2/images/generate", json=request())).json()
        assert (refused["code"], refused["creditsRequired"], refused["creditsAvailable"]) == ("key_credit_limit", 4, 1)
        assert (await shop.post("/v2/images/estimate", json=request())).json()["creditsAvailable"] == 1
        theirs = await shop.post("/v1/images/generations", json={"prompt": "a fox", "quality": "low"})
        assert (theirs.status_code, theirs.json()["error"]["code"]) == (429, "insufficient_quota")
        assert theirs.headers["x-should-retry"] == "false"
    assert (await rig.generate()).status_code == 202  # other keys go on


async def test_reserved_credits_count_and_refunded_ones_do_not(make_rig: MakeRig) -> None:
    async with make_rig(provider=InstantProvider(script=[Pending("never")])) as rig:
        key = await new_key(rig, monthlyCredits=PRICE)
        async with client_of(rig, key) as shop:
            running = await shop.post("/v2/images/generate", json=request())
            assert (await listed(rig, key))["creditsThisMonth"] == PRICE
            again = {"Idempotency-Key": "once"}
            assert (await shop.post("/v2/images/generate", json=request(), headers=again)).status_code == 402
            await rig.becomes(running, lambda job: job.pending is not None)  # else the next job would get its answer
            await shop.post(f"/v2/jobs/{running.json()['jobId']}/cancel")
            await rig.finished(running)
            assert (await listed(rig, key))["creditsThisMonth"] == 0
            done = await shop.post("/v2/images/generate", json=request(), headers=again)
            await rig.finished(done)
            replayed = await shop.post("/v2/images/generate", json=request(), headers=again)
            assert (replayed.status_code, replayed.json()["jobId"]) == (202, done.json()["jobId"])


async def test_a_new_month_begins_in_utc(make_rig: MakeRig) -> None:
    async with make_rig(clock=(clock := ManualClock(DECEMBER - 1))) as rig:
        key = await new_key(rig, monthlyCredits=PRICE)
        async with client_of(rig, key) as shop:
            await rig.finished(await shop.post("/v2/images/generate", json=request()))
            refused = (await shop.post("/v2/images/generate", json=request())).json()
            assert refused["hint"].endswith("0 of this month's 4 are left. The next month begins on 1 December (UTC).")
            clock.jump(1)
            assert (await listed(rig, key))["creditsThisMonth"] == 0
            await rig.finished(await shop.post("/v2/images/generate", json=request()))
            clock.jump(30 * DAY)
            assert (await shop.post("/v2/images/generate", json=request())).status_code == 402


async def test_a_key_uses_and_sees_its_own_models_only(rig: Rig) -> None:
    key = await new_key(rig, models=["gpt-image-1.5", "gpt-image-1.5"])
    assert key["models"] == ["gpt-image-1.5"]
    async with client_of(rig, key) as shop:
        assert [model["id"] for model in (await shop.get("/v2/models")).json()["models"]] == ["gpt-image-1.5"]
        assert [model["id"] for model in (await shop.get("/v1/models")).json()["data"]] == ["gpt-image-1.5"]
        assert (await shop.get("/v1/models/gpt-image-2")).status_code == 404
        for path in ("generate", "estimate"):
            refused = await shop.post(f"/v2/images/{path}", json=request())
            assert (refused.status_code, refused.json()["code"]) == (403, "model_not_allowed")
            assert (refused.json()["param"], refused.json()["hint"]) == ("model", "It can use gpt-image-1.5.")
        theirs = await shop.post("/v1/images/generations", json={"prompt": "a fox", "model": "gpt-image-2"})
        assert (theirs.status_code, theirs.json()["error"]["code"]) == (403, "model_not_found")
        assert (await shop.post("/v2/images/generate", json=request(model="gpt-image-1.5"))).status_code == 202
    assert len((await rig.client.get("/v2/models", headers={"X-API-Key": "afk_unknown"})).json()["models"]) == 2


async def test_a_key_with_limits_leads_to_none_without(rig: Rig) -> None:
    (first,) = (await rig.client.get("/v2/keys")).json()["keys"]
    for limits in ({"expiresAt": "2126-01-01"}, {"monthlyCredits": 0}, {"models": ["gpt-image-2"]}):
        key = await new_key(rig, **limits)
        async with client_of(rig, key) as shop:
            for refused in (
                await shop.post("/v2/keys", json={"name": "more"}),
                await shop.patch(f"/v2/keys/{key['id']}", json=dict.fromkeys(limits)),
                await shop.patch(f"/v2/keys/{first['id']}", json={"name": "mine"}),
            ):
                assert (refused.status_code, refused.json()["code"]) == (403, "unlimited_key_required")
            assert (await shop.post(f"/v2/keys/{key['id']}/revoke")).status_code == 200


async def test_a_removed_member_is_out_and_their_jobs_stay(make_rig: MakeRig) -> None:
    async with make_rig(provider=InstantProvider(script=[Pending("soon", check_after=0)])) as rig:
        ana = (await rig.client.post("/v2/people", json={"email": "ana@team.test"})).json()
        key = await new_key(rig, user="ana@team.test")
        session = await rig.db.write(new_session, key_id=key["id"], hours=1, now=rig.services.clock.now())
        async with client_of(rig, key) as hers:
            job = await hers.post("/v2/images/generate", json=request())
            assert (await rig.client.delete(f"/v2/people/{ana['id']}")).status_code == 204
            assert (await hers.get("/v2/me")).status_code == 401
            with pytest.raises(Unauthorized):
                await rig.db.read(caller_of_session, session, rig.services.clock.now())
            assert (await rig.finished(job))["status"] == "COMPLETED"
            theirs = await rig.client.get("/v2/jobs", params={"scope": "team", "user": "ana@team.test"})
            assert [one["user"] for one in theirs.json()["jobs"]] == ["ana@team.test"]
            assert "ana" not in (await rig.client.get("/v2/people")).text
            assert (await listed(rig, key))["state"] == "revoked"
            assert (await rig.client.post("/v2/keys", json={"name": "x", "user": "ana@team.test"})).status_code == 404
            assert (await rig.client.delete(f"/v2/people/{ana['id']}")).status_code == 404
            again = (await rig.client.post("/v2/people", json={"email": "Ana@team.test", "role": "ADMIN"})).json()
            assert (again["id"], again["email"], again["role"]) == (ana["id"], "Ana@team.test", "ADMIN")
            assert (await hers.get("/v2/me")).status_code == 401


async def test_the_last_owner_stays_and_nobody_removes_a_higher_role(rig: Rig) -> None:
    owner = (await rig.client.get("/v2/me")).json()["user"]["id"]
    last = await rig.client.delete(f"/v2/people/{owner}")
    assert (last.status_code, last.json()["code"]) == (409, "last_owner")
    for name, role in (("ada", "ADMIN"), ("olga", "OWNER")):
        await rig.client.post("/v2/people", json={"email": f"{name}@team.test", "role": role})
    ada, olga = await new_key(rig, user="ada@team.test"), await new_key(rig, user="olga@team.test")
    async with client_of(rig, ada) as hers:
        assert (await hers.delete(f"/v2/people/{owner}")).status_code == 403
    assert (await rig.client.delete(f"/v2/people/{owner}")).status_code == 204
    async with client_of(rig, olga) as hers:
        (_, last_owner) = (await hers.get("/v2/people")).json()["people"]
        assert (await hers.delete(f"/v2/people/{last_owner['id']}")).json()["code"] == "last_owner"
