"""How many bytes of bodies may be in memory, and whose."""

import pytest

from easel.api.budget import FORMS, HOOKS, BodyBudget, BodySettings, HeldBody
from easel.errors import Unavailable
from easel.kit.memory import MEGABYTE


def budget() -> BodyBudget:
    settings = BodySettings(body_memory_megabytes=30, max_body_megabytes=4, anonymous_body_megabytes=2)
    return BodyBudget(settings, largest=4 * MEGABYTE)


def test_one_team_has_a_third_and_others_find_room_beside_it() -> None:
    bodies = budget()
    taken = HeldBody(bodies, "a team")
    taken.grow(10 * MEGABYTE)
    with pytest.raises(Unavailable) as refused:
        HeldBody(bodies, "a team").grow(1)
    assert refused.value.headers["Retry-After"]
    for other in ("another", "a third"):
        bodies.take(other, 10 * MEGABYTE)
    with pytest.raises(Unavailable):
        bodies.must_have_room("a fourth", 1)
    taken.release()
    taken.release()
    bodies.must_have_room("a fourth", 10 * MEGABYTE)
    assert bodies.held == 20 * MEGABYTE


def test_what_comes_without_a_key_has_little_and_forms_and_hooks_do_not_take_it_from_each_other() -> None:
    bodies = budget()
    bodies.take(HOOKS, 2 * MEGABYTE)
    with pytest.raises(Unavailable):
        bodies.take(HOOKS, 1)
    bodies.take(FORMS, 64_000)


def test_the_largest_body_always_fits() -> None:
    bodies = BodyBudget(BodySettings(body_memory_megabytes=1), largest=64 * MEGABYTE)
    bodies.take("a team", 64 * MEGABYTE)
