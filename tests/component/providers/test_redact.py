"""Every secret that can be configured is cut out of what an upstream answers, wherever the secret was written."""

import base64
import html
import json
from pathlib import Path
from urllib.parse import quote

import pytest

from easel.cli.options import load_settings
from easel.config import Settings, environment_name
from easel.providers.redact import CUT, Redactor, secrets_of, without_addresses

TABLES = """
[servers.one]
base_url = "http://one.example/v1"
key = "verysecret-table"

[servers.two]
base_url = "http://two.example/v1"
key_file = "{folder}/table"

[servers.three]
base_url = "http://three.example/v1"
key_env = "KEY_OF_THREE"
"""
OTHERWISE = {
    "database_url": "postgresql://easel:verysecret-database@db.example/easel",
    "bootstrap_key": "afk_verysecret_bootstrap",
}


@pytest.mark.parametrize("in_files", [False, True])
def test_every_secret_is_known_wherever_it_is_set(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, in_files: bool
) -> None:
    monkeypatch.chdir(tmp_path)
    secrets = [name for name, field in Settings.model_fields.items() if "SecretStr" in str(field.annotation)]
    said = []
    for name in secrets:
        value = OTHERWISE.get(name, f"verysecret-{name}")
        if in_files and f"{name}_file" in Settings.model_fields:
            (tmp_path / name).write_text(f"{value}\n")
            monkeypatch.setenv(environment_name(f"{name}_file"), str(tmp_path / name))
        else:
            monkeypatch.setenv(environment_name(name), value)
        said.append(f"{name} is {value}")
    (tmp_path / "table").write_text("verysecret-file-of-table")
    (tmp_path / "easel.toml").write_text(TABLES.format(folder=tmp_path))
    monkeypatch.setenv("KEY_OF_THREE", "verysecret-three")
    said += ["verysecret-table", "verysecret-file-of-table", "verysecret-three", "password verysecret-database"]
    cut = Redactor(secrets_of(load_settings())).cut({"error": {"message": said, "verysecret-table": 1}})
    assert "verysecret" not in str(cut)
    assert str(cut).count("[secret]") == len(said) + 1


def test_what_is_secret_in_addresses_is_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    table = '[servers.one]\nbase_url = "http://me:verysecret%2Fone@one.example/v1?code=verysecret-code"\n'
    (tmp_path / "easel.toml").write_text(table)
    monkeypatch.setenv("OPENAI_BASE_URL", "https://me:verysecret@two.example/v1?api-version=preview")
    cut = Redactor(secrets_of(load_settings())).cut
    for login in ("me:verysecret", "me:verysecret/one"):
        assert cut("Basic " + base64.b64encode(login.encode()).decode()) == f"Basic {CUT}"
    assert cut("verysecret/one, verysecret-code") == f"{CUT}, {CUT}"
    assert cut("two.example is not in preview") == "two.example is not in preview"


SECRET = "Hunter2-a<b&'é/+="


@pytest.mark.parametrize(
    "spelled",
    [
        *(SECRET.upper(), SECRET.lower(), html.escape(SECRET), json.dumps(SECRET)[1:-1], quote(SECRET)),
        *(quote(SECRET, safe=""), quote(SECRET).replace("-", "%2d"), SECRET.replace("-", "\\u002d")),
        *(SECRET.replace("/", "\\/"), SECRET.replace("-", "&#45;")),
        *(base64.b64encode(SECRET.encode()).decode(), base64.urlsafe_b64encode(SECRET.encode()).decode().strip("=")),
    ],
)
def test_a_secret_is_known_in_every_spelling(spelled: str) -> None:
    assert Redactor([SECRET]).cut(f"no {spelled}!") == f"no {CUT}!"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("http://127.0.0.1:41885/v1/images: width must be 16", "[address]: width must be 16"),
        ("backend 127.0.0.1:45303 rejects size", "backend [address] rejects size"),
        ("(see https://gpu-box.internal/keys).", "(see [address])."),
        (
            "gpu-box.internal:8000, gpu-box:8000, [::1]:80 and localhost",
            "[address], [address], [address] and [address]",
        ),
        ("box.example and box:8000 are down", "[address] and box:8000 are down"),
        ("size:1024 or 1024:1024, ratio 16:9, version 2.1.0", "size:1024 or 1024:1024, ratio 16:9, version 2.1.0"),
    ],
)
def test_customers_read_no_address_of_a_server(said: str, told: str) -> None:
    assert without_addresses(said, "box.example") == told


def test_a_host_of_one_word_is_hidden_with_its_port_only() -> None:
    assert without_addresses("image:8000 rejects the image", "image") == "[address] rejects the image"
