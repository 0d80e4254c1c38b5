"""What a model on Replicate takes today, as its live schema says it."""

from collections.abc import Mapping
from typing import Any

import pytest

from easel.errors import UnsupportedRequest
from easel.providers.replicate_schema import FRESH_SECONDS, Inputs, inputs_of

KNOWN = Inputs({"prompt": (), "quality": ("low", "high"), "number_of_images": (1, 2), "input_images": ()})


def described(properties: Mapping[str, Any], **schemas: Any) -> dict[str, Any]:
    both = {"Input": {"properties": properties}, **schemas}
    return {"latest_version": {"openapi_schema": {"components": {"schemas": both}}}}


@pytest.mark.parametrize(
    "given",
    [{}, {"prompt": "a cat"}, {"prompt": "a cat", "quality": "low", "number_of_images": 2, "input_images": ["a", "b"]}],
)
def test_what_the_model_takes_goes_as_it_is(given: dict[str, Any]) -> None:
    assert KNOWN.fit(given) == given


def test_fields_that_only_help_are_left_out_where_the_model_has_none() -> None:
    assert KNOWN.fit({"prompt": "a cat", "user_id": "job", "moderation": "low"}) == {"prompt": "a cat"}
    assert Inputs({"user_id": ()}).fit({"user_id": "job"}) == {"user_id": "job"}


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"background": "auto"}, "Replicate's model no longer has background."),
        ({"quality": "hihg"}, "Replicate's model does not accept quality hihg. The nearest valid value is high."),
        ({"quality": "?"}, "Replicate's model does not accept quality ?."),
        ({"number_of_images": 10}, "Replicate's model does not accept number_of_images 10."),
        ({"quality": ["low"]}, "Replicate's model does not accept quality ['low']."),
    ],
)
def test_what_matters_and_is_not_taken_is_refused_by_name(given: dict[str, Any], sentence: str) -> None:
    with pytest.raises(UnsupportedRequest) as refusal:
        KNOWN.fit(given)
    assert refusal.value.message.startswith(sentence)


def test_when_nothing_is_known_everything_goes() -> None:
    assert Inputs().fit({"anything": "at all"}) == {"anything": "at all"}


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ({"type": "string"}, ()),
        ({"enum": ["low", "high"]}, ("low", "high")),
        ({"$ref": "#/components/schemas/quality"}, ("auto", "low")),
        ({"allOf": [{"$ref": "#/components/schemas/quality"}], "default": "auto"}, ("auto", "low")),
        ({"allOf": [{"description": "a word"}, {"enum": ["one"]}]}, ("one",)),
        ({"allOf": [{"$ref": "#/components/schemas/elsewhere"}]}, ()),
        ({"allOf": "nonsense", "enum": "nonsense", "$ref": None}, ()),
        (None, ()),
    ],
)
def test_a_fields_words_are_found_wherever_they_stand(field: Any, words: tuple[str, ...]) -> None:
    model = described({"quality": field}, quality={"enum": ["auto", "low"], "type": "string"})
    assert inputs_of(model).fields == {"quality": words}


@pytest.mark.parametrize(
    "model",
    [None, [], "no", {}, {"latest_version": None}, described({}), {"latest_version": {"openapi_schema": "gone"}}],
)
def test_a_description_without_inputs_says_nothing(model: Any) -> None:
    found = inputs_of(model)
    assert found.fields == {}
    assert found.stale


def test_what_was_read_goes_stale_after_a_day() -> None:
    fresh = inputs_of(described({"prompt": {}}))
    assert not fresh.stale
    assert Inputs(fresh.fields, fresh.read_at - FRESH_SECONDS - 1).stale
