"""Abstract compositions, chosen by the prompt or by the image's index."""

from easel_sketch.drawing.commission import Commission
from easel_sketch.drawing.ornament import grain_overlay
from easel_sketch.parts import geometry_art
from easel_sketch.parts.inks import inks_of
from easel_sketch.recipes import card
from easel_sketch.recipes.abstract import flow_art

_BY_INDEX = ("forms", "waves", "papercut", "mesh", "rings", "blocks")


def draw(job: Commission) -> str:
    if job.brief.texts or job.insets:
        return card.draw(job)
    inks = inks_of(job)
    kind = job.brief.variant("composition") or _BY_INDEX[(job.index + len(job.brief.asked)) % len(_BY_INDEX)]
    if kind == "mesh" and job.index % 4 == 3:
        kind = "waves"  # bands of gradients, for another gradient
    if kind == "forms":
        free = job.index % 2 == 0 if "bauhaus" in job.brief.style else job.index % 2 == 1
        drawn = geometry_art.free_forms(job, inks) if free else geometry_art.form_grid(job, inks)
    elif kind in ("waves", "mesh", "papercut"):
        drawn = {"waves": flow_art.waves, "mesh": flow_art.mesh, "papercut": flow_art.papercut}[kind](job, inks)
    else:
        drawn = {"blocks": geometry_art.blocks, "terrazzo": geometry_art.terrazzo, "rings": geometry_art.rings}[kind](
            job, inks
        )
    return job.page.svg(drawn) + grain_overlay(job, 0.55 if kind in ("mesh", "waves") else 0.3)
