"""A partial image takes the place of the placeholder, and the image that of both: on cards, and in the gallery."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import expect
from tests.browser.conftest import Watched, assert_accessible, sign_in
from tests.support.doubles.environment import at_openai
from tests.support.doubles.openai import OpenAIDouble, Stepwise

from easel.testing import RunningServer, running_server


@pytest.fixture(scope="module")
def double() -> Iterator[OpenAIDouble]:
    with OpenAIDouble().serving() as made:
        yield made


@pytest.fixture(scope="module")
def server(double: OpenAIDouble, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    folder: Path = tmp_path_factory.mktemp("partials")
    with running_server(folder, env=at_openai(double)) as running:
        yield running


def test_the_placeholder_shows_what_the_image_is_going_to_be(
    open_page: Watched, server: RunningServer, double: OpenAIDouble
) -> None:
    double.script(slow := Stepwise())
    page = open_page()
    sign_in(page, server)
    page.get_by_text("More settings").locator("visible=true").click()
    partials = page.get_by_role("spinbutton", name="Partial images")
    expect(partials).to_have_value("2")
    page.get_by_label("Prompt", exact=True).fill("a red fox")
    page.get_by_role("heading", name="View code").click()
    expect(page.get_by_role("tabpanel", name="curl")).to_contain_text('"partial_images": 2')
    page.get_by_role("button", name="Generate").click()
    slow.go()
    card = page.locator("article.job[data-live]").first
    first = card.get_by_role("img", name="Partial image 1")
    expect(first).to_be_visible()
    assert first.evaluate("image => [image.naturalWidth, image.naturalHeight]") == [1024, 1024]
    box, placeholder = first.bounding_box(), card.locator(".shape").bounding_box()
    assert box == placeholder
    expect(card.locator("[data-stage]")).to_contain_text("Generating")
    expect(card.locator("progress")).to_be_visible()
    assert_accessible(page)
    page.reload()
    expect(card.get_by_role("img", name="Partial image")).to_be_visible()
    slow.go()
    expect(card.get_by_role("img", name="Partial image 2")).to_be_visible()
    assert card.locator(".partial").count() == 1
    slow.go()
    expect(page.locator("article.job .images img").first).to_be_visible()
    assert page.locator(".partial").count() == 0


# A page cannot be hidden by a test, so it is told that it is. Notifications are collected instead of shown.
AWAY = """
window.shown = [];
window.Notification = class extends EventTarget {
  static permission = "default";
  static async requestPermission() { return (Notification.permission = "granted"); }
  constructor(words) { super(); window.shown.push(words); }
};
window.away = (is) => {
  Object.defineProperty(document, "hidden", { value: is, configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
};
"""
LEFT = {"stage": "generating", "secondsSoFar": 4, "secondsLeft": 8, "longerThanUsual": False}
OVER = {**LEFT, "secondsLeft": None}
TIMES = [
    (LEFT, 0, "Generating… about 8 s left"),
    (LEFT, 7.5, "Generating… about 1 s left"),
    (LEFT, 9, "Generating… longer than usual, 13 s so far"),
    (OVER, 1, "Generating… 5 s so far"),
    (OVER | {"longerThanUsual": True}, 100, "Generating… longer than usual, 1 min 44 s so far"),
    ({"stage": "queued", "position": 2, "secondsSoFar": None, "secondsLeft": 40}, 50, "Queued, number 2 in queue"),
]


@pytest.mark.proof
def test_images_come_into_the_gallery_while_nobody_looks(
    open_page: Watched, server: RunningServer, double: OpenAIDouble
) -> None:
    """Three placeholders become three images without a reload; title, notification and one toast say so."""
    double.script(slow := Stepwise())
    page = open_page()
    page.add_init_script(AWAY)
    sign_in(page, server)
    page.get_by_role("button", name="Notify me when ready").click()
    expect(page.locator("#toast")).to_contain_text("You will be notified")
    expect(page.locator("[data-notify]")).to_be_hidden()
    body = {"model": "gpt-image-2", "prompt": "three foxes", "gptImage2Params": {"number_of_images": 3}}
    sent = httpx.post(f"{server.url}/v2/images/generate", json=body, headers={"X-API-Key": server.key})
    page.goto(f"{server.url}/studio/gallery")
    page.evaluate("window.here = true; Notification.permission = 'granted'")
    waiting = page.locator(f".tile[data-job='{sent.json()['jobId']}']")
    expect(waiting.locator(".shape")).to_have_count(3)
    expect(waiting.first).to_contain_text("Generating")
    address = page.evaluate("performance.getEntriesByType('resource').map(one => one.name)")
    [progress] = [one for one in address if one.endswith("/progress.js")]
    said = "async ([at, message, since]) => (await import(at)).progressText(message, since)"
    assert [page.evaluate(said, [progress, message, since]) for message, since, _ in TIMES] == [one[2] for one in TIMES]
    assert_accessible(page)
    page.clock.install()
    page.evaluate("window.away(true)")
    slow.go(3)
    page.clock.fast_forward(20_000)
    expect(page).to_have_title("(1) Gallery · Easel")
    expect(waiting.locator("a > img")).to_have_count(3)
    assert page.evaluate("window.shown") == ["3 images ready."]
    expect(page.locator("#toast")).to_be_hidden()
    page.evaluate("window.away(false)")
    expect(page).to_have_title("Gallery · Easel")
    expect(page.locator("#toast")).to_have_text("3 images ready. View")
    assert page.evaluate("window.here"), "the page was not loaded again"


@pytest.mark.proof
def test_whoever_wants_none_asks_for_none(open_page: Watched, server: RunningServer, double: OpenAIDouble) -> None:
    page = open_page()
    sign_in(page, server)
    page.get_by_text("More settings").locator("visible=true").click()
    page.get_by_role("spinbutton", name="Partial images").fill("0")
    page.get_by_label("Prompt", exact=True).fill("a plain fox")
    page.get_by_role("button", name="Generate").click()
    expect(page.get_by_role("img", name="a plain fox").first).to_be_visible()
    assert "stream" not in double.seen[-1].body
