"""Parse an edit instruction into steps, in order, and the words that were not understood.

"Change the red hat to a light-blue velvet beret" becomes one step, red to light blue; "velvet beret" is left.
"""

import functools
import re

from easel_sketch.edits import reading
from easel_sketch.edits.clause import Clause, colours, pattern
from easel_sketch.edits.reading.reasons import BY_COLOUR, UNREAD
from easel_sketch.edits.reading.recolouring import thing_after
from easel_sketch.edits.steps import Background, Instruction, Lettering, Recolour, Step, Tone
from easel_sketch.reading import words
from easel_sketch.reading.quotes import spans

# Characters that are parsed, characters of a clause, steps, and characters of a clause that is quoted back.
_READ, _LONGEST, _MOST, _SHOWN = 4000, 300, 8, 90
_LONGEST_NAME = 3  # words
# Separates an edit from the text it adds: "make it a polaroid with the caption ⟦0⟧".
_WITH_TEXT = re.compile(
    r"^(.+?)\s+(?:and|with|plus|mit|con|avec|com|с)\s+((?:the|a|an)?\s*(?:\w+\s+){0,3}⟦.*)$", re.IGNORECASE
)
_SPARES = re.compile(r"colou?r|except|other than|apart from|excepto|salvo|sauf|außer|exceto|кроме", re.IGNORECASE)
_STOPS = re.compile(
    r"[.;!?\n]+(?=\s|$)|[。；！？，、;]+|,\s+|\s+(?:and then|then|but|aber|pero|mais|mas|но)\s+"
    r"|\s+(?=(?:except|other than|apart from|excepto|salvo|sauf|außer|exceto|кроме)\b)",
    re.IGNORECASE,
)


def read(prompt: str, *, several: bool = False, masked: bool = False) -> Instruction:
    """Parse the instruction for one image, or for `several`, perhaps with a mask."""
    texts, plain = _mark_quotes(words.clean(prompt)[:_READ])
    steps: list[Step] = []
    unread: list[tuple[str, str]] = []
    for clause in _clauses(plain):
        if _is_keep_clause(clause):
            unread += _add_exception(clause, steps)
        elif len(clause) > _LONGEST:
            unread.append((clause, UNREAD))
        else:
            if steps and _is_of_background(steps[-1]):
                clause = re.sub(r"\bit\b", "the background", clause)
            again = steps and isinstance(steps[-1], Recolour) and len(colours(clause)) > 1
            new_steps, rest = _parse_clause(
                f"change {clause}" if again else clause, texts, several=several, masked=masked
            )
            if not new_steps and (steps or unread) and _is_tail(clause):
                continue
            steps += new_steps
            unread += rest
    shown = tuple((_shortened(_quoted(what, texts)), why) for what, why in unread[:_MOST])
    return Instruction(tuple(steps[:_MOST]), shown)


def _mark_quotes(prompt: str) -> tuple[tuple[str, ...], str]:
    """The quoted texts, and the prompt with ⟦0⟧ in place of the first, ⟦1⟧ of the second and so on."""
    prompt = re.sub("[⟦⟧]", " ", prompt)
    found, parts, at = spans(prompt), [], 0
    for place, span in enumerate(found):
        parts += [prompt[at : span.start], f" ⟦{place}⟧ "]
        at = span.end
    return tuple(span.text for span in found), "".join([*parts, prompt[at:]])


def _quoted(clause: str, texts: tuple[str, ...]) -> str:
    return " ".join(re.sub(r"⟦(\d+)⟧", lambda found: f'"{texts[int(found[1])]}"', clause).split())


def _shortened(text: str) -> str:
    return text if len(text) < _SHOWN else f"{text[: _SHOWN - 10]}…"


def _clauses(prompt: str) -> list[str]:
    """Clauses with one request each; words about a text's style stay with that text."""
    parts: list[str] = []
    for sentence in _STOPS.split(prompt):
        for piece in _joining_words().split(sentence or ""):
            piece = re.sub(r"^(?:and|then|und|y|e|et|и)\s+", "", piece.strip(), flags=re.IGNORECASE).strip(" ,.:")
            if not piece:
                continue
            if len(colours(piece)) > 3:
                parts += re.split(r"\s+and\s+(?=(?:the|her|his|its|their|my|a)\s)", piece)
            elif parts and "⟦" in parts[-1] and _belongs_to_text(piece):
                parts[-1] += f", {piece}"
            else:
                parts.append(piece)
    return parts


@functools.cache
def _joining_words() -> re.Pattern[str]:
    """Matches "and" before a verb, which separates two requests: "and crop it", but not "black and white"."""
    verbs = "|".join(
        pattern(name).pattern for name in ("verbs.change", "verbs.add", "verbs.remove", "shape", "finish.sharpen")
    )
    return re.compile(rf"\s*(?:(?<!\w)(?:and|und|y|e|et|и)\s+|并且?|然后|再|そして)(?=(?:{verbs}))", re.IGNORECASE)


def _belongs_to_text(piece: str) -> bool:
    clause = Clause(piece)
    if re.match(r"⟦\d+⟧", piece):
        return True
    if clause.has(
        "verbs.change", "verbs.add", "verbs.remove", "tone", "finish", "shape", "background.word", "joints.keep"
    ):
        return False
    return bool(clause.has("place", "lettering") or colours(piece)) or len(piece.split()) < 4


def _is_keep_clause(clause: str) -> bool:
    """Whether a clause only says what must stay."""
    found = pattern("joints.keep").search(clause)
    return (
        found is not None
        and re.fullmatch(r"(?:but|and|please|aber|pero|mais|mas|но|[\s,])*", clause[: found.start()], re.IGNORECASE)
        is not None
    )


def _add_exception(clause: str, steps: list[Step]) -> list[tuple[str, str]]:
    """Exclude a thing from a tone: black and white, "but keep the red dress in colour", "except the cat".

    Returns the words of an exception that cannot be made, with the reason.
    """
    named = colours(clause)
    tones = [(i, step) for i, step in enumerate(steps) if isinstance(step, Tone) and not step.where]
    if not tones:
        return []
    place, tone = tones[0]
    if named:
        thing = thing_after(clause, named[0])
        steps[place] = Tone(tone.name, tone.strength, spared=named[0].hex, thing=thing or named[0].called)
    elif _SPARES.search(clause):
        read = Clause(clause)
        read.take("joints.keep", "subject.word")
        thing = read.residue
        if read.has("place") or len(thing.split()) > _LONGEST_NAME:
            steps.pop(place)
            return [(f"{tone.name.replace('-', ' ')} {clause}", BY_COLOUR)]
        spared = Tone(tone.name, tone.strength, where="background", thing=thing)
        steps[place] = Background("blur") if tone.name == "softer" else spared
    return []


def _is_of_background(step: Step) -> bool:
    return isinstance(step, Background) or (isinstance(step, Tone) and step.where == "background")


def _is_tail(clause: str) -> bool:
    """Whether a clause continues a list of what must stay: "the face, pose and lighting"."""
    return len(clause.split()) < 3 and not Clause(clause).has("verbs", "tone", "finish", "frame")


def _parse_clause(
    clause: str, texts: tuple[str, ...], *, several: bool, masked: bool
) -> tuple[list[Step], list[tuple[str, str]]]:
    """The steps of a clause, or of each half of it when only that leaves less unread."""
    if (head := _WITH_TEXT.match(clause)) and "⟦" not in head[1]:
        before, unread = reading.clause(head[1], texts, several=several, masked=masked)
        if before:
            found, rest = reading.clause(f"add {head[2]}", texts, several=several, masked=masked)
            return [*before, *found], [*unread, *rest]
    found, rest = reading.clause(clause, texts, several=several, masked=masked)
    of_both = "background" in clause and re.search(r"\bit\b", clause)
    if (not rest and not of_both) or any(isinstance(step, Lettering) for step in found):
        return found, rest
    halves = [half for half in re.split(r"\s+(?:and|with|plus|und|mit|y|con|et|avec|e|com|и|с)\s+", clause) if half]
    if len(halves) > 1:
        if Clause(halves[0]).has("background.word"):
            halves = [halves[0], *(re.sub(r"\bit\b", "the background", half) for half in halves[1:])]
        parts = [reading.clause(half, texts, several=several, masked=masked) for half in halves]
        steps = [step for part in parts for step in part[0]]
        if len(steps) > len(found):
            return steps, [unread for part in parts for unread in part[1]]
    return found, rest
