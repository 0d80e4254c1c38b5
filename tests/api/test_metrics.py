"""/metrics: what it says after jobs, who may read it, and that strangers cannot make it grow."""

import asyncio
import json
import re
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import insert
from tests.api.test_webhooks import LAB, Receiver, asking, told
from tests.deployed import alerts
from tests.rig import MakeRig, Rig, request
from tests.support.jobs import NOW
from tests.support.waiting import until

from easel.accounts.keys import create_key
from easel.accounts.teams import find_user
from easel.config import Settings, within_reach
from easel.db.fleet_tables import processes
from easel.domain import Done, GenerationRequest, Pending
from easel.errors import ContentRejected
from easel.kit.ids import new_id
from easel.ops.first_start import OWNER
from easel.telemetry.installation import Installation
from easel.testing import InstantProvider

pytestmark = [pytest.mark.anyio, pytest.mark.backends]
ROOT = Path(__file__).parent.parent.parent
DASHBOARD = ROOT / "deploy" / "grafana" / "easel.json"
PAGE = ROOT / "src" / "easel" / "docs" / "pages" / "monitoring.md"
TOKEN = "a-token-for-prometheus"


async def scrape(rig: Rig) -> dict[tuple[str, frozenset[tuple[str, str]]], float]:
    """Every sample by its name and labels."""
    response = await rig.client.get("/metrics")
    assert response.status_code == 200, response.text
    assert response.headers["Content-Type"].startswith("text/plain")
    families = text_string_to_metric_families(response.text)
    return {(one.name, frozenset(one.labels.items())): one.value for family in families for one in family.samples}


def sample(name: str, **labels: str) -> tuple[str, frozenset[tuple[str, str]]]:
    return name, frozenset(labels.items())


async def test_a_generated_and_a_refused_job_are_counted_with_all(make_rig: MakeRig, receiver: Receiver) -> None:
    async with make_rig(provider=InstantProvider(script=[ContentRejected("no")]), **LAB) as rig:
        await rig.finished(await rig.generate())
        generated = await rig.finished(await rig.generate(asking(receiver, "completed")))
        await told(rig, generated["id"], "delivered")
        seen = await scrape(rig)
        done = {"model": "gpt-image-2", "provider": "sketch"}
        assert seen[sample("easel_job_ends_total", **done, state="completed", code="")] == 1
        assert seen[sample("easel_job_ends_total", **done, state="failed", code="moderation_refused")] == 1
        assert seen[sample("easel_credits_spent_total", **done)] == generated["creditCost"]
        assert seen[sample("easel_job_queue_seconds_count", **done)] == 2
        assert seen[sample("easel_job_work_seconds_count", **done, state="completed")] == 1
        assert seen[sample("easel_upstream_seconds_count", provider="sketch", call="start", outcome="ok")] == 1
        assert seen[sample("easel_upstream_seconds_count", provider="sketch", call="start", outcome="rejected")] == 1
        assert seen[sample("easel_upstream_seconds_count", provider="sketch", call="image", outcome="ok")] == 1
        assert seen[sample("easel_delivery_try_seconds_count", kind="completed", outcome="delivered")] == 1
        assert seen[sample("easel_delivery_lateness_seconds_count")] == 1
        generate = sample("easel_request_seconds_count", route="/v2/images/generate", method="POST", status="202")
        assert seen[generate] == 2
        for step in ("accept", "capacity", "inputs", "postprocess", "store", "finalize"):
            assert seen[sample("easel_step_seconds_count", step=step, outcome="ok")] >= 1, step
        granted, spent = seen[sample("easel_credits", kind="granted")], seen[sample("easel_credits", kind="spent")]
        assert (granted, spent) == (1000, generated["creditCost"])
        assert seen[sample("easel_credits", kind="available")] == granted - spent
        assert seen[sample("easel_database_up")] == 1
        assert seen[sample("easel_taking_jobs")] == 1
        assert seen[sample("easel_deliveries_pending")] == 0
        assert any(name == "process_resident_memory_bytes" for name, _ in seen)


async def test_jobs_that_wait_and_work_are_a_gauge_from_the_database(make_rig: MakeRig) -> None:
    class Slow(InstantProvider):
        async def start(self, work: GenerationRequest) -> Done | Pending:
            self.starts += 1
            await asyncio.Event().wait()
            raise AssertionError

    slow = Slow()
    async with make_rig(provider=slow, max_concurrent_jobs=1) as rig:
        for _ in range(3):
            assert (await rig.generate()).status_code == 202
        await until(lambda: slow.starts)
        seen = await scrape(rig)
        about = {"model": "gpt-image-2", "provider": "sketch"}
        assert seen[sample("easel_jobs", **about, state="processing")] == 1
        assert seen[sample("easel_jobs", **about, state="waiting")] == 2
        assert seen[sample("easel_oldest_job_seconds", **about, state="waiting")] > 0
        assert seen[sample("easel_credits", kind="held")] > 0


async def test_strangers_cannot_make_it_grow(rig: Rig) -> None:
    for number in range(20):
        await rig.client.get(f"/no/such/path/{number}")
        await rig.client.get(f"/v2/jobs/{number}")
        await rig.client.get(f"/files/secret{number}/name{number}.png")
        await rig.client.request(f"BREW{number}", "/v2/models")
    labels = {frozenset(labels) for name, labels in await scrape(rig) if name == "easel_request_seconds_count"}
    routes = {dict(one)["route"] for one in labels}
    assert routes == {"none", "/v2/jobs/{id}", "/files/{token}/{name}", "/v2/models"}
    assert len(labels) <= 6


async def test_a_port_that_processes_share_tells_what_all_of_them_know(make_rig: MakeRig) -> None:
    async with make_rig(workers=2) as rig:
        names = {name for name, _ in await scrape(rig)}
    assert {"easel_database_up", "easel_credits"} <= names
    assert not {name for name in names if name.startswith(("easel_request", "easel_can", "easel_taking", "process"))}


async def test_a_database_that_is_away_does_not_hide_the_process(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    class Away:
        def read(self, *_: object) -> None:
            raise OSError("gone")

    seen = await Installation().look(Away(), rig.services.clock)  # type: ignore[arg-type]
    assert not seen.up


async def test_many_readers_are_one_look_at_the_database(rig: Rig) -> None:
    first = await scrape(rig)
    await rig.finished(await rig.generate())
    second = await scrape(rig)
    spent = sample("easel_credits", kind="spent")
    assert first[spent] == second[spent]  # looked at a moment ago


async def test_with_a_token_only_its_holder_reads(make_rig: MakeRig) -> None:
    async with make_rig(metrics_token=TOKEN) as rig:
        for given in ({}, {"Authorization": "Bearer wrong-wrong-wrong"}, {"Authorization": f"Basic {TOKEN}"}):
            refused = await rig.client.get("/metrics", headers=given)
            assert (refused.status_code, refused.json()["code"]) == (401, "metrics_token_required")
        assert (await rig.client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})).status_code == 200


@pytest.mark.parametrize("reach", [{"host": "0.0.0.0"}, {"public_url": "https://easel.example"}])
async def test_without_a_token_it_is_closed_where_others_can_reach(make_rig: MakeRig, reach: dict[str, str]) -> None:
    async with make_rig(**reach) as rig:
        refused = await rig.client.get("/metrics")
        assert (refused.status_code, refused.json()["code"]) == (403, "metrics_closed")
    async with make_rig(**reach, metrics_token=TOKEN) as rig:
        assert (await rig.client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})).status_code == 200


def test_a_public_address_on_loopback_is_within_nobodys_reach() -> None:
    assert not within_reach(Settings(public_url="http://127.0.0.1:8787"))
    assert not within_reach(Settings())
    assert within_reach(Settings(host="::"))


async def test_a_test_key_says_nothing_about_a_provider(rig: Rig) -> None:
    with rig.db.transaction() as tx:
        owner = find_user(tx.connection, OWNER)
        key = create_key(tx, user_id=owner.id, name="try", test=True, now=NOW)
    headers = {"X-API-Key": key.secret}
    sent = await rig.client.post("/v2/images/generate", json=request(), headers=headers)
    await rig.client.get(f"/v2/jobs/{sent.json()['jobId']}?wait=30", headers=headers)
    seen = await scrape(rig)
    assert seen[sample("easel_job_ends_total", model="gpt-image-2", provider="test", state="completed", code="")] == 1


async def busy(make_rig: MakeRig, receiver: Receiver) -> dict[str, set[str]]:
    """Every metric of a server that has seen some work, with its labels."""
    async with make_rig(provider=InstantProvider(script=[ContentRejected("no")]), **LAB) as rig:
        await rig.finished(await rig.generate())
        await told(rig, (await rig.finished(await rig.generate(asking(receiver, "completed"))))["id"], "delivered")
        assert (await rig.generate()).status_code == 202
        with rig.db.transaction() as tx:
            row = {"id": new_id(), "name": "host:1", "kind": "worker", "version": "1"}
            now = rig.services.clock.now()
            tx.execute(insert(processes).values(**row, started_at=now, seen_at=now))
        text = (await rig.client.get("/metrics")).text
    families = list(text_string_to_metric_families(text))
    labels: dict[str, set[str]] = {family.name: set() for family in families}
    for family in families:
        for one in family.samples:
            labels.setdefault(one.name, set()).update(one.labels)
            labels[family.name].update(set(one.labels) - {"le"})
    return labels


async def test_the_dashboard_asks_for_nothing_that_is_not_there(make_rig: MakeRig, receiver: Receiver) -> None:
    there = await busy(make_rig, receiver) | {"up": {"job"}}
    panels = json.loads(DASHBOARD.read_text())["panels"]
    asked = [target["expr"] for panel in panels for target in panel.get("targets", [])]
    assert len(asked) > 30
    shown: set[str] = set()
    for expression in asked:
        names = set(re.findall(r"([a-z][\w:]*)\{", expression))
        grouped = set(re.findall(r"\w+", " ".join(re.findall(r"by \(([^)]*)\)", expression))))
        assert names, expression
        for name in names:
            assert name in there, expression
            chosen = set(re.findall(r"(\w+)\s*[!=]?[=~]", re.findall(name + r"\{([^}]*)\}", expression)[0]))
            assert chosen | grouped <= there[name] | {"job", "instance"}, expression
        shown |= {re.sub(r"_(bucket|count|sum)$", "", name) for name in names}
    ours = set(documented()) | {"process_resident_memory_bytes", "process_cpu_seconds_total"}
    assert ours <= shown | {name.removesuffix("_total") for name in shown}, ours - shown


async def test_the_alarms_ask_for_nothing_that_is_not_there(make_rig: MakeRig, receiver: Receiver) -> None:
    there = await busy(make_rig, receiver) | {"up": {"job"}}
    known = set().union(*there.values())
    for alarm in alerts():
        names = set(re.findall(r"\b(easel_\w+|up)\b", alarm["expr"]))
        assert names, alarm["alert"]
        assert names <= set(there), alarm["alert"]
        for name, chosen in re.findall(r"\b(easel_\w+|up)\{([^}]*)\}", alarm["expr"]):
            assert set(re.findall(r"(\w+)\s*[!=]?[=~]", chosen)) <= there[name], alarm["alert"]
        assert set(re.findall(r"\w+", " ".join(re.findall(r"by \(([^)]*)\)", alarm["expr"])))) <= known


def test_the_page_names_every_alarm() -> None:
    rows = re.findall(r"^\| `(Easel\w+)` \| (\w+) \|", PAGE.read_text(), re.MULTILINE)
    assert sorted(rows) == sorted((one["alert"], one["labels"]["severity"]) for one in alerts())


def documented() -> dict[str, tuple[set[str], str]]:
    """The metrics of the page about them: labels, and what they say."""
    rows = re.findall(r"^\| `(easel_\w+)` \| (.*?) \| (.*) \|$", PAGE.read_text(), re.MULTILINE)
    return {name: (set(re.findall(r"`(\w+)`", labels)), says) for name, labels, says in rows}


async def test_the_page_about_them_has_every_metric_its_labels_and_its_sentence(
    make_rig: MakeRig, receiver: Receiver
) -> None:
    there = await busy(make_rig, receiver)
    async with make_rig() as rig:
        families = list(text_string_to_metric_families((await rig.client.get("/metrics")).text))
    says = {family.name: family.documentation for family in families if family.name.startswith("easel_")}
    page = {name.removesuffix("_total"): row for name, row in documented().items()}
    assert set(page) == set(says)
    for name, (labels, sentence) in page.items():
        assert sentence == says[name]
        assert labels == there[name], name
