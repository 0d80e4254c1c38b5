"""The gallery with few and with many images, in one run: first view, scrolling, the lightbox. See bench/README.md.

make bench-gallery
"""

import statistics
import tempfile
from pathlib import Path

import httpx
from bench.filling import fill
from playwright.sync_api import Page
from tools.browser import browser

from easel.testing import RunningServer, running_server

FEW, MANY = 200, 20_000
SCREENS = 25
DEEP = 2_400  # tiles on the page when it is scrolled further
STEPS = 20
PROMPT = "Poster for “Open Studio Night”, warm retro colours"


def main() -> None:
    heads = ("first byte", "all drawn", "weight", "next 40", "frames, p95", "lightbox", "memory")
    print(f"{'':26}" + "".join(f"{head:>13}" for head in heads))
    with tempfile.TemporaryDirectory() as few, tempfile.TemporaryDirectory() as many:
        folders = {FEW: Path(few), MANY: Path(many)}
        for count, folder in folders.items():
            prepare(folder, count)
        with browser() as chromium:
            for count, folder in folders.items():
                with running_server(folder) as server:
                    for name in ("previews made", "previews kept"):
                        page = chromium.new_page(viewport={"width": 1440, "height": 900})
                        sign_in(page, server)
                        first = first_view(page, server)
                        report(f"{count:,}, {name}", first, scroll(page, count), step(page), memory(server))
                    if count > DEEP:
                        go_deep(page)
                        report(f"{count:,}, {DEEP:,} shown", None, scroll(page, count), step(page), memory(server))
                    page.close()


def prepare(folder: Path, count: int) -> None:
    """A real job, and its like as rows."""
    with running_server(folder) as server, httpx.Client(headers={"X-API-Key": server.key}, timeout=60) as client:
        body = {"model": "gpt-image-2", "prompt": PROMPT, "gptImage2Params": {"quality": "medium"}}
        job = client.post(f"{server.url}/v2/images/generate", json=body).json()["jobId"]
        client.get(f"{server.url}/v2/jobs/{job}?wait=30")
    fill(folder, None, count, others=False)


def sign_in(page: Page, server: RunningServer) -> None:
    page.goto(f"{server.url}/studio")
    page.get_by_label("API key").fill(server.key)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/studio/create")


def first_view(page: Page, server: RunningServer) -> tuple[float, float, float]:
    """Milliseconds to the first byte and until every image on the screen is drawn; kilobytes so far."""
    page.goto(f"{server.url}/studio/gallery")
    page.wait_for_load_state("networkidle")
    numbers: list[float] = page.evaluate(
        """() => {
          const page = performance.getEntriesByType("navigation")[0];
          const parts = performance.getEntriesByType("resource");
          const seen = [...document.images].filter((one) => one.getBoundingClientRect().top < innerHeight);
          const names = new Set(seen.map((one) => one.src));
          const drawn = Math.max(...parts.filter((part) => names.has(part.name)).map((part) => part.responseEnd));
          const weight = page.transferSize + parts.reduce((sum, part) => sum + part.transferSize, 0);
          return [page.responseStart, drawn, weight / 1000];
        }"""
    )
    return numbers[0], numbers[1], numbers[2]


def scroll(page: Page, count: int) -> tuple[float, float]:
    """Scroll down screen by screen: milliseconds for each next 40 tiles, and the 95th percentile of a frame."""
    page.evaluate(
        """() => {
          window.frames_ = [];
          let last = performance.now();
          const tick = (now) => { window.frames_.push(now - last); last = now; requestAnimationFrame(tick); };
          requestAnimationFrame(tick);
        }"""
    )
    for _ in range(SCREENS if count > FEW else 5):
        page.mouse.wheel(0, 900)
        page.wait_for_timeout(120)
    page.wait_for_load_state("networkidle")
    fetched: list[float] = page.evaluate(
        """() => performance.getEntriesByType("resource").filter((part) => part.name.includes("/gallery/tiles"))
          .map((part) => part.duration)"""
    )
    frames: list[float] = page.evaluate("window.frames_")
    return statistics.median(fetched or [0.0]), statistics.quantiles(frames, n=20)[-1]


def go_deep(page: Page) -> None:
    """Load page after page until many tiles are there, without their previews: a server would be long at them."""
    page.route("**/previews/**", lambda route: route.abort())
    while page.locator(".tile").count() < DEEP:
        page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
        page.wait_for_timeout(50)
    page.unroute("**/previews/**")
    page.wait_for_load_state("networkidle")


def step(page: Page) -> float:
    """Milliseconds from → in the lightbox until the next image is there in full size: the median, half-way down."""
    tiles = page.locator(".tile > a")
    tiles.nth(min(tiles.count() // 2, tiles.count() - STEPS - 2)).click()
    taken: list[float] = page.evaluate(
        """async (steps) => {
          const box = document.getElementById("lightbox");
          const image = document.getElementById("box-image");
          const drawn = () => new Promise((done) => {
            const look = () => (image.matches(".loaded") ? done(performance.now()) : requestAnimationFrame(look));
            look();
          });
          const taken = [];
          await drawn();
          for (let index = 0; index < steps; index += 1) {
            await new Promise((done) => { setTimeout(done, 400); });
            const before = performance.now();
            box.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true }));
            taken.push(await drawn() - before);
          }
          return taken;
        }""",
        STEPS,
    )
    page.keyboard.press("Escape")
    page.wait_for_url("**/studio/gallery")
    return statistics.median(taken)


def memory(server: RunningServer) -> int:
    """Megabytes resident, at the most."""
    status = Path(f"/proc/{server.process.pid}/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) // 1000


def report(
    name: str, first: tuple[float, float, float] | None, scrolled: tuple[float, float], step: float, megabytes: int
) -> None:
    seen = "".join(f"{value:10.0f} {unit}" for value, unit in zip(first or (), ("ms", "ms", "KB"), strict=False))
    tiles, frame = scrolled
    print(f"{name:26}{seen:39}{tiles:10.0f} ms{frame:10.1f} ms{step:10.0f} ms{megabytes:10d} MB", flush=True)


if __name__ == "__main__":
    main()
