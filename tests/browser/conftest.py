"""A real browser before a real server with its real provider. What a page must never do is watched on every page."""

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tools.browser import browser as start_browser

from easel.testing import RunningServer, running_server

Watched = Callable[..., Page]
expect.set_options(timeout=15_000)


@pytest.fixture(scope="session", autouse=True)
def migrated(first_database: None) -> None:
    """Servers start sooner when they have nothing to migrate."""


@pytest.fixture(scope="module")  # while it is open, its event loop is this thread's
def browser() -> Iterator[Browser]:
    with start_browser() as started:
        yield started


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    with running_server(tmp_path_factory.mktemp("browser")) as running:
        yield running


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Watched]:
    """Open a page of some width and theme. Afterwards: no error in its console, and no request off its server."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def open_one(width: int = 1440, theme: str = "light", *, expected: tuple[str, ...] = ()) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if theme == "dark" else "light",
            accept_downloads=True,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)

        def console(message: object) -> None:
            text = f"{message.type}: {message.text}"  # type: ignore[attr-defined]
            if message.type in ("error", "warning") and not any(one in text for one in expected):  # type: ignore[attr-defined]
                faults.append(text)

        page.on("console", console)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on(
            "request",
            lambda request: (
                faults.append(f"off-origin: {request.url}")
                if not request.url.startswith(("http://127.0.0.1:", "data:", "blob:"))
                else None
            ),
        )
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert not faults


def sign_in(page: Page, server: RunningServer, key: str | None = None) -> None:
    page.goto(f"{server.url}/studio")
    page.get_by_label("API key").fill(key or server.key)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/studio/create")


def assert_accessible(page: Page) -> None:
    """No rule of axe is broken."""
    found = Axe().run(page).response["violations"]
    assert not found, "\n".join(
        f"{page.url} {one['id']}: {one['help']}: {[node['html'][:160] for node in one['nodes'][:4]]}" for one in found
    )
