"""One trace follows a job through two real processes: accepted by one, generated and delivered by the other."""

import pytest
from tools.sketch.trace_image import drawn, in_order
from tools.traced_run import CLIENT, PROMPT, TRACE, TracedRun, traced_run

from easel import __version__
from easel.testing import KEY

pytestmark = pytest.mark.proof
BY_API = {"POST /v2/images/generate", "accept"}
BY_WORKER = {
    "queue",
    "run",
    "capacity",
    "inputs",
    "start openai",
    "image openai",
    "postprocess",
    "store",
    "finalize",
    "deliver",
}


@pytest.fixture(scope="module")
def run() -> TracedRun:
    return traced_run("easel_traced_test", delay=0.2)


def test_every_part_is_in_the_clients_trace_and_in_the_right_process(run: TracedRun) -> None:
    assert {span.trace_id for span in run.spans} == {TRACE}
    assert {span.name for span in run.spans if span.process["easel.process"] == "api"} == BY_API
    assert {span.name for span in run.spans if span.process["easel.process"] == "worker"} == BY_WORKER
    assert len({span.process["service.instance.id"] for span in run.spans}) == 2


def test_upstream_and_receiver_can_go_on_with_it(run: TracedRun) -> None:
    spans = {span.name: span.span_id for span in run.spans}
    assert run.upstream == [f"00-{TRACE}-{spans['start openai']}-01"]
    assert run.hooks == [f"00-{TRACE}-{spans['deliver']}-01"]
    assert {span.parent_id for span in run.spans if span.name in BY_API} >= {CLIENT.split("-")[2]}


def test_it_tells_no_secrets(run: TracedRun) -> None:
    sent = b"".join(run.bodies)
    for secret in (PROMPT[:12], KEY, "http://127.0.0.1", "sk-easel"):
        assert secret.encode() not in sent


def test_the_worker_tells_how_it_is(run: TracedRun) -> None:
    assert 'easel_upstream_seconds_count{call="start",outcome="ok",provider="openai"} 1.0' in run.metrics
    for kind in ("api", "worker"):
        assert f'easel_processes{{kind="{kind}",version="{__version__}"}} 1.0' in run.metrics, run.metrics[-3000:]
    assert "easel_taking_jobs 1.0" in run.metrics


def test_the_image_shows_every_span_below_the_one_that_began_it(run: TracedRun) -> None:
    depths = {span.name: depth for depth, span in in_order(run.spans)}
    assert len(depths) == len(BY_API | BY_WORKER)
    assert (depths["POST /v2/images/generate"], depths["accept"], depths["run"], depths["store"]) == (0, 1, 2, 3)
    _, html = drawn(run.spans)
    assert all(name in html for name in depths)
