"""Every page shows every image where image links lead to a store of another origin; downloads have their names."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page
from tests.browser.conftest import Watched, sign_in
from tests.rig import request
from tests.support.customer import Customer
from tests.support.object_store import running_object_store

from easel.testing import RunningServer, running_server

pytestmark = pytest.mark.proof

ALL_SHOWN = """() => {
  const images = [...document.images].filter((image) => image.src && !image.closest("[hidden]"));
  return images.length > 0 && images.every((image) => image.complete && image.naturalWidth > 0);
}"""


@pytest.fixture(scope="module")
def signing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[RunningServer, str]]:
    with running_object_store() as bucket:
        env = dict(bucket.environment("signed")) | {
            "EASEL_STORAGE_ENDPOINT": bucket.endpoint.replace("127.0.0.1", "localhost"),
            "EASEL_STORAGE_PUBLIC_ENDPOINT": bucket.endpoint,
            "EASEL_STORAGE_SIGNED_URLS": "true",
        }
        with running_server(tmp_path_factory.mktemp("signed"), env=env) as server:
            yield server, env["EASEL_STORAGE_PUBLIC_ENDPOINT"]


def watch(page: Page, origin: str) -> list[str]:
    """The images that come from the store."""
    seen: list[str] = []
    page.on("response", lambda one: seen.append(one.url) if one.url.startswith(origin) and one.ok else None)
    return seen


def test_every_page_shows_its_images(open_page: Watched, signing: tuple[RunningServer, str]) -> None:
    server, origin = signing
    with Customer(server) as customer:
        jobs = [customer.submit(request(f"a fox, {number}", number_of_images=2)) for number in range(2)]
        for job in jobs:
            customer.finished(job)
    page = open_page()
    seen = watch(page, origin)
    sign_in(page, server)
    for path in (f"studio/jobs/{jobs[0]}", "studio/gallery", f"studio/compare?image={jobs[0]}-1&image={jobs[1]}-2"):
        page.goto(f"{server.url}/{path}")
        page.wait_for_function(ALL_SHOWN)
    assert seen, "no image came from the store"
    page.goto(f"{server.url}/studio/jobs/{jobs[0]}")
    with page.expect_download() as saved:
        page.locator("#download").click()
    assert saved.value.suggested_filename.endswith((".png", ".webp"))
    assert "X-Amz" not in saved.value.url
