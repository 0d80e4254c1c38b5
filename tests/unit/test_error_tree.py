import inspect
import re

import pytest

from easel import errors
from easel.errors import EaselError, InvalidRequest, JobFailure, ProviderError, RateLimited, Throttled

# The contract's table of errors; 405 is HTTP's own and never reached by a path and method of the contract.
STATUSES = {400, 401, 402, 403, 404, 405, 408, 409, 413, 416, 421, 429, 502, 503}

CLASSES = {
    name: found
    for name, found in inspect.getmembers(errors, inspect.isclass)
    if issubclass(found, Exception) and found.__module__ == errors.__name__
}
ANSWERS = [found for found in CLASSES.values() if issubclass(found, EaselError) and found is not EaselError]
FAILURES = [found for found in CLASSES.values() if issubclass(found, JobFailure) and found is not JobFailure]


def drawn() -> dict[str, tuple[str, int | None]]:
    """The tree in the docstring: name → parent and status."""
    tree: dict[str, tuple[str, int | None]] = {}
    root = ""
    for line in (errors.__doc__ or "").splitlines():
        if branch := re.match(r"[├└]── (\w+)\s+(\d{3})?", line):
            tree[branch[1]] = (root, int(branch[2]) if branch[2] else None)
        elif trunk := re.match(r"([A-Z]\w+) {2,}\S", line):
            root = trunk[1]
            tree[root] = ("Exception", None)
    return tree


def test_the_tree_names_every_class_and_no_other() -> None:
    assert set(drawn()) == set(CLASSES)


@pytest.mark.parametrize("name", CLASSES)
def test_the_tree_draws_each_class_under_its_parent_with_its_status(name: str) -> None:
    parent, status = drawn()[name]
    assert [base.__name__ for base in CLASSES[name].__bases__] == [parent]
    assert getattr(CLASSES[name], "status", None) == (500 if name == "EaselError" else status)


def test_every_answer_has_a_status_of_the_contract() -> None:
    assert {answer.status for answer in ANSWERS} == STATUSES
    assert 422 not in STATUSES


@pytest.mark.parametrize("classes", [ANSWERS, FAILURES])
def test_every_code_is_snake_case_and_belongs_to_one_class(classes: list[type[EaselError]]) -> None:
    codes = [one.code for one in classes]
    assert len(set(codes)) == len(codes)
    assert all(re.fullmatch(r"[a-z]+(_[a-z]+)*", code) for code in codes)
    assert all("code" in vars(one) for one in classes)


def test_no_code_means_both_a_refused_request_and_a_failed_job() -> None:
    assert {one.code for one in ANSWERS}.isdisjoint({one.code for one in FAILURES})


def test_only_what_may_pass_by_itself_is_retryable() -> None:
    assert {answer.status for answer in ANSWERS if answer.retryable} == {408, 429, 502, 503}


@pytest.mark.parametrize("name", CLASSES)
def test_an_error_is_known_by_its_sentence(name: str) -> None:
    extra = {"retry_after": 1.5} if CLASSES[name] is Throttled else {}
    error = CLASSES[name]("The sentence.", **extra)
    assert str(error) == "The sentence."
    assert isinstance(error, (EaselError, JobFailure, ProviderError))


def test_an_answer_carries_what_it_is_given() -> None:
    error = InvalidRequest(
        "The sentence.",
        code="a_code",
        hint="A hint.",
        param="prompt",
        details={"prompt": ["It is empty."]},
        extra={"creditsRequired": 4},
    )
    assert (error.message, error.code, error.hint, error.param) == ("The sentence.", "a_code", "A hint.", "prompt")
    assert (error.details, error.extra, error.headers) == (
        {"prompt": ["It is empty."]},
        {"creditsRequired": 4},
        {},
    )
    assert InvalidRequest.code == "invalid_request"
    assert RateLimited("Slow down.", retry_after=7).headers == {"Retry-After": "7"}
    assert RateLimited("Slow down.").extra == {}
