"""Choose the recipe for a prompt. The words are in `kinds.toml`; this file knows no subjects."""

import re

from easel_sketch import library
from easel_sketch.reading.grammar import media
from easel_sketch.reading.subjects import Subject
from easel_sketch.reading.vocabulary import any_of, lists_in

CHARTS = frozenset({"infographic", "steps", "timeline", "cycle", "comparison", "diagram", "statistics", "chart"})
# Kinds that print no text unless the prompt quotes some.
WORDLESS = frozenset(
    {
        *("icon", "icon_set", "pattern", "sticker", "product", "skyline", "still_life", "abstract"),
        *("landscape", "vignette", "map"),
    }
)
CHARACTER = "character"  # a letter or a number as the whole picture
_LANDSCAPE_BY = 48  # characters within which a biome must be named to decide the kind
_PLACES = ("skyline", "still_life")  # scenes that a thing named before them stands in
_GENERAL = ("card", "vignette")
_ANNOUNCED_BY = 16
_FRONT_BY, _CHARACTER_BY = 28, 30
_BARE = re.compile(r"\W*(?:(?:the|an?)\s+)?(\d{1,4}|[A-Z])\W*")
_AFTER_WORD = re.compile(r"\s*(\d{1,4}|[^\W\d_])(?!\w)")


def kind_of(rest: str, subjects: tuple[Subject, ...] = (), *, transparent: bool = False, quoted: int = 0) -> str:
    """The recipe: the first kind that the prompt names, else one that suits the quoted texts, else the scene's."""
    hits = [(match.start(), -match.end(), name) for name, match in media(rest) if name != "vignette"]
    found = sorted(hits, key=lambda hit: (*hit[:2], hit[2] in _GENERAL))
    if transparent and not any(name in ("icon", "icon_set", "logo") for _, _, name in found):
        return "sticker"
    if quoted > 1 and any(name != "pattern" for _, _, name in found):
        found = [hit for hit in found if hit[2] != "pattern"]  # a pattern has no room for texts
    names = [name for _, _, name in found]
    if not quoted and any_of("scenes.product").search(rest) and set(names) <= {"packaging", "card", "logo", "sign"}:
        return "product"
    if names:
        return _resolve(rest, subjects, found, quoted)
    if quoted:
        surfaces = lists_in("surfaces", rest)
        return _announced_shape(rest, quoted) or (
            "comic" if _is_dialogue(rest) else surfaces[0] if surfaces else "card"
        )
    if character_of(rest):
        return CHARACTER
    if shape := _announced_shape(rest, quoted):
        return shape
    return _front_of(rest) or scene_of(rest, subjects)


def character_of(rest: str) -> str:
    """The letter or number that a prompt asks for as its picture: 'the letter A', 'a number 7', '42'."""
    if bare := _BARE.fullmatch(rest):
        return bare[1]
    announced = any_of("characters.letter", "characters.number").search(rest[:_CHARACTER_BY])
    found = _AFTER_WORD.match(rest, announced.end()) if announced else None
    return found[1].upper() if found else ""


def _front_of(rest: str) -> str:
    """The kind of a shop front or a board, if it is what the prompt names first."""
    for kind in library.table("kinds")["fronts"]:
        hit = any_of(f"fronts.{kind}").search(rest)
        if hit and hit.start() < _FRONT_BY and not any_of("figures.words").search(rest[: hit.start()]):
            return str(kind)
    return ""


def _resolve(rest: str, subjects: tuple[Subject, ...], found: list[tuple[int, int, str]], quoted: int) -> str:
    """Decide between several named kinds."""
    # In a compound such as 'dashboard infographic' the last noun is the kind.
    end = -found[0][1]
    kind = next((name for start, _, name in found if 0 <= start - end <= 1 and name not in _GENERAL), found[0][2])
    names = [name for _, _, name in found]
    kind = next((name for name in library.table("kinds")["wider"].get(kind, ()) if name in names), kind)
    if kind == "infographic":
        shapes = library.table("kinds")["shapes"]
        chart = next((name for name in names if name in CHARTS and name != kind), "")
        return chart or next((shape for shape in shapes if any_of(f"shapes.{shape}").search(rest)), kind)
    for stronger, weaker in library.table("kinds")["yields"].items():
        if kind in weaker and stronger in names and 0 < quoted <= 2:
            return str(stronger)
    own = bool(subjects) and subjects[0].words.endswith((" sign", " signs"))  # 'a stop sign' is a thing
    shown = kind == "card" or (kind == "sign" and (found[0][0] > _FRONT_BY or own))
    if shown and not quoted and (scene := scene_of(rest, subjects)) != "vignette":
        return scene
    return "vignette" if kind == "sign" and shown and not quoted else kind


def _announced_shape(rest: str, quoted: int) -> str:
    """Kinds recognised by their opening words: 'Steps to plant a tree: …' are steps, 'Compare …' is a comparison."""
    shapes = ("steps", "timeline", "cycle", "comparison") if quoted > 2 else ()
    if any_of("shapes.comparison").match(rest.lstrip()):
        return "comparison"
    return next(
        (
            shape
            for shape in shapes
            if (hit := any_of(f"shapes.{shape}").search(rest[:40])) and hit.start() < _ANNOUNCED_BY
        ),
        "",
    )


def _is_dialogue(rest: str) -> bool:
    """Whether words such as 'says' occur more than once."""
    return sum(1 for _ in any_of("roles.speech").finditer(rest)) > 1


def scene_of(rest: str, subjects: tuple[Subject, ...] = ()) -> str:
    """The kind of scene the prompt names, else a vignette of its subject.

    What is named first is the subject: a place makes it a picture of the place, a figure or a thing one in the place.
    """
    if any_of("scenes.product").search(rest):
        return "product"
    if subjects and subjects[0].place:
        return kind_of_place(subjects[0].place)
    scenes = [name for name in library.table("kinds")["scenes"] if name not in ("product", "vignette")]
    found = sorted((match.start(), name) for name in scenes if (match := any_of(f"scenes.{name}").search(rest)))
    thing = rest.lower().find(subjects[0].words.lower()) if subjects and subjects[0].drawing else -1
    if thing >= 0 and found and found[0][1] in _PLACES and thing < found[0][0]:
        return "vignette"
    biomes = library.table("lexicon")["biome"]
    starts = [match.start() for name in biomes if (match := any_of(f"biome.{name}").search(rest))]
    biome = min(starts, default=None)
    if found and (biome is None or found[0][0] <= biome):
        return str(found[0][1])
    figure = any_of("figures.words").search(rest)
    if biome is not None and biome < _LANDSCAPE_BY and (figure is None or figure.start() > biome):
        return "landscape"
    return str(found[0][1]) if found else "vignette"


def kind_of_place(place: str) -> str:
    """The recipe for a place: `rooms` and `cities` of `nouns.toml` are no landscapes."""
    kinds = library.table("nouns")["kinds"]
    return next((kind for kind, places in kinds.items() if place in places), "landscape")
