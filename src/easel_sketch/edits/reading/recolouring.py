"""Parse a change of colour in the word orders of many languages: "the red hat to blue", "el sombrero rojo a azul"."""

import re

from easel_sketch.edits.clause import Clause, Colour, colours, pattern
from easel_sketch.edits.reading.reasons import MATERIAL, ParsedClause
from easel_sketch.edits.steps import Recolour

_LONGEST_NAME = 2  # words
_NAME = r"[^\W\d_][\w'’ -]*"


def recolouring(text: str, *, masked: bool = False) -> ParsedClause | None:
    """The step for a clause with two colours and a verb: the first colour is replaced by the second.

    With one colour, what is inside the mask gets it, or the subject if the clause names it.
    """
    text = pattern("tone.black-and-white").sub(lambda found: " " * len(found[0]), text)
    named = colours(text)
    if not named or not pattern("verbs.change").search(text):
        return None
    if len(named) == 1:
        return _in_one_colour(text, named[0], masked=masked)
    old, new = named[0], named[-1]
    thing = thing_after(text[: new.start], old) or _thing_before(text, old)
    rest = text[new.end :]
    rest = re.sub(r"^\s*(?:one|ones|colou?rs?|instead|的|色)\b", " ", rest)
    left = Clause(rest)
    left.take("verbs.change", "joints.to")
    remains = left.residue
    step = Recolour(thing, old.hex, new.hex, new.called)
    return [step], [(remains, MATERIAL)] if remains and remains != thing else []


def _in_one_colour(text: str, new: Colour, *, masked: bool) -> ParsedClause | None:
    """The step for "make it blue" with a mask, and for "make the subject blue"."""
    whole, before, after = Clause(text), Clause(text[: new.start]), Clause(text[new.end :])
    if whole.has("tone", "finish", "frame", "shape", "background.word", "verbs.new"):
        return None
    if not masked and not before.has("subject.word"):
        return None
    for part in (before, after):
        part.take("verbs.change", "joints.to", "subject.word")
    if len(before.residue.split()) > (_LONGEST_NAME if masked else 0):
        return None
    step = Recolour(before.residue.lower(), "", new.hex, new.called)
    return [step], [(after.residue, MATERIAL)] if after.residue else []


def thing_after(text: str, colour: Colour) -> str:
    """The noun after a colour: "hat" in "red hat to"."""
    rest = text[colour.end :].lower()
    unspaced = re.match(
        r"(?:的|い)?([\u3040-\u30ff\u4e00-\u9fff]{1,8}?)(?=改|变|變|换|換|涂|染|を|に|为|的|保|不|$)", rest
    )
    if unspaced:
        return unspaced[1]
    found = re.match(rf"\s+({_NAME})", rest)
    if not found:
        return ""
    noun = re.split(
        r"\s+(?:to|into|in|with|for|be|as|a|an|zu|en|por|para|durch|на|в|is|are|but)(?:\s|$)", f" {found[1]} "
    )[0]
    noun = (
        colours(noun)[0].called and noun[: colours(noun)[0].start]
        if colours(noun) and colours(noun)[0].start > 1
        else noun
    )
    return noun.strip() if len(noun.split()) <= 4 and pattern("joints.to").fullmatch(noun.strip()) is None else ""


def _thing_before(text: str, colour: Colour) -> str:
    """The noun before a colour: "sombrero rojo", and "the colour of the car from red"."""
    before = text[: colour.start]
    found = re.search(
        r"\b(?:of|von|de)\s+(?:the|my|her|his|its|their)?\s*([^\W\d_][\w-]*)\s+from\s*$", before, re.IGNORECASE
    )
    found = found or re.search(
        r"(?:\b(?:el|la|los|las|le|les|l|un|une|una|o|os|as|du)[\s'’]+)([^\W\d_][\w-]*)\s*$", before, re.IGNORECASE
    )
    return found[1].lower() if found else ""
