"""The documentation names everything there is: settings, codes, routes, commands, models, outcomes, dependencies."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from tools.clients.install import versions
from tools.clients.roster import CLIENTS

from easel import errors
from easel.api.openapi import EXAMPLES
from easel.api.schemas import Error, Estimated, Job, JobImage, Submitted, Uploaded
from easel.app import ROUTERS
from easel.catalog import Catalog
from easel.catalog.card import Choice
from easel.cli import COMMANDS, command_of
from easel.config import FileSettings, describe_settings
from easel.docs import HOST
from easel.docs.search import search_index, search_words
from easel.docs.site import Site

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
# They write what is true in any case.
UNGUARDED = ("insert_job", "mark_expired", "note_webhook", "mark_deleted")
PAGES = ROOT / "src" / "easel" / "docs" / "pages"


def text(name: str) -> str:
    page = PAGES / name
    return (page if page.exists() else DOCS / name).read_text()


def test_every_setting_is_there_once_with_its_default_and_its_sentence(tmp_path: Path) -> None:
    page = text("settings.md")
    for name, default, sentence in describe_settings():
        assert sentence, f"{name} has no sentence"
        assert page.count(f"\n| `{name}` | {default or '–'} | {sentence} |\n") == 1, name
    example = tomllib.loads(re.findall(r"```toml\n(.*?)```", page, re.DOTALL)[0])
    (tmp_path / "key").write_text("sk-" + "x" * 40)
    assert FileSettings(**example | {"openai_api_key_file": tmp_path / "key"}).port == example["port"]


def test_the_responses_shown_are_those_of_the_api() -> None:
    def shown(name: str) -> list[dict[str, Any]]:
        blocks = re.findall(r"```json\n(.*?)```", text(name), re.DOTALL)
        return [json.loads(block) for block in blocks]

    submitted, running, finished, failed = [body for body in shown("jobs.md") if "event" not in body]
    assert list(submitted) == list(Submitted.model_fields)
    assert list(running) == list(Job.model_fields)
    assert (set(finished) | set(failed)) <= set(Job.model_fields)
    assert [list(image) for image in finished["images"]] == [list(JobImage.model_fields)]
    assert list(shown("uploads.md")[0]) == list(Uploaded.model_fields)
    assert list(shown("credits.md")[0]) == list(Estimated.model_fields)
    assert set(shown("errors.md")[0]) <= set(Error.model_fields)


def test_the_page_on_docker_has_what_is_in_deploy() -> None:
    page = text("docker.md")
    compose, image = ((ROOT / "deploy" / name).read_text() for name in ("compose.yaml", "Dockerfile"))
    commands = re.findall(r"^(docker compose .*|cp .*)$", page, re.MULTILINE)
    assert len(commands) == 4
    assert all(f"#     {command}" in compose for command in commands)
    assert f"#     {re.findall(r'docker build .*', page)[0]}" in image
    for part in ("EASEL_PORT=8787", "EASEL_DATA=/var/lib/easel", "USER 10001:", "WORKDIR /etc/easel", 'CMD ["serve"]'):
        assert part in image
        assert re.split("[=: ]", part.rstrip(':"]'))[-1].strip('["') in page


def test_every_error_code_is_there() -> None:
    codes = set()
    for value in vars(errors).values():
        if isinstance(value, type) and issubclass(value, errors.EaselError | errors.JobFailure):
            codes.add(value.code)
    for path in (ROOT / "src").rglob("*.py"):
        codes |= set(re.findall(r'code="(\w+)"', path.read_text()))
    for code in codes:
        assert f"`{code}`" in text("errors.md"), code
    rows = {row.split(" | ")[0] for row in re.findall(r"^\| (.*) \|$", text("errors.md"), re.MULTILINE)}
    for base in (errors.EaselError, errors.JobFailure):
        for code in {base.code, *(error.code for error in base.__subclasses__())}:
            assert f"`{code}`" in rows, "each code has a row, which is its address"


def test_every_route_is_there() -> None:
    for router in ROUTERS:
        for route in router.routes:
            assert f"{route.path}`" in text("api.md"), route.path  # type: ignore[attr-defined]


def test_every_command_is_there() -> None:
    assert "`easel version`" in text("deployment.md")
    for name, sentence in COMMANDS.items():
        command = command_of(name)
        assert f"`easel {name}`" in text("deployment.md")
        assert " ".join(command.help.partition("\n\n")[0].split()) == sentence
        for sub in getattr(command, "commands", {}):
            assert f"`{sub}`" in text("deployment.md"), f"{name} {sub}"


def test_every_model_and_parameter_is_there() -> None:
    for card in Catalog.load():
        assert card.id in text("api.md")
        assert card.params_object in text("api.md")
        for name, parameter in card.parameters.items():
            assert f"`{name}`" in text("api.md")
            for value in parameter.values if isinstance(parameter, Choice) else ():
                assert value in text("api.md")


def test_a_models_page_has_its_parameters_by_their_paths_and_a_job_as_it_is() -> None:
    site = Site(Catalog.load())
    for card in Catalog.load():
        page = site.doc(f"models/{card.id}")
        assert page
        for name, parameter in card.parameters.items():
            assert f"| `{card.params_object}.{name}` |" in page.markdown
            assert parameter.sentence in page.markdown
        assert set(card.prose.notes) <= set(card.parameters)
        shown = [json.loads(block) for block in re.findall(r"```json\n(.*?)```", page.markdown, re.DOTALL)]
        assert [set(shown[0]), set(shown[1])] == [{"jobId", "status"}, set(Job.model_fields)]
        assert shown[1]["creditCost"] == card.credits["high"]


def test_the_words_of_the_search_are_those_of_sections() -> None:
    sections = {entry["at"].removeprefix("/docs/") for entry in json.loads(search_index(Site(Catalog.load())))}
    assert set(search_words()) <= sections, "a heading was renamed: mend src/easel/docs/words.toml"
    assert "changelog" in sections


@pytest.mark.parametrize("outcome", ["refuse", "fail", "slow 20", "partial 2", "rate-limit"])
def test_every_outcome_prompt_is_there(outcome: str) -> None:
    assert f"`[easel:{outcome}]`" in text("test-mode.md")


def test_every_dependency_is_there() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    for group in (project["dependencies"], *project["optional-dependencies"].values()):
        for requirement in group:
            name = re.split(r"[;<\[ ]", requirement)[0]
            assert f"| `{name}` |" in text("dependencies.md"), name


def test_every_link_leads_somewhere() -> None:
    for page in (*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *PAGES.glob("[a-z]*.md"), *ROOT.glob("bench/*.md")):
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text()):
            drawn = page.parent == PAGES and (
                target.startswith("/studio")
                or target == "changelog.md"
                or target[7:-3] in [c.id for c in Catalog.load()]
            )
            assert drawn or (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_readme_shows_the_first_example() -> None:
    readme = (ROOT / "README.md").read_text()
    shown = json.loads(readme[readme.index("-d '") + 4 : readme.index("}'\n#") + 1])
    assert shown == EXAMPLES["text-to-image"]["value"]


def test_the_repository_speaks_only_of_the_product() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split()
    for name in listed:
        path = ROOT / name
        if path.suffix in (".py", ".md", ".toml", ".yaml") and path.exists():
            assert not re.search(r"/(home|root|work)/\w", path.read_text()), name


def test_python_runs_as_the_command_does() -> None:
    done = subprocess.run([sys.executable, "-m", "easel", "version"], capture_output=True, text=True, check=True)
    assert re.fullmatch(r"\d+\.\d+\.\d+\n", done.stdout)


@pytest.mark.proof
def test_the_documentation_can_be_written_as_files(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "easel", "docs", "build", str(tmp_path), "--server", "https://easel.example"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    slugs = Site(Catalog.load()).slugs()
    assert done.stdout.startswith(f"{len(slugs)} pages")
    for slug in slugs:
        page = (tmp_path / "docs" / slug / "index.html").read_text()
        assert "http://127.0.0.1:8787" not in (tmp_path / "docs" / f"{slug}.md").read_text()
        for address in re.findall(r'(?:src|href)="(/[^"#?]+)', page):
            target = tmp_path / address.strip("/")
            assert target.is_file() or (target / "index.html").exists(), f"{slug}: {address}"


def test_every_client_that_was_run_is_there_with_the_lines_that_set_it_up() -> None:
    page = text("openai.md")
    for client in CLIENTS:
        row = (client.name, versions(client), client.did, client.note or "–")
        assert f"| {' | '.join(row)} |" in page, "run `make clients`, then write what it ran"
    programs = [set(path.read_text().splitlines()) for path in (ROOT / "tools/clients/programs").iterdir()]
    for block in re.findall(r"```\w+ client\n(.*?)```", page, re.DOTALL):
        assert any(set(block.splitlines()) <= program for program in programs), block


def test_language_models_are_told_of_openais_clients() -> None:
    assert "- [OpenAI clients](http://127.0.0.1:8787/docs/openai.md): Clients of OpenAI" in Site(Catalog.load()).llms()


def test_every_promise_names_the_tests_that_prove_it() -> None:
    page, tests = text("testing.md"), "".join(path.read_text() for path in (ROOT / "tests").rglob("test_*.py"))
    for name in re.findall(r"`(test_\w+)`", page):
        assert f"def {name}(" in tests, name
    for path in re.findall(r"`(tests/[\w/.]+)`", page):
        assert (ROOT / path).exists(), path
    features = (ROOT / "README.md").read_text().partition("## Features")[2].partition("\n## ")[0]
    for promise in re.findall(r"^- \*\*(.+?)\.\*\*", features, re.MULTILINE):
        assert re.search(rf"^\| {promise} \| `test_", page, re.MULTILINE), promise
    for guarded in re.findall(r"^def ([a-z]\w*)\(tx", (ROOT / "src/easel/jobs/write.py").read_text(), re.MULTILINE):
        assert f"`{guarded}`" in page or guarded in UNGUARDED, guarded
    for error in errors.ProviderError.__subclasses__():
        assert f"`{error.__name__}`" in page, error


@pytest.mark.parametrize("slug", ["quickstart", "webhooks", "provenance"])
def test_commands_that_call_a_server_elsewhere_are_told_where_it_is(slug: str) -> None:
    elsewhere, default = (Site(Catalog.load(), host).doc(slug) for host in ("https://img.example.com", HOST))
    assert elsewhere
    assert default
    assert re.search(
        r"^export EASEL_URL=https://img\.example\.com\neasel (listen|generate) ", elsewhere.markdown, re.MULTILINE
    )
    assert "EASEL_URL=" not in default.markdown
