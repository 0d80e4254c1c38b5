"""Stand-ins for the servers that people run on their own machines: they speak OpenAI's Images API, each in its way.

    with LocalDouble(SGLANG).serving() as double:
        ...

What each takes, refuses and answers is one row of traits, read in the sources of the servers.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from tests.support.doubles import base
from tests.support.doubles.base import ReceivedRequest, Script
from tests.support.doubles.openai import OpenAIDouble
from tests.support.doubles.openai.api import OpenAIApi
from tests.support.doubles.openai.double import KEY
from tests.support.doubles.openai.models import parse_size
from tests.support.doubles.openai.outputs import Outputs
from tests.support.doubles.openai.validate import Endpoint, ParsedRequest, parse_lenient

ARGUMENTS = re.compile(r"<sd_cpp_extra_args>(.*?)</sd_cpp_extra_args>")


@dataclass(frozen=True, slots=True)
class Traits:
    """One server. `models` are what it lists; `strict` refuses any other. `links` is what an image's address begins
    with, when the answer is not base64; None where it always is. `qualities` and `formats` are what is taken, of edits
    in `edit_formats`. `error` is how it words an error."""

    name: str
    models: Sequence[str]
    owner: str
    strict: bool
    links: Literal["relative", "refused"] | None
    qualities: Sequence[str] | None = None
    formats: Sequence[str] = ("png", "jpeg", "webp")
    edit_formats: Sequence[str] = ("png", "jpeg", "webp")
    default_format: str = "png"
    sizes: Literal["any", "exact"] = "any"
    edits: bool = True
    mask: str | None = "mask"
    error: Literal["text", "detail", "object"] = "detail"
    health: bool = False


SDCPP = Traits(
    "sd-server", ["sd-cpp-local"], "local", strict=False, links=None, edit_formats=("png", "jpeg"), error="text"
)
VLLM_OMNI = Traits(
    "vLLM-Omni", ["Qwen/Qwen-Image"], "vllm", strict=True, links="refused", sizes="exact", mask="mask_image"
)
SGLANG = Traits(
    "SGLang",
    ["black-forest-labs/FLUX.2-dev"],
    "sglang",
    strict=True,
    links="relative",
    qualities=("auto", "exact", "lossless", "high", "extra-high"),
    default_format="jpeg",
    sizes="exact",
    mask=None,
    health=True,
)
LOCALAI = Traits(
    "LocalAI",
    ["flux.1-dev", "stablediffusion", "whisper-1"],
    "",
    strict=True,
    links="relative",
    formats=("png",),
    edits=False,
    error="object",
)


@dataclass(eq=False)
class Fault(base.Refusal):
    """An answer without images, as it is."""

    status: int
    body: Any

    def response(self) -> Response:
        return JSONResponse(self.body, self.status)


class LocalDouble(OpenAIDouble):
    """`faults` are answers to the next requests instead of images; `warming` while its model is loading. `commands` is
    what it read out of prompts that was meant as words."""

    def __init__(self, traits: Traits, *, key: str | None = None, delay: float = 0.0) -> None:
        super().__init__(key=key or KEY, delay=delay, compatible=True)
        self.traits = traits
        self.faults: Script[Fault] = Script()
        self.commands: list[str] = []
        self.warming = False
        self._api = LocalApi(self, needs_key=key is not None)


class LocalApi(OpenAIApi):
    def __init__(self, double: LocalDouble, *, needs_key: bool) -> None:
        super().__init__(double, outputs=Outputs(weight=None, bare=True), compatible=not needs_key)
        self._double, self._traits = double, double.traits

    def routes(self) -> Sequence[Route]:
        routes = [one for one in super().routes() if self._traits.edits or not one.path.endswith("/edits")]
        return [*routes, Route("/health", self._health)] if self._traits.health else routes

    def headers(self, received: ReceivedRequest, seconds: float) -> Mapping[str, str]:
        return {}

    def base_of_links(self, request: Request) -> str:
        return "/"

    async def _health(self, request: Request) -> Response:
        return Response(status_code=503 if self._double.warming else 200)

    async def _models(self, request: Request) -> Response:
        owned = {"owned_by": self._traits.owner} if self._traits.owner else {}
        listed = [{"id": model, "object": "model"} | owned for model in self._traits.models]
        return JSONResponse({"object": "list", "data": listed})

    async def _generate(self, request: Request) -> Response:
        return await self._take(request, "image_generation", self._traits.formats)

    async def _edit(self, request: Request) -> Response:
        files = [file for file in request.state.body.files if file.name in ("image", "image[]")]
        if not files:
            raise self._refused(422, "image: Field required")
        return await self._take(request, "image_edit", self._traits.edit_formats, inputs=len(files))

    async def _take(self, request: Request, endpoint: Endpoint, formats: Sequence[str], *, inputs: int = 0) -> Response:
        if fault := self._double.faults.take(None):
            raise fault
        values = dict(request.state.body.fields)
        if self._traits.strict and values.get("model") not in self._traits.models:
            raise self._refused(400, f"Model mismatch: the server serves {self._traits.models}.")
        quality, wanted = values.get("quality"), values.setdefault("output_format", self._traits.default_format)
        if self._traits.qualities and quality not in (None, *self._traits.qualities):
            raise self._refused(400, f"quality must be one of {self._traits.qualities}")
        if wanted not in formats:
            raise self._refused(400, f"invalid output_format, must be one of {formats}")
        if self._traits.sizes == "exact" and parse_size(str(values.get("size"))) is None:
            raise self._refused(400, "Invalid size format. Expected WIDTHxHEIGHT.")
        if self._traits.links is None or self._traits.links == "refused":
            if self._traits.links and values.get("response_format", "b64_json") != "b64_json":
                raise self._refused(422, "Only response_format 'b64_json' is supported.")
            values["response_format"] = "b64_json"
        values["size"] = str(values.get("size")) if parse_size(str(values.get("size"))) else "512x512"
        values["prompt"] = self._without_commands(str(values.get("prompt") or ""))
        parsed: ParsedRequest = parse_lenient(values, endpoint, inputs=inputs)
        return await self._perform(request, parsed)

    def _without_commands(self, prompt: str) -> str:
        """The prompt as it is painted; what is read out of it is a command."""
        if self._traits is SDCPP:
            self._double.commands += ARGUMENTS.findall(prompt)
            prompt = ARGUMENTS.sub("", prompt)
        if self._traits is LOCALAI:
            prompt, *negative = prompt.split("|")
            self._double.commands += negative
        return prompt or "nothing"

    def _refused(self, status: int, message: str) -> Fault:
        match self._traits.error:
            case "text":
                return Fault(status, {"error": message})
            case "object":
                return Fault(status, {"error": {"message": message, "code": status, "type": ""}})
        if status == 422:
            return Fault(status, {"detail": [{"loc": ["body"], "msg": message, "type": "value_error"}]})
        return Fault(status, {"detail": message})
