"""What one clause of an edit asks for, family by family. Knows words, no pixels."""

from easel_sketch.edits.reading.arranging import arranging
from easel_sketch.edits.reading.reasons import Understood
from easel_sketch.edits.reading.recolouring import recolouring
from easel_sketch.edits.reading.surface import background, surface
from easel_sketch.edits.reading.texts import lettering
from easel_sketch.edits.wording import Clause


def clause(text: str, texts: tuple[str, ...], *, several: bool) -> Understood:
    """The steps a clause asks for, and what of it is left over and why."""
    read = Clause(text)
    if several and (composed := arranging(read)) and not ("⟦" in text and composed.name == "scene"):
        return [composed, *(lettering(read, texts)[0] if "⟦" in text else [])], []
    if "⟦" in text:
        return lettering(read, texts)
    if read.has("background.word") or (read.has("background.remove") and read.has("verbs.remove", "background.remove")):
        return background(read)
    if recoloured := recolouring(text):
        return recoloured
    return surface(read)
