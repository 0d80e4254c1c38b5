"""Every secret that can be configured is cut out of what an upstream answers, wherever the secret was written."""

from pathlib import Path

import pytest

from easel.cli.options import load_settings
from easel.config import Settings, environment_name
from easel.providers.redact import Redactor, secrets_of

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
