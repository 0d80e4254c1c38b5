"""Some of many cases for `make test`, and all of them for `make proof`."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

MARKS = re.compile("proof|one_in|backends|EACH_|VARIATIONS")  # the last two are samples of `tests/sketch`


def one_in(each: int, cases: Iterable[Any]) -> list[Any]:
    """Cases for `parametrize` (a tuple for several arguments); all but one in so many are marked `proof`."""
    several = (case if isinstance(case, tuple) else (case,) for case in cases)
    return [pytest.param(*case, marks=pytest.mark.proof if at % each else ()) for at, case in enumerate(several)]


def may_have_proofs(path: Path) -> bool:
    """Whether a file of tests says anywhere that some of them are for `make proof`."""
    return bool(MARKS.search(path.read_text("utf-8")))
