"""Drawings in a colour that somebody names: a red cube, a blue elephant, a black dog.

The largest part of a drawing takes the colour, by its hue or by being white, grey or black; its light and shade stay.
What is smaller and of another hue stays as it is: eyes, wheels, the leaves of a flower.
"""

import functools
from collections.abc import Mapping
from statistics import fmean

import numpy as np

from easel_sketch.colour.colour_words import requested_colours
from easel_sketch.colour.mixing import HEX, channels
from easel_sketch.colour.tone import Tone, hex_of, tone
from easel_sketch.drawing.canvas import TakumiCanvas
from easel_sketch.reading.style_words import asked
from easel_sketch.request import Size

_SIDE = 48  # pixels that colours are counted in
_DULL = 0.045  # chroma below which a colour counts as grey
_WINDOW = 38  # degrees of hue on each side that are one group
_INK, _PAPER = 0.3, 0.62  # lightness of lines and eyes, and of what is white or light grey
_WEIGHTS = {"hue": 1.6, "light": 1.0, "grey": 1.0, "dark": 0.6}
_DARKEST, _LIGHTEST = 0.1, 0.985
_WHITEST = 0.94  # lightness of what is named white, so that its lights can be seen


@functools.lru_cache(maxsize=512)
def tinted(body: str, colour: str) -> str:
    """The SVG body on 128 × 128 in a colour: '#rrggbb' or a word in any language; unchanged if it names none."""
    target = named_colour(colour)
    weights = _weights(body) if target else {}
    group = _largest_group(weights)
    if not group:
        return body
    changed = _recoloured({name: weights[name] for name in group}, tone(target))
    return HEX.sub(lambda match: changed.get(match[0].lower(), match[0]), body)


@functools.lru_cache(maxsize=512)
def named_colour(colour: str) -> str:
    """The hex value of a colour word; empty if it is none."""
    if HEX.fullmatch(colour):
        return colour
    return next(iter(requested_colours(asked(colour, ())).colours), "") if colour else ""


def _weights(body: str) -> dict[str, int]:
    """How many pixels show each colour of a drawing."""
    names = sorted({match.lower() for match in HEX.findall(body)})
    if not names:
        return {}
    page = (
        f'<div style="display:flex"><svg xmlns="http://www.w3.org/2000/svg" width="{_SIDE}" height="{_SIDE}" '
        f'viewBox="0 0 128 128">{body}</svg></div>'
    )
    pixels = np.frombuffer(_canvas().render(page, Size(_SIDE, _SIDE), {}), np.uint8).reshape(-1, 4).astype(int)
    seen = pixels[pixels[:, 3] > 200, :3]
    listed = np.array([channels(name) for name in names])
    nearest = ((seen[:, None] - listed[None]) ** 2).sum(axis=2).argmin(axis=1)
    counts = np.bincount(nearest, minlength=len(names))
    return {name: int(count) for name, count in zip(names, counts, strict=True)}


def _largest_group(weights: Mapping[str, int]) -> list[str]:
    """The colours that belong together and cover most of a drawing."""
    tones = {name: tone(name) for name in weights}
    groups: list[tuple[float, list[str]]] = []
    for kind, weight in _WEIGHTS.items():
        members = [name for name, own in tones.items() if _kind(own) == kind]
        for centre in members:
            if not weights[centre]:
                continue
            near = [name for name in members if kind != "hue" or _gap(tones[name], tones[centre]) < _WINDOW]
            groups.append((weight * sum(weights[name] for name in near), near))
    return max(groups, key=lambda group: group[0], default=(0.0, []))[1]


def _kind(own: Tone) -> str:
    if own.chroma >= _DULL and own.light > _INK:
        return "hue"
    return "dark" if own.light <= _INK + own.chroma else "light" if own.light > _PAPER else "grey"


def _gap(first: Tone, second: Tone) -> float:
    gap = abs(first.hue - second.hue) % 360
    return min(gap, 360 - gap)


def _recoloured(weights: Mapping[str, int], target: Tone) -> dict[str, str]:
    """Each colour of a group in the target's hue, as much lighter or darker than it as it was than the group."""
    tones = {name: tone(name) for name in weights}
    total = sum(weights.values())
    middle = sum(tones[name].light * weight for name, weight in weights.items()) / total
    strength = fmean(own.chroma for own in tones.values()) or 1.0
    base = min(_WHITEST, target.light)
    room = min(1.0, 2.4 * (_LIGHTEST - base) + 0.45, 2.0 * (base - _DARKEST) + 0.25)
    changed = {}
    for name, own in tones.items():
        light = base + (own.light - middle) * room
        share = min(1.15, max(0.55, own.chroma / strength)) if own.chroma >= _DULL else 1.0
        changed[name] = hex_of(Tone(min(_LIGHTEST, max(_DARKEST, light)), target.chroma * share, target.hue))
    return changed


@functools.cache
def _canvas() -> TakumiCanvas:
    return TakumiCanvas()
