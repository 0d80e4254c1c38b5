"""easel listen: show a team's events live, and forward them, signed, to a local endpoint. No tunnel needed."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from easel.cli.options import Key, Url
from easel.cli.output import one_line, say, tell

if TYPE_CHECKING:
    import httpx

    from easel.cli.client import Client

SENT = ("completed", "failed")  # the events of webhooks about job ends
WAIT = 30


def listen(
    forward: Annotated[str | None, typer.Option(help="Send each event to this URL, signed as a webhook.")] = None,
    after: Annotated[int | None, typer.Option(help="Start after this event number. Default: new events only.")] = None,
    url: Url = None,
    key: Key = None,
) -> None:
    """Show a team's events live until interrupted; with --forward, send them on as webhooks."""
    import asyncio

    from easel.cli.client import configured_client

    asyncio.run(_listen(configured_client(url, key), forward, after))


async def _listen(client: Client, forward: str | None, after: int | None) -> None:
    import httpx

    from easel.kit.wire import transport_by_rule

    receiving = httpx.AsyncClient(timeout=10, trust_env=False, transport=transport_by_rule(client.proxies))
    async with client, receiving as receiver:
        secrets = await client.webhook_secrets() if forward else []
        number = await client.last_event() if after is None else after
        tell(f"Listening to {client.url} after event {number}." + (f" Forwarding to {forward}." if forward else ""))
        while True:
            page = await client.events(number, wait=WAIT)
            for event in page["events"]:
                line = f"{event['createdAt']}  {event['event']:<10} {event['jobId']}  {_about(event['body'])}"
                say(one_line(line))
                if forward and event["event"] in SENT:
                    say(f"  → {await _forward(receiver, forward, event, client.key, secrets)}")
            number = page["next"]


async def _forward(
    receiver: httpx.AsyncClient, url: str, event: Mapping[str, Any], key: str, secrets: Sequence[str]
) -> str:
    """The response of the endpoint."""
    import httpx

    from easel.kit.ids import digest
    from easel.webhooks.sign import signed_headers

    body = json.dumps(event["body"], ensure_ascii=False, separators=(",", ":")).encode()
    headers = signed_headers(
        message_id=event["id"],
        event=event["event"],
        body=body,
        key_digest=digest(key),
        team_secrets=secrets,
        seconds=int(time.time()),
    )
    try:
        answer = await receiver.post(url, content=body, headers=headers)
    except httpx.HTTPError as error:
        return f"{type(error).__name__}: {error}"
    return f"{answer.status_code} {answer.text[:80]!r}"


def _about(body: Mapping[str, Any]) -> str:
    if body.get("error"):
        return str(body["error"])
    return " ".join((body.get("result") or {}).get("images", ()))
