"""The gallery's page: which jobs it shows at first, which images of them, and in what shape."""

import re

import pytest
from tests.api.test_studio import browser, sign_in
from tests.rig import Rig, request

from easel.web.assets import FOLDER
from easel.web.filters import SHAPES, shape

pytestmark = [pytest.mark.anyio, pytest.mark.backends("embedded")]
TEST = {"name": "t", "test": True}


async def test_it_shows_images_and_counts_what_has_none(rig: Rig) -> None:
    key = (await rig.client.post("/v2/keys", json=TEST)).json()["secret"]
    made = await rig.finished(await rig.generate(request("a fox", number_of_images=2), X_API_Key=key))
    failed = await rig.finished(await rig.generate(request("[easel:fail]"), X_API_Key=key))
    headers = {"X-API-Key": key}

    client = browser(rig)
    await sign_in(client, key)

    async def shown(query: str = "") -> tuple[str, list[str]]:
        page = (await client.get(f"/studio/gallery{query}")).text
        return page, re.findall(r'<li class="tile[^>]*data-job="([^"]*)"', page)

    page, jobs = await shown()
    assert jobs == [made["id"]] * 2
    assert "1 failed" in page
    assert "cancelled</a>" not in page
    assert (await shown("?status=ALL"))[1] == [failed["id"], *jobs]
    page, jobs = await shown("?status=FAILED")
    assert jobs == [failed["id"]]
    assert "Clear failed jobs" in page
    await rig.client.put(f"/v2/favourites/{made['id']}-2", headers=headers)
    collection = (await rig.client.post("/v2/collections", json={"name": "F & <b>"}, headers=headers)).json()["id"]
    await rig.client.put(f"/v2/collections/{collection}/images/{made['id']}-1", headers=headers)
    for query, name in (("favourite=true", f"{made['id']}-2"), (f"collection={collection}", f"{made['id']}-1")):
        for path in ("", "/tiles"):
            tiles = (await client.get(f"/studio/gallery{path}?{query}")).text
            assert re.findall(r'data-name="([\w-]+)" data-job', tiles) == [name]
    assert "F &amp; &lt;b&gt; <span" in (await shown())[0]
    listed = await rig.client.get("/v2/jobs?status=COMPLETED&status=QUEUED", headers=headers)
    assert [job["id"] for job in listed.json()["jobs"]] == [made["id"]]


def test_each_shape_has_its_class() -> None:
    styles = (FOLDER / "studio.css").read_text()
    for name in SHAPES:
        width, height = map(int, name.split("x"))
        [ratio] = re.findall(rf"\.r{name} {{ --r: ([\d.]+); }}", styles)
        assert float(ratio) == pytest.approx(width / height, rel=1e-4)
        assert shape(width * 256, height * 256) == name
    assert (shape(1, 9), shape(9, 1), shape(0, 0), shape(1024, 1000)) == ("1x3", "3x1", "1x1", "1x1")
