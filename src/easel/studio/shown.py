"""What became of the things that a prompt asks for, as the brief of its job lists them: for people to read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_MISSING, _NEAR = "Not drawn: ", ": drawn as "  # as the sketch engine's warnings put it


@dataclass(frozen=True, slots=True)
class Shown:
    """Three lists as text, empty where there is nothing, and the warnings that say something else."""

    drawn: str
    near: str
    missing: str
    notes: Sequence[str]

    @property
    def lines(self) -> Mapping[str, str]:
        """The lists that are not empty, under their names."""
        lists = {"Drawn": self.drawn, "Drawn as something near": self.near, "Not drawn": self.missing}
        return {name: things for name, things in lists.items() if things}


def shown(brief: Mapping[str, Any] | None, warnings: Sequence[str]) -> Shown:
    """Of a job without such a brief there are only the warnings.

    The brief is that of the first image. A warning is a repetition if all that it names is in the lists; what another
    image of the job does not show is none.
    """
    brief = brief or {}
    near = {str(one["asked"]): str(one["drawn_as"]) for one in brief.get("near", ())}
    missing = dict.fromkeys(map(str, brief.get("missing", ())))
    return Shown(
        drawn=", ".join(dict.fromkeys(map(str, brief.get("drawn", ())))),
        near=", ".join(f"{asked} ({drawn_as})" for asked, drawn_as in near.items()),
        missing=", ".join(missing),
        notes=[one for one in warnings if not _repeats(one, near, missing)],
    )


def _repeats(warning: str, near: Mapping[str, str], missing: Mapping[str, None]) -> bool:
    sentence = warning.removesuffix(".")
    if sentence.startswith(_MISSING):
        return all(thing in missing for thing in sentence.removeprefix(_MISSING).split(", "))
    asked = {thing.casefold() for thing in near}
    return all(_NEAR in part and part.partition(_NEAR)[0].casefold() in asked for part in sentence.split("; "))
