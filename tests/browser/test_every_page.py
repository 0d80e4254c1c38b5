"""Every page in both themes and widths: accessible by axe's rules, nothing beyond its edges, small on first view."""

import pytest
from playwright.sync_api import Page
from tests.browser.conftest import Watched, assert_accessible, sign_in
from tests.support.samples import one_in

from easel.catalog import Catalog
from easel.docs.site import Site
from easel.testing import RunningServer

STUDIO = ("create", "gallery", "account", "team", "webhooks")
LOOKS = [(390, "dark"), (390, "light"), (1440, "dark"), (1440, "light")]


def assert_fits(page: Page) -> None:
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{page.url} is {wide} pixels too wide"


@pytest.mark.parametrize(("width", "theme"), one_in(4, LOOKS))
def test_every_page_of_the_studio(open_page: Watched, server: RunningServer, width: int, theme: str) -> None:
    page = open_page(width, theme)
    page.goto(f"{server.url}/studio/signin")
    assert_accessible(page)
    sign_in(page, server)
    for name in STUDIO:
        page.goto(f"{server.url}/studio/{name}")
        assert_accessible(page)
        assert_fits(page)


@pytest.mark.proof
@pytest.mark.parametrize(("width", "theme"), LOOKS[:1])
def test_every_page_of_the_documentation(open_page: Watched, server: RunningServer, width: int, theme: str) -> None:
    page = open_page(width, theme)
    for slug in Site(Catalog.load()).slugs():
        page.goto(f"{server.url}/docs/{slug}")
        if slug == "reference":
            page.locator(".opblock").first.wait_for()
            continue  # what is on it is Swagger UI's
        assert_accessible(page)
        assert_fits(page)
