"""Every page, dark when narrow and light when wide: accessible by axe's rules, nothing beyond its edges. The
documentation is searched and copied."""

import re

import httpx
import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import Watched, assert_accessible, sign_in
from tests.support.samples import one_in

from easel.catalog import Catalog
from easel.docs.site import Site
from easel.testing import RunningServer

STUDIO = ("create", "gallery", "account", "team", "webhooks")
LOOKS = [(390, "dark"), (1440, "light")]


SIZES = """[...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
    .filter((each) => each.initiatorType !== "img").reduce((sum, each) => sum + each.encodedBodySize, 0)"""


def assert_small(page: Page) -> None:
    """What is loaded at first, images apart."""
    page.wait_for_load_state("networkidle")
    assert 50_000 < page.evaluate(SIZES) < 200_000, page.url


def assert_fits(page: Page) -> None:
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{page.url} is {wide} pixels too wide"


@pytest.mark.parametrize(("width", "theme"), one_in(2, LOOKS))
def test_every_page_of_the_studio(open_page: Watched, server: RunningServer, width: int, theme: str) -> None:
    page = open_page(width, theme)
    page.goto(f"{server.url}/studio/signin")
    assert_accessible(page)
    sign_in(page, server)
    for name in STUDIO:
        page.goto(f"{server.url}/studio/{name}")
        assert_accessible(page)
        assert_small(page)
        assert_fits(page)


def test_the_first_image_is_one_click_away_and_on_the_account(open_page: Watched, server: RunningServer) -> None:
    page = open_page(expected=("status of 400", "status of 404"))
    sign_in(page, server)
    page.get_by_role("button", name="Try this example: Logo, 9 credits").click()
    expect(page.locator("#jobs article img")).to_be_visible()
    expect(page.get_by_role("button", name="Try this example: Logo")).to_be_hidden()
    page.goto(f"{server.url}/studio/account")
    line = page.get_by_role("row").nth(1)
    expect(line).to_contain_text("Logo badge for a coffee roaster")
    expect(line).to_contain_text("Charged")
    expect(line.locator("time")).to_have_attribute("title", re.compile("UTC$"))
    menu = page.get_by_role("group", name="Account menu")
    page.get_by_role("button", name="Account menu").focus()
    page.keyboard.press("Enter")
    expect(menu).to_contain_text("owner@localhost")
    assert_accessible(page)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Account and credits")).to_be_focused()
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    page.goto(f"{server.url}/studio/webhooks")
    expect(page.get_by_role("button", name="Retry all failed")).to_have_count(0)
    page.get_by_label("Endpoint URL").fill("http://localhost:3000/hook")
    page.get_by_role("button", name="Send test event").click()
    expect(page.get_by_role("alert")).to_contain_text("The endpoint URL must be on the public internet")
    expect(page.get_by_role("alert")).to_contain_text("easel listen --forward")
    page.goto(f"{server.url}/studio/nothing")
    expect(page.get_by_role("navigation", name="Studio")).to_be_visible()
    assert_accessible(page)


CUT_TABLES = """() => [...document.querySelectorAll("main .scroll")]
  .filter((box) => box.scrollWidth > box.clientWidth + 1).map((box) => box.innerText.slice(0, 60))"""


# What the words of a page can get wrong: images and links without any, headings that leave a level out.
WORDLESS = """() => {
  const all = (what) => [...document.querySelectorAll(what)];
  const levels = all("main h1, main h2, main h3, main h4, main h5").map((one) => Number(one.tagName[1]));
  return [
    ...all("img:not([alt]), main img[alt='']").map((one) => one.outerHTML),
    ...all("main a").filter((one) => !(one.innerText.trim() || one.ariaLabel || one.querySelector("img")))
      .map((one) => one.outerHTML),
    ...levels.filter((level, at) => level > (levels[at - 1] ?? 0) + 1).map((level) => `h${level}`),
  ];
}"""
# Each kind of element, within what and of what class.
KINDS = """() => [...document.querySelectorAll("body *")].map((one) =>
  [one.parentElement, one].map((each) => `${each.tagName}.${each.getAttribute("class") ?? ""}`).join(" "))"""


@pytest.mark.proof
@pytest.mark.parametrize(("width", "theme"), LOOKS[:1])
def test_every_page_of_the_documentation(open_page: Watched, server: RunningServer, width: int, theme: str) -> None:
    page, known = open_page(width, theme), set[str]()
    for slug in Site(Catalog.load()).slugs():
        page.goto(f"{server.url}/docs/{slug}")
        assert page.evaluate(WORDLESS) == [], slug
        if not known.issuperset(kinds := page.evaluate(KINDS)):  # it has something that no page before it had
            assert_accessible(page)
            known.update(kinds)
        assert_fits(page)
        expect(page.get_by_role("link", name="All pages")).to_be_visible()
        assert page.evaluate(CUT_TABLES) == [], slug
    expect(page.get_by_role("link", name="All calls")).to_have_count(0)
    page.goto(f"{server.url}/docs/reference#cancel-a-job")
    expect(page.get_by_role("heading", name="Cancel a job")).to_be_in_viewport()
    expect(page.get_by_role("link", name="All calls")).to_be_in_viewport()
    expect(page.locator(".fold[open]")).to_have_count(0)
    page.get_by_label("Search the documentation").focus()
    assert page.get_by_label("Search the documentation").evaluate("field => field.offsetWidth > innerWidth * 0.9")


SEARCHES = {
    "refund": "credits#charges-and-refunds",
    "pricing": "credits",
    "polling": "jobs#wait-for-a-job",
    "inpaint": "api#masks",
    "mask": "api#masks",
    "login": "studio#sign-in",
    "dark mode": "studio#theme",
    "changelog": "changelog",
    "webhok": "webhooks",
    "seed": "sketch#seeds",
    "size": "models/gpt-image-2#sizes",
    "timeout": "errors#request_timeout",
    "cors": "proxy#pages-of-other-origins",
    "docker": "docker",
    "migrate from apiframe": "coming-from-apiframe",
    "limits": "limits",
    "batch": "recipes#generate-a-batch",
    "rate_limited": "errors#rate_limited",
    "azure": "providers#presets",
    "how do I delete an image": "jobs#list-cancel-and-delete-jobs",
    "transparent backgrond": "models/gpt-image-1.5",
    "Verify signatures": "webhooks#verify-signatures",
    "qwxzvkj": None,
}
SEARCH = """async ([module, queries]) => {
  const { prepare, search } = await import(module);
  const index = prepare(await (await fetch("/docs/search.json")).json());
  return queries.map((query) => [query, search(index, query)[0]?.section.at.replace("/docs/", "") ?? null]);
}"""


def test_the_documentation_is_searched(open_page: Watched, server: RunningServer) -> None:
    page = open_page()
    page.goto(f"{server.url}/docs/models/gpt-image-2")
    module = str(page.locator("script[type=module]").get_attribute("src")).replace("docs.js", "search.js")
    assert dict(page.evaluate(SEARCH, [module, list(SEARCHES)])) == SEARCHES
    page.keyboard.press("Control+k")
    page.keyboard.type("insufficient_credits")
    first = page.get_by_role("option").first
    expect(first).to_contain_text("Errors: insufficient_credits")
    expect(first.locator("mark").first).to_have_text("insufficient")
    page.keyboard.press("Escape")
    expect(first).to_be_hidden()
    page.get_by_role("link", name="Link to Prompt tips").focus()
    page.keyboard.press("/")
    page.keyboard.type("verify signatures")
    expect(first).to_contain_text("Webhooks and events: Verify signatures")
    page.keyboard.press("Enter")
    page.wait_for_url("**/docs/webhooks#verify-signatures")
    current = page.get_by_role("navigation", name="On this page").locator("[aria-current]")
    expect(current).to_have_text("Verify signatures")
    expect(page.get_by_role("link", name="Next Recipes")).to_be_visible()


@pytest.mark.proof
def test_a_page_is_copied_as_markdown(open_page: Watched, server: RunningServer) -> None:
    page = open_page()
    page.add_init_script(
        "const clipboard = { writeText: async (text) => { window.copied = text; } };"
        "Object.defineProperty(navigator, 'clipboard', { value: clipboard });"
    )
    page.goto(f"{server.url}/docs/models/gpt-image-2")
    page.get_by_role("button", name="Copy page").click()
    page.wait_for_function("() => window.copied")
    assert page.evaluate("copied") == httpx.get(f"{server.url}/docs/models/gpt-image-2.md").text
    page.get_by_role("button", name="Copy URL").click()
    page.wait_for_function("text => window.copied === text", arg=f"{server.url}/v2/images/generate")


@pytest.mark.proof
def test_keys_and_members_are_managed_on_the_team_page(open_page: Watched, server: RunningServer) -> None:
    page = open_page()
    sign_in(page, server)
    page.goto(f"{server.url}/studio/team")
    page.get_by_label("Email").fill("ada@team.test")
    page.get_by_role("button", name="Add member").click()
    expect(page.locator("#people")).to_contain_text("ada@team.test")
    page.get_by_label("Key name").fill("Shop")
    page.get_by_label("Key owner").select_option("ada@team.test")
    page.get_by_text("Limits: expiry, credits, models").click()
    page.locator("#new-credits").fill("500")
    page.get_by_role("button", name="Create key").click()
    row = page.locator("tr.new")  # in the table at once
    expect(row).to_contain_text("0 of 500")
    expect(page.locator("#secret-text")).to_contain_text("afk_")
    name = page.get_by_label("Name of the key Shop")
    name.fill("Web shop")
    name.press("Enter")
    expect(page.locator("#toast")).to_have_text("Renamed.")
    page.get_by_role("button", name="Limits Web shop").click()
    assert_accessible(page)
    page.locator("#key-expires").fill("2126-12-31")
    page.get_by_role("dialog").get_by_label("GPT Image 1.5").uncheck()
    page.get_by_role("button", name="Save").click()
    row = page.locator("#keys tr", has=page.get_by_label("Name of the key Web shop"))
    expect(row).to_contain_text("31 Dec 2126")
    expect(row).to_contain_text("gpt-image-2")
    page.get_by_role("button", name="Disable first key").click()
    question = page.get_by_role("dialog", name="Disable first key?")
    expect(question).to_contain_text("You will be signed out.")
    question.get_by_role("button", name="Cancel").click()
    page.get_by_role("button", name="Remove ada@team.test").click()
    page.get_by_role("button", name="Remove member").click()
    expect(page.locator("#people")).not_to_contain_text("ada@team.test")
    expect(page.locator("tr.gone")).to_contain_text("Web shop")
    expect(page.locator("#keys tr", has_text="your current session")).to_contain_text("active")
