"""Favourites, collections, deleting one image, and deleting failed jobs at once."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from sqlalchemy import select
from tests.rig import MakeRig, Rig, request

from easel.accounts.keys import create_key
from easel.accounts.teams import create_user, find_user
from easel.db.tables import collection_images, favourites, teams
from easel.domain import Role
from easel.files import collections
from easel.jobs import read
from easel.ops.first_start import OWNER

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
    status = {"": 204, "image_not_found": 404, "collection_not_found": 404, "job_not_found": 404}.get(code, 0)
    assert answer.status_code == (status or answer.status_code), answer.text
    assert (answer.json()["code"] if answer.content else "") == code


async def member_key(rig: Rig, name: str, role: Role = Role.MEMBER, *, test: bool = False) -> str:
    """The key of another member of the team, or one more of the owner."""
    with rig.db.transaction() as tx:
        owner, now = find_user(tx.connection, OWNER), rig.services.clock.now()
        user_id = owner.id
        if name != "owner":
            user_id = create_user(tx, team_id=owner.team_id, email=f"{name}@x.test", role=role, now=now)
        return create_key(tx, user_id=user_id, name="k", test=test, now=now).secret


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
