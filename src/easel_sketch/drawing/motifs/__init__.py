"""Drawings of our own, for what the icon pack has no icon of: forms, landmarks, household things.

A motif is an SVG body on a view box of 128 × 128, standing on its lower edge, as the icons of the pack are.
"""

from collections.abc import Callable, Mapping

from easel_sketch.drawing.motifs import (
    animals,
    arrows,
    buildings,
    clothes,
    creatures,
    crossings,
    dogs,
    dwellings,
    flags,
    food,
    forms,
    furniture,
    games,
    household,
    indoors,
    instruments,
    landmarks_americas,
    landmarks_ancient,
    landmarks_bridges,
    landmarks_domes,
    landmarks_monuments,
    landmarks_sacred,
    landmarks_tall,
    outdoors,
    papers,
    persons,
    produce,
    sprigs,
    streets,
    structures,
    symbols,
    tools,
    towers,
    vehicles,
    vessels,
    wildlife,
)

_MODULES = (
    animals, arrows, buildings, clothes, creatures, crossings, dogs, dwellings, flags, food, forms, furniture, games,
    household, indoors, instruments, landmarks_americas, landmarks_ancient, landmarks_bridges, landmarks_domes,
    landmarks_monuments, landmarks_sacred, landmarks_tall, outdoors, papers, persons, produce, sprigs, streets,
    structures, symbols, tools, towers, vehicles, vessels, wildlife,
)  # fmt: skip

MOTIFS: Mapping[str, Callable[[], str]] = {name: draw for module in _MODULES for name, draw in module.DRAWN.items()}
LIVING = frozenset(name for module in (animals, creatures, dogs, persons, wildlife) for name in module.DRAWN)
