"""Replicate: a prediction is created, and checked until it has ended. https://replicate.com/docs/reference/http

Its images are downloaded at once, without the token, and only from known file hosts. After a lost response it is looked
up: the job's id is sent as `user_id`, and recent predictions can be listed.
"""

import base64
import re
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
from pydantic import Field, SecretStr
from standardwebhooks.webhooks import EmptyWebhookSecretError, Webhook, WebhookVerificationError

from easel.domain import Done, GenerationRequest, Image, Paid, Pending
from easel.errors import (
    ContentRejected,
    GenerationFailed,
    ProviderError,
    Throttled,
    Unreachable,
)
from easel.kit.clock import SECOND
from easel.kit.proxies import Proxies
from easel.kit.settings import SettingsModel, Words
from easel.providers import Provider
from easel.providers.outputs import FileHosts, address_in, image_in, images_in, images_of
from easel.providers.queued import WebhookKey, is_recent, looked_at
from easel.providers.reading import Fault, meaning_of_words
from easel.providers.redact import redact, secrets_of
from easel.providers.replicate_schema import ONLY_HELPFUL, Inputs, inputs_of
from easel.providers.upstream import Answer, ProviderClient, as_list, as_mapping, refusal_of, secret_of

INLINE_BYTES = 256_000  # larger inputs are uploaded first
SHORTEST_DEADLINE = 5
CLOCKS_DIFFER = 120 * SECOND
PAGES = 5
LONGEST_SIGNATURES = 1_000  # characters: one signature has 47, and during a key rotation there are two
WORKING = ("starting", "processing")
_SIGNATURE = re.compile(r"v1,[A-Za-z0-9+/]{43}=(?:\s|\Z)")
_CODE = re.compile(r"\((?:code: )?(E\d{3,4}|[A-Z]{2})\)")


class ReplicateSettings(SettingsModel):
    replicate_api_token: SecretStr | None = Field(default=None, validation_alias="replicate_api_token")
    """Replicate API token. Enables Replicate."""
    replicate_api_token_file: Path | None = Field(default=None, validation_alias="replicate_api_token_file")
    """File with the Replicate API token."""
    replicate_base_url: str = Field(
        default="https://api.replicate.com", validation_alias="replicate_base_url", pattern=r"^https?://"
    )
    """Base URL of Replicate's API."""
    replicate_file_hosts: Words = ("replicate.delivery",)
    """Hosts, including subdomains, of Replicate's images."""
    replicate_images_per_minute: float | None = Field(default=None, gt=0)
    """Maximum images requested from Replicate per minute. Default: no limit."""


class Replicate(Provider):
    """One account at Replicate."""

    name = "replicate"
    description = "The model itself, hosted by Replicate."
    compresses = True

    def __init__(self, settings: ReplicateSettings, spool: Path, proxies: Proxies | None = None) -> None:
        token = secret_of(settings.replicate_api_token, settings.replicate_api_token_file)
        self.images_per_minute = settings.replicate_images_per_minute
        base = settings.replicate_base_url.rstrip("/").removesuffix("/v1") + "/v1"
        hosts = [httpx.URL(base).host, *settings.replicate_file_hosts]
        self._file_hosts = FileHosts(hosts, "EASEL_REPLICATE_FILE_HOSTS")
        self._is_plain_http = base.startswith("http:")  # Replicate accepts only https addresses
        headers = {"Authorization": f"Bearer {token}"}
        secrets = secrets_of(settings)
        self._upstream = ProviderClient(
            base, headers=headers, spool=spool, name="Replicate", secrets=secrets, proxies=proxies
        )
        self._inputs: dict[str, Inputs] = {}
        self._webhook_key = WebhookKey(self._asked_for_key)

    def ignored(self, upstream_model: str, *, edit: bool) -> frozenset[str]:
        known = self._inputs.get(upstream_model, Inputs())
        return frozenset(name for name in ONLY_HELPFUL if known.fields and name not in known.fields)

    async def start(self, work: GenerationRequest) -> Pending:
        inputs = await self._input(work)
        body: dict[str, Any] = {"input": inputs}
        if work.callback_url and (self._is_plain_http or work.callback_url.startswith("https:")):
            body |= {"webhook": work.callback_url, "webhook_events_filter": ["completed"]}
        deadline = {"Cancel-After": f"{max(SHORTEST_DEADLINE, int(work.seconds))}s"}
        path = f"/models/{work.upstream_model}/predictions"
        with await self._upstream.call("POST", path, json=body, headers=deadline) as answer:
            prediction = as_mapping(answer.raw)
            if answer.ok and isinstance(prediction.get("id"), str):
                return _pending(prediction["id"], time.time())
            raise _refusal(answer, work)

    async def check(self, work: GenerationRequest, pending: Pending) -> Done | Pending:
        with await self._upstream.call("GET", f"/predictions/{pending.upstream_id}", safe=True, images=10) as answer:
            if not answer.ok:
                raise _check_failure(answer)
            prediction = as_mapping(answer.raw)
            if prediction.get("status") in WORKING:
                return _pending(pending.upstream_id, pending.state.get("since", time.time()))
            if prediction.get("status") == "succeeded":
                return await self._done(work, pending, prediction, answer)
            raise _failure(prediction, work, answer)

    async def find(self, work: GenerationRequest, *, since: int) -> Pending | None:
        after = datetime.fromtimestamp((since - CLOCKS_DIFFER) / SECOND, UTC).isoformat().replace("+00:00", "Z")
        query = {"created_after": after}
        for _ in range(PAGES):
            with await self._upstream.call("GET", "/predictions", safe=True, images=10, params=query) as answer:
                if not answer.ok:
                    raise _check_failure(answer)
                page = as_mapping(answer.raw)
            for one in map(as_mapping, as_list(page.get("results"))):
                if as_mapping(one.get("input")).get("user_id") == work.job_id:
                    return _pending(str(one.get("id")), time.time())
            cursor = re.search(r"[?&]cursor=([^&]+)", str(page.get("next") or ""))
            if cursor is None:
                return None
            query = {"created_after": after, "cursor": cursor[1]}
        raise Unreachable("Replicate has too many recent predictions to search.")

    async def cancel(self, pending: Pending) -> None:
        with await self._upstream.call("POST", f"/predictions/{pending.upstream_id}/cancel", safe=True):
            return  # ignore the response: a finished generation cannot be cancelled

    async def probe(self) -> str:
        with await self._upstream.call("GET", "/account", safe=True) as answer:
            if not answer.ok:
                raise _refusal(answer)
            return f"account {as_mapping(answer.body).get('username')}"

    async def may_be_callback(self, headers: Mapping[str, str]) -> bool:
        fresh, signatures = is_recent(headers.get("webhook-timestamp", "")), headers.get("webhook-signature", "")
        formed = headers.get("webhook-id") and _SIGNATURE.search(signatures[:LONGEST_SIGNATURES])
        return bool(fresh and formed) and await self._webhook_key.get() is not None

    async def is_callback(self, headers: Mapping[str, str], body: bytes) -> bool:
        """Standard Webhooks: https://www.standardwebhooks.com"""
        key = await self._webhook_key.get() if await self.may_be_callback(headers) else None
        if key is None:
            return False
        try:
            key.verify(body, dict(headers), json_parse=False)
        except (WebhookVerificationError, ValueError):  # ValueError: no UTF-8, or a signature without a comma
            return False
        return True

    async def close(self) -> None:
        await self._upstream.close()

    async def _asked_for_key(self) -> Webhook:
        with await self._upstream.call("GET", "/webhooks/default/secret", safe=True) as answer:
            if not answer.ok:
                raise _check_failure(answer)
            try:
                return Webhook(str(as_mapping(answer.raw).get("key") or ""))
            except EmptyWebhookSecretError as error:
                raise ValueError("Replicate names no key.") from error

    async def _input(self, work: GenerationRequest) -> dict[str, Any]:
        """The model's own input, by its current schema; raises UnsupportedRequest."""
        inputs: dict[str, Any] = {
            "prompt": work.prompt,
            "aspect_ratio": work.aspect_ratio,
            "quality": work.quality,
            "background": work.background,
            "output_format": work.output_format,
            "number_of_images": work.count,
            **{name: value for name, value in work.params.items() if name != "input_images"},
            "user_id": work.job_id,
        }
        if work.output_format != "png":
            inputs["output_compression"] = work.output_compression  # always: Replicate's own default is 90
        if work.inputs:
            inputs["input_images"] = [await self._address_of(image) for image in work.inputs]
        return (await self._inputs_of(work.upstream_model)).fit(inputs)

    async def _inputs_of(self, model: str) -> Inputs:
        """The model's input fields, looked up daily. While they are unavailable, Replicate itself validates."""
        known = self._inputs.get(model)
        if known is None or known.stale:
            try:
                with await self._upstream.call("GET", f"/models/{model}", safe=True) as answer:
                    known = inputs_of(answer.raw) if answer.ok else known
            except Unreachable:
                pass
            self._inputs[model] = known or Inputs()
        return self._inputs[model]

    async def _address_of(self, image: Image) -> str:
        """The address of an input for Replicate: inside the request, or uploaded to its files."""
        if len(image.data) <= INLINE_BYTES:
            return f"data:{image.media_type};base64,{base64.b64encode(image.data).decode()}"
        file = {"content": ("input." + image.media_type.split("/")[1], image.data, image.media_type)}
        with await self._upstream.call("POST", "/files", safe=True, seconds=60, files=file) as answer:
            address = as_mapping(as_mapping(answer.raw).get("urls")).get("get")
            if answer.ok and isinstance(address, str):
                return address
            refusal = _refusal(answer)
            if answer.ok or answer.status >= 500:
                raise Unreachable("Replicate rejected an input image.", status=answer.status, detail=refusal.detail)
            raise refusal

    async def _done(
        self, work: GenerationRequest, pending: Pending, prediction: Mapping[str, Any], answer: Answer
    ) -> Done | Pending:
        output = prediction.get("output")
        items = [one for one in ([output] if isinstance(output, str) else as_list(output)) if isinstance(one, str)]
        if not items:
            detail = "its data was deleted" if prediction.get("data_removed") else "its output has no image"
            raise GenerationFailed("Replicate generated, but no image could be fetched.", paid=Paid.YES, detail=detail)
        found = [text if address_in(text) else image_in(answer, text) for text in items]
        arrived = await images_of(self._upstream, [one for one in found if one], self._file_hosts, pending)
        if isinstance(arrived, Pending):
            return arrived
        images = images_in(arrived, f"image/{work.output_format}")
        usage = answer.cut(dict(as_mapping(prediction.get("metrics"))))
        return Done(images, upstream_id=pending.upstream_id, usage=usage)


def _pending(upstream_id: str, since: float) -> Pending:
    return looked_at(upstream_id, {"since": since})


def _refusal(answer: Answer, work: GenerationRequest | None = None) -> ProviderError:
    """What a response without a prediction means for a call that starts one: its address names the model."""
    model, own = (work.upstream_model, work.own_words) if work else ("", ())
    return refusal_of(answer, name="Replicate", model=model, not_found=Fault.MODEL, own=own)


def _check_failure(answer: Answer) -> ProviderError:
    """What a response means for a check, which can be repeated."""
    refusal = _refusal(answer)
    if isinstance(refusal, Throttled):
        return refusal
    facts = {name: getattr(refusal, name) for name in ("status", "code", "request_id", "detail")}
    if answer.status == httpx.codes.NOT_FOUND:
        return GenerationFailed("Replicate does not know this prediction any more.", **facts)
    return Unreachable("Replicate is unavailable.", **facts)


def _failure(prediction: Mapping[str, Any], work: GenerationRequest, answer: Answer) -> ProviderError:
    """What a prediction means that has ended without images."""
    text = str(prediction.get("error") or "")
    match = _CODE.search(text)
    facts: dict[str, Any] = {
        "code": answer.cut(match[1]) if match else None,
        "detail": redact(answer.cut(text)) or None,
    }
    match prediction.get("status"):
        case "aborted":
            return GenerationFailed("Replicate did not start in time.", paid=Paid.NO, **facts)
        case "canceled":
            return GenerationFailed("Replicate stopped before the image was complete.", **facts)
        case "failed" if meaning_of_words(text, work.own_words) is Fault.CONTENT:
            return ContentRejected("The model declined the prompt or an input image.", **facts)
        case "failed":
            return GenerationFailed("Replicate could not generate this image.", **facts)
    return Unreachable("Replicate reports an unknown status.", **facts)
