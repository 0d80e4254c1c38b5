"""What an upstream's answer means. answers.jsonl has one a line: a new one is a new line.

`seen` says whether the answer was found in somebody's report, documentation or source, or written after them;
`own` is what the customer had written.
"""

import json
import string
import time
from collections import Counter
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from easel.errors import (
    ContentRejected,
    GenerationFailed,
    Misconfigured,
    ModelUnavailable,
    OutcomeUnknown,
    Throttled,
    Unreachable,
    UnsupportedRequest,
)
from easel.providers.reading import LONGEST_PAUSE, LONGEST_REASON, Fault, pause_asked, read_answer
from easel.providers.upstream import DEFAULT_WAIT, SHORTEST_WAIT, Answer, refusal_of

ANSWERS = [json.loads(line) for line in (Path(__file__).parent / "answers.jsonl").read_text("utf-8").splitlines()]
NOW = 1_790_000_000.0
TOMORROW = "Tue, 22 Sep 2026 14:13:20 GMT"  # a day after NOW
CLASSES = {
    Fault.CONTENT: ContentRejected,
    Fault.REQUEST: UnsupportedRequest,
    Fault.MODEL: ModelUnavailable,
    Fault.ACCOUNT: Misconfigured,
    Fault.SETTINGS: Misconfigured,
    Fault.BUSY: Throttled,
    Fault.DOWN: Unreachable,
    Fault.DOUBT: OutcomeUnknown,
    Fault.NO_IMAGE: GenerationFailed,
}


@pytest.mark.parametrize("one", ANSWERS, ids=lambda one: f"{one['from']}-{one['status']}-{one['is']}")
def test_an_answer_means_what_it_says(one: dict[str, Any]) -> None:
    not_found = Fault.MODEL if one["from"] in ("replicate", "fal") else Fault.SETTINGS
    own = one.get("own", ())
    reading = read_answer(one["status"], one["headers"], one["body"], now=NOW, not_found=not_found, own=own)
    assert reading.fault == one["is"], reading


def test_the_table_has_every_fault_of_many_servers() -> None:
    assert len(ANSWERS) >= 150
    assert len({one["from"] for one in ANSWERS}) >= 25
    assert set(Counter(one["is"] for one in ANSWERS)) == set(Fault)
    assert min(Counter(one["is"] for one in ANSWERS).values()) >= 12


def test_the_reason_is_in_the_answers_own_words() -> None:
    spoken = [one for one in ANSWERS if one["why"] and not isinstance(one["body"], str)]
    shown = [one for one in spoken if one["why"][:40] in read_answer(200, {}, one["body"], now=NOW).reason]
    assert len(shown) / len(spoken) > 0.93


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ({"size": ["must be 16 or more"]}, "size: must be 16 or more"),
        ({"errors": {"size": "must be 16 or more"}}, "size: must be 16 or more"),
        ({"errors": {"Size": ["must be 16 or more", "and less"]}}, "Size: must be 16 or more"),
        ({"detail": {"size": "must be 16 or more"}}, "size: must be 16 or more"),
        ({"error": {"errors": {"size": {"message": "must be 16 or more"}}}}, "size: must be 16 or more"),
        (
            {"error": {"message": "", "details": [{"fieldViolations": [{"field": "size", "description": "too odd"}]}]}},
            "size: too odd",
        ),
        ({"err": "bad width 17"}, "bad width 17"),
        ({"validation_error": {"body_params": [{"loc": ["size"], "msg": "too odd"}]}}, "size: too odd"),
        (
            {"title": "One or more validation errors occurred.", "status": 400, "errors": {"$.size": ["is no size"]}},
            "$.size: is no size",
        ),
    ],
)
def test_what_is_wrong_with_a_field_is_the_reason(body: Any, reason: str) -> None:
    reading = read_answer(400, {}, body, now=NOW)
    assert (reading.fault, reading.reason) == (Fault.REQUEST, reason)


def test_a_prompt_that_a_provider_repeats_is_not_what_it_means() -> None:
    prompt = "payment overdue, account suspended"
    answer = Answer(400, httpx.Headers(), {"error": {"message": f"Cannot tokenize {prompt}"}})
    assert type(refusal_of(answer, name="OpenAI")) is Misconfigured
    error = refusal_of(answer, name="OpenAI", own=[prompt, ""])
    assert type(error) is UnsupportedRequest
    assert prompt in error.message


@pytest.mark.parametrize("fault", Fault)
def test_each_fault_is_an_error_of_its_own(fault: Fault) -> None:
    one = next(one for one in ANSWERS if one["is"] == fault and one["from"] != "replicate")
    body, text = (None, one["body"]) if isinstance(one["body"], str) else (one["body"], "")
    answer = Answer(one["status"], httpx.Headers(one["headers"]), body, text=text)
    error = refusal_of(answer, name="The provider", model="gpt-image-2")
    assert type(error) is CLASSES[fault]
    assert error.status == one["status"]


def test_whose_account_it_is_and_where_it_is_paid_stays_with_the_operator() -> None:
    body = {"error": {"message": "Insufficient credits. Add more at https://bill.example/credits", "code": 402}}
    error = refusal_of(Answer(402, httpx.Headers(), body), name="OpenAI")
    assert isinstance(error, Misconfigured)
    assert "bill.example" not in error.message
    assert "bill.example" in (error.detail or "")


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=60),
    lambda inner: (
        st.lists(inner, max_size=5)
        | st.dictionaries(
            st.sampled_from(["error", "message", "code", "detail", "status", "msg", "loc", "raw", "errors", "x"]),
            inner,
            max_size=5,
        )
    ),
    max_leaves=30,
)


@given(status=st.integers(0, 999), body=ANYTHING, header=st.text(string.printable, max_size=30))
def test_no_answer_however_odd_raises(status: int, body: Any, header: str) -> None:
    reading = read_answer(status, {"Retry-After": header, "x-ratelimit-reset-requests": header}, body, now=NOW)
    assert reading.fault in Fault
    assert len(reading.reason) <= LONGEST_REASON
    assert reading.pause is None or 0 <= reading.pause <= LONGEST_PAUSE


def test_what_is_nested_without_end_is_read_to_some_depth() -> None:
    body: Any = "the end"
    for _ in range(5_000):
        body = {"error": body}
    assert read_answer(500, {}, body, now=NOW).fault is Fault.DOUBT
    assert read_answer(500, {}, "{" * 100_000, now=NOW).fault is Fault.DOUBT
    assert read_answer(500, {}, [{"error": "x"}] * 100_000, now=NOW).fault is Fault.NO_IMAGE


@pytest.mark.parametrize(
    ("headers", "body", "words", "seconds"),
    [
        ({}, None, "", None),
        ({"Retry-After": "7"}, None, "", 7),
        ({"retry-after": "0.5"}, None, "", 0.5),
        ({"retry-after": "0"}, None, "", 0),
        ({"retry-after": TOMORROW}, None, "", LONGEST_PAUSE),
        ({"retry-after": "Mon, 21 Sep 2026 12:00:10 GMT"}, None, "", 0),
        ({"retry-after": "Mon Sep 21 14:13:50 2026"}, None, "", 30),
        ({"retry-after": "2026-09-21T14:13:50Z"}, None, "", 30),
        ({"retry-after": "2026-09-21T14:13:50"}, None, "", 30),
        ({"retry-after": str(int(NOW) + 30)}, None, "", 30),
        ({"retry-after": "5, 5"}, None, "", 5),
        ({"retry-after": "30 seconds"}, None, "", 30),
        ({"retry-after": "2 minutes"}, None, "", 120),
        ({"x-ratelimit-reset": str((int(NOW) + 30) * 1000)}, None, "", 30),
        ({"x-ratelimit-reset": str(int(NOW) + 30)}, None, "", 30),
        ({"x-ratelimit-reset": "30"}, None, "", 30),
        ({"ratelimit-reset": "30"}, None, "", 30),
        ({"retry-after": "4", "ratelimit-reset": "30"}, None, "", 4),
        ({"retry-after": "inf"}, None, "", None),
        ({"retry-after": "nan"}, None, "", None),
        ({"retry-after": "-3"}, None, "", None),
        ({"retry-after": "soon"}, None, "try again in 3s", 3),
        ({"retry-after-ms": "1500"}, None, "", 1.5),
        ({"x-ratelimit-reset-after": "2"}, None, "", 2),
        ({"x-ratelimit-reset-requests": "1m2s"}, None, "", 62),
        ({"x-ratelimit-reset-requests": "350ms"}, None, "", 0.35),
        ({}, {"retry_after": 10}, "", 10),
        ({}, {"error": {"retry_after": "12"}}, "", 12),
        ({}, {"estimated_time": 20.5}, "", 20.5),
        ({}, {"retry_after": 1e9}, "", LONGEST_PAUSE),
        ({}, None, "your rate limit resets in ~10s.", 10),
        ({}, None, "please try again in 350ms", 0.35),
        ({}, None, "retry after 30 seconds", 30),
        ({}, None, "try again in 1 minute", 60),
        ({}, None, "try again in 99999s", LONGEST_PAUSE),
    ],
)
def test_the_pause_is_the_one_that_was_asked_for(
    headers: dict[str, str], body: Any, words: str, seconds: float | None
) -> None:
    assert pause_asked(headers, body, words, now=NOW) == pytest.approx(seconds)


def test_a_date_without_a_zone_is_utc_wherever_the_server_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as there:
        there.setenv("TZ", "America/New_York")
        time.tzset()
        assert pause_asked({"retry-after": "Mon Sep 21 14:13:50 2026"}, None, "", now=NOW) == 30
    time.tzset()


@pytest.mark.parametrize(("header", "seconds"), [("0", SHORTEST_WAIT), ("30", 30), (None, DEFAULT_WAIT)])
def test_a_busy_provider_is_left_alone_for_a_while_whatever_it_asks(header: str | None, seconds: float) -> None:
    headers = httpx.Headers({"retry-after": header} if header else {})
    error = refusal_of(Answer(429, headers, {}), name="OpenAI")
    assert isinstance(error, Throttled)
    assert error.retry_after == seconds
