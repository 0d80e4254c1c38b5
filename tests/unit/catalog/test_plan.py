import itertools
import json
from typing import Any

import pytest

from easel.catalog import Catalog
from easel.catalog.card import Choice, Images, Integer, OneImage, Text
from easel.catalog.plan import plan, usual_form
from easel.domain import Plan, Size
from easel.kit.problems import Problems
from easel.kit.strictjson import parse

CATALOG = Catalog.load()
NEW, OLD = "gpt-image-2", "gpt-image-1.5"
OBJECT = {NEW: "gptImage2Params", OLD: "gptImageParams"}
ADDRESS = "https://example.com/cat.png"


def body(model: str = NEW, prompt: Any = "a cat", **params: Any) -> dict[str, Any]:
    return {"model": model, "prompt": prompt, OBJECT[model]: params}


def planned(request: Any) -> Plan:
    problems = Problems()
    found = plan(usual_form(request, CATALOG), CATALOG, problems)
    assert found is not None, problems.details
    assert not problems
    return found


def refusals(request: Any) -> dict[str, list[str]]:
    problems = Problems()
    assert plan(usual_form(request, CATALOG), CATALOG, problems) is None
    assert problems
    return problems.details


def every_value() -> list[tuple[str, str, Any]]:
    """Each model with each of its parameters at each of its legal values."""
    cases: list[tuple[str, str, Any]] = []
    for card in CATALOG:
        for name, parameter in card.parameters.items():
            match parameter:
                case Choice():
                    cases += [(card.id, name, value) for value in parameter.values]
                case Integer():
                    cases += [(card.id, name, value) for value in range(parameter.minimum, parameter.maximum + 1)]
                case Images():
                    cases += [(card.id, name, [ADDRESS] * count) for count in range(1, 17)]
                    cases.append((card.id, name, None))
                case OneImage():
                    cases += [(card.id, name, ADDRESS), (card.id, name, None)]
                case Text():
                    cases += [(card.id, name, "x" * length) for length in (1, parameter.maximum)]
                    cases.append((card.id, name, None))
    return cases


@pytest.mark.parametrize(("model", "name", "value"), every_value())
def test_every_parameter_is_legal_at_each_of_its_values(model: str, name: str, value: Any) -> None:
    others = {"output_format": "webp"} | ({"input_images": [ADDRESS]} if name == "mask" else {})
    assert planned(body(model, **{**others, name: value})).params[name] == value


def test_every_combination_of_choices_is_legal_but_a_transparent_jpeg() -> None:
    for card in CATALOG:
        choices = {
            name: parameter.values for name, parameter in card.parameters.items() if isinstance(parameter, Choice)
        }
        for values in itertools.product(*choices.values()):
            params = dict(zip(choices, values, strict=True))
            problems = Problems()
            legal = plan(body(card.id, **params), CATALOG, problems) is not None
            assert legal is not (params["background"] == "transparent" and params["output_format"] == "jpeg"), params


@pytest.mark.parametrize("params", [None, {}])
@pytest.mark.parametrize(
    ("model", "defaults"),
    [
        (
            NEW,
            {
                "quality": "auto",
                "aspect_ratio": "1:1",
                "output_format": "webp",
                "output_compression": 100,
                "background": "auto",
                "moderation": "auto",
                "input_images": None,
                "mask": None,
                "number_of_images": 1,
                "partial_images": 0,
                "user": None,
                "safety_identifier": None,
            },
        ),
        (
            OLD,
            {
                "quality": "auto",
                "aspect_ratio": "1:1",
                "output_format": "png",
                "output_compression": 100,
                "background": "auto",
                "input_images": None,
                "mask": None,
                "input_fidelity": "low",
                "number_of_images": 1,
                "partial_images": 0,
                "user": None,
                "safety_identifier": None,
            },
        ),
    ],
)
def test_what_is_left_out_has_the_contracts_default(
    model: str, defaults: dict[str, Any], params: dict[str, Any] | None
) -> None:
    request: dict[str, Any] = {"model": model, "prompt": "a cat"} | ({} if params is None else {OBJECT[model]: params})
    found = planned(request)
    assert found.params == defaults
    assert list(found.params) == list(CATALOG[model].parameters)
    assert (found.model, found.prompt, found.size, found.count) == (model, "a cat", Size(1024, 1024), 1)


@pytest.mark.parametrize("count", range(1, 11))
@pytest.mark.parametrize(
    ("model", "quality", "each"),
    [
        (NEW, "low", 4),
        (NEW, "medium", 9),
        (NEW, "high", 23),
        (NEW, "auto", 23),
        (OLD, "low", 4),
        (OLD, "medium", 9),
        (OLD, "high", 24),
        (OLD, "auto", 24),
    ],
)
def test_the_price_is_that_of_the_quality_times_the_count(model: str, quality: str, each: int, count: int) -> None:
    found = planned(body(model, quality=quality, number_of_images=count))
    assert (found.credits_each, found.credits, found.count) == (each, each * count, count)


@pytest.mark.parametrize("model", [NEW, OLD])
@pytest.mark.parametrize(("ratio", "size"), [("1:1", (1024, 1024)), ("3:2", (1536, 1024)), ("2:3", (1024, 1536))])
def test_the_size_is_that_of_the_ratio(model: str, ratio: str, size: tuple[int, int]) -> None:
    assert planned(body(model, aspect_ratio=ratio)).size == Size(*size)


@pytest.mark.parametrize(("number", "count"), [("4", 4), ("4.0", 4), ("1e1", 10), ("1.0", 1), ("100e-1", 10)])
def test_a_whole_number_is_one_however_it_is_spelled(number: str, count: int) -> None:
    request = json.dumps(body(number_of_images="?")).replace('"?"', number)
    found = planned(parse(request.encode()))
    assert found.count == count
    assert type(found.params["number_of_images"]) is int


@pytest.mark.parametrize(
    "address",
    [
        ADDRESS,
        "http://example.com",
        "https://example.com:8443/a/b?c=d#e",
        "https://example.com/a,b;c=(d)",
        "https://例え.jp/猫.png",
        "http://[2001:db8::1]/cat.png",
        "data:image/png;base64,iVBORw0KGgo=",
        "data:image/jpeg;base64,/9j/4AAQ",
        "data:image/svg+xml;base64,PHN2Zz4=",
    ],
)
def test_an_input_image_is_any_address_that_can_be_fetched(address: str) -> None:
    assert planned(body(input_images=[address])).params["input_images"] == [address]


def test_no_input_images_and_an_empty_list_of_them_are_the_same() -> None:
    assert planned(body(input_images=[])).params["input_images"] is None


def test_no_name_and_an_empty_one_are_the_same() -> None:
    assert planned(body(user="", safety_identifier="")).params["user"] is None


def test_a_mask_and_names_cost_nothing() -> None:
    plain, more = body(input_images=[ADDRESS]), body(input_images=[ADDRESS], mask=ADDRESS, user="u")
    assert planned(more).credits == planned(plain).credits


@pytest.mark.parametrize("field", ["webhookUrl", "webhookEvents"])
def test_the_webhook_fields_are_somebody_elses_business(field: str) -> None:
    assert planned(body() | {field: 5}).model == NEW


@pytest.mark.parametrize("number", [0, 1, 1_000_000, None])
def test_a_variation_costs_nothing_and_is_no_parameter(number: int | None) -> None:
    assert planned(body() | {"variation": number}) == planned(body())


@pytest.mark.parametrize(
    ("model", "params", "field", "words"),
    [
        (NEW, {"background": "transparent"}, "background", ["transparent", "gpt-image-1.5", "auto or opaque"]),
        (NEW, {"input_fidelity": "high"}, "input_fidelity", ["input_fidelity", "always processed at high fidelity"]),
        (OLD, {"moderation": "low"}, "moderation", ["moderation", "gpt-image-2"]),
        (
            OLD,
            {"background": "transparent", "output_format": "jpeg"},
            "output_format",
            ["transparent", "png or webp", "jpeg"],
        ),
        (NEW, {"quality": "hihg"}, "quality", ["low, medium, high or auto", '"hihg"', "Did you mean high?"]),
        (NEW, {"quality": "HD"}, "quality", ["low, medium, high or auto", '"HD"']),
        (NEW, {"quality": "standard"}, "quality", ["low, medium, high or auto", "The default is auto"]),
        (NEW, {"quality": ""}, "quality", ["low, medium, high or auto", '""']),
        (NEW, {"quality": "low "}, "quality", ["Did you mean low?"]),
        (NEW, {"quality": True}, "quality", ["low, medium, high or auto", "true"]),
        (NEW, {"quality": 1}, "quality", ["low, medium, high or auto", "not 1"]),
        (NEW, {"quality": ["low"]}, "quality", ["low, medium, high or auto", '["low"]']),
        (NEW, {"quality": {"low": 1}}, "quality", ["low, medium, high or auto", '{"low": 1}']),
        (NEW, {"aspect_ratio": "16:9"}, "aspect_ratio", ["1:1, 3:2 or 2:3", '"16:9"', "Did you mean 3:2?"]),
        (NEW, {"aspect_ratio": "9:16"}, "aspect_ratio", ["Did you mean 2:3?"]),
        (NEW, {"aspect_ratio": "4:4"}, "aspect_ratio", ["Did you mean 1:1?"]),
        (NEW, {"aspect_ratio": "1024x1024"}, "aspect_ratio", ["Did you mean 1:1?"]),
        (NEW, {"aspect_ratio": 1}, "aspect_ratio", ["1:1, 3:2 or 2:3", "not 1"]),
        (NEW, {"output_format": "jpg"}, "output_format", ["webp, png or jpeg", "Did you mean jpeg?"]),
        (NEW, {"output_format": "PNG"}, "output_format", ["Did you mean png?"]),
        (NEW, {"moderation": "none"}, "moderation", ["auto or low", "The default is auto"]),
        (OLD, {"input_fidelity": "medium"}, "input_fidelity", ["low or high", '"medium"']),
        (OLD, {"background": "transparant"}, "background", ["Did you mean transparent?"]),
        (NEW, {"number_of_images": 0}, "number_of_images", ["from 1 to 10", "the nearest is 1"]),
        (NEW, {"number_of_images": -3}, "number_of_images", ["from 1 to 10", "the nearest is 1"]),
        (NEW, {"number_of_images": 11}, "number_of_images", ["from 1 to 10", "the nearest is 10"]),
        (NEW, {"number_of_images": 10**4_000}, "number_of_images", ["from 1 to 10", "the nearest is 10"]),
        (NEW, {"number_of_images": 1e308}, "number_of_images", ["from 1 to 10"]),
        (NEW, {"number_of_images": 1.5}, "number_of_images", ["a whole number from 1 to 10", "not 1.5"]),
        (NEW, {"number_of_images": "4"}, "number_of_images", ["a whole number from 1 to 10", 'not "4"']),
        (NEW, {"number_of_images": True}, "number_of_images", ["a whole number from 1 to 10", "not true"]),
        (NEW, {"number_of_images": False}, "number_of_images", ["a whole number from 1 to 10", "not false"]),
        (NEW, {"number_of_images": [1]}, "number_of_images", ["a whole number from 1 to 10", "not [1]"]),
        (NEW, {"output_compression": -1}, "output_compression", ["from 0 to 100", "the nearest is 0"]),
        (NEW, {"output_compression": 101}, "output_compression", ["from 0 to 100", "the nearest is 100"]),
        (NEW, {"output_compression": "80"}, "output_compression", ["a whole number from 0 to 100", 'not "80"']),
        (
            NEW,
            {"output_format": "png", "output_compression": 99},
            "output_compression",
            ["must be 100", "webp or jpeg"],
        ),
        (OLD, {"output_compression": 0}, "output_compression", ["must be 100", "output_format png (the default)"]),
        (NEW, {"input_images": [ADDRESS] * 17}, "input_images", ["at most 16 images", "not 17"]),
        (NEW, {"input_images": {}}, "input_images", ["a list of image addresses, one address, or null"]),
        (NEW, {"input_images": False}, "input_images", ["a list of image addresses, one address, or null"]),
        (NEW, {"input_images": "cat.png"}, "input_images[0]", ["http(s) URL", '"cat.png"']),
        (NEW, {"input_images": [ADDRESS, "cat.png"]}, "input_images[1]", ["http(s) URL", "data: URL", '"cat.png"']),
        (NEW, {"input_images": [None]}, "input_images[0]", ["http(s) URL", "null"]),
        (NEW, {"input_images": [[ADDRESS]]}, "input_images[0]", ["http(s) URL"]),
        (NEW, {"mask": ADDRESS}, "mask", ["needs gptImage2Params.input_images", "or omit mask"]),
        (OLD, {"mask": ADDRESS, "input_images": []}, "mask", ["needs gptImageParams.input_images"]),
        (NEW, {"mask": "mask.png", "input_images": [ADDRESS]}, "mask", ["http(s) URL", '"mask.png"']),
        (NEW, {"mask": [ADDRESS], "input_images": [ADDRESS]}, "mask", ["http(s) URL"]),
        (NEW, {"user": 5}, "user", ["must be a string, or null"]),
        (OLD, {"user": "x" * 513}, "user", ["has 513 characters; the maximum is 512"]),
        (NEW, {"safety_identifier": "x" * 1_000}, "safety_identifier", ["has 1,000 characters"]),
        (NEW, {"seed": 5}, "seed", ['"seed"', "gpt-image-2", "number_of_images"]),
        (NEW, {"aspectRatio": "1:1"}, "aspectRatio", ["Did you mean aspect_ratio?"]),
        (NEW, {"input_image": ADDRESS}, "input_image", ["Did you mean input_images?"]),
        (NEW, {"": 1}, "", ["is not a parameter of gpt-image-2"]),
        (OLD, {"n": 2}, "n", ["is not a parameter of gpt-image-1.5"]),
    ],
)
def test_a_refused_parameter_names_field_rule_and_nearest_value(
    model: str, params: dict[str, Any], field: str, words: list[str]
) -> None:
    details = refusals(body(model, **params))
    path = f"{OBJECT[model]}.{field}"
    assert list(details) == [path]
    [sentence] = details[path]
    assert sentence.endswith((".", "?"))
    for word in words:
        assert word in sentence


LONGEST = "https://example.com/" + "a" * (8_192 - 20)


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("", "is empty. It must be an http(s) URL"),
        ("https://", 'has no host: "https://".'),
        ("https:///cat.png", "has no host"),
        ("https://?x", "has no host"),
        ("https:/example.com/cat.png", "must begin with https://, not"),
        ("https://exa mple.com/", "has a space or a control character at position 12. Write %20"),
        ("https://example.com/cat\n.png", "at position 24. Write %0A, or remove it"),
        ("//example.com/cat.png", "must be an http(s) URL"),
        ("/files/cat.png", "must be an http(s) URL"),
        ("ftp://example.com/cat.png", "has the scheme ftp, which is not read"),
        ("blob:https://example.com/5f0e", "has the scheme blob, which is not read"),
        ("file:///etc/passwd", "Upload the image instead: POST /v2/uploads"),
        ("javascript:alert(1)", "has the scheme javascript"),
        ("data:image/png;base64,", "is a data: URL without an image"),
        ("data:image/png;base64,\n", "is a data: URL without an image"),
        ("data:image/png;base64", "is a data: URL without an image"),
        ("iVBORw0KGgo=", "an image in base64, not"),
        (LONGEST + "a", "has 8,193 characters; the maximum of an address is 8,192. Upload the image instead"),
    ],
)
def test_what_is_no_image_address_is_refused_for_what_is_wrong_with_it(address: str, sentence: str) -> None:
    details = refusals(body(input_images=[address]))
    assert list(details) == ["gptImage2Params.input_images[0]"]
    assert sentence in details["gptImage2Params.input_images[0]"][0]


@pytest.mark.parametrize(
    "address",
    [
        LONGEST,
        "DATA:image/png;base64,iVBORw0KGgo=",
        "data:image/png;charset=utf-8;base64,iVBORw0KGgo=",
        "data:application/octet-stream;base64,iVBORw0KGgo=",
        "data:;base64,iVBORw0K\nGgo=\n",
        "data:image/png,%89PNG",
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ",
    ],
)
def test_a_long_address_and_an_image_in_any_dress_are_looked_at_later(address: str) -> None:
    assert planned(body(input_images=address)).params["input_images"] == [address.strip()]


def test_null_is_left_out_wherever_it_stands_and_one_image_is_a_list_of_one() -> None:
    nothing = dict.fromkeys(["quality", "number_of_images", "mask", "input_images", "user", "input_fidelity", "seed"])
    for empty in ({"gptImage2Params": None}, {"gptImage2Params": nothing}):
        others = {"gptImageParams": None, "webhookUrl": None, "webhookEvents": None, "midjourneyParams": None}
        request = {"model": NEW, "prompt": "a cat"} | empty | others
        assert planned(request) == planned({"model": NEW, "prompt": "a cat"})
    sent = body(input_images=ADDRESS, mask=ADDRESS) | {"webhookEvents": "failed"}
    assert usual_form(sent, CATALOG) == body(input_images=[ADDRESS], mask=ADDRESS) | {"webhookEvents": ["failed"]}
    around = body(input_images=[f"\ufeff {ADDRESS}\n", 1], mask=f'"{ADDRESS}"', user=" u ")
    assert usual_form(around, CATALOG) == body(input_images=[ADDRESS, 1], mask=ADDRESS, user=" u ")
    assert usual_form(["x", None], CATALOG) == ["x", None]


def test_the_scheme_of_an_address_may_be_in_capitals() -> None:
    assert planned(body(input_images=["HTTPS://example.com/cat.png"]))


@pytest.mark.parametrize(
    ("request_body", "path", "words"),
    [
        (body() | {"gptImageParams": {}}, "gptImageParams", ["gpt-image-1.5", "gptImage2Params"]),
        (body(OLD) | {"gptImage2Params": {}}, "gptImage2Params", ["gpt-image-2", "gptImageParams"]),
        (body() | {"quality": "low"}, "quality", ["quality goes inside gptImage2Params"]),
        (body() | {"input_images": []}, "input_images", ["goes inside gptImage2Params"]),
        (body(OLD) | {"input_fidelity": "low"}, "input_fidelity", ["goes inside gptImageParams"]),
        (body() | {"webhookURL": "https://a.example"}, "webhookURL", ["Did you mean webhookUrl?"]),
        (body() | {"gptImage2params": {}}, "gptImage2params", ["Did you mean gptImage2Params?"]),
        (body() | {"variation": -1}, "variation", ["from 0 to 1000000", "nearest is 0"]),
        (body() | {"variation": 1_000_001}, "variation", ["nearest is 1000000"]),
        (body() | {"variation": "2"}, "variation", ["a whole number from 0 to 1000000", '"2"']),
        (body() | {"variation": True}, "variation", ["a whole number"]),
        (body(variation=2), "gptImage2Params.variation", ["beside model and prompt, outside gptImage2Params"]),
        (body(OLD, webhookUrl="https://a.example"), "gptImageParams.webhookUrl", ["outside gptImageParams"]),
        (body() | {"xyzzy": 1}, "xyzzy", ['"xyzzy"', "webhookUrl", "gptImage2Params"]),
        (body() | {"input_fidelity": "low"}, "input_fidelity", ["gpt-image-2 has no input_fidelity"]),
        (body() | {"x" * 500: 1}, "x" * 500, [f'"{"x" * 56}… is not']),
        (body() | {"ü" * 58: 1}, "ü" * 58, [f'"{"ü" * 58}" is not']),
        (body() | {"x" * 59: 1}, "x" * 59, [f'"{"x" * 56}… is not']),
        ({"prompt": "a cat"}, "model", ["model is required", "gpt-image-2 or gpt-image-1.5"]),
        ({"prompt": "a cat", "model": None}, "model", ["model is required"]),
        ({"prompt": "a cat", "model": 2}, "model", ["model is required"]),
        ({"prompt": "a cat", "model": ["gpt-image-2"]}, "model", ["model is required"]),
        ({"prompt": "a cat", "model": "gpt-image2"}, "model", ['"gpt-image2"', "Did you mean gpt-image-2?"]),
        ({"prompt": "a cat", "model": "GPT-Image-1.5"}, "model", ["Did you mean gpt-image-1.5?"]),
        ({"prompt": "a cat", "model": "midjourney"}, "model", ["Known: gpt-image-2 and gpt-image-1.5."]),
        ({"prompt": "a cat", "model": ""}, "model", ['model "" is unknown']),
        ({"model": NEW}, "prompt", ["prompt is required"]),
        (body(prompt=None), "prompt", ["prompt is required"]),
        (body(prompt=5), "prompt", ["must be a string"]),
        (body(prompt=["a cat"]), "prompt", ["must be a string"]),
        (body(prompt=""), "prompt", ["prompt is empty"]),
        (body(prompt=" \n\t\v\f\r"), "prompt", ["prompt is empty"]),
        (body(prompt="x" * 32_001), "prompt", ["32,001 characters", "gpt-image-2", "is 32,000"]),
        (body(OLD, prompt="🐈" * 32_001), "prompt", ["32,001 characters", "gpt-image-1.5"]),
        ({"model": NEW, "prompt": "a cat", "gptImage2Params": []}, "gptImage2Params", ["must be an object"]),
        ({"model": NEW, "prompt": "a cat", "gptImage2Params": "low"}, "gptImage2Params", ["must be an object"]),
        (None, "body", ["must be a JSON object"]),
        ([], "body", ["must be a JSON object"]),
        ("prompt", "body", ["must be a JSON object"]),
        (5, "body", ["must be a JSON object"]),
    ],
)
def test_a_refused_body_names_field_and_rule(request_body: Any, path: str, words: list[str]) -> None:
    details = refusals(request_body)
    assert list(details) == [path]
    [sentence] = details[path]
    assert sentence.endswith((".", "?"))
    for word in words:
        assert word in sentence


@pytest.mark.parametrize("prompt", ["x", "x" * 2_000, "x" * 32_000, "🐈" * 32_000, " a ", "0", "a\x00", "​x"])
def test_a_prompt_up_to_the_limit_comes_through_untouched(prompt: str) -> None:
    assert planned(body(prompt=prompt)).prompt == prompt


def test_all_problems_are_told_at_once() -> None:
    request = {
        "model": NEW,
        "prompt": "",
        "quality": "low",
        "style": "vivid",
        "gptImageParams": {},
        "gptImage2Params": {
            "quality": "best",
            "aspect_ratio": "16:9",
            "number_of_images": 99,
            "input_images": ["x", ADDRESS, "y"],
            "input_fidelity": "high",
            "background": "transparent",
        },
    }
    assert set(refusals(request)) == {
        "prompt",
        "quality",
        "style",
        "gptImageParams",
        "gptImage2Params.quality",
        "gptImage2Params.aspect_ratio",
        "gptImage2Params.number_of_images",
        "gptImage2Params.input_images[0]",
        "gptImage2Params.input_images[2]",
        "gptImage2Params.input_fidelity",
        "gptImage2Params.background",
    }


def test_an_unknown_model_does_not_hide_a_bad_prompt() -> None:
    assert set(refusals({"model": "dall-e", "prompt": " "})) == {"model", "prompt"}


def test_too_many_images_and_a_bad_one_among_them_are_both_told() -> None:
    details = refusals(body(input_images=["x", *[ADDRESS] * 17]))
    assert list(details) == ["gptImage2Params.input_images", "gptImage2Params.input_images[0]"]


def test_a_thousand_problems_are_told_by_the_first_few() -> None:
    strange: dict[str, Any] = {f"field{number}": number for number in range(1000)}
    assert len(refusals(body() | strange)) == 20
    assert len(refusals(body(**strange))) == 20


@pytest.mark.parametrize("address", ["https://" + "a" * 9_000, "https://" + "a" * 40_000 + " "])
def test_an_endless_address_is_refused_at_once(address: str) -> None:
    assert "gptImage2Params.input_images[0]" in refusals(body(input_images=[address]))


def test_a_refusal_is_short_however_long_the_value() -> None:
    long = "x" * 1_000_000
    request = body(prompt=long, input_images=["data:" + long, [long], {long: long}], quality=long)
    request[OBJECT[NEW]][long] = request[long] = 1
    details = refusals(request)
    assert len(json.dumps(details)) < 8_000
    assert len(details) == 7
