"""Editing: images into the form by dragging, choosing and uploading, a mask that is drawn, and what comes of it."""

import json

import httpx
import pytest
import pyvips
from playwright.sync_api import FilePayload, Page, expect
from tests.browser.conftest import Watched, assert_accessible, sign_in
from tests.support.images import encoded, gradient
from tests.support.waiting import block_until

from easel.domain import Size
from easel.testing import RunningServer

FOX, HARE = "A red fox in the snow", "A grey hare in a meadow"
BROKEN = FilePayload(name="broken.png", mimeType="image/png", buffer=b"\x89PNG\r\n\x1a\n?")
TEXT = FilePayload(name="notes.txt", mimeType="text/plain", buffer=b"a fox")
GOOD = FilePayload(name="good.png", mimeType="image/png", buffer=encoded(gradient(Size(90, 60))).data)


@pytest.fixture(scope="module")
def jobs(server: RunningServer) -> dict[str, str]:
    """The ids of two jobs with an image each, by prompt; the second is wide."""
    with httpx.Client(base_url=server.url, headers={"X-API-Key": server.key}, timeout=60) as client:
        ids = {}
        for prompt, shape in ((FOX, "2:3"), (HARE, "3:2")):
            body = {"model": "gpt-image-2", "prompt": prompt}
            params = {"quality": "low", "aspect_ratio": shape}
            ids[prompt] = client.post("/v2/images/generate", json=body | {"gptImage2Params": params}).json()["jobId"]
            assert client.get(f"/v2/jobs/{ids[prompt]}", params={"wait": 50}).json()["status"] == "COMPLETED"
    return ids


def drawn_share(address: str) -> float:
    """How much of a mask is transparent."""
    alpha = pyvips.Image.new_from_buffer(httpx.get(address).content, "")[3]
    return float((alpha == 0).avg() / 255)


def test_an_image_is_dragged_masked_edited_and_varied(
    open_page: Watched, server: RunningServer, jobs: dict[str, str]
) -> None:
    page = open_page(expected=("status of 400",))
    sign_in(page, server)
    bring_images(page)
    draw(page)
    page.get_by_label("Prompt", exact=True).fill("Black and white. Change the purple hat to blue.")
    with page.expect_response("**/v2/images/generate") as sent:
        page.get_by_role("button", name="Generate").click()
    body = json.loads(sent.value.request.post_data or "")["gptImage2Params"]
    assert (body["aspect_ratio"], len(body["input_images"])) == ("3:2", 1)
    assert 0.02 < drawn_share(body["mask"]) < 0.3
    see_the_edit(page, server, jobs[HARE], sent.value.json()["jobId"])
    vary(page, server, jobs[FOX])


def bring_images(page: Page) -> None:
    """A card is dragged into the form; of two files the broken one stays named; and the gallery gives several."""
    inputs, faults = page.locator("#inputs li"), page.locator("#faults li")
    block_until(lambda: held_over_the_form(page))
    page.mouse.up()
    expect(page.get_by_role("img", name="Input 1")).to_have_js_property("complete", value=True)
    expect(page.locator("#ratio-note")).to_have_text("Aspect ratio set to 3:2, the same as your image.")
    expect(page.get_by_label("Prompt", exact=True)).to_be_focused()
    page.locator("#files").set_input_files([BROKEN, TEXT, GOOD])
    expect(inputs).to_have_count(2)
    expect(faults).to_contain_text(["broken.png: The file cannot be opened as an image", "notes.txt: The file is not"])
    assert "Vips" not in faults.first.inner_text()
    page.get_by_role("button", name="Dismiss: broken.png").click()
    expect(faults).to_have_count(1)
    page.get_by_role("button", name="Choose from gallery").click()
    dialog = page.get_by_role("dialog", name="Choose from gallery")
    dialog.get_by_role("checkbox", name=HARE).check()
    dialog.get_by_role("searchbox").fill("fox")
    expect(dialog.get_by_role("checkbox")).to_have_count(1)
    dialog.get_by_role("checkbox", name=FOX).check()
    dialog.get_by_role("button", name="Add 2 images").click()
    expect(inputs).to_have_count(4)
    for number in (4, 3, 2):
        page.get_by_role("button", name=f"Remove input {number}").click()


def held_over_the_form(page: Page) -> bool:
    """Whether a card is held over the form: a browser begins no dragging of what changes under the mouse."""
    form, image = page.locator("#drop"), page.locator("article.job img").first
    expect(image).to_have_js_property("complete", value=True)
    image.hover()
    page.mouse.down()
    box = form.bounding_box()
    assert box
    # Of one long move a browser may see no dragging over the form.
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=10)
    try:
        expect(form).to_contain_class("over", timeout=2_000)
    except AssertionError:
        page.mouse.up()
        return False
    return True


def draw(page: Page) -> None:
    """With the mouse and with keys, taken back and done again, and shown over the image."""
    page.get_by_role("button", name="Draw a mask").click()
    canvas, share = page.locator("#brush-canvas"), page.locator("#brush-share")
    expect(share).to_have_text("Nothing is drawn yet.")
    page.get_by_role("button", name="Use mask").click()
    expect(page.locator("#brush").get_by_role("alert")).to_have_text("Draw over what may change first.")
    box = canvas.bounding_box()
    assert box
    page.mouse.move(box["x"] + 60, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + 260, box["y"] + 90, steps=4)
    page.mouse.up()
    expect(share).to_contain_text("of the image may change")
    by_mouse = share.inner_text()
    canvas.press("]")
    page.keyboard.down(" ")
    for _ in range(4):
        page.keyboard.press("Shift+ArrowDown")
    page.keyboard.up(" ")
    expect(share).not_to_have_text(by_mouse)
    by_both = share.inner_text()
    page.keyboard.press("Control+z")
    expect(share).to_have_text(by_mouse)
    page.keyboard.press("Control+Shift+Z")
    expect(share).to_have_text(by_both)
    for _ in range(2):
        page.get_by_role("button", name="Invert").click()
    page.get_by_role("button", name="Use mask").click()
    expect(page.locator("#brush")).to_be_hidden()
    expect(page.locator("#mask-name")).to_have_text("Drawn mask")
    expect(page.locator("#inputs .veil")).to_have_count(1)


def see_the_edit(page: Page, server: RunningServer, original: str, edit: str) -> None:
    """Its page says what was done and what was not, leads back to the original, and shows both in one frame."""
    expect(page.locator("article.job").first.locator("img")).to_have_count(1, timeout=30_000)
    page.goto(f"{server.url}/studio/jobs/{edit}")
    expect(page.locator(".changes summary")).to_contain_text("1 done, 1 not possible")
    expect(page.locator(".changes .done")).to_have_text("Done: Black and white for the whole picture.")
    expect(page.get_by_role("link", name="Original", exact=True)).to_have_attribute(
        "href", f"/studio/jobs/{original}?image=1"
    )
    page.get_by_role("button", name="Before and after").click()
    expect(page.locator("#slider .side")).to_have_text(["Before", "After"])
    after, before = [image.bounding_box() for image in page.locator("#slider img").all()]
    assert after
    assert before == pytest.approx(after, abs=1)
    page.get_by_role("tab", name="JSON").click()
    expect(page.get_by_role("tabpanel", name="JSON")).to_contain_text('"aspect_ratio": "3:2"')


def vary(page: Page, server: RunningServer, job: str) -> None:
    """Other images of the same request, at once, for the price on the button."""
    page.goto(f"{server.url}/studio/jobs/{job}")
    page.get_by_role("button", name="New variation · 4 credits").click()
    shown = page.locator("#variations article img")
    expect(shown).to_have_count(1, timeout=30_000)
    with httpx.Client(base_url=server.url, headers={"X-API-Key": server.key}) as client:
        [new] = client.get("/v2/jobs", params={"limit": 1}).json()["jobs"]
        images = [
            pyvips.Image.new_from_buffer(client.get(one["result"]["images"][0]).content, "")
            for one in (new, client.get(f"/v2/jobs/{job}").json())
        ]
    assert (images[0] - images[1]).abs().max() > 0
    expect(page).to_have_url(f"{server.url}/studio/jobs/{job}")


@pytest.mark.proof
@pytest.mark.parametrize(("width", "theme"), [(390, "dark"), (1440, "light")])
def test_every_part_of_editing_is_accessible_at_any_width(
    open_page: Watched, server: RunningServer, jobs: dict[str, str], width: int, theme: str
) -> None:
    page = open_page(width, theme)
    sign_in(page, server)
    image = page.locator("article.job img").first.get_attribute("src") or ""
    page.goto(f"{server.url}/studio/create?image={image.replace('/previews/', '/files/')}")
    page.locator("#files").set_input_files([TEXT])
    expect(page.locator("#faults li")).to_have_count(1)
    assert_whole(page)
    page.get_by_role("button", name="Draw a mask").click()
    expect(page.locator("#brush-share")).not_to_be_empty()
    page.locator("#brush-canvas").press("]")
    assert_whole(page)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Choose from gallery").click()
    expect(page.locator("#picker-images input").first).to_be_visible()
    assert_whole(page)
    page.goto(f"{server.url}/studio/jobs/{jobs[FOX if width == 390 else HARE]}")  # it is deleted
    assert_whole(page)
    page.get_by_role("button", name="Delete…").click()
    assert_whole(page)
    page.get_by_role("button", name="Delete image and prompt").click()
    page.wait_for_url("**/studio/gallery")


def assert_whole(page: Page) -> None:
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert_accessible(page)
