"""Create: what is typed and chosen is kept, what cannot be sent or paid is said at once, and the result is in sight."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect
from tests.browser.conftest import Watched, assert_accessible, sign_in
from tests.browser.test_every_page import assert_fits

from easel.testing import RunningServer, running_server

FOX = "A red fox in the snow"
pytestmark = pytest.mark.proof  # test_editing.py has the way from a prompt to an image for `make test`

LOOKS = [(390, "light"), (1440, "dark")]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    folder: Path = tmp_path_factory.mktemp("create")
    with running_server(folder, env={"EASEL_BOOTSTRAP_CREDITS": "150"}) as running:
        yield running


def quality(page: Page, name: str) -> None:
    page.locator("[data-field=quality]:visible").get_by_role("radio", name=name).check()


def expect_quality(page: Page, value: str) -> None:
    expect(page.locator("[data-field=quality]:visible :checked")).to_have_value(value)


@pytest.mark.parametrize(("width", "theme"), LOOKS)
def test_from_a_prompt_to_its_image_and_back(open_page: Watched, server: RunningServer, width: int, theme: str) -> None:
    page = open_page(width, theme)
    sign_in(page, server)
    words, count = page.get_by_label("Prompt", exact=True), page.get_by_role("spinbutton", name="Number of images")
    short = page.locator("#short")
    expect_quality(page, "medium")  # the API's default costs as much as high
    expect(page.locator("#price")).to_contain_text("9 credits")
    expect(page.get_by_text("Output format").first).to_be_hidden()

    # wrong at once, at its field, and not sent
    page.get_by_role("button", name="Generate").click()
    expect(page.locator("[data-field=prompt] .problem")).to_have_text("Describe the image you want.")
    words.fill(FOX)
    count.fill("11")
    page.keyboard.press("Control+Enter")
    problem = page.locator("[data-field=number_of_images]:visible .problem")
    expect(problem).to_have_text("Number of images must be 1 to 10.")
    expect(count).to_be_focused()
    count.fill("1")
    expect(problem).to_be_hidden()

    # what cannot be paid: said before it is sent, with what can be
    quality(page, "High")
    count.fill("10")
    expect(short).to_contain_text("Not enough credits: 230 needed")
    expect(page.get_by_role("button", name="Generate")).to_be_disabled()
    expect(page.get_by_role("radio", name=re.compile(r"High 23\s*, not enough"))).to_be_visible()
    assert_accessible(page)
    assert_fits(page)
    page.get_by_role("button", name="Use Medium (90)").click()
    expect(short).to_be_hidden()
    expect(page.get_by_role("button", name="Generate")).to_be_focused()
    count.fill("1")
    quality(page, "Low")

    # kept over other pages and another model
    page.get_by_role("link", name="Gallery", exact=True).click()
    page.get_by_role("link", name="Create", exact=True).click()
    expect(words).to_have_value(FOX)
    expect_quality(page, "low")
    page.get_by_label("Model").select_option("gpt-image-1.5")
    expect_quality(page, "low")
    page.get_by_label("Model").select_option("gpt-image-2")
    page.get_by_role("button", name="Generate").click()
    expect(page.locator("article.job").first).to_be_in_viewport()
    expect(page.locator("article.job").first.locator("img")).to_have_count(1, timeout=30_000)

    # a prompt again
    words.fill("")
    words.press("ArrowUp")
    expect(words).to_have_value(FOX)
    page.get_by_role("button", name="Star this prompt").click()
    words.fill("Never sent")
    page.get_by_role("button", name="Recent prompts").click()
    expect(page.get_by_role("button", name=FOX, exact=True)).to_be_focused()
    assert_accessible(page)
    assert_fits(page)
    page.keyboard.press("Enter")
    expect(words).to_have_value(FOX)
    page.get_by_role("button", name="Recent prompts").click()
    expect(page.get_by_role("button", name="Never sent", exact=True)).to_be_visible()

    # signing out ends the draft; the settings and the stars are this browser's
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Account menu").click()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/studio/signin")
    assert page.evaluate("sessionStorage.length") == 0
    sign_in(page, server)
    expect(words).to_have_value("")
    expect_quality(page, "low")


def test_everything_is_in_sight_on_a_small_screen(open_page: Watched, server: RunningServer) -> None:
    page = open_page(1280)
    page.set_viewport_size({"width": 1280, "height": 720})
    sign_in(page, server)
    assert page.locator(".desk").evaluate("desk => desk.scrollHeight - desk.clientHeight") == 0
    page.get_by_text("More settings").locator("visible=true").click()
    expect(page.locator("[data-field=moderation]:visible")).to_be_visible()
    assert_accessible(page)


def test_a_refusal_is_in_the_words_of_the_form(open_page: Watched, server: RunningServer) -> None:
    page = open_page(expected=("status of 400",))
    sign_in(page, server)
    page.get_by_label("Prompt", exact=True).fill(FOX)
    cases = {
        "gptImage2Params.number_of_images": "gptImage2Params.number_of_images must be from 1 to 10; the nearest is 10.",
        "gptImage2Params.output_format": "A transparent background needs output_format png or webp in gpt-image-2.",
        "gptImage2Params.input_images[1]": "gptImage2Params.input_images[1] cannot be used. The file is damaged.",
        "webhookUrl": "webhookUrl is not for this.",
    }

    def refuse(route: Route) -> None:
        details = {path: [sentence] for path, sentence in cases.items()}
        route.fulfill(status=400, json={"error": "wrong", "code": "invalid_request", "details": details})

    page.route("**/v2/images/generate", refuse)
    page.get_by_role("button", name="Generate").click()
    for place, sentence in (
        ("[data-field=number_of_images]:visible .problem", "Number of images must be from 1 to 10; the nearest is 10."),
        (
            "[data-field=output_format]:visible .problem",
            "A transparent background needs output format png or webp in GPT Image 2.",
        ),
        ("[data-field=input_images] .problem", "Input image 2 cannot be used. The file is damaged."),
        ("#problem", "WebhookUrl is not for this."),
    ):
        expect(page.locator(place)).to_have_text(sentence)


def test_a_link_does_not_cost_the_draft(open_page: Watched, server: RunningServer) -> None:
    page = open_page()
    sign_in(page, server)
    words = page.get_by_label("Prompt", exact=True)
    words.fill("Half an hour of thought")
    page.goto(f"{server.url}/studio/create?prompt=a+fox&quality=high")
    expect(words).to_have_value("a fox")
    expect_quality(page, "high")
    words.fill("a fox, and a hen")
    page.reload()
    expect(words).to_have_value("a fox, and a hen")
    page.get_by_role("button", name="Recent prompts").click()
    page.get_by_role("button", name="Half an hour of thought", exact=True).click()
    expect(words).to_have_value("Half an hour of thought")


def test_a_test_key_is_put_into_the_code(open_page: Watched, server: RunningServer) -> None:
    page = open_page()
    sign_in(page, server)
    page.get_by_role("heading", name="View code").click()
    code = page.get_by_role("tabpanel", name="curl")
    expect(code).to_contain_text("afk_your_api_key_here")
    page.get_by_role("button", name="Insert a test key").click()
    expect(code).to_contain_text("afk_test_")
    expect(page.get_by_role("button", name="Insert a test key")).to_be_hidden()
    page.reload()
    page.get_by_role("heading", name="View code").click()
    expect(code).to_contain_text("afk_test_")
