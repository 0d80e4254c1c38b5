"""The light of an hour and a season in the open air, in natural colours; a palette that was asked for only tints it."""

from dataclasses import fields

from easel_sketch.colour.mixing import mix
from easel_sketch.colour.palette import Palette
from easel_sketch.scenery.vector.stage import Light

_HOURS = {
    "day": Light(
        high="#6fbbe8", middle="#a9daf0", low="#e6f5ee", sun="#fff2b8", halo="#fff7d6", far="#a5cdb9", mid="#86c07a",
        near="#68ab58", deep="#346f41", soil="#8b5e3f", water="#48a5cf", bright="#ffffff",
    ),
    "golden": Light(
        high="#86c3e6", middle="#cfe5da", low="#ffeebf", sun="#fff0b0", halo="#ffe9a6", far="#b3c9a2", mid="#9dbd68",
        near="#7aa84b", deep="#3f6e3a", soil="#8f5f3c", water="#5fb0c8", bright="#fffdf2",
    ),
    "dawn": Light(
        high="#88a9dc", middle="#f0c0cf", low="#ffe3bd", sun="#fff1c9", halo="#ffdcae", far="#b7a3bf", mid="#8fae8a",
        near="#6f9c68", deep="#3b6350", soil="#86604c", water="#8fb4d6", bright="#fff6f0",
    ),
    "dusk": Light(
        high="#54478a", middle="#d9708f", low="#ffbf6e", sun="#ffe6a0", halo="#ffc46f", far="#a8688c", mid="#7c6b62",
        near="#5f7146", deep="#2c4434", soil="#6f4636", water="#7c6fa5", bright="#ffe9cf",
    ),
    "night": Light(
        high="#0d1740", middle="#1d3168", low="#41609a", sun="#fdf4cf", halo="#9db8ee", far="#345180", mid="#284a68",
        near="#234a50", deep="#10282f", soil="#3a2f38", water="#2b4f86", bright="#f2f6ff",
    ),
}  # fmt: skip
_USUAL = ("golden", "dusk", "day", "night")
_LEANING = 0.22
_AUTUMN = {"far": ("#d9b48a", 0.55), "mid": ("#d39a4a", 0.6), "near": ("#c18a3d", 0.6), "deep": ("#7a3f22", 0.5)}
_SPRING = {"near": ("#9fd06a", 0.35), "mid": ("#bfe08c", 0.3)}
_WINTER = {"far": ("#d5e3f0", 0.7), "mid": ("#e3edf6", 0.8), "near": ("#f6fafd", 0.9), "deep": ("#5f7f95", 0.45)}
_SEASONS = {"autumn": _AUTUMN, "winter": _WINTER, "spring": _SPRING}


def hour_of(time: str, index: int) -> str:
    """The hour that was asked for, else another one for each further picture."""
    return time if time in _HOURS else _USUAL[index % len(_USUAL)]


def sun_height(hour: str) -> float:
    """How far down the sky the sun stands, as a share of the height."""
    return {"dusk": 0.44, "dawn": 0.4}.get(hour, 0.2)


def light_of(hour: str, season: str, palette: Palette, *, asked: bool) -> Light:
    """The colours of a place at this hour and season."""
    light = _HOURS[hour]
    dim = 0.62 if hour == "night" else 0.22 if hour == "dusk" else 0.0
    changed = {
        name: mix(mix(getattr(light, name), tone, share), light.middle, dim)
        for name, (tone, share) in _SEASONS.get(season, {}).items()
    }
    tones = {field.name: changed.get(field.name, getattr(light, field.name)) for field in fields(Light)}
    if asked:
        _, _, middle, pale, high = palette.ramp
        towards = {"high": middle, "middle": pale, "low": high, "far": pale, "mid": middle, "water": middle}
        tones |= {name: mix(tones[name], colour, _LEANING) for name, colour in towards.items()}
    return Light(**tones)
