"""A seamless pattern: the named motifs in several sizes and rotations, with leaves and dots between them."""

from easel_sketch.colour.mixing import contrast, luminance, mix
from easel_sketch.colour.tint import named_colour
from easel_sketch.drawing.commission import Commission
from easel_sketch.drawing.ornament import grain_overlay
from easel_sketch.drawing.shown import shown
from easel_sketch.parts import geometry_art
from easel_sketch.parts.inks import inks_of
from easel_sketch.parts.named_things import things
from easel_sketch.recipes import card
from easel_sketch.recipes.pattern import repeats
from easel_sketch.recipes.pattern.repeats import Print

_NOT_MOTIFS = frozenset({"umbrella-on-ground", "artist-palette", "world-map", "globe-with-meridians"})
_LEAFY = frozenset({"leaf-fluttering-in-wind", "fallen-leaf", "herb"})


def draw(job: Commission) -> str:
    if job.brief.texts or job.insets:
        return card.draw(job)
    drawn = _print(job)
    ground = "" if job.transparent else job.page.div("", f"background:{drawn.ground};")
    return ground + job.page.svg(drawn.art) + grain_overlay(job, 0.3)


def _print(job: Commission) -> Print:
    ground = _ground(job)
    plain = job.brief.variant("cloth")
    motifs = [] if plain else _motifs(job)
    if motifs:
        leaves = [name for name in motifs if name in _LEAFY]
        motifs = [name for name in motifs if name not in _LEAFY]
        return Print(ground, shown(repeats.motifs(job, ground, motifs, _tints(job), leafy=bool(leaves)), *leaves))
    if plain:
        return Print(
            ground, {"dots": repeats.dots, "stripes": repeats.stripes, "checks": repeats.checks}[plain](job, ground)
        )
    return Print(ground, geometry_art.form_grid(job, inks_of(job)))


def _tints(job: Commission) -> dict[str, str]:
    """The colours that the prompt gives to motifs."""
    return {one.drawing: colour for one in job.brief.subjects if (colour := named_colour(one.colour))}


def _motifs(job: Commission) -> list[str]:
    named = [item.name for item in things(job, 6) if item.name not in _NOT_MOTIFS]
    if named:
        return named
    return list(job.theme.icons[: 3 + job.index % 2]) if job.theme.scene not in ("shapes", "grid", "rays") else []


def _ground(job: Commission) -> str:
    """The requested background colour; else paper, and in every second variation a deeper tone."""
    palette = job.palette
    if palette.name.startswith("#") or palette.dark:
        return (
            palette.ground if not job.index % 2 or palette.dark else mix(palette.ground, palette.accent(job.index), 0.2)
        )
    tones = (
        mix(palette.ground, palette.accent(1), 0.16),
        palette.deep(0.32) if job.palette.name == job.theme.palette else mix(palette.ground, palette.accent(0), 0.3),
        mix("#ffffff", palette.accent(0), 0.34),
        mix(palette.ground, palette.accent(2), 0.3),
    )
    tone = tones[job.index % 4]
    return tone if contrast(tone, "#808080") > 1.2 or luminance(tone) > 0.5 else mix(tone, palette.ground, 0.4)
