"""What became of the things that a prompt asks for: three lists, and the warnings that say something else."""

from typing import Any

import pytest

from easel.studio.shown import shown

BRIEF: dict[str, Any] = {
    "kind": "vignette",
    "drawn": ["moon", "moon"],
    "near": [{"asked": "capybara", "drawn_as": "rodent"}, {"asked": "Mona Lisa", "drawn_as": "woman"}],
    "missing": ["yarn", "soul"],
}


def test_the_lists_are_named_and_empty_ones_left_out() -> None:
    assert shown(BRIEF, ()).lines == {
        "Drawn": "moon",
        "Drawn as something near": "capybara (rodent), Mona Lisa (woman)",
        "Not drawn": "yarn, soul",
    }
    assert shown(BRIEF | {"near": [], "missing": []}, ()).lines == {"Drawn": "moon"}


@pytest.mark.parametrize(
    "warning",
    [
        "Not drawn: yarn, soul.",
        "Not drawn: soul.",
        "Capybara: drawn as a rodent; mona lisa: drawn as a woman.",
        "Capybara: drawn as a rodent.",
    ],
)
def test_a_warning_that_repeats_the_lists_is_no_note(warning: str) -> None:
    assert shown(BRIEF, [warning, "Two texts are small."]).notes == ["Two texts are small."]


@pytest.mark.parametrize(
    "warning", ["Not drawn: moon.", "Not drawn: yarn, moon.", "Moon: drawn as a ball.", "Not drawn in that style: oil."]
)
def test_a_warning_that_says_more_is_one(warning: str) -> None:
    """Another image of the job may lack what the first one shows."""
    assert shown(BRIEF, [warning]).notes == [warning]


@pytest.mark.parametrize("brief", [None, {"kind": "poster"}])
def test_of_a_job_without_lists_there_are_the_warnings(brief: dict[str, Any] | None) -> None:
    found = shown(brief, ["Not drawn: yarn."])
    assert (found.lines, found.notes) == ({}, ["Not drawn: yarn."])
