"""The things a prompt names for which there are icons, in order, with their size and place.

Takes nothing from the theme: a prompt that names nothing drawable gives nothing.
"""

import functools
from dataclasses import dataclass
from typing import Any

from easel_sketch import library
from easel_sketch.drawing.commission import Commission
from easel_sketch.drawing.motifs import LIVING, MOTIFS
from easel_sketch.reading import words
from easel_sketch.reading.icon_names import named_icons

GROUND, HAND, SKY, WATER, TREE, TABLE, ROOM, BUILDING, FAR = (
    "ground", "hand", "sky", "water", "tree", "table", "room", "building", "far",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Thing:
    """An icon, its height relative to a person, and where it belongs."""

    name: str
    size: float
    place: str

    @property
    def alive(self) -> bool:
        """A person or an animal."""
        return self.name in _living()


def things(job: Commission, most: int = 8) -> tuple[Thing, ...]:
    """The drawable things of the prompt outside its quotes; of its title if there are none."""
    return tuple(in_scene(job) or named_in(job.brief.title))[:most]


def in_scene(job: Commission) -> list[Thing]:
    """The subjects that have a drawing, each drawing once."""
    return [thing(name) for name in dict.fromkeys(one.drawing for one in job.brief.subjects) if name and is_drawn(name)]


def named_in(text: str, unwanted: tuple[str, ...] = ()) -> list[Thing]:
    """The drawable things a text names, each once, in order, without unwanted ones."""
    refused = {part for phrase in unwanted for part in words.tokens(phrase)}
    boxed = library.table("themes")["boxed"]
    names = (name for name in named_icons(text) if name not in boxed)
    return [thing(name) for name in names if refused.isdisjoint((*name.split("-"), f"{name.split('-')[0]}s"))]


def is_drawn(name: str) -> bool:
    """Whether there is a free-standing drawing of this name."""
    return name in MOTIFS or (name in _order() and name not in library.table("themes")["boxed"])


@functools.cache
def thing(name: str) -> Thing:
    """The drawing's entry in `figures.toml`: its own, or that of its group."""
    table, order = library.table("figures"), _order()
    chosen: dict[str, Any] = {"size": 0.4, "place": HAND}
    place = order.get(name, -1)
    for group in table["groups"].values():
        if order[group["from"]] <= place <= order[group["to"]]:
            chosen = group
    chosen = _group_of_motifs(name) or table["single"].get(name, chosen)
    return Thing(name, float(chosen["size"]), str(chosen["place"]))


def has_sides(name: str) -> bool:
    """Whether a drawing looks to one side and may be mirrored; a flag must not be."""
    return not _group_of_motifs(name)


@functools.cache
def _group_of_motifs(name: str) -> dict[str, Any]:
    """The group of drawings of our own that have one size and place; empty if the name is in none."""
    key = "flag" if name.startswith("flag-") else name
    groups = library.table("figures")["motifs"].values()
    return next((group for group in groups if key in group["names"]), {})


@functools.cache
def _order() -> dict[str, int]:
    return {name: place for place, (name, _) in enumerate(library.icon_pack()["icons"])}


@functools.cache
def _living() -> frozenset[str]:
    order = _order()
    spans = (
        ("snail", "scorpion"),
        ("clown-face", "pouting-cat"),
        ("baby", "people-hugging"),
        ("monkey-face", "t-rex"),
        ("spouting-whale", "octopus"),
    )
    ends = [(order[first], order[last]) for first, last in spans]
    icons = (name for name, place in order.items() if any(first <= place <= last for first, last in ends))
    return LIVING | {*icons, "snowman", "butterfly"}
