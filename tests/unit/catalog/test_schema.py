from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from easel.catalog import Catalog
from easel.catalog.card import Card, Choice, Integer
from easel.catalog.plan import plan
from easel.catalog.schema import params_schema, request_schema
from easel.kit.problems import Problems
from easel.webhooks.target import read_webhook

CATALOG = Catalog.load()
SCHEMAS = {card.id: jsonschema_rs.Draft202012Validator(request_schema(card)) for card in CATALOG}
ADDRESS = "https://example.com/cat.png"


def schema_accepts(body: Any) -> bool:
    return any(schema.is_valid(body) for schema in SCHEMAS.values())


def server_accepts(body: Any) -> bool:
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
                assert properties[name]["enum"] == list(parameter.values)
            case Integer():
                assert (properties[name]["minimum"], properties[name]["maximum"]) == (1, 10)
            case _:
                assert properties[name]["maxItems"] == 16


@pytest.mark.parametrize(
    "prompt", ["a", " ", "", "\n", "\x1c", "\x1f", "\x85", "\xa0", "\u200b", "\u2028", "\u3000", "\ufeff", "\x00"]
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
        "https://example.com/\x85",
        "https://example.com/\ufeff",
        "https://exam\x1cple.com/",
        "data:image/png;base64,AAAA",
        "data:image/png;base64,AAAA\n",
        "data:image/png;base64,",
        "data:image/ö;base64,AAAA",
        "https://",
        "https:///x",
        "HTTPS://example.com",
    ],
)
def test_schema_and_server_agree_on_what_an_image_address_is(address: str) -> None:
    body = {"model": "gpt-image-2", "prompt": "a cat", "gptImage2Params": {"input_images": [address]}}
    assert schema_accepts(body) == server_accepts(body)


def near(*legal: Any) -> st.SearchStrategy[Any]:
    """Mostly something legal; now and then something a person might send instead."""
    odd: list[Any] = [None, True, False, 0, 1, 1.0, 4.0, 1.5, -1, 11, 1e308, "", "4", "low", "LOW", "transparent"]
    odd += [[], {}, [ADDRESS], ["x"], {"quality": "low"}, "jpeg", "png", "1:1", "16:9"]
    return st.one_of(st.sampled_from(legal), st.sampled_from(legal), st.sampled_from(legal), st.sampled_from(odd))


IMAGE_LISTS: list[Any] = [
    [ADDRESS] * 16,
    [ADDRESS] * 17,
    [ADDRESS, "data:image/png;base64,AAAA"],
    [ADDRESS, None],
    None,
]

params = st.fixed_dictionaries(
    {},
    optional={
        "quality": near("low", "medium", "high", "auto"),
        "aspect_ratio": near("1:1", "3:2", "2:3"),
        "output_format": near("webp", "png", "jpeg"),
        "background": near("auto", "opaque", "transparent"),
        "input_images": near(*IMAGE_LISTS),
        "number_of_images": near(*range(1, 11)),
    },
)
extras = st.fixed_dictionaries(
    {}, optional={"moderation": near("auto", "low"), "input_fidelity": near("low", "high"), "seed": near(1)}
)
seldom_extra = st.one_of(st.just({}), st.just({}), extras)
parameters = st.builds(lambda some, more: some | more, params, seldom_extra)

bodies = st.builds(
    lambda *parts: {key: value for part in ({"prompt": "a cat"}, *parts) for key, value in part.items()},
    st.fixed_dictionaries(
        {"model": near("gpt-image-2", "gpt-image-1.5")},
        optional={"prompt": near("a cat", "x" * 32_000, "x" * 32_001, " ", "a\nb")},
    ),
    st.one_of(
        st.fixed_dictionaries({"gptImage2Params": st.one_of(parameters, parameters, near({}))}),
        st.fixed_dictionaries({"gptImageParams": st.one_of(parameters, parameters, near({}))}),
        st.just({}),
    ),
    st.fixed_dictionaries(
        {},
        optional={
            "webhookUrl": st.sampled_from(["https://example.com/hook", 5, None, []]),
            "webhookEvents": near(["completed"], ["progress", "failed"], ["completed", "nope"], [["completed"]], [5]),
        },
    ),
    st.one_of(st.just({}), st.just({}), st.just({}), st.fixed_dictionaries({"quality": near("low")})),
)


@settings(max_examples=400, database=None, derandomize=True, deadline=None)
@given(bodies)
def test_the_schema_accepts_what_the_server_accepts_and_refuses_what_it_refuses(body: dict[str, Any]) -> None:
    assert schema_accepts(body) == server_accepts(body)


@settings(max_examples=60, database=None, derandomize=True, deadline=None)
@given(st.recursive(near("gpt-image-2"), lambda inner: st.lists(inner, max_size=3), max_leaves=5))
def test_schema_and_server_refuse_what_is_no_object(body: Any) -> None:
    assert not schema_accepts(body)
    assert not server_accepts(body)


def test_the_bodies_near_the_legal_ones_are_legal_and_illegal_about_as_often() -> None:
    verdicts: list[bool] = []

    @settings(max_examples=200, database=None, derandomize=True, deadline=None)
    @given(bodies)
    def judge(body: dict[str, Any]) -> None:
        verdicts.append(server_accepts(body))

    judge()
    assert 0.1 < sum(verdicts) / len(verdicts) < 0.9
