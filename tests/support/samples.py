"""Some of many cases for `make test`, and all of them for `make proof`."""

from collections.abc import Iterable
from typing import Any

import pytest


def one_in(each: int, cases: Iterable[Any]) -> list[Any]:
    """Cases for `parametrize` (a tuple for several arguments); all but one in so many are marked `proof`."""
    several = (case if isinstance(case, tuple) else (case,) for case in cases)
    return [pytest.param(*case, marks=pytest.mark.proof if at % each else ()) for at, case in enumerate(several)]
