"""The Images API of OpenAI and of compatible servers. https://platform.openai.com/docs/api-reference/images

Its only response contains the images: there is no id to ask again, so a lost response stays lost. How a compatible
server differs stands in `presets.py`.
"""

import contextlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, Literal

import httpx
from pydantic import BeforeValidator, Field, SecretStr

from easel.domain import Done, GenerationRequest, Image, Needs, Pending
from easel.errors import (
    ContentRejected,
    GenerationFailed,
    ModelUnavailable,
    OutcomeUnknown,
    ProviderError,
    Throttled,
)
from easel.kit.longjson import Parked
from easel.kit.proxies import Proxies
from easel.kit.settings import SettingsModel, Words, pairs, words
from easel.providers import Provider
from easel.providers.outputs import LAST_TRY, UNKNOWN_SIZE, FileHosts, image_in, images_in, images_of, items_in
from easel.providers.presets import (
    OFFICIAL,
    CompatibleServer,
    Lacking,
    PresetName,
    preset_at,
    preset_of,
)
from easel.providers.upstream import Answer, ProviderClient, as_list, as_mapping, refusal_of, secret_of

PARTIAL, COMPLETED = ".partial_image", ".completed"  # the ends of the events' names
LONGEST_PARTIAL = 16_000_000  # bytes of its base64; a longer one is not shown
BESIDE = "/.."  # httpx takes away one part of the path
LISTED = 8  # models that a sentence names


class OpenAISettings(SettingsModel):
    openai_api_key: SecretStr | None = Field(default=None, validation_alias="openai_api_key")
    """OpenAI API key. Enables OpenAI."""
    openai_api_key_file: Path | None = Field(default=None, validation_alias="openai_api_key_file")
    """File with the OpenAI API key."""
    openai_base_url: str = Field(default=OFFICIAL, validation_alias="openai_base_url", pattern=r"^https?://")
    """Base URL of the Images API: OpenAI's, or that of a compatible server, which may need no key."""
    openai_preset: PresetName | None = None
    """Kind of that server: openai, azure, vllm-omni, sglang, localai or sdcpp. Default: azure at an Azure host, else
    openai."""
    openai_models: Annotated[Mapping[str, str], BeforeValidator(pairs)] = {}
    """Names of the models on that server, for example gpt-image-2=their-name. Default: the same names."""
    openai_lacks: Annotated[Sequence[Lacking], BeforeValidator(words)] = ()
    """Features that server lacks (edit, compose, transparent, mask, count, stream) and fields it rejects (size,
    quality, background, output_format, output_compression, moderation, input_fidelity, user, safety_identifier).
    Default: those of its preset."""
    openai_response_format: Literal["b64_json", "url"] | None = None
    """Sent as response_format to servers that require it; OpenAI rejects it."""
    openai_file_hosts: Words = ()
    """Additional hosts, including subdomains, that its images may be fetched from."""
    openai_images_per_minute: float | None = Field(default=None, gt=0)
    """Maximum images requested from OpenAI per minute. Default: no limit."""

    @property
    def openai_server(self) -> CompatibleServer:
        """The server of the provider `openai`; raises ValidationError."""
        address: dict[str, Any] = {"base_url": self.openai_base_url} if self.openai_base_url != OFFICIAL else {}
        return CompatibleServer(
            **address,
            preset=self.openai_preset or preset_at(self.openai_base_url),
            key=self.openai_api_key,
            key_file=None if self.openai_api_key else self.openai_api_key_file,
            models=self.openai_models,
            lacks=self.openai_lacks or None,
            response_format=self.openai_response_format,
            file_hosts=self.openai_file_hosts,
            images_per_minute=self.openai_images_per_minute,
        )


class OpenAI(Provider):
    """One account at OpenAI, or one compatible server."""

    def __init__(
        self,
        server: CompatibleServer,
        spool: Path,
        *,
        name: str = "openai",
        secrets: Iterable[str] = (),
        proxies: Proxies | None = None,
    ) -> None:
        key = secret_of(server.key, server.key_file)
        traits, address = server.traits, server.address
        self.name = name
        # Where a server of one's own is, is nobody else's business.
        self._called = "OpenAI" if address == OFFICIAL else "The image server"
        self.description = "The model itself, hosted by OpenAI." if address == OFFICIAL else traits.description
        self._server, self._traits = server, traits
        self._host = httpx.URL(address).host
        self.images_per_minute = server.images_per_minute
        self.free = traits.free
        # Without output_format it would be about a format that only the server knows.
        self.compresses = not (traits.lossless or traits.lacks & {"output_format", "output_compression"})
        setting = "EASEL_OPENAI_FILE_HOSTS" if name == "openai" else f"file_hosts of [servers.{name}]"
        self._file_hosts = FileHosts([self._host, *server.file_hosts], setting)
        self._only_model: str | None = None  # of a server that lists its one model
        scheme = "" if traits.key_header == "api-key" else "Bearer "
        headers = {traits.key_header: scheme + key} if key else {}
        self._upstream = ProviderClient(
            address,
            headers=headers,
            spool=spool,
            name=self._called,
            secrets={*secrets, key or ""},
            proxies=proxies,
        )

    @property
    def kind(self) -> str:
        return "openai"

    def can(self, model: str, needs: Needs) -> bool:
        known = not self._server.models or model in self._server.models
        lacks = self._traits.lacks
        return known and not needs.capabilities & lacks and (needs.count == 1 or "count" not in lacks)

    def ignored(self, upstream_model: str, *, edit: bool) -> frozenset[str]:
        # OpenAI has each of the two on one of its routes only.
        return (self._traits.lacks & {"quality", "moderation", "input_fidelity"}) | {
            "moderation" if edit else "input_fidelity"
        }

    async def start(self, work: GenerationRequest) -> Done | Pending:
        try:
            return await self._start(work, await self._model_of(work))
        except ModelUnavailable:
            before, self._only_model = self._only_model, None
            if before in (None, now := await self._model_of(work)):
                raise
            return await self._start(work, now)  # it serves another model than it did, and has started nothing

    async def _start(self, work: GenerationRequest, model: str) -> Done | Pending:
        path, request = self._request(work, model)
        request |= {"headers": {"X-Client-Request-Id": work.job_id}, "seconds": work.seconds}
        if self._streams(work):
            return await self._start_stream(work, path, request)
        with await self._upstream.call("POST", path, images=work.count, **request) as answer:
            return await self._answered(work, answer)

    def _streams(self, work: GenerationRequest) -> bool:
        """Whether it is asked for partial images. OpenAI streams one image only."""
        return work.partial_images > 0 and work.count == 1 and "stream" not in self._traits.lacks

    async def _start_stream(self, work: GenerationRequest, path: str, request: Mapping[str, Any]) -> Done | Pending:
        """The image at the end of a stream; partial images before it are handed over."""
        begun, images = False, work.count + work.partial_images
        async with contextlib.aclosing(self._upstream.stream("POST", path, images=images, **request)) as answers:
            async for answer in answers:
                with answer:
                    if answer.event is None:  # a server that does not stream
                        return await self._answered(work, answer)
                    body = as_mapping(answer.raw)
                    name = str(body.get("type") or answer.event)
                    if name.endswith(PARTIAL):
                        begun = True
                        self._hand_over(work, answer)
                    elif name.endswith(COMPLETED):
                        told = as_mapping(answer.body)
                        whole = {"data": [told], "usage": told.get("usage"), "created": told.get("created_at")}
                        return await self._result(work, replace(answer, raw={"data": [body]}, body=whole))
                    elif name == "error" or body.get("error"):
                        raise self._refusal_in_stream(work, answer, begun=begun)
        raise OutcomeUnknown(f"{self._called} ended its stream without an image.")

    async def _answered(self, work: GenerationRequest, answer: Answer) -> Done | Pending:
        if not answer.ok:
            raise self._refusal(answer, work)
        return await self._result(work, answer)

    async def _model_of(self, work: GenerationRequest) -> str:
        """The server's name for the model: as configured, else as it says itself, else as on the card."""
        if configured := self._server.models.get(work.model):
            return configured
        if self._traits.lists_its_model and self._only_model is None:
            self._only_model = next(iter(await self.offers() or ()), None)
        return self._only_model or work.upstream_model

    def _refusal(self, answer: Answer, work: GenerationRequest | None = None) -> ProviderError:
        model, own = (work.model, work.own_words) if work else ("", ())
        return refusal_of(answer, name=self._called, model=model, own=own)

    def _hand_over(self, work: GenerationRequest, answer: Answer) -> None:
        """Give a partial image to whoever asked for it, if it is one."""
        parked = image_in(answer, str(as_mapping(answer.raw).get("b64_json") or ""))
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
        refusal = self._refusal(replace(answer, body={"error": error}, raw=None, status=status), work)
        if begun and not isinstance(refusal, ContentRejected | GenerationFailed | OutcomeUnknown):
            facts = {name: getattr(refusal, name) for name in ("status", "code", "request_id", "detail")}
            return GenerationFailed(f"{self._called} failed while generating.", **facts)
        return refusal

    async def check(self, work: GenerationRequest, pending: Pending) -> Done | Pending:
        """Fetch the images of a response that contains their URLs."""
        arrived = await images_of(self._upstream, pending.state["urls"], self._file_hosts, pending)
        return self._done(work, arrived, pending.upstream_id, pending.state["usage"])

    async def probe(self) -> str:
        if self._traits.health:
            await self._check_health()
        with await self._list() as answer:
            if answer.status == httpx.codes.NOT_FOUND:
                return f"{self._host} responds; it does not list its models"
            if not answer.ok:
                raise self._refusal(answer)
            listed = [as_mapping(one) for one in as_list(as_mapping(answer.raw).get("data"))]
        names = [answer.cut(str(one.get("id"))) for one in listed]
        some = f": {', '.join(names)}" if 0 < len(names) <= LISTED else ""
        count = "1 model" if len(names) == 1 else f"{len(names)} models"
        return f"{count} at {self._host}{some}{self._other_preset(listed)}"

    def _other_preset(self, listed: Sequence[Mapping[str, Any]]) -> str:
        fits, ours = preset_of(listed), self._server.preset
        return "" if fits in (None, ours) else f"; it looks like the preset {fits}, not {ours}"

    async def offers(self) -> Sequence[str] | None:
        with await self._list() as answer:
            listed = [as_mapping(one).get("id") for one in as_list(as_mapping(answer.raw).get("data"))]
            return [str(one) for one in listed if one] if answer.ok else None

    def name_of(self, model: str, upstream_model: str) -> str | None:
        if self._server.has_deployment or self._server.preset == "sdcpp":
            return None  # it has one model, under whatever name
        only = None if self._traits.lists_its_model else upstream_model
        return self._server.models.get(model, only)

    async def _list(self) -> Answer:
        beside = BESIDE * 2 if self._server.has_deployment else ""
        return await self._upstream.call("GET", f"{beside}/models", safe=True)

    async def _check_health(self) -> None:
        with await self._upstream.call("GET", BESIDE + self._traits.health, safe=True) as answer:
            if answer.status == httpx.codes.SERVICE_UNAVAILABLE:
                raise Throttled(f"{self._called} is still loading its model.", retry_after=5.0, status=answer.status)

    async def close(self) -> None:
        await self._upstream.close()

    def _request(self, work: GenerationRequest, model: str) -> tuple[str, dict[str, Any]]:
        """The path and the body for httpx: JSON to generate, a form to edit, as in the vendor's own client."""
        server, traits, size = self._server, self._traits, work.size.spelled
        quality = {str(name): theirs for name, theirs in server.quality.items()}
        fields: dict[str, Any] = {
            "model": model,
            "prompt": traits.escape(work.prompt),
            "n": work.count,
            "size": server.size.get(size, size),
            "quality": quality.get(work.quality, work.quality),
            "background": work.background,
            "output_format": "png" if traits.lossless else work.output_format,
        }
        if server.has_deployment:
            del fields["model"]
        if self.compresses and work.output_format != "png" and work.output_compression < 100:
            fields["output_compression"] = work.output_compression
        if traits.response_format:
            fields["response_format"] = traits.response_format
        only_here = "input_fidelity" if work.inputs else "moderation"
        if only_here in work.params:
            fields[only_here] = work.params[only_here]
        if work.user:
            fields["user"] = work.user
        if work.safety_identifier:
            fields["safety_identifier"] = work.safety_identifier
        fields = {name: value for name, value in fields.items() if name not in traits.lacks}
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
            files.append((traits.mask, ("mask.png", work.mask.data, work.mask.media_type)))
        return "/images/edits", {"data": {name: str(value) for name, value in fields.items()}, "files": files}

    async def _result(self, work: GenerationRequest, answer: Answer) -> Done | Pending:
        """The images of an answer: in it, at addresses, or some so and some so."""
        body = as_mapping(answer.body)
        usage = answer.cut(dict(as_mapping(body.get("usage"))))
        upstream_id = answer.request_id or str(body.get("created", ""))
        items = items_in(answer)
        urls = [one for one in items if isinstance(one, str)]
        if not items:
            raise self._refusal(answer, work)
        if len(urls) == len(items):
            return Pending(upstream_id, {"urls": urls, "usage": usage}, check_after=0.0)
        # Some of them exist here only: the others are fetched now, or not at all.
        arrived = await images_of(self._upstream, items, self._file_hosts, Pending(upstream_id, LAST_TRY))
        return self._done(work, arrived, upstream_id, usage)

    def _done(
        self, work: GenerationRequest, arrived: Sequence[Parked] | Pending, upstream_id: str, usage: Mapping[str, Any]
    ) -> Done | Pending:
        if isinstance(arrived, Pending):
            return arrived
        return Done(images_in(arrived, f"image/{work.output_format}"), upstream_id=upstream_id, usage=usage)
