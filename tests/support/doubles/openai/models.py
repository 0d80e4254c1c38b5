"""The image models there are, and in what they differ. https://platform.openai.com/docs/guides/image-generation"""

import re
from dataclasses import dataclass

from tests.support.doubles.openai.refusals import user_error, wrong_value

from easel.domain import Size

FIXED_SIZES = ("1024x1024", "1024x1536", "1536x1024", "auto")
AUTO_SIZE = Size(1024, 1024)
LONGEST_EDGE = 3840
FEWEST_PIXELS = 655_360
MOST_PIXELS = 8_294_400


@dataclass(frozen=True, slots=True)
class Family:
    """`fidelities` are the values of `input_fidelity`, none where the parameter must be left out."""

    free_sizes: bool
    transparent: bool
    fidelities: tuple[str, ...]
    qualities: tuple[str, ...] = ("low", "medium", "high", "auto")


GPT_15 = Family(free_sizes=False, transparent=True, fidelities=("high", "low"))
GPT_MINI = Family(free_sizes=False, transparent=True, fidelities=("low",))
GPT_2 = Family(free_sizes=True, transparent=False, fidelities=())
GPT_25 = Family(
    free_sizes=True, transparent=False, fidelities=(), qualities=("low", "medium", "high", "xhigh", "max", "auto")
)

MODELS = {
    "gpt-image-2": GPT_2,
    "gpt-image-2-2026-04-21": GPT_2,
    "gpt-image-2.5-sunburst": GPT_25,
    "gpt-image-2.5-sunburst-2026-09-08": GPT_25,
    "gpt-image-2.5-flare": GPT_25,
    "gpt-image-2.5-flare-2026-09-08": GPT_25,
    "gpt-image-2.6-sunburst": GPT_25,
    "gpt-image-2.6-flare": GPT_25,
    "gpt-image-1.5": GPT_15,
    "gpt-image-1-mini": GPT_MINI,
    "chatgpt-image-latest": GPT_15,
}


def parse_size(text: str) -> Size | None:
    """`1824x1024` as a size."""
    found = re.fullmatch(r"(\d{1,5})x(\d{1,5})", text)
    return Size(int(found[1]), int(found[2])) if found else None


def legal_size(text: str, *, free: bool) -> Size:
    """The size in pixels, `auto` resolved; raises Refusal."""
    if not free and text not in FIXED_SIZES:
        raise wrong_value("size", text, FIXED_SIZES)
    if text == "auto":
        return AUTO_SIZE
    size = parse_size(text)
    fault = _fault(size) if size else "Expected WIDTHxHEIGHT, for example '1824x1024'."
    if size is None or fault:
        raise user_error(f"Invalid size '{text}'. {fault}", param="size")
    return size


def _fault(size: Size) -> str:
    width, height = size.width, size.height
    if width % 16 or height % 16:
        return "Width and height must both be divisible by 16."
    if max(width, height) > LONGEST_EDGE:
        return f"The longest edge must be less than or equal to {LONGEST_EDGE}."
    if max(width, height) > 3 * min(width, height):
        return "The aspect ratio must be between 1:3 and 3:1."
    if width * height < FEWEST_PIXELS:
        return "Requested resolution is below the current minimum pixel budget."
    if width * height > MOST_PIXELS:
        return "Requested resolution is above the current maximum pixel budget."
    return ""
