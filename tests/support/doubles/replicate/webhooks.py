"""Sends webhooks as Replicate does: Standard Webhooks, retried only for the last one, redirects not followed.

https://replicate.com/docs/topics/webhooks and https://www.standardwebhooks.com.
"""

import asyncio
import base64
import functools
import hmac
import json
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx
from tests.support.doubles.replicate.outcomes import WebhookScript
from tests.support.doubles.replicate.prediction import Prediction, new_id

FORGED = "whsec_" + base64.b64encode(b"a secret of somebody else").decode()


@dataclass(frozen=True, slots=True)
class Delivery:
    """One attempt: what was sent, for a test to send again, and the receiver's `status` (None: no answer)."""

    webhook_id: str
    event: str
    prediction_id: str
    url: str
    headers: Mapping[str, str]
    body: bytes
    status: int | None


@dataclass(frozen=True, slots=True)
class _Message:
    id: str
    event: str
    body: bytes


class Messenger:
    """Queues the messages of each prediction and sends them one after the other."""

    def __init__(self, secret: str) -> None:
        self.secret = secret
        self.deliveries: list[Delivery] = []

    async def send(self, prediction: Prediction, queue: "asyncio.Queue[tuple[str, dict[str, Any]]]") -> None:
        """Send what comes through the queue, until the last message of the prediction is through."""
        script, held, last = prediction.webhook_script, [], False
        async with httpx.AsyncClient(trust_env=False, timeout=5, verify=_certificates()) as client:
            while not last:
                event, body = await queue.get()
                last = event in ("completed", "aborted")  # nobody asked for the latter: it is not documented
                held.append(_Message(f"msg_{new_id()}", event, json.dumps(body, separators=(",", ":")).encode()))
                if script.reordered and not last:
                    continue
                for message in reversed(held):
                    await self._deliver(client, prediction, message)
                held.clear()

    async def _deliver(self, client: httpx.AsyncClient, prediction: Prediction, message: _Message) -> None:
        script = prediction.webhook_script
        if script.drop or message.event not in prediction.events:
            return
        await asyncio.sleep(script.delay)
        for _ in range(1 + script.duplicates):
            await self._insist(client, prediction, message)

    async def _insist(self, client: httpx.AsyncClient, prediction: Prediction, message: _Message) -> None:
        retries = prediction.webhook_script.retries if message.event == "completed" else ()
        for pause in (*retries, None):
            url, headers = prediction.webhook or "", self._headers(message, prediction.webhook_script)
            status = await _posted(client, url, headers, message.body)
            self.deliveries.append(
                Delivery(message.id, message.event, prediction.id, url, headers, message.body, status)
            )
            if pause is None or (status is not None and status < 400):
                return
            await asyncio.sleep(pause)

    def _headers(self, message: _Message, script: WebhookScript) -> dict[str, str]:
        timestamp = str(int(time.time()) - script.age)
        secret = FORGED if script.forged else self.secret
        signature = signed(secret, message.id, timestamp, message.body)
        return {
            "content-type": "application/json",
            "user-agent": "Replicate/1.0",
            "webhook-id": message.id,
            "webhook-timestamp": timestamp,
            "webhook-signature": f"v1,AAAA {signature}" if script.decoy else signature,
        }


async def _posted(client: httpx.AsyncClient, url: str, headers: Mapping[str, str], body: bytes) -> int | None:
    try:
        response = await client.post(url, content=body, headers=headers)
    except (httpx.HTTPError, httpx.InvalidURL):
        return None
    return response.status_code


def signed(secret: str, webhook_id: str, timestamp: str, body: bytes) -> str:
    """The signature header of one message."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    content = f"{webhook_id}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.digest(key, content, "sha256")).decode()


@functools.cache
def _certificates() -> ssl.SSLContext:
    """Reading the certificates anew takes longer than a test."""
    return ssl.create_default_context()
