"""Servers that speak OpenAI's Images API: how each kind differs from OpenAI (its preset), and the settings of one."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any, Literal, Self, get_args

import httpx
from pydantic import BeforeValidator, ConfigDict, Field, SecretStr, field_validator, model_validator

from easel.kit.settings import SettingsModel, Words, require_key, tidied, words
from easel.kit.words import listed, nearest
from easel.providers.upstream import secret_of

OFFICIAL = "https://api.openai.com/v1"
AZURE_HOSTS = (".azure.com", ".azure.us", ".azure.cn")

PresetName = Literal["openai", "azure", "vllm-omni", "sglang", "localai", "sdcpp"]
Feature = Literal["edit", "compose", "transparent", "mask", "count", "stream"]
RequestField = Literal[
    "size",
    "quality",
    "background",
    "output_format",
    "output_compression",
    "moderation",
    "input_fidelity",
    "user",
    "safety_identifier",
]
Lacking = Literal[Feature, RequestField]
Quality = Literal["low", "medium", "high", "auto"]

_SIZE = re.compile(r"[1-9][0-9]{1,4}x[1-9][0-9]{1,4}")
_EXTRA_ARGUMENTS = re.compile(r"<(?=\s*/?\s*sd_cpp_extra_args)", re.IGNORECASE)
_END_OF_ADDRESS = re.compile(r"/images/(generations|edits)/*$|/+$")


def _as_it_is(prompt: str) -> str:
    return prompt


def _without_arguments(prompt: str) -> str:
    """sd-server reads settings out of <sd_cpp_extra_args>…</sd_cpp_extra_args>; with a space they are words."""
    return _EXTRA_ARGUMENTS.sub("< ", prompt)


def _without_bars(prompt: str) -> str:
    """LocalAI takes what follows a bar for a negative prompt; a full-width bar looks the same."""
    return prompt.replace("|", "｜")


@dataclass(frozen=True, slots=True)
class Preset:
    """How one kind of server differs from OpenAI.

    `lacks` are features that no request needs of it, and fields it is not sent. `root` is the path of its API when an
    address has none. `lossless` asks for PNG whatever the job's format is: Easel encodes the images anyway.
    `lists_its_model` says that it serves one model, which GET /models names; `names_models` that it has many, so that
    the operator must name one. `mask` is the form's part for the mask, `key_header` where the key is sent, `health` a
    path beside the API that says whether it is ready.
    """

    description: str = "Hosted by a server with OpenAI's API."
    free: bool = False
    lacks: frozenset[str] = frozenset()
    root: str = ""
    response_format: Literal["b64_json", "url"] | None = None
    lossless: bool = False
    lists_its_model: bool = False
    names_models: bool = False
    mask: str = "mask"
    key_header: str = "Authorization"
    health: str = ""
    escape: Callable[[str], str] = _as_it_is


# What a server with a model of one's own does not have: OpenAI's filter, streams, qualities, transparency.
_OF_ONES_OWN = Preset(
    free=True,
    root="/v1",
    lacks=frozenset((*get_args(RequestField), "transparent", "stream")) - {"size", "output_format"},
    response_format="b64_json",
    lossless=True,
)

PRESETS: Mapping[PresetName, Preset] = {
    "openai": Preset(),
    "azure": Preset("The model itself, hosted by Azure OpenAI.", root="/openai/v1", key_header="api-key"),
    "vllm-omni": replace(_OF_ONES_OWN, lists_its_model=True, mask="mask_image"),
    "sglang": replace(_OF_ONES_OWN, lists_its_model=True, lacks=_OF_ONES_OWN.lacks | {"mask"}, health="/health"),
    "localai": replace(
        _OF_ONES_OWN,
        names_models=True,
        lacks=_OF_ONES_OWN.lacks | {"edit", "compose", "mask", "output_format"},
        escape=_without_bars,
    ),
    "sdcpp": replace(_OF_ONES_OWN, escape=_without_arguments),
}


class CompatibleServer(SettingsModel):
    """One server with OpenAI's Images API, as a table `[servers.NAME]` of easel.toml describes it. What is set here
    replaces what its preset says."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    preset: PresetName = "openai"
    base_url: str = OFFICIAL
    key: SecretStr | None = None
    key_file: Path | None = None
    key_env: str | None = None
    models: Mapping[str, str] = {}
    lacks: Annotated[Sequence[Lacking] | None, BeforeValidator(words)] = None
    quality: Mapping[Quality, str] = {}
    size: Mapping[str, str] = {}
    response_format: Literal["b64_json", "url"] | None = None
    file_hosts: Words = ()
    images_per_minute: float | None = Field(default=None, gt=0)
    free: bool | None = None

    @model_validator(mode="before")
    @classmethod
    def _has_known_settings(cls, given: Any) -> Any:
        if not isinstance(given, Mapping):
            raise ValueError('it is a table, with base_url = "http://…" and more')
        for name in given:
            if name not in cls.model_fields:
                meant = nearest(name, cls.model_fields) or listed(list(cls.model_fields), "or")
                raise ValueError(f"{name} is not a setting of a server. Did you mean {meant}?")
        return given

    @field_validator("base_url")
    @classmethod
    def _is_an_address(cls, address: str) -> str:
        try:
            url = httpx.URL(address.strip())
        except httpx.InvalidURL as error:
            raise ValueError(f"it is not an address: {error}") from error
        if url.scheme not in ("http", "https") or not url.host:
            raise ValueError("it must begin with http:// or https:// and name a host")
        return address.strip()

    @field_validator("key")
    @classmethod
    def _is_a_key(cls, key: SecretStr | None) -> SecretStr | None:
        bare = tidied(key.get_secret_value()) if key else ""
        require_key(bare)
        return SecretStr(bare) if bare else None

    @field_validator("size")
    @classmethod
    def _are_sizes(cls, sizes: Mapping[str, str]) -> Mapping[str, str]:
        for text in (*sizes, *sizes.values()):
            if not _SIZE.fullmatch(text):
                raise ValueError(f'{text} is no size: it is written as in size = {{ "1536x1024" = "1344x896" }}')
        return sizes

    @model_validator(mode="after")
    def _can_be_asked(self) -> Self:
        if sum(bool(one) for one in (self.key, self.key_file, self.key_env)) > 1:
            raise ValueError("key, key_file and key_env name the same key: keep one of them")
        if self.preset != "openai" and "base_url" not in self.model_fields_set:
            raise ValueError(f"base_url is missing: the address of the {self.preset} server")
        if self.has_deployment and "api-version" not in httpx.URL(self.base_url).params:
            raise ValueError("base_url of a deployment needs its version: ?api-version=…")
        if PRESETS[self.preset].names_models and not self.models:
            raise ValueError(
                f'models is missing: {self.preset} has many models; name one, as in models = {{ "gpt-image-2" = "…" }}'
            )
        return self

    def with_key(self, environment: Mapping[str, str]) -> "CompatibleServer":
        """The same with its key, from where it says that it is; raises ValueError."""
        if self.key_env and not environment.get(self.key_env, "").strip():
            raise ValueError(f"key_env: {self.key_env} is not set in the environment")
        try:
            found = environment[self.key_env] if self.key_env else secret_of(self.key, self.key_file)
            key = self._is_a_key(SecretStr(found)) if found else None
        except ValueError as error:
            raise ValueError(f"{'key_env' if self.key_env else 'key_file'} {error}") from error
        return self.model_copy(update={"key": key, "key_env": None, "key_file": None})

    @property
    def traits(self) -> Preset:
        """Its preset, with what is set here instead."""
        preset = PRESETS[self.preset]
        lacks = preset.lacks if self.lacks is None else frozenset[str](self.lacks)
        if self.lacks is None:  # who maps the words of a field sends it
            lacks -= {name for name, mapped in (("quality", self.quality), ("size", self.size)) if mapped}
        if "stream" in lacks:  # only a stream has partial images
            lacks |= {"partial-images"}
        if "background" in lacks:  # a background that is not asked for is opaque
            lacks |= {"transparent"}
        free = preset.free if self.free is None else self.free
        return replace(preset, lacks=lacks, free=free, response_format=self.response_format or preset.response_format)

    @property
    def address(self) -> str:
        """Where its API is, with the query of `base_url`; addresses of its image routes are shortened."""
        url = httpx.URL(self.base_url)
        path = _END_OF_ADDRESS.sub("", url.path) or PRESETS[self.preset].root
        return str(url.copy_with(path=path)) if path else str(url).rstrip("/")

    @property
    def has_deployment(self) -> bool:
        """Whether its address names a deployment of Azure's, which takes no model."""
        return self.preset == "azure" and "/deployments/" in httpx.URL(self.base_url).path


def preset_at(address: str) -> PresetName:
    """The preset of an address that nothing else is known of."""
    return "azure" if httpx.URL(address).host.endswith(AZURE_HOSTS) else "openai"


def preset_of(listed: Sequence[Mapping[str, object]]) -> PresetName | None:
    """The preset that fits to what GET /models lists; None when that says nothing."""
    for one in listed:
        owner = str(one.get("owned_by") or "").lower()
        if one.get("id") == "sd-cpp-local":
            return "sdcpp"
        if "sglang" in owner:
            return "sglang"
        if "vllm" in owner:
            return "vllm-omni"
    return None
