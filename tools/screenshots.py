"""Every page of the Studio and the documentation, in both themes and widths, as images in docs/screenshots.

    make screenshots

They are taken of a real server with its own provider, so they change only when the pages or the provider do.
"""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pyvips
from playwright.sync_api import Browser, Page
from tools.browser import browser

from easel.testing import RunningServer, running_server

OUT = Path("docs/screenshots")
LOOKS = [(1440, "light"), (1440, "dark"), (390, "light"), (390, "dark")]
WANTED = [
    ("Poster for “Open Studio Night”, Friday 7 pm, warm retro colours", "2:3", 1),
    ("Infographic explaining how photosynthesis works, bold sans-serif labels, light academic color palette", "3:2", 1),
    ("A calm mountain lake at dawn", "3:2", 4),
    ("Menu “Café Azul” with “Espresso 2.50”, “Flat white 3.80” and “Lemon tart 4.20”", "2:3", 1),
    ("Sign in a forest that says “This Way to the Lake”", "1:1", 2),
    ("Album cover “Night Trains” by “The Signals”, neon on black", "1:1", 1),
    ("Timeline of the Apollo programme with “1961 Kennedy’s promise”, “1967 Apollo 1”, “1969 Landing”", "3:2", 1),
]


def main() -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    environment = {"EASEL_TRUSTED_NETWORKS": "127.0.0.0/8"}
    with tempfile.TemporaryDirectory() as folder, running_server(Path(folder), env=environment) as server:
        pages, newcomer = dict(furnish(server)), key_of_a_newcomer(server)
        with browser() as chromium:
            for width, theme in LOOKS:
                looks = [
                    *shots(chromium, server, pages, width, theme, server.key),
                    *shots(chromium, server, {"first-run": "/studio/create"}, width, theme, newcomer),
                ]
                for name, image in looks:
                    original = pyvips.Image.new_from_buffer(image, "")[:3]
                    original.write_to_file(str(OUT / f"{name}-{width}-{theme}.webp"), Q=82, effort=5, keep="none")
    for theme, name in (("light", "studio"), ("dark", "studio-dark")):
        shutil.copyfile(OUT / f"create-1440-{theme}.webp", Path(f"src/easel/docs/pages/images/{name}.webp"))
    print(f"{len(list(OUT.glob('*.webp')))} pictures in {OUT}")


def furnish(server: RunningServer) -> Iterator[tuple[str, str]]:
    """Make some images, an edit, a webhook, keys and people; then every page's name and address."""
    with httpx.Client(base_url=server.url, headers={"X-API-Key": server.key}, timeout=60) as easel:
        jobs = [make(easel, prompt, aspect_ratio=ratio, number_of_images=count) for prompt, ratio, count in WANTED]
        lake = jobs[2]["result"]["images"][0]
        edit = make(easel, "Set it in a frame with “Lake Dawn”", aspect_ratio="3:2", input_images=[lake])
        easel.post("/v2/webhooks/test", json={"url": "http://127.0.0.1:9/hook"})
        easel.post("/v2/keys", json={"name": "web shop"})
        easel.post("/v2/keys", json={"name": "continuous integration", "test": True})
        for email, role in (("ana@example.com", "ADMIN"), ("ben@example.com", "MEMBER")):
            easel.post("/v2/people", json={"email": email, "role": role})
    yield "sign-in", "/studio/signin"
    yield "create", "/studio/create?prompt=A+lighthouse+in+the+fog,+risograph&quality=medium"
    for name in ("gallery", "account", "team", "webhooks"):
        yield name, f"/studio/{name}"
    yield "lightbox", "/studio/gallery"
    yield "mask", f"/studio/create?image={lake}&prompt=A+sailing+boat+on+the+water"
    yield "picture", f"/studio/jobs/{jobs[2]['id']}"
    yield "edit", f"/studio/jobs/{edit['id']}"
    one, other, third = jobs[2]["id"], jobs[2]["id"], jobs[6]["id"]
    yield "compare", f"/studio/compare?image={one}-1&image={other}-2&image={third}-1"
    for slug in ("quickstart", "models/gpt-image-2", "errors", "reference"):
        yield f"docs-{slug.rpartition('/')[2]}", f"/docs/{slug}"


def key_of_a_newcomer(server: RunningServer) -> str:
    """The key of a member who has no image yet."""
    with httpx.Client(base_url=server.url, headers={"X-API-Key": server.key}) as easel:
        easel.post("/v2/people", json={"email": "new@example.com"})
        return str(easel.post("/v2/keys", json={"name": "new", "user": "new@example.com"}).json()["secret"])


def make(easel: httpx.Client, prompt: str, **params: Any) -> dict[str, Any]:
    body = {"model": "gpt-image-2", "prompt": prompt, "gptImage2Params": {"quality": "medium", **params}}
    job = easel.post("/v2/images/generate", json=body).json()["jobId"]
    done: dict[str, Any] = easel.get(f"/v2/jobs/{job}?wait=30").json()
    return done


def shots(
    chromium: Browser, server: RunningServer, pages: dict[str, str], width: int, theme: str, key: str
) -> Iterator[tuple[str, bytes]]:
    context = chromium.new_context(
        viewport={"width": width, "height": 900}, color_scheme="dark" if theme == "dark" else "light"
    )
    page = context.new_page()
    for name, path in pages.items():
        if name in ("create", "first-run"):
            sign_in(page, server, key)
        page.goto(server.url + path)
        prepare(page, name)
        yield name, page.screenshot()
    context.close()


def sign_in(page: Page, server: RunningServer, key: str) -> None:
    page.goto(f"{server.url}/studio/signin")
    page.get_by_label("API key").fill(key)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/studio/create")


def prepare(page: Page, name: str) -> None:
    """What shows a page at its best: an open panel, a slider half-way; and everything loaded."""
    if name == "edit":
        page.get_by_role("button", name="Before and after").click()
    if name == "docs-reference":
        page.locator("#key").wait_for()
    if name == "lightbox":
        page.locator(".tile a").nth(1).click()
        page.locator("#box-image.loaded").wait_for()
    if name == "mask":
        page.get_by_role("button", name="Draw a mask").click()
        paint(page)
    page.wait_for_load_state("networkidle")


def paint(page: Page) -> None:
    """A stroke of the brush across the middle."""
    box = page.get_by_role("dialog").locator("canvas").first.bounding_box()
    assert box
    middle, left = box["y"] + box["height"] * 0.7, box["x"] + box["width"] * 0.35
    page.mouse.move(left, middle)
    page.mouse.down()
    for step in range(1, 9):
        page.mouse.move(left + step * box["width"] * 0.035, middle - step * (8 - step) * 2)
    page.mouse.up()


if __name__ == "__main__":
    main()
