"""Favourites, collections, deleting one image, and deleting failed jobs at once."""

import asyncio
from typing import Any

import pytest
from sqlalchemy import select
from tests.rig import KEY, MakeRig, Rig, request
from tests.support.jobs import Tenant, written_job

from easel.accounts.keys import create_key
from easel.accounts.teams import create_user, find_user, set_role
from easel.db.mark_tables import collection_images, favourites
from easel.db.tables import teams
from easel.domain import JobState, Pending, Role
from easel.files import collections
from easel.jobs import read, remove
from easel.kit.clock import DAY
from easel.ops.first_start import OWNER
from easel.ops.sweep import purge_expired_files
from easel.testing import InstantProvider

pytestmark = [pytest.mark.anyio, pytest.mark.backends]

NOBODYS = "019c8a3e-5f0b-7c41-9d1e-2f6b8a7c5d10"


@pytest.fixture
async def three(rig: Rig) -> dict[str, Any]:
    """A finished job of three images."""
    return await rig.finished(await rig.generate(request(number_of_images=3)))


async def job_of(rig: Rig, job: dict[str, Any]) -> dict[str, Any]:
    got: dict[str, Any] = (await rig.client.get(f"/v2/jobs/{job['id']}")).json()
    return got


async def listed(rig: Rig, query: str, **headers: str) -> list[str]:
    page = await rig.client.get(f"/v2/jobs?{query}", headers={k.replace("_", "-"): v for k, v in headers.items()})
    assert page.status_code == 200, page.text
    return [job["id"] for job in page.json()["jobs"]]


async def made(rig: Rig, name: str = "Foxes", **headers: str) -> str:
    sent = {k.replace("_", "-"): v for k, v in headers.items()}
    answer = await rig.client.post("/v2/collections", json={"name": name}, headers=sent)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def does(rig: Rig, call: str, code: str = "", **more: Any) -> None:
    """204, or this error."""
    method, path = call.split()
    answer = await rig.client.request(method, f"/v2/{path}", **more)
    status = 204 if not code else 409 if code == "job_not_final" else 404
    assert answer.status_code == status, answer.text
    assert (answer.json()["code"] if answer.content else "") == code


async def tenant_of(rig: Rig, name: str, role: Role = Role.MEMBER, *, test: bool = False) -> Tenant:
    """Another member of the team with a key, or the owner with one more."""
    with rig.db.transaction() as tx:
        owner, now = find_user(tx.connection, OWNER), rig.services.clock.now()
        user_id = owner.id
        if name != "owner":
            user_id = create_user(tx, team_id=owner.team_id, email=f"{name}@x.test", role=role, now=now)
        key = create_key(tx, user_id=user_id, name="k", test=test, now=now)
    return Tenant(owner.team_id, user_id, key.id, key.secret)


async def test_a_job_has_its_images_with_what_a_member_says_of_them(rig: Rig, three: dict[str, Any]) -> None:
    assert [one["url"] for one in three["images"]] == three["result"]["images"]
    assert [one["preview"] for one in three["images"]] == three["previews"]
    assert [(one["id"], one["number"]) for one in three["images"]] == [(f"{three['id']}-{n}", n) for n in (1, 2, 3)]
    assert all((one["favourite"], one["collections"]) == (False, []) for one in three["images"])
    second = f"{three['id']}-2"
    foxes = await made(rig)
    for _ in range(2):  # once more changes nothing
        await does(rig, f"PUT favourites/{second.upper()}")
        await does(rig, f"PUT collections/{foxes.upper()}/images/{second}")
    await does(rig, f"PUT collections/{foxes}/images/{three['id']}-3")
    images = (await job_of(rig, three))["images"]
    assert [one["favourite"] for one in images] == [False, True, False]
    assert [one["collections"] for one in images] == [[], [foxes], [foxes]]
    assert (await rig.client.get("/v2/jobs")).json()["jobs"][0]["images"] == images
    for _ in range(2):
        await does(rig, f"DELETE favourites/{second}")
        await does(rig, f"DELETE collections/{foxes}/images/{second}")
    images = (await job_of(rig, three))["images"]
    assert [one["favourite"] for one in images] == [False, False, False]
    assert [one["collections"] for one in images] == [[], [], [foxes]]


async def test_jobs_are_listed_by_favourites_and_collections(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read, "AT_ONCE", 2)  # more than one look at the marks
    jobs = [await rig.finished(await rig.generate(request(f"fox {n}", number_of_images=2))) for n in range(5)]
    ids = [job["id"] for job in reversed(jobs)]
    foxes = await made(rig)
    assert await listed(rig, "favourite=true") == await listed(rig, f"collection={foxes}") == []
    for id in ids:
        await does(rig, f"PUT favourites/{id}-1")
        await does(rig, f"PUT favourites/{id}-2")
    for id in ids[1:4]:
        await does(rig, f"PUT collections/{foxes}/images/{id}-2")
    assert await listed(rig, "favourite=true") == ids
    assert await listed(rig, f"collection={foxes}&scope=team") == ids[1:4]
    assert await listed(rig, f"collection={foxes}&favourite=true") == ids[1:4]
    await does(rig, f"DELETE favourites/{ids[2]}-1")
    await does(rig, f"DELETE favourites/{ids[2]}-2")
    assert await listed(rig, f"collection={foxes}&favourite=true") == [ids[1], ids[3]]
    assert await listed(rig, "favourite=true&search=FOX 3") == [ids[1]]
    assert await listed(rig, f"favourite=true&search={ids[4]}") == [ids[4]]
    assert await listed(rig, "favourite=true&status=FAILED") == []
    page = (await rig.client.get("/v2/jobs?favourite=true&limit=3")).json()
    assert [job["id"] for job in page["jobs"]] == [ids[0], ids[1], ids[3]]
    page = (await rig.client.get(f"/v2/jobs?favourite=true&limit=3&cursor={page['nextCursor']}")).json()
    assert ([job["id"] for job in page["jobs"]], page["hasMore"]) == ([ids[4]], False)
    missing = await rig.client.get(f"/v2/jobs?collection={NOBODYS}")
    assert (missing.status_code, missing.json()["code"]) == (404, "collection_not_found")
    assert (await rig.client.get("/v2/jobs?collection=foxes")).status_code == 400


async def test_collections_are_made_renamed_counted_and_deleted(
    rig: Rig, three: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    foxes, birds = await made(rig), await made(rig, "birds")
    await does(rig, f"PUT collections/{foxes}/images/{three['id']}-1")
    await does(rig, f"PUT collections/{foxes}/images/{three['id']}-2")
    found = (await rig.client.get("/v2/collections")).json()["collections"]
    assert [(one["id"], one["name"], one["images"], one["preview"]) for one in found] == [
        (birds, "birds", 0, None),
        (foxes, "Foxes", 2, three["previews"][1]),
    ]
    renamed = await rig.client.patch(f"/v2/collections/{foxes}", json={"name": "Red foxes"})
    assert (renamed.status_code, renamed.json()["name"], renamed.json()["images"]) == (200, "Red foxes", 2)
    for name in ("", " ", "a\u202eb", "x" * 201):
        for answer in (
            await rig.client.post("/v2/collections", json={"name": name}),
            await rig.client.patch(f"/v2/collections/{foxes}", json={"name": name}),
        ):
            assert (answer.status_code, answer.json()["param"]) == (400, "name"), name
    monkeypatch.setattr(collections, "MOST", 2)
    full = await rig.client.post("/v2/collections", json={"name": "Third"})
    assert (full.status_code, full.json()["code"]) == (409, "too_many_collections")
    await does(rig, f"DELETE collections/{foxes}")
    for call in (f"DELETE collections/{foxes}", f"PUT collections/{foxes}/images/{three['id']}-1"):
        await does(rig, call, "collection_not_found")
    assert (await rig.client.patch(f"/v2/collections/{foxes}", json={"name": "n"})).status_code == 404
    job = await job_of(rig, three)
    assert [one["collections"] for one in job["images"]] == [[], [], []]
    await does(rig, f"PUT collections/{birds}/images/{three['id']}-4", "image_not_found")
    await does(rig, f"PUT favourites/{NOBODYS}-1", "image_not_found")
    assert (await rig.client.put("/v2/favourites/fox-0")).json()["code"] == "invalid_request"


async def test_an_image_is_deleted_alone_and_the_last_one_with_its_job(rig: Rig, three: dict[str, Any]) -> None:
    id, foxes = three["id"], await made(rig)
    for number in (1, 2, 3):
        await does(rig, f"PUT favourites/{id}-{number}")
        await does(rig, f"PUT collections/{foxes}/images/{id}-{number}")
    sizes = [len((await rig.client.get(url)).content) for url in three["result"]["images"]]
    assert (await rig.client.get(three["previews"][0])).status_code == 200
    await does(rig, f"DELETE jobs/{id}/images/1")
    await does(rig, f"DELETE jobs/{id}/images/1", "image_not_found")
    job = await job_of(rig, three)
    assert job["result"]["images"] == three["result"]["images"][1:]
    assert job["previews"] == three["previews"][1:]
    assert [(one["number"], one["favourite"]) for one in job["images"]] == [(2, True), (3, True)]
    assert (job["status"], job["expired"], job["creditCost"], job["count"]) == ("COMPLETED", False, 12, 3)
    for gone in (three["result"]["images"][0], three["previews"][0]):
        assert (await rig.client.get(gone)).status_code == 404
    assert await stored(rig) == sum(sizes[1:])
    assert (await rig.client.get("/v2/collections")).json()["collections"][0]["images"] == 2
    await does(rig, f"DELETE jobs/{id}/images/3")
    assert await listed(rig, "favourite=true") == [id]
    await does(rig, f"DELETE jobs/{id.upper()}/images/2")
    assert (await rig.client.get(f"/v2/jobs/{id}")).status_code == 404
    assert await listed(rig, "favourite=true") == await listed(rig, f"collection={foxes}") == []
    assert await stored(rig) == 0
    with rig.db.reading() as connection:
        assert not connection.execute(select(favourites.c.image)).all()
        assert not connection.execute(select(collection_images.c.image)).all()


async def stored(rig: Rig) -> int:
    with rig.db.reading() as connection:
        return int(connection.execute(select(teams.c.stored_bytes)).scalar_one())


async def test_of_a_job_that_has_not_ended_no_image_is_deleted(make_rig: MakeRig) -> None:
    async with make_rig(provider=InstantProvider(script=[Pending("never", check_after=3600)])) as rig:
        id = (await rig.generate()).json()["jobId"]
        await does(rig, f"DELETE jobs/{id}/images/1", "job_not_final")
        await does(rig, f"PUT favourites/{id}-1", "image_not_found")
        assert (await job_of(rig, {"id": id}))["images"] == []


async def test_failed_and_cancelled_jobs_are_deleted_at_once(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remove, "AT_ONCE", 2)
    kept = await rig.finished(await rig.generate())
    mine, theirs = await tenant_of(rig, "owner"), await tenant_of(rig, "ada", Role.ADMIN)
    test = await tenant_of(rig, "owner", test=True)
    for _ in range(5):
        await written_job(rig.db, mine, status=JobState.FAILED)
    for whose in (mine, theirs):
        await written_job(rig.db, whose, status=JobState.CANCELLED)
    await written_job(rig.db, theirs, status=JobState.FAILED)
    await written_job(rig.db, test, status=JobState.FAILED, test=True)

    async def deleted(query: str, key: str = KEY) -> int:
        answer = await rig.client.delete(f"/v2/jobs?{query}", headers={"X-API-Key": key})
        assert answer.status_code == 200, answer.text
        return int(answer.json()["deleted"])

    assert await deleted("status=FAILED", test.secret) == 1
    assert await deleted("status=FAILED") == 5
    assert await deleted("status=FAILED") == 0
    assert await deleted("status=CANCELLED&scope=team") == 2
    assert await deleted("status=FAILED", theirs.secret) == 1
    assert await listed(rig, "scope=team") == [kept["id"]]
    for query in ("", "?status=COMPLETED", "?status=PROCESSING", "?status=FAILED&scope=all"):
        assert (await rig.client.delete(f"/v2/jobs{query}")).status_code == 400, query
    monkeypatch.setattr(remove, "AT_MOST", 4)
    for _ in range(5):
        await written_job(rig.db, mine, status=JobState.FAILED)
    assert [await deleted("status=FAILED") for _ in range(3)] == [4, 1, 0]


async def test_a_member_marks_what_they_see_and_loses_it_with_the_role(rig: Rig, three: dict[str, Any]) -> None:
    image, ada = f"{three['id']}-1", await tenant_of(rig, "ada", Role.ADMIN)
    as_ada = {"X-API-Key": ada.secret}
    hers = await made(rig, "Hers", X_API_Key=ada.secret)
    await does(rig, f"PUT favourites/{image}", headers=as_ada)
    await does(rig, f"PUT collections/{hers}/images/{image}", headers=as_ada)
    await does(rig, f"PUT collections/{hers}/images/{image}", "collection_not_found")
    seen = (await job_of(rig, three))["images"][0]
    assert (seen["favourite"], seen["collections"]) == (False, [])  # it is the owner who looks
    assert await listed(rig, "favourite=true&scope=team") == await listed(rig, "favourite=true", X_API_Key=ada.secret)
    assert await listed(rig, "favourite=true&scope=team", X_API_Key=ada.secret) == [three["id"]]
    with rig.db.transaction() as tx:
        set_role(tx, ada.user_id, Role.MEMBER)
    assert await listed(rig, "favourite=true", X_API_Key=ada.secret) == []
    (shown,) = (await rig.client.get("/v2/collections", headers=as_ada)).json()["collections"]
    assert (shown["images"], shown["preview"]) == (0, None)
    await does(rig, f"PUT favourites/{image}", "image_not_found", headers=as_ada)
    await does(rig, f"DELETE jobs/{three['id']}/images/1", "job_not_found", headers=as_ada)


async def test_a_test_key_sees_of_a_collection_what_is_of_test_jobs(rig: Rig, three: dict[str, Any]) -> None:
    test = await tenant_of(rig, "owner", test=True)
    headers = {"X-API-Key": test.secret}
    live, trial = await made(rig, "Live"), await made(rig, "Trial", X_API_Key=test.secret)
    await does(rig, f"PUT collections/{trial}/images/{three['id']}-1")  # a live key sees both
    await does(rig, f"PUT collections/{trial}/images/{three['id']}-1", "image_not_found", headers=headers)
    for one, count in ((KEY, [(live, 0), (trial, 1)]), (test.secret, [(trial, 0)])):
        found = (await rig.client.get("/v2/collections", headers={"X-API-Key": one})).json()["collections"]
        assert [(each["id"], each["images"]) for each in found] == count
        assert [bool(each["preview"]) for each in found] == [bool(images) for _, images in count]
    assert await listed(rig, f"collection={trial}") == [three["id"]]
    assert await listed(rig, f"collection={trial}", X_API_Key=test.secret) == []


async def test_marks_go_with_images_that_expire(rig: Rig, three: dict[str, Any]) -> None:
    await does(rig, f"PUT favourites/{three['id']}-1")
    await purge_expired_files(rig.services, rig.services.clock.now() + 1000 * DAY)
    job = await job_of(rig, three)
    assert (job["expired"], job["images"]) == (True, [])
    assert await listed(rig, "favourite=true") == []


@pytest.mark.proof  # it is PostgreSQL that does several things at once
async def test_deleted_at_once_the_last_image_takes_its_job_with_it(rig: Rig, three: dict[str, Any]) -> None:
    calls = [rig.client.delete(f"/v2/jobs/{three['id']}/images/{number}") for number in (1, 2, 3, 1, 2, 3)]
    statuses = sorted(answer.status_code for answer in await asyncio.gather(*calls))
    assert statuses == [204, 204, 204, 404, 404, 404]
    assert (await rig.client.get(f"/v2/jobs/{three['id']}")).status_code == 404
    assert await stored(rig) == 0


@pytest.mark.proof  # it is PostgreSQL that does several things at once
async def test_an_image_is_marked_and_deleted_at_once(rig: Rig, three: dict[str, Any]) -> None:
    foxes, image = await made(rig), f"{three['id']}-2"
    paths = [f"/v2/favourites/{image}", f"/v2/collections/{foxes}/images/{image}"]
    answers = await asyncio.gather(
        *(rig.client.put(path) for path in paths * 4),
        rig.client.delete(f"/v2/jobs/{three['id']}/images/2"),
        *(rig.client.put(path) for path in paths * 4),
    )
    assert {answer.status_code for answer in answers} <= {204, 404}
    images = (await job_of(rig, three))["images"]
    assert [(one["number"], one["favourite"], one["collections"]) for one in images] == [(1, False, []), (3, False, [])]
    assert await listed(rig, "favourite=true") == []
