"""The whole story of somebody who uses the Studio, in a real browser, at a real server with its real provider."""

import zipfile
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import Watched, assert_accessible, sign_in
from tests.support.images import encoded, gradient

from easel.domain import Size
from easel.testing import RunningServer, running_server

PROMPT = "Poster for “Open Studio Night”, warm retro colours"


@pytest.mark.proof
@pytest.mark.parametrize(("width", "theme"), [(390, "dark")])
def test_from_signing_in_to_being_signed_out(open_page: Watched, tmp_path: Path, width: int, theme: str) -> None:
    with running_server(tmp_path / "data") as server:
        key = httpx.post(f"{server.url}/v2/keys", json={"name": "browser"}, headers={"X-API-Key": server.key}).json()
        page = open_page(width, theme, expected=("status of 40", "ERR_CONNECTION_REFUSED"))
        sign_in(page, server, key["secret"])
        create_and_watch(page)
        open_it(page)
        edit_it(page, tmp_path)
        compare_and_take_home(page, tmp_path)
    with running_server(tmp_path / "data") as server:
        make_again_after_a_restart(page, server)
        be_told_what_cannot_be_paid(page, server)
        with httpx.Client(base_url=server.url, headers={"X-API-Key": server.key}) as owner:
            assert owner.post(f"/v2/keys/{key['id']}/revoke").json()["state"] == "revoked"
        page.goto(f"{server.url}/studio/gallery")
        expect(page).to_have_url(f"{server.url}/studio/signin?next=/studio/gallery")


def create_and_watch(page: Page) -> None:
    """The form says what it costs, the request as code follows it, and the card lives until its images are there."""
    expect(page.locator("#price")).to_contain_text("9 credits")
    page.get_by_label("Prompt", exact=True).fill(PROMPT)
    page.locator("fieldset[data-field=quality]:visible").get_by_role("radio", name="medium").check()
    page.locator("fieldset[data-field=aspect_ratio]:visible").get_by_role("radio", name="2:3").check()
    page.get_by_role("button", name="Increase number of images").click()
    expect(page.locator("#price")).to_contain_text("18 credits")
    expect(page.locator("#price")).to_contain_text("982 left")
    page.get_by_role("heading", name="View code").click()
    for language, words in (
        ("curl", '"number_of_images": 2'),
        ("Python", '"quality": "medium"'),
        ("JavaScript", "await fetch("),
        ("easel", "--aspect-ratio 2:3"),
    ):
        page.get_by_role("tab", name=language).click()
        expect(page.get_by_role("tabpanel", name=language)).to_contain_text(words)
    assert_accessible(page)
    page.get_by_label("Prompt", exact=True).press("Control+Enter")
    card = page.locator("article.job").first
    expect(card.locator("img")).to_have_count(2, timeout=30_000)
    expect(page.locator("[data-balance]")).to_have_text("982")
    page.reload()
    expect(page.locator("article.job img")).to_have_count(2)
    assert_accessible(page)


def open_it(page: Page) -> None:
    page.locator("article.job img").first.click()
    page.get_by_role("link", name="Details").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(PROMPT)
    for fact in ("gpt-image-2", "sketch", "1024 × 1536", "18 credits", "owner@localhost"):
        expect(page.locator(".facts")).to_contain_text(fact)
    page.get_by_role("button", name="Full size").click()
    shown = page.locator("#large").evaluate("image => [image.clientWidth, image.naturalWidth]")
    assert shown == [1024, 1024]
    page.get_by_role("button", name="Fit").click()
    page.get_by_label("Download format").select_option("png")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download").click()
    assert download.value.suggested_filename.endswith(".png")
    assert Path(download.value.path()).read_bytes().startswith(b"\x89PNG")
    assert_accessible(page)


def edit_it(page: Page, tmp_path: Path) -> None:
    """The image as an input, and an uploaded one behind it, which then goes first."""
    page.get_by_role("link", name="Edit", exact=True).click()
    page.wait_for_url("**/studio/create?image=**")
    portrait = tmp_path / "por<b>trait.png"
    portrait.write_bytes(encoded(gradient(Size(300, 200))).data)
    page.locator("#files").set_input_files(portrait)
    inputs = page.locator("#inputs li")
    expect(inputs).to_have_count(2)
    expect(inputs.locator("img")).to_have_count(2)
    inputs.nth(1).get_by_role("button", name="Move forward").click()
    page.get_by_label("Prompt", exact=True).fill("Set it beside “The Poster”")
    assert_accessible(page)
    page.get_by_role("button", name="Generate").click()
    card = page.locator("article.job").first
    expect(card.locator("img")).to_have_count(1, timeout=30_000)
    card.locator("img").click()
    page.get_by_role("link", name="Details").click()
    expect(page.locator(".strip img")).to_have_count(2)
    expect(page.get_by_role("link", name="Source job")).to_be_visible()
    page.get_by_role("button", name="Before and after").click()
    slider = page.get_by_role("slider")
    expect(slider).to_be_focused()
    slider.press("ArrowRight")
    assert page.locator("#slider").evaluate("slider => slider.style.getPropertyValue('--at')") == "51%"
    assert_accessible(page)


def compare_and_take_home(page: Page, tmp_path: Path) -> None:
    page.get_by_role("link", name="Gallery", exact=True).click()
    tiles = page.locator(".tile")
    expect(tiles).to_have_count(3)
    for box in page.get_by_role("checkbox").all():
        box.check()
    expect(page.locator("#picked")).to_have_text("3 selected")
    assert_accessible(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download ZIP").click()
    with zipfile.ZipFile(download.value.path()) as packed:
        assert len(packed.namelist()) == 3
        assert packed.testzip() is None
    page.get_by_role("link", name="Compare").click()
    page.wait_for_url("**/studio/compare?**")
    expect(page.locator(".beside img")).to_have_count(3)
    expect(page.locator("tr.differs").first).to_be_visible()
    assert_accessible(page)


def make_again_after_a_restart(page: Page, server: RunningServer) -> None:
    """The session, the request and its inputs are still there."""
    page.goto(f"{server.url}/studio/gallery?search=beside")
    expect(page.locator(".tile")).to_have_count(1)
    page.locator(".tile > a").click()
    page.get_by_role("link", name="Details").click()
    page.get_by_role("link", name="Reuse settings").click()
    page.wait_for_url("**/studio/create?again=*")
    expect(page.get_by_label("Prompt", exact=True)).to_have_value("Set it beside “The Poster”")
    expect(page.locator("#inputs img")).to_have_count(2)
    page.get_by_role("button", name="Generate").click()
    expect(page.locator("article.job").first.locator("img")).to_have_count(1, timeout=30_000)


def be_told_what_cannot_be_paid(page: Page, server: RunningServer) -> None:
    """In place, in words, with what to do; and what a field refuses, at that field."""
    page.goto(f"{server.url}/studio/create?prompt=a+fox")
    count = page.get_by_role("spinbutton", name="Number of images")
    count.fill("11")
    page.get_by_role("button", name="Generate").click()
    expect(page.locator("[data-field=number_of_images]:visible .problem")).to_contain_text("must be 1 to 10")
    count.fill("10")
    page.locator("[data-field=quality]:visible").get_by_role("radio", name="high").check()
    with httpx.Client(base_url=server.url, headers={"X-API-Key": server.key}) as owner:
        for _ in range(10):
            if owner.get("/v2/me").json()["team"]["credits"] < 230:
                break
            body = {"model": "gpt-image-2", "prompt": "dear", "gptImage2Params": {"number_of_images": 9}}
            owner.post("/v2/images/generate", json=body)
    page.get_by_role("button", name="Generate").click()
    expect(page.locator("#short")).to_contain_text("Not enough credits: 230 needed")
    expect(page.locator("#short")).to_contain_text("easel credits grant")
    expect(page.get_by_role("button", name="Generate")).to_be_disabled()
