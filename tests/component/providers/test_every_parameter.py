"""Every parameter of the cards with every provider: it is sent, done here, refused before charging, or warned of."""

import contextlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import SecretStr
from tests.support.images import encoded, gradient, masked

from easel.catalog import Catalog
from easel.domain import GenerationRequest
from easel.errors import ProviderError
from easel.jobs.job import needs_of
from easel.pipeline.routing import providers_among
from easel.providers import Provider
from easel.providers.fal import Fal, FalSettings
from easel.providers.openai import OpenAI
from easel.providers.presets import CompatibleServer
from easel.providers.replicate import Replicate, ReplicateSettings
from easel.providers.replicate_schema import inputs_of
from easel.providers.sketch import Sketch, SketchSettings, request_of

pytestmark = pytest.mark.anyio
CATALOG = Catalog.load()
IMAGE, HOLE = encoded(gradient()), encoded(masked())
MODELS = {"input_fidelity": "gpt-image-1.5", "background": "gpt-image-1.5"}
SENT, HERE, REFUSED, WARNED, KEPT = "sent", "done here", "refused", "warned of", "kept on the job"
ANOTHER: dict[str, Any] = {
    "quality": "low",
    "aspect_ratio": "3:2",
    "output_format": "jpeg",
    "output_compression": 30,
    "background": "transparent",
    "moderation": "low",
    "input_fidelity": "high",
    "input_images": [IMAGE],
    "mask": HOLE,
    "number_of_images": 2,
    "partial_images": 2,
    "user": "somebody",
    "safety_identifier": "somebody-else",
}
# By provider: what becomes of a value that is not the default, without and with an input image where that differs.
TABLE: dict[str, dict[str, str | tuple[str, str]]] = {
    "openai": {
        **dict.fromkeys(ANOTHER, SENT),
        "moderation": (SENT, WARNED),
        "input_fidelity": (WARNED, SENT),
    },
    "replicate": {
        **dict.fromkeys(ANOTHER, SENT),
        "mask": REFUSED,
        **dict.fromkeys(("partial_images", "user", "safety_identifier"), KEPT),
    },
    "fal": {
        **dict.fromkeys(ANOTHER, SENT),
        "mask": REFUSED,
        "output_compression": HERE,
        "moderation": WARNED,
        "input_fidelity": (WARNED, SENT),
        **dict.fromkeys(("partial_images", "user", "safety_identifier"), KEPT),
    },
    "sketch": {
        **dict.fromkeys(ANOTHER, SENT),
        **dict.fromkeys(("moderation", "input_fidelity"), WARNED),
        **dict.fromkeys(("number_of_images", "output_compression"), HERE),
        **dict.fromkeys(("partial_images", "user", "safety_identifier"), KEPT),
    },
    "sglang": {
        **dict.fromkeys(("aspect_ratio", "number_of_images", "input_images"), SENT),
        **dict.fromkeys(("output_format", "output_compression"), HERE),
        **dict.fromkeys(("background", "mask"), REFUSED),
        **dict.fromkeys(("quality", "moderation", "input_fidelity"), WARNED),
        **dict.fromkeys(("partial_images", "user", "safety_identifier"), KEPT),
    },
}


def test_the_table_has_every_parameter_and_every_provider() -> None:
    parameters = {name for card in CATALOG for name in card.parameters}
    assert all(set(row) == parameters for row in TABLE.values())
    assert {kind for card in CATALOG for kind in card.providers} <= set(TABLE)


def made(name: str, folder: Path) -> Provider:
    server = CompatibleServer(preset="sglang", base_url="http://gpu", models=dict.fromkeys(CATALOG.ids, "flux"))
    match name:
        case "openai":
            return OpenAI(CompatibleServer(key=SecretStr("sk-x")), folder)
        case "replicate":
            return Replicate(ReplicateSettings(replicate_api_token=SecretStr("r8_x")), folder)
        case "fal":
            return Fal(FalSettings(fal_key=SecretStr("fal-x")), folder)
        case "sketch":
            return Sketch(SketchSettings())
    return OpenAI(server, folder, name=name)


async def sent_by(provider: Provider, work: GenerationRequest) -> str:
    """All that it would send for this, as text."""
    if isinstance(provider, Sketch):
        return repr(replace(request_of(work), params={}))  # the engine reads none of these
    bodies: list[str] = []

    async def take(request: httpx.Request) -> httpx.Response:
        body = (await request.aread()).decode("latin-1").split(request.headers.get("content-type", "")[30:] or "\0")
        bodies.append(f"{request.url} {body}" if request.method == "POST" else "")
        return httpx.Response(401)

    upstream = vars(provider)["_upstream"]
    await upstream._client.aclose()  # noqa: SLF001
    upstream._client = httpx.AsyncClient(transport=httpx.MockTransport(take))  # noqa: SLF001
    with contextlib.suppress(ProviderError):
        await provider.start(work)
    return "".join(bodies)


def work_of(model: str, params: dict[str, Any], provider: Provider) -> GenerationRequest:
    card = CATALOG[model]
    entry = card.providers[provider.kind]
    chosen = {name: one.default for name, one in card.parameters.items()} | params
    return GenerationRequest(
        job_id="job",
        model=model,
        upstream_model=entry.model,
        upstream_parameters=entry.parameters,
        spelled_size=entry.spelled_size,
        prompt="a cat",
        aspect_ratio=chosen["aspect_ratio"],
        size=card.size(chosen["aspect_ratio"]),
        count=chosen["number_of_images"],
        quality=chosen["quality"],
        background=chosen["background"],
        output_format=chosen["output_format"],
        output_compression=chosen["output_compression"],
        params={name: chosen[name] for name in ("moderation", "input_fidelity") if name in chosen},
        inputs=tuple(chosen["input_images"] or ()),
        mask=chosen["mask"],
        user=chosen["user"],
        safety_identifier=chosen["safety_identifier"],
        partial_images=chosen["partial_images"],
    )


@pytest.mark.parametrize("edit", [False, True])
@pytest.mark.parametrize("parameter", ANOTHER)
@pytest.mark.parametrize("name", TABLE)
async def test_what_becomes_of_a_parameter(name: str, parameter: str, edit: bool, tmp_path: Path) -> None:
    provider, model = made(name, tmp_path), MODELS.get(parameter, "gpt-image-2")
    expected = TABLE[name][parameter]
    fate = expected if isinstance(expected, str) else expected[edit]
    given: dict[str, Any] = {"input_images": [IMAGE]} if edit or parameter == "mask" else {}
    given |= {"output_format": "webp"} if parameter != "output_format" else {}
    base = work_of(model, given if parameter != "input_images" else {}, provider)
    asked = work_of(model, given | {parameter: ANOTHER[parameter]}, provider)
    limits: dict[str, Any] = {"background": asked.background, "mask": asked.mask}
    needs = needs_of(limits, inputs=len(asked.inputs), count=asked.count)
    able = provider in providers_among({name: provider}, CATALOG, model, needs)
    ignored = parameter in provider.ignored(asked.upstream_model, edit=bool(asked.inputs))
    changes = await sent_by(provider, base) != await sent_by(provider, asked)
    assert (able, ignored) == (fate != REFUSED, fate == WARNED)
    assert able and changes if fate == SENT else not (able and changes), fate
    if fate == HERE and parameter == "output_compression":
        assert not provider.compresses
    await provider.close()


async def test_replicate_ignores_what_its_model_no_longer_has(tmp_path: Path) -> None:
    provider = made("replicate", tmp_path)
    assert provider.ignored("openai/gpt-image-2", edit=False) == frozenset()
    schema: dict[str, Any] = {"Input": {"properties": {"prompt": {}, "user_id": {}}}}
    version = {"latest_version": {"openapi_schema": {"components": {"schemas": schema}}}}
    vars(provider)["_inputs"]["openai/gpt-image-2"] = inputs_of(version)
    assert provider.ignored("openai/gpt-image-2", edit=False) == {"moderation"}
    await provider.close()
