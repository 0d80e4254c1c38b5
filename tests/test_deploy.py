"""The files of deploy/ name only what is there: settings, files, services, ports, metrics' readers."""

import re
import tomllib
from typing import Any

import pytest
import yaml
from packaging.specifiers import SpecifierSet
from tests.deployed import (
    DEPLOY,
    PORT,
    ROOT,
    SETTINGS,
    compose,
    compose_variables,
    dockerfile,
    easel_services,
    example_variables,
    manifests,
)
from tests.support.object_store import QUIET

from easel.api.budget import BodySettings
from easel.api.openai.settings import OpenAIApiSettings

FILE = compose(dict.fromkeys(compose_variables(), "given"))
SERVICES = easel_services(FILE)
IMAGE = dockerfile()
DEPLOYMENTS = [one for one in manifests().values() if one["kind"] == "Deployment"]
NOTES = (DEPLOY / "kubernetes" / "README.md").read_text()
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def test_the_image_is_made_of_files_that_are_there_and_let_in() -> None:
    let_in = [line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")]
    assert "*" in (ROOT / ".dockerignore").read_text().splitlines()
    named = [words[:-1] for words in (text.split() for text in IMAGE.all("COPY")) if not words[0].startswith("--from")]
    sources = [source for words in named for source in words]
    assert set(sources) == set(let_in)
    assert all((ROOT / source).exists() for source in sources)
    for step in IMAGE.all("RUN"):
        for file in re.findall(r"-r (\S+)", step):
            assert file in sources, step
            assert "--require-hashes" in step


def test_the_images_python_is_one_we_support_in_both_stages() -> None:
    bases = [text.split()[0] for text in IMAGE.all("FROM")]
    assert len(bases) == 2
    assert len(set(bases)) == 1
    version = re.fullmatch(r"python:(\d+\.\d+\.\d+)-slim-\w+", bases[0])
    assert version
    assert version[1] in SpecifierSet(PROJECT["requires-python"])


def test_the_image_runs_as_nobody_special_and_starts_what_is_installed() -> None:
    assert IMAGE.all("USER") == ["10001:10001"]
    assert IMAGE.entrypoint[0] in PROJECT["scripts"]
    names = {name for name in IMAGE.environment if name != "PATH"}
    assert names <= SETTINGS
    assert {IMAGE.environment["EASEL_PORT"], IMAGE.environment["EASEL_METRICS_PORT"], *IMAGE.all("EXPOSE")} == {PORT}
    assert IMAGE.source_of(IMAGE.health[1]) == (ROOT / "deploy" / "healthy.py")


def test_every_variable_is_in_the_example_and_no_secret_has_a_value_there() -> None:
    assert set(example_variables()) == set(compose_variables())
    assert not any(example_variables().values())
    secret = {name for name in compose_variables() if re.search("PASSWORD|SECRET|METRICS_TOKEN", name)}
    assert len(secret) == 4
    assert not any(compose_variables()[name] for name in secret), "it starts without a secret"
    assert "/deploy/.env" in (ROOT / ".gitignore").read_text().splitlines()


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_names_settings_that_there_are(name: str) -> None:
    service = SERVICES[name]
    assert set(service["environment"]) <= SETTINGS
    assert all(isinstance(value, str) for value in service["environment"].values())
    assert {one["condition"] for one in service["depends_on"].values()} == {"service_healthy"}
    assert service["restart"] == "unless-stopped"
    assert service["read_only"]


def test_the_services_are_two_of_each_kind_and_the_rest_stays_what_it_is() -> None:
    commands = [" ".join(service["command"]) for service in SERVICES.values()]
    assert sorted(commands) == ["serve --no-worker"] * 2 + ["worker"] * 2
    for name, service in FILE["services"].items():
        assert re.search(r":v?\d+\.\d+", service["image"]) or name in SERVICES
        waits_for = service.get("depends_on", {})
        for other in waits_for if isinstance(waits_for, dict) else ():
            assert other in SERVICES or "healthcheck" in FILE["services"][other]


def test_the_database_and_the_store_are_told_what_the_processes_are_told() -> None:
    env = SERVICES["api-1"]["environment"]
    postgres, store = FILE["services"]["postgres"], FILE["services"]["seaweedfs"]
    made = postgres["environment"]
    login = f"{made['POSTGRES_USER']}:{made['POSTGRES_PASSWORD']}"
    assert env["EASEL_DATABASE_URL"] == f"postgresql://{login}@postgres:5432/{made['POSTGRES_DB']}"
    assert {f"--username={made['POSTGRES_USER']}", f"--dbname={made['POSTGRES_DB']}"} <= {
        *postgres["healthcheck"]["test"]
    }
    assert store["environment"] == {name: env[name] for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")}
    assert {*QUIET, "-master.telemetry=false"} <= {*store["command"]}, "as the tests run it"
    assert f":{env['EASEL_STORAGE_ENDPOINT'].rpartition(':')[2]}/" in store["healthcheck"]["test"][-1]


def test_the_proxy_and_prometheus_know_every_process() -> None:
    caddy = (DEPLOY / "Caddyfile").read_text()
    asked = re.findall(r"reverse_proxy (.*) \{", caddy)[0].split()
    assert asked == [f"{name}:{PORT}" for name, service in SERVICES.items() if "serve" in service["command"]]
    assert set(re.findall(r"\{\$(\w+)\}", caddy)) == set(FILE["services"]["proxy"]["environment"])
    scraped = yaml.safe_load((DEPLOY / "prometheus" / "prometheus.yml").read_text())
    job = scraped["scrape_configs"][0]
    assert job["static_configs"][0]["targets"] == [f"{name}:{PORT}" for name in SERVICES]
    secret = job["authorization"]["credentials_file"].removeprefix("/run/secrets/")
    assert FILE["secrets"][secret]["environment"] == "EASEL_METRICS_TOKEN"
    assert secret in FILE["services"]["prometheus"]["secrets"]


def test_whatever_is_mounted_from_here_is_there() -> None:
    for service in FILE["services"].values():
        for volume in service.get("volumes", ()):
            source, _, _ = volume.partition(":")
            assert (
                (DEPLOY / source).exists()
                if source.startswith("./")
                else source in FILE["volumes"] or ":" not in volume
            )


@pytest.mark.parametrize("deployment", DEPLOYMENTS, ids=lambda one: str(one["metadata"]["name"]))
def test_a_deployment_names_what_is_there(deployment: dict[str, Any]) -> None:
    pod = deployment["spec"]["template"]["spec"]
    container = pod["containers"][0]
    config = manifests()["ConfigMap/" + container["envFrom"][0]["configMapRef"]["name"]]["data"]
    secret = {one["name"]: one["valueFrom"]["secretKeyRef"] for one in container["env"]}
    assert {*config, *secret} <= SETTINGS
    assert all(name == where["key"] for name, where in secret.items())
    for name, where in secret.items():
        assert f"--from-literal={name}=" in NOTES or where.get("optional")
    assert {"EASEL_DATABASE_URL", "EASEL_STORAGE_URL", "EASEL_PUBLIC_URL", "EASEL_METRICS_TOKEN"} <= {*config, *secret}
    assert pod["enableServiceLinks"] is False, "a Service called easel would set EASEL_PORT"
    assert pod["terminationGracePeriodSeconds"] >= 2 * float(config["EASEL_DRAIN_SECONDS"]) + 10
    user = f"{pod['securityContext']['runAsUser']}:{pod['securityContext']['runAsGroup']}"
    assert [user] == IMAGE.all("USER")
    assert IMAGE.environment["EASEL_DATA"] in {one["mountPath"] for one in container["volumeMounts"]}
    assert [str(one["containerPort"]) for one in container["ports"]] == [PORT]
    probes = {container[kind]["httpGet"]["path"] for kind in ("startupProbe", "livenessProbe", "readinessProbe")}
    assert probes == {"/healthz", "/readyz"}


def test_a_deployment_runs_what_a_service_of_the_compose_file_runs() -> None:
    args = [one["spec"]["template"]["spec"]["containers"][0]["args"] for one in DEPLOYMENTS for _ in "12"]
    assert sorted(args) == sorted(service["command"] for service in SERVICES.values())
    assert {one["spec"]["replicas"] for one in DEPLOYMENTS} == {2}


def test_selectors_select_pods() -> None:
    pods = [one["spec"]["template"]["metadata"]["labels"] for one in DEPLOYMENTS]
    selecting = [one["spec"]["selector"] for one in manifests().values() if "selector" in one.get("spec", {})]
    assert len(selecting) == 5
    assert all(one.get("matchLabels", one) in pods for one in selecting)


def test_the_settings_for_proxies_are_those_on_the_page() -> None:
    page = (ROOT / "src/easel/docs/pages/proxy.md").read_text()
    for name in ("nginx/easel.conf", "nginx/site.conf", "caddy/Caddyfile", "traefik/easel.yaml"):
        text = (DEPLOY / name).read_text()
        assert f"\n{text}```\n" in page, name
        if name != "nginx/easel.conf":
            assert f"127.0.0.1:{PORT}" in text
            assert {"images.example.com", "www.example.com"} <= set(re.findall(r"[a-z]+\.example\.com", text))
    traefik = yaml.safe_load((DEPLOY / "traefik" / "easel.yaml").read_text())["http"]
    assert {one["service"] for one in traefik["routers"].values()} == set(traefik["services"])


def test_the_settings_for_nginx_let_through_what_the_server_takes() -> None:
    ours = (DEPLOY / "nginx" / "easel.conf").read_text()
    seconds = re.search(r"proxy_read_timeout (\d+)s;", ours)
    megabytes = re.search(r"client_max_body_size (\d+)m;", ours)
    assert seconds and int(seconds[1]) >= OpenAIApiSettings().sync_wait_seconds + 30
    assert megabytes and int(megabytes[1]) == BodySettings().max_body_megabytes
