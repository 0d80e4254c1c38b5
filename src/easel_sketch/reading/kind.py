"""Which recipe a prompt calls for. The words stand in `kinds.toml`; nothing here knows a subject."""

from easel_sketch import library
from easel_sketch.reading.grammar import media
from easel_sketch.reading.vocabulary import any_of, named

CHARTS = frozenset({"infographic", "steps", "timeline", "cycle", "comparison", "diagram", "statistics", "chart"})
# Kinds that say nothing of their own: without quoted texts they are pictures alone.
WORDLESS = frozenset(
    {"icon_set", "pattern", "sticker", "product", "skyline", "still_life", "abstract", "landscape", "vignette", "map"}
)
_LANDSCAPE_BY = 48  # letters
_GENERAL = ("card", "vignette")
_AT_ONCE = 16


def kind_of(rest: str, *, transparent: bool, quoted: int) -> str:
    """The recipe: the earliest kind of thing the prompt names, else what carries the words, else the scene."""
    hits = [(match.start(), -match.end(), name) for name, match in media(rest) if name != "vignette"]
    found = sorted(hits, key=lambda hit: (*hit[:2], hit[2] in _GENERAL))
    if transparent and not any(name in ("icon_set", "logo") for _, _, name in found):
        return "sticker"
    if quoted > 1 and any(name != "pattern" for _, _, name in found):
        found = [hit for hit in found if hit[2] != "pattern"]  # A pattern bears no texts.
    names = [name for _, _, name in found]
    if not quoted and any_of("scenes.product").search(rest) and set(names) <= {"packaging", "card", "logo", "sign"}:
        return "product"
    if names:
        return _of_named(rest, found, quoted)
    if quoted:
        surfaces = named("surfaces", rest)
        return _announced_shape(rest, quoted) or ("comic" if _spoken(rest) else surfaces[0] if surfaces else "card")
    return scene_of(rest)


def _of_named(rest: str, found: list[tuple[int, int, str]], quoted: int) -> str:
    # In 'dashboard infographic' the last noun is the thing that is wanted.
    end = -found[0][1]
    kind = next((name for start, _, name in found if 0 <= start - end <= 1 and name not in _GENERAL), found[0][2])
    names = [name for _, _, name in found]
    if kind == "infographic":
        shapes = library.table("kinds")["shapes"]
        chart = next((name for name in names if name in CHARTS and name != kind), "")
        return chart or next((shape for shape in shapes if any_of(f"shapes.{shape}").search(rest)), kind)
    for stronger, weaker in library.table("kinds")["yields"].items():
        if kind in weaker and stronger in names and 0 < quoted <= 2:
            return str(stronger)
    if kind in ("card", "sign") and not quoted and (scene := scene_of(rest)) != "vignette":
        return scene
    return kind


def _announced_shape(rest: str, quoted: int) -> str:
    """'Steps to plant a tree: …' is a chart though it does not say so."""
    shapes = ("steps", "timeline", "cycle", "comparison") if quoted > 2 else ()
    return next(
        (shape for shape in shapes if (hit := any_of(f"shapes.{shape}").search(rest[:40])) and hit.start() < _AT_ONCE),
        "",
    )


def _spoken(rest: str) -> bool:
    """Somebody says something twice: that is a dialogue."""
    return sum(1 for _ in any_of("roles.speech").finditer(rest)) > 1


def scene_of(rest: str) -> str:
    """What a picture is of, when it is of a kind of place; a vignette of its subject otherwise.

    Somebody in a landscape is a picture of somebody.
    """
    if any_of("scenes.product").search(rest):
        return "product"
    scenes = [name for name in library.table("kinds")["scenes"] if name not in ("product", "vignette")]
    found = sorted((match.start(), name) for name in scenes if (match := any_of(f"scenes.{name}").search(rest)))
    biomes = library.table("lexicon")["biome"]
    starts = [match.start() for name in biomes if (match := any_of(f"biome.{name}").search(rest))]
    biome = min(starts, default=None)
    if found and (biome is None or found[0][0] <= biome):
        return str(found[0][1])
    figure = any_of("figures.words").search(rest)
    if biome is not None and biome < _LANDSCAPE_BY and (figure is None or figure.start() > biome):
        return "landscape"
    return str(found[0][1]) if found else "vignette"
