"""Drawings of our own, for what the icon pack has no icon of: forms, landmarks, household things.

A motif is an SVG body on a view box of 128 × 128, standing on its lower edge, as the icons of the pack are.
"""

from collections.abc import Callable, Mapping

from easel_sketch.drawing.motifs import (
    arrows,
    buildings,
    crossings,
    dwellings,
    flags,
    forms,
    landmarks_americas,
    landmarks_ancient,
    landmarks_bridges,
    landmarks_domes,
    landmarks_monuments,
    landmarks_sacred,
    landmarks_tall,
    structures,
    symbols,
    towers,
)

_MODULES = (
    arrows,
    buildings,
    crossings,
    dwellings,
    flags,
    forms,
    landmarks_americas,
    landmarks_ancient,
    landmarks_bridges,
    landmarks_domes,
    landmarks_monuments,
    landmarks_sacred,
    landmarks_tall,
    structures,
    symbols,
    towers,
)

MOTIFS: Mapping[str, Callable[[], str]] = {name: draw for module in _MODULES for name, draw in module.DRAWN.items()}
