"""A model card: everything known about one model, read from one TOML file and rejected if a part is missing."""

import functools
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, NonNegativeInt, PositiveInt, model_validator

from easel.domain import Needs, Size


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Choice(_Strict):
    """One of several words. `refusals` explains words that users try but the model does not support."""

    kind: Literal["choice"]
    values: Sequence[str] = Field(min_length=1)
    default: str
    sentence: str
    refusals: Mapping[str, str] = {}

    @model_validator(mode="after")
    def _default_is_legal(self) -> Self:
        if self.default not in self.values:
            raise ValueError(f"default {self.default!r} is not among the values")
        return self


class Integer(_Strict):
    """A whole number within bounds, both inclusive."""

    kind: Literal["integer"]
    minimum: int
    maximum: int
    default: int
    sentence: str

    @model_validator(mode="after")
    def _default_is_legal(self) -> Self:
        if not self.minimum <= self.default <= self.maximum:
            raise ValueError(f"default {self.default} is not from {self.minimum} to {self.maximum}")
        return self


class Images(_Strict):
    """A list of up to `maximum` image addresses, or null."""

    kind: Literal["images"]
    maximum: PositiveInt
    sentence: str
    default: None = None


class OneImage(_Strict):
    """One image address, or null. It belongs to the images of the parameter `beside`, and needs at least one."""

    kind: Literal["image"]
    beside: str
    sentence: str
    default: None = None


class Text(_Strict):
    """A text of up to `maximum` characters, or null."""

    kind: Literal["text"]
    maximum: PositiveInt
    sentence: str
    default: None = None


Parameter = Choice | Integer | Images | OneImage | Text


class Rule(_Strict):
    """When the parameters in `when` have these values, `parameter` must have one of `values`."""

    when: Mapping[str, str]
    parameter: str
    values: Sequence[str | int] = Field(min_length=1)
    sentence: str


class Pixels(_Strict):
    width: PositiveInt
    height: PositiveInt


# A provider without "partial-images" serves a request for them too, and sends none.
Capability = Literal["text-to-image", "edit", "compose", "transparent", "mask", "partial-images"]


class ProviderEntry(_Strict):
    """How one provider serves this model: its name there, its capabilities, and the number of images per call.

    Where the models of a provider differ, `parameters` are those this one takes beside prompt, size, quality, format
    and count, and `spelled_size` says that it takes a size as 1536x1024, not as width and height.
    """

    model: str
    capabilities: Sequence[Capability]
    most_images: PositiveInt = 10
    parameters: Sequence[str] = ()
    spelled_size: bool = False


class ShownImage(_Strict):
    """An image of the documentation: its file there, what it shows."""

    file: str
    shows: str


class Prose(_Strict):
    """For people. `strengths` says what the model is good at; `notes` are Markdown, by parameter; `shown` are images
    that the built-in provider made."""

    strengths: str = ""
    notes: Mapping[str, str] = {}
    shown: Sequence[ShownImage] = ()
    differences: Sequence[str] = ()
    prompt_tips: Sequence[str] = ()


class Card(_Strict):
    """One model. `credits` is the price per image by quality, `credits_per_partial` that of a partial image; `sizes`
    its pixels by aspect ratio."""

    id: str
    label: str
    description: str
    modality: Literal["image"]
    dated: date
    params_object: str
    prompt_max: PositiveInt
    capabilities: Sequence[Capability]
    providers: Mapping[str, ProviderEntry] = Field(min_length=1)
    credits: Mapping[str, PositiveInt]
    credits_per_partial: NonNegativeInt = 0
    sizes: Mapping[str, Pixels]
    parameters: Mapping[str, Parameter]
    rules: Sequence[Rule] = ()
    not_here: Mapping[str, str] = {}
    prose: Prose = Prose()

    @model_validator(mode="after")
    def _every_choice_is_priced_and_sized(self) -> Self:
        for parameter, table, what in (("quality", self.credits, "price"), ("aspect_ratio", self.sizes, "size")):
            choice = self.parameters.get(parameter)
            if not isinstance(choice, Choice):
                raise ValueError(f"{self.id}: the card needs the parameter {parameter}")
            missing = [value for value in choice.values if value not in table]
            if missing:
                raise ValueError(f"{self.id}: {parameter} {', '.join(missing)} has no {what}")
        if not isinstance(self.parameters.get("number_of_images"), Integer):
            raise ValueError(f"{self.id}: the card needs the parameter number_of_images")
        return self

    @model_validator(mode="after")
    def _rules_speak_of_what_is_there(self) -> Self:
        for rule in self.rules:
            for name, values in (
                *((name, [value]) for name, value in rule.when.items()),
                (rule.parameter, rule.values),
            ):
                if not _all_legal(values, self.parameters.get(name)):
                    raise ValueError(f"{self.id}: a rule names an unknown {name} {', '.join(map(str, values))}")
        return self

    @model_validator(mode="after")
    def _an_image_is_beside_others(self) -> Self:
        for name, one in self.parameters.items():
            if isinstance(one, OneImage) and not isinstance(self.parameters.get(one.beside), Images):
                raise ValueError(f"{self.id}: {name} is beside {one.beside}, which is no list of images")
        return self

    def can(self, provider: str, needs: Needs) -> bool:
        """Whether the provider serves this model with all required capabilities."""
        entry = self.providers.get(provider)
        return entry is not None and needs.capabilities <= set(entry.capabilities) and needs.count <= entry.most_images

    def rules_for(self, params: Mapping[str, Any]) -> Sequence[Rule]:
        """The rules that apply to these parameters, which are all of the card's."""
        return [rule for rule in self.rules if all(params[name] == value for name, value in rule.when.items())]

    def size(self, aspect_ratio: str) -> Size:
        pixels = self.sizes[aspect_ratio]
        return Size(pixels.width, pixels.height)

    @property
    def spelled_sizes(self) -> Mapping[str, str]:
        """The sizes by aspect ratio, as OpenAI's API spells them."""
        return {aspect_ratio: self.size(aspect_ratio).spelled for aspect_ratio in self.sizes}


def _all_legal(values: Sequence[str | int], parameter: Parameter | None) -> bool:
    match parameter:
        case Choice():
            return set(values) <= set(parameter.values)
        case Integer():
            return all(isinstance(one, int) and parameter.minimum <= one <= parameter.maximum for one in values)
    return False


@functools.cache
def load_card(path: Path) -> Card:
    """The card in one TOML file, which is read once; raises ValueError with the file's name when it is incomplete."""
    try:
        return Card.model_validate(tomllib.loads(path.read_text("utf-8")))
    except ValueError as error:
        raise ValueError(f"{path.name}: {error}") from error
