"""The tables [servers.NAME] of easel.toml: what they become, and the one line that a wrong one gets."""

from pathlib import Path

import pytest
from tests.support.doubles.local import ARGUMENTS

import easel.docs
from easel.cli.options import load_settings
from easel.cli.output import errors
from easel.config import Settings
from easel.providers.build import build_providers
from easel.providers.presets import PRESETS, CompatibleServer, PresetName
from easel.providers.redact import secrets_of

PAGES = Path(easel.docs.__file__).parent / "pages"
AT = 'base_url = "http://gpu:8000/v1"'


@pytest.fixture(autouse=True)
def _in_an_empty_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GPU_KEY", " gpu-verysecret\n")


def written(text: str) -> Settings:
    Path("easel.toml").write_text(text)
    return load_settings()


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (f"[servers.openai]\n{AT}", "[servers.openai]: openai is another provider; choose another name."),
        (f"[servers.GPU]\n{AT}", "[servers.GPU]: a name has up to 40 lower-case letters, digits and hyphens."),
        ("[servers]\ngpu = 'http://gpu'", '[servers.gpu]: it is a table, with base_url = "http://…" and more.'),
        ("servers = 'http://gpu'", "servers is a table for each, [servers.NAME], in easel.toml, or JSON in EASEL_SERV"),
        ("[servers.gpu]\npreset = 'sglang'", "[servers.gpu]: base_url is missing: the address of the sglang server."),
        (f"[servers.gpu]\npreset = 'sglng'\n{AT}", "[servers.gpu] preset: must be openai, azure,"),
        (f"[servers.gpu]\nprest = 'sglang'\n{AT}", "prest is not a setting of a server. Did you mean preset?\n"),
        ("[servers.gpu]\nbase_url = 'gpu:80'", "[servers.gpu] base_url: it must begin with http:// or https:/"),
        (f"[servers.gpu]\npreset = 'localai'\n{AT}", "[servers.gpu]: models is missing: localai has many models;"),
        (
            "[servers.gpu]\npreset = 'azure'\nbase_url = 'https://x.openai.azure.com/openai/deployments/gi2'",
            "[servers.gpu]: base_url of a deployment needs its version: ?api-version=….",
        ),
        (f"[servers.gpu]\nkey = 'a'\nkey_env = 'B'\n{AT}", "key, key_file and key_env name the same key: keep one"),
        (f"[servers.gpu]\nkey_env = 'NOT_THERE'\n{AT}", "[servers.gpu] key_env: NOT_THERE is not set in the env"),
        (f"[servers.gpu]\nkey_file = '/nowhere'\n{AT}", "[servers.gpu] key_file names the file /nowhere, which"),
        (f"[servers.gpu]\nkey = '“sk-verysecret”'\n{AT}", "[servers.gpu] key: has typographic quotes (“) around it."),
        (f"[servers.gpu]\nmodels = {{ gpt-3 = 'x' }}\n{AT}", "[servers.gpu] models: gpt-3 is unknown; known: gpt-im"),
        (f"[servers.gpu]\nlacks = ['colour']\n{AT}", "[servers.gpu] lacks.0: must be edit, comp"),
        (f"[servers.gpu]\nquality = {{ ultra = 'x' }}\n{AT}", "[servers.gpu] quality.ultra: must be"),
        (f"[servers.gpu]\nsize = {{ '1024x1024' = 'big' }}\n{AT}", "[servers.gpu] size: big is no size: it is written"),
        (f"[servers.gpu]\nimages_per_minute = 0\n{AT}", "[servers.gpu] images_per_minute: must be more than 0"),
        (
            f"providers = ['gpu-box']\n[servers.gpu-bx]\n{AT}",
            "EASEL_PROVIDERS names gpu-box, which is not a provider. Did you mean gpu-bx?\n",
        ),
    ],
)
def test_a_wrong_table_is_one_line_that_names_it_as_it_is_written(
    text: str, line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit), errors():
        written(text)
    said = capsys.readouterr().err
    assert line in said
    assert said.count("\n") == 1
    assert "verysecret" not in said


@pytest.mark.parametrize(
    ("preset", "given", "address"),
    [
        ("sglang", "http://gpu:8000", "http://gpu:8000/v1"),
        ("sglang", "http://gpu:8000/", "http://gpu:8000/v1"),
        ("vllm-omni", "http://gpu:8000/v1/", "http://gpu:8000/v1"),
        ("sdcpp", "http://gpu/sd/v1/images/generations", "http://gpu/sd/v1"),
        ("openai", "http://gpu:8000", "http://gpu:8000"),
        ("openai", "https://api.openai.com/v1/", "https://api.openai.com/v1"),
        ("azure", "https://x.openai.azure.com", "https://x.openai.azure.com/openai/v1"),
        ("azure", "https://x.openai.azure.com/openai/v1/", "https://x.openai.azure.com/openai/v1"),
        (
            "azure",
            "https://x/openai/deployments/g/images/edits?api-version=1",
            "https://x/openai/deployments/g?api-version=1",
        ),
    ],
)
def test_an_address_is_taken_as_people_copy_it(preset: str, given: str, address: str) -> None:
    assert CompatibleServer.model_validate({"preset": preset, "base_url": given}).address == address


@pytest.mark.parametrize(
    ("preset", "prompt", "sent"),
    [
        ("sdcpp", "<sd_cpp_extra_args>{}</sd_cpp_extra_args>", "< sd_cpp_extra_args>{}< /sd_cpp_extra_args>"),
        ("sdcpp", "<sd_cpp_extra_args<sd_cpp_extra_args>>", "< sd_cpp_extra_args< sd_cpp_extra_args>>"),
        ("sdcpp", "<SD_CPP_Extra_Args>", "< SD_CPP_Extra_Args>"),
        ("sdcpp", "<\n sd_cpp_extra_args\t>", "< \n sd_cpp_extra_args\t>"),
        ("sdcpp", "</ sd_cpp_extra_args>", "< / sd_cpp_extra_args>"),
        ("sdcpp", "1 < 2 | <b>sd_cpp_extra_args</b>", "1 < 2 | <b>sd_cpp_extra_args</b>"),
        ("localai", "A|B || C", "A｜B ｜｜ C"),
        ("localai", "A｜B ¦ C", "A｜B ¦ C"),
        ("vllm-omni", "A|B <sd_cpp_extra_args>", "A|B <sd_cpp_extra_args>"),
        ("openai", "A|B <sd_cpp_extra_args>", "A|B <sd_cpp_extra_args>"),
    ],
)
def test_what_a_server_would_read_as_a_command_is_sent_as_words(preset: PresetName, prompt: str, sent: str) -> None:
    escape = PRESETS[preset].escape
    assert escape(prompt) == sent
    assert not ARGUMENTS.search(escape(sent))


def test_every_preset_and_every_setting_of_a_server_is_documented() -> None:
    page = (PAGES / "providers.md").read_text()
    for name, preset in PRESETS.items():
        rows = [line.split(" | ") for line in page.splitlines() if line.startswith(f"| `{name}` | ")]
        assert ["yes" if preset.free else "no"] == [row[3] for row in rows if len(row) > 4]
    assert all(f"`{name}`" in page for name in CompatibleServer.model_fields)


@pytest.mark.anyio
async def test_the_order_is_servers_then_whatever_has_a_key_unless_it_is_set(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-verysecret")
    two = f"[servers.b]\n{AT}\nkey_env = 'GPU_KEY'\n[servers.a]\n{AT}\nfree = true\n"
    given = written(two)
    assert given.provider_names == ["b", "a", "openai"]
    assert secrets_of(given) == {"gpu-verysecret", "sk-verysecret"}
    assert "verysecret" not in repr(given)
    providers = build_providers(given, tmp_path / "spool")
    assert [(one.name, one.kind, one.free) for one in providers.values()] == [
        ("b", "openai", False),
        ("a", "openai", True),
        ("openai", "openai", False),
    ]
    for one in providers.values():
        await one.close()
    assert written('providers = ["openai", "a"]\n' + two).provider_names == ["openai", "a"]
    monkeypatch.setenv("EASEL_SERVERS", '{"c": {"preset": "sdcpp", "base_url": "http://gpu"}}')
    monkeypatch.setenv("EASEL_PROVIDERS", "c")
    assert Settings().provider_names == ["c"]


def test_the_short_form_of_the_environment_has_presets_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-verysecret")
    deployment = "https://x.openai.azure.com/openai/deployments/gi2"
    monkeypatch.setenv("OPENAI_BASE_URL", deployment + "?api-version=2025-04-01-preview")
    server = Settings().openai_server
    assert (server.preset, server.has_deployment, server.traits.key_header) == ("azure", True, "api-key")
    monkeypatch.setenv("EASEL_OPENAI_PRESET", "sglang")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://gpu:30000")
    assert (Settings().openai_server.address, Settings().openai_server.traits.free) == ("http://gpu:30000/v1", True)


@pytest.mark.parametrize(
    ("environment", "line"),
    [
        ({"EASEL_OPENAI_PRESET": "sglang"}, "OPENAI_BASE_URL is missing: the address of the sglang server."),
        (
            {"EASEL_OPENAI_PRESET": "localai", "OPENAI_BASE_URL": "http://gpu"},
            "EASEL_OPENAI_MODELS is missing: localai has many models; name one",
        ),
        ({"OPENAI_BASE_URL": "https://x.azure.com/openai/deployments/g"}, "OPENAI_BASE_URL of a deployment needs its"),
        ({"OPENAI_API_KEY": "“sk-verysecret”"}, "OPENAI_API_KEY has typographic quotes (“) around it."),
    ],
)
def test_what_the_short_form_lacks_is_named_as_it_is_written(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], environment: dict[str, str], line: str
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SystemExit), errors():
        load_settings()
    assert line in capsys.readouterr().err
