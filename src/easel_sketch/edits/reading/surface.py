"""Parse frames, finishes, tones and changes of the background."""

import re

from easel_sketch.edits.clause import Clause, colours, pattern
from easel_sketch.edits.reading.geometry import shapes
from easel_sketch.edits.reading.reasons import BY_COLOUR, NEEDS_MASK, NOTHING_NEW, ONLY_WHOLE, ParsedClause
from easel_sketch.edits.steps import Background, Finish, Frame, Remove, Step, Tone
from easel_sketch.reading.subjects import subjects

_BEHIND = r"\bbehind\s+(?:(?:the|my|her|his|their|its|our|a|an|this|that)\s+)?[^\W\d_]+"
_LEADING = re.compile(
    r"^(?:(?:the|her|his|him|them|me|it|its|to|into|with|by|as|of|on|in|a|an|some)\b\s*)+", re.IGNORECASE
)
_LOCAL = frozenset(
    {"brighter", "darker", "vivid", "muted", "softer", "warmer", "cooler", "sharpen", "denoise", "pixelate"}
)


def background(read: Clause) -> ParsedClause:
    """The steps of a clause about the background."""
    scene = _scene(read)
    read.matched(_BEHIND)
    read.take("background.word", "subject.word")
    if read.take("background.blur"):
        return [Background("blur")], _left(read)
    if scene:
        return [Background("scene", called=scene)], []
    if tones := read.all("tone"):
        return [Tone(name, _strength(read), "background") for name in tones], _left(read)
    gradient = read.take("background.gradient")
    transparent = read.take("background.remove")
    named = read.colours()
    if gradient and named:
        ends = named[-2:]
        return [
            Background("fill", tuple(colour.hex for colour in ends), " to ".join(colour.called for colour in ends))
        ], _left(read)
    if transparent or (read.take("verbs.remove") and not named):
        read.take("verbs.remove")
        return [Background("remove")], []
    if named and not _names_things(read):
        return [Background("fill", (named[-1].hex,), named[-1].called)], []
    return [], [(read.text, NOTHING_NEW)]


def removal(read: Clause) -> ParsedClause | None:
    """The step of a clause that removes what is inside a mask: "remove the spoon", "fill it in"."""
    if read.has("finish", "tone", "frame", "shape") or not read.has("verbs.remove", "verbs.fill"):
        return None
    read.take("verbs.remove", "verbs.fill", "joints.to")
    return [Remove(read.residue.lower())], []


def _scene(read: Clause) -> str:
    """The words for the place that is to be drawn behind the subject: "a beach at sunset"."""
    if not read.has("verbs.change", "verbs.add", "verbs.new", "joints.to"):
        return ""
    rest = re.sub(_BEHIND, " ", read.text, flags=re.IGNORECASE)
    for name in ("background.word", "subject.word", "verbs"):
        rest = pattern(name).sub(" ", rest)
    rest = _LEADING.sub("", " ".join(rest.split())).strip(" .,")
    return rest if any(one.place for one in subjects(rest)) else ""


def _names_things(read: Clause) -> bool:
    """Whether words beyond plainness describe the new background: "a white beach"."""
    read.take("verbs.change", "verbs.add", "joints.to")
    rest = re.sub(
        r"\b(?:solid|plain|pure|clean|flat|studio|seamless|simple|behind|him|her|it|them|me|us)\b", " ", read.residue
    )
    return bool(rest.strip())


def surface(read: Clause) -> ParsedClause:
    """The steps of shape, frame, finish and tone in a clause."""
    if read.has("verbs.beyond"):
        return [], [(read.text, NOTHING_NEW)]
    steps: list[Step] = []
    swaps = read.has("verbs.new")
    steps += shapes(read)
    if name := read.first("frame"):
        read.take("frame.plain")
        named = read.colours()
        steps.append(Frame(name, named[0].hex if named else "", named[0].called if named else ""))
    strength = _strength(read)
    finishes, tones = read.all("finish"), read.all("tone")
    where = "subject" if read.take("subject.word") and tones else ""
    inks = tuple(colour.hex for colour in read.colours()) if {"duotone", "risograph"} & {*finishes} else ()
    steps += [Finish(name, strength, inks) for name in finishes]
    steps += [Tone(name, strength, where) for name in tones]
    rest = read.residue
    read.take("verbs.add", "verbs.change", "verbs.remove")
    asked = read.residue
    if not steps:
        return [], [(read.text, _reason(read))] if rest else []
    if asked and (swaps or _of_a_part(read.text, asked) or any(getattr(step, "name", "") in _LOCAL for step in steps)):
        return [], [(read.text, ONLY_WHOLE if not swaps else NOTHING_NEW)]
    return steps, [(asked, NOTHING_NEW)] if rest and asked else []


def _of_a_part(text: str, asked: str) -> bool:
    """Whether words that were not understood name a part of the image: "make the sky more dramatic"."""
    named = re.search(
        rf"\b(?:make|turn|give)\s+(?:the|her|his|their|its|my)\s+{re.escape(asked.split()[0])}\b", text, re.IGNORECASE
    )
    return named is not None


def _reason(read: Clause) -> str:
    whole = Clause(read.text)
    if colours(read.text) and whole.has("verbs.change") and not whole.has("verbs.new"):
        return BY_COLOUR
    return NEEDS_MASK if whole.has("verbs.remove") else NOTHING_NEW


def _left(read: Clause) -> list[tuple[str, str]]:
    read.take("verbs.change", "verbs.add", "verbs.remove", "joints.to")
    return [(read.residue, NOTHING_NEW)] if read.residue else []


def _strength(read: Clause) -> float:
    return 0.55 if read.has("degree.slight") else 1.0
