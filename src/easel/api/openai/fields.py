"""From a request in OpenAI's words to one in ours, by the model's card."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from easel.api.openai.settings import OpenAIApiSettings
from easel.catalog import Catalog
from easel.catalog.card import Card, Choice, Integer, Text
from easel.errors import InvalidRequest, NotFound
from easel.kit.words import listed, nearest

DEFAULT_MODEL = "gpt-image-2"
DALL_E = "dall-e-"
MOST_IMAGES = 16  # to edit together
QUALITIES = {"standard": "medium", "hd": "high"}  # of DALL-E
TOO_HIGH = ("xhigh", "max")  # of later models
SAME = ("background", "output_format", "moderation", "output_compression")
IGNORED = ("style",)
OPTIONAL = ("moderation",)  # ignored where a card has no such setting: every image model of OpenAI takes it
IDENTIFIERS = ("user", "safety_identifier")  # of the customer's own customer
KNOWN = (
    *("model", "prompt", "n", "size", "quality", *SAME, "response_format", "stream", "partial_images"),
    *(*IDENTIFIERS, *IGNORED),
)
OF_EDITS = ("image", "images", "mask", "input_fidelity")


@dataclass(slots=True)
class Asked:
    """A request in our words, and what of it is about the answer alone."""

    card: Card
    body: dict[str, Any]
    response_format: Literal["b64_json", "url"] = "b64_json"
    adds_addresses: bool = False  # DALL·E's answer was an address unless asked for base64, and its clients look there
    stream: bool = False
    warnings: list[str] = field(default_factory=list)

    @property
    def params(self) -> dict[str, Any]:
        params: dict[str, Any] = self.body[self.card.params_object]
        return params


def read_fields(
    sent: Any,
    catalog: Catalog,
    settings: OpenAIApiSettings,
    *,
    images: Sequence[str] | None = None,
    mask: str | None = None,
) -> Asked:
    """The request of these fields; `images` are the addresses of those to edit, `mask` that of the first one's mask.

    Raises InvalidRequest or NotFound.
    """
    if not isinstance(sent, Mapping):
        raise InvalidRequest("The body must be a JSON object.", code="invalid_type")
    fields = {name: value for name, value in sent.items() if value is not None}
    _require_known(fields, (*KNOWN, *OF_EDITS) if images is not None else KNOWN)
    name = _text(fields, "model") if "model" in fields else DEFAULT_MODEL
    card = _card(name, catalog, settings)
    asked = Asked(card, {"model": card.id, "prompt": _prompt(fields), card.params_object: {}})
    if name != card.id:
        asked.warnings.append(f"{name} is another name of {card.id} here.")
    ignored = _ignored(fields, card)
    asked.warnings += [f"{name} was ignored: {card.id} has no such setting." for name in ignored]
    params = asked.params
    params["number_of_images"] = _integer(fields, "n", 1, card.parameters["number_of_images"])
    params["output_format"] = "png"
    _size(fields, asked, settings)
    _quality(fields, asked)
    for same in SAME:
        if same in ignored:
            _like_the_card(fields, same, next((one for one in catalog if same in one.parameters), card))
        elif same in fields:
            params[same] = _like_the_card(fields, same, card)
    if images is not None:
        _edit(fields, asked, images, mask)
    asked.response_format = _one_of(fields, "response_format", ("b64_json", "url"), "b64_json")
    asked.adds_addresses = name.startswith(DALL_E) and "response_format" not in fields
    asked.stream = _truth(fields, "stream")
    _partial_images(fields, asked)
    for name in IDENTIFIERS:
        if name in fields:
            params[name] = _like_the_card(fields, name, card)
    return asked


def _require_known(fields: Mapping[str, Any], known: Collection[str]) -> None:
    for name in fields:
        if name not in known:
            near = nearest(name, list(known))
            hint = f" Did you mean '{near}'?" if near else ""
            raise InvalidRequest(f"Unknown parameter: '{name[:60]}'.{hint}", code="unknown_parameter", param=name[:60])


def _ignored(fields: Mapping[str, Any], card: Card) -> Sequence[str]:
    lacking = [name for name in OPTIONAL if name not in card.parameters]
    return [name for name in (*IGNORED, *lacking) if name in fields]


def _card(name: str, catalog: Catalog, settings: OpenAIApiSettings) -> Card:
    card = catalog.get(settings.openai_aliases.get(name, name))
    if card is None:
        raise NotFound(
            f"The model '{name[:60]}' does not exist. This server has {listed(catalog.ids, 'and')}.",
            code="model_not_found",
            param="model",
        )
    return card


def _prompt(fields: Mapping[str, Any]) -> str:
    if "prompt" not in fields:
        raise InvalidRequest("Missing required parameter: 'prompt'.", code="missing_required_parameter", param="prompt")
    return _text(fields, "prompt")


def _size(fields: Mapping[str, Any], asked: Asked, settings: OpenAIApiSettings) -> None:
    size = _text(fields, "size") if "size" in fields else "auto"
    if size == "auto":
        return
    ratios = {size: ratio for ratio, size in asked.card.spelled_sizes.items()}
    if size not in ratios:
        near = _nearest_size(size, list(ratios))
        if settings.openai_sizes == "exact" or near is None:
            legal = listed([*ratios, "auto"])
            hint = f" The nearest is {near}." if near else ""
            raise _invalid("size", f"Invalid size '{size[:20]}'. {asked.card.id} has {legal}.{hint}")
        asked.warnings.append(f"{near} was generated, the size of {asked.card.id} nearest to {size}.")
        size = near
    asked.params["aspect_ratio"] = ratios[size]


def _nearest_size(size: str, legal: Sequence[str]) -> str | None:
    """The legal size of the nearest shape; None for what is no size."""
    wanted = _shape(size)
    return min(legal, key=lambda one: abs((_shape(one) or 1) / wanted - 1)) if wanted else None


def _shape(size: str) -> float | None:
    width, _, height = size.partition("x")
    digits = width.isascii() and height.isascii() and width.isdigit() and height.isdigit() and len(size) < 20
    return int(width) / int(height) if digits and int(width) and int(height) else None


def _quality(fields: Mapping[str, Any], asked: Asked) -> None:
    if "quality" not in fields:
        return
    quality = _text(fields, "quality")
    if quality in TOO_HIGH:
        raise _invalid("quality", f"{asked.card.id} has no quality '{quality}'. Its highest is 'high'.")
    asked.params["quality"] = _like_the_card({"quality": QUALITIES.get(quality, quality)}, "quality", asked.card)


def _partial_images(fields: Mapping[str, Any], asked: Asked) -> None:
    legal = asked.card.parameters.get("partial_images")
    count = _integer(fields, "partial_images", 0, legal) if isinstance(legal, Integer) else 0
    if count and not asked.stream:
        raise _invalid(
            "partial_images", "Partial images are only sent in a stream: set 'stream' to true, or omit them."
        )
    if count:
        asked.params["partial_images"] = count


def _edit(fields: Mapping[str, Any], asked: Asked, images: Sequence[str], mask: str | None) -> None:
    if not images:
        raise InvalidRequest("Missing required parameter: 'image'.", code="missing_required_parameter", param="image")
    asked.params["input_images"] = list(images)
    if "mask" in fields:
        raise _mistyped("mask", "a file", fields["mask"])
    if mask is not None:
        if "mask" not in asked.card.parameters:
            sentence = f"{asked.card.id} takes no mask. Say in the prompt what to change."
            raise InvalidRequest(sentence, code="unsupported_parameter", param="mask")
        asked.params["mask"] = mask
    if "input_fidelity" in fields:
        if "input_fidelity" not in asked.card.parameters:
            sentence = f"The model '{asked.card.id}' does not support the 'input_fidelity' parameter."
            raise InvalidRequest(sentence, code="invalid_input_fidelity_model", param="input_fidelity")
        asked.params["input_fidelity"] = _like_the_card(fields, "input_fidelity", asked.card)


def _like_the_card(fields: Mapping[str, Any], name: str, card: Card) -> Any:
    match card.parameters.get(name):
        case Choice() as choice:
            text = _text(fields, name)
            if refusal := choice.refusals.get(text.lower()):
                raise _invalid(name, refusal)
            return _one_of(fields, name, choice.values, choice.default)
        case Integer() as integer:
            return _integer(fields, name, integer.default, integer)
        case Text() as text:
            return _shorter(name, _text(fields, name), text.maximum)
    raise _invalid(name, card.not_here.get(name) or f"{card.id} has no {name}. Omit it.")


def _one_of(fields: Mapping[str, Any], name: str, values: Sequence[str], default: str) -> Any:
    if name not in fields:
        return default
    value = _text(fields, name)
    if value not in values:
        near = nearest(value, list(values))
        hint = f" Did you mean '{near}'?" if near else ""
        quoted = listed([f"'{one}'" for one in values], "and")
        raise _invalid(name, f"Invalid value: '{value[:60]}'. Supported values are: {quoted}.{hint}")
    return value


def _integer(fields: Mapping[str, Any], name: str, default: int, legal: Any) -> int:
    if name not in fields:
        return default
    return _within(name, _whole(fields, name), legal.minimum, legal.maximum)


def _whole(fields: Mapping[str, Any], name: str) -> int:
    value = fields[name]
    if isinstance(value, bool) or not isinstance(value, int):
        raise _mistyped(name, "an integer", value)
    return value


def _within(name: str, value: int, minimum: int, maximum: int) -> int:
    if minimum <= value <= maximum:
        return value
    beyond, code, sign, limit = "above maximum", "integer_above_max_value", "<=", maximum
    if value < minimum:
        beyond, code, sign, limit = "below minimum", "integer_below_min_value", ">=", minimum
    sentence = f"Invalid '{name}': integer {beyond} value. Expected a value {sign} {limit}, but got {value} instead."
    raise InvalidRequest(sentence, code=code, param=name)


def _shorter(name: str, text: str, maximum: int) -> str:
    if len(text) > maximum:
        found = f"Expected a string with maximum length {maximum}, but got a string with length {len(text)} instead."
        raise InvalidRequest(f"Invalid '{name}': string too long. {found}", code="string_above_max_length", param=name)
    return text


def _truth(fields: Mapping[str, Any], name: str) -> bool:
    value = fields.get(name, False)
    if not isinstance(value, bool):
        raise _mistyped(name, "a boolean", value)
    return value


def _text(fields: Mapping[str, Any], name: str) -> str:
    value = fields[name]
    if not isinstance(value, str):
        raise _mistyped(name, "a string", value)
    return value


def _mistyped(name: str, expected: str, value: Any) -> InvalidRequest:
    kinds = {bool: "a boolean", int: "an integer", float: "a number", str: "a string", list: "an array"}
    got = kinds.get(type(value), "an object")
    sentence = f"Invalid type for '{name}': expected {expected}, but got {got} instead."
    return InvalidRequest(sentence, code="invalid_type", param=name)


def _invalid(name: str, sentence: str) -> InvalidRequest:
    return InvalidRequest(sentence, code="invalid_value", param=name)
