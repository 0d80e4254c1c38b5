"""Keys, people, the ledger and usage over HTTP: who may see and change what."""

import asyncio
import io
import zipfile
from typing import Any

import httpx
import pytest
from sqlalchemy import update
from tests.rig import MakeRig, Rig, request
from tests.support.jobs import create_tenant

from easel.accounts.keys import create_key
from easel.accounts.sessions import new_session
from easel.accounts.teams import create_user, set_role
from easel.api.caller import SESSION_COOKIE
from easel.db.tables import users
from easel.domain import Role
from easel.errors import ContentRejected
from easel.kit.clock import Clock
from easel.kit.ids import new_id
from easel.ops.first_start import OWNER
from easel.testing import InstantProvider

pytestmark = [pytest.mark.anyio, pytest.mark.backends]


async def member(rig: Rig, role: Role = Role.MEMBER, *, test: bool = False) -> httpx.AsyncClient:
    """Somebody else of the team, with a client of their own."""
    team = (await rig.client.get("/v2/me")).json()["team"]["id"]
    now = Clock().now()
    with rig.db.transaction() as tx:
        user = create_user(tx, team_id=team, email=f"{role.lower()}-{test}@team.test", role=role, now=now)
        key = create_key(tx, user_id=user, name=role, test=test, now=now)
    return httpx.AsyncClient(transport=rig.transport, base_url="http://easel.test", headers={"X-API-Key": key.secret})


async def test_a_key_is_made_used_switched_off_and_revoked(rig: Rig) -> None:
    made = (await rig.client.post("/v2/keys", json={"name": "shop"})).json()
    with_it = {"X-API-Key": made["secret"]}
    assert (await rig.client.get("/v2/me", headers=with_it)).json()["apiKey"]["name"] == "shop"
    listed = {key["id"]: key for key in (await rig.client.get("/v2/keys")).json()["keys"]}
    assert listed[made["id"]]["lastUsedAt"]
    assert made["secret"] not in str(listed)
    assert made["secret"].startswith(listed[made["id"]]["prefix"])
    for change, status in (("deactivate", 403), ("activate", 200), ("revoke", 401)):
        assert (await rig.client.post(f"/v2/keys/{made['id']}/{change}")).status_code == 200
        assert (await rig.client.get("/v2/me", headers=with_it)).status_code == status
    assert (await rig.client.post(f"/v2/keys/{made['id']}/activate")).status_code == 404


async def test_null_is_left_out_of_keys_and_people_too(rig: Rig) -> None:
    key = await rig.client.post("/v2/keys", json={"name": "x", "test": None, "user": None, "colour": None})
    person = await rig.client.post("/v2/people", json={"email": "ana@team.test", "role": None, "colour": None})
    assert (key.status_code, person.status_code) == (201, 201), person.text
    nameless = await rig.client.post("/v2/keys", json={"name": None})
    assert (nameless.status_code, list(nameless.json()["details"])) == (400, ["name"])


async def test_members_have_a_say_over_their_own_keys_only(rig: Rig) -> None:
    mine = (await rig.client.get("/v2/keys")).json()["keys"][0]
    async with await member(rig) as one:
        assert [key["user"] for key in (await one.get("/v2/keys")).json()["keys"]] == ["member-False@team.test"]
        assert (await one.post(f"/v2/keys/{mine['id']}/revoke")).status_code == 404
        assert (await one.post("/v2/keys", json={"name": "x", "user": mine["user"]})).status_code == 403
        assert (await one.post("/v2/people", json={"email": "a@b.test"})).status_code == 403
        assert (await one.get("/v2/providers")).status_code == 403
    async with await member(rig, Role.ADMIN) as admin:
        assert len((await admin.get("/v2/keys")).json()["keys"]) == 3
        for_member = {"name": "x", "user": "member-False@team.test"}
        assert (await admin.post("/v2/keys", json=for_member)).status_code == 201


async def test_a_test_key_makes_no_keys(rig: Rig) -> None:
    async with await member(rig, Role.OWNER, test=True) as tester:
        for parsed in ({"name": "x"}, {"name": "x", "test": True}):
            refused = await tester.post("/v2/keys", json=parsed)
            assert (refused.status_code, refused.json()["code"]) == (403, "live_key_required")
        mine = (await rig.client.get("/v2/keys")).json()["keys"][0]["id"]
        assert (await tester.post(f"/v2/keys/{mine}/revoke")).status_code == 403
        assert (await tester.post("/v2/people", json={"email": "a@b.test"})).status_code == 403


async def test_people_and_their_roles(rig: Rig) -> None:
    added = (await rig.client.post("/v2/people", json={"email": "ana@team.test"})).json()
    assert added["role"] == "MEMBER"
    assert (await rig.client.post("/v2/people", json={"email": "ana@team.test"})).status_code == 409
    assert (await rig.client.post(f"/v2/people/{added['id']}/role", json={"role": "ADMIN"})).json()["role"] == "ADMIN"
    owner = (await rig.client.get("/v2/me")).json()["user"]["id"]
    refused = await rig.client.post(f"/v2/people/{owner}/role", json={"role": "MEMBER"})
    assert (refused.status_code, refused.json()["error"]) == (
        409,
        "A team needs an owner. Make another member an owner first.",
    )
    async with await member(rig, Role.ADMIN) as admin:
        assert (await admin.post(f"/v2/people/{owner}/role", json={"role": "MEMBER"})).status_code == 403
        assert (await admin.post("/v2/people", json={"email": "o@t.test", "role": "OWNER"})).status_code == 403


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "name"),
        ({"name": ""}, "name"),
        ({"name": "x", "test": "perhaps"}, "test"),
        ({"name": "x", "more": 1}, "more"),
    ],
)
async def test_a_wrong_order_names_the_field(rig: Rig, body: dict[str, Any], field: str) -> None:
    refused = await rig.client.post("/v2/keys", json=body)
    assert (refused.status_code, refused.json()["param"]) == (400, field)


async def test_the_ledger_and_the_usage(rig: Rig) -> None:
    await rig.finished(await rig.generate(request(number_of_images=2)))
    async with await member(rig) as one:
        job = (await one.post("/v2/images/generate", json=request())).json()["jobId"]
        await one.get(f"/v2/jobs/{job}?wait=30")
        mine = (await one.get("/v2/credits/ledger")).json()
        assert {entry["jobId"] for entry in mine["entries"]} == {job}
        assert [row["credits"] for row in (await one.get("/v2/credits/usage")).json()["usage"]] == [4]
    first = (await rig.client.get("/v2/credits/ledger?limit=3")).json()
    assert (first["balance"], first["held"], first["hasMore"]) == (988, 0, True)
    rest = (await rig.client.get(f"/v2/credits/ledger?cursor={first['nextCursor']}")).json()
    entries = first["entries"] + rest["entries"]
    assert sum(entry["amount"] for entry in entries) == 988
    assert sum(entry["held"] for entry in entries) == 0
    usage = (await rig.client.get("/v2/credits/usage?days=1")).json()["usage"]
    assert sorted((row["credits"], row["jobs"]) for row in usage) == [(4, 1), (8, 1)]


async def test_the_statement_has_a_line_per_job_and_per_grant(make_rig: MakeRig) -> None:
    async with make_rig(provider=InstantProvider(script=[ContentRejected("no")])) as rig:
        await rig.finished(await rig.generate(request("refused")))
        gone = await rig.finished(await rig.generate(request("gone")))
        await rig.client.delete(f"/v2/jobs/{gone['id']}")
        async with await member(rig) as one:
            theirs = (await one.post("/v2/images/generate", json=request("theirs"))).json()["jobId"]
            await one.get(f"/v2/jobs/{theirs}?wait=30")
            (line,) = (await one.get("/v2/credits/statement")).json()["lines"]
            assert (line["prompt"], line["status"], line["credits"], line["balance"]) == ("theirs", "charged", -4, None)
        kept = await rig.finished(await rig.generate(request("kept", number_of_images=2)))
        page = (await rig.client.get("/v2/credits/statement?limit=2")).json()
        assert (page["available"], page["reserved"], page["hasMore"]) == (984, 0, True)
        rest = (await rig.client.get("/v2/credits/statement", params={"cursor": page["nextCursor"]})).json()
        assert (rest["nextCursor"], rest["hasMore"]) == (None, False)
        names = ("prompt", "status", "credits", "balance", "images")
        assert [tuple(line[name] for name in names) for line in page["lines"] + rest["lines"]] == [
            ("kept", "charged", -8, 984, 2),
            ("theirs", "charged", -4, 992, 1),
            (None, "charged", -4, 996, None),
            ("refused", "refunded", 0, 1000, 1),
            (None, "granted", 1000, 1000, None),
        ]
        first = page["lines"][0]
        assert (first["preview"], first["jobId"], first["user"]) == (kept["previews"][0], kept["id"], OWNER)
        for cursor in ("0", "x", "1_", "1_1_1", "9" * 17, "-1", "1_\u0661", ""):
            refused = await rig.client.get("/v2/credits/statement", params={"cursor": cursor})
            assert (refused.status_code, refused.json()["code"]) == (400, "invalid_cursor"), cursor


async def test_jobs_are_found_by_words_and_by_person(rig: Rig) -> None:
    await rig.finished(await rig.generate(request("A red Fox, 100% wool")))
    async with await member(rig) as one:
        await rig.finished(await one.post("/v2/images/generate", json=request("a blue fox")))

    async def found(query: str) -> list[str]:
        page = (await rig.client.get(f"/v2/jobs?{query}")).json()
        return [job["prompt"] for job in page["jobs"]]

    assert await found("search=fox&scope=team") == ["a blue fox", "A red Fox, 100% wool"]
    assert await found("search=fox") == ["A red Fox, 100% wool"]
    assert await found("search=100%25") == ["A red Fox, 100% wool"]
    assert await found("search=_ox") == []
    assert await found("scope=team&user=member-False@team.test") == ["a blue fox"]
    assert (await rig.client.get("/v2/jobs?scope=team&user=nobody@x.test")).status_code == 400


async def test_words_are_found_in_any_case_of_any_alphabet(rig: Rig) -> None:
    for prompt, words in (("École d'été", "école D'ÉTÉ"), ("Настя рисует", "НАСТЯ"), ("ΟΔΗΓΟΙ και φως", "οδηγοι ΚΑΙ")):
        await rig.generate(request(prompt))
        page = (await rig.client.get("/v2/jobs", params={"search": words})).json()
        assert [job["prompt"] for job in page["jobs"]] == [prompt]


async def test_previews_formats_and_the_archive(rig: Rig) -> None:
    job = await rig.finished(await rig.generate(request(number_of_images=2, output_format="webp")))
    small = await rig.client.get(job["previews"][0])
    assert (small.status_code, small.headers["content-type"], len(small.content) < 60_000) == (200, "image/webp", True)
    again = await rig.client.get(job["previews"][0], headers={"If-None-Match": small.headers["etag"]})
    assert again.status_code == 304
    guessed = job["previews"][0].replace("/previews/", "/previews/x")
    assert (await rig.client.get(guessed)).status_code == 404
    png = await rig.client.get(job["result"]["images"][0] + "?format=png&download=true")
    assert png.content.startswith(b"\x89PNG")
    assert png.headers["content-disposition"] == 'attachment; filename="a-plain-picture-1.png"'
    assert (await rig.client.get(job["result"]["images"][0] + "?format=tiff")).status_code == 400
    names = [address.rpartition("/")[2] for address in job["result"]["images"]]
    packed = await rig.client.get("/v2/archive", params={"name": names})
    with zipfile.ZipFile(io.BytesIO(packed.content)) as archive:
        assert archive.namelist() == ["a-plain-picture-1.webp", "a-plain-picture-2.webp"]
        assert archive.testzip() is None
        whole = await rig.client.get(job["result"]["images"][1])
        assert archive.read("a-plain-picture-2.webp") == whole.content
    assert (await rig.client.get("/v2/archive", params={"name": [*names, "other.webp"]})).status_code == 404


async def test_a_deleted_job_leaves_its_price_and_nothing_else(rig: Rig) -> None:
    submitted = await rig.generate(request("a secret"))
    job = await rig.finished(submitted)
    await rig.client.get(job["previews"][0])
    assert (await rig.client.delete(f"/v2/jobs/{job['id']}")).status_code == 204
    for address in (f"/v2/jobs/{job['id']}", job["result"]["images"][0], job["previews"][0]):
        assert (await rig.client.get(address)).status_code == 404
    assert (await rig.client.get("/v2/jobs")).json()["jobs"] == []
    assert "secret" not in str((await rig.job(submitted)).request)
    assert [key async for key, _ in rig.services.storage.listing()] == []
    assert await rig.credits() == 996
    assert (await rig.client.delete(f"/v2/jobs/{job['id']}")).status_code == 404


async def test_somebody_elses_job_is_not_deleted(rig: Rig) -> None:
    job = await rig.finished(await rig.generate())
    async with await member(rig) as one:
        assert (await one.delete(f"/v2/jobs/{job['id']}")).status_code == 404


async def test_several_jobs_are_watched_as_one_stream(rig: Rig) -> None:
    jobs = [(await rig.generate()).json()["jobId"] for _ in range(3)]
    unknown = "00000000-0000-7000-8000-000000000000"
    stream = await rig.client.get("/v2/watch", params={"id": [*jobs, unknown]})
    ends = [line for line in stream.text.splitlines() if line == "event: completed"]
    assert len(ends) == 3
    for job in jobs:
        assert f'"jobId": "{job}"' in stream.text


async def test_inputs_can_be_used_again_and_their_origin_is_known(rig: Rig) -> None:
    first = await rig.finished(await rig.generate())
    second = await rig.finished(await rig.generate(request("an edit", input_images=first["result"]["images"])))
    assert second["parents"] == [first["id"]]
    kept = await rig.client.get(second["inputs"][0])
    assert kept.content == (await rig.client.get(first["result"]["images"][0])).content
    third = await rig.finished(await rig.generate(request("again", input_images=second["inputs"])))
    assert third["status"] == "COMPLETED"


@pytest.mark.backends("embedded")
@pytest.mark.parametrize(
    "email", ['"><script>@x.example', "a\x1b@b.test", "a@b.test\n", "a@", "ä@b.test", "a\u202e@b.test"]
)
async def test_strange_addresses_are_refused(rig: Rig, email: str) -> None:
    refused = await rig.client.post("/v2/people", json={"email": email})
    assert refused.status_code == 400
    assert refused.json()["param"] == "email"


@pytest.mark.backends("embedded")
@pytest.mark.parametrize("name", ["a\x1b]0;x\x07", "a\nb", "a\u202eb", "a\x9b", "  "])
async def test_names_of_keys_are_plain_text(rig: Rig, name: str) -> None:
    refused = await rig.client.post("/v2/keys", json={"name": name})
    assert (refused.status_code, refused.json()["param"]) == (400, "name")
    assert refused.json()["error"].startswith("A name has 1 to 200 characters")


async def test_of_another_teams_person_no_more_is_said_than_of_ones_own(rig: Rig) -> None:
    await create_tenant(rig.db, "Other")
    told = []
    for email in ("owner@other.test", OWNER):
        refused = await rig.client.post("/v2/people", json={"email": email})
        assert refused.status_code == 409
        told.append(refused.text.replace(email, ""))
    assert told[0] == told[1]


async def test_a_key_made_for_somebody_does_no_more_than_its_maker_could(rig: Rig) -> None:
    async with await member(rig, Role.ADMIN) as admin, await member(rig) as mate:
        mine = (await mate.get("/v2/keys")).json()["keys"][0]
        kept = (await admin.post("/v2/keys", json={"name": "x", "user": mine["user"]})).json()["secret"]
        user = (await mate.get("/v2/me")).json()["user"]["id"]
        assert (await rig.client.post(f"/v2/people/{user}/role", json={"role": "OWNER"})).status_code == 200
        assert (await mate.get("/v2/me")).json()["user"]["role"] == "OWNER"
        with_it = {"X-API-Key": kept}
        assert (await mate.get("/v2/me", headers=with_it)).json()["user"]["role"] == "ADMIN"
        further = (await mate.post("/v2/keys", json={"name": "y"}, headers=with_it)).json()["secret"]
        assert (await mate.get("/v2/me", headers={"X-API-Key": further})).json()["user"]["role"] == "ADMIN"
        assert (await mate.post(f"/v2/keys/{mine['id']}/revoke", headers=with_it)).status_code == 403
        assert (await mate.post(f"/v2/people/{user}/role", json={"role": "OWNER"}, headers=with_it)).status_code == 403


async def test_sessions_end_with_the_role_of_their_person(rig: Rig) -> None:
    async with await member(rig) as mate:
        mine = (await mate.get("/v2/me")).json()
        token = await rig.db.write(new_session, key_id=mine["apiKey"]["id"], hours=1, now=Clock().now())
        async with httpx.AsyncClient(
            transport=rig.transport,
            base_url="http://easel.test",
            cookies={SESSION_COOKIE: token},
        ) as browser:
            assert (await browser.get("/v2/me")).status_code == 200
            await rig.client.post(f"/v2/people/{mine['user']['id']}/role", json={"role": "ADMIN"})
            assert (await browser.get("/v2/me")).status_code == 401


async def test_a_person_has_so_many_keys(make_rig: MakeRig) -> None:
    async with make_rig(max_keys_per_person=2) as rig:
        second = await rig.client.post("/v2/keys", json={"name": "x"})
        refused = await rig.client.post("/v2/keys", json={"name": "y"})
        assert (refused.status_code, refused.json()["code"]) == (409, "too_many_keys")
        await rig.client.post(f"/v2/keys/{second.json()['id']}/revoke")
        assert (await rig.client.post("/v2/keys", json={"name": "y"})).status_code == 201


async def test_only_the_secret_before_signs_on(rig: Rig) -> None:
    for _ in range(4):
        answer = (await rig.client.post("/v2/webhooks/secret/rotate")).json()["secrets"]
    assert [bool(one["expiresAt"]) for one in answer] == [False, True]


async def test_two_owners_who_demote_each_other_leave_one(rig: Rig) -> None:
    for _ in range(5):
        async with await member(rig, Role.OWNER) as other:
            them = (await other.get("/v2/me")).json()["user"]
            us = (await rig.client.get("/v2/me")).json()["user"]
            orders = [(rig.client, them["id"]), (other, us["id"])]
            demotions = [one.post(f"/v2/people/{who}/role", json={"role": "MEMBER"}) for one, who in orders]
            answers = await asyncio.gather(*demotions)
            assert sorted(answer.status_code for answer in answers) in ([200, 403], [200, 409])
            with rig.db.transaction() as tx:
                set_role(tx, us["id"], Role.OWNER)
                tx.execute(update(users).where(users.c.id == them["id"]).values(email=f"{new_id()}@team.test"))
