"""What the story leaves out: one-time link, themes, layout, deep links, keyboard, and what is in between."""

import json
import re
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Dialog, FilePayload, Locator, Page, Request, Route, expect
from tests.browser.conftest import Watched, assert_accessible, sign_in
from tests.support.images import encoded, gradient, masked

from easel.testing import RunningServer

BAD_GATEWAY = "<html><head><title>502 Bad Gateway</title></head><body><center>nginx</center></body></html>"
EXPECTED = ("Failed to load resource", "ERR_", "EventSource")
SHIFTS = """() => new Promise((done) => {
  let sum = 0;
  new PerformanceObserver((list) => { for (const one of list.getEntries()) sum += one.value; })
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(sum), 400);
})"""


def test_a_link_signs_in_once(open_page: Watched, server: RunningServer) -> None:
    command = [sys.executable, "-m", "easel", "studio", "--data", str(server.data)]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    link = server.url + printed[printed.index("/studio/enter") :]
    page = open_page(expected=("status of 401",))
    for times in range(2):
        page.goto(link)
        page.get_by_role("button", name="Sign in").click()
        if times == 0:
            page.wait_for_url("**/studio/create")
    expect(page.get_by_role("alert")).to_contain_text("already used")


@pytest.mark.proof
def test_the_theme_is_kept(open_page: Watched, server: RunningServer) -> None:
    page = open_page()
    page.goto(f"{server.url}/docs/jobs")
    page.get_by_role("button", name="Use dark theme").click()
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.goto(f"{server.url}/studio/signin")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == dark
    assert dark != "rgb(250, 249, 247)"


def test_a_deep_link_fills_the_form_in(open_page: Watched, server: RunningServer) -> None:
    page = open_page()
    sign_in(page, server)
    page.goto(f"{server.url}/docs/models/gpt-image-1.5")
    page.get_by_role("link", name="Open this example in the Studio").click()
    page.wait_for_url("**/studio/create?**")
    expect(page.get_by_label("Model")).to_have_value("gpt-image-1.5")
    expect(page.get_by_label("Prompt", exact=True)).to_have_value(
        "Infographic explaining how photosynthesis works, bold sans-serif labels, light academic color palette"
    )
    page.get_by_role("radio", name="High 24").check()
    expect(page.locator("#price")).to_contain_text("24 credits")
    page.get_by_label("Model").select_option("gpt-image-2")
    expect(page.locator("#price")).to_contain_text("23 credits")


@pytest.mark.proof
def test_compression_is_offered_for_the_formats_that_have_it(open_page: Watched, server: RunningServer) -> None:
    page = open_page()
    sign_in(page, server)
    page.goto(f"{server.url}/studio/create?prompt=a+fox")
    page.get_by_text("More settings").locator("visible=true").click()
    formats = page.locator("fieldset[data-field=output_format]:visible")
    compression = page.get_by_role("spinbutton", name="Output compression")
    expect(compression).to_have_value("100")
    page.get_by_role("heading", name="View code").click()
    code = page.get_by_role("tabpanel", name="curl")
    expect(code).to_contain_text("a fox")
    expect(code).not_to_contain_text("output_compression")
    page.get_by_role("button", name="Decrease output compression").click()
    expect(code).to_contain_text('"output_compression": 90')
    formats.get_by_role("radio", name="png").check()
    expect(compression).to_be_hidden()
    expect(code).to_contain_text('"output_format": "png"')
    expect(code).not_to_contain_text("output_compression")
    formats.get_by_role("radio", name="jpeg").check()
    expect(compression).to_have_value("90")
    expect(code).to_contain_text('"output_compression": 90')
    compression.fill("")
    expect(code).not_to_contain_text("output_compression")
    formats.get_by_role("radio", name="webp").check()
    page.get_by_label("Model").select_option("gpt-image-1.5")
    expect(compression).to_be_hidden()  # the usual format of the one becomes that of the other, png


@pytest.mark.proof
def test_a_mask_is_chosen_sent_and_removed(open_page: Watched, server: RunningServer, tmp_path: Path) -> None:
    image, mask = tmp_path / "image.png", tmp_path / "mask.png"
    image.write_bytes(encoded(gradient()).data)
    mask.write_bytes(encoded(masked()).data)
    page = open_page(expected=("status of 400",))
    sign_in(page, server)
    page.goto(f"{server.url}/studio/create?prompt=make+it+warmer")
    field = page.locator("#mask-field")
    expect(field).to_be_hidden()
    page.locator("#files").set_input_files(image)
    expect(field).to_be_visible()
    preview = page.get_by_role("img", name="Input 1")
    expect(preview).to_have_js_property("naturalWidth", 96)
    page.get_by_role("heading", name="View code").click()
    code = page.get_by_role("tabpanel", name="curl")
    page.locator("#mask").set_input_files(mask)
    expect(field).to_contain_text("mask.png")
    expect(code).to_contain_text('"mask": "http')
    assert_accessible(page)
    page.get_by_role("button", name="Remove mask").click()
    expect(code).not_to_contain_text('"mask"')
    page.locator("#mask").set_input_files(image)
    expect(code).to_contain_text('"mask": "http')
    page.get_by_role("button", name="Generate").click()
    expect(field.get_by_role("alert")).to_contain_text("this PNG has none")
    page.locator("#mask").set_input_files(mask)
    expect(field.get_by_role("alert")).to_be_hidden()
    page.locator("fieldset[data-field=quality]:visible").get_by_role("radio", name="low").check()
    page.get_by_role("button", name="Generate").click()
    card = page.locator("article.job", has_text="make it warmer").first
    expect(card.locator("img")).to_have_count(1, timeout=30_000)
    card.locator("img").click()
    page.get_by_role("link", name="Details").click()
    expect(page.get_by_role("img", name="Mask of input 1")).to_be_visible()
    page.get_by_role("link", name="Reuse settings").click()
    expect(field).to_contain_text("From the earlier job")


@pytest.mark.proof
def test_generate_waits_for_files_that_are_being_sent(open_page: Watched, server: RunningServer) -> None:
    page = open_page()
    sign_in(page, server)
    held: list[Route] = []
    page.route("**/v2/uploads", lambda route: held.append(route))
    data = encoded(gradient()).data
    photos = [FilePayload(name=name, mimeType="image/png", buffer=data) for name in ("one.png", "other.png")]
    page.locator("#files").set_input_files(photos)
    page.get_by_label("Prompt", exact=True).fill("make it red")
    page.get_by_role("button", name="Generate").click()
    with page.expect_request("**/v2/images/generate") as sent:
        for number in (0, 1):
            while len(held) <= number:
                page.wait_for_timeout(20)
            held[number].continue_()
    images = json.loads(sent.value.post_data or "")["gptImage2Params"]["input_images"]
    assert len(images) == 2
    assert all(address.startswith(f"{server.url}/files/") for address in images)


@pytest.mark.proof
def test_nothing_jumps(open_page: Watched, server: RunningServer) -> None:
    with httpx.Client(base_url=server.url, headers={"X-API-Key": server.key}, timeout=40) as owner:
        body = {"model": "gpt-image-2", "prompt": "A red fox", "gptImage2Params": {"quality": "low"}}
        owner.get(f"/v2/jobs/{owner.post('/v2/images/generate', json=body).json()['jobId']}?wait=30")
    page = open_page(390)
    sign_in(page, server)
    for path in ("/studio/create", "/studio/gallery", "/studio/account", "/docs/jobs"):
        page.goto(server.url + path)
        assert page.evaluate(SHIFTS) < 0.02, path


def test_a_job_lives_on_its_card_and_can_be_cancelled(open_page: Watched, server: RunningServer) -> None:
    with httpx.Client(base_url=server.url, headers={"X-API-Key": server.key}) as owner:
        tester = owner.post("/v2/keys", json={"name": "t", "test": True}).json()["secret"]
    page = open_page()
    sign_in(page, server, tester)
    expect(page.locator("#price")).to_contain_text("Test mode: free")
    page.get_by_label("Prompt", exact=True).fill("[easel:slow 20] a red fox")
    page.get_by_role("spinbutton", name="Number of images").fill("2")
    page.get_by_role("button", name="Generate").click()
    card = page.locator("article.job[data-live]").first
    expect(card.locator("a.pending .shape")).to_have_count(2)
    expect(card.locator("[data-stage]")).to_contain_text("Generating")
    first = card.locator("progress").evaluate("bar => bar.value")
    page.reload()
    card = page.locator("article.job[data-live]").first
    expect(card).to_be_visible()
    page.wait_for_function("first => document.querySelector('[data-live] progress').value > first", arg=first)
    card.get_by_role("button", name="Cancel").click()
    expect(page.locator("article.job").first).to_contain_text("Cancelled")
    expect(page.locator("article.job footer").first).to_contain_text("Not charged")
    expect(page.locator("#sketch-notice")).to_contain_text("Test mode")
    toast, dismiss = page.locator("#toast"), page.get_by_role("button", name="Dismiss")
    expect(toast).to_have_text("Cancelled. Not charged. View")
    above, below = dismiss.bounding_box(), toast.bounding_box()
    assert above is not None
    assert below is None or above["y"] + above["height"] < below["y"], "what is said covers no button"
    dismiss.click()
    page.goto(f"{server.url}/studio/gallery")
    expect(page.locator("#sketch-notice")).to_have_count(0)


@pytest.mark.proof
def test_a_call_of_the_reference_is_tried(open_page: Watched, server: RunningServer) -> None:
    """As who is signed in, then with a test key that the page makes; a live call that is charged is asked about."""
    page = open_page(expected=("status of 404",))
    asked: list[str] = []

    def refuse(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", refuse)
    sign_in(page, server)
    page.goto(f"{server.url}/docs/reference#generate-images")

    def form_of(anchor: str) -> Locator:
        page.locator(f"#{anchor} summary", has_text="Try it").click()
        return page.locator(f"#{anchor} form")

    generate = form_of("generate-images")
    generate.get_by_role("button", name="Send").click()
    assert asked == ["This call is charged. Send it?"]
    page.locator("#make-key").click()
    expect(page.locator("#caller")).to_have_text("With your test key: free.")
    generate.get_by_label("Body").fill(
        '{"model": "gpt-image-2", "prompt": "A red fox", "gptImage2Params": {"quality": "low"}}'
    )
    generate.get_by_role("button", name="Send").click()
    expect(generate.locator(".response")).to_contain_text("202 Accepted in")
    expect(generate.get_by_role("link", name="Open the job")).to_have_attribute("href", re.compile("/studio/jobs/.+"))
    job = form_of("get-a-job")
    job.get_by_label("wait").fill("30")
    job.get_by_role("button", name="Send").click()
    expect(job.locator("pre").last).to_contain_text('"status": "COMPLETED"')
    expect(job.locator("pre").last).to_contain_text('"test": true')
    page.locator("#forget-key").click()
    job.get_by_label("id").fill("019c8a3e-5f0b-7c41-9d1e-2f6b8a7c5d10")
    job.get_by_role("button", name="Send").click()
    expect(job.locator(".response")).to_contain_text("job_not_found")
    assert len(asked) == 1


@pytest.mark.proof
def test_the_form_is_filled_in_by_keyboard_alone(open_page: Watched, server: RunningServer) -> None:
    page = open_page()
    sign_in(page, server)
    expect(page.get_by_label("Prompt", exact=True)).to_be_focused()
    page.keyboard.type("A red fox")
    reach(page, "gpt-image-2.aspect_ratio")
    page.keyboard.press("ArrowRight")
    reach(page, "gpt-image-2.quality")
    page.keyboard.press("ArrowLeft")
    expect(page.locator("fieldset[data-field=quality]:visible :checked")).to_have_value("low")
    expect(page.locator("fieldset[data-field=aspect_ratio]:visible :checked")).to_have_value("3:2")
    page.keyboard.press("Control+Enter")
    expect(page.locator("article.job").first.locator("img")).to_have_count(1, timeout=30_000)


def test_a_form_survives_the_end_of_its_session(open_page: Watched, server: RunningServer) -> None:
    page = open_page(expected=("status of 401",))
    sign_in(page, server)
    page.get_by_label("Model").select_option("gpt-image-1.5")
    page.locator("fieldset[data-field=quality]:visible").get_by_role("radio", name="low").check()
    page.context.clear_cookies()
    page.get_by_label("Prompt", exact=True).fill("A prompt that took half an hour 🦊")
    page.get_by_role("button", name="Generate").click()
    page.wait_for_url("**/studio/signin?**")
    page.get_by_label("API key").fill(server.key)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_label("Prompt", exact=True)).to_have_value("A prompt that took half an hour 🦊")
    expect(page.get_by_label("Model")).to_have_value("gpt-image-1.5")
    expect(page.locator("fieldset[data-field=quality]:visible :checked")).to_have_value("low")


def test_one_request_is_one_job_whatever_is_pressed_or_lost(open_page: Watched, server: RunningServer) -> None:
    page = open_page(expected=("ERR_FAILED", "net::"))
    sign_in(page, server)
    made: list[str] = []
    cards = page.locator("article.job")
    before = cards.count()

    def lose(route: Route) -> None:
        made.append(route.fetch().json()["jobId"])
        if len(made) == 1:
            route.abort()  # accepted, and the answer is lost
        else:
            route.continue_()

    page.route("**/v2/images/generate", lose)
    page.get_by_label("Prompt", exact=True).fill("A red fox")
    page.get_by_role("button", name="Generate").click()
    expect(page.locator("#problem")).to_be_visible()
    page.keyboard.press("Control+Enter")
    page.keyboard.press("Control+Enter")
    expect(cards).to_have_count(before + 1)
    assert len(made) == 2
    assert made[0] == made[1]
    page.unroute("**/v2/images/generate")
    page.get_by_role("button", name="Generate").click()  # again on purpose
    expect(cards).to_have_count(before + 2)


def reach(page: Page, name: str) -> None:
    """Press Tab until a control of this name has the focus."""
    for _ in range(20):
        if page.evaluate("document.activeElement.name") == name:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{name} is unreachable")


def answered(page: Page, pattern: str, status: int, body: str = BAD_GATEWAY, *, times: int | None = None) -> list[str]:
    """From now on a proxy answers these requests itself; the addresses that were."""
    seen: list[str] = []

    def answer(route: Route, request: Request) -> None:
        seen.append(request.url)
        route.fulfill(status=status, body=body, content_type="text/html")

    page.route(pattern, answer, times=times)
    return seen


@pytest.mark.proof
def test_a_card_comes_back_after_bad_answers(open_page: Watched, server: RunningServer) -> None:
    """The stream ends, its next connections get a proxy's 502, as does the card that is fetched at the end."""
    test_key = httpx.post(
        f"{server.url}/v2/keys", json={"name": "t", "test": True}, headers={"X-API-Key": server.key}
    ).json()
    page = open_page(expected=EXPECTED)
    sign_in(page, server, test_key["secret"])
    page.evaluate("window.here = true")
    streams = answered(page, "**/v2/watch?*", 502, times=2)
    page.get_by_label("Prompt", exact=True).fill("[easel:slow 600] a red fox")
    page.get_by_role("button", name="Generate").click()
    card = page.locator("article.job").first
    expect(card.locator("progress")).to_have_count(1)
    expect(page.locator("#connection")).to_have_text("Reconnecting…")
    expect(page.locator("#connection")).to_be_hidden()
    cards = answered(page, "**/studio/jobs/*/card", 502, times=1)
    job, key = card.get_attribute("data-job"), {"X-API-Key": test_key["secret"]}
    httpx.post(f"{server.url}/v2/jobs/{job}/cancel", headers=key).raise_for_status()
    expect(card).to_contain_text("Cancelled")
    assert (len(streams), len(cards)) == (2, 1)
    assert page.evaluate("window.here"), "the page was not loaded again"


@pytest.mark.proof
def test_answers_of_others_are_named(open_page: Watched, server: RunningServer) -> None:
    page = open_page(expected=EXPECTED)
    sign_in(page, server)
    problem = page.get_by_role("list", name="Files that cannot be used")
    photo: FilePayload = {"name": "photo.png", "mimeType": "image/png", "buffer": encoded(gradient()).data}
    for status, words in (
        (413, "refuses bodies of this size. Operators: raise its limit, with nginx client_max_body_size. (HTTP 413)"),
        (200, "Another page came instead of Easel's response, such as a sign-in."),
        (401, "asks for a sign-in of its own"),
        (302, "Another page came"),
    ):
        if status == 302:
            page.route("**/v2/uploads", lambda route: route.fulfill(status=302, headers={"Location": "/docs"}))
        else:
            answered(page, "**/v2/uploads", status)
        page.locator("#files").set_input_files(photo)
        expect(problem).to_contain_text(words)
        page.unroute("**/v2/uploads")
    page.route("**/v2/uploads", lambda route: route.abort())
    page.locator("#files").set_input_files(photo)
    expect(problem).to_contain_text("photo.png: The server cannot be reached. Try again.")
    page.locator("#files").set_input_files({**photo, "buffer": bytes(1_500_000)})
    expect(problem).to_contain_text("a proxy in front of it refuses files of this size")
    page.context.set_offline(True)
    page.get_by_label("Prompt", exact=True).fill("a red fox")
    page.get_by_role("button", name="Generate").click()
    expect(page.locator("#problem")).to_contain_text("You are offline.")


def test_copied_is_said_only_when_it_is_true(open_page: Watched, server: RunningServer) -> None:
    page = open_page()
    page.add_init_script(
        "Object.defineProperty(navigator, 'clipboard', { value: undefined });"
        "window.works = false; document.execCommand = () => window.works;"
    )
    page.goto(f"{server.url}/docs/quickstart")
    button = page.locator("main [data-copy]:visible").first
    source = page.locator("#" + str(button.get_attribute("data-copy")))
    button.click()
    expect(button).to_have_text("Press Ctrl+C")
    assert page.evaluate("getSelection().toString()").strip() == source.inner_text().strip()
    page.evaluate("window.works = true")
    button.click()
    expect(button).to_have_text("Copied")
    expect(button).to_have_text("Copy", timeout=15_000)
