"""Heads of animals that the icon pack shows only as a whole, and where eyes, mouth, crown and neck of an icon are."""

import functools
from dataclasses import dataclass
from typing import Any

from easel_sketch import library
from easel_sketch.colour.mixing import mix
from easel_sketch.drawing import icons
from easel_sketch.drawing.ink import circle, oval, path, polygon, stroke, trace
from easel_sketch.drawing.shown import shown

_DARK = "#2b2226"


@dataclass(frozen=True, slots=True)
class Head:
    """Places on a view box of 128 × 128; an empty one is unknown. See `heads.toml`."""

    eyes: tuple[float, ...] = ()
    mouth: tuple[float, ...] = ()
    crown: tuple[float, ...] = ()
    neck: tuple[float, ...] = ()
    skin: str = ""


@functools.cache
def head_of(name: str) -> Head:
    """The places on the icon of a head or a whole animal, or on the head that is drawn for it."""
    table = library.table("heads")
    if name in table["heads"] or name in table["whole"]:
        return _read(table["heads"].get(name) or table["whole"].get(name, {}))
    if name in library.table("figures")["people"]:
        return _read(table["heads"]["bust"])
    return Head()


@functools.cache
def drawn_head(name: str) -> Head:
    """The places on a head of `drawn`."""
    table = library.table("heads")
    return _read({**table["heads"]["drawn"], "skin": table["drawn"][name]["fur"]})


def _read(entry: dict[str, Any]) -> Head:
    places = {key: tuple(map(float, entry.get(key, ()))) for key in ("eyes", "mouth", "crown", "neck")}
    return Head(**places, skin=entry.get("skin", ""))


def is_drawn(name: str) -> bool:
    """Whether a head is drawn for this animal."""
    return name in library.table("heads")["drawn"]


def drawn(name: str, tint: str = "") -> str:
    """The head of an animal on a view box of 128 × 128, seen from the front."""
    look = library.table("heads")["drawn"][name]
    fur, pale = tint or look["fur"], look["pale"]
    dark = mix(fur, _DARK, 0.28)
    parts = [
        _EARS[look["ears"]](fur, pale, dark) if look["ears"] else "",
        _BEHIND.get(look["mark"], _nothing)(fur, dark),
    ]
    parts.append(oval(64, 70, 50, 47, fur))
    parts.append(
        path(
            trace(
                "M", 24.0, 44.0, "C", 38.0, 18.0, 90.0, 18.0, 104.0, 44.0, "C", 88.0, 34.0, 40.0, 34.0, 24.0, 44.0, "Z"
            ),
            mix(fur, "#ffffff", 0.14),
        )
    )
    parts.append(_MARKS.get(look["mark"], _muzzle)(fur, pale, dark))
    for x in (44, 84):
        parts += [circle(x, 62, 6.5, _DARK), circle(x - 2, 59.6, 2, "#ffffff")]
    parts.append(
        path(
            trace(
                *("M", 54.0, 78.0, "Q", 64.0, 72.0, 74.0, 78.0, "Q", 72.0, 88.0, 64.0, 88.0),
                *("Q", 56.0, 88.0, 54.0, 78.0, "Z"),
            ),
            _DARK,
        )
    )
    smile = trace("M", 52.0, 94.0, "Q", 58.0, 99.0, 64.0, 94.0, "Q", 70.0, 99.0, 76.0, 94.0, "M", 64.0, 88.0, "V", 94.0)
    return "".join([*parts, stroke(smile, _DARK, 2.6)])


def placed(name: str, x: float, y: float, size: float, tint: str = "") -> str:
    """A head within a larger drawing, centred on (x, y): the icon, or a drawn one."""
    if not is_drawn(name):
        return icons.placed(name, x, y, size, tint=tint)
    return shown(framed(drawn(name, tint), x, y, size), name)


def framed(drawing: str, x: float, y: float, size: float) -> str:
    """A drawing on a view box of 128 × 128, centred on (x, y)."""
    move = f"translate({x - size / 2:.1f} {y - size / 2:.1f}) scale({size / 128:.4f})"
    return f'<g transform="{move}">{drawing}</g>'


def _nothing(fur: str, dark: str) -> str:
    return ""


def _round_ears(fur: str, pale: str, dark: str) -> str:
    return "".join(circle(x, 32, 17, dark) + circle(x, 33, 10, mix(pale, "#e59a8a", 0.4)) for x in (24, 104))


def _pointed_ears(fur: str, pale: str, dark: str) -> str:
    return "".join(
        polygon([(64 + s * 52, 4), (64 + s * 50, 52), (64 + s * 18, 30)], fur)
        + polygon([(64 + s * 48, 14), (64 + s * 46, 44), (64 + s * 28, 32)], pale)
        for s in (-1, 1)
    )


def _tufted_ears(fur: str, pale: str, dark: str) -> str:
    parts = []
    for s in (-1, 1):
        shape = trace(
            *("M", 64 + s * 16, 32.0, "Q", 64 + s * 24, 4.0, 64 + s * 42, 0.0),
            *("Q", 64 + s * 52, 24.0, 64 + s * 44, 48.0, "Z"),
        )
        inner = trace(
            *("M", 64 + s * 24, 32.0, "Q", 64 + s * 29, 14.0, 64 + s * 39, 10.0),
            *("Q", 64 + s * 45, 26.0, 64 + s * 40, 42.0, "Z"),
        )
        parts.append(path(shape, fur) + path(inner, mix(pale, "#e59a8a", 0.3)))
    return "".join(parts)


def _long_ears(fur: str, pale: str, dark: str) -> str:
    return "".join(
        oval(64 + s * 28, 18, 12, 30, fur, f'transform="rotate({s * 14} {64 + s * 28} 18)"')
        + oval(64 + s * 28, 20, 6, 22, mix(pale, "#e59a8a", 0.3), f'transform="rotate({s * 14} {64 + s * 28} 20)"')
        for s in (-1, 1)
    )


def _leaf_ears(fur: str, pale: str, dark: str) -> str:
    return "".join(
        oval(64 + s * 56, 46, 20, 10, dark, f'transform="rotate({s * -18} {64 + s * 56} 46)"')
        + oval(64 + s * 57, 46, 13, 5.5, mix(pale, "#e59a8a", 0.3), f'transform="rotate({s * -18} {64 + s * 57} 46)"')
        for s in (-1, 1)
    )


def _muzzle(fur: str, pale: str, dark: str) -> str:
    return oval(64, 92, 30, 22, pale)


def _teeth(fur: str, pale: str, dark: str) -> str:
    teeth = "".join(
        path(trace("M", x, 96.0, "h", 8.0, "v", 9.0, "q", -4.0, 4.0, -8.0, 0.0, "Z"), "#fffaf0") for x in (55.6, 64.4)
    )
    return _muzzle(fur, pale, dark) + teeth


def _mask(fur: str, pale: str, dark: str) -> str:
    band = "".join(
        oval(x, 64, 20, 14, mix(fur, _DARK, 0.65), f'transform="rotate({turn} {x} 64)"')
        for x, turn in ((42, 18), (86, -18))
    )
    brows = "".join(oval(x, 47, 15, 6, pale, f'transform="rotate({turn} {x} 47)"') for x, turn in ((43, -16), (85, 16)))
    return band + brows + _muzzle(fur, pale, dark) + "".join(circle(x, 62, 9, mix(fur, _DARK, 0.5)) for x in (44, 84))


def _stripes(fur: str, pale: str, dark: str) -> str:
    sides = "".join(
        path(
            trace(
                *("M", 64 + s * 34, 26.0, "Q", 64 + s * 60, 70.0, 64 + s * 34, 112.0),
                *("Q", 64 + s * 36, 70.0, 64 + s * 26, 32.0, "Z"),
            ),
            pale,
        )
        for s in (-1, 1)
    )
    return (
        sides
        + path(
            trace("M", 54.0, 23.0, "H", 74.0, "Q", 72.0, 60.0, 84.0, 90.0, "H", 44.0, "Q", 56.0, 60.0, 54.0, 23.0, "Z"),
            pale,
        )
        + _muzzle(fur, pale, dark)
    )


def _whiskers(fur: str, pale: str, dark: str) -> str:
    hairs = trace(
        *(
            step
            for s in (-1, 1)
            for y in (-6, 0, 6)
            for step in ("M", 64 + s * 30, 92 + y * 0.6, "L", 64 + s * 56, 90 + y * 1.5)
        )
    )
    return _muzzle(fur, pale, dark) + stroke(hairs, mix(fur, "#ffffff", 0.7), 1.8)


def _spots(fur: str, pale: str, dark: str) -> str:
    spots = ((36, 40), (50, 32), (64, 40), (78, 32), (92, 40), (24, 62), (104, 62), (28, 82), (100, 82))
    return "".join(circle(x, y, 4.4, "#6b4423") for x, y in spots) + _muzzle(fur, pale, dark)


def _spines(fur: str, dark: str) -> str:
    return path(
        "M8 96 L4 78 L14 74 L6 56 L18 54 L14 36 L28 38 L30 20 L44 26 L52 10 L64 22 "
        "L76 10 L84 26 L98 20 L100 38 L114 36 L110 54 L122 56 L114 74 L124 78 L120 96 Z",
        mix(dark, _DARK, 0.25),
    )


def _antlers(fur: str, dark: str) -> str:
    lines = "".join(
        trace(
            *("M", 64 + s * 18, 30.0, "Q", 64 + s * 22, 12.0, 64 + s * 42, 2.0, "M", 64 + s * 22, 16.0),
            *("L", 64 + s * 12, 2.0),
        )
        + " "
        + trace("M", 64 + s * 29, 10.0, "L", 64 + s * 30, -4.0)
        for s in (-1, 1)
    )
    return stroke(lines, "#8a6648", 6)


def _horns(fur: str, dark: str) -> str:
    return "".join(
        path(
            trace(
                *("M", 64 + s * 10, 30.0, "Q", 64 + s * 16, 0.0, 64 + s * 44, -2.0),
                *("Q", 64 + s * 30, 12.0, 64 + s * 26, 32.0, "Z"),
            ),
            "#cbb89a",
        )
        for s in (-1, 1)
    )


def _wool(fur: str, dark: str) -> str:
    spots = ((34, 26), (50, 16), (66, 13), (82, 17), (96, 28), (22, 44), (106, 44))
    return "".join(circle(x, y, 16, mix(fur, "#ffffff", 0.5)) for x, y in spots)


_EARS = {"round": _round_ears, "pointed": _pointed_ears, "tufted": _tufted_ears, "long": _long_ears, "leaf": _leaf_ears}
_BEHIND = {"spines": _spines, "antlers": _antlers, "horns": _horns, "wool": _wool}
_MARKS = {"teeth": _teeth, "mask": _mask, "stripes": _stripes, "whiskers": _whiskers, "spots": _spots}
