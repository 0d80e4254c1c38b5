"""Every error there is, in both dialects, and as OpenAI's own client shows it; the documentation has the same table."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import httpx
import openai
import pytest
from fastapi import FastAPI, Request
from openai import OpenAI
from tests.support.jobs import Tenant, new_job
from tests.support.loopback import serving

import easel.docs
from easel import errors
from easel.api.errors import install
from easel.api.openai.errors import FAILURES, FailedJob
from easel.domain import JobState
from easel.errors import EaselError, JobFailure

PAGE = Path(easel.docs.__file__).parent / "pages" / "openai.md"
RESPONSES = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, EaselError)]
ENDS = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, JobFailure)]
REPEATED = (408, 409, 429)  # by the client, and 5xx, unless x-should-retry forbids it


def ended(status: JobState, code: str | None = None) -> FailedJob:
    job = new_job(Tenant("team", "user", "key", "secret"))
    return FailedJob(replace(job, status=status, error=code and "It is so.", error_code=code))


RAISED: Mapping[str, EaselError] = {
    **{kind.code: kind("It is so.", hint="Do this.") for kind in RESPONSES},
    **{kind.code: ended(JobState.FAILED, kind.code) for kind in ENDS},
    "cancelled": ended(JobState.CANCELLED),
}


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """Raises the error whose code is the prompt."""
    app = FastAPI()
    install(app)

    @app.post("/v1/images/generations")
    @app.post("/v2/images/generate")
    async def fail(request: Request) -> None:
        raise RAISED[(await request.json())["prompt"]]

    with serving(app) as url:
        yield url


def shown(server: str, code: str) -> openai.APIStatusError:
    """What OpenAI's client raises."""
    with (
        OpenAI(base_url=f"{server}/v1", api_key="afk_any", max_retries=0) as client,
        pytest.raises(openai.APIStatusError) as raised,
    ):
        client.images.generate(prompt=code)
    return raised.value


@pytest.mark.parametrize("code", RAISED)
def test_an_error_is_shown_by_openais_client_as_the_documentation_says(server: str, code: str) -> None:
    error, about = RAISED[code], shown(server, code)
    ours = "job" if isinstance(error, FailedJob) else str(error.status)
    again = about.status_code in REPEATED or about.status_code >= 500
    again = again and about.response.headers.get("x-should-retry") != "false"
    theirs = (
        f"{about.status_code} | `{about.type}` | `{about.code}` | `{type(about).__name__}` | {'yes' if again else '–'}"
    )
    assert f"| `{code}` | {ours} | {theirs} |" in PAGE.read_text()


@pytest.mark.parametrize("kind", RESPONSES, ids=lambda kind: kind.__name__)
def test_an_error_is_complete_in_both_dialects(server: str, kind: type[EaselError]) -> None:
    about = shown(server, kind.code)
    assert json.loads(about.response.text)["error"]["message"] == "It is so. Do this."
    assert about.status_code != 402, "their clients do not know it"
    repeated = about.status_code in REPEATED or about.status_code >= 500
    may = about.response.headers.get("x-should-retry") != "false"
    assert may == kind.retryable or not repeated or kind is EaselError
    ours = httpx.post(f"{server}/v2/images/generate", json={"prompt": kind.code})
    assert (ours.status_code, ours.json()["code"], ours.json()["hint"]) == (kind.status, kind.code, "Do this.")


def test_only_jobs_that_can_fail_so_have_a_word_of_theirs() -> None:
    assert set(FAILURES) <= {kind.code for kind in ENDS}
