"""Which providers a server has, and that their keys are told to nobody."""

from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from easel.config import Settings
from easel.providers.build import build_providers

REPLICATE, OPENAI = {"REPLICATE_API_TOKEN": "r8_verysecret"}, {"OPENAI_API_KEY": "sk-verysecret"}
FAL = {"FAL_KEY": "fal-verysecret"}
OWN = {"OPENAI_BASE_URL": "http://127.0.0.1:9000/v1"}
FILES = ("REPLICATE_API_TOKEN_FILE", "OPENAI_API_KEY_FILE", "FAL_KEY_FILE")
LAST = {"EASEL_PROVIDERS": "openai, replicate ,sketch"}


@pytest.fixture(autouse=True)
def _nowhere_else(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No easel.toml, and none of these names in the environment."""
    monkeypatch.chdir(tmp_path)
    for name in (*REPLICATE, *OPENAI, *FAL, *OWN, *LAST, *FILES):
        monkeypatch.delenv(name, raising=False)


def settings(monkeypatch: pytest.MonkeyPatch, environment: dict[str, str]) -> Settings:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return Settings()


@pytest.mark.parametrize(
    ("environment", "providers"),
    [
        ({}, ["sketch"]),
        ({"OPENAI_API_KEY": ""}, ["sketch"]),
        (OPENAI, ["openai"]),
        (REPLICATE, ["replicate"]),
        (OPENAI | REPLICATE, ["replicate", "openai"]),
        (FAL | OPENAI | REPLICATE, ["replicate", "openai", "fal"]),
        (OWN, ["openai"]),
        (OPENAI | REPLICATE | LAST, ["openai", "replicate", "sketch"]),
        (OPENAI | {"EASEL_PROVIDERS": "sketch"}, ["sketch"]),
        (OWN | {"EASEL_PROVIDERS": "openai"}, ["openai"]),
    ],
)
def test_the_providers_are_those_that_were_named_or_have_a_key(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], providers: list[str]
) -> None:
    assert list(settings(monkeypatch, environment).provider_names) == providers


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        (
            OPENAI | {"EASEL_PROVIDERS": "openai,replicate"},
            "EASEL_PROVIDERS names replicate, but REPLICATE_API_TOKEN is not set.",
        ),
        (
            REPLICATE | {"EASEL_PROVIDERS": "openai"},
            "EASEL_PROVIDERS names openai, but OPENAI_API_KEY is not set.",
        ),
        (OPENAI | {"EASEL_PROVIDERS": "fal"}, "EASEL_PROVIDERS names fal, but FAL_KEY is not set."),
        (
            OPENAI | {"EASEL_PROVIDERS": "opnai"},
            "EASEL_PROVIDERS names opnai, which is not a provider. Did you mean openai?",
        ),
        (OPENAI | {"EASEL_OPENAI_MODELS": "gpt-image-2"}, "it has items such as gpt-image-2=their-name"),
        (OPENAI | {"EASEL_OPENAI_LACKS": "edit,colour"}, "Input should be 'edit'"),
        (OPENAI | {"OPENAI_BASE_URL": "ftp://127.0.0.1"}, "should match pattern"),
        (OPENAI | {"EASEL_OPENAI_IMAGES_PER_MINUTE": "0"}, "greater than 0"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_a_sentence_and_without_a_key(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], sentence: str
) -> None:
    with pytest.raises(ValidationError) as refusal:
        settings(monkeypatch, environment)
    assert sentence in refusal.value.errors()[0]["msg"]
    assert not any(word in str(refusal.value) for word in ("sk-v", "r8_v"))


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("openai_lacks", "edit, compose,", ["edit", "compose"]),
        ("openai_file_hosts", "a.test,b.test", ["a.test", "b.test"]),
        ("replicate_file_hosts", " replicate.delivery , c.test", ["replicate.delivery", "c.test"]),
        ("openai_models", "gpt-image-2=flux, gpt-image-1.5 = a=b", {"gpt-image-2": "flux", "gpt-image-1.5": "a=b"}),
        ("openai_images_per_minute", "0.5", 0.5),
    ],
)
def test_lists_and_pairs_are_written_with_commas(
    monkeypatch: pytest.MonkeyPatch, name: str, text: str, value: Any
) -> None:
    assert getattr(settings(monkeypatch, {f"EASEL_{name.upper()}": text}), name) == value
    assert getattr(Settings(**{name: value}), name) == value


@pytest.mark.anyio
async def test_a_key_may_lie_in_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "key").write_text("sk-verysecret\n")
    files = dict.fromkeys(FILES, str(tmp_path / "key"))
    given = settings(monkeypatch, files)
    providers = build_providers(given, tmp_path / "spool")
    assert list(providers) == list(given.provider_names) == ["replicate", "openai", "fal"]
    assert (tmp_path / "spool").stat().st_mode & 0o777 == 0o700
    for provider in providers.values():
        await provider.close()


def test_no_key_is_ever_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    given = settings(monkeypatch, OPENAI | REPLICATE | FAL)
    assert not any("verysecret" in text for text in (repr(given), str(given), given.model_dump_json()))
