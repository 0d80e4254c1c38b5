"""The doubles of servers that people run, and of Azure's: the vendor's own client gets what each is known to answer."""

import base64
from collections.abc import Iterator

import pytest
from openai import APIStatusError, AzureOpenAI, OpenAI
from tests.backends.test_openai_double import look
from tests.support.doubles.azure import DEPLOYMENT, VERSION, AzureDouble
from tests.support.doubles.local import LOCALAI, SDCPP, SGLANG, VLLM_OMNI, LocalDouble, Traits
from tests.support.images import encoded, gradient

from easel.domain import Size

PNG = ("p.png", encoded(gradient(Size(64, 64))).data, "image/png")
ALL = {"sdcpp": SDCPP, "vllm-omni": VLLM_OMNI, "sglang": SGLANG, "localai": LOCALAI}


@pytest.fixture(params=ALL)
def double(request: pytest.FixtureRequest) -> Iterator[LocalDouble]:
    with LocalDouble(ALL[request.param]).serving() as made:
        yield made


def client_of(double: LocalDouble) -> OpenAI:
    return OpenAI(base_url=double.url, api_key="none", max_retries=0)


def test_the_clients_image(double: LocalDouble) -> None:
    with client_of(double) as client:
        made = client.images.generate(
            model=double.traits.models[0], prompt="a fox", size="1024x1024", n=2, response_format="b64_json"
        )
        assert len(made.data or []) == 2
        image = base64.b64decode((made.data or [])[0].b64_json or "")
        assert look(image) == (f"image/{double.traits.default_format}", "1024x1024")
        assert [one.id for one in client.models.list()] == list(double.traits.models)


@pytest.mark.parametrize(
    ("traits", "fields", "status", "words"),
    [
        (VLLM_OMNI, {"model": "gpt-image-2"}, 400, "Model mismatch"),
        (VLLM_OMNI, {"response_format": "url"}, 422, "b64_json"),
        (VLLM_OMNI, {"size": "auto"}, 400, "Invalid size"),
        (SGLANG, {"quality": "low"}, 400, "quality must be one of"),
        (SGLANG, {"quality": "medium"}, 400, "quality must be one of"),
        (LOCALAI, {"model": "gpt-image-2"}, 400, "mismatch"),
    ],
)
def test_what_a_server_refuses(traits: Traits, fields: dict[str, str], status: int, words: str) -> None:
    with LocalDouble(traits).serving() as double, client_of(double) as client:
        body = {"model": traits.models[0], "prompt": "a fox", "size": "512x512"} | fields
        with pytest.raises(APIStatusError) as refused:
            client.images.generate(**body)  # type: ignore[call-overload]
        assert refused.value.status_code == status
        assert words in refused.value.response.text


def test_edits(double: LocalDouble) -> None:
    with client_of(double) as client:
        body = {"model": double.traits.models[0], "prompt": "red", "image": PNG, "size": "512x512"}
        if not double.traits.edits:
            with pytest.raises(APIStatusError) as refused:
                client.images.edit(**body)  # type: ignore[call-overload]
            assert refused.value.status_code == 404
            return
        assert client.images.edit(**body).data  # type: ignore[call-overload]
        if double.traits is SDCPP:
            with pytest.raises(APIStatusError, match="400"):
                client.images.edit(**body, output_format="webp")  # type: ignore[call-overload]


@pytest.mark.parametrize("traits", [SGLANG, LOCALAI])
def test_an_address_may_be_relative_and_an_odd_size_is_512(traits: Traits) -> None:
    with LocalDouble(traits).serving() as double, client_of(double) as client:
        size = "1024x1024" if traits is SGLANG else "auto"
        made = client.images.generate(model=traits.models[0], prompt="a fox", size=size)
        address = (made.data or [])[0].url or ""
        assert address.startswith("/files/")
        image = client._client.get(double.url.removesuffix("/v1") + address).content  # noqa: SLF001
        assert look(image)[1] == ("1024x1024" if traits is SGLANG else "512x512")


def test_azures_deployment_takes_no_model_and_only_its_own_key_header() -> None:
    with AzureDouble("deployment").serving() as double:
        at = f"{double.url}/openai/deployments/{DEPLOYMENT}"
        with AzureOpenAI(base_url=at, api_version=VERSION, api_key=double.key, max_retries=0) as client:
            assert client.images.generate(prompt="a fox").data
            assert client.images.edit(prompt="red", image=PNG).data
            with pytest.raises(APIStatusError, match="Unknown parameter: 'model'"):
                client.images.generate(prompt="a fox", model="gpt-image-2")
        with OpenAI(base_url=at, api_key=double.key, max_retries=0, default_query={"api-version": VERSION}) as client:
            with pytest.raises(APIStatusError) as refused:
                client.images.generate(prompt="a fox")
            assert refused.value.status_code == 401
        headers = {"api-key": double.key}
        with OpenAI(base_url=f"{double.url}/openai/v1", api_key="x", max_retries=0, default_headers=headers) as client:
            assert client.images.generate(prompt="a fox", model=DEPLOYMENT).data
