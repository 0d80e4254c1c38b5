"""A partial image takes the place of the placeholder, and the image that of both."""

from collections.abc import Iterator
from pathlib import Path

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
