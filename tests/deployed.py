"""The files of deploy/, read as Docker, Compose and Kubernetes read them: as far as our files make use of it."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from easel.config import describe_settings

ROOT = Path(__file__).parent.parent
DEPLOY = ROOT / "deploy"
PORT = "8787"  # where every container of Easel answers
SETTINGS = {name for name, _, _ in describe_settings()}
SECONDS = {"s": 1, "m": 60, "h": 3600}
_VARIABLE = re.compile(r"\$\{(\w+)(?::([?-])([^}]*))?\}")


@dataclass(frozen=True, slots=True)
class Dockerfile:
    """Its instructions, in order."""

    instructions: Sequence[tuple[str, str]]

    def all(self, kind: str) -> list[str]:
        return [text for name, text in self.instructions if name == kind]

    @property
    def environment(self) -> dict[str, str]:
        """What the last stage sets."""
        return dict(word.split("=", 1) for word in self.all("ENV")[-1].split())

    @property
    def entrypoint(self) -> list[str]:
        return list(json.loads(self.all("ENTRYPOINT")[-1]))

    @property
    def health(self) -> list[str]:
        """The command that tells whether a container is well."""
        return list(json.loads(self.all("HEALTHCHECK")[-1].partition("CMD ")[2]))

    def source_of(self, path: str) -> Path:
        """The file of the repository that is at this place in the image."""
        copies = [text.split() for text in self.all("COPY")]
        return next(
            ROOT / source for source, target in (words for words in copies if len(words) == 2) if target == path
        )


def dockerfile() -> Dockerfile:
    text = (DEPLOY / "Dockerfile").read_text()
    assert "\\\n" not in text, "an instruction is one line"
    return Dockerfile([(name, rest) for name, rest in re.findall(r"^([A-Z]+) (.+)$", text, re.MULTILINE)])


def compose(variables: Mapping[str, str]) -> dict[str, Any]:
    """The compose file, with these variables."""
    return dict(_filled(yaml.safe_load(compose_text()), variables))


def compose_text() -> str:
    return (DEPLOY / "compose.yaml").read_text()


def compose_variables() -> dict[str, bool]:
    """The variables of the compose file, and whether it starts without each."""
    return {name: mark != "?" for name, mark, _ in _VARIABLE.findall(compose_text())}


def example_variables() -> dict[str, str]:
    """What deploy/example.env sets, which is nothing."""
    return dict(
        line.split("=", 1) for line in (DEPLOY / "example.env").read_text().splitlines() if line[:1] not in ("", "#")
    )


def easel_services(file: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    return {name: service for name, service in file["services"].items() if service["image"] == "easel"}


def manifests() -> dict[str, dict[str, Any]]:
    """Every Kubernetes object by kind and name."""
    found = {}
    for path in sorted((DEPLOY / "kubernetes").glob("*.yaml")):
        for one in yaml.safe_load_all(path.read_text()):
            found[f"{one['kind']}/{one['metadata']['name']}"] = one
    return found


def alerts() -> list[dict[str, Any]]:
    groups = yaml.safe_load((DEPLOY / "prometheus" / "alerts.yml").read_text())["groups"]
    return [rule for group in groups for rule in group["rules"]]


def seconds(text: str) -> int:
    """A time as Compose writes it: 45s."""
    return int(text[:-1]) * SECONDS[text[-1]]


def _filled(part: Any, variables: Mapping[str, str]) -> Any:
    """What was read, with the variables in its texts."""
    if isinstance(part, str):
        return _VARIABLE.sub(lambda found: _value(found, variables), part)
    if isinstance(part, Mapping):
        return {name: _filled(value, variables) for name, value in part.items()}
    return [_filled(one, variables) for one in part] if isinstance(part, list) else part


def _value(found: "re.Match[str]", variables: Mapping[str, str]) -> str:
    name, mark, rest = found.groups()
    value = variables.get(name, "")
    if mark == "?":
        assert value, f"{name}: {rest}"
    return value or (rest if mark == "-" else "")
