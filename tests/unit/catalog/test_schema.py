import json
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from easel.catalog import Catalog
from easel.catalog.card import Card, Choice, Images, Integer, OneImage, Text
from easel.catalog.plan import IMAGE_ADDRESS, plan, usual_form
from easel.catalog.schema import params_schema, request_schema
from easel.domain import Needs
from easel.kit.problems import Problems
from easel.kit.strictjson import parse
from easel.kit.words import SOME_TEXT
from easel.webhooks.target import read_webhook

CATALOG = Catalog.load()
SCHEMAS = {card.id: jsonschema_rs.Draft202012Validator(request_schema(card)) for card in CATALOG}
ADDRESS = "https://example.com/cat.png"
BOUNDS = {"number_of_images": (1, 10), "output_compression": (0, 100), "partial_images": (0, 3)}


def schema_accepts(body: Any) -> bool:
    return any(schema.is_valid(body) for schema in SCHEMAS.values())


def server_accepts(sent: Any) -> bool:
    body = usual_form(parse(json.dumps(sent).encode()), CATALOG)
    problems = Problems()
    found = plan(body, CATALOG, problems)
    if isinstance(body, dict):
        read_webhook(body, (), problems)
    return found is not None and not problems


@pytest.mark.parametrize("card", list(CATALOG), ids=CATALOG.ids)
def test_a_cards_schema_is_one(card: Card) -> None:
    jsonschema_rs.meta.validate(request_schema(card) | {"$schema": "https://json-schema.org/draft/2020-12/schema"})


@pytest.mark.parametrize("card", list(CATALOG), ids=CATALOG.ids)
def test_a_schema_tells_default_and_meaning_of_every_parameter(card: Card) -> None:
    properties = params_schema(card)["properties"]
    assert list(properties) == list(card.parameters)
    for name, parameter in card.parameters.items():
        assert properties[name]["default"] == parameter.default
        assert properties[name]["description"] == parameter.sentence
        match parameter:
            case Choice():
                assert properties[name]["enum"] == [*parameter.values, None]
            case Integer():
                assert (properties[name]["minimum"], properties[name]["maximum"]) == BOUNDS[name]
            case Images():
                assert properties[name]["maxItems"] == 16
            case OneImage():
                assert properties[name]["pattern"] == IMAGE_ADDRESS
            case Text():
                assert properties[name]["maxLength"] == parameter.maximum


def test_the_whole_schema_of_a_request() -> None:
    schema = request_schema(CATALOG["gpt-image-1.5"])
    properties = schema.pop("properties")
    assert schema == {
        "title": "GPT Image 1.5 request",
        "type": "object",
        "additionalProperties": False,
        "required": ["model", "prompt"],
    }
    assert list(properties) == ["model", "prompt", "gptImageParams", "variation", "webhookUrl", "webhookEvents"]
    assert properties["model"] == {"const": "gpt-image-1.5"}
    assert properties["prompt"] == {"type": "string", "minLength": 1, "maxLength": 32_000, "pattern": SOME_TEXT}
    params = properties["gptImageParams"]
    shapes = params.pop("properties")
    assert params == {
        "type": ["object", "null"],
        "additionalProperties": False,
        "allOf": [
            {
                "if": {"properties": {"background": {"enum": ["transparent"]}}, "required": ["background"]},
                "then": {"properties": {"output_format": {"enum": ["png", "webp", None]}}},
            },
            {
                "if": {"properties": {"output_format": {"enum": ["png", None]}}, "required": []},
                "then": {"properties": {"output_compression": {"enum": [100, None]}}},
            },
            {
                "if": {"properties": {"mask": {"type": "string"}}, "required": ["mask"]},
                "then": {
                    "properties": {"input_images": {"type": ["array", "string"], "minItems": 1}},
                    "required": ["input_images"],
                },
            },
        ],
    }
    described = {"description": "Images to generate (1–10). Each is charged."}
    assert (
        shapes["number_of_images"]
        == {"type": ["integer", "null"], "minimum": 1, "maximum": 10, "default": 1} | described
    )
    assert shapes["quality"].pop("description")
    assert shapes["quality"] == {
        "type": ["string", "null"],
        "enum": ["low", "medium", "high", "auto", None],
        "default": "auto",
    }
    assert shapes["input_images"].pop("description")
    assert shapes["input_images"] == {
        "type": ["array", "string", "null"],
        "pattern": IMAGE_ADDRESS,
        "maxItems": 16,
        "items": {"type": "string", "pattern": IMAGE_ADDRESS},
        "default": None,
    }


def test_without_rules_a_schema_has_none() -> None:
    card = CATALOG["gpt-image-2"]
    parameters = {name: parameter for name, parameter in card.parameters.items() if name != "mask"}
    assert "allOf" not in params_schema(card.model_copy(update={"rules": (), "parameters": parameters}))


@pytest.mark.parametrize("compression", [None, 100, 100.0, 99, 0, 101, True, "100"])
@pytest.mark.parametrize("kind", [None, "png", "webp", "jpeg"])
@pytest.mark.parametrize("model", CATALOG.ids)
def test_schema_and_server_agree_on_compression(model: str, kind: str | None, compression: Any) -> None:
    params = {"output_format": kind, "output_compression": compression}
    body = {
        "model": model,
        "prompt": "a cat",
        OBJECT[model]: params,
    }
    assert schema_accepts(body) == server_accepts(body)


@pytest.mark.parametrize(
    ("provider", "capabilities", "count", "can"),
    [
        ("openai", set(), 1, True),
        ("openai", {"edit", "compose"}, 10, True),
        ("openai", {"edit"}, 11, False),
        ("openai", {"edit", "mask"}, 1, True),
        ("sketch", {"compose", "mask"}, 1, True),
        ("replicate", {"edit", "mask"}, 1, False),
        ("openai", {"edit", "transparent"}, 1, False),
        ("nobody", set(), 1, False),
    ],
)
def test_what_a_provider_can_do_is_on_the_card(provider: str, capabilities: set[str], count: int, can: bool) -> None:
    assert CATALOG["gpt-image-2"].can(provider, Needs(frozenset(capabilities), count)) is can


@pytest.mark.parametrize(
    "prompt",
    [
        "a",
        " ",
        "",
        "\n",
        "\x1c",
        "\x1f",
        "\x85",
        "\xa0",
        "\u200b",
        "\u2028",
        "\u202e",
        "\u2060",
        "\u3000",
        "\u3164",
        "\ufe0f",
        "\ufeff",
    ],
)
def test_schema_and_server_agree_on_what_an_empty_prompt_is(prompt: str) -> None:
    body = {"model": "gpt-image-2", "prompt": prompt}
    assert schema_accepts(body) == server_accepts(body)


@pytest.mark.parametrize(
    "address",
    [
        ADDRESS,
        ADDRESS + "\n",
        ADDRESS + "\n\n",
        ADDRESS + "\r",
        "\n" + ADDRESS,
        f"\ufeff'{ADDRESS}'\u00a0",
        f'"{ADDRESS}"',
        '"https://"',
        "image/png;base64,AAAA",
        "base64,AAAA",
        "base64,",
        ' "data:image/png;base64,AAAA"',
        'data:image/png;base64,"',
        "https://example.com/\x85",
        "https://example.com/\ufeff",
        "https://exam\x1cple.com/",
        "data:image/png;base64,AAAA",
        "data:image/png;base64,AAAA\n",
        "data:image/png;base64,",
        "data:image/png;base64,\n",
        "data:image/png,\nx",
        "DATA:,x",
        "data:;charset=utf-8;base64,AAAA",
        "A" * 31,
        "A" * 32,
        "A" * 32 + "\n",
        " " + "A" * 32,
        "data:image/ö;base64,AAAA",
        "https://",
        "https:///x",
        "HTTPS://example.com",
    ],
)
def test_schema_and_server_agree_on_what_an_image_address_is(address: str) -> None:
    body = {"model": "gpt-image-2", "prompt": "a cat", "gptImage2Params": {"input_images": [address]}}
    assert schema_accepts(body) == server_accepts(body)


OBJECT = {"gpt-image-2": "gptImage2Params", "gpt-image-1.5": "gptImageParams"}
LEGAL: dict[str, list[Any]] = {
    "quality": ["low", "medium", "high", "auto"],
    "aspect_ratio": ["1:1", "3:2", "2:3"],
    "output_format": ["webp", "png", "jpeg"],
    "output_compression": [100, 100, 100.0, 60, 0],
    "background": ["auto", "opaque", "transparent"],
    "moderation": ["auto", "low"],
    "input_fidelity": ["low", "high"],
    "input_images": [None, [], [ADDRESS], [ADDRESS] * 16, ["data:image/png;base64,AAAA", ADDRESS]],
    "mask": [None, ADDRESS, "data:image/png;base64,AAAA"],
    "number_of_images": [1, 4, 10, 4.0, 1.0],
    "user": [None, "", "x" * 64],
    "safety_identifier": ["a hash"],
    "prompt": ["a cat", "x" * 32_000, "a\nb", " a "],
    "webhookUrl": ["https://example.com/hook"],
    "variation": [0, 1, 1_000_000, 2.0],
    "webhookEvents": [["completed"], ["failed", "progress"], ["failed", "failed"]],
}
# What people send instead. Every word that is legal somewhere is illegal somewhere else.
ODD: list[Any] = [None, True, False, 0, 1, -1, 11, 1.5, 4.0, 10.5, 1e308, "", " ", "4", "LOW", "16:9", "x" * 32_001]
ODD += [[], {}, ["x"], [None], [[ADDRESS]], [ADDRESS] * 17, ["completed", "nope"], {"quality": "low"}]
ODD += ["gpt-image-2", "gpt-image-1.5", "low", "jpeg", "transparent", 5]
COMMON = {"quality", "aspect_ratio", "output_format", "output_compression", "background", "input_images"}
COMMON |= {"mask", "number_of_images", "user", "safety_identifier"}
PLACES = [*LEGAL, "model", "seed", "gptImage2Params", "gptImageParams", "inside.seed", "inside.prompt"]


@st.composite
def bodies(draw: st.DrawFn) -> dict[str, Any]:
    """A legal request with at most two things wrong: a value changed, missing, unknown or in another place.

    Which texts are webhook addresses is beyond a schema: it depends on what the operator trusts.
    """
    model = draw(st.sampled_from(list(OBJECT)))
    own = COMMON | {"moderation" if model == "gpt-image-2" else "input_fidelity"}
    inside = {name: draw(st.sampled_from(LEGAL[name])) for name in sorted(own) if draw(st.booleans())}
    body: dict[str, Any] = {"model": model, "prompt": draw(st.sampled_from(LEGAL["prompt"])), OBJECT[model]: inside}
    body |= {
        name: draw(st.sampled_from(LEGAL[name]))
        for name in ("variation", "webhookUrl", "webhookEvents")
        if draw(st.booleans())
    }
    for place in draw(st.lists(st.sampled_from(PLACES), max_size=2)):
        where = inside if place in own or place.startswith("inside.") or draw(st.integers(0, 9)) == 0 else body
        name = place.removeprefix("inside.")
        if draw(st.integers(0, 3)) == 0:
            where.pop(name, None)
        else:
            odd = [value for value in ODD if name != "webhookUrl" or not isinstance(value, str)]
            where[name] = draw(st.sampled_from(odd + LEGAL.get(name, [])))
        beside = {"model", "prompt", "variation", "webhookUrl", "webhookEvents", OBJECT[model]}
        known = own if where is inside else beside
        if name not in known and where.get(name, name) is None:
            del where[name]  # an unknown field that is null is left out too: the schema does not say so
    return body


@settings(max_examples=200, database=None, derandomize=True, deadline=None)
@given(bodies())
def test_the_schema_accepts_what_the_server_accepts_and_refuses_what_it_refuses(body: dict[str, Any]) -> None:
    assert schema_accepts(body) == server_accepts(body)


@settings(max_examples=25, database=None, derandomize=True, deadline=None)
@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists, max_leaves=5))
def test_schema_and_server_refuse_what_is_no_object(body: Any) -> None:
    assert not schema_accepts(body)
    assert not server_accepts(body)


def test_the_bodies_near_the_legal_ones_are_legal_and_illegal_about_as_often() -> None:
    verdicts: list[bool] = []

    @settings(max_examples=60, database=None, derandomize=True, deadline=None)
    @given(bodies())
    def judge(body: dict[str, Any]) -> None:
        verdicts.append(server_accepts(body))

    judge()
    assert 0.2 < sum(verdicts) / len(verdicts) < 0.8
