"""The gallery and its lightbox: rows, keys, selections, favourites, collections, search, one image deleted."""

import re
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import Watched, assert_accessible, sign_in

from easel.testing import RunningServer

WANTED = (("A red fox", "1:1", 3), ("A lighthouse", "2:3", 1), ("A mountain lake", "3:2", 2))
FAILING = "[easel:fail] a red door"


@pytest.fixture(scope="module")
def made(server: RunningServer) -> list[dict[str, Any]]:
    with httpx.Client(base_url=server.url, headers={"X-API-Key": server.key}, timeout=60) as owner:
        jobs = []
        for prompt, ratio, count in WANTED:
            params = {"quality": "low", "aspect_ratio": ratio, "number_of_images": count}
            body = {"model": "gpt-image-2", "prompt": prompt, "gptImage2Params": params}
            jobs.append(owner.post("/v2/images/generate", json=body).json()["jobId"])
        return [owner.get(f"/v2/jobs/{job}?wait=30").json() for job in jobs]


# At one moment, and then all that follows from it.
BACK_AND_FORWARD = """async (box) => {
  const closed = new Promise((then) => box.addEventListener("close", then, { once: true }));
  box.close();
  box.showModal();
  await closed;
  await new Promise((then) => setTimeout(then, 200));
}"""


def test_looking_through_the_images(open_page: Watched, server: RunningServer, made: list[dict[str, Any]]) -> None:
    """← and → go through all, the address is that of the image, Back and Esc lead to the tile."""
    page = open_gallery(open_page(), server)
    assert_rows(page, at_least=200)
    expect(page.get_by_role("heading", name="Today")).to_be_visible()
    expect(page.locator("#count")).to_have_text("6 images")
    tile = page.locator(".tile").nth(1)
    tile.hover()
    for words in ("A mountain lake", "8 credits for 2", "Edit"):
        expect(tile.locator(".card")).to_contain_text(words)
    tile.locator("a").first.click()
    box = page.get_by_role("dialog", name="Image", exact=True)
    expect(box).to_contain_text("2 of 6 in the gallery")
    lake, lighthouse, fox = (job["id"] for job in reversed(made))
    expect(page).to_have_url(f"{server.url}/studio/jobs/{lake}?image=2")
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(f"{server.url}/studio/jobs/{lighthouse}?image=1")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    expect(page).to_have_url(f"{server.url}/studio/jobs/{fox}?image=2")
    expect(page.locator("#box-strip img")).to_have_count(3)
    expect(page.locator("#box-facts")).to_contain_text(
        "gpt-image-2 (drawn by sketch) · 1024 × 1024 · 12 credits for 3 images"
    )
    expect(page.locator("#box-shown")).to_contain_text(re.compile(r"Drawn.*: .*fox"))
    expect(page.locator("#box-image")).to_have_class("loaded")
    assert_accessible(page)
    fitted = page.locator("#box-percent").inner_text()
    page.mouse.move(700, 400)
    page.mouse.wheel(0, -300)
    expect(page.locator("#box-percent")).not_to_have_text(fitted)
    page.keyboard.press("0")
    expect(page.locator("#box-percent")).to_have_text(fitted)
    page.keyboard.press("f")
    expect(page.locator(f'[data-name="{fox}-2"][data-favourite]')).to_have_count(1)
    page.keyboard.press("?")
    expect(page.get_by_role("heading", name="Keyboard shortcuts")).to_be_visible()
    page.keyboard.press("Escape")
    expect(box).to_be_visible()
    page.keyboard.press("Escape")
    expect(box).to_be_hidden()
    expect(page).to_have_url(f"{server.url}/studio/gallery")
    expect(page.locator(f'[data-name="{fox}-2"] > a')).to_be_focused()
    page.keyboard.press("Enter")
    expect(box).to_be_visible()
    page.go_back()
    expect(box).to_be_hidden()
    page.go_forward()
    expect(box).to_be_visible()
    box.evaluate(BACK_AND_FORWARD)
    expect(box).to_be_visible()
    expect(page).to_have_url(f"{server.url}/studio/jobs/{fox}?image=2")
    page.reload()
    expect(page.locator(".facts")).to_contain_text(fox)
    page.go_back()
    expect(page.locator(".tile")).to_have_count(6)


def test_selecting_and_putting_in_order(open_page: Watched, server: RunningServer, made: list[dict[str, Any]]) -> None:
    """By keys alone; then a collection, favourites, a search, and one image of three deleted."""
    page = open_gallery(open_page(), server)
    page.locator(".tile > a").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Shift+ArrowRight")
    expect(page.locator("#picked")).to_have_text("2 selected")
    page.keyboard.press("End")
    page.keyboard.press("Space")
    expect(page.locator("#picked")).to_have_text("3 selected")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Shift+Space")
    expect(page.locator("#picked")).to_have_text("5 selected")
    page.keyboard.press("Control+a")
    expect(page.locator("#picked")).to_have_text("6 selected")
    expect(page.locator("#compare")).to_have_text("Compare 2 to 4 images")
    page.keyboard.press("Escape")
    expect(page.locator("#tray")).to_be_hidden()
    page.locator(".mark input").nth(3).check()
    page.locator(".tile > a").nth(5).click(modifiers=["Shift"])
    expect(page.locator("#count")).to_have_text("6 images, 3 selected")
    expect(page.locator("#compare")).to_have_text("Compare")
    for _ in range(8):  # past the card of the tile
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('#tray') !== null"):
            break
    assert page.evaluate("document.activeElement.closest('#tray') !== null")
    page.get_by_role("button", name="Add to collection").click()
    page.get_by_role("textbox", name="Name").fill("Foxes")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".chip", has_text="Foxes")).to_have_text("Foxes 3")  # at once, and the selection ends
    expect(page.locator("#tray")).to_be_hidden()
    expect(page.locator(".picking")).to_have_count(0)
    page.locator("#toast").get_by_role("link").click()
    expect(page.locator(".chip[aria-current]")).to_have_text("Foxes 3")
    expect(page.locator(".tile")).to_have_count(3)
    assert_accessible(page)
    page.locator(".mark input").first.check()
    page.get_by_role("button", name="Remove from collection").click()
    expect(page.locator(".chip[aria-current]")).to_have_text("Foxes 2")
    page.get_by_role("button", name="Rename").click()
    page.get_by_role("textbox", name="Name").fill("Red foxes")
    page.keyboard.press("Enter")
    expect(page.locator(".chip[aria-current]")).to_have_text("Red foxes 2")
    page.get_by_role("link", name="All", exact=True).click()
    page.get_by_role("searchbox").fill("lighthouse")
    expect(page.locator(".tile")).to_have_count(1)
    expect(page).to_have_url(f"{server.url}/studio/gallery?search=lighthouse")
    page.get_by_role("button", name="Clear search").click()
    expect(page.locator(".tile")).to_have_count(6)
    fox = made[0]["id"]
    page.locator(f'[data-name="{fox}-2"] > a').focus()
    page.keyboard.press("Delete")
    expect(page.get_by_role("button", name="Delete all 3 images")).to_be_visible()
    page.get_by_role("button", name="Delete image").click()
    expect(page.locator(".tile")).to_have_count(5)
    expect(page.locator("#toast")).to_have_text("Deleted.")
    page.locator(f'[data-name="{fox}-3"] > a').click()
    expect(page.locator("#box-strip img")).to_have_count(2)
    page.get_by_role("link", name="Details").click()
    expect(page.locator("#image")).to_have_attribute("data-file", path(made[0], 3))


def test_failed_jobs_are_out_of_the_way(open_page: Watched, server: RunningServer) -> None:
    with httpx.Client(base_url=server.url, headers={"X-API-Key": server.key}, timeout=60) as owner:
        key = owner.post("/v2/keys", json={"name": "t", "test": True}).json()["secret"]
        owner.headers["X-API-Key"] = key
        failed = owner.post("/v2/images/generate", json={"model": "gpt-image-2", "prompt": FAILING}).json()["jobId"]
        assert owner.get(f"/v2/jobs/{failed}?wait=30").json()["status"] == "FAILED"
    page = open_page(390, "dark")
    sign_in(page, server, key)
    page.goto(f"{server.url}/studio/gallery")
    expect(page.locator("#nothing")).to_contain_text("No images yet.")
    page.get_by_role("link", name="1 failed").click()
    expect(page.locator(".tile")).to_contain_text("this test request asks for it")
    assert_accessible(page)
    page.get_by_role("button", name="Clear failed jobs").click()
    page.get_by_role("button", name="Delete jobs").click()
    page.wait_for_url("**/studio/gallery")
    expect(page.get_by_role("link", name="1 failed")).to_have_count(0)


@pytest.mark.proof
def test_on_a_phone(open_page: Watched, server: RunningServer, made: list[dict[str, Any]]) -> None:
    page = open_gallery(open_page(390, "dark"), server)
    assert_rows(page, at_least=110)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.get_by_role("button", name="Select").click()
    page.locator(".tile > a").first.click()
    expect(page.locator("#picked")).to_have_text("1 selected")
    assert_accessible(page)
    page.get_by_role("button", name="Stop selecting").click()
    page.locator(".tile > a").first.click()
    expect(page.locator("#box-image")).to_have_class("loaded")
    count = page.locator("#box-count").inner_text()
    page.mouse.move(300, 400)
    page.mouse.down()
    page.mouse.move(100, 410, steps=4)
    page.mouse.up()
    expect(page.locator("#box-count")).not_to_have_text(count)
    assert_accessible(page)


def test_a_card_of_create_opens_the_lightbox(
    open_page: Watched, server: RunningServer, made: list[dict[str, Any]]
) -> None:
    page = open_page()
    sign_in(page, server)
    page.locator("article.job .images a").first.click()
    expect(page.locator("#box-count")).to_contain_text("1 of")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#box-count")).to_contain_text("2 of")
    page.keyboard.press("Escape")
    expect(page).to_have_url(f"{server.url}/studio/create")


def open_gallery(page: Page, server: RunningServer) -> Page:
    sign_in(page, server)
    page.goto(f"{server.url}/studio/gallery")
    return page


def assert_rows(page: Page, *, at_least: int) -> None:
    """Tiles of a row have one height, and show their whole image."""
    boxes = page.locator(".tile > a > img").evaluate_all(
        "all => all.map((one) => { const { top, width, height } = one.getBoundingClientRect();"
        " return [top, width, height, one.width ? one.getAttribute('width') / one.getAttribute('height') : 0]; })"
    )
    for top, width, height, ratio in boxes:
        assert height >= at_least
        assert width / height == pytest.approx(ratio, rel=0.02)
        assert all(abs(other[2] - height) < 1 for other in boxes if abs(other[0] - top) < 2)


def path(job: dict[str, Any], number: int) -> str:
    return str(httpx.URL(job["images"][number - 1]["url"]).path)
