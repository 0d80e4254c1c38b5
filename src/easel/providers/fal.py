"""fal.ai: a request is queued, its status checked, its result read. https://fal.ai/docs/api-reference/inference-api

Nothing of ours names a request there, so a lost answer to the first call stays lost. Results keep their images at
*.fal.media, which needs no key.
"""

import asyncio
import base64
import hashlib
import json
import re
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
from pydantic import Field, SecretStr

from easel.domain import Done, GenerationRequest, Image, Paid, Pending
from easel.errors import (
    ContentRejected,
    GenerationFailed,
    Misconfigured,
    ProviderError,
    Throttled,
    Unreachable,
    UnsupportedRequest,
)
from easel.kit.proxies import Proxies
from easel.kit.settings import SettingsModel, Words
from easel.providers import Provider
from easel.providers.outputs import FileHosts, images_in, images_of, items_in
from easel.providers.queued import WebhookKey, is_recent, looked_at
from easel.providers.reading import Fault
from easel.providers.redact import secrets_of
from easel.providers.upstream import Answer, ProviderClient, as_list, as_mapping, refusal_of, secret_of

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

WAITING = ("IN_QUEUE", "IN_PROGRESS")
NEVER_RAN = ("startup_timeout", "runner_scheduling_failure", "bad_request")
KEYS_FRESH = 24 * 3600.0
MOST_KEYS = 10
SHORTEST_START = 2
_SIGNATURE = re.compile(r"[0-9a-fA-F]{128}")
_SIGNED_WITH = ("x-fal-webhook-request-id", "x-fal-webhook-user-id", "x-fal-webhook-timestamp")


class FalSettings(SettingsModel):
    fal_key: SecretStr | None = Field(default=None, validation_alias="fal_key")
    """fal.ai API key. Enables fal."""
    fal_key_file: Path | None = Field(default=None, validation_alias="fal_key_file")
    """File with the fal.ai API key."""
    fal_base_url: str = Field(default="https://queue.fal.run", validation_alias="fal_base_url", pattern=r"^https?://")
    """Base URL of fal's queue."""
    fal_rest_url: str = Field(default="https://rest.fal.ai", validation_alias="fal_rest_url", pattern=r"^https?://")
    """Base URL of fal's other API, for the keys that sign its webhooks and for checking the API key."""
    fal_file_hosts: Words = ("fal.media",)
    """Hosts, including subdomains, of fal's images."""
    fal_images_per_minute: float | None = Field(default=None, gt=0)
    """Maximum images requested from fal per minute. Default: no limit."""


class Fal(Provider):
    """One account at fal.ai."""

    name = "fal"
    description = "The model itself, hosted by fal."

    def __init__(self, settings: FalSettings, spool: Path, proxies: Proxies | None = None) -> None:
        key = secret_of(settings.fal_key, settings.fal_key_file)
        self.images_per_minute = settings.fal_images_per_minute
        self._base = httpx.URL(settings.fal_base_url.rstrip("/"))
        self._file_hosts = FileHosts([self._base.host, *settings.fal_file_hosts], "EASEL_FAL_FILE_HOSTS")
        here = {
            "headers": {"Authorization": f"Key {key}"},
            "spool": spool,
            "name": "fal",
            "proxies": proxies,
            "secrets": {*secrets_of(settings), (key or "").rpartition(":")[2]},  # an ID and its secret
        }
        self._upstream = ProviderClient(str(self._base), **here)  # type: ignore[arg-type]
        self._rest = ProviderClient(settings.fal_rest_url.rstrip("/"), **here)  # type: ignore[arg-type]
        self._webhook_keys = WebhookKey(self._asked_for_keys, fresh=KEYS_FRESH)

    def ignored(self, upstream_model: str, *, edit: bool) -> frozenset[str]:
        return frozenset({"moderation"} if edit else {"moderation", "input_fidelity"})

    async def start(self, work: GenerationRequest) -> Pending:
        path = f"/{work.upstream_model}" + ("/edit" if work.inputs else "")
        query = {"fal_webhook": work.callback_url} if work.callback_url else {}
        in_time = {"X-Fal-Request-Start-Timeout": str(max(SHORTEST_START, int(work.seconds)))}
        body = _input(work)
        with await self._upstream.call("POST", path, json=body, params=query, headers=in_time) as answer:
            queued = as_mapping(answer.raw)
            if answer.ok and isinstance(queued.get("request_id"), str):
                return looked_at(queued["request_id"], self._addresses(work.upstream_model, queued))
            raise _refusal(answer, work)

    async def check(self, work: GenerationRequest, pending: Pending) -> Done | Pending:
        with await self._upstream.call("GET", pending.state["status"], safe=True) as answer:
            if not answer.ok:
                raise _check_failure(answer)
            status = as_mapping(answer.raw)
        if status.get("status") in WAITING:
            return looked_at(pending.upstream_id, pending.state)
        if status.get("status") != "COMPLETED":
            raise Unreachable("fal reports an unknown status.", detail=answer.cut(str(status.get("status")))[:200])
        with await self._upstream.call("GET", pending.state["result"], safe=True, images=work.count) as answer:
            if not answer.ok:
                raise _failure(answer, work, failed=bool(status.get("error") or status.get("error_type")))
            return await self._done(work, pending, answer)

    async def cancel(self, pending: Pending) -> None:
        with await self._upstream.call("PUT", pending.state["cancel"], safe=True):
            return  # ignore the response: a finished generation cannot be cancelled

    async def probe(self) -> str:
        """A token for uploads, as fal's own client asks for one: free, and only for a key that is right."""
        path = "/storage/auth/token"
        with await self._rest.call("POST", path, safe=True, json={}, params={"storage_type": "fal-cdn-v3"}) as answer:
            if not answer.ok:
                raise _refusal(answer)
            return f"the key is accepted at {self._base.host}"

    async def may_be_callback(self, headers: Mapping[str, str]) -> bool:
        named = all(0 < len(headers.get(name, "")) <= 200 for name in _SIGNED_WITH)
        formed = _SIGNATURE.fullmatch(headers.get("x-fal-webhook-signature", ""))
        fresh = named and is_recent(headers["x-fal-webhook-timestamp"])
        return bool(fresh and formed) and await self._webhook_keys.get() is not None

    async def is_callback(self, headers: Mapping[str, str], body: bytes) -> bool:
        """Ed25519 over three headers and the hash of the body: https://docs.fal.ai/model-endpoints/webhooks"""
        from cryptography.exceptions import InvalidSignature

        if not await self.may_be_callback(headers):
            return False
        lines = [*(headers[name] for name in _SIGNED_WITH), hashlib.sha256(body).hexdigest()]
        message, signature = "\n".join(lines).encode(), bytes.fromhex(headers["x-fal-webhook-signature"])
        for key in await self._webhook_keys.get() or ():
            try:
                key.verify(signature, message)
            except InvalidSignature:
                continue
            return True
        return False

    async def close(self) -> None:
        await asyncio.gather(self._upstream.close(), self._rest.close())

    async def _asked_for_keys(self) -> Sequence["Ed25519PublicKey"]:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

        with await self._rest.call("GET", "/.well-known/jwks.json", safe=True) as answer:
            if not answer.ok:
                raise _check_failure(answer)
            keys = [as_mapping(one) for one in as_list(as_mapping(answer.raw).get("keys"))[:MOST_KEYS]]
        spelled = [str(one["x"]) for one in keys if one.get("crv", "Ed25519") == "Ed25519" and "x" in one]
        found = [base64.urlsafe_b64decode(x + "=" * (-len(x) % 4)) for x in spelled]
        if not found:
            raise ValueError("fal names no key.")
        return [Ed25519PublicKey.from_public_bytes(one) for one in found]

    def _addresses(self, model: str, queued: Mapping[str, Any]) -> dict[str, Any]:
        """Where the request is asked about, as fal said; at its own address only, because the key goes there."""
        owner_and_app = "/".join(model.split("/")[:2])
        usual = f"/{owner_and_app}/requests/{queued['request_id']}"
        return {
            "since": time.time(),
            "status": self._path_in(queued.get("status_url"), f"{usual}/status"),
            "result": self._path_in(queued.get("response_url"), usual),
            "cancel": self._path_in(queued.get("cancel_url"), f"{usual}/cancel"),
        }

    def _path_in(self, address: Any, usual: str) -> str:
        try:
            url = httpx.URL(str(address))
        except (httpx.InvalidURL, UnicodeError):
            return usual
        prefix = self._base.path.rstrip("/")
        ours = (url.scheme, url.host, url.port) == (self._base.scheme, self._base.host, self._base.port)
        return url.path.removeprefix(prefix) if ours and url.path.startswith(prefix + "/") else usual

    async def _done(self, work: GenerationRequest, pending: Pending, answer: Answer) -> Done | Pending:
        items = items_in(answer)
        if not items:
            raise _without_images(answer, work)
        arrived = await images_of(self._upstream, items, self._file_hosts, pending)
        if isinstance(arrived, Pending):
            return arrived
        usage = answer.cut(dict(as_mapping(as_mapping(answer.body).get("usage"))))
        return Done(images_in(arrived, f"image/{work.output_format}"), upstream_id=pending.upstream_id, usage=usage)


def _input(work: GenerationRequest) -> dict[str, Any]:
    """The model's own input: what its card says it takes there."""
    size = work.size.spelled if work.spelled_size else {"width": work.size.width, "height": work.size.height}
    given = {"background": work.background, **work.params}
    inputs = {
        "prompt": work.prompt,
        "image_size": size,
        "quality": "high" if work.quality == "auto" else work.quality,  # fal has no auto; it is priced as high
        "num_images": work.count,
        "output_format": work.output_format,
        **{name: given[name] for name in work.upstream_parameters if name in given},
    }
    if work.inputs:
        inputs["image_urls"] = [_data_url(one) for one in work.inputs]
    else:
        inputs.pop("input_fidelity", None)
    return inputs


def _data_url(image: Image) -> str:
    return f"data:{image.media_type};base64,{base64.b64encode(image.data).decode()}"


def _refusal(answer: Answer, work: GenerationRequest | None = None) -> ProviderError:
    """What a response without a request means for a call that starts one: its address names the model."""
    model, own = (work.upstream_model, work.own_words) if work else ("", ())
    refusal = refusal_of(answer, name="fal", model=model, not_found=Fault.MODEL, own=own)
    refusal.request_id = answer.headers.get("x-fal-request-id") or refusal.request_id
    return refusal


def _facts(refusal: ProviderError) -> dict[str, Any]:
    return {name: getattr(refusal, name) for name in ("status", "code", "request_id", "detail")}


def _check_failure(answer: Answer) -> ProviderError:
    """What a response means for a check, which can be repeated."""
    refusal = _refusal(answer)
    if isinstance(refusal, Throttled):
        return refusal
    if answer.status == httpx.codes.NOT_FOUND:
        return GenerationFailed("fal does not know this request any more.", **_facts(refusal))
    return Unreachable("fal is unavailable.", **_facts(refusal))


def _without_images(answer: Answer, work: GenerationRequest) -> ProviderError:
    """What a result without an image means: the model refused, or it was paid for nothing."""
    refusal = _refusal(answer, work)
    if isinstance(refusal, ContentRejected):
        refusal.paid = Paid.UNKNOWN  # it ran to its end
        return refusal
    return GenerationFailed("fal generated, but no image could be fetched.", paid=Paid.YES, **_facts(refusal))


def _failure(answer: Answer, work: GenerationRequest, *, failed: bool) -> ProviderError:
    """What it means that a request has ended without images: the model's own error, or fal's, or that of a proxy.

    fal charges nothing for its own errors (5xx). Other errors may come after some work.
    """
    detail = as_mapping(answer.body).get("detail")
    if not failed and not detail:
        return _check_failure(answer)  # the result could not be read: it may be there
    refusal = _refusal(answer, work)
    if answer.status == httpx.codes.FORBIDDEN and isinstance(refusal, Misconfigured):
        # The account is locked: nobody waits until it is paid for, and it must not be generated elsewhere again.
        return GenerationFailed(refusal.message, paid=Paid.UNKNOWN, **_facts(refusal))
    if answer.status in (401, 403, 429):
        return _check_failure(answer)
    kind = str(as_mapping(answer.body).get("error_type") or answer.headers.get("x-fal-error-type") or "")
    if isinstance(refusal, ContentRejected):
        return refusal
    if isinstance(refusal, UnsupportedRequest):
        refusal.paid = Paid.UNKNOWN
        return refusal
    paid = Paid.NO if answer.status >= 500 or kind in NEVER_RAN else Paid.UNKNOWN
    said = refusal.detail or answer.cut(json.dumps(detail))[:200]
    facts = _facts(refusal) | {"code": kind or refusal.code, "detail": said}
    return GenerationFailed("fal could not generate this image.", paid=paid, **facts)
