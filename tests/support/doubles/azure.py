"""A stand-in for Azure OpenAI: the same images behind a deployment's address, or behind `/openai/v1`.

https://learn.microsoft.com/azure/ai-foundry/openai/how-to/dall-e
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from tests.support.doubles.base import ReceivedRequest
from tests.support.doubles.openai import OpenAIDouble
from tests.support.doubles.openai.api import OpenAIApi
from tests.support.doubles.openai.bodies import Body
from tests.support.doubles.openai.double import KEY
from tests.support.doubles.openai.outputs import Outputs
from tests.support.doubles.openai.refusals import Refusal, missing, unknown_parameter, user_error

DEPLOYMENT, MODEL = "gi2", "gpt-image-2"
VERSION = "2025-04-01-preview"


class AzureDouble(OpenAIDouble):
    """One deployment, of gpt-image-2. `style` is the address that `url` is."""

    name = "Azure OpenAI"
    path = ""

    def __init__(self, style: Literal["deployment", "v1", "endpoint"]) -> None:
        super().__init__(key=KEY)
        self._api = AzureApi(self, outputs=Outputs(weight=None, bare=False), compatible=False)
        self._style = style

    @property
    def seen(self) -> list[ReceivedRequest]:
        return [it for it in self.requests if "/images/" in it.path]

    @property
    def address(self) -> str:
        """What an operator copies as its address."""
        if self._style == "deployment":
            return f"{self.url}/openai/deployments/{DEPLOYMENT}/images/generations?api-version={VERSION}"
        return f"{self.url}/openai/v1/" if self._style == "v1" else self.url


class AzureApi(OpenAIApi):
    def routes(self) -> Sequence[Route]:
        at = f"/openai/deployments/{DEPLOYMENT}/images"
        return (
            self.route(f"{at}/generations", self._generate_deployed, "POST"),
            self.route(f"{at}/edits", self._edit_deployed, "POST"),
            self.route("/openai/v1/images/generations", self._generate_named, "POST"),
            self.route("/openai/v1/images/edits", self._edit_named, "POST"),
            self.route("/openai/v1/models", self._models),
            self.route("/openai/models", self._models_of_version),
        )

    def key_of(self, request: Request) -> str:
        return request.headers.get("api-key", "")

    async def _models_of_version(self, request: Request) -> Response:
        _check_version(request)
        return await self._models(request)

    async def _generate_deployed(self, request: Request) -> Response:
        _deployed(request)
        return await self._generate(request)

    async def _edit_deployed(self, request: Request) -> Response:
        _deployed(request)
        return await self._edit(request)

    async def _generate_named(self, request: Request) -> Response:
        _named(request)
        return await self._generate(request)

    async def _edit_named(self, request: Request) -> Response:
        _named(request)
        return await self._edit(request)


def _check_version(request: Request) -> None:
    if "api-version" not in request.query_params:
        raise Refusal("Resource not found", status=404, code="404")


def _deployed(request: Request) -> None:
    _check_version(request)
    body: Body = request.state.body
    if "model" in body.fields:
        raise unknown_parameter("model")
    request.state.body = replace(body, fields=body.fields | {"model": MODEL})


def _named(request: Request) -> None:
    """The model is the name of the deployment."""
    body: Body = request.state.body
    if "model" not in body.fields:
        raise missing("model")
    if body.fields["model"] not in (DEPLOYMENT, MODEL):
        raise user_error("The API deployment for this resource does not exist.", code="DeploymentNotFound")
    request.state.body = replace(body, fields=body.fields | {"model": MODEL})
