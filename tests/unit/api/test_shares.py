"""A team cannot have all connections there are, and its test keys not all that are its own."""

from contextlib import ExitStack

import pytest
from tests.support.jobs import some_caller

from easel.api.shares import RequestShares
from easel.errors import RateLimited


def test_a_team_has_a_third_and_its_test_keys_a_sixth() -> None:
    shares = RequestShares(12)
    with ExitStack() as held:
        for number in range(4):
            shares.take(some_caller(f"key {number}"), held)
        with pytest.raises(RateLimited, match="4 for this team"):
            shares.take(some_caller("key 5", "somebody else"), held)
        for _ in range(2):
            shares.take(some_caller(test=True), held)
        with pytest.raises(RateLimited, match="2 for the test keys of this team"):
            shares.take(some_caller(test=True), held)
        shares.take(some_caller(team_id="them"), held)
    with ExitStack() as held:
        shares.take(some_caller(), held)
