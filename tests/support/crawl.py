"""Follows every address that pages, scripts, styles and documents name, and finds those that lead out of a path."""

import json
import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

import httpx

ATTRIBUTE = re.compile(r"""\b(?:href|src|action)="([^"]+)\"""")
STYLE = re.compile(r"""url\("?([^)"]+)"?\)""")
IMPORT = re.compile(r"""(?:from|import) ["'](\.[^"']+)["']""")
POSTED = ("/studio/signin", "/studio/signout")


async def crawl(client: httpx.AsyncClient, base: str, *starts: str) -> dict[str, int]:
    """The status of every address below `base`; raises AssertionError for one of that server that is outside of it."""
    seen: dict[str, int] = {}
    queue = [base + start for start in starts]
    while queue:
        address = queue.pop().partition("#")[0]
        if address in seen or address.endswith(POSTED):
            continue
        response = await client.get(address)
        seen[address] = response.status_code
        assert response.headers["X-Request-Id"], f"{address} is not the server's"
        for found in _named(response):
            there = urljoin(address, found.replace("&amp;", "&"))
            if urlsplit(there).netloc != urlsplit(base).netloc:
                continue
            if there == base:  # the server of the OpenAPI document, which is no page
                continue
            assert there.startswith(base + "/"), f"{address} leads to {there}"
            queue.append(there)
    return seen


def _named(response: httpx.Response) -> Iterator[str]:
    kind = response.headers.get("content-type", "")
    if location := response.headers.get("location"):
        yield location
    if kind.startswith("text/html"):
        yield from ATTRIBUTE.findall(response.text)
    elif kind.startswith("text/css"):
        yield from (one for one in STYLE.findall(response.text) if not one.startswith("data:"))
    elif "javascript" in kind and len(response.content) < 100_000:  # not those of others
        yield from IMPORT.findall(response.text)
    elif kind.startswith("application/json"):
        yield from _addresses(json.loads(response.content))
    elif kind.startswith(("text/plain", "text/markdown")):
        yield from re.findall(r"\]\(([^)\s]+)\)", response.text)


def _addresses(value: object) -> Iterator[str]:
    """The values of a document that are addresses; in an OpenAPI document only those of its servers."""
    if isinstance(value, dict):
        inside = value.get("servers") if "openapi" in value else list(value.values())
        yield from _addresses(inside)
    elif isinstance(value, list):
        for one in value:
            yield from _addresses(one)
    elif isinstance(value, str) and re.fullmatch(r"(https?:/)?/[^\s]+", value):
        yield value
