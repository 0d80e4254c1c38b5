"""The things of a plan where they belong: on the shore, on water with their reflection, on the ground, in the sky."""

from collections.abc import Iterator

import numpy as np

from easel_sketch import library
from easel_sketch.scenery.plan import Thing
from easel_sketch.scenery.raster.craft import CRAFT, shadow
from easel_sketch.scenery.raster.view import View

_SHORE = (0.26, 0.66, 0.42, 0.84, 0.12, 0.54)
_WATER = (0.4, 0.68, 0.2, 0.86, 0.54, 0.08)
_GROUND = (0.52, 0.66, 0.4, 0.8, 0.24, 0.92, 0.1, 0.72, 0.32)
_ASIDE = (0.76, 0.14, 0.86, 0.22, 0.68, 0.06)  # of a river
_SKY = (0.34, 0.6, 0.2, 0.5, 0.76)
_MOST = 6
_ON_RAILS = frozenset({"train", "locomotive", "railway-car", "tram", "monorail"})
_DECK = 0.97  # the height of the road in the middle of a bridge, as a share of the bridge's


def on_shore(view: View) -> None:
    """What stands on the far shore, before the water reflects it."""
    spots = iter(_SHORE)
    for thing in _of(view, "shore"):
        haze = 0.2 + (0.3 if view.has("mist") else 0.0)
        for x in _next(spots, thing):
            jitter = view.h * float(view.rng.uniform(-0.006, 0.006))
            _draw(view, thing, view.side(x), view.bank + jitter, thing.tall * view.h, haze)


def stand(view: View) -> None:
    """Everything that is not drawn yet, the farthest first."""
    _in_the_sky(view)
    if view.surface:
        _on_water(view, *view.surface)
    on_shore(view)
    _on_ground(view)


def _of(view: View, *roles: str) -> Iterator[Thing]:
    for thing in view.plan.things:
        if thing.role in roles and thing.name not in view.stood:
            view.stood.add(thing.name)
            yield thing


def _next(spots: Iterator[float], thing: Thing) -> list[float]:
    return [spot for _, spot in zip(range(min(thing.count, _MOST)), spots, strict=False)]


def _draw(view: View, thing: Thing, x: float, foot: float, tall: float, haze: float) -> None:
    if thing.name in CRAFT:
        colour = library.table("palettes")["colours"].get(thing.subject.colour, "")
        drawing = CRAFT[thing.name](view, x, foot, tall, haze, colour)
        view.overlay(drawing, foot - tall * 1.5)
    else:
        view.icon(thing.name, x, foot, tall, haze, flipped=x < view.w / 2)


def _on_water(view: View, far: float, near: float) -> None:
    """Boats and what swims, each with its reflection; a pier first, nearer ones larger."""
    spots = iter(_WATER)
    for thing in sorted(_of(view, "water"), key=lambda one: one.name not in ("bridge", "pier")):
        if thing.name == "bridge":
            x, y = view.crossing or (view.w / 2, far + view.h * 0.02)
            _draw(view, thing, x, y, thing.tall * view.h if not view.crossing else view.span * 0.46, 0.08)
            continue
        for place, x in enumerate(sorted(_next(spots, thing), key=lambda spot: spot * 7 % 1)):
            depth = (0.3 + 0.25 * place) % 0.8
            foot = far + (near - far) * depth
            tall = thing.tall * view.h * (0.65 + 0.75 * depth)
            _reflected(view, thing, view.side(x), foot, tall, 0.24 * (1 - depth))


def _reflected(view: View, thing: Thing, x: float, foot: float, tall: float, haze: float) -> None:
    """Draw a thing, and below it the same rows upside down, darker and torn by the ripples."""
    before = view.image[:, int(max(0, foot - tall)) : int(foot)].copy()
    _draw(view, thing, x, foot, tall, haze)
    after = view.image[:, int(max(0, foot - tall)) : int(foot)]
    change = (after - before)[:, ::-1]
    rows = min(change.shape[1], view.h - int(foot))
    below = view.image[:, int(foot) : int(foot) + rows]
    for row in range(rows):
        slip = round((row % 5 - 2) * (1 + row * 0.02))
        share = 0.55 * (1 - row / max(1, change.shape[1])) * (1.0 if row % 4 < 3 else 0.5)
        below[:, row] += np.roll(change[:, row], slip, axis=1) * np.float32(share)


def _on_ground(view: View) -> None:
    """Things on the ground, smaller ones nearer to the viewer; water things lie on it where there is no water."""
    spots = iter(_ASIDE if view.crossing else _GROUND)
    far, near = view.ground
    if view.surface and view.surface[1] > far and not view.crossing:
        far = near = view.bank + view.h * 0.004  # the ground is under water
    placed: list[tuple[float, Thing, float, float]] = []
    for thing in _of(view, "ground", "water"):
        for place, x in enumerate(_next(spots, thing)):
            depth = (0.25 + 0.31 * (place + len(placed) * 0.5)) % 1
            foot = far + (near - far) * depth
            placed.append((foot, thing, view.side(x), thing.tall * view.h * (0.75 + 0.6 * depth)))
    placed = crossing(placed)
    for foot, thing, x, tall in sorted(placed, key=lambda one: one[0]):
        if thing.name == "bridge" and not view.crossing:
            view.span = view.w * 0.17
        if thing.name not in ("bridge", "pier"):
            view.overlay(shadow(view.light, x, foot, tall * 0.8), foot - tall * 0.1, foot + tall * 0.1)
        _draw(view, thing, x, foot, tall, 0.12 * (near - foot) / max(1.0, near - far))


def crossing(placed: list[tuple[float, Thing, float, float]]) -> list[tuple[float, Thing, float, float]]:
    """A train beside a bridge is on it: as wide as an arch, its foot at the height of the road."""
    bridge = next((one for one in placed if one[1].name == "bridge"), None)
    if not bridge:
        return placed
    foot, _, x, tall = bridge
    deck = foot - tall * _DECK
    return [(deck, one[1], x, one[3] * 0.8) if one[1].name in _ON_RAILS else one for one in placed]


def _in_the_sky(view: View) -> None:
    spots = iter(_SKY)
    for thing in _of(view, "sky"):
        for place, x in enumerate(_next(spots, thing)):
            foot = view.horizon * (0.5 - 0.14 * (place % 3) + 0.1 * (place % 2))
            _draw(view, thing, view.side(x), foot, thing.tall * view.h * (1 - 0.16 * place), 0.08)
