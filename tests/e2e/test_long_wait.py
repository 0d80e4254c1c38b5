"""Behind a real nginx: who waits, streams, polls; what is too large; what is paid for. Not run without nginx."""

import shutil
from pathlib import Path

import httpx
import pytest
from tests.support.images import encoded, gradient
from tools.long_wait.__main__ import long_wait
from tools.long_wait.proxy import nginx

from easel.testing import RunningServer

pytestmark = [
    pytest.mark.proof,
    pytest.mark.skipif(not shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/bin"), reason="there is no nginx"),
]


def test_whoever_waits_streams_or_polls_gets_one_image_for_one_price() -> None:
    seen = long_wait(3.0, sync_wait=1.0)
    assert {one.end.partition(" (")[0] for one in seen} == {"the image"}
    assert {(one.calls, one.jobs, one.credits) for one in seen} == {(1, 1, 4)}
    assert any("503" in request for one in seen for request in one.requests), "nobody waited for too long"


def test_our_settings_let_an_image_in(server: RunningServer, tmp_path: Path) -> None:
    png = encoded(gradient()).data
    heavy = {"image": png + bytes(2_000_000 - len(png))}
    with nginx(server.url, tmp_path) as proxy:
        answers = [
            httpx.post(
                f"{url}/v1/images/edits",
                headers={"Authorization": f"Bearer {server.key}"},
                data={"prompt": "make it red", "quality": "low", "response_format": "url"},
                files=heavy,
                timeout=60,
            )
            for url in (proxy.plain, proxy.ours)
        ]
    assert [answer.status_code for answer in answers] == [413, 200]
    assert answers[1].json()["data"][0]["url"].startswith(proxy.ours), "the proxy passes on the host that was asked for"
