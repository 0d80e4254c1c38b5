"""A request in OpenAI's words becomes one in ours, or is refused in OpenAI's words."""

from typing import Any

import pytest

from easel.api.openai.fields import Asked, read_fields
from easel.api.openai.settings import OpenAIApiSettings
from easel.catalog import Catalog
from easel.errors import InvalidRequest, NotFound

CATALOG = Catalog.load()
IMAGE = "data:image/png;base64,AAAA"
WHOLE = {"prompt": "a fox"}


def read(sent: Any, *, images: list[str] | None = None, mask: str | None = None, **settings: Any) -> Asked:
    return read_fields(sent, CATALOG, OpenAIApiSettings(**settings), images=images, mask=mask)


def params(**sent: Any) -> dict[str, Any]:
    return read(WHOLE | sent).params


def test_a_prompt_alone_is_a_png_of_the_newest_model() -> None:
    asked = read(WHOLE)
    assert asked.body == {
        "model": "gpt-image-2",
        "prompt": "a fox",
        "gptImage2Params": {"number_of_images": 1, "output_format": "png"},
    }
    assert (asked.response_format, asked.stream, asked.warnings) == ("b64_json", False, [])


@pytest.mark.parametrize(
    ("sent", "name", "value"),
    [
        ({"n": 4}, "number_of_images", 4),
        ({"n": None}, "number_of_images", 1),
        ({"size": "1536x1024"}, "aspect_ratio", "3:2"),
        ({"size": "1024x1536"}, "aspect_ratio", "2:3"),
        ({"size": "1024x1024"}, "aspect_ratio", "1:1"),
        ({"quality": "low"}, "quality", "low"),
        ({"quality": "standard"}, "quality", "medium"),
        ({"quality": "hd"}, "quality", "high"),
        ({"quality": "auto"}, "quality", "auto"),
        ({"output_format": "jpeg"}, "output_format", "jpeg"),
        ({"background": "opaque"}, "background", "opaque"),
        ({"moderation": "low"}, "moderation", "low"),
        ({"output_compression": 50, "output_format": "webp"}, "output_compression", 50),
        ({"user": "u-1"}, "user", "u-1"),
        ({"safety_identifier": "x" * 64}, "safety_identifier", "x" * 64),
    ],
)
def test_a_field_of_theirs_is_a_parameter_of_ours(sent: dict[str, Any], name: str, value: Any) -> None:
    assert params(**sent)[name] == value


def test_any_size_is_left_to_the_card() -> None:
    assert "aspect_ratio" not in params(size="auto")


@pytest.mark.parametrize("name", ["gpt-image-1", "dall-e-3", "chatgpt-image-latest"])
def test_another_name_of_a_model_is_said(name: str) -> None:
    asked = read(WHOLE | {"model": name})
    assert asked.card.id == "gpt-image-2"
    assert asked.warnings == [f"{name} is another name of gpt-image-2 here."]


def test_the_operator_names_models() -> None:
    given: dict[str, Any] = {"openai_aliases": {"mine": "gpt-image-1.5"}}
    assert read(WHOLE | {"model": "mine"}, **given).card.id == "gpt-image-1.5"
    with pytest.raises(NotFound):
        read(WHOLE | {"model": "dall-e-3"}, **given)


def test_what_has_no_meaning_here_is_ignored_and_said() -> None:
    asked = read(WHOLE | {"style": "vivid", "user": "u", "safety_identifier": "s"})
    assert asked.warnings == ["style was ignored: gpt-image-2 has no such setting."]


def test_a_setting_that_a_card_lacks_and_openais_models_have_is_ignored_and_said() -> None:
    asked = read(WHOLE | {"model": "gpt-image-1.5", "moderation": "low"})
    assert asked.warnings == ["moderation was ignored: gpt-image-1.5 has no such setting."]
    assert "moderation" not in asked.params
    with pytest.raises(InvalidRequest, match="Supported values are: 'auto' and 'low'"):
        read(WHOLE | {"model": "gpt-image-1.5", "moderation": "none"})


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ({"model": "dall-e-2"}, ("b64_json", True)),
        ({"model": "dall-e-3"}, ("b64_json", True)),
        ({"model": "gpt-image-1"}, ("b64_json", False)),
        ({"model": "dall-e-3", "response_format": "b64_json"}, ("b64_json", False)),
        ({"model": "dall-e-3", "response_format": "url"}, ("url", False)),
        ({"response_format": "url"}, ("url", False)),
    ],
)
def test_a_name_of_dall_e_answers_addresses_too(sent: dict[str, Any], expected: tuple[str, bool]) -> None:
    asked = read(WHOLE | sent)
    assert (asked.response_format, asked.adds_addresses) == expected


@pytest.mark.parametrize(
    ("size", "near"),
    [("256x256", "1024x1024"), ("1792x1024", "1536x1024"), ("1024x1792", "1024x1536"), ("2048x2000", "1024x1024")],
)
def test_the_nearest_size_is_named_or_generated(size: str, near: str) -> None:
    with pytest.raises(InvalidRequest, match=f"Invalid size '{size}'.*The nearest is {near}"):
        params(size=size)
    asked = read(WHOLE | {"size": size}, openai_sizes="nearest")
    assert asked.params["aspect_ratio"] == {"1024x1024": "1:1", "1536x1024": "3:2", "1024x1536": "2:3"}[near]
    assert asked.warnings == [f"{near} was generated, the size of gpt-image-2 nearest to {size}."]


@pytest.mark.parametrize("size", ["large", "0x0", "1024", "10x", "x" * 500, "1e3x1024", "-1x5", "¹x²"])
def test_what_is_no_size_is_refused_whatever_the_operator_says(size: str) -> None:
    with pytest.raises(InvalidRequest, match="Invalid size"):
        read(WHOLE | {"size": size}, openai_sizes="nearest")


@pytest.mark.parametrize(
    ("sent", "param", "code", "words"),
    [
        ({"prompt": None}, "prompt", "missing_required_parameter", "Missing required parameter: 'prompt'."),
        ({"prompt": 5}, "prompt", "invalid_type", "expected a string, but got an integer instead"),
        ({"n": 0}, "n", "integer_below_min_value", "Expected a value >= 1, but got 0 instead"),
        ({"n": 11}, "n", "integer_above_max_value", "Expected a value <= 10, but got 11 instead"),
        ({"n": "4"}, "n", "invalid_type", "expected an integer, but got a string instead"),
        ({"user": 5}, "user", "invalid_type", "expected a string, but got an integer instead"),
        ({"user": "x" * 513}, "user", "string_above_max_length", "length 512, but got a string with length 513"),
        ({"mask": "x"}, "mask", "unknown_parameter", "Unknown parameter: 'mask'."),
        ({"n": True}, "n", "invalid_type", "got a boolean instead"),
        ({"n": 1.5}, "n", "invalid_type", "got a number instead"),
        ({"n": []}, "n", "invalid_type", "got an array instead"),
        ({"quality": "xhigh"}, "quality", "invalid_value", "Its highest is 'high'"),
        ({"quality": "hihg"}, "quality", "invalid_value", "Did you mean 'high'"),
        ({"quality": {}}, "quality", "invalid_type", "got an object instead"),
        ({"background": "transparent"}, "background", "invalid_value", "Use gpt-image-1.5"),
        ({"output_format": "gif"}, "output_format", "invalid_value", "'webp', 'png' and 'jpeg'"),
        ({"response_format": "bytes"}, "response_format", "invalid_value", "'b64_json' and 'url'"),
        ({"stream": "yes"}, "stream", "invalid_type", "expected a boolean"),
        ({"partial_images": 4}, "partial_images", "integer_above_max_value", "<= 3"),
        ({"seed": 1}, "seed", "unknown_parameter", "Unknown parameter: 'seed'."),
        ({"qualty": "low"}, "qualty", "unknown_parameter", "Did you mean 'quality'?"),
        ({"image": "x"}, "image", "unknown_parameter", "Unknown parameter: 'image'."),
        ({"gptImage2Params": {}}, "gptImage2Params", "unknown_parameter", "Unknown parameter"),
    ],
)
def test_a_refusal_is_in_their_words(sent: dict[str, Any], param: str, code: str, words: str) -> None:
    with pytest.raises(InvalidRequest) as refused:
        read(WHOLE | sent)
    assert (refused.value.param, refused.value.code) == (param, code)
    assert words in refused.value.message


@pytest.mark.parametrize("sent", [None, [], "text", 5])
def test_a_body_is_an_object(sent: Any) -> None:
    with pytest.raises(InvalidRequest, match="must be a JSON object"):
        read(sent)


def test_an_unknown_model_is_not_found_and_the_known_are_named() -> None:
    with pytest.raises(NotFound, match=r"This server has gpt-image-2 and gpt-image-1\.5") as missing:
        read(WHOLE | {"model": "midjourney"})
    assert (missing.value.code, missing.value.param) == ("model_not_found", "model")


def test_an_edit_has_its_images() -> None:
    asked = read(WHOLE | {"size": "auto"}, images=[IMAGE, IMAGE])
    assert asked.params["input_images"] == [IMAGE, IMAGE]
    older = read(WHOLE | {"model": "gpt-image-1.5", "input_fidelity": "high"}, images=[IMAGE])
    assert older.params["input_fidelity"] == "high"


def test_an_edit_may_have_a_mask() -> None:
    assert read(WHOLE, images=[IMAGE], mask=IMAGE).params["mask"] == IMAGE
    assert "mask" not in read(WHOLE, images=[IMAGE]).params


def test_a_model_without_masks_says_so() -> None:
    card = CATALOG["gpt-image-2"]
    less = Catalog([card.model_copy(update={"parameters": {k: v for k, v in card.parameters.items() if k != "mask"}})])
    with pytest.raises(InvalidRequest, match="gpt-image-2 takes no mask") as refused:
        read_fields(WHOLE, less, OpenAIApiSettings(), images=[IMAGE], mask=IMAGE)
    assert (refused.value.code, refused.value.param) == ("unsupported_parameter", "mask")


@pytest.mark.parametrize(
    ("sent", "images", "code"),
    [
        ({}, [], "missing_required_parameter"),
        ({"mask": "mask.png"}, [IMAGE], "invalid_type"),
        ({"input_fidelity": "high"}, [IMAGE], "invalid_input_fidelity_model"),
    ],
)
def test_an_edit_that_cannot_be_is_refused(sent: dict[str, Any], images: list[str], code: str) -> None:
    with pytest.raises(InvalidRequest) as refused:
        read(WHOLE | sent, images=images)
    assert refused.value.code == code
