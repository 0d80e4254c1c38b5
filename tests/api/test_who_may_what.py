"""Every route × every kind of caller, as the table of the page *Security model* says. A route without a row fails."""

import base64
import dataclasses
import itertools
import re
from collections.abc import AsyncIterator, Callable, Mapping
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import update
from tests.rig import MakeRig, Rig, request
from tests.support.jobs import Tenant, written_job
from tests.support.samples import one_in

from easel.accounts.keys import create_key
from easel.accounts.sessions import csrf_token, new_session
from easel.accounts.teams import create_team, create_user, find_user
from easel.api.caller import SESSION_COOKIE
from easel.app import build_app
from easel.db.tables import api_keys, deliveries, jobs
from easel.docs import PAGES
from easel.domain import Image, JobState, Role, Size
from easel.files.names import output_key, output_name, partial_key
from easel.files.rows import record_file
from easel.kit.clock import DAY
from easel.kit.ids import new_id
from easel.ledger.entries import grant
from easel.ops.first_start import OWNER
from easel.webhooks.outbox import record_delivery, record_event

pytestmark = [pytest.mark.anyio, pytest.mark.backends("embedded")]

HEADER = "| call | about | member | other | admin | owner | test | test, other | test, owner | team 2 |"
COLUMNS = ("mia", "max", "ada", "owner", "mia test", "max test", "owner test", "zoe")
EMAILS = {name: f"{name}@team.test" for name in ("mia", "max", "ada")} | {"owner": OWNER, "zoe": "zoe@next.test"}
ROLES = {"mia": Role.MEMBER, "max": Role.MEMBER, "ada": Role.ADMIN, "zoe": Role.OWNER}
# Whoever asks is answered: by design, by a token in the address, or by a signature.
PUBLIC = {
    "GET /v2/models": "GET /v2/models",
    **{f"{method} /files/{{token}}/{{name}}": "" for method in ("GET", "HEAD")},
    "GET /previews/{token}/{name}": "",
    "POST /hooks/{provider}/{id}": "",
    **{f"GET {path}": "" for path in ("/healthz", "/readyz", "/metrics", "/studio/signin", "/studio/enter")},
    **{f"POST {path}": "" for path in ("/studio/signin", "/studio/signout")},
    **{f"GET {path}": "" for path in ("/", "/studio", "/studio/", "/docs", "/docs/", "/docs/llms.txt", "/llms.txt")},
    **{
        f"GET {path}": ""
        for path in ("/docs/search.json", "/docs/images/{name}", "/docs/{slug:path}", "/studio/{path:path}")
    },
}


@dataclasses.dataclass(frozen=True)
class Row:
    call: str
    about: str
    cells: Mapping[str, str]

    def __str__(self) -> str:
        return f"{self.call} {self.about}".strip()

    @property
    def expected(self) -> Mapping[str, str]:
        """What every caller gets, also those who share a column: test keys of admins, and of another team."""
        refused = self.cells["owner test"] == "403"
        others = {"ada test": self.cells["owner test"], "zoe test": "403" if refused else self.cells["zoe"]}
        return {**self.cells, **others}


def rows() -> list[Row]:
    text = (PAGES / "security.md").read_text("utf-8")
    lines = text.partition(HEADER)[2].strip().splitlines()[1:]
    table = itertools.takewhile(lambda line: line.startswith("|"), lines)
    parts = [[cell.strip().strip("`") for cell in line.strip("|").split("|")] for line in table]
    return [Row(call, about, dict(zip(COLUMNS, cells, strict=True))) for call, about, *cells in parts]


@dataclasses.dataclass(frozen=True)
class Thing:
    """What one call is about, made anew for each: mia's finished job with all it has, or a key, or a person."""

    id: str = ""
    file: str = ""
    address: str = ""
    delivery: str = ""
    email: str = ""
    unfinished: str = ""
    word: str = ""
    idempotency_key: str = ""
    collection: str = ""


class World:
    """Two teams, everybody with a live and a test key, and the means to make what the calls are about."""

    def __init__(self, rig: Rig, ids: Mapping[str, str], teams: Mapping[str, str], secrets: Mapping[str, str]) -> None:
        self.rig, self.ids, self.teams, self.secrets = rig, ids, teams, secrets
        self.keys: dict[str, str] = {}
        self.number = itertools.count()

    async def make(self, about: str) -> Thing:
        if about.startswith("Idempotency-Key"):
            return await self.submitted()
        if about.startswith(("key of", "for")):
            return await self.key_of({"member": "mia", "admin": "ada", "owner": "owner"}[about.split()[-1]])
        if about in ("member", "admin", "owner"):
            return await self.person(Role(about.upper()))
        if about in ROLE_CHANGES:
            return await self.person(ROLE_CHANGES[about][0])
        test = about.startswith("test")
        if "collection" in about:
            return dataclasses.replace(await self.job(test=test), collection=await self.collection(test=test))
        return await self.failed(test=test) if "failed" in about else await self.job(test=test)

    async def collection(self, *, test: bool) -> str:
        headers = {"X-API-Key": self.secrets["mia test" if test else "mia"]}
        answer = await self.rig.client.post("/v2/collections", json={"name": "n"}, headers=headers)
        return str(answer.json()["id"])

    async def failed(self, *, test: bool) -> Thing:
        """A failed job of mia, the only one there is."""
        thing = await self.job(test=test)
        with self.rig.db.transaction() as tx:
            tx.execute(update(jobs).where(jobs.c.status == JobState.FAILED).values(deleted_at=self.now))
            tx.execute(update(jobs).where(jobs.c.id == thing.id).values(status=JobState.FAILED))
        return thing

    async def submitted(self) -> Thing:
        key = f"key {next(self.number)}"
        headers = {"Idempotency-Key": key, "X-API-Key": self.secrets["mia"]}
        answer = await self.rig.client.post("/v2/images/generate", json=request(), headers=headers)
        return Thing(id=answer.json()["jobId"], idempotency_key=key)

    async def key_of(self, name: str) -> Thing:
        key = await self.rig.db.write(create_key, user_id=self.ids[name], name="n", test=False, now=self.now)
        return Thing(id=key.id, email=EMAILS[name])

    async def person(self, role: Role) -> Thing:
        email = f"p{next(self.number)}@team.test"
        user_id = await self.rig.db.write(create_user, team_id=self.teams["mia"], email=email, role=role, now=self.now)
        return Thing(id=user_id, email=email)

    async def job(self, *, test: bool) -> Thing:
        whose: dict[str, Any] = {"team_id": self.teams["mia"], "user_id": self.ids["mia"], "test": test}
        key_id = self.keys["mia test" if test else "mia"]
        tenant = Tenant(whose["team_id"], whose["user_id"], key_id, "")
        given: dict[str, Any] = {"test": test, "quoted": 0, "credit_cost": 0, "created_at": self.now}
        word = f"fox{next(self.number)}"
        given["params"] = {"quality": "low", "output_format": "png", "partial_images": 1}
        given["request"] = {"model": "gpt-image-2", "prompt": word}
        done = await written_job(self.rig.db, tenant, status=JobState.COMPLETED, completed_at=self.now, **given)
        unfinished = await written_job(self.rig.db, tenant, status=JobState.PROCESSING, partials=1, **given)
        await self.rig.services.storage.write(partial_key(unfinished.id, 0), PNG + word.encode())
        name, delivery = output_name(done.id, 1, "image/png"), new_id()
        stored = await self.rig.services.storage.put(output_key(name), name, Image(PNG, "image/png", Size(1, 1)))
        with self.rig.db.transaction() as tx:
            kept = {"token": "token", "kind": "output", "position": 1, "now": self.now, "expires_at": self.now + DAY}
            record_file(tx, stored, job_id=done.id, **whose, **kept)  # type: ignore[arg-type]
            told = {"job_id": done.id, "body": f'{{"jobId": "{done.id}"}}', "kind": "completed", "now": self.now}
            record_event(tx, **whose, **told)  # type: ignore[arg-type]
            message = {"delivery_id": delivery, "key_id": key_id, "url": "https://receiver.test/", **told}
            record_delivery(tx, **whose, **message)  # type: ignore[arg-type]
            failed = update(deliveries).where(deliveries.c.id == delivery)
            tx.execute(failed.values(state="failed", due_at=None, ended_at=self.now))
        address = f"http://easel.test/files/token/{name}"
        return Thing(done.id, name, address, delivery, unfinished=unfinished.id, word=word)

    @property
    def now(self) -> int:
        return self.rig.services.clock.now()


PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8ffff3f0005fe02fe0def46b80000000049454e44ae426082"
)
DATA = "data:image/png;base64," + base64.b64encode(PNG).decode()
ROLE_CHANGES = {
    "member to admin": (Role.MEMBER, Role.ADMIN),
    "member to owner": (Role.MEMBER, Role.OWNER),
    "admin to member": (Role.ADMIN, Role.MEMBER),
    "owner to member": (Role.OWNER, Role.MEMBER),
}
Call = Callable[[Thing, str], dict[str, Any]]


def plain(thing: Thing, about: str) -> dict[str, Any]:
    return {}


def generate(thing: Thing, about: str) -> dict[str, Any]:
    if about.startswith("input"):
        spelled = {
            "preview": thing.address.replace("/files/", "/previews/"),
            "odd": thing.address.replace("/f", "/x/../%66"),
        }
        return {"json": request(input_images=[spelled.get(about.split()[1], thing.address)])}
    if thing.idempotency_key:
        return {"json": request(), "headers": {"Idempotency-Key": thing.idempotency_key}}
    return {"json": request()}


def generate_for_openai(thing: Thing, about: str) -> dict[str, Any]:
    headers = {"Idempotency-Key": thing.idempotency_key} if thing.idempotency_key else {}
    return {"json": {"prompt": "a plain picture", "quality": "low"}, "headers": {"Prefer": "respond-async", **headers}}


def edit_for_openai(thing: Thing, about: str) -> dict[str, Any]:
    image = {"file_id": thing.file} if "by id" in about else {"image_url": thing.address if about else DATA}
    return {"json": {"prompt": "make it red", "images": [image]}, "headers": {"Prefer": "respond-async"}}


# How each call is made, where it needs more than the id in its path.
CALLS: Mapping[str, Call] = {
    "POST /v2/images/generate": generate,
    "POST /v2/images/estimate": lambda thing, about: {"json": request()},
    "POST /v1/images/generations": generate_for_openai,
    "POST /v1/images/edits": edit_for_openai,
    "GET /v2/jobs": lambda thing, about: {"params": {"scope": "team"}} if "team" in about else {},
    "DELETE /v2/jobs": lambda thing, about: {
        "params": {"status": "FAILED", **({"scope": "team"} if "team" in about else {})}
    },
    "POST /v2/collections": lambda thing, about: {"json": {"name": "n"}},
    "PATCH /v2/collections/{id}": lambda thing, about: {"json": {"name": "n"}},
    "GET /v2/watch": lambda thing, about: {"params": {"id": thing.id}},
    "GET /v2/archive": lambda thing, about: {"params": {"name": thing.file}},
    "GET /v2/events": lambda thing, about: {"params": {"after": "LATEST"}},
    "POST /v2/keys": lambda thing, about: {"json": {"name": "n", **({"user": thing.email} if thing.email else {})}},
    "POST /v2/people": lambda thing, about: {"json": {"email": f"{new_id()}@team.test", "role": about.upper()}},
    "PATCH /v2/keys/{id}": lambda thing, about: {"json": {"name": "new name", "monthlyCredits": None}},
    "POST /v2/people/{id}/role": lambda thing, about: {"json": {"role": ROLE_CHANGES[about][1]}},
    "POST /v2/uploads": lambda thing, about: {"files": {"file": PNG}},
    "POST /v2/webhooks/test": lambda thing, about: {"json": {"url": "https://receiver.test/"}},
    "POST /studio/snippets": lambda thing, about: {"json": request()},
    "GET /studio/compare": lambda thing, about: {"params": {"image": [f"{thing.id}-1"] * 2}},
    "GET /studio/create": lambda thing, about: {"params": {"again": thing.id}} if "job" in about else {},
}
UNFINISHED = ("POST /v2/jobs/{id}/cancel", "GET /v2/jobs/{id}/partials/{index}")


@pytest.fixture
async def world(make_rig: MakeRig) -> AsyncIterator[World]:
    async with make_rig(bootstrap_credits=100_000) as rig:
        yield await furnish(rig)


async def furnish(rig: Rig) -> World:
    now, ids, teams, secrets = rig.services.clock.now(), {}, {}, {}
    keys = {}
    with rig.db.transaction() as tx:
        owner = find_user(tx.connection, OWNER)
        other = create_team(tx, name="Next", job_limit=2, now=now)
        grant(tx, team_id=other, credits=10_000, note="", now=now)
        ids["owner"] = owner.id
        for name, role in ROLES.items():
            team_id = other if name == "zoe" else owner.team_id
            ids[name] = create_user(tx, team_id=team_id, email=EMAILS[name], role=role, now=now)
        for name in EMAILS:
            teams[name] = other if name == "zoe" else owner.team_id
            for caller, test in ((name, False), (f"{name} test", True)):
                key = create_key(tx, user_id=ids[name], name="k", test=test, now=now)
                secrets[caller], keys[caller] = key.secret, key.id
        for state in ("revoked", "inactive"):
            key = create_key(tx, user_id=ids["ada"], name=state, test=False, now=now)
            tx.execute(update(api_keys).where(api_keys.c.id == key.id).values(state=state))
            secrets[state] = key.secret
        secrets["session"] = new_session(tx, key_id=keys["ada"], hours=1, now=now)
    made = World(rig, ids, teams, secrets)
    made.keys = keys
    return made


async def ask(world: World, row: Row, thing: Thing, headers: Mapping[str, str]) -> httpx.Response:
    method, path = row.call.split(" ")
    given = CALLS.get(row.call, plain)(thing, row.about)
    id = thing.unfinished if row.call in UNFINISHED else thing.delivery if "deliveries" in path else thing.id
    id, image = thing.collection if "/collections/" in path else id, f"{thing.id}-1"
    given["headers"] = {**given.get("headers", {}), **headers}
    if given.get("params", {}).get("after") == "LATEST":
        given["params"] = {"after": await newest_event(world)}
    async with httpx.AsyncClient(transport=world.rig.transport, base_url="http://easel.test") as client:
        names = {"index": 0, "number": 1, "image": image, "change": "revoke", "model": "gpt-image-2"}
        return await client.request(method, path.format(id=id, **names), **given)


async def newest_event(world: World) -> int:
    """The number before the newest, so that what a call is about is on the first page."""
    with world.rig.db.reading() as connection:
        return int(connection.exec_driver_sql("SELECT max(number) - 1 FROM events").scalar_one())


def seen(row: Row, thing: Thing, answer: httpx.Response) -> str:
    """yes; `none` where it is answered, and nothing of the thing is in the answer; else the status."""
    if answer.status_code >= 300:
        return str(answer.status_code)
    if not row.about or (answer.request.method != "GET" and not thing.idempotency_key):
        return "none" if answer.text in ('{"count":0}', '{"deleted":0}') else "yes"
    if thing.collection:
        return "yes" if thing.collection in answer.text else "none"
    marks = [mark for mark in (thing.id, thing.file, thing.delivery, thing.word) if mark]
    return "yes" if any(mark.encode() in answer.content for mark in marks) else "none"


@pytest.mark.parametrize("some", one_in(3, [0, 1, 2]))
async def test_the_table_is_what_happens(world: World, some: int) -> None:
    """A third of the rows; the others are part of the proof."""
    wrong = []
    for row in rows()[some::3]:
        thing: Thing | None = None
        for name, cell in row.expected.items():
            thing = thing or await world.make(row.about)
            answer = await ask(world, row, thing, {"X-API-Key": world.secrets[name]})
            if seen(row, thing, answer) != cell:
                wrong.append(f"{row}: {name}: {cell} is written, {seen(row, thing, answer)} came: {answer.text[:120]}")
            if not row.call.startswith("GET") and answer.status_code < 400:
                thing = None  # it is no longer what it was
    assert not wrong, "\n".join(wrong)


async def test_without_a_key_that_counts_nothing_happens(world: World) -> None:
    """No key and a revoked one: 401 (pages: to the sign-in); an inactive one: 403."""
    for row in rows():
        thing = await world.make(row.about)
        page = row.call.startswith("GET /studio")
        for name, status in (("", 303 if page else 401), ("revoked", 303 if page else 401), ("inactive", 403)):
            if row.call == "POST /studio/snippets" and status == 401:
                status = 303
            answer = await ask(world, row, thing, {"X-API-Key": world.secrets[name]} if name else {})
            assert answer.status_code == status, (row, name, answer.text)


@pytest.mark.proof
async def test_a_session_may_what_its_key_may_and_shows_where_it_comes_from(world: World) -> None:
    session = world.secrets["session"]
    cookie = {"Cookie": f"{SESSION_COOKIE}={session}"}
    for row in rows():
        thing = await world.make(row.about)
        if not row.call.startswith("GET"):
            answer = await ask(world, row, thing, cookie)
            assert (answer.status_code, "Reload the page" in answer.text) == (403, True), (row, answer.text)
        answer = await ask(world, row, thing, cookie | {"X-CSRF-Token": csrf_token(session)})
        assert seen(row, thing, answer) == row.cells["ada"], (row, answer.text)


async def test_every_route_has_its_row(rig: Rig) -> None:
    app = build_app(rig.services.settings, rig.services)  # type: ignore[arg-type] # they are whole settings
    routes = {f"{method} {route.path}" for route in app.state.routes for method in route.methods}
    written = {row.call for row in rows()}
    assert routes - written - set(PUBLIC) == set()
    assert written - routes == set()


def test_no_page_and_no_handler_reads_past_the_scope() -> None:
    """What the pipeline and the operator read without a scope is out of the reach of routes."""
    source = Path(build_app.__code__.co_filename).parent
    for folder in ("api", "studio"):
        for path in (source / folder).rglob("*.py"):
            text = path.read_text("utf-8")
            assert not re.search(r"easel\.(jobs\.load|db\.\w*tables|db\.scope)", text), path
