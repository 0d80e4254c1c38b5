"""Drawings of our own, for what the icon pack has no icon of: forms, landmarks, household things.

A motif is an SVG body on a view box of 128 × 128, standing on its lower edge, as the icons of the pack are.
"""

from collections.abc import Callable, Mapping

MOTIFS: Mapping[str, Callable[[], str]] = {}
