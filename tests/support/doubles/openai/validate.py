"""From a request's parameters to what is generated, or to the error that OpenAI answers."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from tests.support.doubles.openai.models import AUTO_SIZE, MODELS, Family, legal_size, parse_size
from tests.support.doubles.openai.refusals import (
    empty_text,
    missing,
    out_of_range,
    too_long,
    unknown_parameter,
    unsupported_model,
    user_error,
    wrong_type,
    wrong_value,
)

from easel.domain import Size

Endpoint = Literal["image_generation", "image_edit"]

COMMON = frozenset({
    "background", "complexity", "model", "n", "output_compression", "output_format", "partial_images", "prompt",
    "quality", "safety_identifier", "size", "stream", "user",
})  # fmt: skip
GENERATION = COMMON | {"moderation"}
EDIT_FORM = COMMON | {"image", "image[]", "input_fidelity", "mask"}
EDIT_JSON = COMMON | {"images", "input_fidelity", "mask", "moderation"}

FORMATS = ("png", "webp", "jpeg")
BACKGROUNDS = ("transparent", "opaque", "auto")
MOST_IMAGES = 10
MOST_PROMPT = 32_000
KINDS: dict[type, str] = {
    bool: "a boolean",
    int: "an integer",
    float: "a decimal number",
    str: "a string",
    list: "an array",
    dict: "an object",
}


@dataclass(frozen=True, slots=True)
class ParsedRequest:
    """What is generated, with every `auto` resolved. `inputs` counts the images of an edit."""

    endpoint: Endpoint
    model: str
    prompt: str
    size: Size
    n: int = 1
    quality: str = "medium"
    transparent: bool = False
    output_format: str = "png"
    output_compression: int = 100
    partial_images: int = 0
    stream: bool = False
    identifier: str | None = None
    inputs: int = 0
    urls: bool = False


class Fields:
    """A request's parameters, read one by one; null is the default."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values = values

    def text(self, name: str) -> str | None:
        value = self._values.get(name)
        if value is not None and not isinstance(value, str):
            raise wrong_type(name, "a string", KINDS[type(value)])
        return value

    def choice(self, name: str, supported: Sequence[str], default: str) -> str:
        value = self.text(name)
        if value is not None and value not in supported:
            raise wrong_value(name, value, supported)
        return value or default

    def whole(self, name: str, low: int, high: int, default: int) -> int:
        value = self._values.get(name)
        if value is None:
            return default
        if type(value) is not int:
            raise wrong_type(name, "an integer", KINDS[type(value)])
        if not low <= value <= high:
            raise out_of_range(name, value, low, high)
        return value

    def switch(self, name: str) -> bool:
        value = self._values.get(name)
        if value is not None and not isinstance(value, bool):
            raise wrong_type(name, "a boolean", KINDS[type(value)])
        return bool(value)


def check_known(names: Iterable[str], known: Collection[str]) -> None:
    """Raises Refusal for the first parameter that the endpoint does not have, null or not."""
    for name in names:
        if name not in known:
            raise unknown_parameter(name)


def parse_strict(
    values: Mapping[str, Any], endpoint: Endpoint, *, inputs: int = 0, free_sizes: bool = True
) -> ParsedRequest:
    """The request as api.openai.com reads it; raises Refusal."""
    fields = Fields(values)
    model, family = _model(fields)
    prompt = _prompt(fields)
    n = fields.whole("n", 1, MOST_IMAGES, 1)
    size = legal_size(fields.text("size") or "auto", free=family.free_sizes and free_sizes)
    quality = fields.choice("quality", family.qualities, "auto")
    output_format = _output_format(fields)
    transparent = _transparent(fields, output_format, capable=family.transparent)
    fields.choice("moderation", ("low", "auto"), "auto")
    fields.choice("complexity", ("low", "medium", "high"), "low")
    _check_fidelity(fields, model, family)
    stream, partial_images = fields.switch("stream"), fields.whole("partial_images", 0, 3, 0)
    if stream and n > 1:
        raise user_error("Streaming is only supported when 'n' is 1.", param="n")
    return ParsedRequest(
        endpoint=endpoint,
        model=model,
        prompt=prompt,
        size=size,
        n=n,
        quality="medium" if quality == "auto" else quality,
        transparent=transparent,
        output_format=output_format,
        output_compression=fields.whole("output_compression", 0, 100, 100),
        partial_images=partial_images,
        stream=stream,
        identifier=fields.text("safety_identifier") or fields.text("user") or None,
        inputs=inputs,
    )


def _model(fields: Fields) -> tuple[str, Family]:
    model = fields.text("model")
    if model is None:
        raise missing("model")
    if model not in MODELS:
        raise unsupported_model(model)
    return model, MODELS[model]


def _prompt(fields: Fields) -> str:
    prompt = fields.text("prompt")
    if prompt is None:
        raise missing("prompt")
    if not prompt:
        raise empty_text("prompt")
    if len(prompt) > MOST_PROMPT:
        raise too_long("prompt", "string", MOST_PROMPT, len(prompt))
    return prompt


def _output_format(fields: Fields) -> str:
    chosen = fields.choice("output_format", FORMATS, "png")
    if fields.whole("output_compression", 0, 100, 100) < 100 and chosen == "png":
        message = "Compression less than 100 is not supported for PNG output format"
        raise user_error(message, code="invalid_png_output_compression")
    return chosen


def _transparent(fields: Fields, output_format: str, *, capable: bool) -> bool:
    if fields.choice("background", BACKGROUNDS, "auto") != "transparent":
        return False
    if not capable:
        raise user_error("Transparent background is not supported for this model.", param="background")
    if output_format == "jpeg":
        raise user_error("Transparent background is not supported for JPEG output format", param="background")
    return True


def _check_fidelity(fields: Fields, model: str, family: Family) -> None:
    fidelity = fields.text("input_fidelity")
    if fidelity is None:
        return
    if not family.fidelities:
        message = f"The model '{model}' does not support the 'input_fidelity' parameter."
        raise user_error(message, code="invalid_input_fidelity_model", param="input_fidelity")
    fields.choice("input_fidelity", family.fidelities, "low")


def parse_lenient(values: Mapping[str, Any], endpoint: Endpoint, *, inputs: int = 0) -> ParsedRequest:
    """The request as a compatible server reads it: unknown parameters are ignored, and images come as links."""
    fields = Fields(values)
    output_format = str(values.get("output_format"))
    output_format = output_format if output_format in FORMATS else "png"
    return ParsedRequest(
        endpoint=endpoint,
        model=fields.text("model") or "default",
        prompt=_prompt(fields),
        size=parse_size(str(values.get("size"))) or AUTO_SIZE,
        n=fields.whole("n", 1, MOST_IMAGES, 1),
        quality=str(values.get("quality") or "auto"),
        transparent=values.get("background") == "transparent" and output_format != "jpeg",
        output_format=output_format,
        partial_images=fields.whole("partial_images", 0, 3, 0),
        stream=fields.switch("stream"),
        inputs=inputs,
        urls=fields.choice("response_format", ("url", "b64_json"), "url") == "url",
    )
