"""A logo with a name in two or three flat colours: a badge, a lockup, a monogram, or a shield.

A round one is a disc in one of four constructions.
"""

from easel_sketch.drawing.commission import Commission
from easel_sketch.drawing.ornament import grain_overlay
from easel_sketch.parts.asked import asked_drawings
from easel_sketch.recipes import card
from easel_sketch.recipes.logo import badges, marks, rounds
from easel_sketch.recipes.logo.marks import Brand, brand_of

MOST_TEXTS, MOST_LETTERS = 4, 90
_ORDER = ("lockup", "badge", "monogram", "shield")


def draw(job: Commission) -> str:
    texts = [text.words for text in job.brief.texts]
    if len(texts) > MOST_TEXTS or sum(map(len, texts)) > MOST_LETTERS or job.insets:
        return card.draw(job)
    brand = brand_of(job, texts, _icon(job))
    back = "" if job.transparent else job.page.div("", f"background:{brand.ground};")
    if "circle" in job.brief.variants.get("mark", ()):
        return back + rounds.draw(job, brand) + grain_overlay(job, 0.2)
    if not texts:
        return (
            back
            + job.page.svg(marks.emblem(brand, *job.page.centre, min(job.page.w, job.page.h) * 0.32, job.index))
            + grain_overlay(job, 0.2)
        )
    return back + _draw_mark(job, brand) + grain_overlay(job, 0.2)


def _draw_mark(job: Commission, brand: Brand) -> str:
    """The construction that the prompt names, and others in further variations."""
    first = job.brief.variant("mark")
    if first == "lockup" and job.index % 4 and (brand.icon or job.index % 2):
        return rounds.draw(job, brand)  # plain marks: no ribbons and shields
    start = _ORDER.index(first or "lockup")
    kinds = [*_ORDER[start:], *_ORDER[:start]]
    kind = "monogram" if first == "lockup" and job.index % 4 else kinds[job.index % 4]
    if kind == "monogram" and not brand.initials:
        kind = "lockup"
    draws = {"lockup": marks.lockup, "badge": badges.badge, "monogram": marks.monogram, "shield": badges.shield}
    return draws[kind](job, brand)


def _icon(job: Commission) -> str:
    """The drawing of the prompt's subject, else the one named by the brand's name; none if there is no clear one."""
    names = asked_drawings(job)
    return names[0] if names else ""
