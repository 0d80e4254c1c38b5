"""Markdown as HTML: code that is copied as it was written, tables for phones, endpoints, headings with links."""

import re
from html import unescape

import pytest

from easel.docs.render import render

LONG = "x" * 50


def text_of(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", html))


@pytest.mark.parametrize("language", ["python", "js", "sh", "json", "text", "unknown", ""])
@pytest.mark.parametrize(
    "code", [f"    a = '{LONG}'\n\n\tb\n", f'{{\n  "a": "{LONG}"\n}}\n', f"# {LONG}\n", '"""a\n  b"""\n']
)
def test_code_has_the_text_that_was_written(language: str, code: str) -> None:
    html = render(f"```{language}\n{code}```\n").html
    assert text_of(re.findall(r"<code [^>]*>(.*?)</code>", html, re.DOTALL)[0]) == code


def test_languages_that_stand_together_are_tabs() -> None:
    html = render("```python\na\n```\n```python openai\nb\n```\n```sh easel\nc\n```\n\nText\n\n```sh\nd\n```\n").html
    assert re.findall(r'role="tab" [^>]*>([^<]+)<', html) == ["Python", "OpenAI SDK", "easel"]
    assert re.findall(r'class="bar"><span>(\w+)<', html) == ["Shell"]


def test_an_endpoint_has_its_method_and_the_address_to_copy() -> None:
    html = render("`DELETE /v2/jobs/{id}`\n\n`GET /v2/me` gets the key.\n\n`GET /a` with `b`\n", "https://here").html
    assert re.findall(r'class="method (\w+)">', html) == ["delete", "get"]
    assert re.findall(r'data-copy-text="([^"]+)"', html) == ["https://here/v2/jobs/{id}", "https://here/a"]


def test_a_wide_table_names_its_columns_in_each_row() -> None:
    html = render(
        "| a | b | description |\n|---|---|---|\n| 1 | `aParams.y` | [l](/a.md) |\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"
    ).html
    assert html.count('<table class="stacks">') == 1
    assert re.findall(r'<td data-label="(\w+)">', html) == ["b"]
    assert '<span class="quiet">aParams.</span><wbr>y' in html
    call = render("| call | what |\n|---|---|\n| `GET /v2/a/{id}/b/{name}/c` | 2 |\n").html
    assert 'class="stacks"' in call
    assert "data-label" not in call
    assert 'class="button"' not in html
    assert "<code>easel.toml</code>" in render("`easel.toml`").html


def test_each_code_has_an_address_once() -> None:
    html = render("| code | when |\n|---|---|\n| `a_b` | 1 |\n| `c` | 2 |\n\n| errorCode |\n|---|\n| `c` |\n").html
    assert re.findall(r'<tr id="(\w+)">', html) == ["a_b", "c"]


def test_a_heading_has_a_link_beside_it() -> None:
    page = render("# Title\n\n## `Wait` <b>\n\n[Go](/studio)\n\n![two](/docs/images/trace.webp)\n")
    assert [heading.anchor for heading in page.headings] == ["wait-b"]
    assert '<a class="anchor" href="#wait-b" aria-label="Link to Wait &lt;b&gt;">' in page.html
    assert '<a href="/studio" class="button">' in page.html
    assert re.search(r'<p class="images of-1"><img src="[^"]+" alt="two" width="\d+" height="\d+"', page.html)
