"""Every number that an operator can set has a largest value."""

from typing import Any

import pytest
from pydantic import ValidationError

from easel.config import FileSettings

NUMBERS = [
    name
    for name, field in FileSettings.model_fields.items()
    if any(kind in str(field.annotation) for kind in ("int", "float"))
]


@pytest.mark.parametrize("name", NUMBERS)
def test_a_setting_is_bounded(name: str) -> None:
    for value in (2**63, 10**20, float("inf"), float("nan"), -(10**20)):
        given: dict[str, Any] = {name: value}
        with pytest.raises(ValidationError):
            FileSettings(**given)


def test_there_are_some() -> None:
    assert {"retention_days", "bootstrap_credits", "max_concurrent_jobs", "drain_seconds"} <= set(NUMBERS)
