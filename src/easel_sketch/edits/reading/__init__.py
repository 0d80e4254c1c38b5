"""Parse one clause of an edit instruction into steps."""

from easel_sketch.edits.clause import Clause
from easel_sketch.edits.reading.composition import composition
from easel_sketch.edits.reading.reasons import ParsedClause
from easel_sketch.edits.reading.recolouring import recolouring
from easel_sketch.edits.reading.surface import background, removal, surface
from easel_sketch.edits.reading.texts import lettering


def clause(text: str, texts: tuple[str, ...], *, several: bool, masked: bool = False) -> ParsedClause:
    """The steps a clause asks for, and the words left over, each with the reason.

    With a mask, what is to be removed or to get another colour is what is inside it.
    """
    read = Clause(text)
    if several and (composed := composition(read)) and not ("⟦" in text and composed.name == "scene"):
        return [composed, *(lettering(read, texts)[0] if "⟦" in text else [])], []
    if "⟦" in text:
        return lettering(read, texts)
    if read.has("background.word") or (read.has("background.remove") and read.has("verbs.remove", "background.remove")):
        return background(read)
    if masked and (filled := removal(read)):
        return filled
    if recoloured := recolouring(text, masked=masked):
        return recoloured
    return surface(read)
