"""The Images API of OpenAI and of compatible servers. https://platform.openai.com/docs/api-reference/images

Its only response contains the images: there is no id to ask again, so a lost response stays lost. Settings describe how
a compatible server differs.
"""

import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, Literal

import httpx
from pydantic import BeforeValidator, Field, SecretStr

from easel.domain import Done, GenerationRequest, Image, Needs, Pending
from easel.errors import (
    ContentRejected,
    GenerationFailed,
    OutcomeUnknown,
    ProviderError,
)
from easel.kit.longjson import Parked
from easel.kit.settings import SettingsModel, Words, pairs, words
from easel.providers import Provider
from easel.providers.redact import secrets_of
from easel.providers.upstream import (
    UNKNOWN_SIZE,
    Answer,
    ProviderClient,
    all_arrived,
    as_list,
    as_mapping,
    images_in,
    is_at,
    refusal_of,
    secret_of,
)

OFFICIAL = "https://api.openai.com/v1"
PARTIAL, COMPLETED = ".partial_image", ".completed"  # the ends of the events' names
LONGEST_PARTIAL = 16_000_000  # bytes of its base64; a longer one is not shown

Feature = Literal["edit", "compose", "transparent", "mask", "count", "stream"]
RequestField = Literal[
    "size",
    "quality",
    "background",
    "output_format",
    "output_compression",
    "moderation",
    "input_fidelity",
    "user",
    "safety_identifier",
]


class OpenAISettings(SettingsModel):
    openai_api_key: SecretStr | None = Field(default=None, validation_alias="openai_api_key")
    """OpenAI API key. Enables OpenAI."""
    openai_api_key_file: Path | None = Field(default=None, validation_alias="openai_api_key_file")
    """File with the OpenAI API key."""
    openai_base_url: str = Field(default=OFFICIAL, validation_alias="openai_base_url", pattern=r"^https?://")
    """Base URL of the Images API: OpenAI's, or that of a compatible server, which may need no key."""
    openai_models: Annotated[Mapping[str, str], BeforeValidator(pairs)] = {}
    """Names of the models on that server, for example gpt-image-2=their-name. Default: the same names."""
    openai_lacks: Annotated[Sequence[Feature | RequestField], BeforeValidator(words)] = ()
    """Features that server lacks (edit, compose, transparent, mask, count, stream) and fields it rejects (size,
    quality, background, output_format, output_compression, moderation, input_fidelity, user, safety_identifier)."""
    openai_response_format: Literal["b64_json", "url"] | None = None
    """Sent as response_format to servers that require it; OpenAI rejects it."""
    openai_file_hosts: Words = ()
    """Additional hosts, including subdomains, that its images may be fetched from."""
    openai_images_per_minute: float | None = Field(default=None, gt=0)
    """Maximum images requested from OpenAI per minute. Default: no limit."""


class OpenAI(Provider):
    """One account at OpenAI, or one compatible server."""

    name = "openai"

    def __init__(self, settings: OpenAISettings, spool: Path) -> None:
        key = secret_of(settings.openai_api_key, settings.openai_api_key_file)
        base = settings.openai_base_url.rstrip("/")
        host = httpx.URL(base).host
        # Where a server of one's own is, is nobody else's business.
        self._called = "OpenAI" if base == OFFICIAL else "The image server"
        self.description = (
            "The model itself, hosted by OpenAI." if base == OFFICIAL else "Hosted by a server with OpenAI's API."
        )
        self._host = host
        self.images_per_minute = settings.openai_images_per_minute
        self._models = settings.openai_models
        self._lacks = frozenset[str](settings.openai_lacks)
        if "stream" in self._lacks:  # only a stream has partial images
            self._lacks |= {"partial-images"}
        # Without output_format it would be about a format that only the server knows.
        self.compresses = not self._lacks & {"output_format", "output_compression"}
        self._response_format = settings.openai_response_format
        self._file_hosts = [host, *settings.openai_file_hosts]
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        if key and host.endswith(".azure.com"):
            headers["api-key"] = key
        secrets = {*secrets_of(settings), key or ""}
        self._upstream = ProviderClient(base, headers=headers, spool=spool, name=self._called, secrets=secrets)

    def can(self, model: str, needs: Needs) -> bool:
        known = not self._models or model in self._models
        return known and not needs.capabilities & self._lacks and (needs.count == 1 or "count" not in self._lacks)

    async def start(self, work: GenerationRequest) -> Done | Pending:
        path, request = self._request(work)
        request |= {"headers": {"X-Client-Request-Id": work.job_id}, "seconds": work.seconds}
        if self._streams(work):
            return await self._start_stream(work, path, request)
        with await self._upstream.call("POST", path, images=work.count, **request) as answer:
            return self._answered(work, answer)

    def _streams(self, work: GenerationRequest) -> bool:
        """Whether it is asked for partial images. OpenAI streams one image only."""
        return work.partial_images > 0 and work.count == 1 and "stream" not in self._lacks

    async def _start_stream(self, work: GenerationRequest, path: str, request: Mapping[str, Any]) -> Done | Pending:
        """The image at the end of a stream; partial images before it are handed over."""
        begun, images = False, work.count + work.partial_images
        async with contextlib.aclosing(self._upstream.stream("POST", path, images=images, **request)) as answers:
            async for answer in answers:
                with answer:
                    if answer.event is None:  # a server that does not stream
                        return self._answered(work, answer)
                    body = as_mapping(answer.body)
                    name = str(body.get("type") or answer.event)
                    if name.endswith(PARTIAL):
                        begun = True
                        self._hand_over(work, answer)
                    elif name.endswith(COMPLETED):
                        whole = {"data": [body], "usage": body.get("usage"), "created": body.get("created_at")}
                        return self._result(work, replace(answer, body=whole))
                    elif name == "error" or body.get("error"):
                        raise self._refusal_in_stream(work, answer, begun=begun)
        raise OutcomeUnknown(f"{self._called} ended its stream without an image.")

    def _answered(self, work: GenerationRequest, answer: Answer) -> Done | Pending:
        if not answer.ok:
            raise self._refusal(answer, work.model)
        return self._result(work, answer)

    def _refusal(self, answer: Answer, model: str = "") -> ProviderError:
        return refusal_of(answer, name=self._called, model=model)

    def _hand_over(self, work: GenerationRequest, answer: Answer) -> None:
        """Give a partial image to whoever asked for it, if it is one."""
        parked = self._upstream.image(answer, str(as_mapping(answer.body).get("b64_json") or ""))
        if parked and len(parked.content) <= LONGEST_PARTIAL:
            work.on_partial(Image(parked.read(), f"image/{work.output_format}", UNKNOWN_SIZE))
        if parked:
            parked.close()

    def _refusal_in_stream(self, work: GenerationRequest, answer: Answer, *, begun: bool) -> ProviderError:
        """The meaning of an error event. After a partial image it cannot mean that nothing was started."""
        body = as_mapping(answer.body)
        error = as_mapping(body.get("error")) or body
        says_why = error and error.get("type") != "server_error"
        status = answer.status if says_why else httpx.codes.INTERNAL_SERVER_ERROR
        refusal = self._refusal(replace(answer, body={"error": error}, status=status), work.model)
        if begun and not isinstance(refusal, ContentRejected | GenerationFailed | OutcomeUnknown):
            facts = {name: getattr(refusal, name) for name in ("status", "code", "request_id", "detail")}
            return GenerationFailed(f"{self._called} failed while generating.", **facts)
        return refusal

    async def check(self, work: GenerationRequest, pending: Pending) -> Done | Pending:
        """Fetch the images of a response that contains their URLs."""
        arrived = await all_arrived(self._upstream.download(url) for url in pending.state["urls"])
        return self._done(work, arrived, pending.upstream_id, pending.state["usage"])

    async def probe(self) -> str:
        with await self._upstream.call("GET", "/models", safe=True) as answer:
            if not answer.ok:
                raise self._refusal(answer)
            return f"{len(as_list(as_mapping(answer.body).get('data')))} models at {self._host}"

    async def close(self) -> None:
        await self._upstream.close()

    def _request(self, work: GenerationRequest) -> tuple[str, dict[str, Any]]:
        """The path and the body for httpx: JSON to generate, a form to edit, as in the vendor's own client."""
        fields: dict[str, Any] = {
            "model": self._models.get(work.model, work.upstream_model),
            "prompt": work.prompt,
            "n": work.count,
            "size": work.size.spelled,
            "quality": work.quality,
            "background": work.background,
            "output_format": work.output_format,
        }
        if self.compresses and work.output_format != "png" and work.output_compression < 100:
            fields["output_compression"] = work.output_compression
        if self._response_format:
            fields["response_format"] = self._response_format
        only_here = "input_fidelity" if work.inputs else "moderation"
        if only_here in work.params:
            fields[only_here] = work.params[only_here]
        if work.user:
            fields["user"] = work.user
        if work.safety_identifier:
            fields["safety_identifier"] = work.safety_identifier
        fields = {name: value for name, value in fields.items() if name not in self._lacks}
        if self._streams(work):
            fields |= {"stream": "true" if work.inputs else True, "partial_images": work.partial_images}
        if not work.inputs:
            return "/images/generations", {"json": fields}
        part = "image" if len(work.inputs) == 1 else "image[]"
        files = [
            (part, (f"image-{index}.{one.media_type.split('/')[1]}", one.data, one.media_type))
            for index, one in enumerate(work.inputs, start=1)
        ]
        if work.mask:
            files.append(("mask", ("mask.png", work.mask.data, work.mask.media_type)))
        return "/images/edits", {"data": {name: str(value) for name, value in fields.items()}, "files": files}

    def _result(self, work: GenerationRequest, answer: Answer) -> Done | Pending:
        body = as_mapping(answer.body)
        items = [as_mapping(one) for one in as_list(body.get("data"))]
        usage = dict(as_mapping(body.get("usage")))
        upstream_id = answer.request_id or str(body.get("created", ""))
        urls = [str(one["url"]) for one in items if is_at(str(one.get("url") or ""), self._file_hosts)]
        if urls:
            return Pending(upstream_id, {"urls": urls, "usage": usage}, check_after=0.0)
        images = [self._upstream.image(answer, str(one["b64_json"])) for one in items if one.get("b64_json")]
        if not (arrived := [one for one in images if one]):
            raise self._refusal(answer, work.model)
        return self._done(work, arrived, upstream_id, usage)

    def _done(
        self, work: GenerationRequest, arrived: Sequence[Parked], upstream_id: str, usage: Mapping[str, Any]
    ) -> Done:
        if not arrived:
            raise GenerationFailed(f"{self._called} responded without an image.", request_id=upstream_id)
        return Done(images_in(arrived, f"image/{work.output_format}"), upstream_id=upstream_id, usage=usage)
