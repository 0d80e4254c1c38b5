"""Parse texts to set on an image: where each goes, and its style."""

import re
from itertools import pairwise

from easel_sketch.edits.clause import Clause, pattern
from easel_sketch.edits.reading.reasons import NO_LETTERS, UNREAD, ParsedClause
from easel_sketch.edits.steps import Lettering, Step
from easel_sketch.reading import words

_BESIDE = re.compile(r"\b(?:below|under|underneath|beneath|above)\b(?! the)", re.IGNORECASE)


def lettering(read: Clause, texts: tuple[str, ...]) -> ParsedClause:
    """The steps for the quoted texts of a clause."""
    announced = read.has("verbs.add", "lettering.word")
    from_to = re.search(r"⟦\d+⟧.*\b(?:to|with|by|into|durch|por|par|на)\b\s*⟦\d+⟧", read.text) or read.has(
        "verbs.remove"
    )
    if from_to or not announced or read.has("verbs.create"):
        return [], [(read.text, NO_LETTERS if from_to else UNREAD)]
    steps: list[Step] = []
    for part in _split_by_place(read.text):
        numbers = [int(number) for number in re.findall(r"⟦(\d+)⟧", part)]
        alone = part if len(numbers) < 2 else _BESIDE.sub(" ", part)
        steps.append(_text(Clause(alone), tuple(texts[number] for number in numbers), read.text))
    return steps, []


def _split_by_place(text: str) -> list[str]:
    """One part per text with a place of its own: "A at the top and B at the bottom"."""
    marks = [found.start() for found in re.finditer(r"⟦\d+⟧", text)]
    leads = pattern("place").search(text[: marks[0]]) is not None  # "at the top A, at the bottom B"
    ends = [found.end() for found in re.finditer(r"⟦\d+⟧", text)]
    cuts = [0, *ends[:-1], len(text)] if leads else [0, *marks[1:], len(text)]
    parts: list[str] = []
    for start, end in pairwise(cuts):
        if parts and not pattern("place").search(_BESIDE.sub(" ", text[start:end])):
            parts[-1] += text[start:end]
        else:
            parts.append(text[start:end])
    return parts


def _text(read: Clause, texts: tuple[str, ...], whole: str) -> Lettering:
    """One block of texts: its place, colour and size from the words around it."""
    caption, title = read.take("lettering.caption"), read.has("lettering.title")
    watermark = read.take("lettering.watermark")
    place = read.first("place") or ("bottom-right" if watermark else "bottom" if caption else "top" if title else "")
    size = (
        "small" if read.take("lettering.small") or caption else "large" if read.take("lettering.large") or title else ""
    )
    plate = read.matched(pattern("lettering.plate").pattern) if not watermark else None
    named = read.colours()
    under = next((colour for colour in named[::-1] if plate and -1 < plate.start() - colour.end < 12), None)
    ink = next((colour.hex for colour in named if colour is not under), "")
    asked = tuple(words.tokens(whole))
    return Lettering(texts, place, ink, size, under.hex if under else "auto" if plate else "", watermark, asked)
