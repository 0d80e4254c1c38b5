"""Colour arithmetic on '#rrggbb' strings: mixing, luminance, contrast."""

import re

HEX = re.compile(r"#(?:[0-9a-fA-F]{6}|[0-9a-fA-F]{3})\b")


def channels(colour: str) -> tuple[int, int, int]:
    """Red, green and blue, 0 to 255."""
    digits = colour.lstrip("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    return int(digits[0:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)


def mix(first: str, second: str, share: float) -> str:
    """Interpolate from `first` to `second`; `share` is 0 to 1."""
    pairs = zip(channels(first), channels(second), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def fade(colour: str, alpha: float) -> str:
    """The colour as a CSS `rgba()` value."""
    red, green, blue = channels(colour)
    return f"rgba({red},{green},{blue},{alpha:.3g})"


def luminance(colour: str) -> float:
    """WCAG relative luminance, 0 to 1."""
    linear = [v / 12.92 if (v := c / 255) <= 0.03928 else ((v + 0.055) / 1.055) ** 2.4 for c in channels(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    """The WCAG contrast ratio, 1 to 21."""
    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)


def readable(colour: str, *grounds: str, least: float = 4.5) -> str:
    """The shade nearest to `colour` with a contrast of at least `least` on every one of `grounds`."""
    for step in range(21):
        for end in _ends(grounds):
            shade = mix(colour, end, step / 20)
            if all(contrast(shade, ground) >= least for ground in grounds):
                return shade
    return max(("#000000", "#ffffff"), key=lambda end: min(contrast(end, ground) for ground in grounds))


def _ends(grounds: tuple[str, ...]) -> tuple[str, str]:
    """Black and white, the one that contrasts more with the grounds first."""
    bright = sum(luminance(ground) for ground in grounds) / len(grounds) > 0.3
    return ("#000000", "#ffffff") if bright else ("#ffffff", "#000000")


def on_ramp(svg: str, ramp: tuple[str, ...]) -> str:
    """Replace every hex colour of an SVG by the colour of equal lightness on `ramp` (dark to light)."""

    def place(match: re.Match[str]) -> str:
        red, green, blue = channels(match[0])
        at = (0.299 * red + 0.587 * green + 0.114 * blue) / 255 * (len(ramp) - 1)
        low = min(int(at), len(ramp) - 2)
        return mix(ramp[low], ramp[low + 1], at - low)

    return HEX.sub(place, svg)
